import { describe, expect, it } from 'vitest';
import type { AdminSiteWire, NewSiteWire } from '../../worker/interaction/wire.ts';
import { key } from '../../worker/storage-keys.ts';
import { type Administrator, administrator, owned } from './administrator.ts';
import type { FlowWorld, TestSite } from './flow-world.ts';
import { answerOf, codeFor, oauthErrorOf, requestTokens } from './oidc-site.ts';
import { authorizeAttempt } from './person.ts';
import { expectProblem } from './portal.ts';
import { memberWithApp } from './shortcut.ts';
import { subjectOf } from './store.ts';

const CALLBACK = 'https://site.example/callback';

/** The sites of an organisation: made, changed, given another secret, kept for some, removed. */
export function adminSitesSuite(world: () => FlowWorld): void {
  describe('admin sites', () => {
    const list = async (admin: Administrator): Promise<readonly AdminSiteWire[]> =>
      (await admin.read<{ readonly sites: readonly AdminSiteWire[] }>('/sites')).sites;
    const add = (admin: Administrator, changes: object = {}): Promise<NewSiteWire> =>
      admin.change('/sites', { name: 'News', redirectUris: [CALLBACK], ...changes });
    const asSite = ({ site, clientSecret = '' }: NewSiteWire): TestSite => ({
      clientId: site.clientId,
      secret: clientSecret,
      callback: CALLBACK,
    });

    it('S64: a site is made with a secret that is shown once, and people sign in to it', async () => {
      const admin = await owned(world());
      const made = await add(admin);
      expect(made.site).toMatchObject({
        name: 'News',
        redirectUris: [CALLBACK],
        isPublic: false,
        access: 'members',
        isConfigured: false,
      });
      expect(made.clientSecret).toHaveLength(43);
      const answer = await admin.get('/sites');
      expect(answer.text).not.toContain(made.clientSecret);
      expect(answer.text).not.toContain('secretSha256');
      expect(await list(admin)).toEqual([made.site]);
      expect(await tokensOf(admin, asSite(made))).toBe(200);
      expect((await add(admin, { isPublic: true })).clientSecret).toBeUndefined();
    });

    it('S64: a new secret voids the old one at once', async () => {
      const admin = await owned(world());
      const made = await add(admin);
      const renewed = await admin.change<NewSiteWire>(`/sites/${made.site.clientId}/secret`);
      expect(await tokensOf(admin, asSite(made))).toBe(401);
      expect(await tokensOf(admin, asSite(renewed))).toBe(200);
      const open = await add(admin, { isPublic: true });
      expectProblem(await admin.post(`/sites/${open.site.clientId}/secret`), 409, 'wrong_step');
    });

    it('S55: addresses are checked, and a changed list counts at once', async () => {
      const admin = await owned(world());
      const made = await add(admin);
      const { clientId } = made.site;
      for (const uri of ['http://site.example/cb', 'https://*.site.example/cb', 'javascript:alert(1)']) {
        expectProblem(await admin.post('/sites', { name: 'Bad', redirectUris: [uri] }), 400, 'invalid_body');
        expectProblem(await admin.post(`/sites/${clientId}`, { redirectUris: [uri] }), 400, 'invalid_body');
      }
      const moved = 'https://site.example/elsewhere';
      const changed = await admin.change<AdminSiteWire>(`/sites/${clientId}`, {
        name: 'Daily News',
        redirectUris: [moved],
      });
      expect(changed).toMatchObject({ name: 'Daily News', redirectUris: [moved] });
      const refused = await admin.browser.open(authorizeAttempt(world().issuer, asSite(made)).url);
      expect([refused.status, refused.location]).toEqual([400, undefined]);
    });

    it('S86: a site that is kept for listed members refuses all others', async () => {
      const admin = await owned(world());
      const { organization } = admin;
      const made = await add(admin);
      const path = `/sites/${made.site.clientId}`;
      const inside = await memberWithApp(world(), { organization });
      const outside = await memberWithApp(world(), { organization });
      const sub = await subjectOf(world(), inside.email);
      const changed = await admin.change<AdminSiteWire>(path, { access: 'listed', listed: [sub] });
      expect(changed).toMatchObject({
        access: 'listed',
        listed: 1,
        listedMembers: [{ sub, email: inside.email }],
      });
      await codeFor(world(), inside.browser, asSite(made));
      const refused = await outside.browser.open(authorizeAttempt(world().issuer, asSite(made)).url);
      expect(refused.location).not.toContain(CALLBACK);
      const foreign = await memberWithApp(world());
      const strangers = [await subjectOf(world(), foreign.email)];
      expectProblem(await admin.post(path, { listed: strangers }), 400, 'invalid_body');
      expect((await admin.change<AdminSiteWire>(path, { access: 'members' })).listed).toBe(1);
    });

    it('S42: a site demands more, but not what no kind of factor can give beside its organisation', async () => {
      const admin = await owned(world());
      const made = await add(admin);
      const path = `/sites/${made.site.clientId}`;
      const policy = { required: true, accepted: ['phone'] };
      expect((await admin.change<AdminSiteWire>(path, { policy })).policy).toEqual(policy);
      const asked = await admin.browser.open(authorizeAttempt(world().issuer, asSite(made)).url);
      expect(asked.location).toContain('/interaction/');
      await world().redis.hSet(key.organization(admin.organization), {
        policy: JSON.stringify({ required: true, accepted: ['totp'] }),
        policyVersion: '1',
      });
      expectProblem(await admin.post(path, { policy }), 400, 'invalid_body');
      expectProblem(await admin.post(path, { policy: { least: 'phr' } }), 400, 'invalid_body');
    });

    it('S57: a site that is removed takes nobody any more, and one of the configuration is only read', async () => {
      const admin = await owned(world());
      const made = await add(admin);
      expect(await admin.change(`/sites/${made.site.clientId}/remove`)).toEqual({ sites: [] });
      const gone = await admin.browser.open(authorizeAttempt(world().issuer, asSite(made)).url);
      expect([gone.status, gone.location]).toEqual([400, undefined]);
      expectProblem(await admin.post(`/sites/${made.site.clientId}/secret`), 404, 'not_found');
      const example = await administrator(world(), { organization: 'example' });
      const configured = (await list(example)).find(({ clientId }) => clientId === 'first');
      expect(configured).toMatchObject({ isConfigured: true, redirectUris: ['http://localhost:9/first'] });
      expect((await list(example)).map(({ clientId }) => clientId)).not.toContain('foreign');
      for (const act of ['', '/secret', '/remove'])
        expectProblem(await example.post(`/sites/first${act}`), 404, 'not_found');
    });

    /** Signs in to a site and changes the code for tokens; gives the status of the answer. */
    async function tokensOf(admin: Administrator, site: TestSite): Promise<number> {
      const attempt = authorizeAttempt(world().issuer, site);
      const code = answerOf(await admin.browser.open(attempt.url)).get('code') ?? '';
      const answer = await requestTokens(world(), {
        grant_type: 'authorization_code',
        code,
        redirect_uri: site.callback,
        code_verifier: attempt.verifier,
        client_id: site.clientId,
        client_secret: site.secret,
      });
      expect([undefined, 'invalid_client']).toContain(oauthErrorOf(answer));
      return answer.status;
    }
  });
}
