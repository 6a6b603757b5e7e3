import { scryptSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createPlaces, type PlacesTimer } from '../../../worker/adapters/scrypt-places.ts';
import { createScryptHasher } from '../../../worker/adapters/scrypt.ts';
import { createRandom } from '../../../worker/adapters/web-crypto/random.ts';
import { createVault, type RootKey } from '../../../worker/adapters/web-crypto/vault.ts';
import type { PasswordHasherPort } from '../../../worker/ports/password-hasher.ts';

const PASSWORD = 'tangerine lantern orbit 47';
const first: RootKey = { id: 'k1', key: new Uint8Array(32).fill(1) };
const second: RootKey = { id: 'k2', key: new Uint8Array(32).fill(2) };

function hasher(...keys: [RootKey, ...RootKey[]]): PasswordHasherPort {
  return createScryptHasher({ vault: createVault(keys), random: createRandom(), keyId: keys[0].id });
}

async function hashOf(made: PasswordHasherPort): Promise<string> {
  const outcome = await made.hash(PASSWORD);
  if (outcome.status === 'busy') throw new Error('No place was free.');
  return outcome.value;
}

describe('S05 hashes', () => {
  test('name cost, key and a fresh salt of 16 bytes', async () => {
    const made = hasher(first);
    const [one, other] = await Promise.all([hashOf(made), hashOf(made)]);
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3,keyid=k1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(other);
  });

  test('are the keyed hash of scrypt with these costs', async () => {
    const phc = await hashOf(hasher(first));
    const [, , , salt = '', hash = ''] = phc.split('$');
    const cost = { N: 32768, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
    const stretched = scryptSync(PASSWORD, Buffer.from(salt, 'base64'), 32, cost).toString('base64url');
    const mac = Buffer.from(hash, 'base64').toString('base64url');
    expect(Buffer.from(salt, 'base64')).toHaveLength(16);
    expect(await createVault([first]).verifyMac('password-pepper', stretched, mac)).toBe(true);
    expect(mac).not.toBe(stretched);
  });

  test('verify the right password only', async () => {
    const made = hasher(first);
    const phc = await hashOf(made);
    expect(await made.verify(PASSWORD, phc)).toEqual({ status: 'done', value: true });
    expect(await made.verify(`${PASSWORD} `, phc)).toEqual({ status: 'done', value: false });
  });

  test('S65 verify under an older key, and not when it is gone', async () => {
    const phc = await hashOf(hasher(first));
    expect(await hasher(second, first).verify(PASSWORD, phc)).toEqual({ status: 'done', value: true });
    expect(await hasher(second).verify(PASSWORD, phc)).toEqual({ status: 'done', value: false });
  });

  test('S47 a text that was tampered with denies and can not choose the work', async () => {
    const made = hasher(first);
    const phc = await hashOf(made);
    const odd = [
      phc.replace('ln=15', 'ln=30'),
      phc.replace('ln=15', 'ln=1'),
      phc.replace('p=3', 'p=3000'),
      phc.replace(',keyid=k1', ''),
      phc.slice(0, -1),
      `${phc}\n`,
      '',
      'plain',
    ];
    for (const one of odd) {
      expect(await made.verify(PASSWORD, one), one).toEqual({ status: 'done', value: false });
    }
  });

  test('S76 an unknown account says no after the same work', async () => {
    let stretched = 0;
    const vault = createVault([first]);
    const watched: typeof vault = {
      ...vault,
      verifyMac: (purpose, text, mac) => {
        stretched += text.length === 43 && purpose === 'password-pepper' ? 1 : 0;
        return vault.verifyMac(purpose, text, mac);
      },
    };
    const made = createScryptHasher({ vault: watched, random: createRandom(), keyId: 'k1' });
    expect(await made.verify(PASSWORD, undefined)).toEqual({ status: 'done', value: false });
    expect(stretched).toBe(1);
  });
});

describe('S76 places', () => {
  function handTimer(): PlacesTimer & { advance(ms: number): void } {
    let now = 0;
    let timers: { at: number; callback: () => void }[] = [];
    return {
      nowMs: () => now,
      after(ms, callback) {
        const timer = { at: now + ms, callback };
        timers.push(timer);
        return () => {
          timers = timers.filter((one) => one !== timer);
        };
      },
      advance(ms) {
        now += ms;
        const due = timers.filter(({ at }) => at <= now);
        timers = timers.filter(({ at }) => at > now);
        for (const { callback } of due) callback();
      },
    };
  }
  const limits = { most: 2, waiting: 2, waitMs: 3000, leaseMs: 10_000 };

  test('two at once, the next ones in order, and no more than may wait', async () => {
    const places = createPlaces({ ...limits, timer: handTimer() });
    const [free1] = await Promise.all([places.take(), places.take()]);
    const order: string[] = [];
    const third = places.take().then((free) => (order.push('third'), free));
    const fourth = places.take().then((free) => (order.push('fourth'), free));
    expect(await places.take()).toBeUndefined();
    expect(order).toEqual([]);
    free1?.();
    const free3 = await third;
    expect(order).toEqual(['third']);
    free3?.();
    free3?.();
    expect(await fourth).toBeTypeOf('function');
    expect(order).toEqual(['third', 'fourth']);
  });

  test('a wait ends after its time, and nothing is taken then', async () => {
    const timer = handTimer();
    const places = createPlaces({ ...limits, timer });
    const [free1, free2] = await Promise.all([places.take(), places.take()]);
    const waiting = places.take();
    timer.advance(3000);
    expect(await waiting).toBeUndefined();
    free1?.();
    free2?.();
    expect(await Promise.all([places.take(), places.take()])).toEqual([
      expect.any(Function),
      expect.any(Function),
    ]);
  });

  test('a place that was never given back is taken for lost', async () => {
    const timer = handTimer();
    const places = createPlaces({ ...limits, timer });
    await Promise.all([places.take(), places.take()]);
    timer.advance(10_001);
    expect(await places.take()).toBeTypeOf('function');
  });

  test('no free place: busy, and nothing is hashed', async () => {
    const made = createScryptHasher({
      vault: createVault([first]),
      random: createRandom(),
      keyId: 'k1',
      places: { take: () => Promise.resolve(undefined) },
    });
    expect(await made.hash(PASSWORD)).toEqual({ status: 'busy' });
    expect(await made.verify(PASSWORD, undefined)).toEqual({ status: 'busy' });
  });
});
