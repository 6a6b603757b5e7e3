// What a signed-in person may do to their own factors at the portal, and what it ends elsewhere.
import { describe, expect, it } from 'vitest';
import type { AccountView, PendingTotpWire } from '../../worker/interaction/wire.ts';
import { SESSION_COOKIE } from '../../worker/session/session.ts';
import { key } from '../../worker/storage-keys.ts';
import type { Answer, Browser } from '../support/browser.ts';
import { totpCode, wrongTotpCode } from '../support/totp.ts';
import { FIRST_SITE, type FlowWorld } from './flow-world.ts';
import { authorizeAttempt, type Enrolled, Journey, problemOf } from './person.ts';
import { memberWithApp, waitingForApp } from './shortcut.ts';
import { changeEnrollment, failuresOf, subjectOf } from './store.ts';

interface App {
  readonly enrollmentId: string;
  readonly uri: string;
}

export function accountSuite(world: () => FlowWorld): void {
  const api = (path = ''): string => `${world().issuer}/api/account${path}`;

  function expectProblem(answer: Answer, status: number, code: string): void {
    expect([answer.status, problemOf(answer).code]).toEqual([status, code]);
  }

  /** Loads the account page, so that the browser has the token for changes. */
  async function openPortal(browser: Browser): Promise<void> {
    const page = await browser.open(`${world().issuer}/account`);
    expect(page.status).toBe(200);
  }

  async function signedIn(): Promise<Enrolled> {
    const person = await memberWithApp(world());
    await openPortal(person.browser);
    return person;
  }

  function start(browser: Browser, renew = false): Promise<Answer> {
    return browser.postJson(api('/enrollments'), { kind: 'totp', renew });
  }

  function confirm(browser: Browser, app: App, code = totpCode(app.uri, world().now())): Promise<Answer> {
    const { enrollmentId } = app;
    return browser.postJson(api('/enrollments/confirm'), { enrollmentId, code, name: 'My tablet' });
  }

  function disable(browser: Browser, app: App, code = totpCode(app.uri, world().now())): Promise<Answer> {
    return browser.postJson(api(`/enrollments/${app.enrollmentId}/disable`), { code });
  }

  /** Adds a second app; the clock is moved past the code used. */
  async function addApp({ browser }: Enrolled): Promise<App> {
    const pending = (await start(browser)).json() as PendingTotpWire;
    expect((await confirm(browser, pending)).status).toBe(200);
    await world().advance(30);
    return pending;
  }

  /** Signs in to the same account in another browser. */
  async function otherSession(person: Enrolled): Promise<Browser> {
    const journey = await waitingForApp(world(), person);
    const code = totpCode(person.uri, world().now());
    await journey.go('challenge', { enrollmentId: person.enrollmentId, code });
    await world().advance(30);
    return journey.browser;
  }

  describe('own factors', () => {
    it('S42: adds a second app, signs in with either, and gives one up with its own code', async () => {
      const person = await signedIn();
      const tablet = await addApp(person);
      const journey = await waitingForApp(world(), person);
      const view = await journey.view();
      if (view.step !== 'challenge') throw new Error(view.step);
      expect(view.factors.map(({ name }) => name)).toEqual(['My tablet', 'My phone']);
      const code = totpCode(tablet.uri, world().now());
      expect(await journey.go('challenge', { enrollmentId: tablet.enrollmentId, code })).toMatchObject({
        step: 'done',
      });
      await world().advance(30);
      const removed = (await disable(person.browser, tablet)).json() as AccountView;
      expect(removed.enrollments.map(({ name }) => name)).toEqual(['My phone']);
      expect(await world().redis.exists(key.enrollment(tablet.enrollmentId))).toBe(0);
      const next = await waitingForApp(world(), person);
      await world().advance(30);
      const gone = await next.post('challenge', {
        enrollmentId: tablet.enrollmentId,
        code: totpCode(tablet.uri, world().now()),
      });
      expectProblem(gone, 409, 'factor_unusable');
    });

    it('S42: five minutes after the sign-in no factor can be added or removed without a new one', async () => {
      const person = await signedIn();
      const tablet = await addApp(person);
      const pending = (await start(person.browser)).json() as PendingTotpWire;
      await world().advance(300);
      for (const answer of [
        await start(person.browser),
        await confirm(person.browser, pending),
        await disable(person.browser, tablet),
      ]) {
        expectProblem(answer, 401, 'fresh_authentication_required');
        expect(problemOf(answer).continue).toBe('/account/verify');
        expect(answer.headers.get('www-authenticate')).toContain('insufficient_user_authentication');
      }
      expect(await failuresOf(world(), tablet.enrollmentId)).toBe(0);
      // It still shows the account; and the way that the answer names leads to a challenge, and from there back.
      expect((await person.browser.getJson(api())).status).toBe(200);
      const journey = await Journey.begin(person.browser, `${world().issuer}/account/verify`);
      expect(await journey.view()).toMatchObject({ step: 'identify', loginHint: person.email });
      await journey.firstFactor(person.email, person.password);
      const code = totpCode(person.uri, world().now());
      await journey.go('challenge', { enrollmentId: person.enrollmentId, code });
      await openPortal(person.browser);
      expect((await disable(person.browser, tablet)).status).toBe(200);
    });

    it('S42: what an app was enabled with disables it; the code of another app does not', async () => {
      const person = await signedIn();
      const tablet = await addApp(person);
      const other = await disable(person.browser, { ...tablet, uri: person.uri });
      expectProblem(other, 401, 'wrong_code');
      expect(problemOf(other).triesLeft).toBe(4);
      const smuggled = await person.browser.postJson(api(`/enrollments/${tablet.enrollmentId}/disable`), {
        code: totpCode(tablet.uri, world().now()),
        enrollmentId: person.enrollmentId,
      });
      expectProblem(smuggled, 400, 'invalid_body');
      expect((await disable(person.browser, tablet)).status).toBe(200);
    });

    it('S33, bug 17: a code that signed in is refused for disabling, and the other way round', async () => {
      const person = await signedIn();
      const tablet = await addApp(person);
      const journey = await waitingForApp(world(), person);
      const code = totpCode(tablet.uri, world().now());
      await journey.go('challenge', { enrollmentId: tablet.enrollmentId, code });
      expectProblem(await disable(person.browser, tablet, code), 401, 'code_used');
      expect(await failuresOf(world(), tablet.enrollmentId)).toBe(1);
      await world().advance(30);
      expectProblem(await disable(person.browser, tablet, code), 401, 'code_used');
    });

    it('S14: wrong codes at the portal and in a sign-in are one count, and lock both', async () => {
      const person = await signedIn();
      const tablet = await addApp(person);
      const waiting = await waitingForApp(world(), person);
      const wrong = wrongTotpCode(tablet.uri, world().now());
      const answers = await Promise.all(
        Array.from({ length: 40 }, () => disable(person.browser, tablet, wrong)),
      );
      expect(answers.filter((answer) => problemOf(answer).code === 'wrong_code')).toHaveLength(4);
      expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true);
      expect(await failuresOf(world(), tablet.enrollmentId)).toBe(5);
      expectProblem(await disable(person.browser, tablet), 429, 'throttled');
      const code = totpCode(tablet.uri, world().now());
      const inSignIn = await waiting.post('challenge', { enrollmentId: tablet.enrollmentId, code });
      expectProblem(inSignIn, 410, 'interaction_ended');
    });

    it('S44, bug 23: giving up a factor ends every other session of the account, and its tokens', async () => {
      const person = await signedIn();
      const tablet = await addApp(person);
      const elsewhere = await otherSession(person);
      expect((await elsewhere.getJson(api())).status).toBe(200);
      const pendingElsewhere = await waitingForApp(world(), person);
      expect((await disable(person.browser, tablet)).status).toBe(200);
      expectProblem(await elsewhere.getJson(api()), 401, 'login_required');
      const silent = await elsewhere.open(
        authorizeAttempt(world().issuer, FIRST_SITE, { prompt: 'none' }).url,
      );
      expect(new URL(silent.location ?? '').searchParams.get('error')).toBe('login_required');
      // This one goes on, and a sign-in that was under way still asks for the factor that is left.
      expect((await person.browser.getJson(api())).status).toBe(200);
      expect(await pendingElsewhere.view()).toMatchObject({
        step: 'challenge',
        factors: [{ enrollmentId: person.enrollmentId }],
      });
    });

    it('S45: the last factor stays where one is demanded, however the two are asked for at once', async () => {
      const person = await signedIn();
      expectProblem(await disable(person.browser, person), 409, 'last_factor');
      const tablet = await addApp(person);
      const [one, two] = await Promise.all([
        disable(person.browser, person),
        disable(person.browser, tablet),
      ]);
      expect([one.status, two.status].toSorted()).toEqual([200, 409]);
      const account = await world().redis.hGetAll(key.account(await subjectOf(world(), person.email)));
      expect(Object.keys(account).filter((field) => field.startsWith('enrollment:'))).toHaveLength(1);
    });

    it("bug 20: another person's factor can not be seen, confirmed or removed", async () => {
      const [person, victim] = [await signedIn(), await signedIn()];
      await addApp(person);
      const tablet = await addApp(victim);
      expectProblem(await disable(person.browser, tablet), 404, 'not_found');
      const pending = (await start(victim.browser)).json() as PendingTotpWire;
      await start(person.browser);
      expectProblem(await confirm(person.browser, pending), 410, 'pending_enrollment_gone');
      const view = (await person.browser.getJson(api())).text;
      expect(view).not.toContain(tablet.enrollmentId);
      expect(await failuresOf(world(), tablet.enrollmentId)).toBe(0);
      expect((await disable(victim.browser, tablet)).status).toBe(200);
    });

    it('S36: a second seed waits ten minutes, a reload keeps it, "renew" changes it, ten wrong codes end it', async () => {
      const person = await signedIn();
      const first = (await start(person.browser)).json() as PendingTotpWire;
      expect((await start(person.browser)).json()).toEqual(first);
      const renewed = (await start(person.browser, true)).json() as PendingTotpWire;
      expect(renewed.secret).not.toBe(first.secret);
      expectProblem(await confirm(person.browser, first), 410, 'pending_enrollment_gone');
      const wrong = wrongTotpCode(renewed.uri, world().now());
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => confirm(person.browser, renewed, wrong)),
      );
      expect(answers.filter((answer) => problemOf(answer).code === 'wrong_code')).toHaveLength(10);
      expectProblem(await confirm(person.browser, renewed), 410, 'pending_enrollment_gone');
      // The wait for the seed is longer than a sign-in is fresh, so the expiry itself is moved here.
      const late = (await start(person.browser)).json() as PendingTotpWire;
      for await (const keys of world().redis.scanIterator({ MATCH: 'pending-enrollment:session:*' })) {
        for (const name of keys) {
          if ((await world().redis.hGet(name, 'id')) !== late.enrollmentId) continue;
          expect(await world().redis.hGet(name, 'expiresAt')).toBe(String(late.expiresAt));
          await world().redis.hSet(name, 'expiresAt', String(world().now()));
        }
      }
      expectProblem(await confirm(person.browser, late), 410, 'pending_enrollment_gone');
    });

    it('S30, bug 22: the portal takes no seed from a client either', async () => {
      const { browser } = await signedIn();
      for (const name of ['secret', 'seed', 'uri', 'sub', 'verified']) {
        const answer = await browser.postJson(api('/enrollments'), {
          kind: 'totp',
          [name]: 'JBSWY3DPEHPK3PXP',
        });
        expect([name, answer.status, problemOf(answer).errors?.[0]?.field]).toEqual([name, 400, name]);
      }
      const sms = await browser.postJson(api('/enrollments'), { kind: 'sms' });
      expectProblem(sms, 400, 'invalid_body');
    });

    it('S47: an app whose record is gone is still listed, can not be used, and is not "no factor"', async () => {
      const person = await signedIn();
      await world().redis.del(key.enrollment(person.enrollmentId));
      const view = (await person.browser.getJson(api())).json() as AccountView;
      expect(view.enrollments).toMatchObject([{ enrollmentId: person.enrollmentId }]);
      const tablet = await addApp(person);
      expectProblem(await disable(person.browser, person), 409, 'factor_unusable');
      await changeEnrollment(world(), tablet.enrollmentId, { sealed: 'k1.AAAA' });
      expectProblem(await disable(person.browser, tablet), 409, 'factor_unusable');
    });

    it('S52: changes at the portal need our origin, JSON and the token of this browser', async () => {
      const [person, other] = [await signedIn(), await signedIn()];
      const token = other.browser.csrfToken(world().issuer) ?? '';
      const paths = ['/enrollments', '/enrollments/confirm', '/enrollments/x/disable', '/sign-out'];
      for (const path of paths) {
        for (const headers of [
          { origin: 'https://evil.example' },
          { 'sec-fetch-site': 'cross-site' },
          { 'content-type': 'text/plain' },
          { 'x-csrf-token': token },
          { 'x-csrf-token': '' },
        ]) {
          const answer = await person.browser.postJson(api(path), {}, headers);
          expect([path, headers, answer.status]).toEqual([path, headers, 403]);
        }
      }
      expect((await person.browser.getJson(api())).status).toBe(200);
    });

    it('S54, bug 21: without a session, or with a sign-in that is only half done, nothing opens', async () => {
      const person = await memberWithApp(world());
      const half = await waitingForApp(world(), person);
      const bodies = {
        '/enrollments': { kind: 'totp' },
        '/enrollments/confirm': { enrollmentId: 'x', code: '123456', name: 'x' },
        [`/enrollments/${person.enrollmentId}/disable`]: { code: totpCode(person.uri, world().now()) },
      };
      for (const [path, body] of Object.entries(bodies)) {
        expectProblem(await half.browser.postJson(api(path), body), 401, 'login_required');
      }
      // The id of the journey, or the browser's own secret, is no session in any slot.
      const id = new URL(half.api).pathname.split('/').at(-1) ?? '';
      const secret = half.browser.cookies.get('localhost', '__Host-penumbra-browser') ?? '';
      for (const text of [id, secret]) {
        for (const headers of [
          { cookie: `${SESSION_COOKIE}=${text}` },
          { authorization: `Bearer ${text}` },
          { authorization: `Basic ${btoa(`${person.email}:${text}`)}` },
        ]) {
          const answer = await half.browser.send(api(), {
            headers: { accept: 'application/json', ...headers },
          });
          expectProblem(answer, 401, 'login_required');
        }
      }
    });
  });
}
