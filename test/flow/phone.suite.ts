// The phone: which numbers may be set up, how a call goes, and whom it is not enough for.
import { describe, expect, it } from 'vitest';
import type { AccountView } from '../../worker/interaction/wire.ts';
import { key } from '../../worker/storage-keys.ts';
import { Browser } from '../support/browser.ts';
import { readMailedCode } from '../support/outbox-reader.ts';
import type { Message } from '../world/outbox/message-store.ts';
import {
  addPhone,
  challenged,
  digitsIn,
  factorIn,
  type Factored,
  memberWithPhone,
  mobileNumber,
  pendingSent,
  readCode,
  sentOf,
} from './factors.ts';
import type { FlowWorld } from './flow-world.ts';
import { Journey, problemOf } from './person.ts';
import { atPortal, expectProblem } from './portal.ts';
import { member, waitingForEnrollment } from './shortcut.ts';
import { subjectOf } from './store.ts';

/** Each with the reason that the screen is told. */
const REFUSED: readonly (readonly [string, string, string])[] = [
  ['a premium number', '+45 90 12 34 56', 'kind'],
  ['a free one', '+45 80 12 34 56', 'kind'],
  ['one with shared cost', '+49 180 1234567', 'kind'],
  ['one of the internet', '+44 56 1234 5678', 'kind'],
  ['one that follows a person', '+44 70 1234 5678', 'kind'],
  ['one of a country that is not listed', '+33 6 12 34 56 78', 'country'],
  ['one of a satellite', '+881 612 345 678', 'country'],
  ['an island that shares a calling code', '+44 7781 123456', 'country'],
  ['one digit too few', '+45 20 12 34 5', 'not_a_number'],
  ['one digit too many', '+45 20 12 34 567', 'not_a_number'],
  ['one with an extension', '+45 20 12 34 56 ext. 7', 'not_a_number'],
  ['one without its country', '20 12 34 56', 'not_a_number'],
  ['nonsense', 'call me', 'not_a_number'],
  ['nothing', '', 'not_a_number'],
  ['a command', '+4520123456\r\nTo: +4520123457', 'not_a_number'],
];

export function phoneSuite(world: () => FlowWorld): void {
  /** Has a code sent by a call, and waits for the call. */
  async function called(journey: Journey, { factor }: Factored): Promise<Message> {
    const before = world()
      .outbox.messages(factor.to)
      .filter(({ channel }) => channel === 'call').length;
    await journey.go('challenge/code', { enrollmentId: factor.enrollmentId, channel: 'call' });
    return world().outbox.next(
      ({ to, channel }) =>
        to === factor.to &&
        channel === 'call' &&
        world()
          .outbox.messages(to)
          .filter((one) => one.channel === 'call').length > before,
    );
  }

  describe('numbers', () => {
    it('S24: beside the phone the other methods are told, with the countries that are accepted', async () => {
      const journey = await waitingForEnrollment(world(), await member(world()));
      const view = await journey.view();
      if (view.step !== 'enrollment') throw new Error(view.step);
      expect(view.phone?.alternatives.toSorted()).toEqual(['email', 'totp']);
      expect(view.phone?.countries).toContainEqual({ country: 'DK', callingCode: '45' });
      const { portal } = await atPortal(world());
      expect((await portal.view()).mfa.phone?.alternatives).toContain('totp');
    });

    it.each(REFUSED)(
      'S25: %s is refused, in a sign-in and at the portal, and nothing is sent',
      async (...row) => {
        const [, number, reason] = row;
        const journey = await waitingForEnrollment(world(), await member(world()));
        const { portal } = await atPortal(world());
        for (const channel of ['text', 'call']) {
          const body = { kind: 'phone', number, channel };
          for (const answer of [
            await journey.post('enrollment', body),
            await portal.post('/enrollments', body),
          ]) {
            expectProblem(answer, 422, 'phone_refused');
            expect(problemOf(answer).errors?.[0]?.field).toBe(reason);
          }
        }
        expect((await portal.view()).pending).toBeUndefined();
        const digits = `+${number.replaceAll(/\D/g, '')}`;
        expect(world().outbox.messages(digits)).toHaveLength(0);
      },
    );

    it('S25: any spelling of a number is one number; one without + needs its country', async () => {
      const number = mobileNumber();
      const national = number.slice(3);
      const spaced = national.replaceAll(/(..)(?=.)/g, '$1 ');
      for (const body of [
        { number: `0045 ${spaced}`, country: 'DK' },
        { number: spaced, country: 'DK' },
        { number: `+45-${national}` },
      ]) {
        const journey = await waitingForEnrollment(world(), await member(world()));
        const pending = pendingSent(await journey.go('enrollment', { kind: 'phone', ...body }));
        expect(pending.destination).toBe(`+45 ${spaced}`);
        expect(await readCode(world(), number, pending.sent)).toMatch(/^\d{6}$/);
      }
    });

    it('S25: a landline takes a call and no text', async () => {
      const number = '+441212345678';
      const journey = await waitingForEnrollment(world(), await member(world()));
      const refused = await journey.post('enrollment', { kind: 'phone', number, channel: 'text' });
      expectProblem(refused, 422, 'phone_refused');
      expect(problemOf(refused).errors?.[0]?.field).toBe('landline');
      const pending = pendingSent(await journey.go('enrollment', { kind: 'phone', number, channel: 'call' }));
      const code = await readCode(world(), number, pending.sent);
      const { enrollmentId } = pending;
      const view = await journey.go('enrollment/confirm', { enrollmentId, code, name: 'Desk' });
      expect(view).toMatchObject({ step: 'recovery_codes' });
    });

    it('S27: to a number whose SIM was changed nothing is sent, and the screen is told; later it is again', async () => {
      const who = await memberWithPhone(world());
      const { enrollmentId, to } = who.factor;
      const journey = await challenged(world(), who);
      const before = world().outbox.messages(to).length;
      world().outbox.swap(to, true);
      await journey.go('challenge/code', { enrollmentId, channel: 'text' });
      await expect
        .poll(async () => factorIn(await journey.view(), enrollmentId))
        .toMatchObject({ trouble: 'swapped', sent: { delivery: 'failed' } });
      expect(world().outbox.messages(to)).toHaveLength(before);
      await world().workOff();
      await world().advance(60);
      await world().workOff();
      expect(world().outbox.messages(to)).toHaveLength(before);
      world().outbox.swap(to, false);
      const code = await readCode(
        world(),
        to,
        sentOf(factorIn(await journey.go('challenge/code', { enrollmentId, channel: 'text' }), enrollmentId)),
      );
      expect(await journey.go('challenge', { enrollmentId, code })).toMatchObject({ step: 'done' });
    });
  });

  describe('calls', () => {
    it("S28: the code is spoken only after a key, twice, digit by digit, in the member's language", async () => {
      const who = await memberWithPhone(world());
      expect((await who.portal.post('/profile', { language: 'da' })).status).toBe(200);
      const journey = await challenged(world(), who);
      const call = await called(journey, who);
      expect(digitsIn(call.text.split('\n'))).toBe('');
      expect(call.text).not.toMatch(/\d{3}/);
      const lines = await world().outbox.answerCall(call.id, '#');
      const { reference } = sentOf(factorIn(await journey.view(), who.factor.enrollmentId));
      expect(lines[0]).toBe(`Referencen er ${Array.from(reference).join(', ')}. Din kode er:`);
      expect(lines[1]).toBe(lines[3]);
      expect(lines[1]).toMatch(/^(?:(?:nul|en|to|tre|fire|fem|seks|syv|otte|ni)(?:, |$)){6}$/);
      const code = digitsIn(lines);
      const { enrollmentId } = who.factor;
      expect(await journey.go('challenge', { enrollmentId, code })).toMatchObject({ step: 'done' });
    });

    it('S28: an answering machine hears no code, however often it is called', async () => {
      const who = await memberWithPhone(world());
      const journey = await challenged(world(), who);
      const call = await called(journey, who);
      expect(digitsIn(await world().outbox.answerCall(call.id, ''))).toBe('');
      // Who comes to the phone meanwhile may still press a key.
      expect(digitsIn(await world().outbox.answerCall(call.id, '5'))).toMatch(/^\d{6}$/);
    });

    it('S28, S11: a code that was replaced or has expired is not spoken any more', async () => {
      const who = await memberWithPhone(world());
      const journey = await challenged(world(), who);
      const first = await called(journey, who);
      await world().advance(60);
      const second = await called(journey, who);
      expect(second.id).not.toBe(first.id);
      expect(digitsIn(await world().outbox.answerCall(first.id))).toBe('');
      expect(digitsIn(await world().outbox.answerCall(second.id))).toMatch(/^\d{6}$/);
      await world().advance(300);
      expect(digitsIn(await world().outbox.answerCall(second.id))).toBe('');
    });
  });

  describe('phone of an administrator', () => {
    async function administrator(email: string): Promise<void> {
      await world().redis.hSet(key.account(await subjectOf(world(), email)), 'member:example', 'admin');
    }

    it('S29: it can not be their first factor', async () => {
      const who = await member(world());
      await administrator(who.email);
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await journey.firstFactor(who.email, who.password);
      const view = await journey.go('address', { code: await readMailedCode(world().outbox, who.email) });
      expect(view).toMatchObject({ step: 'enrollment', kinds: ['totp', 'email'] });
      const refused = await journey.post('enrollment', { kind: 'phone', number: mobileNumber() });
      expectProblem(refused, 409, 'phone_alone');
    });

    it('S29: it may stand beside another factor, and that one can not be given up then', async () => {
      const { person, portal } = await atPortal(world());
      await administrator(person.email);
      const phone = await addPhone(portal);
      expectProblem(await portal.disable(person), 409, 'phone_alone');
      const tablet = await portal.addApp();
      const left = (await portal.disable(tablet)).json() as AccountView;
      expect(left.enrollments.map(({ kind }) => kind).toSorted()).toEqual(['phone', 'totp']);
      expect(left.enrollments.some(({ enrollmentId }) => enrollmentId === phone.enrollmentId)).toBe(true);
    });
  });
}
