// Where no factor can be used: a call for help, and records that are broken.
import { describe, expect, it } from 'vitest';
import { key, prefix } from '../../worker/storage-keys.ts';
import { Browser } from '../support/browser.ts';
import { readMail } from '../support/outbox-reader.ts';
import {
  addEmail,
  askedCode,
  askedOwnCode,
  challenged,
  factorIn,
  memberWithEmail,
  memberWithPhone,
} from './factors.ts';
import type { FlowWorld } from './flow-world.ts';
import { Journey } from './person.ts';
import { expectProblem } from './portal.ts';
import { member, memberWithApp } from './shortcut.ts';
import { outlastLimit, changeEnrollment, subjectOf } from './store.ts';

export function recoveryHelpSuite(world: () => FlowWorld): void {
  /** Makes an administrator of the people's organisation. */
  async function administrator(fields: Readonly<Record<string, string>> = {}): Promise<string> {
    const { email } = await member(world());
    const sub = await subjectOf(world(), email);
    await world().redis.hSet(key.account(sub), { 'member:example': 'admin', ...fields });
    await world().redis.sAdd(`${prefix.administrators}example`, sub);
    return email;
  }

  function helpMails(to: string): number {
    return world()
      .outbox.messages(to)
      .filter(({ subject }) => subject?.includes('asks for help')).length;
  }

  describe('help', () => {
    it('S39: administrators are asked once a day, and the member is told', async () => {
      await outlastLimit(world(), 'help-account');
      const [one, two] = [await administrator(), await administrator()];
      const suspended = await administrator({ status: 'suspended' });
      const person = await memberWithApp(world());
      const journey = await challenged(world(), person);
      expect(await journey.go('help', {})).toMatchObject({ step: 'challenge', helpRequested: true });
      await world().workOff();
      for (const to of [one, two]) {
        const mail = await readMail(world().outbox, to, /asks for help/);
        expect(mail.text).toContain(person.email);
      }
      await readMail(world().outbox, person.email, /Help with your second factor/);
      expect(helpMails(suspended)).toBe(0);
      expectProblem(await journey.post('help', {}), 429, 'help_requested');
      const again = await challenged(world(), person);
      expect(await again.view()).toMatchObject({ helpRequested: false });
      expectProblem(await again.post('help', {}), 429, 'help_requested');
      expect(helpMails(one)).toBe(1);
      const record = await world().redis.hGetAll(`${prefix.help}${await subjectOf(world(), person.email)}`);
      expect(record).toMatchObject({ organization: 'example' });
      await world().advance(86_400);
      expect((await (await challenged(world(), person)).post('help', {})).status).toBe(200);
      await world().redis.del(`${prefix.administrators}example`);
    });

    it('S39, bug 8: it takes a right password, opens nothing, and 20 at once are one', async () => {
      const admin = await administrator();
      const person = await memberWithApp(world());
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      expectProblem(await journey.post('help', {}), 409, 'wrong_step');
      await journey.go('identify', { email: person.email });
      expectProblem(await journey.post('help', {}), 409, 'wrong_step');
      const asked = await challenged(world(), person);
      const answers = await Promise.all(Array.from({ length: 20 }, () => asked.post('help', {})));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect((await asked.browser.getJson(`${world().issuer}/api/account`)).status).toBe(401);
      await world().workOff();
      await world().workOff();
      expect(helpMails(admin)).toBe(1);
      await world().redis.del(`${prefix.administrators}example`);
    });
  });

  describe('broken records of factors that codes are sent to', () => {
    it('S47: a mailbox or phone whose record is gone is listed, takes no code, and is not "no factor"', async () => {
      for (const make of [memberWithEmail, memberWithPhone]) {
        const { factor, portal, ...who } = await make(world());
        const journey = await challenged(world(), who);
        const code = await askedCode(world(), journey, factor);
        await world().redis.del(key.enrollment(factor.enrollmentId));
        const { enrollmentId } = factor;
        expect(factorIn(await journey.view(), enrollmentId)).toMatchObject({ unusable: 'disabled' });
        expectProblem(await journey.post('challenge', { enrollmentId, code }), 409, 'factor_unusable');
        const channel = factor.to.startsWith('+') ? { channel: 'text' } : {};
        const next = await challenged(world(), who);
        const refused = await next.post('challenge/code', { enrollmentId, ...channel });
        expectProblem(refused, 409, 'factor_unusable');
        const real = await Journey.begin(new Browser(), `${world().issuer}/account`);
        expect(await real.firstFactor(who.email, who.password)).toMatchObject({ step: 'challenge' });
        expectProblem(
          await portal.post(`/enrollments/${enrollmentId}/code`, channel),
          409,
          'factor_unusable',
        );
      }
    });

    it("S47: another account's record, or one of another kind, proves nothing", async () => {
      const [mine, theirs] = [await memberWithEmail(world()), await memberWithEmail(world())];
      const sub = await subjectOf(world(), mine.email);
      await world().redis.hSet(key.account(sub), `enrollment:${theirs.factor.enrollmentId}`, 'email');
      const journey = await challenged(world(), mine);
      const { enrollmentId } = theirs.factor;
      expectProblem(await journey.post('challenge/code', { enrollmentId }), 409, 'factor_unusable');
      await changeEnrollment(world(), mine.factor.enrollmentId, { kind: 'phone' });
      const own = { enrollmentId: mine.factor.enrollmentId };
      expectProblem(await journey.post('challenge/code', own), 409, 'factor_unusable');
      await changeEnrollment(world(), mine.factor.enrollmentId, { kind: 'email' });
      await world().redis.hDel(key.account(sub), `enrollment:${enrollmentId}`);
    });

    it('S47: a number that can not be opened, or was another’s, gets no text: the screen is told', async () => {
      const [mine, theirs] = [await memberWithPhone(world()), await memberWithPhone(world())];
      const { sealed = '' } = await world().redis.hGetAll(key.enrollment(theirs.factor.enrollmentId));
      const { enrollmentId, to } = mine.factor;
      for (const broken of ['k1.AAAA', sealed]) {
        await changeEnrollment(world(), enrollmentId, { sealed: broken });
        const journey = await challenged(world(), mine);
        const before = [to, theirs.factor.to].map((number) => world().outbox.messages(number).length);
        await journey.go('challenge/code', { enrollmentId, channel: 'text' });
        await expect
          .poll(async () => factorIn(await journey.view(), enrollmentId).sent?.delivery)
          .toBe('failed');
        expect([to, theirs.factor.to].map((number) => world().outbox.messages(number).length)).toEqual(
          before,
        );
      }
    });

    it('S47: with all records of codes gone nobody gets in, and nothing is proven', async () => {
      const { factor, portal, ...who } = await memberWithEmail(world());
      const journey = await challenged(world(), who);
      const code = await askedCode(world(), journey, factor);
      for await (const keys of world().redis.scanIterator({ MATCH: `${prefix.challenge}*`, COUNT: 1000 }))
        if (keys.length > 0) await world().redis.del(keys);
      const { enrollmentId } = factor;
      expectProblem(await journey.post('challenge', { enrollmentId, code }), 409, 'no_code_sent');
      expectProblem(await portal.post(`/enrollments/${enrollmentId}/disable`, { code }), 409, 'last_factor');
      const phone = await memberWithPhone(world());
      const mailbox = await addEmail(phone.portal, phone.email);
      const own = await askedOwnCode(phone.portal, mailbox);
      for await (const keys of world().redis.scanIterator({ MATCH: `${prefix.challenge}*`, COUNT: 1000 }))
        if (keys.length > 0) await world().redis.del(keys);
      const removal = await phone.portal.post(`/enrollments/${mailbox.enrollmentId}/disable`, { code: own });
      expectProblem(removal, 409, 'no_code_sent');
    });
  });
}
