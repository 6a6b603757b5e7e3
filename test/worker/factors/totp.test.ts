import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { totp } from '../../../worker/factors/totp/totp.factor.ts';
import { createRandom } from '../../../worker/adapters/web-crypto/random.ts';
import { totpCode } from '../../support/totp.ts';
import { HOTP_VECTORS, TOTP_SEED, TOTP_VECTORS } from '../../support/totp-vectors.ts';

const SEED = new Uint8Array(Buffer.from(TOTP_SEED, 'hex'));
const NOW = 1_900_000_010;

function parametersOf(uri: string): Record<string, string> {
  return Object.fromEntries(new URL(uri).searchParams);
}

describe('verification', () => {
  test.each(TOTP_VECTORS)('S37, RFC 6238 appendix B: $code at $time', async ({ time, code }) => {
    expect(await totp.verify(SEED, code, time)).toBe(Math.floor(time / 30));
  });

  test.each(HOTP_VECTORS.map((code, counter) => ({ code, counter })))(
    'S37, RFC 4226 appendix D: $code for counter $counter',
    async ({ code, counter }) => {
      expect(await totp.verify(SEED, code, counter * 30)).toBe(counter);
    },
  );

  test('S32: the steps T and T-1 are accepted and named, T+1 and T-2 are not', async () => {
    const uri = totp.present(SEED, 'Penumbra', 'a@example.com').uri;
    const step = Math.floor(NOW / 30);
    const results = await Promise.all(
      [-60, -30, 0, 30].map((shift) => totp.verify(SEED, totpCode(uri, NOW + shift), NOW)),
    );
    expect(results).toEqual([undefined, step - 1, step, undefined]);
  });

  test('S32: by configuration the step T+1 is accepted too, and T+2 is not', async () => {
    const uri = totp.present(SEED, 'Penumbra', 'a@example.com').uri;
    const step = Math.floor(NOW / 30);
    const results = await Promise.all(
      [-60, -30, 0, 30, 60].map((shift) => totp.verify(SEED, totpCode(uri, NOW + shift), NOW, true)),
    );
    expect(results).toEqual([undefined, step - 1, step, step + 1, undefined]);
  });

  test('S08: only six ASCII digits are a code; whatever else is typed is wrong and throws nothing', async () => {
    const right = totpCode(totp.present(SEED, 'Penumbra', 'a@example.com').uri, NOW);
    for (const code of [
      '',
      '12345',
      `${right}0`,
      ` ${right}`,
      `+${right.slice(1)}`,
      '１２３４５６',
      'abcdef',
      '-12345',
    ]) {
      expect([code, await totp.verify(SEED, code, NOW)]).toEqual([code, undefined]);
    }
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 12 }), async (code) => {
        const counter = await totp.verify(SEED, code, NOW);
        return counter === undefined || code.length === 6;
      }),
      { numRuns: 200 },
    );
  });
});

describe('presentation', () => {
  test('S30, bug 25: a seed has 160 bits, and each one is another', () => {
    const random = createRandom();
    const seeds = Array.from({ length: 50 }, () => totp.makeSecret(random));
    expect(seeds.every(({ length }) => length === 20)).toBe(true);
    expect(new Set(seeds.map((seed) => Buffer.from(seed).toString('hex'))).size).toBe(50);
  });

  test('S31: the address has the issuer twice, no padding, and the defaults or nothing for the rest', () => {
    const { uri, secret } = totp.present(SEED, 'Penumbra', 'pat+1@example.com');
    const { host, protocol, pathname } = new URL(uri);
    expect([protocol, host, decodeURIComponent(pathname)]).toEqual([
      'otpauth:',
      'totp',
      '/Penumbra:pat+1@example.com',
    ]);
    const { issuer, secret: base32, algorithm = 'SHA1', digits = '6', period = '30' } = parametersOf(uri);
    expect({ issuer, base32, algorithm, digits, period }).toEqual({
      issuer: 'Penumbra',
      base32: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
    expect(uri).not.toMatch(/=(?:&|$)|%3D/);
    expect(secret).toBe('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ');
  });

  test('S31: a colon in issuer or account can not move the border between them', () => {
    const { uri } = totp.present(SEED, 'Evil: Corp', 'a:b@example.com');
    const label = decodeURIComponent(new URL(uri).pathname);
    expect(label.match(/:/g)).toHaveLength(1);
    expect(label).toBe(`/${parametersOf(uri)['issuer'] ?? ''}:a b@example.com`);
    expect(parametersOf(uri)['issuer']).toBe('Evil  Corp');
  });

  test('S31: what an authenticator of another make reads from the address gives codes that are accepted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 20, maxLength: 20 }),
        fc.integer({ min: 0, max: 4_000_000_000 }),
        async (seed, now) => {
          const bytes = new Uint8Array(seed);
          const { uri, secret } = totp.present(bytes, 'Penumbra & Söhne', 'pät@example.com');
          const step = Math.floor(now / 30);
          expect(await totp.verify(bytes, totpCode(uri, now), now)).toBe(step);
          expect(await totp.verify(bytes, totpCode(secret, now), now)).toBe(step);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('S35: the picture is an SVG that loads nothing and runs nothing', () => {
    const { qrSvg } = totp.present(SEED, 'Penumbra', 'a@example.com');
    expect(qrSvg).toMatch(/^<svg /);
    expect(qrSvg).not.toMatch(/<script|href|url\(|on\w+=/i);
  });
});
