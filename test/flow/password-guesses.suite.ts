// Guessing passwords: what an answer tells of an account, and how many guesses there are.
import { describe, expect, it } from 'vitest';
import { key, prefix } from '../../worker/storage-keys.ts';
import { Browser, type Answer } from '../support/browser.ts';
import type { FlowWorld } from './flow-world.ts';
import { Journey, problemOf } from './person.ts';
import { type Member, member } from './shortcut.ts';
import { browserHash, countedBy, subjectOf, useUp } from './store.ts';

export function passwordGuessesSuite(world: () => FlowWorld): void {
  /** A journey that waits for the password of an address. */
  async function atPassword(email: string, browser = new Browser()): Promise<Journey> {
    const journey = await Journey.begin(browser, `${world().issuer}/account`);
    await journey.go('identify', { email });
    return journey;
  }

  function expectThrottled(answer: Answer): void {
    expect([answer.status, problemOf(answer).code]).toEqual([429, 'throttled']);
    expect(answer.headers.get('retry-after')).toBeTruthy();
  }

  /** Failures in a row, of an account or of an address that names none. */
  async function failuresAt(email: string): Promise<number> {
    const sub = await world().redis.get(key.address(email));
    const row = sub === null ? `${prefix.passwordFailures}${email}` : key.account(sub);
    return Number(await world().redis.hGet(row, 'passwordFailures'));
  }

  async function changeAccount(who: Member, fields: Readonly<Record<string, string>>): Promise<void> {
    await world().redis.hSet(key.account(await subjectOf(world(), who.email)), fields);
  }

  describe('password guesses', () => {
    it('S19, S76, bug 29: unknown, invited, suspended and wrong are one answer, word for word', async () => {
      const [known, suspended, invited] = [
        await member(world()),
        await member(world()),
        await member(world()),
      ];
      await changeAccount(suspended, { status: 'suspended' });
      await changeAccount(invited, { status: 'invited' });
      await world().redis.hDel(key.account(await subjectOf(world(), invited.email)), 'password');
      const unknown = { email: `nobody-${known.email}`, password: known.password };
      const seen: unknown[] = [];
      for (const { email, password } of [
        { ...known, password: 'not the password of anybody' },
        unknown,
        suspended,
        invited,
      ]) {
        const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
        const identified = await journey.post('identify', { email });
        const guessed = await journey.post('password', { password });
        const names = (answer: Answer): string[] =>
          [...answer.headers.keys()].filter((name) => name !== 'date').toSorted();
        expect([email, identified.status, guessed.status]).toEqual([email, 200, 401]);
        seen.push([
          [identified.status, identified.text.replace(email, '<email>'), names(identified)],
          [guessed.status, guessed.text, names(guessed)],
          JSON.stringify(await journey.view()).replace(email, '<email>'),
        ]);
      }
      for (const other of seen.slice(1)) expect(other).toEqual(seen[0]);
    });

    it('S76: a guess is counted by account and browser, account, address and for all, known or not', async () => {
      for (const email of [(await member(world())).email, `nobody-${Date.now()}@example.com`]) {
        const browser = new Browser();
        const journey = await atPassword(email, browser);
        const before = await countedBy(world(), 'password-all', 'all');
        await journey.post('password', { password: 'not the password of anybody' });
        const subject = `${browserHash(world(), browser)}:${email}`;
        expect(await countedBy(world(), 'password-account-browser', subject)).toBe(1);
        expect(await failuresAt(email)).toBe(1);
        expect(await countedBy(world(), 'password-address', browser.address)).toBe(1);
        expect(await countedBy(world(), 'password-all', 'all')).toBeGreaterThan(before);
      }
    });

    it('S76: ten guesses from one browser, and the right password then waits too; another browser goes on', async () => {
      const who = await member(world());
      const browser = new Browser();
      const journey = await atPassword(who.email, browser);
      await useUp(world(), 'password-account-browser', `${browserHash(world(), browser)}:${who.email}`, 1);
      const last = await journey.post('password', { password: 'not the password of anybody' });
      expect(last.status).toBe(401);
      // 40 at once, and none of them is hashed: hashing that many would leave some of them "busy".
      const answers = await Promise.all(
        Array.from({ length: 40 }, () => journey.post('password', { password: who.password })),
      );
      answers.forEach(expectThrottled);
      // Nor does a new journey in that browser help.
      expectThrottled(
        await (await atPassword(who.email, browser)).post('password', { password: who.password }),
      );
      const elsewhere = await atPassword(who.email);
      expect(await elsewhere.go('password', { password: who.password })).toMatchObject({
        step: 'confirm_address',
      });
      await world().advance(900);
      expect(
        (await (await atPassword(who.email, browser)).post('password', { password: who.password })).status,
      ).toBe(200);
    });

    it('S76, bug 11: addresses of one /64 are one, a mapped address is the plain one, a header is none', async () => {
      const who = await member(world());
      await useUp(world(), 'password-address', '2001:db8:5:7::/64');
      for (const address of ['2001:db8:5:7::1', '2001:db8:5:7:ffff:1:2:3', '2001:0DB8:0005:0007:0:0:0:9']) {
        const journey = await atPassword(who.email, new Browser(address));
        expectThrottled(await journey.post('password', { password: who.password }));
      }
      await useUp(world(), 'password-address', '192.0.2.77');
      for (const address of ['192.0.2.77', '::ffff:192.0.2.77', '::ffff:c000:24d']) {
        const journey = await atPassword(who.email, new Browser(address));
        expectThrottled(await journey.post('password', { password: who.password }));
        const forged = await journey.browser.postJson(
          `${journey.api}/password`,
          { password: who.password },
          {
            'x-forwarded-for': '198.51.100.1',
            'x-real-ip': '198.51.100.1',
            'true-client-ip': '198.51.100.1',
            forwarded: 'for=198.51.100.1',
          },
        );
        expectThrottled(forged);
      }
      const neighbour = await atPassword(who.email, new Browser('2001:db8:5:8::1'));
      expect((await neighbour.post('password', { password: who.password })).status).toBe(200);
    });

    it('S76: parallel guesses get no more tries than one after another', async () => {
      const who = await member(world());
      const browser = new Browser();
      const journey = await atPassword(who.email, browser);
      await useUp(world(), 'password-account-browser', `${browserHash(world(), browser)}:${who.email}`, 3);
      const answers = await Promise.all(
        Array.from({ length: 50 }, () =>
          journey.post('password', { password: 'not the password of anybody' }),
        ),
      );
      expect(answers.filter(({ status }) => status !== 429)).toHaveLength(3);
      expect(await failuresAt(who.email)).toBe(3);
    });

    it('S02: the password is compared as it is: no trimming, no change of case, NFC alone', async () => {
      const who = await member(world());
      const journey = await atPassword(who.email);
      for (const password of [` ${who.password}`, who.password.toUpperCase(), `${who.password}\u0301`]) {
        expect((await journey.post('password', { password })).status).toBe(401);
      }
      expect((await journey.post('password', { password: who.password })).status).toBe(200);
    });
  });
}
