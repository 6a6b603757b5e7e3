import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limit, limitBySubject, LIMITS, type LimitName } from '../../../worker/factors/limits.ts';

const NAMES = Object.keys(LIMITS) as LimitName[];
const NOW = 1_900_000_123;

describe('limits', () => {
  test('S18: five mails in ten minutes and ten a day to one mailbox', () => {
    expect(LIMITS['mail-destination']).toEqual({ most: 5, seconds: 600 });
    expect(LIMITS['mail-destination-day']).toEqual({ most: 10, seconds: 86_400 });
  });

  test('S76, bug 8: every limit allows something and ends some time', () => {
    expect(NAMES.length).toBeGreaterThan(10);
    for (const name of NAMES) {
      expect([name, LIMITS[name].most > 0, LIMITS[name].seconds > 0]).toEqual([name, true, true]);
    }
  });

  test('S18: all of a window share one counter, which ends when the next one begins', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.integer({ min: 0, max: 4_000_000_000 }), (name, now) => {
        const { seconds, most } = LIMITS[name];
        const at = limit(name, 'subject', now);
        expect(at.most).toBe(most);
        expect(at.endsAt).toBeGreaterThan(now);
        expect(at.endsAt - now).toBeLessThanOrEqual(seconds);
        expect(limit(name, 'subject', at.endsAt - 1)).toEqual(at);
        expect(limit(name, 'subject', at.endsAt - seconds)).toEqual(at);
        expect(limit(name, 'subject', at.endsAt).key).not.toBe(at.key);
      }),
    );
  });

  test('S76: subjects and limits never share a counter', () => {
    const subjects = ['a', 'b', 'all', '10.0.0.1', '2001:db8::/64', 'a@example.com'];
    const keys = NAMES.flatMap((name) => subjects.map((subject) => limit(name, subject, NOW).key));
    expect(new Set(keys).size).toBe(NAMES.length * subjects.length);
  });

  test('S76: where the step learns the subject, it completes the same key', () => {
    for (const name of NAMES) {
      const open = limitBySubject(name, NOW);
      const { key, ...rest } = limit(name, 'a@example.com', NOW);
      expect(`${open.key}a@example.com`).toBe(key);
      expect(open).toMatchObject({ ...rest, bySubject: true });
    }
  });
});
