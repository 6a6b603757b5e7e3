// Redis carried a step out, but its answer got lost on the way: the retry gets that answer, and nothing happens twice.
import { afterEach, describe, expect, it } from 'vitest';
import { key } from '../../worker/storage-keys.ts';
import type { Answer } from '../support/browser.ts';
import { readMailedCode } from '../support/outbox-reader.ts';
import { totpCode, wrongTotpCode } from '../support/totp.ts';
import type { FlowWorld } from './flow-world.ts';
import { problemOf } from './person.ts';
import { atPortal } from './portal.ts';
import {
  member,
  memberWithApp,
  startApp,
  waitingForApp,
  waitingForEnrollment,
  waitingForMailbox,
} from './shortcut.ts';
import { outlastLimit, countedBy, failuresOf, sessionsOf, subjectOf } from './store.ts';

export function outageLostAnswersSuite(world: () => FlowWorld): void {
  /** Sends a request of which the store's first answer gets lost. */
  async function losing(request: () => Promise<Answer>): Promise<Answer> {
    world().bridge.loseAnswers(1);
    const answer = await request();
    // It was lost, or this would have shown nothing.
    expect(world().bridge.answersToLose()).toBe(0);
    return answer;
  }

  describe('lost answers of the store', () => {
    afterEach(() => {
      world().bridge.resume();
    });

    it('S72, S33: a right code of the app signs in once, though the answer to its reservation got lost', async () => {
      const person = await memberWithApp(world());
      const before = await sessionsOf(world(), person.email);
      const journey = await waitingForApp(world(), person);
      const body = { enrollmentId: person.enrollmentId, code: totpCode(person.uri, world().now()) };
      const answer = await losing(() => journey.post('challenge', body));
      expect(answer.json()).toMatchObject({ step: 'done' });
      expect(await sessionsOf(world(), person.email)).toBe(before + 1);
    });

    it('S14, S72: a wrong code counts once, though its answer got lost', async () => {
      const person = await memberWithApp(world());
      await outlastLimit(world(), 'code-address');
      const journey = await waitingForApp(world(), person);
      const code = wrongTotpCode(person.uri, world().now());
      const answer = await losing(() =>
        journey.post('challenge', { enrollmentId: person.enrollmentId, code }),
      );
      expect([answer.status, problemOf(answer).triesLeft]).toEqual([401, 4]);
      expect(await failuresOf(world(), person.enrollmentId)).toBe(1);
      expect(await countedBy(world(), 'code-address', journey.browser.address)).toBe(1);
    });

    it('S10, S72: a right code from the mailbox opens the enrolment, though its answer got lost', async () => {
      const who = await member(world());
      await outlastLimit(world(), 'mail-destination');
      const journey = await waitingForMailbox(world(), who);
      const sent = await losing(() => journey.post('address-code', {}));
      expect(sent.json()).toMatchObject({ delivery: 'queued' });
      await journey.toldDelivery('sent');
      expect(world().outbox.messages(who.email)).toHaveLength(1);
      expect(await countedBy(world(), 'mail-destination', who.email)).toBe(1);
      const code = await readMailedCode(world().outbox, who.email);
      const taken = await losing(() => journey.post('address', { code }));
      expect(taken.json()).toMatchObject({ step: 'enrollment' });
    });

    it('S33, S72: an app is bound once, and removed once, though the answers got lost', async () => {
      const who = await member(world());
      const journey = await waitingForEnrollment(world(), who);
      const { enrollmentId, uri } = await startApp(journey);
      const code = totpCode(uri, world().now());
      const bound = await losing(() =>
        journey.post('enrollment/confirm', { enrollmentId, code, name: 'My phone' }),
      );
      // S38: the codes are in this one answer, so a lost one must give the same set again.
      const { step, codes } = bound.json() as { readonly step: string; readonly codes: readonly string[] };
      expect([step, codes.length]).toEqual(['recovery_codes', 10]);
      expect(await sessionsOf(world(), who.email)).toBe(1);
      const set = key.recoveryCodes(await subjectOf(world(), who.email));
      expect(await world().redis.hLen(set)).toBe(10);
      const saved = await losing(() => journey.post('recovery-codes', {}));
      expect(saved.json()).toMatchObject({ step: 'done' });

      const { portal } = await atPortal(world());
      const tablet = await portal.addApp();
      const removed = await losing(() => portal.disable(tablet));
      expect(removed.status).toBe(200);
      expect(await world().redis.exists(key.enrollment(tablet.enrollmentId))).toBe(0);
      expect((await portal.read()).status).toBe(200);
    });

    it('S72: where every retry is lost too it is 503: the try stays counted once, and it is no pass', async () => {
      const person = await memberWithApp(world());
      const before = await sessionsOf(world(), person.email);
      const journey = await waitingForApp(world(), person);
      const body = { enrollmentId: person.enrollmentId, code: totpCode(person.uri, world().now()) };
      // More than anybody retries: a runtime repeats a request on a connection that was closed by itself.
      world().bridge.loseAnswers(100);
      const answer = await journey.post('challenge', body);
      world().bridge.resume();
      expect([answer.status, problemOf(answer).code]).toEqual([503, 'unavailable']);
      expect(await failuresOf(world(), person.enrollmentId)).toBe(1);
      expect(await sessionsOf(world(), person.email)).toBe(before);
      expect((await journey.post('challenge', body)).json()).toMatchObject({ step: 'done' });
      expect(await failuresOf(world(), person.enrollmentId)).toBe(0);
    });
  });
}
