// A sign-in belongs to the browser that began it, ends by itself, and takes changes from the service's own pages alone.
import { describe, expect, it } from 'vitest';
import { INTERACTION_SECONDS } from '../../worker/interaction/interaction.ts';
import { BROWSER_COOKIE } from '../../worker/session/session.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { totpCode } from '../support/totp.ts';
import { FIRST_SITE, type FlowWorld } from './flow-world.ts';
import { authorizeAttempt, Journey, problemOf } from './person.ts';
import { memberWithApp, waitingForApp } from './shortcut.ts';

const BODIES: Readonly<Record<string, object>> = {
  identify: { email: 'someone@example.com' },
  password: { password: 'some password of someone' },
  'address-code': {},
  address: { code: '12345678' },
  enrollment: { kind: 'totp' },
  'enrollment/confirm': { enrollmentId: 'x', code: '123456', name: 'x' },
  challenge: { enrollmentId: 'x', code: '123456' },
  restart: {},
  cancel: {},
};

export function interactionBrowserSuite(world: () => FlowWorld): void {
  const host = (): string => new URL(world().issuer).hostname;

  /** Every route of an interaction, asked by a browser; what each of them says. */
  async function everyRoute(browser: Browser, api: string): Promise<Record<string, [number, string]>> {
    const answers: Record<string, [number, string]> = {};
    const note = (route: string, answer: Answer): void => {
      answers[route] = [answer.status, problemOf(answer).code];
    };
    note('read', await browser.getJson(api));
    for (const [step, body] of Object.entries(BODIES))
      note(step, await browser.postJson(`${api}/${step}`, body));
    return answers;
  }

  function all(reading: [number, string], posting: [number, string]): Record<string, [number, string]> {
    return { read: reading, ...Object.fromEntries(Object.keys(BODIES).map((step) => [step, posting])) };
  }

  describe('browser of a sign-in', () => {
    it('S78: a link to a sign-in opens nothing in another browser, nor in one without the cookie', async () => {
      const person = await memberWithApp(world());
      const journey = await waitingForApp(world(), person);
      const other = new Browser();
      await Journey.begin(other, `${world().issuer}/account`);
      const gone: [number, string] = [410, 'interaction_ended'];
      expect(await everyRoute(other, journey.api)).toEqual(all(gone, gone));
      // Without the cookie there is no token either, so changes are refused before the sign-in is looked at.
      const bare = new Browser();
      expect(await everyRoute(bare, journey.api)).toEqual(all(gone, [403, 'forbidden_origin']));
      // Nor does the own session of somebody else help.
      expect((await everyRoute(person.browser, journey.api))['read']).toEqual(gone);
      const done = await journey.post('challenge', {
        enrollmentId: person.enrollmentId,
        code: totpCode(person.uri, world().now()),
      });
      expect(done.json()).toMatchObject({ step: 'done' });
    });

    it('S78: the result of a sign-in goes out once, and only through the browser that began it', async () => {
      const person = await memberWithApp(world());
      const attempt = authorizeAttempt(world().issuer, FIRST_SITE);
      const journey = await Journey.begin(new Browser(), attempt.url);
      await journey.firstFactor(person.email, person.password);
      const code = totpCode(person.uri, world().now());
      const done = await journey.go('challenge', { enrollmentId: person.enrollmentId, code });
      if (done.step !== 'done') throw new Error(done.step);
      const resume = new URL(done.continue, world().issuer).href;
      // The browser of the same person, with a session that is good enough, is not that browser.
      for (const stranger of [person.browser, new Browser()]) {
        const refused = await stranger.open(resume);
        expect([refused.status, refused.location]).toEqual([410, undefined]);
      }
      const first = await journey.browser.open(resume);
      expect(new URL(first.location ?? '').searchParams.get('code')).toBeTruthy();
      const second = await journey.browser.open(resume);
      expect([second.status, second.location]).toEqual([410, undefined]);
      expect(await everyRoute(journey.browser, journey.api)).toEqual(
        all([410, 'interaction_ended'], [410, 'interaction_ended']),
      );
    });

    it('S78: a sign-in that is not finished gives no result, whoever asks for it', async () => {
      const person = await memberWithApp(world());
      const journey = await Journey.begin(new Browser(), authorizeAttempt(world().issuer, FIRST_SITE).url);
      const resume = journey.api.replace('/api/interactions/', '/authorize/resume/');
      const steps = [
        (): Promise<unknown> => journey.go('identify', { email: person.email }),
        (): Promise<unknown> => journey.go('password', { password: person.password }),
      ];
      for (const step of steps) {
        await step();
        const early = await journey.browser.open(resume);
        expect([early.status, early.location]).toEqual([410, undefined]);
      }
      expect(await journey.view()).toMatchObject({ step: 'challenge' });
    });

    it('S69: an hour later, and at an address that never was, there is no sign-in any more', async () => {
      const person = await memberWithApp(world());
      const journey = await waitingForApp(world(), person);
      const gone: [number, string] = [410, 'interaction_ended'];
      expect(await everyRoute(journey.browser, `${journey.api}x`)).toEqual(all(gone, gone));
      await world().advance(INTERACTION_SECONDS);
      expect(await everyRoute(journey.browser, journey.api)).toEqual(all(gone, gone));
    });

    it('S54: two browser cookies at once, or one that was made up, open nothing', async () => {
      const person = await memberWithApp(world());
      const journey = await waitingForApp(world(), person);
      const secret = journey.browser.cookies.get(host(), BROWSER_COOKIE) ?? '';
      const headers = { accept: 'application/json' };
      for (const cookie of [
        `${BROWSER_COOKIE}=${secret}; ${BROWSER_COOKIE}=${secret}`,
        `${BROWSER_COOKIE}=${secret.slice(0, -1)}`,
        `${BROWSER_COOKIE}=`,
      ]) {
        const answer = await new Browser().send(journey.api, { headers: { ...headers, cookie } });
        expect([answer.status, problemOf(answer).code]).toEqual([410, 'interaction_ended']);
      }
    });
  });

  describe('changes from other sites', () => {
    /** Sends a change that would be right, but for the headers given; `null` leaves one out. */
    function change(journey: Journey, headers: Readonly<Record<string, string | null>>): Promise<Answer> {
      const own: Record<string, string | null> = {
        origin: world().issuer,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/json',
        'x-csrf-token': journey.browser.csrfToken(world().issuer) ?? '',
        ...headers,
      };
      return journey.browser.send(`${journey.api}/identify`, {
        method: 'POST',
        headers: Object.fromEntries(
          Object.entries(own).filter((entry): entry is [string, string] => entry[1] !== null),
        ),
        body: JSON.stringify({ email: 'someone@example.com' }),
      });
    }

    it('S52, bug 36: a change needs our origin, JSON and the token of this very browser', async () => {
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      const other = new Browser();
      await Journey.begin(other, `${world().issuer}/account`);
      const wrong: Readonly<Record<string, string | null>>[] = [
        { origin: null },
        { origin: 'null' },
        { origin: 'https://evil.example' },
        { origin: `${world().issuer}.evil.example` },
        { origin: world().issuer.replace('localhost', '127.0.0.1') },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'none' },
        { 'content-type': null },
        { 'content-type': 'text/plain' },
        { 'content-type': 'application/x-www-form-urlencoded' },
        { 'content-type': 'multipart/form-data; boundary=x' },
        { 'content-type': 'text/plain; application/json' },
        { 'content-type': 'application/json, text/plain' },
        { 'content-type': 'application/jsonp' },
        { 'x-csrf-token': null },
        { 'x-csrf-token': '' },
        { 'x-csrf-token': 'A'.repeat(43) },
        { 'x-csrf-token': other.csrfToken(world().issuer) ?? '' },
      ];
      for (const headers of wrong) {
        const answer = await change(journey, headers);
        expect([headers, answer.status, problemOf(answer).code]).toEqual([headers, 403, 'forbidden_origin']);
      }
      expect(await journey.view()).toMatchObject({ step: 'identify' });
      const right = await change(journey, { 'content-type': 'application/json; charset=utf-8' });
      expect(right.json()).toMatchObject({ step: 'first_factor' });
    });

    it('S52: safe methods change nothing, and no answer invites another origin', async () => {
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      const token = journey.browser.csrfToken(world().issuer) ?? '';
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE']) {
        const answer = await journey.browser.send(`${journey.api}/restart`, {
          method,
          headers: {
            origin: world().issuer,
            'content-type': 'application/json',
            'x-csrf-token': token,
            'access-control-request-method': 'POST',
          },
        });
        expect([method, answer.status >= 400]).toEqual([method, true]);
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      }
      const overridden = await journey.browser.send(`${journey.api}/identify`, {
        headers: { accept: 'application/json', 'x-http-method-override': 'POST' },
      });
      expect(overridden.status).toBe(404);
      expect(await journey.view()).toMatchObject({ step: 'identify' });
    });
  });
}
