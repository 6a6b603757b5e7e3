import { describe, expect, test } from 'vitest';
import { createVault, type RootKey } from '../../../worker/adapters/web-crypto/vault.ts';

const key = (id: string, fill: number): RootKey => ({ id, key: new Uint8Array(32).fill(fill) });
const text = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value);
const old = createVault([key('k1', 1)]);
const both = createVault([key('k2', 2), key('k1', 1)]);
const seed = text('a seed of twenty byte');

describe('sealing', () => {
  test('S35 opens with the same purpose and context only', async () => {
    const sealed = await old.seal('factor-secret', 'account:enrollment', seed);
    expect(await old.open('factor-secret', 'account:enrollment', sealed)).toEqual(seed);
    expect(await old.open('factor-secret', 'account:other', sealed)).toBeUndefined();
    expect(await old.open('authorization-code', 'account:enrollment', sealed)).toBeUndefined();
  });

  test('S65 the newest key seals, an older one still opens, a removed one denies', async () => {
    const before = await old.seal('factor-secret', 'c', seed);
    expect(await both.open('factor-secret', 'c', before)).toEqual(seed);
    const after = await both.seal('factor-secret', 'c', seed);
    expect(after).toMatch(/^k2\.[A-Za-z0-9_-]+$/);
    expect(await old.open('factor-secret', 'c', after)).toBeUndefined();
  });

  test('another key under the same id does not open', async () => {
    const sealed = await old.seal('factor-secret', 'c', seed);
    expect(await createVault([key('k1', 9)]).open('factor-secret', 'c', sealed)).toBeUndefined();
  });

  test('S47 any changed, cut or odd text denies and never throws', async () => {
    const sealed = await old.seal('factor-secret', 'c', seed);
    const flipped = Array.from(sealed, (letter, index) => {
      return sealed.slice(0, index) + (letter === 'A' ? 'B' : 'A') + sealed.slice(index + 1);
    });
    const odd = [
      '',
      '.',
      'k1.',
      'k1',
      'k1.AAAA',
      `k9.${sealed.slice(3)}`,
      sealed.slice(0, -4),
      `${sealed}=`,
      'k1.é',
    ];
    // The last letter may carry bits that are no part of the bytes.
    for (const one of [...flipped.slice(0, -1), ...odd]) {
      expect(await old.open('factor-secret', 'c', one), one).toBeUndefined();
    }
  });

  test('two seals of one text share nothing', async () => {
    const [one, other] = await Promise.all([old.seal('csrf', 'c', seed), old.seal('csrf', 'c', seed)]);
    expect(one).not.toBe(other);
  });
});

describe('keyed hashes', () => {
  test('S16 differ by key and by purpose, and verify under every key', async () => {
    const mac = await old.mac('one-time-code', '012345');
    expect(mac).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await old.mac('password-pepper', '012345')).not.toBe(mac);
    expect(await both.mac('one-time-code', '012345')).not.toBe(mac);
    expect(await both.verifyMac('one-time-code', '012345', mac)).toBe(true);
    expect(await both.verifyMac('password-pepper', '012345', mac)).toBe(false);
    expect(await both.verifyMac('one-time-code', '012346', mac)).toBe(false);
    expect(await createVault([key('k2', 2)]).verifyMac('one-time-code', '012345', mac)).toBe(false);
  });

  test('S16, S65 all hashes of a text: under the newest key first, so that a stored one is found by any', async () => {
    const before = await old.mac('recovery-code', 'text');
    const macs = await both.macs('recovery-code', 'text');
    expect(macs).toEqual([await both.mac('recovery-code', 'text'), before]);
    expect(await old.macs('recovery-code', 'text')).toEqual([before]);
    expect(await createVault([key('k2', 2)]).macs('recovery-code', 'text')).not.toContain(before);
    expect(await both.macs('one-time-code', 'text')).not.toContain(before);
    expect(await both.macs('recovery-code', 'texu')).not.toContain(before);
  });

  test.each(['', 'A', 'é', 'A'.repeat(43), 'A'.repeat(5000)])('S16 no odd text passes: %j', async (mac) => {
    expect(await old.verifyMac('csrf', 'secret', mac)).toBe(false);
  });
});

test.each([
  [[key('k1', 1), key('k1', 2)]],
  [[key('a.b', 1)]],
  [[key('', 1)]],
  [[{ id: 'k1', key: new Uint8Array(16) }]],
] as [[RootKey, ...RootKey[]]][])('root keys that can not be used are refused', (keys) => {
  expect(() => createVault(keys)).toThrow(TypeError);
});
