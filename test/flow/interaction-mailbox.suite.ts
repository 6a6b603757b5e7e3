// The code to the mailbox that a first enrolment needs: where it goes, how often, and what it is good for.
import { describe, expect, it } from 'vitest';
import { Browser, type Answer } from '../support/browser.ts';
import { readMailedCode } from '../support/outbox-reader.ts';
import type { FlowWorld } from './flow-world.ts';
import { Journey, problemOf } from './person.ts';
import { member, waitingForMailbox } from './shortcut.ts';
import { outlastLimit, challengeOf } from './store.ts';

export function interactionMailboxSuite(world: () => FlowWorld): void {
  /** The newest code, where another was there before. */
  async function codeAfter(email: string, known: readonly string[]): Promise<string> {
    const mail = await world().outbox.next(
      (message) => message.to === email && !known.some((code) => message.text.includes(code)),
    );
    return /(?<!\d)(\d{8})(?!\d)/.exec(mail.text)?.[1] ?? '';
  }

  function wrongCode(right: string): string {
    return right.startsWith('0') ? `1${right.slice(1)}` : `0${right.slice(1)}`;
  }

  function mailsTo(email: string): number {
    return world().outbox.messages(email).length;
  }

  function expectProblem(answer: Answer, status: number, code: string): void {
    expect([answer.status, problemOf(answer).code]).toEqual([status, code]);
  }

  describe('code from the mailbox', () => {
    it('S08, S11, S17, S20: eight digits go to the masked mailbox with a reference, in the body alone', async () => {
      const who = await member(world());
      const journey = await waitingForMailbox(world(), who);
      const view = await journey.go('address-code', {});
      if (view.step !== 'confirm_address') throw new Error(view.step);
      const code = await readMailedCode(world().outbox, who.email);
      expect(code).toMatch(/^\d{8}$/);
      expect(view).toMatchObject({
        destination: `${who.email.slice(0, 1)}•••••@example.com`,
        delivery: 'queued',
        codeLength: 8,
      });
      expect(await journey.toldDelivery('sent')).toEqual({ ...view, delivery: 'sent' });
      const [mail] = world().outbox.messages(who.email);
      expect(mail?.text).toContain(`Reference: ${view.reference ?? 'none'}`);
      expect(mail?.subject).toContain(view.reference ?? 'none');
      expect(mail?.subject).not.toContain(code);
      expect(JSON.stringify([view, await journey.view()])).not.toContain(code);
      // S23: the address in the mail is the configured one, whatever Host says.
      expect(mail?.text).toContain(world().issuer);
    });

    it('S10: 50 parallel posts of the right code give one success', async () => {
      const who = await member(world());
      const journey = await waitingForMailbox(world(), who);
      await journey.go('address-code', {});
      const code = await readMailedCode(world().outbox, who.email);
      const answers = await Promise.all(Array.from({ length: 50 }, () => journey.post('address', { code })));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(await journey.view()).toMatchObject({ step: 'enrollment' });
    });

    it('S09: a code is good for five minutes', async () => {
      const who = await member(world());
      const journey = await waitingForMailbox(world(), who);
      await journey.go('address-code', {});
      const code = await readMailedCode(world().outbox, who.email);
      await world().advance(300);
      expectProblem(await journey.post('address', { code }), 401, 'code_expired');
      await journey.go('address-code', {});
      await journey.go('address', { code: await codeAfter(who.email, [code]) });
    });

    it('S12: a code is good in the sign-in that asked for it alone, even of the same person', async () => {
      const who = await member(world());
      const [one, two] = [await waitingForMailbox(world(), who), await waitingForMailbox(world(), who)];
      await one.go('address-code', {});
      const first = await readMailedCode(world().outbox, who.email);
      await two.go('address-code', {});
      const second = await codeAfter(who.email, [first]);
      expectProblem(await two.post('address', { code: first }), 401, 'wrong_code');
      expectProblem(await one.post('address', { code: second }), 401, 'wrong_code');
      expect(await one.go('address', { code: first })).toMatchObject({ step: 'enrollment' });
    });

    it('S11, S18: a new code comes after 60 s, then after twice that; the old one is void, its wrong tries count on', async () => {
      const who = await member(world());
      await outlastLimit(world(), 'mail-destination');
      const journey = await waitingForMailbox(world(), who);
      const sent = await journey.go('address-code', {});
      const codes = [await readMailedCode(world().outbox, who.email)];
      if (sent.step !== 'confirm_address') throw new Error(sent.step);
      for (const triesLeft of [4, 3]) {
        const wrong = await journey.post('address', { code: wrongCode(codes[0] ?? '') });
        expect([problemOf(wrong).code, problemOf(wrong).triesLeft]).toEqual(['wrong_code', triesLeft]);
      }
      for (const wait of [60, 120]) {
        const early = await journey.post('address-code', {});
        expectProblem(early, 429, 'throttled');
        const seconds = (problemOf(early).retryAt ?? 0) - world().now();
        expect(seconds).toBeGreaterThan(wait - 20);
        expect(seconds).toBeLessThanOrEqual(wait);
        await world().advance(seconds);
        const again = await journey.go('address-code', {});
        if (again.step !== 'confirm_address') throw new Error(again.step);
        expect(again.reference).not.toBe(sent.reference);
        codes.push(await codeAfter(who.email, codes));
      }
      expect(mailsTo(who.email)).toBe(3);
      const old = await journey.post('address', { code: codes[0] });
      expect([problemOf(old).code, problemOf(old).triesLeft]).toEqual(['wrong_code', 2]);
      expect(await journey.go('address', { code: codes[2] })).toMatchObject({ step: 'enrollment' });
    });

    it('S13: five wrong codes end the sign-in, however many come at once, and the right one too', async () => {
      const who = await member(world());
      const journey = await waitingForMailbox(world(), who);
      await journey.go('address-code', {});
      const code = await readMailedCode(world().outbox, who.email);
      const answers = await Promise.all(
        Array.from({ length: 40 }, () => journey.post('address', { code: wrongCode(code) })),
      );
      expect(answers.filter((answer) => problemOf(answer).code === 'wrong_code')).toHaveLength(4);
      expect(answers.every(({ status }) => [401, 410, 429].includes(status))).toBe(true);
      expectProblem(await journey.post('address', { code }), 410, 'interaction_ended');

      const slow = await waitingForMailbox(world(), await member(world()));
      await slow.go('address-code', {});
      for (const triesLeft of [4, 3, 2, 1]) {
        expect(problemOf(await slow.post('address', { code: 'abcdefgh' })).triesLeft).toBe(triesLeft);
      }
      expectProblem(await slow.post('address', { code: 'abcdefgh' }), 410, 'interaction_ended');
      expectProblem(await slow.browser.getJson(slow.api), 410, 'interaction_ended');
    });

    it('S18: five mails in ten minutes and ten a day to one mailbox, across sign-ins and browsers', async () => {
      const who = await member(world());
      await outlastLimit(world(), 'mail-destination-day');
      const ask = async (): Promise<Answer> =>
        (await waitingForMailbox(world(), who)).post('address-code', {});
      for (let sends = 1; sends <= 5; sends += 1) expect((await ask()).status).toBe(200);
      expectProblem(await ask(), 429, 'throttled');
      await world().advance(600);
      for (let sends = 6; sends <= 10; sends += 1) expect((await ask()).status).toBe(200);
      await world().advance(600);
      const refused = await ask();
      expectProblem(refused, 429, 'throttled');
      expect((problemOf(refused).retryAt ?? 0) - world().now()).toBeGreaterThan(20 * 3600);
      expect(mailsTo(who.email)).toBe(10);
      await world().advance(86_400);
      expect((await ask()).status).toBe(200);
    });

    it('S18: where no mail may be sent a right password still leads on, and the screen says when', async () => {
      const who = await member(world());
      await outlastLimit(world(), 'mail-destination');
      for (let sends = 1; sends <= 5; sends += 1) {
        await (await waitingForMailbox(world(), who)).go('address-code', {});
      }
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      const view = await journey.firstFactor(who.email, who.password);
      if (view.step !== 'confirm_address') throw new Error(view.step);
      expect(view).toMatchObject({ delivery: 'none' });
      expect(view.resendAt).toBeGreaterThan(world().now());
      expect(mailsTo(who.email)).toBe(5);
      expectProblem(await journey.post('address', { code: '12345678' }), 409, 'no_code_sent');
    });

    it('S16, S12: the store holds no code, only a keyed hash that is good for this sign-in alone', async () => {
      const who = await member(world());
      const journey = await waitingForMailbox(world(), who);
      await journey.go('address-code', {});
      const code = await readMailedCode(world().outbox, who.email);
      const record = await world().redis.hGetAll(challengeOf(journey));
      expect(JSON.stringify(record)).not.toContain(code);
      expect(record['mac']).toMatch(/^[\w-]{43}$/);
      // S12: nor is the hash good elsewhere, for whoever may write to the store.
      const other = await waitingForMailbox(world(), who);
      await other.go('address-code', {});
      await world().redis.hSet(challengeOf(other), 'mac', record['mac'] ?? '');
      expectProblem(await other.post('address', { code }), 401, 'wrong_code');
    });
  });
}
