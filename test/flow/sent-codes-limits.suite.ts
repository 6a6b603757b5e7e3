// How often codes are sent and may be guessed, and who is counted.
import { describe, expect, it } from 'vitest';
import type { LimitName } from '../../worker/factors/limits.ts';
import { Browser, type Answer } from '../support/browser.ts';
import {
  addEmail,
  addPhone,
  askedCode,
  challenged,
  channelTo,
  type Factored,
  factorIn,
  forgetSends,
  memberWithEmail,
  memberWithPhone,
  mobileNumber,
  otherThan,
  type SentTo,
} from './factors.ts';
import { FIRST_SITE, type FlowWorld } from './flow-world.ts';
import { authorizeAttempt, Journey, problemOf } from './person.ts';
import { expectProblem } from './portal.ts';
import { type Member, waitingForApp } from './shortcut.ts';
import { outlastLimit, changeEnrollment, failuresOf, subjectOf, useUp } from './store.ts';

const KINDS: readonly (readonly [string, (world: FlowWorld) => Promise<Factored>])[] = [
  ['email', memberWithEmail],
  ['phone', memberWithPhone],
];

export function sentCodesLimitsSuite(world: () => FlowWorld): void {
  function ask(journey: Journey, factor: SentTo, channel?: 'call'): Promise<Answer> {
    const { enrollmentId } = factor;
    const by = channelTo(factor) === 'text' ? { channel: channel ?? 'text' } : {};
    return journey.post('challenge/code', { enrollmentId, ...by });
  }

  /** Asks in a sign-in of its own, from an address of its own. */
  async function askAnew(who: Member, factor: SentTo, browser = new Browser()): Promise<Answer> {
    return ask(await waitingForApp(world(), who, browser), factor);
  }

  /** A sign-in of its own and one wrong code: the wait in seconds that the answer tells. */
  async function waitAfterGuess(who: Member, factor: SentTo): Promise<number> {
    await forgetSends(world());
    const journey = await challenged(world(), who);
    const code = otherThan(await askedCode(world(), journey, factor));
    const answer = await journey.post('challenge', { enrollmentId: factor.enrollmentId, code });
    expectProblem(answer, 410, 'interaction_ended');
    return (problemOf(answer).retryAt ?? 0) - world().now();
  }

  describe.each(KINDS)('limits of the %s', (_, someone) => {
    it('S14: the wait rises from 30 s to an hour across codes, sign-ins and addresses; 100 failures disable', async () => {
      const { factor, ...who } = await someone(world());
      const { enrollmentId } = factor;
      for (let failures = 1; failures <= 4; failures += 1) {
        await forgetSends(world());
        const journey = await challenged(world(), who);
        const code = otherThan(await askedCode(world(), journey, factor));
        const wrong = await journey.post('challenge', { enrollmentId, code });
        expect([problemOf(wrong).code, problemOf(wrong).triesLeft]).toEqual(['wrong_code', 5 - failures]);
      }
      for (const wait of [30, 60]) {
        expect(Math.abs((await waitAfterGuess(who, factor)) - wait)).toBeLessThan(10);
        await world().advance(wait + 5);
      }
      for (const failures of ['20', '98']) {
        await changeEnrollment(world(), enrollmentId, { failures, waitUntil: '0' });
        expect(Math.abs((await waitAfterGuess(who, factor)) - 3600)).toBeLessThan(10);
      }
      await changeEnrollment(world(), enrollmentId, { failures: '99', waitUntil: '0' });
      await waitAfterGuess(who, factor);
      expect(await failuresOf(world(), enrollmentId)).toBe(100);
      await world().advance(4 * 3600);
      const journey = await challenged(world(), who);
      expect(factorIn(await journey.view(), enrollmentId)).toMatchObject({ unusable: 'disabled' });
      expectProblem(await ask(journey, factor), 409, 'factor_unusable');
    });

    it('S15, bug 12: neither a right password nor a new code nor a sign-in to a site resets a failure', async () => {
      const { factor, portal, ...who } = await someone(world());
      const { enrollmentId } = factor;
      await changeEnrollment(world(), enrollmentId, { failures: '4' });
      await portal.browser.open(authorizeAttempt(world().issuer, FIRST_SITE).url);
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await journey.firstFactor(who.email, who.password);
      const code = await askedCode(world(), journey, factor);
      expect(await failuresOf(world(), enrollmentId)).toBe(4);
      const last = await journey.post('challenge', { enrollmentId, code: otherThan(code) });
      expectProblem(last, 410, 'interaction_ended');
    });

    it('S18: a new code comes after 60 s, then after twice that', async () => {
      const { factor, ...who } = await someone(world());
      await outlastLimit(world(), 'code-account-day');
      const journey = await challenged(world(), who);
      await askedCode(world(), journey, factor);
      for (const wait of [60, 120, 240]) {
        const early = await ask(journey, factor);
        expectProblem(early, 429, 'throttled');
        const seconds = (problemOf(early).retryAt ?? 0) - world().now();
        expect(seconds).toBeGreaterThan(wait - 20);
        expect(seconds).toBeLessThanOrEqual(wait);
        expect(factorIn(await journey.view(), factor.enrollmentId).resendAt).toBe(problemOf(early).retryAt);
        await world().advance(seconds);
        await askedCode(world(), journey, factor);
      }
    });
  });

  describe('limits of sending', () => {
    it('S18: five codes in ten minutes and ten a day for one account, whichever way they go', async () => {
      const { factor: phone, portal, ...who } = await memberWithPhone(world());
      const mailbox = await addEmail(portal, who.email);
      await outlastLimit(world(), 'code-account-day');
      const ways = [phone, mailbox, phone, mailbox, phone];
      for (const way of ways) expect((await askAnew(who, way)).status).toBe(200);
      for (const way of [phone, mailbox]) expectProblem(await askAnew(who, way), 429, 'throttled');
      await world().advance(600);
      for (const way of ways) expect((await askAnew(who, way)).status).toBe(200);
      await world().advance(600);
      for (const way of [phone, mailbox]) {
        const refused = await askAnew(who, way);
        expectProblem(refused, 429, 'throttled');
        expect((problemOf(refused).retryAt ?? 0) - world().now()).toBeGreaterThan(20 * 3600);
      }
      await world().advance(86_400);
      expect((await askAnew(who, phone)).status).toBe(200);
    });

    it('S18: one number of several accounts is one destination', async () => {
      const number = mobileNumber();
      const [one, two] = [await memberWithPhone(world(), number), await memberWithPhone(world(), number)];
      await outlastLimit(world(), 'phone-destination-day');
      for (let sends = 1; sends <= 3; sends += 1) expect((await askAnew(one, one.factor)).status).toBe(200);
      for (let sends = 4; sends <= 5; sends += 1) expect((await askAnew(two, two.factor)).status).toBe(200);
      for (const { factor, ...who } of [one, two])
        expectProblem(await askAnew(who, factor), 429, 'throttled');
    });

    it('S18: whoever wants codes for another number or mailbox than their own locks its owner out of nothing', async () => {
      const owner = await memberWithPhone(world());
      const mailbox = await addEmail(owner.portal, owner.email);
      await outlastLimit(world(), 'code-account-day');
      for (let strangers = 1; strangers <= 5; strangers += 1) {
        const { portal } = await memberWithEmail(world());
        expect((await portal.post('/email', { email: owner.email })).status).toBe(200);
        const wanted = { kind: 'phone', number: owner.factor.to, channel: 'text' };
        expect((await portal.post('/enrollments', wanted)).status).toBe(200);
      }
      const { portal } = await memberWithEmail(world());
      expectProblem(await portal.post('/email', { email: owner.email }), 429, 'throttled');
      const wanted = { kind: 'phone', number: owner.factor.to, channel: 'text' };
      expectProblem(await portal.post('/enrollments', wanted), 429, 'throttled');
      const journey = await challenged(world(), owner);
      expect((await ask(journey, mailbox)).status).toBe(200);
      expect((await ask(journey, owner.factor)).status).toBe(200);
    });

    const LIMITED: readonly (readonly [LimitName, string])[] = [
      ['phone-country', 'DK'],
      ['phone-all', 'all'],
      ['mail-all', 'all'],
    ];

    it('S18: a country, and all together, have a breaker; the other channel stays', async () => {
      const { factor: phone, portal, ...who } = await memberWithPhone(world());
      const mailbox = await addEmail(portal, who.email);
      const swedish = await addPhone(portal, '+46701740605');
      for (const [name, subject] of LIMITED) {
        await outlastLimit(world(), name);
        await forgetSends(world());
        await useUp(world(), name, subject);
        const journey = await challenged(world(), who);
        const [blocked, open] = name.startsWith('phone') ? [phone, mailbox] : [mailbox, phone];
        expectProblem(await ask(journey, blocked), 429, 'throttled');
        expect([name, (await ask(journey, open)).status]).toEqual([name, 200]);
      }
      await forgetSends(world());
      await useUp(world(), 'phone-country', 'DK');
      const journey = await challenged(world(), who);
      expectProblem(await ask(journey, phone, 'call'), 429, 'throttled');
      expect((await ask(journey, swedish)).status).toBe(200);
      await forgetSends(world());
    });

    it('S18: one client address (IPv6 by /64) has a limit', async () => {
      const { factor: phone, portal, ...who } = await memberWithPhone(world());
      const mailbox = await addEmail(portal, who.email);
      const addresses = ['2001:db8:5:6::1', '2001:db8:5:6:ffff::2', '2001:db8:5:7::1'];
      for (const [name, factor] of [
        ['phone-address', phone],
        ['mail-address', mailbox],
      ] as const) {
        await outlastLimit(world(), name);
        const [one, same, other] = addresses.map((address) => new Browser(address));
        expect((await askAnew(who, factor, one)).status).toBe(200);
        await useUp(world(), name, '2001:db8:5:6::/64');
        await forgetAccountSends(who);
        expectProblem(await askAnew(who, factor, same), 429, 'throttled');
        expect((await askAnew(who, factor, other)).status).toBe(200);
        await forgetSends(world());
      }
    });
  });

  async function forgetAccountSends({ email }: Member): Promise<void> {
    const sub = await subjectOf(world(), email);
    for await (const keys of world().redis.scanIterator({ MATCH: `limit:code-account*${sub}`, COUNT: 1000 }))
      if (keys.length > 0) await world().redis.del(keys);
  }
}
