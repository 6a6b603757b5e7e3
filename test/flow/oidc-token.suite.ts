import { beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { FIRST_SITE, SECOND_SITE, type FlowWorld } from './flow-world.ts';
import {
  codeFor,
  oauthErrorOf,
  requestTokens,
  requestUserinfo,
  tokensFor,
  type TokenFields,
  type Tokens,
} from './oidc-site.ts';
import { enrolledPerson, signIn, type Enrolled } from './person.ts';

/** One field of a right request is changed: the answer, and the code is still good afterwards. */
const REFUSED: readonly (readonly [string, TokenFields, number, string])[] = [
  ['no code', { code: undefined }, 400, 'invalid_request'],
  ['a code that is none', { code: 'x' }, 400, 'invalid_grant'],
  ['S56: no verifier', { code_verifier: undefined }, 400, 'invalid_request'],
  ['S56: another verifier', { code_verifier: 'a'.repeat(43) }, 400, 'invalid_grant'],
  ['S56: a short verifier', { code_verifier: 'a'.repeat(42) }, 400, 'invalid_grant'],
  ['no redirect_uri', { redirect_uri: undefined }, 400, 'invalid_grant'],
  ['another redirect_uri', { redirect_uri: SECOND_SITE.callback }, 400, 'invalid_grant'],
  ['a redirect_uri with a suffix', { redirect_uri: `${FIRST_SITE.callback}/` }, 400, 'invalid_grant'],
  ['no client', { client_id: undefined }, 401, 'invalid_client'],
  ['S64: no secret', { client_secret: undefined }, 401, 'invalid_client'],
  ['S64: an empty secret', { client_secret: '' }, 401, 'invalid_client'],
  ['S64: a wrong secret', { client_secret: 'first-secret-of-the-testS' }, 401, 'invalid_client'],
  ['S64: the secret of another', { client_secret: SECOND_SITE.secret }, 401, 'invalid_client'],
  [
    'S57: a code of another client',
    { client_id: SECOND_SITE.clientId, client_secret: SECOND_SITE.secret },
    400,
    'invalid_grant',
  ],
  ['S57: an unknown client', { client_id: 'nobody' }, 400, 'invalid_grant'],
  ['no grant type', { grant_type: undefined }, 400, 'invalid_request'],
  ['S58: the password grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ['S58: the refresh grant', { grant_type: 'refresh_token' }, 400, 'unsupported_grant_type'],
  ['S58: the implicit grant', { grant_type: 'implicit' }, 400, 'unsupported_grant_type'],
  ['a site that asks as an operator', { grant_type: 'client_credentials' }, 401, 'invalid_client'],
];

const basic = (name: string, secret: string): string =>
  `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;

/** Codes for tokens: who may, how often, how long. */
export function oidcTokenSuite(world: () => FlowWorld): void {
  describe('oidc token', () => {
    let person: Enrolled;
    let browser: Browser;
    beforeAll(async () => {
      person = await enrolledPerson(world());
      browser = new Browser();
      await signIn(world(), browser, `${world().issuer}/account`, person);
    });

    it.each(REFUSED)('%s is refused and does not use up the code', async (_name, change, status, error) => {
      const right = await codeFor(world(), browser);
      const refused = await requestTokens(world(), { ...right, ...change });
      expect([refused.status, oauthErrorOf(refused)]).toEqual([status, error]);
      expect(refused.headers.get('cache-control')).toBe('no-store');
      expect(refused.text).not.toContain('token"');
      if (status === 401) expect(refused.headers.get('www-authenticate')).toMatch(/^Basic /);
      expect((await requestTokens(world(), right)).status).toBe(200);
    });

    it.each([
      ['Basic where the body is registered', basic(FIRST_SITE.clientId, FIRST_SITE.secret), {}],
      ['both', basic(FIRST_SITE.clientId, FIRST_SITE.secret), { client_secret: FIRST_SITE.secret }],
      ['Basic of another client', basic(SECOND_SITE.clientId, SECOND_SITE.secret), {}],
      ['Basic that is no pair', `Basic ${Buffer.from('first').toString('base64')}`, {}],
      ['Basic that is no base64', 'Basic %%%', {}],
      ['bug 39: Basic with a broken escape', basic('first', '%zz'), {}],
      ['bug 39: a Bearer', 'Bearer first', { client_secret: FIRST_SITE.secret }],
      ['bug 39: two schemes', `${basic('first', 'x')}, ${basic('first', 'y')}`, {}],
    ])('RFC 6749 2.3: %s does not authenticate', async (_name, authorization, secret) => {
      const right = await codeFor(world(), browser);
      const fields = { ...right, client_secret: undefined, ...secret };
      const refused = await requestTokens(world(), fields, { authorization });
      expect([refused.status, oauthErrorOf(refused)]).toEqual([401, 'invalid_client']);
      expect((await requestTokens(world(), right)).status).toBe(200);
    });

    it('S57, bug 16: 50 redeem one code at once: one gets tokens, and those are then revoked', async () => {
      const right = await codeFor(world(), browser);
      const answers = await Promise.all(Array.from({ length: 50 }, () => requestTokens(world(), right)));
      const good = answers.filter(({ status }) => status === 200);
      expect(good).toHaveLength(1);
      const refused = answers.filter((answer) => answer.status === 400);
      expect(refused.map(oauthErrorOf)).toEqual(Array<string>(49).fill('invalid_grant'));
      const { access_token: token } = good[0]?.json() as Tokens;
      expect((await requestUserinfo(world(), token)).status).toBe(401);
    });

    it('S57, bug 16: a second use revokes what the first one gave, and only that', async () => {
      const right = await codeFor(world(), browser);
      const { access_token: token } = (await requestTokens(world(), right)).json() as Tokens;
      const bystander = await tokensFor(world(), browser);
      expect((await requestUserinfo(world(), token)).status).toBe(200);
      expect(oauthErrorOf(await requestTokens(world(), right))).toBe('invalid_grant');
      expect((await requestUserinfo(world(), token)).status).toBe(401);
      expect((await requestUserinfo(world(), bystander.access_token)).status).toBe(200);
    });

    it('S57: a code is good for 60 seconds', async () => {
      const early = await codeFor(world(), browser);
      const late = await codeFor(world(), browser);
      await world().advance(50);
      expect((await requestTokens(world(), early)).status).toBe(200);
      await world().advance(11);
      expect(oauthErrorOf(await requestTokens(world(), late))).toBe('invalid_grant');
    });

    it('S57: a code with one bit changed is none, wherever the bit is', async () => {
      const right = await codeFor(world(), browser);
      for (const at of [0, 1, Math.floor(right.code.length / 2), right.code.length - 3]) {
        const letter = right.code[at] === 'A' ? 'B' : 'A';
        const code = right.code.slice(0, at) + letter + right.code.slice(at + 1);
        const refused = await requestTokens(world(), { ...right, code });
        expect([refused.status, oauthErrorOf(refused)]).toEqual([400, 'invalid_grant']);
      }
      expect((await requestTokens(world(), right)).status).toBe(200);
    });

    it('S53: a code is worth nothing once its person signed out', async () => {
      const leaving = new Browser();
      await signIn(world(), leaving, `${world().issuer}/account`, person);
      const right = await codeFor(world(), leaving);
      await leaving.open(`${world().issuer}/account`);
      expect((await leaving.postJson(`${world().issuer}/api/account/sign-out`, {})).status).toBe(200);
      const refused = await requestTokens(world(), right);
      expect([refused.status, oauthErrorOf(refused)]).toEqual([400, 'invalid_grant']);
    });

    it.each([
      ['no type', {}],
      ['JSON', { 'content-type': 'application/json' }],
      ['multipart', { 'content-type': 'multipart/form-data; boundary=x' }],
      ['a type that only begins alike', { 'content-type': 'application/x-www-form-urlencoded2' }],
    ])('S74: a body of %s is refused', async (_name, headers) => {
      const right = await codeFor(world(), browser);
      const answer = await new Browser().send(`${world().issuer}/token`, {
        method: 'POST',
        headers,
        body: new URLSearchParams(right as Record<string, string>).toString(),
      });
      expect([answer.status, oauthErrorOf(answer)]).toEqual([400, 'invalid_request']);
    });

    it('S74: a body of a megabyte is refused', async () => {
      const answer = await requestTokens(world(), {
        grant_type: 'authorization_code',
        code: 'a'.repeat(1e6),
      });
      expect([answer.status, oauthErrorOf(answer)]).toEqual([400, 'invalid_request']);
    });

    it.each(['grant_type', 'code', 'client_id', 'client_secret', 'redirect_uri', 'code_verifier'])(
      'RFC 6749 3.2: %s sent twice is refused',
      async (name) => {
        const right = await codeFor(world(), browser);
        const body = new URLSearchParams(right as Record<string, string>);
        body.append(name, body.get(name) ?? '');
        const answer = await new Browser().send(`${world().issuer}/token`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: body.toString(),
        });
        expect([answer.status, oauthErrorOf(answer)]).toEqual([400, 'invalid_request']);
      },
    );

    it('RFC 6749 3.2: tokens are given to a POST alone, never to what the address says', async () => {
      const right = await codeFor(world(), browser);
      const query = new URLSearchParams(right as Record<string, string>).toString();
      for (const method of ['GET', 'PUT', 'HEAD']) {
        const answer = await new Browser().send(`${world().issuer}/token?${query}`, { method });
        expect(answer.status).toBe(404);
      }
      const empty = await new Browser().send(`${world().issuer}/token?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: '',
      });
      expect(oauthErrorOf(empty)).toBe('invalid_request');
    });
  });
}
