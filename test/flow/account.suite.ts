// What a signed-in person may do to their own factors at the portal, and what it ends elsewhere.
import { describe, expect, it } from 'vitest';
import type { AccountView } from '../../worker/interaction/wire.ts';
import { key } from '../../worker/storage-keys.ts';
import type { Answer } from '../support/browser.ts';
import { totpCode, wrongTotpCode } from '../support/totp.ts';
import { FIRST_SITE, type FlowWorld } from './flow-world.ts';
import { requestUserinfo, tokensFor } from './oidc-site.ts';
import { authorizeAttempt, type Enrolled, Journey, problemOf } from './person.ts';
import { atPortal, expectProblem, Portal } from './portal.ts';
import { waitingForApp } from './shortcut.ts';
import { failuresOf, subjectOf } from './store.ts';

export function accountSuite(world: () => FlowWorld): void {
  /** Signs in to the same account in another browser. */
  async function elsewhere(person: Enrolled): Promise<Portal> {
    const journey = await waitingForApp(world(), person);
    const code = totpCode(person.uri, world().now());
    await journey.go('challenge', { enrollmentId: person.enrollmentId, code });
    await world().advance(30);
    return new Portal(world(), journey.browser);
  }

  describe('own factors', () => {
    it('S42: adds a second app, signs in with either, and gives one up with its own code', async () => {
      const { person, portal } = await atPortal(world());
      const tablet = await portal.addApp();
      const journey = await waitingForApp(world(), person);
      const view = await journey.view();
      if (view.step !== 'challenge') throw new Error(view.step);
      expect(view.factors.map(({ name }) => name)).toEqual(['My tablet', 'My phone']);
      const code = totpCode(tablet.uri, world().now());
      expect(await journey.go('challenge', { enrollmentId: tablet.enrollmentId, code })).toMatchObject({
        step: 'done',
      });
      await world().advance(30);
      const removed = (await portal.disable(tablet)).json() as AccountView;
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

    it('S42: five minutes after the sign-in no factor can be started, shown again or removed without a new one', async () => {
      const { person, portal } = await atPortal(world());
      const tablet = await portal.addApp();
      await portal.pending();
      await world().advance(300);
      for (const answer of [await portal.start(), await portal.start(true), await portal.disable(tablet)]) {
        expect(answer.text).not.toContain('otpauth');
        expectProblem(answer, 401, 'fresh_authentication_required');
        expect(problemOf(answer).continue).toBe('/account/verify');
        expect(answer.headers.get('www-authenticate')).toContain('insufficient_user_authentication');
      }
      expect(await failuresOf(world(), tablet.enrollmentId)).toBe(0);
      // It still shows the account; and the way that the answer names leads to a challenge, and from there back.
      expect((await portal.read()).status).toBe(200);
      const journey = await Journey.begin(portal.browser, `${world().issuer}/account/verify`);
      expect(await journey.view()).toMatchObject({ step: 'identify', loginHint: person.email });
      await journey.firstFactor(person.email, person.password);
      const code = totpCode(person.uri, world().now());
      await journey.go('challenge', { enrollmentId: person.enrollmentId, code });
      await portal.open();
      expect((await portal.disable(tablet)).status).toBe(200);
    });

    it('S42: only what was started in these five minutes can be finished after them, and not for long', async () => {
      const [{ portal }, { portal: late }] = [await atPortal(world()), await atPortal(world())];
      const [pending, outlived] = [await portal.pending(), await late.pending()];
      await world().advance(300);
      expectProblem(await portal.confirm({ ...pending, enrollmentId: 'x' }), 410, 'pending_enrollment_gone');
      expect((await portal.confirm(pending)).status).toBe(200);
      // However long the record of it would live: fifteen minutes after the sign-in nothing is finished any more.
      for await (const keys of world().redis.scanIterator({ MATCH: 'pending-enrollment:session:*' })) {
        for (const name of keys) {
          if ((await world().redis.hGet(name, 'id')) === outlived.enrollmentId)
            await world().redis.hSet(name, 'expiresAt', String(world().now() + 3600));
        }
      }
      await world().advance(600);
      expectProblem(await late.confirm(outlived), 401, 'fresh_authentication_required');
      expect((await late.view()).enrollments).toHaveLength(1);
    });

    it('S42: what an app was enabled with disables it; the code of another app does not', async () => {
      const { person, portal } = await atPortal(world());
      const tablet = await portal.addApp();
      const other = await portal.disable({ ...tablet, uri: person.uri });
      expectProblem(other, 401, 'wrong_code');
      expect(problemOf(other).triesLeft).toBe(4);
      const smuggled = await portal.post(`/enrollments/${tablet.enrollmentId}/disable`, {
        code: totpCode(tablet.uri, world().now()),
        enrollmentId: person.enrollmentId,
      });
      expectProblem(smuggled, 400, 'invalid_body');
      expect((await portal.disable(tablet)).status).toBe(200);
    });

    it('S33, bug 17: a code that signed in is refused for disabling, now and in the next half minute', async () => {
      const { person, portal } = await atPortal(world());
      const tablet = await portal.addApp();
      const journey = await waitingForApp(world(), person);
      const code = totpCode(tablet.uri, world().now());
      await journey.go('challenge', { enrollmentId: tablet.enrollmentId, code });
      expectProblem(await portal.disable(tablet, code), 401, 'code_used');
      expect(await failuresOf(world(), tablet.enrollmentId)).toBe(1);
      await world().advance(30);
      expectProblem(await portal.disable(tablet, code), 401, 'code_used');
    });

    it('S14, S54: wrong codes at the portal and in a sign-in are one count, and lock both', async () => {
      const { person, portal } = await atPortal(world());
      const tablet = await portal.addApp();
      const waiting = await waitingForApp(world(), person);
      const wrong = wrongTotpCode(tablet.uri, world().now());
      const answers = await Promise.all(Array.from({ length: 40 }, () => portal.disable(tablet, wrong)));
      expect(answers.filter((answer) => problemOf(answer).code === 'wrong_code')).toHaveLength(4);
      expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true);
      expect(await failuresOf(world(), tablet.enrollmentId)).toBe(5);
      expectProblem(await portal.disable(tablet), 429, 'throttled');
      const signOn = (): Promise<Answer> =>
        waiting.post('challenge', {
          enrollmentId: tablet.enrollmentId,
          code: totpCode(tablet.uri, world().now()),
        });
      expectProblem(await signOn(), 429, 'throttled');
      await world().advance(60);
      expectProblem(await signOn(), 410, 'interaction_ended');
    });

    it('S44, bug 23: giving up a factor ends every other session of the account, and its tokens', async () => {
      const { person, portal } = await atPortal(world());
      const tablet = await portal.addApp();
      const other = await elsewhere(person);
      expect((await other.read()).status).toBe(200);
      const { access_token: token } = await tokensFor(world(), other.browser);
      expect((await requestUserinfo(world(), token)).status).toBe(200);
      const pendingElsewhere = await waitingForApp(world(), person);
      expect((await portal.disable(tablet)).status).toBe(200);
      expectProblem(await other.read(), 401, 'login_required');
      expect((await requestUserinfo(world(), token)).status).toBe(401);
      const silent = await other.browser.open(
        authorizeAttempt(world().issuer, FIRST_SITE, { prompt: 'none' }).url,
      );
      expect(new URL(silent.location ?? '').searchParams.get('error')).toBe('login_required');
      // This one goes on, and a sign-in that was under way still asks for the factor that is left.
      expect((await portal.read()).status).toBe(200);
      expect(await pendingElsewhere.view()).toMatchObject({
        step: 'challenge',
        factors: [{ enrollmentId: person.enrollmentId }],
      });
    });

    it('S45: the last factor stays where one is demanded, however the two are asked for at once', async () => {
      const { person, portal } = await atPortal(world());
      expectProblem(await portal.disable(person), 409, 'last_factor');
      const tablet = await portal.addApp();
      const [one, two] = await Promise.all([portal.disable(person), portal.disable(tablet)]);
      expect([one.status, two.status].toSorted()).toEqual([200, 409]);
      const account = await world().redis.hGetAll(key.account(await subjectOf(world(), person.email)));
      expect(Object.keys(account).filter((field) => field.startsWith('enrollment:'))).toHaveLength(1);
    });
  });
}
