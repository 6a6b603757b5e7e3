// The store or the mail provider is down, hung or slow: an answer in time, never a pass, nothing lost.
import { afterEach, describe, expect, it } from 'vitest';
import { totpCode } from '../support/totp.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { readMailedCode } from '../support/outbox-reader.ts';
import { FIRST_SITE, type FlowWorld } from './flow-world.ts';
import { authorizeAttempt, Journey, problemOf } from './person.ts';
import { member, memberWithApp, startApp, waitingForApp, waitingForMailbox } from './shortcut.ts';
import { failuresOf } from './store.ts';

const LONGEST_MS = 3000;

export function outageSuite(world: () => FlowWorld): void {
  /** Runs a request and holds it to the time within which an outage must be told. */
  async function inTime(request: () => Promise<Answer>): Promise<Answer> {
    const since = performance.now();
    const answer = await request();
    expect(performance.now() - since).toBeLessThan(LONGEST_MS);
    return answer;
  }

  function expectUnavailable(answer: Answer): void {
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(problemOf(answer)).toMatchObject({ code: 'unavailable', status: 503 });
    expect(answer.headers.getSetCookie().join()).not.toContain('session');
  }

  describe('outage', () => {
    afterEach(() => {
      world().bridge.resume();
      world().outbox.fail('email', false);
      world().outbox.hang('email', false);
    });

    for (const outage of ['hangs', 'is down'] as const) {
      const begin = (): void => {
        if (outage === 'hangs') world().bridge.pause();
        else world().bridge.refuse();
      };

      it(`S72: the store ${outage} at each step of a sign-in: 503 in 3 s, and it goes on when it is back`, async () => {
        const who = await member(world());
        const journey = await Journey.begin(new Browser(), authorizeAttempt(world().issuer, FIRST_SITE).url);
        let pending = { enrollmentId: '', uri: '' };
        const steps: readonly (readonly [string, () => unknown])[] = [
          ['identify', () => ({ email: who.email })],
          ['password', () => ({ password: who.password })],
          ['address', () => readMailedCode(world().outbox, who.email).then((code) => ({ code }))],
          ['enrollment', () => ({ kind: 'totp' })],
          [
            'enrollment/confirm',
            () => ({
              enrollmentId: pending.enrollmentId,
              code: totpCode(pending.uri, world().now()),
              name: 'My phone',
            }),
          ],
          ['recovery-codes', () => ({})],
        ];
        for (const [step, makeBody] of steps) {
          const body = await makeBody();
          begin();
          expectUnavailable(await inTime(() => journey.post(step, body)));
          world().bridge.resume();
          const view = await journey.go(step, body);
          if (view.step === 'enrollment' && view.pending) ({ pending } = view as { pending: typeof pending });
        }
        const resume = journey.api.replace('/api/interactions/', '/authorize/resume/');
        begin();
        const page = await inTime(() => journey.browser.open(resume));
        expect([page.status, page.location]).toEqual([503, undefined]);
        world().bridge.resume();
        const back = await journey.browser.open(resume);
        expect(new URL(back.location ?? '').searchParams.get('code')).toBeTruthy();
      }, 120_000);

      it(`S72, bug 10: the store ${outage} before the app's code: no pass, and no more tries than before`, async () => {
        const person = await memberWithApp(world());
        const journey = await waitingForApp(world(), person);
        const body = { enrollmentId: person.enrollmentId, code: totpCode(person.uri, world().now()) };
        begin();
        const answers = await Promise.all(
          Array.from({ length: 5 }, () => inTime(() => journey.post('challenge', body))),
        );
        answers.forEach(expectUnavailable);
        expectUnavailable(await inTime(() => journey.browser.getJson(journey.api)));
        expectUnavailable(await inTime(() => journey.browser.getJson(`${world().issuer}/api/account`)));
        world().bridge.resume();
        expect(await failuresOf(world(), person.enrollmentId)).toBe(0);
        expect(await journey.go('challenge', body)).toMatchObject({ step: 'done' });
      });

      it(`S72: the store ${outage}: pages, authorize, token and userinfo say so in 3 s`, async () => {
        const person = await memberWithApp(world());
        const attempt = authorizeAttempt(world().issuer, FIRST_SITE);
        const code = async (): Promise<string> => {
          const answer = await person.browser.open(attempt.url);
          return new URL(answer.location ?? '').searchParams.get('code') ?? '';
        };
        const exchange = (text: string): Promise<Answer> =>
          person.browser.postForm(
            `${world().issuer}/token`,
            {
              grant_type: 'authorization_code',
              code: text,
              redirect_uri: FIRST_SITE.callback,
              code_verifier: attempt.verifier,
              client_id: FIRST_SITE.clientId,
              client_secret: FIRST_SITE.secret,
            },
            world().issuer,
          );
        const first = await exchange(await code());
        const { access_token: token } = first.json() as { access_token: string };
        const userinfo = (): Promise<Answer> =>
          person.browser.send(`${world().issuer}/userinfo`, {
            headers: { authorization: `Bearer ${token}` },
          });
        expect((await userinfo()).status).toBe(200);
        const unspent = await code();
        begin();
        for (const url of [attempt.url, `${world().issuer}/account`, `${world().issuer}/account/verify`]) {
          const page = await inTime(() => person.browser.open(url));
          expect([url, page.status, page.location]).toEqual([url, 503, undefined]);
          expect(page.headers.get('content-type')).toContain('text/html');
          expect(page.text).toContain('not available right now');
        }
        for (const answer of [await inTime(() => exchange(unspent)), await inTime(userinfo)]) {
          expect(answer.status).toBe(503);
          expect(answer.text).not.toContain('access_token');
        }
        // What needs no store goes on.
        const keys = await person.browser.getJson(`${world().issuer}/.well-known/jwks.json`);
        expect(keys.status).toBe(200);
        world().bridge.resume();
        expect((await userinfo()).status).toBe(200);
        expect((await exchange(unspent)).status).toBe(200);
        expect((await person.browser.open(`${world().issuer}/account`)).status).toBe(200);
      });
    }

    for (const outage of ['refuses', 'hangs'] as const) {
      it(`S72: the mail provider ${outage}: the screen says so in 5 s, a new try after 10 s, nothing lost, never a pass`, async () => {
        const who = await member(world());
        const journey = await waitingForMailbox(world(), who);
        if (outage === 'refuses') world().outbox.fail('email', true);
        else world().outbox.hang('email', true);
        const since = performance.now();
        const asked = await journey.go('address-code', {});
        expect(asked).toMatchObject({ step: 'confirm_address', delivery: 'queued' });
        // The answer does not wait for the provider.
        expect(performance.now() - since).toBeLessThan(LONGEST_MS);
        const view = await journey.toldDelivery('failed');
        expect(performance.now() - since).toBeLessThan(5500);
        expect(problemOf(await journey.post('enrollment', { kind: 'totp' })).code).toBe('wrong_step');
        world().outbox.fail('email', false);
        world().outbox.hang('email', false);
        // The mail that could not be handed over is still in the queue: nobody has to ask for another.
        await world().advance(10);
        await world().workOff();
        expect(await journey.toldDelivery('sent')).toEqual({ ...view, delivery: 'sent' });
        await journey.go('address', { code: await readMailedCode(world().outbox, who.email) });
        expect(await startApp(journey)).toHaveProperty('secret');
      });
    }

    it('S72: a sign-in with the app needs no mail provider', async () => {
      const person = await memberWithApp(world());
      world().outbox.hang('email', true);
      const journey = await waitingForApp(world(), person);
      const code = totpCode(person.uri, world().now());
      const done = await journey.go('challenge', { enrollmentId: person.enrollmentId, code });
      expect(done).toMatchObject({ step: 'done' });
    });
  });
}
