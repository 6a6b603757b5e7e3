// A policy that was changed counts: at the portal with the next request, at a site with its next authorize, for sessions that
// live already and for what is set up next.
import { describe, expect, it } from 'vitest';
import type { PolicyView } from '../../worker/interaction/wire.ts';
import { key } from '../../worker/storage-keys.ts';
import type { Answer, Browser } from '../support/browser.ts';
import { postAdmin } from './admin-operator.ts';
import { type Administrator, newOrganization } from './administrator.ts';
import { organizationWithOwner } from './audited.ts';
import { addEmail, askedCode, memberWithEmail } from './factors.ts';
import type { FlowWorld, TestSite } from './flow-world.ts';
import { codeFor } from './oidc-site.ts';
import { authorizeAttempt, Journey } from './person.ts';
import { expectProblem, Portal } from './portal.ts';
import { memberWithApp } from './shortcut.ts';
import { subjectOf } from './store.ts';

export function policyEnforcementSuite(world: () => FlowWorld): void {
  let owner: Administrator;

  async function demand(policy: object): Promise<void> {
    const { version } = await owner.read<PolicyView>('/policy');
    await owner.change('/policy', { policy, version });
  }

  async function siteOf(organization: string): Promise<TestSite> {
    const callback = 'http://localhost:9/policy';
    const made = await postAdmin(world(), 'sites', { organization, name: 'Site', redirect_uris: [callback] });
    const { client_id, client_secret } = made.json() as { client_id: string; client_secret: string };
    return { clientId: client_id, secret: client_secret, callback };
  }

  async function demandAt({ clientId }: TestSite, policy: object): Promise<void> {
    const record = { policy: JSON.stringify(policy), policyVersion: '1' };
    await world().redis.hSet(key.site(clientId), record);
  }

  const account = (browser: Browser): Promise<Answer> => browser.getJson(`${world().issuer}/api/account`);

  /** A sign-in that goes on to ask for something, instead of a code for the site. */
  async function expectAsked(browser: Browser, site: TestSite): Promise<void> {
    const answer = await browser.open(authorizeAttempt(world().issuer, site).url);
    expect([answer.status, new URL(answer.location ?? 'http://none').pathname]).toEqual([
      303,
      expect.stringMatching(/^\/interaction\//) as string,
    ]);
  }

  async function expectEntered(browser: Browser, site: TestSite): Promise<void> {
    expect((await codeFor(world(), browser, site)).code).not.toBe('');
  }

  describe('policy enforcement', () => {
    it('S42 a session that is too weak now opens nothing at the next request; one that is enough stays', async () => {
      owner = await organizationWithOwner(world());
      const { organization } = owner;
      const weak = await memberWithEmail(world(), { organization });
      const strong = await memberWithApp(world(), { organization });
      await owner.signInAgain();
      expect((await account(weak.portal.browser)).status).toBe(200);
      await demand({ least: 'aal2' });
      expectProblem(await account(weak.portal.browser), 401, 'login_required');
      expectProblem(await weak.portal.post('/profile', { name: 'Too Late' }), 401, 'login_required');
      const record = key.account(await subjectOf(world(), weak.email));
      expect(await world().redis.hGet(record, 'name')).not.toBe('Too Late');
      expect((await account(strong.browser)).status).toBe(200);
      expect((await owner.get('/policy')).status).toBe(200);
      // What they have still proves who they are, and leads to what is demanded.
      const journey = await Journey.begin(weak.portal.browser, `${world().issuer}/account`);
      await journey.firstFactor(weak.email, weak.password);
      const { enrollmentId } = weak.factor;
      const code = await askedCode(world(), journey, weak.factor);
      expect(await journey.go('challenge', { enrollmentId, code })).toMatchObject({
        step: 'enrollment',
        kinds: ['totp', 'phone'],
        because: 'stronger',
      });
      await demand({ least: '2fa' });
      expect((await account(weak.portal.browser)).status).toBe(200);
    });

    it('S42 a site is told nothing more of a session that is too weak: its next authorize asks', async () => {
      owner = await organizationWithOwner(world());
      const { organization } = owner;
      const site = await siteOf(organization);
      const weak = await memberWithEmail(world(), { organization });
      const strong = await memberWithApp(world(), { organization });
      await owner.signInAgain();
      await expectEntered(weak.portal.browser, site);
      await demand({ least: 'aal2' });
      await expectAsked(weak.portal.browser, site);
      await expectEntered(strong.browser, site);
      const silent = await weak.portal.browser.open(
        authorizeAttempt(world().issuer, site, { prompt: 'none' }).url,
      );
      expect(new URL(silent.location ?? '').searchParams.get('error')).toMatch(/_required$/);
    });

    it('S42 a kind that is accepted no more is not enough, however strong', async () => {
      owner = await organizationWithOwner(world());
      const { organization } = owner;
      const person = await memberWithApp(world(), { organization });
      const portal = new Portal(world(), person.browser);
      await portal.open();
      await addEmail(portal, person.email);
      await owner.signInAgain();
      await demand({ accepted: ['email'] });
      expectProblem(await account(person.browser), 401, 'login_required');
    });

    it('S49 sessions that policy makes shorter end, those that live already too', async () => {
      owner = await organizationWithOwner(world());
      const { organization } = owner;
      const early = await memberWithApp(world(), { organization });
      await owner.signInAgain();
      await demand({ sessions: { aal2: { overall: 900, idle: 300 } } });
      expect((await account(early.browser)).status).toBe(200);
      await world().advance(301);
      expectProblem(await account(early.browser), 401, 'login_required');
      const late = await memberWithApp(world(), { organization });
      for (let minutes = 0; minutes < 12; minutes += 4) {
        await world().advance(240);
        expect((await account(late.browser)).status).toBe(200);
      }
      await world().advance(240);
      expectProblem(await account(late.browser), 401, 'login_required');
    });

    it('S25 countries that policy narrows refuse a new phone of another one', async () => {
      owner = await organizationWithOwner(world());
      const person = await memberWithApp(world(), { organization: owner.organization });
      const portal = new Portal(world(), person.browser);
      await portal.open();
      await owner.signInAgain();
      await demand({ countries: ['SE'] });
      const start = (number: string): Promise<Answer> =>
        portal.post('/enrollments', { kind: 'phone', number, channel: 'text' });
      expectProblem(await start('+4520123456'), 422, 'phone_refused');
      expect((await start('+46701234567')).status).toBe(200);
    });

    it('a grace period lets the session be; at the next sign-in it may be put off, until the day', async () => {
      owner = await organizationWithOwner(world());
      const weak = await memberWithEmail(world(), { organization: owner.organization });
      await owner.signInAgain();
      const until = world().now() + 3600;
      await demand({ least: 'aal2', grace: { until, snoozes: 2 } });
      expect((await account(weak.portal.browser)).status).toBe(200);
      const journey = await Journey.begin(weak.portal.browser, `${world().issuer}/account/verify`);
      await journey.firstFactor(weak.email, weak.password);
      const { enrollmentId } = weak.factor;
      const code = await askedCode(world(), journey, weak.factor);
      expect(await journey.go('challenge', { enrollmentId, code })).toMatchObject({
        step: 'grace',
        until,
        snoozesLeft: 2,
      });
      await world().advance(3601);
      expectProblem(await account(weak.portal.browser), 401, 'login_required');
    });

    it('a site’s policy demands more at that site, and nowhere else', async () => {
      const organization = await newOrganization(world());
      const [plain, strict] = [await siteOf(organization), await siteOf(organization)];
      const { portal } = await memberWithEmail(world(), { organization });
      await expectEntered(portal.browser, strict);
      await demandAt(strict, { least: 'aal2' });
      await expectAsked(portal.browser, strict);
      await expectEntered(portal.browser, plain);
      expect((await account(portal.browser)).status).toBe(200);
    });

    it('S87 a member of two organisations meets both: their home’s everywhere, the other’s at its sites', async () => {
      owner = await organizationWithOwner(world());
      const [home, other] = [await newOrganization(world()), owner.organization];
      const [homeSite, otherSite] = [await siteOf(home), await siteOf(other)];
      const { email, portal } = await memberWithEmail(world(), { organization: home });
      const record = key.account(await subjectOf(world(), email));
      await world().redis.hSet(record, `member:${other}`, 'member');
      const { browser } = portal;
      await expectEntered(browser, otherSite);
      await owner.signInAgain();
      await demand({ least: 'aal2' });
      await expectAsked(browser, otherSite);
      await expectEntered(browser, homeSite);
      expect((await account(browser)).status).toBe(200);
      await demand({});
      await expectEntered(browser, otherSite);
      await world().redis.hSet(key.organization(home), {
        policy: JSON.stringify({ least: 'aal2' }),
        policyVersion: '1',
      });
      await expectAsked(browser, otherSite);
      await expectAsked(browser, homeSite);
      expectProblem(await account(browser), 401, 'login_required');
    });
  });
}
