// Codes that are sent, by mail and to phones: what they are good for, where, how long and how often.
import { describe, expect, it } from 'vitest';
import type { FactorChoiceWire } from '../../worker/interaction/wire.ts';
import { key } from '../../worker/storage-keys.ts';
import type { Answer } from '../support/browser.ts';
import {
  addEmail,
  addPhone,
  askedCode,
  challenged,
  codeIn,
  factorIn,
  type Factored,
  forgetSends,
  memberWithEmail,
  memberWithPhone,
  messageWith,
  otherThan,
  sentOf,
  type SentTo,
} from './factors.ts';
import type { FlowWorld } from './flow-world.ts';
import { type Journey, problemOf } from './person.ts';
import { expectProblem } from './portal.ts';
import { pick } from './shortcut.ts';
import { failuresOf } from './store.ts';

/** A person for each channel: what holds for mail has to hold for texts. */
const CHANNELS: readonly (readonly [string, (world: FlowWorld) => Promise<Factored>, number])[] = [
  ['mail', memberWithEmail, 8],
  ['text', memberWithPhone, 6],
];

export function sentCodesSuite(world: () => FlowWorld): void {
  function answer(journey: Journey, { enrollmentId }: SentTo, code: string): Promise<Answer> {
    return journey.post('challenge', { enrollmentId, code });
  }

  async function shown(journey: Journey, { enrollmentId }: SentTo): Promise<FactorChoiceWire> {
    return factorIn(await journey.view(), enrollmentId);
  }

  /** Waits for the end of the countdown and asks again. */
  async function askAgain(journey: Journey, factor: SentTo): Promise<string> {
    await world().advance(Math.max(0, (await shown(journey, factor)).resendAt - world().now()));
    return askedCode(world(), journey, factor);
  }

  describe.each(CHANNELS)('code by %s', (channel, someone, length) => {
    it('S08, S11, S17: decimal digits and the reference of the screen, in the message alone', async () => {
      const { factor, portal, ...who } = await someone(world());
      const journey = await challenged(world(), who);
      expect((await shown(journey, factor)).sent).toBeUndefined();
      const code = await askedCode(world(), journey, factor);
      expect(code).toMatch(new RegExp(`^\\d{${length}}$`));
      const told = await shown(journey, factor);
      expect(told).toMatchObject({ codeLength: length, sent: { channel } });
      const message = await messageWith(world(), factor.to, sentOf(told));
      expect(message.subject ?? '').not.toContain(code);
      expect(JSON.stringify([told, await portal.view()])).not.toContain(code);
      expect(world().output()).not.toContain(code);
      expect(await answer(journey, factor, code)).toMatchObject({ status: 200 });
    });

    it('S09: it is good for five minutes', async () => {
      const { factor, ...who } = await someone(world());
      const journey = await challenged(world(), who);
      const code = await askedCode(world(), journey, factor);
      expect(Math.abs(sentOf(await shown(journey, factor)).expiresAt - world().now() - 300)).toBeLessThan(10);
      await world().advance(300);
      expectProblem(await answer(journey, factor, code), 401, 'code_expired');
      expect(await failuresOf(world(), factor.enrollmentId)).toBe(0);
      const next = await askedCode(world(), journey, factor);
      expect((await answer(journey, factor, next)).status).toBe(200);
    });

    it('S10: 50 parallel posts of the right code give one success, and none later', async () => {
      const { factor, ...who } = await someone(world());
      const journey = await challenged(world(), who);
      const code = await askedCode(world(), journey, factor);
      const answers = await Promise.all(Array.from({ length: 50 }, () => answer(journey, factor, code)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expectProblem(await answer(journey, factor, code), 409, 'wrong_step');
      const other = await challenged(world(), who);
      expectProblem(await answer(other, factor, code), 409, 'no_code_sent');
    });

    it('S11: a new code voids the old one, has another reference, and keeps the count of failures', async () => {
      const { factor, ...who } = await someone(world());
      const journey = await challenged(world(), who);
      const first = await askedCode(world(), journey, factor);
      const before = sentOf(await shown(journey, factor));
      for (const triesLeft of [4, 3]) {
        const wrong = await answer(journey, factor, otherThan(first));
        expect([problemOf(wrong).code, problemOf(wrong).triesLeft]).toEqual(['wrong_code', triesLeft]);
      }
      const second = await askAgain(journey, factor);
      expect(sentOf(await shown(journey, factor)).reference).not.toBe(before.reference);
      expect(codeIn(await messageWith(world(), factor.to, before))).toBe(first);
      const old = await answer(journey, factor, first);
      expect([problemOf(old).code, problemOf(old).triesLeft]).toEqual(['wrong_code', 2]);
      expect((await answer(journey, factor, second)).status).toBe(200);
    });

    it('S12, bug 5: it is good in the sign-in that asked for it alone, and for that account and factor', async () => {
      const [mine, theirs] = [await someone(world()), await someone(world())];
      const one = await challenged(world(), mine);
      const code = await askedCode(world(), one, mine.factor);
      const two = await challenged(world(), mine);
      expectProblem(await answer(two, mine.factor, code), 409, 'no_code_sent');
      await askedCode(world(), two, mine.factor);
      expectProblem(await answer(two, mine.factor, code), 401, 'wrong_code');
      const foreign = await challenged(world(), theirs);
      await askedCode(world(), foreign, theirs.factor);
      expectProblem(await answer(foreign, theirs.factor, code), 401, 'wrong_code');
      // Whose factor it is decides, not which id is sent.
      expectProblem(await answer(foreign, mine.factor, code), 409, 'factor_unusable');
      expectProblem(await answer(one, theirs.factor, code), 409, 'factor_unusable');
      // Nor is a copy of the stored hash good elsewhere, for whoever may write to the store.
      const [from, to] = [one, two].map(({ api }) =>
        key.challenge(new URL(api).pathname.split('/').at(-1) ?? '', mine.factor.enrollmentId),
      );
      const mac = (await world().redis.hGet(from ?? '', 'mac')) ?? '';
      expect(mac).toMatch(/^[\w-]{40,}$/);
      await world().redis.hSet(to ?? '', 'mac', mac);
      expectProblem(await answer(two, mine.factor, code), 401, 'wrong_code');
    });

    it('S13, S14, bug 7: of 100 wrong codes at once five are looked at, and the right one comes too late', async () => {
      const { factor, ...who } = await someone(world());
      const journeys = [await challenged(world(), who), await challenged(world(), who)];
      const codes: string[] = [];
      for (const journey of journeys) codes.push(await askedCode(world(), journey, factor));
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          answer(pick(journeys, index), factor, otherThan(pick(codes, index))),
        ),
      );
      expect(answers.filter((one) => problemOf(one).code === 'wrong_code')).toHaveLength(4);
      expect(answers.every(({ status }) => [401, 410, 429, 503].includes(status))).toBe(true);
      expect(await failuresOf(world(), factor.enrollmentId)).toBe(5);
      for (const [index, journey] of journeys.entries()) {
        const late = await answer(journey, factor, pick(codes, index));
        expect([410, 429]).toContain(late.status);
      }
    });

    it('S14, bug 8: no code is sent while the wait runs, nor one that anybody could try', async () => {
      const { factor, ...who } = await someone(world());
      const guessing = await challenged(world(), who);
      const code = await askedCode(world(), guessing, factor);
      for (let count = 0; count < 4; count += 1) await answer(guessing, factor, otherThan(code));
      expectProblem(await answer(guessing, factor, otherThan(code)), 410, 'interaction_ended');
      const next = await challenged(world(), who);
      expect(await shown(next, factor)).toMatchObject({ unusable: 'waiting' });
      const body = { enrollmentId: factor.enrollmentId, ...(channel === 'text' ? { channel } : {}) };
      expectProblem(await next.post('challenge/code', body), 429, 'throttled');
      await world().advance(60);
      // One that began before the wait was over began after the lock-out: it goes on.
      expect((await answer(next, factor, await askedCode(world(), next, factor))).status).toBe(200);
      expect(await failuresOf(world(), factor.enrollmentId)).toBe(0);
    });
  });

  describe('codes of several factors', () => {
    it('S12, bug 5: a code to the mailbox is none to the phone, and both are counted apart', async () => {
      const { factor: phone, portal, ...who } = await memberWithPhone(world());
      const mailbox = await addEmail(portal, who.email);
      const journey = await challenged(world(), who);
      const mailed = await askedCode(world(), journey, mailbox);
      const texted = await askedCode(world(), journey, phone);
      expectProblem(await answer(journey, phone, mailed), 401, 'wrong_code');
      expectProblem(await answer(journey, mailbox, texted), 401, 'wrong_code');
      expect(await failuresOf(world(), phone.enrollmentId)).toBe(1);
      expect(await failuresOf(world(), mailbox.enrollmentId)).toBe(1);
      // S15: a success resets the failures of the factor that was used, and of no other.
      expect((await answer(journey, phone, texted)).status).toBe(200);
      expect(await failuresOf(world(), phone.enrollmentId)).toBe(0);
      expect(await failuresOf(world(), mailbox.enrollmentId)).toBe(1);
    });

    it('S12: the code of one number is none for another number of the same person', async () => {
      const { factor: first, portal, ...who } = await memberWithPhone(world());
      const second = await addPhone(portal);
      await forgetSends(world());
      const journey = await challenged(world(), who);
      const codes = [await askedCode(world(), journey, first), await askedCode(world(), journey, second)];
      expectProblem(await answer(journey, second, codes[0] ?? ''), 401, 'wrong_code');
      expect((await answer(journey, second, codes[1] ?? '')).status).toBe(200);
    });

    it('bug 8: a mailbox takes no text, a phone no mail, and an app no code at all', async () => {
      const { factor: phone, portal, ...who } = await memberWithPhone(world());
      const mailbox = await addEmail(portal, who.email);
      const app = await portal.addApp();
      const journey = await challenged(world(), who);
      for (const body of [
        { enrollmentId: mailbox.enrollmentId, channel: 'text' },
        { enrollmentId: mailbox.enrollmentId, channel: 'call' },
        { enrollmentId: phone.enrollmentId },
        { enrollmentId: app.enrollmentId },
        { enrollmentId: app.enrollmentId, channel: 'text' },
        { enrollmentId: 'unknown' },
      ]) {
        expectProblem(await journey.post('challenge/code', body), 409, 'factor_unusable');
      }
      expectProblem(
        await journey.post('challenge/code', { enrollmentId: mailbox.enrollmentId, channel: 'mail' }),
        400,
        'invalid_body',
      );
    });
  });
}
