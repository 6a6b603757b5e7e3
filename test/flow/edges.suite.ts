// Guards that an attacker would look for at the edges of what works: seen fail before they held.
import { describe, expect, it } from 'vitest';
import type { AccountView } from '../../worker/interaction/wire.ts';
import { key, prefix } from '../../worker/storage-keys.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { totpCode, wrongTotpCode } from '../support/totp.ts';
import {
  addEmail,
  askedOwnCode,
  challenged,
  codeIn,
  factorIn,
  mobileNumber,
  sentOf,
  memberWithAppAndCodes,
  memberWithEmail,
  messageWith,
} from './factors.ts';
import type { FlowWorld } from './flow-world.ts';
import { Journey, pendingApp, problemOf } from './person.ts';
import { atPortal, expectProblem, Portal } from './portal.ts';
import { memberWithApp } from './shortcut.ts';
import { failuresOf, subjectOf, useUp } from './store.ts';

export function edgesSuite(world: () => FlowWorld): void {
  /** Signs in by the mailbox in a browser of its own; gives the token of "this was not me" that the mail held. */
  async function byMail(who: {
    readonly email: string;
    readonly factor: { readonly enrollmentId: string };
  }): Promise<{
    readonly browser: Browser;
    readonly token: string;
  }> {
    const journey = await challenged(world(), { email: who.email, password: '' });
    const { enrollmentId } = who.factor;
    const view = await journey.go('challenge/code', { enrollmentId });
    const mail = await messageWith(world(), who.email, sentOf(factorIn(view, enrollmentId)));
    expect(await journey.go('challenge', { enrollmentId, code: codeIn(mail) })).toMatchObject({
      step: 'done',
    });
    return { browser: journey.browser, token: /\/not-me#([\w-]{43})/.exec(mail.text)?.[1] ?? '' };
  }

  function sayNotMe(token: string): Promise<Answer> {
    return new Browser().postJson(`${world().issuer}/api/not-me`, { token });
  }

  function account(browser: Browser): Promise<Answer> {
    return browser.getJson(`${world().issuer}/api/account`);
  }

  function told(email: string, subject: string): readonly string[] {
    return world()
      .outbox.messages(email)
      .filter((message) => message.subject === subject)
      .map(({ text }) => text);
  }

  describe('at the edges', () => {
    it('S53: a new session never gives way to older ones that would outlive it', async () => {
      const person = await memberWithApp(world());
      const sub = await subjectOf(world(), person.email);
      const list = prefix.sessions + sub;
      const [real = ''] = await world().redis.zRange(list, 0, -1);
      const record = await world().redis.hGetAll(real);
      for (let i = 0; i < 120; i += 1) {
        const other = key.session(`long-${sub}-${i}`);
        const expiresAt = world().now() + 30 * 86_400 + i;
        // The first ones are of before a change that ended them.
        const epoch = i < 30 ? 'past' : (record['epoch'] ?? '');
        await world().redis.hSet(other, { ...record, epoch, sid: `sid-${i}`, expiresAt: String(expiresAt) });
        await world().redis.zAdd(list, { score: expiresAt, value: other });
      }
      const journey = await challenged(world(), person);
      const code = totpCode(person.uri, world().now());
      expect(await journey.go('challenge', { enrollmentId: person.enrollmentId, code })).toMatchObject({
        step: 'done',
      });
      await world().advance(30);
      expect((await account(journey.browser)).status).toBe(200);
      expect(await world().redis.zCard(list)).toBeLessThanOrEqual(100);
    });

    it('S53: "this was not me" ends the session that the sign-in has left, though the sign-in is long gone', async () => {
      const who = await memberWithEmail(world());
      const intruder = await byMail(who);
      await world().advance(2000);
      expect((await account(intruder.browser)).status).toBe(200);
      // As the store forgets a sign-in half an hour after it began.
      for await (const keys of world().redis.scanIterator({ MATCH: `${prefix.interaction}*`, COUNT: 1000 }))
        for (const name of keys)
          if ((await world().redis.hGet(name, 'email')) === who.email) await world().redis.del(name);
      expect((await sayNotMe(intruder.token)).status).toBe(200);
      expectProblem(await account(intruder.browser), 401, 'login_required');
    });

    it('S53: nor does a session stay that the same browser has begun since', async () => {
      const who = await memberWithEmail(world());
      const intruder = await byMail(who);
      const again = new Portal(world(), intruder.browser);
      await again.open();
      const app = await again.addApp();
      const second = await Journey.begin(intruder.browser, `${world().issuer}/account/verify`);
      await second.firstFactor(who.email, who.password);
      const code = totpCode(app.uri, world().now());
      expect(await second.go('challenge', { enrollmentId: app.enrollmentId, code })).toMatchObject({
        step: 'done',
      });
      await world().advance(30);
      expect((await sayNotMe(intruder.token)).status).toBe(200);
      expectProblem(await account(intruder.browser), 401, 'login_required');
    });

    it('S43, S54: a wrong code is told although whoever typed it begins again before it is judged', async () => {
      const person = await memberWithApp(world());
      await world().workOff();
      // Where the second request comes first, nothing was tried.
      for (let round = 0; round < 30 && (await failuresOf(world(), person.enrollmentId)) < 5; round += 1) {
        const journey = await challenged(world(), person);
        const wrong = wrongTotpCode(person.uri, world().now());
        await Promise.all([
          journey.post('challenge', { enrollmentId: person.enrollmentId, code: wrong }),
          journey.post('restart', {}),
        ]);
      }
      await world().advance(601);
      await world().workOff();
      const failed = 'A sign-in failed at the second factor';
      const locked = 'Your second factor is locked for a while';
      await expect
        .poll(() => told(person.email, failed).length + told(person.email, locked).length, { timeout: 8000 })
        .toBeGreaterThan(0);
      await expect.poll(() => told(person.email, locked).length, { timeout: 8000 }).toBe(1);
    });

    it('S43: a lock-out at the account page is told, and a right code takes nothing of it back', async () => {
      const { person, portal } = await atPortal(world());
      const { enrollmentId, uri } = person;
      await portal.addApp();
      for (let tries = 0; tries < 5; tries += 1)
        await portal.post(`/enrollments/${enrollmentId}/disable`, {
          code: wrongTotpCode(uri, world().now()),
        });
      await world().advance(10);
      await world().workOff();
      const locked = 'Your second factor is locked for a while';
      await expect.poll(() => told(person.email, locked).length, { timeout: 8000 }).toBe(1);
    });

    it('S39, S43: what a recovery took away is told, by name, kind and masked number', async () => {
      const { person, portal, recoveryCodes } = await memberWithAppAndCodes(world());
      await addEmail(portal, person.email);
      const journey = await challenged(world(), person);
      const [code] = recoveryCodes;
      await journey.go('recovery', { code, lost: [person.enrollmentId] });
      const app = pendingApp(await journey.go('enrollment', { kind: 'totp' }));
      const first = totpCode(app.uri, world().now());
      await journey.go('enrollment/confirm', {
        enrollmentId: app.enrollmentId,
        code: first,
        name: 'My tablet',
      });
      await world().workOff();
      const removed = 'A second factor was removed from your account';
      await expect.poll(() => told(person.email, removed).length, { timeout: 8000 }).toBe(1);
      expect(told(person.email, removed)[0]).toContain('My phone (Authenticator app)');
      const added = 'A second factor was added to your account';
      await expect
        .poll(
          () => told(person.email, added).some((text) => text.includes('My tablet (Authenticator app)')),
          {
            timeout: 8000,
          },
        )
        .toBe(true);
      await world().advance(30);
    });

    it('S20, S43: a factor that is removed is named in the notice, a number masked', async () => {
      const { person, portal } = await atPortal(world());
      const number = mobileNumber();
      const started = await portal.post('/enrollments', { kind: 'phone', number, channel: 'text' });
      const { enrollmentId } = started.json() as { readonly enrollmentId: string };
      const text = await world().outbox.next(({ to }) => to === number);
      const code = /#(\d{6})/.exec(text.text)?.[1] ?? '';
      await portal.post('/enrollments/confirm', { enrollmentId, code, name: 'see evil.example/now' });
      await world().advance(61);
      const own = await askedOwnCode(portal, { enrollmentId, to: number });
      expect((await portal.post(`/enrollments/${enrollmentId}/disable`, { code: own })).status).toBe(200);
      await world().workOff();
      const removed = 'A second factor was removed from your account';
      await expect.poll(() => told(person.email, removed).length, { timeout: 8000 }).toBe(1);
      const [mail = ''] = told(person.email, removed);
      expect(mail).toContain(`${number.slice(-2)})`);
      expect(mail).toContain('Phone');
      expect(mail.replaceAll(/\s/g, '')).not.toContain(number.slice(3));
      // Nobody's name becomes a link in a mail of ours.
      expect(mail).not.toContain('evil.example');
    });

    it('S70: neither being throttled nor changing one’s name pushes anything out of what a member is shown', async () => {
      const { person, portal } = await atPortal(world());
      for (let i = 0; i < 8; i += 1) await portal.post('/profile', { name: `Name ${i}` });
      const journey = await challenged(world(), person);
      await useUp(world(), 'code-address', journey.browser.address);
      for (let i = 0; i < 8; i += 1) {
        const answer = await journey.post('challenge', { enrollmentId: person.enrollmentId, code: '000000' });
        expect(problemOf(answer).code).toBe('throttled');
      }
      const { activity } = (await portal.read()).json() as AccountView;
      expect(activity.filter(({ type }) => type === 'profile.change')).toHaveLength(1);
      expect(activity.filter(({ result }) => result === 'throttled')).toEqual([]);
      expect(activity.some(({ type }) => type === 'factor.enrollment')).toBe(true);
    });

    it('S13, S36, S39: a wrong recovery code and a wrong first code of an app say how many tries are left', async () => {
      const { person, portal } = await memberWithAppAndCodes(world());
      const journey = await challenged(world(), person);
      const wrong = { code: 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF', lost: [person.enrollmentId] };
      const left = [await journey.post('recovery', wrong), await journey.post('recovery', wrong)];
      expect(left.map((answer) => problemOf(answer).triesLeft)).toEqual([9, 8]);
      const pending = await portal.pending();
      const refused = await portal.confirm(pending, wrongTotpCode(pending.uri, world().now()));
      expect([problemOf(refused).code, problemOf(refused).triesLeft]).toEqual(['wrong_code', 9]);
    });

    it('S18: who fills a range of numbers with codes keeps none of the phones in it from theirs', async () => {
      const { portal, ...who } = await memberWithAppAndCodes(world());
      const number = mobileNumber();
      const phone = await portalPhone(portal, number);
      const range = (await world().redis.hGet(key.enrollment(phone), 'range')) ?? '';
      expect(range).toMatch(/^[\w-]{20,}$/);
      await useUp(world(), 'phone-range', range);
      await useUp(world(), 'phone-country-new', 'DK');
      await world().advance(61);
      const journey = await challenged(world(), who.person);
      const asked = await journey.post('challenge/code', { enrollmentId: phone, channel: 'text' });
      expect(asked.status).toBe(200);
      const another = await portal.post('/enrollments', {
        kind: 'phone',
        number: mobileNumber(),
        channel: 'text',
      });
      expectProblem(another, 429, 'throttled');
      await world().redis.del([`${prefix.limit}phone-country-new:DK`, `${prefix.limit}phone-range:${range}`]);
    });
  });

  async function portalPhone(portal: Portal, number: string): Promise<string> {
    const started = await portal.post('/enrollments', { kind: 'phone', number, channel: 'text' });
    const { enrollmentId } = started.json() as { readonly enrollmentId: string };
    const text = await world().outbox.next(({ to }) => to === number);
    const code = /#(\d{6})/.exec(text.text)?.[1] ?? '';
    expect(
      (await portal.post('/enrollments/confirm', { enrollmentId, code, name: 'My number' })).status,
    ).toBe(200);
    return enrollmentId;
  }
}
