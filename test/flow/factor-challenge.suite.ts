// The second factor of a sign-in: which codes of the app pass, how often, and whose.
import { beforeAll, describe, expect, it } from 'vitest';
import { key } from '../../worker/storage-keys.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { totpCode, wrongTotpCode } from '../support/totp.ts';
import type { FlowWorld } from './flow-world.ts';
import { type Enrolled, Journey, problemOf } from './person.ts';
import { beginTotpStep, changeEnrollment, failuresOf, sessionsOf, subjectOf } from './store.ts';
import { memberWithApp, pick, waitingForApp } from './shortcut.ts';

export function factorChallengeSuite(world: () => FlowWorld): void {
  function atChallenge(person: Enrolled): Promise<Journey> {
    return waitingForApp(world(), person);
  }

  function submit(journey: Journey, person: Enrolled, code: string): Promise<Answer> {
    return journey.post('challenge', { enrollmentId: person.enrollmentId, code });
  }

  async function expectSignedOut(journey: Journey): Promise<void> {
    const account = await journey.browser.getJson(`${world().issuer}/api/account`);
    expect([account.status, problemOf(account).code]).toEqual([401, 'login_required']);
  }

  describe('authenticator app', () => {
    let person: Enrolled;

    /** What the tests share is a person whose tries they count. */
    function forgetFailures(): Promise<void> {
      return changeEnrollment(world(), person.enrollmentId, { failures: '0', waitUntil: '0', lockedAt: '0' });
    }

    beforeAll(async () => {
      person = await memberWithApp(world());
    });

    it('S32: takes the code of this half minute and of the one before, no other', async () => {
      const journey = await atChallenge(person);
      await beginTotpStep(world());
      const at = (shift: number): string => totpCode(person.uri, world().now() + shift);
      for (const shift of [-60, 30, -90, 60]) {
        const refused = await submit(journey, person, at(shift));
        expect([shift, refused.status, problemOf(refused).code]).toEqual([shift, 401, 'wrong_code']);
      }
      expect((await submit(journey, person, at(-30))).json()).toMatchObject({ step: 'done' });
      const next = await atChallenge(person);
      await beginTotpStep(world());
      expect((await submit(next, person, at(0))).json()).toMatchObject({ step: 'done' });
    });

    it('S33, bug 14: a code that was accepted is refused in a new sign-in and in the next half minute', async () => {
      await world().advance(60);
      await beginTotpStep(world());
      const earlier = totpCode(person.uri, world().now() - 30);
      const code = totpCode(person.uri, world().now());
      expect((await submit(await atChallenge(person), person, code)).status).toBe(200);
      const replay = await atChallenge(person);
      const again = await submit(replay, person, code);
      expect([again.status, problemOf(again).code]).toEqual([401, 'code_used']);
      const older = await submit(replay, person, earlier);
      expect([older.status, problemOf(older).code]).toEqual([401, 'code_used']);
      await world().advance(30);
      const later = await submit(replay, person, code);
      expect([later.status, problemOf(later).code]).toEqual([401, 'code_used']);
      await expectSignedOut(replay);
      await forgetFailures();
    });

    it('S33, bug 15: 50 parallel submits of one right code in five browsers give one sign-in', async () => {
      await world().advance(60);
      const journeys = await Promise.all(Array.from({ length: 5 }, () => atChallenge(person)));
      await beginTotpStep(world());
      const before = await sessionsOf(world(), person.email);
      const code = totpCode(person.uri, world().now());
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => submit(pick(journeys, index), person, code)),
      );
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      expect(statuses.every((status) => [200, 401, 409, 410, 429].includes(status))).toBe(true);
      expect(await sessionsOf(world(), person.email)).toBe(before + 1);
      await forgetFailures();
    });

    it('bug 5: the code and the enrollment of one account open nothing in the sign-in of another', async () => {
      const other = await memberWithApp(world());
      await world().advance(60);
      const journey = await atChallenge(other);
      const code = totpCode(person.uri, world().now());
      const foreign = await submit(journey, person, code);
      expect([foreign.status, problemOf(foreign).code]).toEqual([409, 'factor_unusable']);
      const mixed = await submit(journey, { ...other, uri: person.uri }, code);
      expect([mixed.status, problemOf(mixed).code]).toEqual([401, 'wrong_code']);
      await expectSignedOut(journey);
      expect(await failuresOf(world(), person.enrollmentId)).toBe(0);
    });

    it('S31: a code may be typed in groups, and what is no code is just wrong', async () => {
      await world().advance(60);
      const journey = await atChallenge(person);
      const wrong = await submit(journey, person, 'abcdef');
      expect([wrong.status, problemOf(wrong).code]).toEqual([401, 'wrong_code']);
      const code = totpCode(person.uri, world().now());
      const grouped = await submit(journey, person, `${code.slice(0, 3)} ${code.slice(3)}`);
      expect(grouped.status).toBe(200);
    });
  });

  describe('records of the factor', () => {
    /** Signs in anew with the right code, and tells what comes of it; nothing may. */
    async function refusedSignIn(person: Enrolled): Promise<[number, string]> {
      await world().advance(60);
      const journey = await atChallenge(person);
      const answer = await submit(journey, person, totpCode(person.uri, world().now()));
      await expectSignedOut(journey);
      return [answer.status, problemOf(answer).code];
    }

    it('S47: without the record of the factor nobody gets in, in a sign-in that runs or in a new one', async () => {
      const person = await memberWithApp(world());
      const running = await atChallenge(person);
      await world().redis.del(key.enrollment(person.enrollmentId));
      const answer = await submit(running, person, totpCode(person.uri, world().now()));
      expect([answer.status, problemOf(answer).code]).toEqual([409, 'factor_unusable']);
      await expectSignedOut(running);
      expect(await refusedSignIn(person)).toEqual([409, 'factor_unusable']);

      // Whoever deletes the account's own field too turns the member into one without a factor, and no more than that:
      // a code from the mailbox is needed before another app can be bound.
      const sub = await subjectOf(world(), person.email);
      await world().redis.hDel(key.account(sub), `enrollment:${person.enrollmentId}`);
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      expect(await journey.firstFactor(person.email, person.password)).toMatchObject({
        step: 'confirm_address',
        delivery: 'queued',
      });
      await journey.toldDelivery('sent');
      const skipped = await journey.post('enrollment', { kind: 'totp' });
      expect([skipped.status, problemOf(skipped).code]).toEqual([409, 'wrong_step']);
      await expectSignedOut(journey);
    });

    it('S35, S47: a seed that was changed, or is of another account or enrollment, opens nothing', async () => {
      const [person, other] = [await memberWithApp(world()), await memberWithApp(world())];
      const sealedOf = async (id: string): Promise<string> =>
        (await world().redis.hGet(key.enrollment(id), 'sealed')) ?? '';
      const own = await sealedOf(person.enrollmentId);
      const foreign = await sealedOf(other.enrollmentId);
      expect(own).not.toContain(new URL(person.uri).searchParams.get('secret'));

      const middle = Math.floor(own.length / 2);
      const flipped = own.slice(0, middle) + (own[middle] === 'A' ? 'B' : 'A') + own.slice(middle + 1);
      await changeEnrollment(world(), person.enrollmentId, { sealed: flipped });
      expect(await refusedSignIn(person)).toEqual([409, 'factor_unusable']);

      // The other account's seed in this account's record: the other one's app must not open it.
      await changeEnrollment(world(), person.enrollmentId, { sealed: foreign, failures: '0' });
      expect(await refusedSignIn({ ...person, uri: other.uri })).toEqual([409, 'factor_unusable']);

      // The other account's whole enrollment, written over to this account.
      const sub = await subjectOf(world(), person.email);
      await world().redis.hSet(key.account(sub), `enrollment:${other.enrollmentId}`, 'totp');
      await changeEnrollment(world(), other.enrollmentId, { sub, sealed: foreign });
      const moved = { ...person, enrollmentId: other.enrollmentId, uri: other.uri };
      expect(await refusedSignIn(moved)).toEqual([409, 'factor_unusable']);
      // And the other account has lost its own by that, which opens nothing there either.
      expect(await refusedSignIn(other)).toEqual([409, 'factor_unusable']);

      await changeEnrollment(world(), person.enrollmentId, { sealed: own, failures: '0' });
      await world().advance(60);
      const journey = await atChallenge(person);
      const wrong = await submit(journey, person, wrongTotpCode(person.uri, world().now()));
      expect(problemOf(wrong).code).toBe('wrong_code');
      expect((await submit(journey, person, totpCode(person.uri, world().now()))).status).toBe(200);
    });
  });
}
