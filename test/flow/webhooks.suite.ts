// What providers tell afterwards, and what happens while they are out (S72).
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { FactorChoiceWire } from '../../worker/interaction/wire.ts';
import { svixHeaders, twilioSignature } from '../world/outbox/callbacks.ts';
import type { Channel } from '../world/outbox/message-store.ts';
import { Browser, type Answer } from '../support/browser.ts';
import {
  addEmail,
  askedCode,
  challenged,
  codeIn,
  factorIn,
  forgetSends,
  memberWithEmail,
  memberWithPhone,
  messageWith,
  sentOf,
  type SentTo,
} from './factors.ts';
import type { FlowWorld } from './flow-world.ts';
import { mailEvent, postMailEvent, tellOfMail } from './mail-events.ts';
import type { Journey } from './person.ts';
import { atPortal } from './portal.ts';

export function webhooksSuite(world: () => FlowWorld): void {
  const postMail = (body: string, headers: Readonly<Record<string, string>>): Promise<Answer> =>
    postMailEvent(world(), body, headers);
  const tell = (type: string, to: string): Promise<number> => tellOfMail(world(), type, to);

  function postPhone(
    path: string,
    form: Readonly<Record<string, string>>,
    signature: string | undefined,
  ): Promise<Answer> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return new Browser().send(world().issuer + path, {
      method: 'POST',
      headers: signature === undefined ? type : { ...type, 'x-twilio-signature': signature },
      body: new URLSearchParams(form).toString(),
    });
  }

  async function shown(journey: Journey, { enrollmentId }: SentTo): Promise<FactorChoiceWire> {
    return factorIn(await journey.view(), enrollmentId);
  }

  /** Asks without waiting for the message. */
  async function ask(journey: Journey, { enrollmentId, to }: SentTo, by = 'text'): Promise<void> {
    await journey.go('challenge/code', { enrollmentId, ...(to.startsWith('+') ? { channel: by } : {}) });
  }

  function delivery(journey: Journey, factor: SentTo): () => Promise<string | undefined> {
    return async () => (await shown(journey, factor)).sent?.delivery;
  }

  describe('webhook of the mail provider', () => {
    it('a bounce and a complaint are shown in the profile, and a mail that arrives clears it', async () => {
      const { person, portal } = await atPortal(world());
      const trouble = async (): Promise<string | undefined> => (await portal.view()).mailTrouble?.trouble;
      for (const [type, told] of [
        ['bounced', 'bounced'],
        ['complained', 'complained'],
        ['opened', 'complained'],
        ['delivered', undefined],
      ] as const) {
        expect(await tell(`email.${type}`, person.email)).toBe(204);
        expect([type, await trouble()]).toEqual([type, told]);
      }
      // It says nothing of who has an account.
      expect(await tell('email.bounced', `nobody-${randomUUID()}@example.com`)).toBe(204);
    });

    it('S52: unsigned, wrongly signed, changed, old and early ones are refused and change nothing', async () => {
      const { person, portal } = await atPortal(world());
      const { resendWebhookSecret: secret } = world().identity;
      const body = mailEvent('email.bounced', person.email);
      const right = svixHeaders(secret, body, world().now(), 'msg_1');
      const wrongKey = `whsec_${Buffer.from('another secret').toString('base64')}`;
      const forged: readonly Readonly<Record<string, string>>[] = [
        {},
        { 'svix-id': 'msg_1', 'svix-timestamp': String(world().now()) },
        svixHeaders(wrongKey, body, world().now()),
        svixHeaders(secret, mailEvent('email.bounced', 'else@example.com'), world().now()),
        svixHeaders(secret, body, world().now() - 400),
        svixHeaders(secret, body, world().now() + 400),
        { ...right, 'svix-id': 'msg_2' },
        { ...right, 'svix-timestamp': String(world().now() + 1) },
        { ...right, 'svix-signature': '' },
        { ...right, 'svix-signature': 'v1,' },
      ];
      for (const headers of forged) expect((await postMail(body, headers)).status).toBe(403);
      expect((await portal.view()).mailTrouble).toBeUndefined();
      expect((await postMail(body, right)).status).toBe(204);
      expect((await portal.view()).mailTrouble?.trouble).toBe('bounced');
      // Replayed: the same again is the same, and later it is too old.
      expect((await postMail(body, right)).status).toBe(204);
      await world().advance(301);
      expect((await postMail(body, right)).status).toBe(403);
    });
  });

  describe('callbacks of the phone provider', () => {
    it('S72: a text that did not arrive is told on the screen with the reason; one that did clears it', async () => {
      const { factor, ...who } = await memberWithPhone(world());
      const journey = await challenged(world(), who);
      await askedCode(world(), journey, factor);
      const lost = await messageWith(world(), factor.to, sentOf(await shown(journey, factor)));
      expect(await world().outbox.report(lost.id, 'sent')).toBe(204);
      expect((await shown(journey, factor)).trouble).toBeUndefined();
      expect(await world().outbox.report(lost.id, 'undelivered', 30003)).toBe(204);
      expect(await shown(journey, factor)).toMatchObject({
        trouble: 'unreachable',
        sent: { delivery: 'failed' },
      });
      expect((await who.portal.view()).enrollments[0]?.trouble).toBe('unreachable');
      await world().advance(60);
      await askedCode(world(), journey, factor);
      // What comes late of the one that was replaced says nothing of the new one.
      expect(await world().outbox.report(lost.id, 'undelivered', 30004)).toBe(204);
      await expect.poll(delivery(journey, factor)).toBe('sent');
      const next = await messageWith(world(), factor.to, sentOf(await shown(journey, factor)));
      expect(await world().outbox.report(next.id, 'delivered')).toBe(204);
      expect((await shown(journey, factor)).trouble).toBeUndefined();
      // The code is as good as before.
      const code = codeIn(next);
      expect(await journey.go('challenge', { enrollmentId: factor.enrollmentId, code })).toMatchObject({
        step: 'done',
      });
    });

    it('a call that nobody takes is told', async () => {
      const { factor, ...who } = await memberWithPhone(world());
      const journey = await challenged(world(), who);
      await ask(journey, factor, 'call');
      const call = await world().outbox.next(({ to, channel }) => to === factor.to && channel === 'call');
      await expect.poll(delivery(journey, factor)).toBe('sent');
      expect(await world().outbox.report(call.id, 'no-answer')).toBe(204);
      expect((await shown(journey, factor)).sent?.delivery).toBe('failed');
    });

    it('S52: unsigned and wrongly signed ones, and those for another address, are refused: no code is spoken', async () => {
      const { factor, ...who } = await memberWithPhone(world());
      const journey = await challenged(world(), who);
      await ask(journey, factor, 'call');
      await world().outbox.next(({ to, channel }) => to === factor.to && channel === 'call');
      const id = await jobOf(factor);
      const { twilioAuthToken: token } = world().identity;
      for (const [path, form] of [
        [`/webhooks/phone/speak/${id}`, { Digits: '1', To: factor.to }],
        [`/webhooks/phone/status/${id}`, { CallSid: 'CA1', CallStatus: 'failed' }],
      ] as const) {
        const url = world().issuer + path;
        for (const signature of [
          undefined,
          '',
          twilioSignature('another token', url, form),
          twilioSignature(token, `${url}x`, form),
          twilioSignature(token, `https://evil.example${path}`, form),
          twilioSignature(token, url, { ...form, Extra: '1' }),
        ]) {
          const answer = await postPhone(path, form, signature);
          expect([path, answer.status, answer.text]).toEqual([path, 403, '']);
        }
      }
      expect(await shown(journey, factor)).toMatchObject({ sent: { delivery: 'sent' } });
      // What was signed for one of the two is not taken by the other.
      const status = { CallSid: 'CA1', CallStatus: 'failed' };
      const path = `/webhooks/phone/speak/${id}`;
      const crossed = twilioSignature(token, world().issuer + path, status);
      expect((await postPhone(path, status, crossed)).status).toBe(403);
    });
  });

  describe('providers that are out', () => {
    const OUTAGES: readonly (readonly [string, 'fail' | 'hang' | 'rate', Channel])[] = [
      ['mail fails', 'fail', 'email'],
      ['mail hangs', 'hang', 'email'],
      ['mail is asked too often', 'rate', 'email'],
      ['texts fail', 'fail', 'sms'],
      ['texts hang', 'hang', 'sms'],
      ['texts are asked for too often', 'rate', 'sms'],
      ['calls fail', 'fail', 'call'],
    ];

    it.each(OUTAGES)(
      'S72: where %s the screen says so within five seconds, the rest stays, and it is sent when it can be',
      async (_, outage, channel) => {
        const { factor: phone, portal, ...who } = await memberWithPhone(world());
        const mailbox = await addEmail(portal, who.email);
        await world().workOff();
        await forgetSends(world());
        const [out, working] = channel === 'email' ? [mailbox, phone] : [phone, mailbox];
        const by = channel === 'call' ? 'call' : 'text';
        const journey = await challenged(world(), who);
        world().outbox[outage](channel, true);
        try {
          const asked = performance.now();
          await ask(journey, out, by);
          // The answer does not wait for the provider.
          expect(performance.now() - asked).toBeLessThan(2000);
          await expect.poll(delivery(journey, out), { timeout: 8000, interval: 50 }).toBe('failed');
          expect(performance.now() - asked).toBeLessThan(5000 + 1000);
          const other = await challenged(world(), who);
          const code = await askedCode(world(), other, working);
          await other.go('challenge', { enrollmentId: working.enrollmentId, code });
        } finally {
          world().outbox[outage](channel, false);
        }
        await world().advance(40);
        await world().workOff();
        await expect.poll(delivery(journey, out), { timeout: 5000 }).toBe('sent');
        if (channel === 'call') return;
        const late = codeIn(await messageWith(world(), out.to, sentOf(await shown(journey, out))));
        const { enrollmentId } = out;
        expect(await journey.go('challenge', { enrollmentId, code: late })).toMatchObject({ step: 'done' });
      },
      30_000,
    );

    it('S09, S72: what could not be sent dies with its code, and a notice outlives the outage', async () => {
      const { factor, ...who } = await memberWithEmail(world());
      await world().workOff();
      const journey = await challenged(world(), who);
      world().outbox.fail('email', true);
      try {
        await ask(journey, factor);
        await expect.poll(delivery(journey, factor)).toBe('failed');
        const notice = await who.portal.post('/recovery-codes', {});
        expect(notice.status).toBe(200);
        await world().advance(301);
        await world().workOff();
        const { reference } = sentOf(await shown(journey, factor));
        expect(await jobsOf(reference)).toBe(0);
        world().outbox.fail('email', false);
        await world().advance(61);
        await world().workOff();
        await world().outbox.next(
          ({ to, subject }) => to === who.email && subject === 'Your account has new recovery codes',
        );
        const codes = world()
          .outbox.messages(who.email)
          .filter(({ text }) => text.includes(`Reference: ${reference}`));
        expect(codes).toHaveLength(0);
      } finally {
        world().outbox.fail('email', false);
      }
    });

    it('S72: a number that the provider refuses is told at once with the reason, and not tried again', async () => {
      const { factor, ...who } = await memberWithPhone(world());
      const journey = await challenged(world(), who);
      world().outbox.refuseNumber(factor.to, 21610);
      await ask(journey, factor);
      await expect
        .poll(() => shown(journey, factor))
        .toMatchObject({ trouble: 'blocked', sent: { delivery: 'failed' } });
      world().outbox.refuseNumber(factor.to, undefined);
      const before = world().outbox.messages(factor.to).length;
      await world().advance(30);
      await world().workOff();
      expect(world().outbox.messages(factor.to)).toHaveLength(before);
    });
  });

  async function jobOf({ enrollmentId }: SentTo): Promise<string> {
    for await (const keys of world().redis.scanIterator({ MATCH: 'job:*', COUNT: 1000 }))
      for (const name of keys) {
        const { channel, enrollment } = await world().redis.hGetAll(name);
        if (channel === 'call' && enrollment === enrollmentId) return name.slice('job:'.length);
      }
    throw new Error('There is no call.');
  }

  /** How many messages with this reference are kept. */
  async function jobsOf(reference: string): Promise<number> {
    let count = 0;
    for await (const keys of world().redis.scanIterator({ MATCH: 'job:*', COUNT: 1000 }))
      for (const name of keys) {
        const job = await world().redis.hGetAll(name);
        if (job['reference'] === reference && job['sealed'] !== undefined) count += 1;
      }
    return count;
  }
}
