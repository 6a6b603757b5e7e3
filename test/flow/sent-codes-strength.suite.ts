// What codes that are sent are worth, what their messages say, and what nobody can make of them.
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import type { AccountView } from '../../worker/interaction/wire.ts';
import { key, prefix } from '../../worker/storage-keys.ts';
import { Browser } from '../support/browser.ts';
import { totpCode } from '../support/totp.ts';
import {
  addEmail,
  askedCode,
  askedOwnCode,
  challenged,
  codeIn,
  factorIn,
  memberWithEmail,
  memberWithPhone,
  messageWith,
  sentOf,
} from './factors.ts';
import { FIRST_SITE, type FlowWorld } from './flow-world.ts';
import { answerOf, tokensFor } from './oidc-site.ts';
import { authorizeAttempt, Journey, pendingApp, problemOf } from './person.ts';
import { atPortal, expectProblem, Portal } from './portal.ts';

export function sentCodesStrengthSuite(world: () => FlowWorld): void {
  function idOf({ api }: Journey): string {
    return new URL(api).pathname.split('/').at(-1) ?? '';
  }

  describe('strength of codes that are sent', () => {
    it('S21: email gives 2fa and no "mfa", a phone aal2, and the claims say how it was and no more', async () => {
      const { factor: phone, portal, ...who } = await memberWithPhone(world());
      const mailbox = await addEmail(portal, who.email);
      for (const [factor, channel, acr, amr] of [
        [mailbox, undefined, '2fa', ['pwd', 'otp']],
        [phone, 'text', 'aal2', ['pwd', 'sms', 'mfa']],
        [phone, 'call', 'aal2', ['pwd', 'tel', 'mfa']],
      ] as const) {
        const journey = await challenged(world(), who);
        const code = await askedCode(world(), journey, factor, channel);
        await journey.go('challenge', { enrollmentId: factor.enrollmentId, code });
        const { id_token: token } = await tokensFor(world(), journey.browser);
        const claims = decodeJwt(token);
        expect([claims['acr'], claims['amr']]).toEqual([acr, amr]);
        await world().advance(600);
      }
    });

    it('S21: a site that asks for aal2 does not take email alone: it proves who it is, then a stronger one is set up', async () => {
      const { factor: mailbox, portal, ...who } = await memberWithEmail(world());
      const silent = await portal.browser.open(
        authorizeAttempt(world().issuer, FIRST_SITE, { acr_values: 'aal2', prompt: 'none' }).url,
      );
      expect(answerOf(silent).get('error')).toBe('login_required');
      const attempt = authorizeAttempt(world().issuer, FIRST_SITE, { acr_values: 'aal2' });
      const browser = new Browser();
      const journey = await Journey.begin(browser, attempt.url);
      expect(await journey.firstFactor(who.email, who.password)).toMatchObject({ step: 'challenge' });
      const code = await askedCode(world(), journey, mailbox);
      const proven = await journey.go('challenge', { enrollmentId: mailbox.enrollmentId, code });
      expect(proven).toMatchObject({ step: 'enrollment', because: 'stronger' });
      if (proven.step !== 'enrollment') throw new Error(proven.step);
      expect(proven.kinds.toSorted()).toEqual(['phone', 'totp']);
      // Nothing is open yet.
      expect((await browser.getJson(`${world().issuer}/api/account`)).status).toBe(401);
      expectProblem(await journey.post('enrollment', { kind: 'email' }), 404, 'not_found');
      const pending = pendingApp(await journey.go('enrollment', { kind: 'totp' }));
      const { enrollmentId, uri } = pending;
      const done = await journey.go('enrollment/confirm', {
        enrollmentId,
        code: totpCode(uri, world().now()),
        name: 'My app',
      });
      expect(done).toMatchObject({ step: 'done' });
      const { id_token: token } = await tokensFor(world(), browser, FIRST_SITE, { acr_values: 'aal2' });
      expect(decodeJwt(token)).toMatchObject({ acr: 'aal2' });
      await world().advance(30);
    });

    it('S19: who has a factor, and which, is not told before the password is right', async () => {
      const [known, unknown] = [await memberWithEmail(world()), `nobody-${Date.now()}@example.com`];
      const answers = [];
      for (const email of [known.email, unknown]) {
        const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
        const identified = await journey.go('identify', { email });
        const wrong = await journey.post('password', { password: 'not the right one' });
        const early = [
          await journey.post('challenge/code', { enrollmentId: known.factor.enrollmentId }),
          await journey.post('challenge', { enrollmentId: known.factor.enrollmentId, code: '12345678' }),
          await journey.post('recovery', { code: 'x', lost: [known.factor.enrollmentId] }),
          await journey.post('help', {}),
        ];
        answers.push(
          JSON.stringify([
            identified,
            wrong.status,
            wrong.json(),
            early.map(({ status, text }) => [status, text]),
          ]).replaceAll(email, 'the address'),
        );
      }
      expect(answers[0]).toBe(answers[1]);
    });

    it('S20: destinations are masked wherever they are shown', async () => {
      const { factor: phone, portal, ...who } = await memberWithPhone(world());
      const mailbox = await addEmail(portal, who.email);
      const view = await (await challenged(world(), who)).view();
      const maskedMail = `${who.email.slice(0, 1)}•••••@example.com`;
      const maskedPhone = `+45 •• •• •• ${phone.to.slice(-2)}`;
      expect(factorIn(view, mailbox.enrollmentId).destination).toBe(maskedMail);
      expect(factorIn(view, phone.enrollmentId).destination).toBe(maskedPhone);
      const account = await portal.view();
      expect(account.enrollments.map(({ destination }) => destination).toSorted()).toEqual(
        [maskedMail, maskedPhone].toSorted(),
      );
      for (const text of [JSON.stringify(view), JSON.stringify(account)]) {
        expect(text).not.toContain(phone.to.slice(3));
        expect(text.replaceAll(/\s/g, '')).not.toContain(phone.to);
      }
    });

    it('S22: a text ends with the line that lets the browser fill the code in', async () => {
      const { factor, ...who } = await memberWithPhone(world());
      const journey = await challenged(world(), who);
      const code = await askedCode(world(), journey, factor);
      const sent = sentOf(factorIn(await journey.view(), factor.enrollmentId));
      const { text } = await messageWith(world(), factor.to, sent);
      expect(text.split('\n').at(-1)).toBe(`@localhost #${code}`);
      expect(text.split('\n').at(-2)).toBe('');
    });

    it('S23, bug 26: Host and its relatives change no link in a mail', async () => {
      const { factor, ...who } = await memberWithEmail(world());
      const journey = await challenged(world(), who);
      const answer = await journey.browser.postJson(
        `${journey.api}/challenge/code`,
        { enrollmentId: factor.enrollmentId },
        {
          'x-forwarded-host': 'evil.example',
          'x-original-host': 'evil.example',
          forwarded: 'host=evil.example;proto=https',
        },
      );
      expect(answer.status).toBe(200);
      const sent = sentOf(factorIn(await journey.view(), factor.enrollmentId));
      const mail = await messageWith(world(), who.email, sent);
      expect(mail.text).toContain(`${world().issuer}/not-me#`);
      expect(mail.text).not.toContain('evil');
      const withHost = await challenged(world(), who);
      await withHost.browser.postJson(
        `${withHost.api}/challenge/code`,
        { enrollmentId: factor.enrollmentId },
        { host: 'evil.example' },
      );
      for (const { text } of world().outbox.messages(who.email)) expect(text).not.toContain('evil');
    });

    it('S23: a second try carries the same idempotency key, so that a lost answer sends nothing twice', async () => {
      const { factor, ...who } = await memberWithEmail(world());
      const journey = await challenged(world(), who);
      world().outbox.fail('email', true);
      await journey.go('challenge/code', { enrollmentId: factor.enrollmentId });
      await expect
        .poll(async () => sentOf(factorIn(await journey.view(), factor.enrollmentId)).delivery)
        .toBe('failed');
      world().outbox.fail('email', false);
      const [id = ''] = await jobsTo(who.email);
      const job = await world().redis.hGetAll(key.job(id));
      expect(job['attempts']).toBe('1');
      await world().advance(6);
      await world().workOff();
      const sent = sentOf(factorIn(await journey.view(), factor.enrollmentId));
      expect(sent.delivery).toBe('sent');
      const before = world().outbox.messages(who.email).length;
      // As if the provider's answer had been lost: the job is still there.
      await world().redis.hSet(key.job(id), job);
      await world().redis.zAdd(`${prefix.jobs}mail:soon`, { score: world().now(), value: id });
      await world().workOff();
      expect(await world().redis.hGet(key.job(id), 'attempts')).toBe('2');
      expect(await world().redis.hExists(key.job(id), 'sealed')).toBe(0);
      expect(world().outbox.messages(who.email)).toHaveLength(before);
      const code = codeIn(await messageWith(world(), who.email, sent));
      await journey.go('challenge', { enrollmentId: factor.enrollmentId, code });
    });

    it('S16: the store holds keyed hashes, and what waits to be sent is sealed', async () => {
      const { factor, ...who } = await memberWithPhone(world());
      const journey = await challenged(world(), who);
      world().outbox.fail('sms', true);
      await journey.go('challenge/code', { enrollmentId: factor.enrollmentId, channel: 'text' });
      const [id = ''] = await jobsOf(who.email);
      const waiting = await world().redis.hGetAll(key.job(id));
      world().outbox.fail('sms', false);
      await world().advance(6);
      await world().workOff();
      const sent = sentOf(factorIn(await journey.view(), factor.enrollmentId));
      const code = codeIn(await messageWith(world(), factor.to, sent));
      const record = await world().redis.hGetAll(key.challenge(idOf(journey), factor.enrollmentId));
      for (const text of [JSON.stringify(waiting), JSON.stringify(record)]) {
        expect(text).not.toContain(code);
        expect(text).not.toContain(factor.to.slice(1));
      }
      expect(waiting['sealed']).toBeTruthy();
      // Once it is sent the words are gone.
      expect(await world().redis.hExists(key.job(id), 'sealed')).toBe(0);
    });

    it('S12: a code that was asked for at the portal opens no sign-in, and none of a sign-in removes a factor', async () => {
      const { person, portal } = await atPortal(world());
      const mailbox = await addEmail(portal, person.email);
      const own = await askedOwnCode(portal, mailbox);
      const journey = await challenged(world(), person);
      const body = { enrollmentId: mailbox.enrollmentId };
      expectProblem(await journey.post('challenge', { ...body, code: own }), 409, 'no_code_sent');
      const code = await askedCode(world(), journey, mailbox);
      expectProblem(await journey.post('challenge', { ...body, code: own }), 401, 'wrong_code');
      const path = `/enrollments/${mailbox.enrollmentId}/disable`;
      expectProblem(await portal.post(path, { code }), 401, 'wrong_code');
      const elsewhere = new Portal(world(), journey.browser);
      await journey.go('challenge', { ...body, code });
      await elsewhere.open();
      expectProblem(await elsewhere.post(path, { code: own }), 401, 'fresh_authentication_required');
      const removed = await portal.post(path, { code: own });
      expect(removed.status).toBe(200);
      expect((removed.json() as AccountView).enrollments).toHaveLength(1);
      expect(problemOf(await elsewhere.read()).code).toBe('login_required');
    });
  });

  async function jobsOf(email: string): Promise<string[]> {
    const sub = (await world().redis.get(key.address(email))) ?? '';
    return jobsWhere((job) => job['sub'] === sub && job['channel'] === 'text');
  }

  function jobsTo(email: string): Promise<string[]> {
    return jobsWhere((job) => job['to'] === email);
  }

  /** Ids of the jobs that still wait. */
  async function jobsWhere(fits: (job: Record<string, string>) => boolean): Promise<string[]> {
    const ids: string[] = [];
    for await (const keys of world().redis.scanIterator({ MATCH: `${prefix.job}*`, COUNT: 1000 })) {
      for (const name of keys) {
        const job = await world().redis.hGetAll(name);
        if (job['sealed'] !== undefined && fits(job)) ids.push(name.slice(prefix.job.length));
      }
    }
    return ids;
  }
}
