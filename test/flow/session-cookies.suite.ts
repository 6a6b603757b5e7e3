import { connect } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { Browser, type Answer } from '../support/browser.ts';
import { totpCode } from '../support/totp.ts';
import { askedCode, memberWithEmail } from './factors.ts';
import { FIRST_SITE, type FlowWorld } from './flow-world.ts';
import { answerOf, tokensFor } from './oidc-site.ts';
import { authorizeAttempt, enrolledPerson, Journey, signIn, type Enrolled } from './person.ts';
import { Portal } from './portal.ts';

const SESSION_COOKIE = '__Host-penumbra-session';
const BROWSER_COOKIE = '__Host-penumbra-browser';

const DAY = 86_400;

/** The cookie that a session hangs on: how it comes, how long it lasts, and what does not stand for it. */
export function sessionCookiesSuite(world: () => FlowWorld): void {
  describe('session cookies', () => {
    let person: Enrolled;
    beforeAll(async () => {
      person = await enrolledPerson(world());
    });

    async function signedIn(browser = new Browser()): Promise<Browser> {
      await signIn(world(), browser, `${world().issuer}/account/verify`, person);
      return browser;
    }

    async function signedInByMail(): Promise<Portal> {
      const { factor, ...who } = await memberWithEmail(world());
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await journey.firstFactor(who.email, who.password);
      const code = await askedCode(world(), journey, factor);
      await journey.go('challenge', { enrollmentId: factor.enrollmentId, code });
      return new Portal(world(), journey.browser);
    }

    const sessionOf = (browser: Browser): string => browser.cookies.get('localhost', SESSION_COOKIE) ?? '';
    const browserSecretOf = (browser: Browser): string =>
      browser.cookies.get('localhost', BROWSER_COOKIE) ?? '';
    const account = (headers: Readonly<Record<string, string>>): Promise<Answer> =>
      new Browser().send(`${world().issuer}/api/account`, { headers });
    const opens = async (cookie: string): Promise<boolean> => (await account({ cookie })).status === 200;

    it('S50, S51: the cookies are __Host-, Secure, HttpOnly, Lax, and that of a session ends with the browser', async () => {
      const browser = new Browser();
      const page = await browser.follow(`${world().issuer}/account`);
      const begun = await new Browser().open(`${world().issuer}/account`);
      expect(page.status).toBe(200);
      const journey = await Journey.begin(browser, `${world().issuer}/account`);
      await journey.firstFactor(person.email, person.password);
      const done = await journey.post('challenge', {
        enrollmentId: person.enrollmentId,
        code: totpCode(person.uri, world().now()),
      });
      await world().advance(30);
      for (const [answer, name] of [
        [begun, BROWSER_COOKIE],
        [done, SESSION_COOKIE],
      ] as const) {
        const [line = '', ...more] = answer.headers.getSetCookie();
        // Whoever signed in is known by this browser when they come back: it opens nothing, so it may outlast the session.
        const kept = new RegExp(
          `^${BROWSER_COOKIE}=[\\w-]{43}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=7776000$`,
        );
        expect(more).toEqual(answer === done ? [expect.stringMatching(kept)] : []);
        // 256 random bits, and these attributes and no other: no Max-Age, no Expires, no Domain.
        expect(line).toMatch(
          new RegExp(`^${name}=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; SameSite=Lax$`),
        );
      }
      expect(browser.cookies.names('localhost')).toEqual([BROWSER_COOKIE, SESSION_COOKIE]);
    });

    it('S50: each sign-in has a new secret and a new sid, and the old one is dead', async () => {
      const browser = await signedIn();
      const before = sessionOf(browser);
      const first = (await tokensFor(world(), browser)).id_token;
      expect(await opens(`${SESSION_COOKIE}=${before}`)).toBe(true);
      await signedIn(browser);
      const second = (await tokensFor(world(), browser)).id_token;
      expect(sessionOf(browser)).not.toBe(before);
      expect(sidOf(second)).not.toBe(sidOf(first));
      expect(await opens(`${SESSION_COOKIE}=${before}`)).toBe(false);
      expect(await opens(`${SESSION_COOKIE}=${sessionOf(browser)}`)).toBe(true);
    });

    it('S50 (fixation): a session that was planted before the sign-in does not become one', async () => {
      const browser = new Browser();
      const planted = 'a'.repeat(43);
      browser.cookies.set('localhost', SESSION_COOKIE, planted);
      await signedIn(browser);
      expect(sessionOf(browser)).not.toBe(planted);
      expect(await opens(`${SESSION_COOKIE}=${planted}`)).toBe(false);
    });

    it('S49: an aal2 session ends after an hour without use', async () => {
      const browser = await signedIn();
      await world().advance(3500);
      expect((await browser.getJson(`${world().issuer}/api/account`)).status).toBe(200);
      await world().advance(3500);
      expect((await browser.getJson(`${world().issuer}/api/account`)).status).toBe(200);
      await world().advance(3601);
      await expectSignedOut(browser);
    });

    it('S49: an aal2 session ends after a day, however much it is used', async () => {
      const browser = await signedIn();
      for (let hours = 0.75; hours < 24; hours += 0.75) {
        await world().advance(2700);
        expect((await browser.getJson(`${world().issuer}/api/account`)).status).toBe(200);
      }
      await world().advance(2700);
      await expectSignedOut(browser);
    });

    it('S49: a 2fa session lives for 30 days and no longer, used or not', async () => {
      const [used, unused] = [await signedInByMail(), await signedInByMail()];
      expect((await used.view()).session.acr).toBe('2fa');
      for (let days = 0; days < 29; days += 14.5) {
        await world().advance(14.5 * DAY);
        expect((await used.read()).status).toBe(200);
      }
      expect((await unused.read()).status).toBe(200);
      await world().advance(2 * DAY);
      await expectSignedOut(used.browser);
      await expectSignedOut(unused.browser);
    });

    async function expectSignedOut(browser: Browser): Promise<void> {
      expect((await browser.getJson(`${world().issuer}/api/account`)).status).toBe(401);
      const { location = '' } = await browser.open(`${world().issuer}/account`);
      expect(location).toMatch(/\/interaction\/[\w-]{22}$/);
      const silent = await browser.open(authorizeAttempt(world().issuer, FIRST_SITE, { prompt: 'none' }).url);
      expect(answerOf(silent).get('error')).toBe('login_required');
    }

    it('S54, bug 2: a session cookie that is doubled, split or odd opens nothing', async () => {
      const browser = await signedIn();
      const right = `${SESSION_COOKIE}=${sessionOf(browser)}`;
      expect(await opens(right)).toBe(true);
      expect(await opens(`a=b; ${right}; c=d`)).toBe(true);
      const odd = [
        `${right}; ${right}`,
        `${right}; ${SESSION_COOKIE}=`,
        `${SESSION_COOKIE}=x; ${right}`,
        `${right}, ${right}`,
        `a=b, ${right}`,
        `${right}, a=b`,
        `${right}x`,
        `${SESSION_COOKIE}="${sessionOf(browser)}"`,
        `${SESSION_COOKIE}=%22${sessionOf(browser)}`,
        `${SESSION_COOKIE.toLowerCase()}=${sessionOf(browser)}`,
        `penumbra-session=${sessionOf(browser)}`,
        `__Secure-penumbra-session=${sessionOf(browser)}`,
        `${SESSION_COOKIE}[]=${sessionOf(browser)}`,
        `a="; ${SESSION_COOKIE}=${sessionOf(browser)}x"`,
      ];
      for (const cookie of odd) expect([cookie, await opens(cookie)]).toEqual([cookie, false]);
    });

    it('S54, bug 2: in two Cookie headers it opens nothing', async () => {
      const browser = await signedIn();
      const right = `${SESSION_COOKIE}=${sessionOf(browser)}`;
      const url = new URL(`${world().issuer}/api/account`);
      expect(await rawStatus(url, [`Cookie: ${right}`])).toBe(200);
      expect(await rawStatus(url, [`Cookie: ${right}`, `Cookie: ${right}`])).toBe(401);
      expect(await rawStatus(url, [`Cookie: ${right}`, `Cookie: ${SESSION_COOKIE}=x`])).toBe(401);
    });

    it('S54, bugs 1, 2: a sign-in between its factors opens no protected route, whatever stands for it', async () => {
      const browser = new Browser();
      const journey = await Journey.begin(browser, `${world().issuer}/account`);
      await journey.firstFactor(person.email, person.password);
      expect(await journey.view()).toMatchObject({ step: 'challenge' });
      expect(sessionOf(browser)).toBe('');
      const id = journey.api.split('/').at(-1) ?? '';
      const pair = (name: string, value: string): string =>
        `Basic ${Buffer.from(`${name}:${value}`).toString('base64')}`;
      for (const secret of [
        id,
        browserSecretOf(browser),
        `interaction:${id}`,
        browser.csrfToken(journey.api) ?? '',
      ]) {
        const slots: readonly Readonly<Record<string, string>>[] = [
          { cookie: `${SESSION_COOKIE}=${secret}` },
          { cookie: `${BROWSER_COOKIE}=${browserSecretOf(browser)}; ${SESSION_COOKIE}=${secret}` },
          { authorization: `Bearer ${secret}` },
          { authorization: `Basic ${secret}` },
          { authorization: pair(person.email, secret) },
          { authorization: pair(person.email, person.password) },
          { authorization: pair(secret, '') },
          { 'x-session': secret, 'x-api-key': secret, 'x-csrf-token': secret },
        ];
        for (const headers of slots) {
          for (const path of ['/api/account', '/userinfo', '/api/admin/members?organization=example']) {
            const answer = await browser.send(`${world().issuer}${path}`, { headers });
            expect([path, answer.status]).toEqual([path, 401]);
          }
          const page = await browser.send(`${world().issuer}/account`, { headers });
          expect(page.status).toBe(303);
          const silent = authorizeAttempt(world().issuer, FIRST_SITE, { prompt: 'none' });
          const back = await browser.send(silent.url, { headers });
          expect(answerOf(back).get('error')).toBe('login_required');
        }
      }
    });

    it('S78: the secret of the browser, and a session of another browser, do not finish a sign-in', async () => {
      const browser = new Browser();
      const journey = await Journey.begin(browser, `${world().issuer}/account`);
      await journey.firstFactor(person.email, person.password);
      const stranger = await signedIn();
      await stranger.open(`${world().issuer}/account`);
      const seen = await stranger.getJson(journey.api);
      expect(seen.status).toBe(410);
      const posted = await stranger.postJson(`${journey.api}/challenge`, {
        enrollmentId: person.enrollmentId,
        code: totpCode(person.uri, world().now()),
      });
      expect(posted.status).toBe(410);
      expect(await journey.view()).toMatchObject({ step: 'challenge' });
    });

    it('bug 33: cookies of an earlier state bring nothing back', async () => {
      const browser = new Browser();
      const before = authorizeAttempt(world().issuer, FIRST_SITE);
      const resume = await signIn(world(), browser, before.url, person);
      const cookies = `${BROWSER_COOKIE}=${browserSecretOf(browser)}; ${SESSION_COOKIE}=${sessionOf(browser)}`;
      expect(answerOf(await browser.open(resume)).has('code')).toBe(true);
      await browser.open(`${world().issuer}/account`);
      expect((await browser.postJson(`${world().issuer}/api/account/sign-out`, {})).status).toBe(200);

      expect(await opens(cookies)).toBe(false);
      const replayed = await new Browser().send(resume, { headers: { cookie: cookies } });
      expect([replayed.status, replayed.location]).toEqual([410, undefined]);
      const silent = authorizeAttempt(world().issuer, FIRST_SITE, { prompt: 'none' });
      const back = await new Browser().send(silent.url, { headers: { cookie: cookies } });
      expect(answerOf(back).get('error')).toBe('login_required');
    });
  });
}

function sidOf(idToken: string): unknown {
  const [, payload = ''] = idToken.split('.');
  return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sid: unknown }).sid;
}

/** Sends header lines as they are: Node's own client would join two cookies into one. */
function rawStatus(url: URL, lines: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (text += chunk));
    socket.once('error', reject);
    socket.once('close', () => {
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]));
    });
    socket.write(
      [`GET ${url.pathname} HTTP/1.1`, `Host: ${url.host}`, 'Connection: close', ...lines, '', ''].join(
        '\r\n',
      ),
    );
  });
}
