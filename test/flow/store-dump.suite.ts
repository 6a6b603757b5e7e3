import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Browser } from '../support/browser.ts';
import { dumpRedis } from '../support/redis-dump.ts';
import {
  addEmail,
  addPhone,
  askedCode,
  askedOwnCode,
  challenged,
  factorIn,
  forgetSends,
  memberWithAppAndCodes,
  mobileNumber,
  sentOf,
} from './factors.ts';
import type { FlowWorld } from './flow-world.ts';
import { Journey } from './person.ts';
import { subjectOf } from './store.ts';

/** Everything in Redis in the middle of the whole life of factors: what SECURITY.md lists may be read there, and no more. */
export function storeDumpSuite(world: () => FlowWorld): void {
  describe('store dump', () => {
    afterEach(() => {
      for (const channel of ['email', 'sms', 'call'] as const) world().outbox.fail(channel, false);
    });

    it('S16, S35, S38, S50, S71: no seed, code, password, token, session id or phone number of it can be read in Redis', async () => {
      const { person, portal, recoveryCodes } = await memberWithAppAndCodes(world());
      const email = await addEmail(portal, person.email);
      await world().advance(61);
      const number = mobileNumber();
      const phone = await addPhone(portal, number);
      await forgetSends(world());

      // Codes under way in a sign-in, by each channel, and one to prove a factor at the portal.
      const journey = await challenged(world(), person);
      const mailed = await askedCode(world(), journey, email);
      const texted = await askedCode(world(), journey, phone);
      const proving = await askedOwnCode(portal, email);
      const mail = world()
        .outbox.messages(person.email)
        .find(({ text }) => text.includes(mailed));
      const notMe = /\/not-me#([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
      // A number that waits for its first code.
      await forgetSends(world());
      const second = mobileNumber();
      const pending = await portal.post('/enrollments', { kind: 'phone', number: second, channel: 'text' });
      expect(pending.status).toBe(200);
      // A link for a forgotten password, and one message that can't be sent and waits.
      const forgetful = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await forgetful.go('identify', { email: person.email });
      await forgetful.go('forgot-password', {});
      const reset = await vi.waitFor(() => {
        const found = world()
          .outbox.messages(person.email)
          .map(({ text }) => /\/reset#([\w-]+)/.exec(text)?.[1])
          .find((token) => token !== undefined);
        if (found === undefined) throw new Error('The mail has not come yet.');
        return found;
      }, 10_000);
      await forgetSends(world());
      world().outbox.fail('call', true);
      const waiting = await challenged(world(), person);
      await waiting.go('challenge/code', { enrollmentId: phone.enrollmentId, channel: 'call' });
      await vi.waitFor(async () => {
        expect(sentOf(factorIn(await waiting.view(), phone.enrollmentId)).delivery).toBe('failed');
      }, 10_000);

      const dump = await dumpRedis(world().redis);
      // What must be found, so that nothing else could hide from the search; SECURITY.md says why each is in the clear.
      const sub = await subjectOf(world(), person.email);
      for (const text of [person.email, sub, phone.enrollmentId, 'DK', number.slice(-2), 'scrypt']) {
        expect([text, dump.includes(text)]).toEqual([text, true]);
      }
      const seed = new URL(person.uri).searchParams.get('secret') ?? '';
      const secrets: Record<string, string> = {
        seed,
        password: person.password,
        'phone number': number,
        'phone number without its country': number.slice(3),
        'number that waits': second,
        'number that waits without its country': second.slice(3),
        'token of a link for a new password': reset,
        'token of "this was not me"': notMe,
        'session of the portal': portal.browser.cookies.get('localhost', '__Host-penumbra-session') ?? '',
        'secret of a browser': journey.browser.cookies.get('localhost', '__Host-penumbra-browser') ?? '',
        'key of the phone provider': world().identity.twilioAuthToken,
        'root key': world().identity.rootKey.split(':')[1] ?? '',
      };
      recoveryCodes.forEach((code, index) => {
        secrets[`recovery code ${index}`] = code;
        secrets[`recovery code ${index} without groups`] = code.replaceAll('-', '');
      });
      for (const [name, secret] of Object.entries(secrets)) {
        expect([name, secret.length >= 8]).toEqual([name, true]);
        for (const shape of shapesOf(secret)) expect([name, dump.includes(shape)]).toEqual([name, false]);
      }
      // Digits stand in other numbers by chance: a code is looked for where nothing else is around it.
      for (const code of [mailed, texted, proving]) {
        expect(code).toMatch(/^\d{6,8}$/);
        expect([code, new RegExp(`(?<![\\w.-])${code}(?![\\w.-])`).test(dump)]).toEqual([code, false]);
        for (const text of [code, `${sub}${code}`, JSON.stringify([sub, code])]) {
          const digest = createHash('sha256').update(text).digest('base64url');
          expect([text, dump.includes(digest)]).toEqual([text, false]);
        }
      }
    });
  });
}

function shapesOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
}
