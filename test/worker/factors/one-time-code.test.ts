import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../worker/adapters/web-crypto/random.ts';
import { MAIL_CODE_LENGTH, makeOneTimeCode, makeReference } from '../../../worker/factors/one-time-code.ts';
import type { RandomPort } from '../../../worker/ports/random.ts';

/** A source that gives these 32-bit numbers, one after another. */
function numbers(...values: readonly number[]): RandomPort {
  const left = [...values];
  return {
    bytes: (length) => {
      const value = left.shift();
      if (value === undefined || length !== 4) throw new Error('Nothing more was expected to be drawn.');
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setUint32(0, value);
      return bytes;
    },
  };
}

describe('code by mail', () => {
  test('S08: leading zeros are kept: a code is text', () => {
    expect(makeOneTimeCode(numbers(0), 8)).toBe('00000000');
    expect(makeOneTimeCode(numbers(42), 8)).toBe('00000042');
    expect(makeOneTimeCode(numbers(7), 6)).toBe('000007');
    expect(makeOneTimeCode(numbers(99_999_999), 8)).toBe('99999999');
    expect(makeOneTimeCode(numbers(100_000_000), 8)).toBe('00000000');
  });

  test('S08: numbers at which a code would come more often than others are drawn again', () => {
    // 42 whole rounds of 10^8 fit into 32 bits; what is above them is not used.
    expect(makeOneTimeCode(numbers(4_199_999_999), 8)).toBe('99999999');
    expect(makeOneTimeCode(numbers(4_200_000_000, 4_294_967_295, 5), 8)).toBe('00000005');
    expect(makeOneTimeCode(numbers(4_294_000_000, 6), 6)).toBe('000006');
    expect(makeOneTimeCode(numbers(4_293_999_999), 6)).toBe('999999');
  });

  test('S08: eight digits, each as frequent as the others at every place', () => {
    const random = createRandom();
    const draws = 20_000;
    const counts = Array.from({ length: MAIL_CODE_LENGTH }, () => new Array<number>(10).fill(0));
    for (let draw = 0; draw < draws; draw += 1) {
      const code = makeOneTimeCode(random, MAIL_CODE_LENGTH);
      expect(code).toMatch(/^[0-9]{8}$/);
      for (const [place, digit] of Array.from(code).entries()) {
        const row = counts[place];
        if (row) row[Number(digit)] = (row[Number(digit)] ?? 0) + 1;
      }
    }
    for (const row of counts) {
      const chiSquare = row.reduce((sum, count) => sum + (count - draws / 10) ** 2 / (draws / 10), 0);
      // Nine degrees of freedom: an even source is beyond this once in some hundred million rows.
      expect(chiSquare).toBeLessThan(55);
    }
  });

  test('S11: a reference has four letters that are not read for others', () => {
    const random = createRandom();
    const references = Array.from({ length: 2000 }, () => makeReference(random));
    expect(references.every((reference) => /^[A-HJ-NPR-TW-Y]{4}$/.test(reference))).toBe(true);
    expect(references.join('')).not.toMatch(/[IOQUVZ0-9]/);
    expect(new Set(references.join('')).size).toBe(20);
    expect(new Set(references).size).toBeGreaterThan(1000);
  });
});
