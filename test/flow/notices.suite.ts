// Notices: what is told to whom, and when (S43).
import { describe, expect, it } from 'vitest';
import type { AccountView } from '../../worker/interaction/wire.ts';
import { key } from '../../worker/storage-keys.ts';
import type { Answer } from '../support/browser.ts';
import { totpCode, wrongTotpCode } from '../support/totp.ts';
import type { Message } from '../world/outbox/message-store.ts';
import {
  addEmail,
  askedCode,
  askedOwnCode,
  challenged,
  codeIn,
  memberWithAppAndCodes,
  memberWithEmail,
  otherThan,
  readCode,
} from './factors.ts';
import type { FlowWorld } from './flow-world.ts';
import { type Enrolled, type Journey, pendingApp } from './person.ts';
import { atPortal, expectProblem, type Portal } from './portal.ts';
import { type Member, memberWithApp } from './shortcut.ts';
import { settleQueue, subjectOf } from './store.ts';

const FAILED = 'A sign-in failed at the second factor';
const LOCKED = 'Your second factor is locked for a while';

export function noticesSuite(world: () => FlowWorld): void {
  function second({ email }: Member): string {
    return `notices-${email}`;
  }

  /** Gives the account a second address for notices; what was told before is forgotten. */
  async function withSecond(who: Member): Promise<void> {
    await settleQueue(world(), who.email);
    world().outbox.clear();
    const account = key.account(await subjectOf(world(), who.email));
    await world().redis.hSet(account, 'noticeEmail', second(who));
  }

  function told(to: string, subject: string): readonly Message[] {
    return world()
      .outbox.messages(to)
      .filter((message) => message.subject === subject);
  }

  /** Sends what waits, and expects that a notice went to each address exactly so often, as the providers' rates allow. */
  async function expectTold(who: Member, subject: string, times = 1): Promise<void> {
    const counts = (): number[] => [who.email, second(who)].map((to) => told(to, subject).length);
    await world().workOff();
    await expect.poll(counts, { timeout: 8000, interval: 50 }).toEqual([times, times]);
  }

  function guess(journey: Journey, person: Enrolled): Promise<Answer> {
    const code = wrongTotpCode(person.uri, world().now());
    return journey.post('challenge', { enrollmentId: person.enrollmentId, code });
  }

  function answerRightly(journey: Journey, person: Enrolled): Promise<Answer> {
    const code = totpCode(person.uri, world().now());
    return journey.post('challenge', { enrollmentId: person.enrollmentId, code });
  }

  describe('notices', () => {
    it('S43: a factor that is added or removed, new recovery codes and one that is used: each to every address', async () => {
      const { person, portal, recoveryCodes } = await memberWithAppAndCodes(world());
      await withSecond(person);
      const mailbox = await addEmail(portal, person.email);
      await expectTold(person, 'A second factor was added to your account');
      const code = await askedOwnCode(portal, mailbox);
      expect((await portal.post(`/enrollments/${mailbox.enrollmentId}/disable`, { code })).status).toBe(200);
      await expectTold(person, 'A second factor was removed from your account');
      const journey = await challenged(world(), person);
      await journey.go('recovery', { code: recoveryCodes[0], lost: [person.enrollmentId] });
      await expectTold(person, 'A recovery code of your account was used');
      expect((await portal.post('/recovery-codes', {})).status).toBe(200);
      await expectTold(person, 'Your account has new recovery codes', 1);
      const app = pendingApp(await journey.go('enrollment', { kind: 'totp' }));
      const { enrollmentId } = app;
      const first = totpCode(app.uri, world().now());
      await journey.go('enrollment/confirm', { enrollmentId, code: first, name: 'New' });
      await expectTold(person, 'A second factor was added to your account', 2);
      await world().advance(30);
    });

    it('S43: a first factor is told too, though the mailbox was proven for it', async () => {
      const who = await memberWithEmail(world());
      await world().workOff();
      expect(told(who.email, 'A second factor was added to your account')).toHaveLength(1);
    });

    it('S43: what happened, when, where, with which browser, and what to do; no secret, and links to us alone', async () => {
      const { person, portal } = await atPortal(world());
      await withSecond(person);
      await addEmail(portal, person.email);
      await expectTold(person, 'A second factor was added to your account');
      const [mail] = told(person.email, 'A second factor was added to your account');
      const text = mail?.text ?? '';
      expect(text).toContain('Another one');
      expect(text).toContain(portal.browser.address);
      expect(text).toMatch(/UTC/);
      expect(text).toMatch(/not you/i);
      for (const [link] of text.matchAll(/https?:\/\/\S+/g))
        expect(link.startsWith(world().issuer)).toBe(true);
      expect(text).not.toMatch(/\d{6}/);
    });

    it('S43: a new password, a new address and a new second one are told; the address that was hears of it', async () => {
      const { person, portal } = await atPortal(world());
      await withSecond(person);
      const password = 'nineteen quiet meadows';
      expect((await portal.post('/password', { current: person.password, password })).status).toBe(200);
      await expectTold(person, 'Your password was changed');
      const another = `another-${person.email}`;
      await confirmed(portal, 'notice-email', another);
      await expectTold(person, 'Your address for notices was changed');
      const moved = `moved-${person.email}`;
      await confirmed(portal, 'email', moved);
      const changed = 'The address of your account was changed';
      await world().workOff();
      await expect
        .poll(() => [person.email, another].map((to) => told(to, changed).length), { timeout: 8000 })
        .toEqual([1, 1]);
      expect(told(moved, changed)).toHaveLength(0);
      expect(told(second(person), changed)).toHaveLength(0);
    });

    it('S43: a second factor that failed after a right password is told ten minutes later, once', async () => {
      const person = await memberWithApp(world());
      await withSecond(person);
      const journey = await challenged(world(), person);
      for (let count = 0; count < 3; count += 1)
        expectProblem(await guess(journey, person), 401, 'wrong_code');
      await world().workOff();
      await world().advance(590);
      await world().workOff();
      expect(told(person.email, FAILED)).toHaveLength(0);
      await world().advance(20);
      await expectTold(person, FAILED);
      await world().workOff();
      await expectTold(person, FAILED);
    });

    it('S43: the same for a code that was sent, and for a recovery code', async () => {
      const { factor, ...who } = await memberWithEmail(world());
      await withSecond(who);
      const journey = await challenged(world(), who);
      const code = otherThan(await askedCode(world(), journey, factor));
      await journey.post('challenge', { enrollmentId: factor.enrollmentId, code });
      await world().advance(610);
      await expectTold(who, FAILED);
      const other = await challenged(world(), who);
      await other.post('recovery', { code: 'nope', lost: [factor.enrollmentId] });
      await world().advance(610);
      await expectTold(who, FAILED, 2);
    });

    it('S43: who mistypes and then gets in is not troubled', async () => {
      const person = await memberWithApp(world());
      await withSecond(person);
      const journey = await challenged(world(), person);
      await guess(journey, person);
      expect((await answerRightly(journey, person)).status).toBe(200);
      await world().advance(700);
      await world().workOff();
      await expectTold(person, FAILED, 0);
    });

    it('S43: a lock-out is told at once, and in the place of the other', async () => {
      const person = await memberWithApp(world());
      await withSecond(person);
      const journey = await challenged(world(), person);
      for (let count = 0; count < 5; count += 1) await guess(journey, person);
      await expectTold(person, LOCKED);
      await world().advance(700);
      await world().workOff();
      await expectTold(person, FAILED, 0);
    });

    it('S43: nobody keeps a notice from somebody else by going on as another person in the same sign-in', async () => {
      const [victim, attacker] = [await memberWithApp(world()), await memberWithApp(world())];
      await withSecond(victim);
      const journey = await challenged(world(), victim);
      await guess(journey, victim);
      // As themselves, to the end: it is not the one who failed who got in.
      await journey.go('restart', {});
      await journey.firstFactor(attacker.email, attacker.password);
      expect((await answerRightly(journey, attacker)).status).toBe(200);
      await world().advance(610);
      await expectTold(victim, FAILED);

      // Or as themselves first, so that a notice waits already.
      const second = await challenged(world(), attacker);
      await guess(second, attacker);
      await second.go('restart', {});
      await second.firstFactor(victim.email, victim.password);
      await guess(second, victim);
      await world().advance(610);
      await expectTold(victim, FAILED, 2);
    });

    it('S43, S53: notices speak the language that the member chose', async () => {
      const { person, portal } = await atPortal(world());
      expect((await portal.post('/profile', { language: 'da' })).status).toBe(200);
      const pending = (await portal.post('/enrollments', { kind: 'email' })).json() as {
        readonly enrollmentId: string;
        readonly sent: AccountView['enrollments'][number]['sent'];
      };
      if (!pending.sent) throw new Error('No code was sent.');
      const code = await readCode(world(), person.email, pending.sent);
      const { enrollmentId } = pending;
      await portal.post('/enrollments/confirm', { enrollmentId, code, name: 'Postkasse' });
      const mail = await world().outbox.next(
        ({ to, subject }) =>
          to === person.email && subject?.startsWith('Din konto har fået en ny måde') === true,
      );
      expect(mail.text).toContain('Postkasse');
    });
  });

  /** Gives another address, and the code that was mailed there. */
  async function confirmed(portal: Portal, what: 'email' | 'notice-email', email: string): Promise<void> {
    const asked = await portal.post(`/${what}`, { email });
    expect(asked.status).toBe(200);
    const view = asked.json() as AccountView;
    const { sent } = (what === 'email' ? view.pendingEmail : view.pendingNoticeEmail) ?? {};
    if (!sent) throw new Error('No code was sent.');
    const mail = await world().outbox.next(({ to, text }) => to === email && text.includes(sent.reference));
    expect((await portal.post(`/${what}/confirm`, { code: codeIn(mail) })).status).toBe(200);
  }
}
