// The lock after too many wrong passwords: a rising wait for strangers, none for a browser that the account knows.
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../worker/factors/limits.ts';
import { key, prefix } from '../../worker/storage-keys.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { readMail } from '../support/outbox-reader.ts';
import { totpCode } from '../support/totp.ts';
import type { FlowWorld } from './flow-world.ts';
import { type Enrolled, Journey, problemOf, signIn } from './person.ts';
import { expectProblem } from './portal.ts';
import { type Member, member, memberWithApp } from './shortcut.ts';
import { browserHash, countedBy, failuresOf, settleQueue, subjectOf, useUp } from './store.ts';

const WRONG = 'not the password of anybody';

export function accountLockSuite(world: () => FlowWorld): void {
  async function guess(email: string, password = WRONG, browser = new Browser()): Promise<Answer> {
    const journey = await Journey.begin(browser, `${world().issuer}/account/verify`);
    await journey.go('identify', { email });
    return journey.post('password', { password });
  }

  async function accountOf({ email }: Member): Promise<string> {
    return key.account(await subjectOf(world(), email));
  }

  /** As if so many wrong passwords had been given a moment ago. */
  async function failed(account: string, passwordFailures: number): Promise<void> {
    await world().redis.hSet(account, { passwordFailures, passwordFailedAt: world().now() });
  }

  /** Somebody with an app whose browser has signed in by password and app. */
  async function known(): Promise<Enrolled> {
    const person = await memberWithApp(world());
    const browser = new Browser();
    await signIn(world(), browser, `${world().issuer}/account`, person);
    return { ...person, browser };
  }

  function lockMails({ email }: Member): number {
    return world()
      .outbox.messages(email)
      .filter(({ subject }) => subject?.includes('account is locked')).length;
  }

  describe('account lock', () => {
    it('S76: the tenth wrong password locks for a minute, each further one for twice as long, for an hour at most', async () => {
      const who = await member(world());
      const account = await accountOf(who);
      await failed(account, 8);
      expect((await guess(who.email)).status).toBe(401);
      // Nine: nothing is locked yet.
      for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) {
        expectProblem(await guess(who.email), 401, 'wrong_password');
        const locked = await guess(who.email, who.password);
        expectProblem(locked, 429, 'throttled');
        expect((problemOf(locked).retryAt ?? 0) - world().now()).toBeLessThanOrEqual(minutes * 60);
        expect((problemOf(locked).retryAt ?? 0) - world().now()).toBeGreaterThan(minutes * 60 - 20);
        await world().advance(minutes * 60);
      }
      expect((await guess(who.email, who.password)).status).toBe(200);
      expect(await world().redis.hmGet(account, ['passwordFailures', 'lockedUntil'])).toEqual([null, null]);
      // A guess while it was locked was neither compared nor counted.
      expect((await guess(who.email)).status).toBe(401);
      expect(await world().redis.hGet(account, 'passwordFailures')).toBe('1');
    });

    it('S76: guesses of others never stop a browser that signed in with a second factor', async () => {
      const person = await known();
      const account = await accountOf(person);
      await failed(account, 9);
      await guess(person.email);
      expectProblem(await guess(person.email, person.password), 429, 'throttled');
      await useUp(world(), 'password-address', person.browser.address);
      await useUp(world(), 'password-all', 'all');
      await signIn(world(), person.browser, `${world().issuer}/account/verify`, person);
      await world().redis.del(`${prefix.limit}password-all:all`);
      // That it got in opens nothing for them.
      expect(await world().redis.hGet(account, 'passwordFailures')).toBe('10');
      expectProblem(await guess(person.email, person.password), 429, 'throttled');
    });

    it('S76: a known browser has a count of its own, which stops it and nobody else', async () => {
      const person = await known();
      const subject = `${browserHash(world(), person.browser)}:${person.email}`;
      const left =
        LIMITS['password-account-browser'].most -
        (await countedBy(world(), 'password-account-browser', subject));
      await useUp(world(), 'password-account-browser', subject, Math.min(left, 1));
      expectProblem(await guess(person.email, WRONG, person.browser), 401, 'wrong_password');
      expectProblem(await guess(person.email, person.password, person.browser), 429, 'throttled');
      expect(await world().redis.hGet(await accountOf(person), 'passwordFailures')).toBeNull();
      expect((await guess(person.email, person.password)).status).toBe(200);
      await world().advance(LIMITS['password-account-browser'].seconds);
      expect((await guess(person.email, person.password, person.browser)).status).toBe(200);
    });

    it('S76: a browser that gave only the password is a stranger, and so is another account’s', async () => {
      const person = await memberWithApp(world());
      const half = new Browser();
      expect((await guess(person.email, person.password, half)).status).toBe(200);
      const other = await known();
      await failed(await accountOf(person), 9);
      await guess(person.email);
      for (const browser of [half, other.browser]) {
        expectProblem(await guess(person.email, person.password, browser), 429, 'throttled');
      }
    });

    it('S76: ninety days later a browser is a stranger again, and twenty are known at most', async () => {
      const person = await known();
      const browsers = `${prefix.knownBrowsers}${await subjectOf(world(), person.email)}`;
      const hash = browserHash(world(), person.browser);
      const until = (await world().redis.zScore(browsers, hash)) ?? 0;
      expect(Math.round((until - world().now()) / 86_400)).toBe(90);
      await world().redis.zAdd(
        browsers,
        Array.from({ length: 30 }, (_one, at) => ({ score: until - 100 - at, value: `other-${at}` })),
      );
      await signIn(world(), person.browser, `${world().issuer}/account/verify`, person);
      expect(await world().redis.zCard(browsers)).toBe(20);
      expect(await world().redis.zScore(browsers, hash)).toBeGreaterThanOrEqual(until);
      await world().redis.zAdd(browsers, { score: world().now() - 1, value: hash });
      await failed(await accountOf(person), 9);
      await guess(person.email);
      expectProblem(await guess(person.email, person.password, person.browser), 429, 'throttled');
    });

    it('S10, S76: of fifty strangers at once only those are compared that the row still has free', async () => {
      const who = await member(world());
      await failed(await accountOf(who), 6);
      const journeys = await Promise.all(
        Array.from({ length: 50 }, async () => {
          const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
          await journey.go('identify', { email: who.email });
          return journey;
        }),
      );
      const answers = await Promise.all(
        journeys.map((journey) => journey.post('password', { password: WRONG })),
      );
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(46);
      expect(await world().redis.hGet(await accountOf(who), 'passwordFailures')).toBe('10');
    });

    it('S15, bug 12: a right password forgets the wrong ones before it, and no failure of a factor', async () => {
      const person = await memberWithApp(world());
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await journey.firstFactor(person.email, person.password);
      const code = totpCode(person.uri, world().now() + 86_400);
      await journey.post('challenge', { enrollmentId: person.enrollmentId, code });
      await failed(await accountOf(person), 7);
      expect((await guess(person.email, person.password)).status).toBe(200);
      expect(await world().redis.hGet(await accountOf(person), 'passwordFailures')).toBeNull();
      expect(await failuresOf(world(), person.enrollmentId)).toBe(1);
    });

    it('S76: a day without a failure begins a new row', async () => {
      const who = await member(world());
      await failed(await accountOf(who), 9);
      await world().advance(86_400);
      expect((await guess(who.email)).status).toBe(401);
      expect(await world().redis.hGet(await accountOf(who), 'passwordFailures')).toBe('1');
      expect((await guess(who.email, who.password)).status).toBe(200);
    });

    it('S19, S76: an address that names no account, and one that is suspended, are locked in the same way', async () => {
      const [real, suspended] = [await member(world()), await member(world())];
      await world().redis.hSet(await accountOf(suspended), { status: 'suspended' });
      const unknown = `nobody-${real.email}`;
      const rows = [
        await accountOf(real),
        await accountOf(suspended),
        `${prefix.passwordFailures}${unknown}`,
      ];
      for (const row of rows) await failed(row, 9);
      const seen = [];
      for (const email of [real.email, suspended.email, unknown]) {
        const last = await guess(email);
        const locked = await guess(email);
        const told = locked.text.replace(/"retryAt":\d+/, '"retryAt":0');
        seen.push([last.status, last.text, locked.status, told, [...locked.headers.keys()].toSorted()]);
        expect((problemOf(locked).retryAt ?? 0) - world().now()).toBeGreaterThan(40);
      }
      expect(seen[1]).toEqual(seen[0]);
      expect(seen[2]).toEqual(seen[0]);
      await settleQueue(world(), suspended.email);
      expect(lockMails(suspended)).toBe(0);
    });

    it('S43: the member is told when it locks, once a day, and not where the last guess was right', async () => {
      const who = await member(world());
      const account = await accountOf(who);
      await failed(account, 9);
      expect((await guess(who.email, who.password)).status).toBe(200);
      await world().advance(10);
      await settleQueue(world(), who.email);
      expect(lockMails(who)).toBe(0);
      await failed(account, 9);
      await guess(who.email);
      const mail = await readMail(world().outbox, who.email, /account is locked/);
      expect(mail.text).toContain('Browsers with which you signed in before can still be used');
      await world().advance(60);
      await guess(who.email);
      await settleQueue(world(), who.email);
      expect(lockMails(who)).toBe(1);
    });

    it('S43: whoever hangs up before the answer does not keep it from the member', async () => {
      const who = await member(world());
      // As the reservation leaves it when nobody comes back with an answer.
      await failed(await accountOf(who), 9);
      await Promise.all([guess(who.email), guess(who.email)]);
      await world().advance(10);
      await settleQueue(world(), who.email);
      expect(lockMails(who)).toBe(1);
    });

    it('S07: a new password by mail ends the lock', async () => {
      const person = await known();
      const account = await accountOf(person);
      await failed(account, 9);
      await guess(person.email);
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await journey.go('identify', { email: person.email });
      await journey.go('forgot-password', {});
      const mail = await readMail(world().outbox, person.email, /Choose a new password/);
      const token = /\/reset#([\w-]+)/.exec(mail.text)?.[1];
      const password = 'a new one that nobody guesses';
      const taken = await new Browser().postJson(`${world().issuer}/api/reset`, { token, password });
      expect(taken.status).toBe(200);
      expect((await guess(person.email, password)).status).toBe(200);
    });
  });
}
