// Passwords: what is asked of one, and how it is kept.
import { scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createVault } from '../../worker/adapters/web-crypto/vault.ts';
import { key } from '../../worker/storage-keys.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { readSetupLink } from '../support/outbox-reader.ts';
import { postAdmin } from './admin-operator.ts';
import type { FlowWorld } from './flow-world.ts';
import { Journey, problemOf } from './person.ts';
import { subjectOf } from './store.ts';

const PHC = /^\$scrypt\$ln=15,r=8,p=3,keyid=local\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

export function passwordsSuite(world: () => FlowWorld): void {
  async function atPassword(email: string): Promise<Journey> {
    const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
    await journey.go('identify', { email });
    return journey;
  }

  async function guess(email: string, password: string): Promise<Answer> {
    return (await atPassword(email)).post('password', { password });
  }

  async function storedHash(email: string): Promise<string> {
    return (await world().redis.hGet(key.account(await subjectOf(world(), email)), 'password')) ?? '';
  }

  async function store(email: string, phc: string): Promise<void> {
    await world().redis.hSet(key.account(await subjectOf(world(), email)), 'password', phc);
  }

  /** What scrypt makes of a password with the costs that are promised. */
  function stretch(password: string, salt: string): Buffer {
    const cost = { N: 32_768, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
    return scryptSync(password, Buffer.from(salt, 'base64'), 32, cost);
  }

  function pepper(stretched: Buffer, change = 0): Promise<string> {
    const [id = '', secret = ''] = world().identity.rootKey.split(':');
    const root = Uint8Array.from(Buffer.from(secret, 'base64url'), (byte) => byte ^ change);
    return createVault([{ id, key: root }]).mac('password-pepper', stretched.toString('base64url'));
  }

  const inBase64 = (text: string): string => text.replaceAll('-', '+').replaceAll('_', '/');

  describe('passwords', () => {
    it.each(['qmvhxtplzrkw', '59302847160372', '~)(+=!{}%$', 'TZWQPLKHVNBX', '🦊🐢🦉🐝🐙🦋🐌🐞'])(
      'S03: %s is taken, of one class of characters as it is, and nobody asks for a hint',
      async (password) => {
        const email = `one-class-${crypto.randomUUID()}@example.com`;
        const invitation = { organization: 'example', email, name: 'One Class', role: 'member' };
        expect((await postAdmin(world(), 'members', invitation)).status).toBe(201);
        const token = (await readSetupLink(world().outbox, email)).split('#')[1];
        const browser = new Browser();
        for (const more of [{ hint: 'my fox' }, { question: 'Pet?', answer: 'fox' }]) {
          const body = { token, password, ...more };
          expect((await browser.postJson(`${world().issuer}/api/setup`, body)).status).toBe(400);
        }
        const made = await browser.postJson(`${world().issuer}/api/setup`, { token, password });
        expect([password, made.status]).toEqual([password, 200]);
        expect((await guess(email, password)).json()).toMatchObject({ step: 'confirm_address' });
      },
    );

    it('S05: what is stored is scrypt with N=2^15, r=8, p=3, a salt of 16 bytes for each, and the pepper over it', async () => {
      const [one, other] = [await world().person(), await world().person()];
      const [, salt = '', hash = ''] = PHC.exec(await storedHash(one.email)) ?? [];
      expect(Buffer.from(salt, 'base64')).toHaveLength(16);
      expect(await storedHash(other.email)).toMatch(PHC);
      expect(await storedHash(other.email)).not.toContain(salt);
      const stretched = stretch(one.password, salt);
      expect(inBase64(await pepper(stretched))).toBe(hash);
      // Without the pepper, or with another, the right password makes nothing that is stored.
      expect(inBase64(await pepper(stretched, 1))).not.toBe(hash);
      expect(stretched.toString('base64').replace(/=+$/, '')).not.toBe(hash);
    });

    it('S05, S47: who writes to Redis but has no pepper makes no password good, and chooses no cheaper cost', async () => {
      const who = await world().person();
      const own = await storedHash(who.email);
      const salt = Buffer.alloc(16, 7).toString('base64').replace(/=+$/, '');
      const chosen = 'chosen by the attacker';
      const stretched = stretch(chosen, salt);
      const plain = stretched.toString('base64').replace(/=+$/, '');
      const foreign = inBase64(await pepper(stretched, 1));
      for (const hash of [plain, foreign]) {
        await store(who.email, `$scrypt$ln=15,r=8,p=3,keyid=local$${salt}$${hash}`);
        expect(problemOf(await guess(who.email, chosen)).code).toBe('wrong_password');
      }
      // With the pepper it would have been good: so it is the pepper that was missing.
      await store(
        who.email,
        `$scrypt$ln=15,r=8,p=3,keyid=local$${salt}$${inBase64(await pepper(stretched))}`,
      );
      expect((await guess(who.email, chosen)).status).toBe(200);
      for (const odd of [own.replace('ln=15', 'ln=10'), own.replace('p=3', 'p=1'), own.slice(0, -1), '']) {
        await store(who.email, odd);
        expect(problemOf(await guess(who.email, who.password)).code).toBe('wrong_password');
      }
      await store(who.email, own);
      expect((await guess(who.email, who.password)).status).toBe(200);
    });
  });
}
