import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { Browser, type Answer } from '../support/browser.ts';
import { readSetupLink } from '../support/outbox-reader.ts';
import { DEMO_PASSWORD } from '../world/seed.ts';
import { operatorToken, postAdmin } from './admin-operator.ts';
import type { FlowWorld, TestSite } from './flow-world.ts';
import { answerOf, codeFor, oauthErrorOf, requestTokens, tokensFor } from './oidc-site.ts';
import { authorizeAttempt, enrolledPerson, Journey, problemOf } from './person.ts';

const WEEK = 7 * 86_400;

/** What the admin API makes: members with their set-up links, and sites. */
export function adminApiMembersSuite(world: () => FlowWorld): void {
  describe('admin api members', () => {
    const newEmail = (): string => `m-${randomUUID().slice(0, 13)}@example.com`;

    const invite = async (email: string, changes: object = {}): Promise<Answer> =>
      postAdmin(world(), 'members', {
        organization: 'example',
        email,
        name: 'Mel Member',
        role: 'member',
        ...changes,
      });

    /** Invites and reads the token from the mail. */
    async function invited(email: string): Promise<string> {
      const answer = await invite(email);
      expect([200, 201]).toContain(answer.status);
      return tokenFromMail(email);
    }

    const tokenFromMail = async (email: string): Promise<string> =>
      (await readSetupLink(world().outbox, email)).split('#')[1] ?? '';

    const setUp = (
      token: string,
      password: string,
      headers: Readonly<Record<string, string>> = {},
    ): Promise<Answer> => new Browser().postJson(`${world().issuer}/api/setup`, { token, password }, headers);

    const inspect = (token: string): Promise<Answer> =>
      new Browser().postJson(`${world().issuer}/api/setup/inspect`, { token });

    it('S48a: a member is made without a password; the link is mailed and the operator never sees it', async () => {
      const email = newEmail();
      const made = await invite(email, { role: 'admin' });
      expect(made.status).toBe(201);
      const body = made.json() as Record<string, unknown>;
      expect(Object.keys(body).toSorted()).toEqual(['email', 'mail', 'name', 'role', 'sub']);
      expect(body).toMatchObject({ email, role: 'admin', mail: 'accepted' });
      const token = await tokenFromMail(email);
      expect(made.text).not.toContain(token);

      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await journey.go('identify', { email });
      expect(problemOf(await journey.post('password', { password: DEMO_PASSWORD })).code).toBe(
        'wrong_password',
      );
      expect((await inspect(token)).json()).toEqual({
        email,
        name: 'Mel Member',
        organizationName: 'Example',
        minimumLength: 8,
      });
    });

    it('an address names one account, however it is written', async () => {
      const email = newEmail();
      const token = await invited(email);
      expect((await setUp(token, DEMO_PASSWORD)).json()).toEqual({ continue: '/account' });
      for (const same of [email, email.toUpperCase(), ` ${email} `]) {
        const again = await invite(same, { role: 'owner' });
        expect([again.status, problemOf(again).code]).toEqual([409, 'exists']);
      }
      const elsewhere = await invite(email, { organization: 'elsewhere' });
      expect(elsewhere.status).toBe(409);
    });

    it('two invitations at once make one account', async () => {
      const email = newEmail();
      const answers = await Promise.all(Array.from({ length: 10 }, () => invite(email)));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      const subs = answers.map((answer) => (answer.json() as { sub: string }).sub);
      expect(new Set(subs).size).toBe(1);
    });

    it('a new invitation voids the link before it; another organisation can not send one', async () => {
      const email = newEmail();
      const first = await invited(email);
      const foreign = await invite(email, { organization: 'elsewhere' });
      expect(foreign.status).toBe(409);
      world().outbox.clear();
      const second = await invited(email);
      expect(second).not.toBe(first);
      expect(problemOf(await inspect(first)).code).toBe('setup_link_gone');
      expect(problemOf(await setUp(first, DEMO_PASSWORD)).code).toBe('setup_link_gone');
      expect((await setUp(second, DEMO_PASSWORD)).status).toBe(200);
    });

    it('a set-up link works once, also when it is used eight times at once, and never signs in', async () => {
      const token = await invited(newEmail());
      const answers = await Promise.all(Array.from({ length: 8 }, () => setUp(token, DEMO_PASSWORD)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      for (const answer of answers) {
        // 503: no place to hash was free in time (S76).
        if (answer.status !== 200) expect(['setup_link_gone', 'busy']).toContain(problemOf(answer).code);
        expect(answer.headers.getSetCookie()).toEqual([]);
      }
      expect(problemOf(await setUp(token, 'another password altogether')).code).toBe('setup_link_gone');
      expect(problemOf(await inspect(token)).code).toBe('setup_link_gone');
    });

    it('a set-up link is good for seven days', async () => {
      const late = await invited(newEmail());
      await world().advance(WEEK - 60);
      expect((await inspect(late)).status).toBe(200);
      await world().advance(60);
      expect(problemOf(await inspect(late)).code).toBe('setup_link_gone');
      expect(problemOf(await setUp(late, DEMO_PASSWORD)).code).toBe('setup_link_gone');
    });

    it.each([
      ['short77', /at least 8 characters/],
      ['password123', /tried first/],
      ['PassWord123', /tried first/],
      ['abcabcabcabc', /repeats/],
      ['Mel.Member!2026', /your name/],
      ['penumbra2026', /this service/],
      ['a b'.repeat(400), /at most 1024/],
    ])(
      'S01, S02, S04: the password %s is refused with the reason, and the link stays',
      async (password, reason) => {
        const token = await invited(newEmail());
        const refused = await setUp(token, password);
        expect([refused.status, problemOf(refused).code]).toEqual([422, 'password_refused']);
        const [first] = problemOf(refused).errors ?? [];
        expect(first?.field).toBe('password');
        expect(first?.message).toMatch(reason);
        expect(refused.text).not.toContain(`"${password}"`);
        expect((await setUp(token, DEMO_PASSWORD)).status).toBe(200);
      },
    );

    it('S02: a password of 64 characters of any script is taken whole', async () => {
      const email = newEmail();
      const password = `Ünïcödé 密码 🔐 ${'x'.repeat(50)} end`;
      expect((await setUp(await invited(email), password.normalize('NFD'))).status).toBe(200);
      const wrong = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await wrong.go('identify', { email });
      const cut = await wrong.post('password', { password: password.slice(0, -1) });
      expect(problemOf(cut).code).toBe('wrong_password');
      expect(await wrong.go('password', { password })).toMatchObject({ step: 'confirm_address' });
    });

    it('S52, S74: the set-up asks for our page, JSON and a token of the right shape', async () => {
      const token = await invited(newEmail());
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
        { 'content-type': 'text/plain' },
      ]) {
        expect((await setUp(token, DEMO_PASSWORD, headers)).status).toBe(403);
      }
      const browser = new Browser();
      const bodies: readonly object[] = [
        { token: [token], password: DEMO_PASSWORD },
        { token: { $ne: '' }, password: DEMO_PASSWORD },
        { token, password: [DEMO_PASSWORD] },
        { token, password: 12345678901 },
        { token, password: `${DEMO_PASSWORD}\0` },
        { token, password: DEMO_PASSWORD, role: 'owner' },
        { token, password: DEMO_PASSWORD, sub: 'x' },
        { token: '../../account', password: DEMO_PASSWORD },
        { password: DEMO_PASSWORD },
      ];
      for (const body of bodies) {
        const answer = await browser.postJson(`${world().issuer}/api/setup`, body);
        expect([answer.status, problemOf(answer).code]).toEqual([400, 'invalid_body']);
      }
      expect((await setUp(token, DEMO_PASSWORD)).status).toBe(200);
    });

    it('S18: guesses of links are limited by address', async () => {
      const browser = new Browser();
      let answer: Answer | undefined;
      for (let guesses = 0; guesses < 31; guesses += 1) {
        answer = await browser.postJson(`${world().issuer}/api/setup/inspect`, {
          token: randomUUID().replaceAll('-', '').padEnd(43, 'A'),
        });
      }
      expect([answer?.status, answer && problemOf(answer).code]).toEqual([429, 'throttled']);
    });

    it('lists members with their factors and nothing secret', async () => {
      const organization = `o-${randomUUID()}`;
      await postAdmin(world(), 'organizations', { id: organization, name: 'Listed' });
      const email = newEmail();
      await invite(email, { organization, role: 'owner' });
      await world().advance(1); // They are listed by the second of their joining.
      const enrolled = await enrolledPerson(world(), organization);
      const listed = await new Browser().send(
        `${world().issuer}/api/admin/members?organization=${organization}`,
        { headers: { authorization: `Bearer ${await operatorToken(world())}` } },
      );
      expect(listed.json()).toMatchObject({
        total: 2,
        members: [
          { email, role: 'owner', status: 'invited', factors: [] },
          { email: enrolled.email, role: 'member', status: 'active', factors: ['totp'] },
        ],
      });
      expect(listed.text).not.toMatch(/scrypt|password|setup|sealed|epoch/);
    });

    it('a site that the API made signs people in with the secret that it gave, which is shown once', async () => {
      const callback = 'https://shop.example/umbraco-signin-penumbra?tenant=a%20b';
      const made = await postAdmin(world(), 'sites', {
        organization: 'example',
        name: 'The shop',
        redirect_uris: [callback],
        post_logout_redirect_uris: ['https://shop.example/umbraco'],
      });
      expect(made.status).toBe(201);
      const { client_id: clientId, client_secret: secret } = made.json() as Record<string, string>;
      const site: TestSite = { clientId: clientId ?? '', secret: secret ?? '', callback };
      expect(site.secret).toMatch(/^[\w-]{43}$/);
      expect(JSON.stringify(await world().redis.hGetAll(`site:${site.clientId}`))).not.toContain(site.secret);

      const person = await enrolledPerson(world());
      const attempt = authorizeAttempt(world().issuer, site);
      const back = await person.browser.open(attempt.url);
      const location = new URL(back.location ?? '');
      expect(location.origin + location.pathname).toBe('https://shop.example/umbraco-signin-penumbra');
      expect(location.searchParams.get('tenant')).toBe('a b');
      expect(answerOf(back).get('state')).toBe(attempt.state);

      const right = await codeFor(world(), person.browser, site);
      for (const wrong of [{ client_secret: `${site.secret}x` }, { client_secret: undefined }]) {
        expect(oauthErrorOf(await requestTokens(world(), { ...right, ...wrong }))).toBe('invalid_client');
      }
      const tokens = await tokensFor(world(), person.browser, site);
      expect(decodeJwt(tokens.id_token)).toMatchObject({ aud: site.clientId, email: person.email });
      expect((await requestTokens(world(), right)).status).toBe(200);

      const out = await person.browser.open(
        `${world().issuer}/end_session?${new URLSearchParams({
          id_token_hint: tokens.id_token,
          post_logout_redirect_uri: 'https://shop.example/umbraco',
        }).toString()}`,
      );
      expect([out.status, out.location]).toEqual([303, 'https://shop.example/umbraco']);
    });

    it('a public site has no secret, and sending one does not help it', async () => {
      const callback = 'http://localhost:9/public';
      const made = await postAdmin(world(), 'sites', {
        organization: 'example',
        name: 'Public',
        redirect_uris: [callback],
        public: true,
      });
      const { client_id: clientId = '', ...rest } = made.json() as Record<string, string>;
      expect(rest).toEqual({});
      const person = await enrolledPerson(world());
      const right = await codeFor(world(), person.browser, { clientId, secret: 'x', callback });
      expect(oauthErrorOf(await requestTokens(world(), right))).toBe('invalid_client');
      expect((await requestTokens(world(), { ...right, client_secret: undefined })).status).toBe(200);
    });
  });
}
