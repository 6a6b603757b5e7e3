// One number in the place of another: proof on the old one, then on the new one, and everybody is told (S26).
import { describe, expect, it } from 'vitest';
import type { AccountView, EnrollmentWire, PendingSentWire } from '../../worker/interaction/wire.ts';
import { key } from '../../worker/storage-keys.ts';
import type { Answer } from '../support/browser.ts';
import { readMail } from '../support/outbox-reader.ts';
import {
  addPhone,
  askedCode,
  askedOwnCode,
  challenged,
  type Factored,
  forgetSends,
  memberWithPhone,
  mobileNumber,
  otherThan,
  pendingSent,
  readCode,
} from './factors.ts';
import type { FlowWorld } from './flow-world.ts';
import { expectProblem, Portal } from './portal.ts';
import { member, waitingForEnrollment } from './shortcut.ts';
import { failuresOf, subjectOf } from './store.ts';

export function phoneChangeSuite(world: () => FlowWorld): void {
  function give({ portal, factor }: Factored, number: string): Promise<Answer> {
    const body = { kind: 'phone', number, channel: 'text', replaces: factor.enrollmentId };
    return portal.post('/enrollments', body);
  }

  function verify({ portal, factor }: Factored, code: string): Promise<Answer> {
    return portal.post(`/enrollments/${factor.enrollmentId}/verify`, { code });
  }

  async function prove(who: Factored): Promise<EnrollmentWire | undefined> {
    const proven = await verify(who, await askedOwnCode(who.portal, who.factor));
    expect(proven.status).toBe(200);
    return (proven.json() as AccountView).enrollments.find(
      ({ enrollmentId }) => enrollmentId === who.factor.enrollmentId,
    );
  }

  function confirm({ portal }: Factored, enrollmentId: string, code: string): Promise<Answer> {
    return portal.post('/enrollments/confirm', { enrollmentId, code, name: 'New phone' });
  }

  function textTo(number: string, pattern: RegExp): Promise<unknown> {
    return world().outbox.next(({ to, channel, text }) => {
      return to === number && channel === 'sms' && pattern.test(text);
    });
  }

  describe('change of a number', () => {
    it('S26: old number first, then the new one; all are told, the old one is worth nothing, other sessions end', async () => {
      const who = await memberWithPhone(world());
      const sub = await subjectOf(world(), who.email);
      await world().redis.hSet(key.account(sub), {
        noticeEmail: `second-${who.email}`,
        defaultEnrollment: who.factor.enrollmentId,
      });
      const other = await challenged(world(), who);
      const code = await askedCode(world(), other, who.factor);
      await other.go('challenge', { enrollmentId: who.factor.enrollmentId, code });
      const elsewhere = new Portal(world(), other.browser);
      await elsewhere.open();

      const number = mobileNumber();
      expectProblem(await give(who, number), 409, 'old_number_first');
      expect(world().outbox.messages(number)).toHaveLength(0);
      const proven = await prove(who);
      expect(Math.abs((proven?.changeUntil ?? 0) - world().now() - 600)).toBeLessThan(10);
      const started = await give(who, number);
      expect(started.status).toBe(200);
      const pending = started.json() as PendingSentWire;
      const bound = await confirm(who, pending.enrollmentId, await readCode(world(), number, pending.sent));
      expect(bound.status).toBe(200);
      const { enrollments } = bound.json() as AccountView;
      expect(enrollments).toMatchObject([
        {
          enrollmentId: pending.enrollmentId,
          name: 'My number',
          destination: `+45 •• •• •• ${number.slice(-2)}`,
          isDefault: true,
        },
      ]);
      expect(await world().redis.exists(key.enrollment(who.factor.enrollmentId))).toBe(0);

      await world().workOff();
      await textTo(who.factor.to, /was changed/);
      await textTo(number, /was changed/);
      for (const address of [who.email, `second-${who.email}`]) {
        const { text } = await readMail(world().outbox, address, /was changed/);
        expect(text).not.toContain(number.slice(3));
      }
      expectProblem(await elsewhere.read(), 401, 'login_required');
      expect((await who.portal.read()).status).toBe(200);
      await forgetSends(world());
      const journey = await challenged(world(), who);
      const body = { enrollmentId: who.factor.enrollmentId, channel: 'text' };
      expectProblem(await journey.post('challenge/code', body), 409, 'factor_unusable');
      const fresh = { enrollmentId: pending.enrollmentId, to: number };
      const next = await askedCode(world(), journey, fresh);
      expect(await journey.go('challenge', { enrollmentId: fresh.enrollmentId, code: next })).toMatchObject({
        step: 'done',
      });
    });

    it('S26: the proof of the old number expires after ten minutes, and a new code voids it', async () => {
      const who = await memberWithPhone(world());
      await prove(who);
      await world().advance(601);
      expectProblem(await give(who, mobileNumber()), 409, 'old_number_first');
      const other = await memberWithPhone(world());
      await prove(other);
      await world().advance(60);
      await forgetSends(world());
      await askedOwnCode(other.portal, other.factor);
      expectProblem(await give(other, mobileNumber()), 409, 'old_number_first');
    });

    it('S26: only the code that was sent to the old number proves it, and wrong ones count', async () => {
      const [who, another] = [await memberWithPhone(world()), await memberWithPhone(world())];
      const second = await addPhone(who.portal);
      const code = await askedOwnCode(who.portal, second);
      expectProblem(await verify(who, code), 409, 'no_code_sent');
      await forgetSends(world());
      const right = await askedOwnCode(who.portal, who.factor);
      expectProblem(await verify(who, otherThan(right)), 401, 'wrong_code');
      expect(await failuresOf(world(), who.factor.enrollmentId)).toBe(1);
      // A sign-in's code, another session's, another person's.
      await forgetSends(world());
      const journey = await challenged(world(), who);
      const ofSignIn = await askedCode(world(), journey, who.factor);
      expectProblem(await verify(who, ofSignIn), 401, 'wrong_code');
      expectProblem(await verify({ ...another, factor: who.factor }, right), 404, 'not_found');
      expectProblem(await give(who, mobileNumber()), 409, 'old_number_first');
      expect((await verify(who, right)).status).toBe(200);
      // What was proven is that number: nothing else takes another's place for it.
      const wrongOne = { ...who, factor: second };
      expectProblem(await give(wrongOne, mobileNumber()), 409, 'old_number_first');
      expectProblem(await give({ ...another, factor: who.factor }, mobileNumber()), 409, 'old_number_first');
    });

    it('S26, S12: a code that was asked for one number binds no other, at the portal or in a sign-in', async () => {
      const who = await memberWithPhone(world());
      await prove(who);
      const [mine, theirs] = [mobileNumber(), mobileNumber()];
      const first = (await give(who, mine)).json() as PendingSentWire;
      const code = await readCode(world(), mine, first.sent);
      const second = (await give(who, theirs)).json() as PendingSentWire;
      expect(second.enrollmentId).not.toBe(first.enrollmentId);
      expectProblem(await confirm(who, second.enrollmentId, code), 401, 'wrong_code');
      expectProblem(await confirm(who, first.enrollmentId, code), 410, 'pending_enrollment_gone');
      expectProblem(await give(who, mine), 429, 'throttled');
      expectProblem(await confirm(who, second.enrollmentId, code), 401, 'wrong_code');

      const journey = await waitingForEnrollment(world(), await member(world()));
      const start = async (number: string): Promise<PendingSentWire> =>
        pendingSent(await journey.go('enrollment', { kind: 'phone', number, channel: 'text' }));
      const [own, foreign] = [mobileNumber(), mobileNumber()];
      const ownCode = await readCode(world(), own, (await start(own)).sent);
      const { enrollmentId } = await start(foreign);
      const bound = await journey.post('enrollment/confirm', { enrollmentId, code: ownCode, name: 'x' });
      expectProblem(bound, 401, 'wrong_code');
    });

    it('S42: a number is changed by a fresh sign-in alone, but a slow message loses nobody their proof', async () => {
      const who = await memberWithPhone(world());
      const code = await askedOwnCode(who.portal, who.factor);
      // The code is good for as long as it says, though the sign-in is not fresh any more.
      await world().advance(290);
      expect((await verify(who, code)).status).toBe(200);
      await world().advance(200);
      await forgetSends(world());
      const number = mobileNumber();
      const pending = (await give(who, number)).json() as PendingSentWire;
      await world().advance(200);
      const bound = await confirm(who, pending.enrollmentId, await readCode(world(), number, pending.sent));
      expect(bound.status).toBe(200);
      await forgetSends(world());
      const ask = await who.portal.post(`/enrollments/${pending.enrollmentId}/code`, { channel: 'text' });
      expectProblem(ask, 401, 'fresh_authentication_required');
    });
  });
}
