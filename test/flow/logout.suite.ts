import { decodeJwt, SignJWT, importJWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { Browser, type Answer } from '../support/browser.ts';
import { readForm } from '../support/page.ts';
import { FIRST_SITE, SECOND_SITE, type FlowWorld } from './flow-world.ts';
import { answerOf, requestUserinfo, tokensFor } from './oidc-site.ts';
import { authorizeAttempt, enrolledPerson, signIn, type Enrolled } from './person.ts';

const BYE = `${FIRST_SITE.callback}/bye`;
const SESSION_COOKIE = '__Host-penumbra-session';

/** How browsers send a form of a page that has no referrer: with `Origin: null`. */
const OUR_FORM = {
  'content-type': 'application/x-www-form-urlencoded',
  origin: 'null',
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'navigate',
};
const SITES_FORM = {
  'content-type': 'application/x-www-form-urlencoded',
  origin: 'http://localhost:9',
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'navigate',
};

/** OpenID Connect RP-Initiated Logout 1.0, and what must not sign anybody out. */
export function logoutSuite(world: () => FlowWorld): void {
  describe('logout', () => {
    let person: Enrolled;
    /** Stays signed in. */
    let steady: Browser;
    beforeAll(async () => {
      person = await enrolledPerson(world());
      steady = await signedIn();
    });

    async function signedIn(): Promise<Browser> {
      const browser = new Browser();
      await signIn(world(), browser, `${world().issuer}/account`, person);
      return browser;
    }

    const isSignedIn = async (browser: Browser): Promise<boolean> =>
      (await browser.getJson(`${world().issuer}/api/account`)).status === 200;

    const endSession = (parameters: Record<string, string>): string =>
      `${world().issuer}/end_session?${new URLSearchParams(parameters).toString()}`;

    const post = (
      browser: Browser,
      fields: Record<string, string>,
      headers: Record<string, string>,
    ): Promise<Answer> =>
      browser.send(`${world().issuer}/end_session`, {
        method: 'POST',
        headers,
        body: new URLSearchParams(fields).toString(),
      });

    it('S63: with the hint of this session it signs out at once, everywhere, and gives state back', async () => {
      const browser = await signedIn();
      const first = await tokensFor(world(), browser);
      const second = await tokensFor(world(), browser, SECOND_SITE);
      const cookie = browser.cookies.get('localhost', SESSION_COOKIE) ?? '';
      const out = await browser.open(
        endSession({ id_token_hint: first.id_token, post_logout_redirect_uri: BYE, state: 'a&b=c' }),
      );
      expect([out.status, out.location]).toEqual([303, `${BYE}?state=a%26b%3Dc`]);
      expect(out.headers.getSetCookie()).toContainEqual(
        expect.stringMatching(/^__Host-penumbra-session=;.*Max-Age=0/),
      );
      for (const site of [FIRST_SITE, SECOND_SITE]) {
        const silent = authorizeAttempt(world().issuer, site, { prompt: 'none' });
        expect(answerOf(await browser.open(silent.url)).get('error')).toBe('login_required');
      }
      for (const { access_token: token } of [first, second]) {
        expect((await requestUserinfo(world(), token)).status).toBe(401);
      }
      // The server has ended it too, not only the browser.
      browser.cookies.set('localhost', SESSION_COOKIE, cookie);
      expect(await isSignedIn(browser)).toBe(false);
    });

    it('S63: a hint that has expired still says whose sign-out it is', async () => {
      const browser = await signedIn();
      const { id_token: hint } = await tokensFor(world(), browser);
      await world().advance(900);
      const out = await browser.open(endSession({ id_token_hint: hint }));
      expect([out.status, out.location]).toEqual([303, `${world().issuer}/signed-out`]);
      expect(await isSignedIn(browser)).toBe(false);
    });

    it('S63, S52: without a hint it asks first, and the button of that page signs out', async () => {
      const browser = await signedIn();
      const asked = await browser.open(
        endSession({ client_id: FIRST_SITE.clientId, post_logout_redirect_uri: BYE, state: 'x' }),
      );
      expect([asked.status, asked.location]).toEqual([200, undefined]);
      expect(asked.headers.get('content-security-policy')).toContain(
        "form-action 'self' http://localhost:9;",
      );
      expect(await isSignedIn(browser)).toBe(true);
      const form = readForm(asked.text, asked.url);
      expect(form?.action).toBe(`${world().issuer}/end_session`);
      const out = await post(browser, form?.fields ?? {}, OUR_FORM);
      expect([out.status, out.location]).toEqual([303, `${BYE}?state=x`]);
      expect(await isSignedIn(browser)).toBe(false);
    });

    it('S63: the hint of another session, or of another person, does not sign this one out', async () => {
      const earlier = await tokensFor(world(), await signedIn());
      const stranger = await enrolledPerson(world());
      const foreign = await tokensFor(world(), stranger.browser);
      const browser = await signedIn();
      for (const hint of [earlier.id_token, foreign.id_token]) {
        expect((await browser.open(endSession({ id_token_hint: hint }))).status).toBe(200);
        const posted = await post(browser, { id_token_hint: hint }, SITES_FORM);
        expect((await browser.open(posted.location ?? '')).status).toBe(200);
      }
      expect(await isSignedIn(browser)).toBe(true);
    });

    it('bug 36, S52: a form on another site signs nobody out, with whatever token it guesses', async () => {
      const browser = await signedIn();
      const token = browser.csrfToken(world().issuer) ?? '';
      const other = new Browser();
      await other.open(`${world().issuer}/account`);
      const attempts: readonly (readonly [Record<string, string>, Record<string, string>])[] = [
        [{}, SITES_FORM],
        [{ csrf_token: 'guess' }, SITES_FORM],
        // Even one that leaked: the origin is checked too.
        [{ csrf_token: token }, SITES_FORM],
        [{ csrf_token: token }, { ...SITES_FORM, 'content-type': 'text/plain' }],
        [{ csrf_token: token }, { ...SITES_FORM, origin: 'null' }],
        [{}, OUR_FORM],
        [{ csrf_token: other.csrfToken(world().issuer) ?? '' }, OUR_FORM],
      ];
      expect(token).not.toBe('');
      for (const [fields, headers] of attempts) {
        const answer = await post(browser, fields, headers);
        if (answer.location !== undefined) expect((await browser.open(answer.location)).status).toBe(200);
        expect(await isSignedIn(browser)).toBe(true);
      }
      // Nor the token in the address, which GET would then sign out by.
      expect((await browser.open(endSession({ csrf_token: token }))).status).toBe(200);
      expect(await isSignedIn(browser)).toBe(true);
    });

    it("bug 36: a form on another site comes without cookies, and must not take the browser's away", async () => {
      const answer = await post(new Browser(), { post_logout_redirect_uri: BYE }, SITES_FORM);
      expect(answer.headers.getSetCookie()).toEqual([]);
      const link = await new Browser().open(endSession({ client_id: FIRST_SITE.clientId }));
      expect(link.headers.getSetCookie()).toEqual([]);
    });

    it.each([
      [
        'an address of nobody',
        { client_id: FIRST_SITE.clientId, post_logout_redirect_uri: 'https://evil.example/' },
      ],
      ['a suffix', { client_id: FIRST_SITE.clientId, post_logout_redirect_uri: `${BYE}/x` }],
      [
        'the sign-in address',
        { client_id: FIRST_SITE.clientId, post_logout_redirect_uri: FIRST_SITE.callback },
      ],
      ['that of another site', { client_id: SECOND_SITE.clientId, post_logout_redirect_uri: BYE }],
      ['one without a client', { post_logout_redirect_uri: BYE }],
      ['an unknown client', { client_id: 'nobody', post_logout_redirect_uri: BYE }],
      ['a script', { client_id: FIRST_SITE.clientId, post_logout_redirect_uri: 'javascript:alert(1)' }],
      ['a hint that is none', { id_token_hint: 'x.y.z' }],
    ])('S55: %s is refused on a page here, and nobody is signed out', async (_name, parameters) => {
      const answer = await steady.open(endSession(parameters));
      expect([answer.status, answer.location]).toEqual([400, undefined]);
      expect(answer.text).not.toContain('evil.example');
      expect(await isSignedIn(steady)).toBe(true);
      // Without a session neither: that would be an open redirect.
      expect((await new Browser().open(endSession(parameters))).status).toBe(400);
    });

    it('S63, bug 4: a hint of another client, an access token or a forged one is refused', async () => {
      const browser = await signedIn();
      const tokens = await tokensFor(world(), browser);
      const key = await importJWK({ ...world().identity.signingKey }, 'ES256');
      const claims = decodeJwt(tokens.id_token);
      const elsewhere = await new SignJWT({ ...claims, iss: 'https://evil.example' })
        .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: world().identity.signingKey.kid ?? '' })
        .sign(key);
      const refused: readonly Record<string, string>[] = [
        { id_token_hint: tokens.id_token, client_id: SECOND_SITE.clientId },
        { id_token_hint: tokens.access_token },
        { id_token_hint: `${tokens.id_token.slice(0, -6)}AAAAAA` },
        { id_token_hint: elsewhere },
      ];
      for (const parameters of refused) expect((await browser.open(endSession(parameters))).status).toBe(400);
      expect(await isSignedIn(browser)).toBe(true);
    });

    it('S52: signing out of the portal needs our page: origin, type and token', async () => {
      const browser = await signedIn();
      await browser.open(`${world().issuer}/account`);
      const url = `${world().issuer}/api/account/sign-out`;
      const changed: readonly Record<string, string>[] = [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'content-type': 'text/plain' },
        { 'content-type': '' },
        { 'x-csrf-token': 'guess' },
        { 'x-csrf-token': '' },
      ];
      for (const headers of changed) {
        expect((await browser.postJson(url, {}, headers)).status).toBe(403);
        expect(await isSignedIn(browser)).toBe(true);
      }
      expect((await browser.open(url)).status).toBe(404);
      expect(await isSignedIn(browser)).toBe(true);
      expect((await browser.postJson(url, {})).json()).toEqual({ continue: '/signed-out' });
      expect(await isSignedIn(browser)).toBe(false);
    });

    it('S53: signing out ends this browser alone; signing out twice is no error', async () => {
      const leaving = await signedIn();
      const staying = await signedIn();
      const { id_token: hint } = await tokensFor(world(), leaving);
      await leaving.open(endSession({ id_token_hint: hint }));
      const again = await leaving.open(endSession({ id_token_hint: hint, post_logout_redirect_uri: BYE }));
      expect([again.status, again.location]).toEqual([303, BYE]);
      expect(await isSignedIn(staying)).toBe(true);
    });
  });
}
