import { describe, expect, test } from 'vitest';
import {
  FIRST_RESEND_SECONDS,
  limit,
  limitBySubject,
  LIMITS,
  type LimitName,
  providerLanes,
  sendLimits,
  TRIES_A_CODE,
} from '../../../worker/factors/limits.ts';

const NAMES = Object.keys(LIMITS) as LimitName[];
const NOW = 1_900_000_123;

describe('limits', () => {
  test('S18: five codes in ten minutes and ten a day, to one account, one mailbox and one phone', () => {
    for (const name of ['code-account', 'mail-destination', 'phone-destination'] as const) {
      expect([name, LIMITS[name]]).toEqual([name, { most: 5, seconds: 600 }]);
      expect([name, LIMITS[`${name}-day`]]).toEqual([name, { most: 10, seconds: 86_400 }]);
    }
    expect(FIRST_RESEND_SECONDS).toBe(60);
    expect(TRIES_A_CODE).toBe(5);
  });

  test('S18: a send counts by account, destination, range, country, client address and for all', () => {
    const bySubject: Record<string, readonly LimitName[]> = {
      account: ['code-account', 'code-account-day'],
      mailbox: ['mail-destination', 'mail-destination-day'],
      mailAddress: ['mail-address'],
      mailAll: ['mail-all'],
      destination: ['phone-destination', 'phone-destination-day'],
      range: ['phone-range'],
      newCountry: ['phone-country-new'],
      phoneAddress: ['phone-address'],
      country: ['phone-country'],
      phoneAll: ['phone-all'],
    };
    const expected = Object.entries(bySubject).flatMap(([subject, names]) =>
      names.map((name) => ({ ...limitBySubject(name), bySubject: subject })),
    );
    const byKey = (one: { readonly key: string }, other: { readonly key: string }): number =>
      one.key < other.key ? -1 : 1;
    expect(sendLimits().toSorted(byKey)).toEqual(expected.toSorted(byKey));
  });

  test('S18: the queue hands over no more a second than the providers take, by a counter of each second', () => {
    const lanes = providerLanes(NOW);
    expect(lanes.map(({ name, most }) => [name, most])).toEqual([
      ['mail', 2],
      ['phone', 10],
    ]);
    const next = providerLanes(NOW + 1);
    expect(new Set([...lanes, ...next].map(({ rate }) => rate)).size).toBe(4);
    expect(providerLanes(NOW)).toEqual(lanes);
  });

  test('S76, bug 8: every limit allows something and ends some time', () => {
    expect(NAMES.length).toBeGreaterThan(25);
    for (const name of NAMES) {
      expect([name, LIMITS[name].most > 0, LIMITS[name].seconds > 0]).toEqual([name, true, true]);
    }
  });

  test('S76: subjects and limits never share a counter', () => {
    const subjects = ['a', 'b', 'all', '10.0.0.1', '2001:db8::/64', 'a@example.com'];
    const keys = NAMES.flatMap((name) => subjects.map((subject) => limit(name, subject).key));
    expect(new Set(keys).size).toBe(NAMES.length * subjects.length);
  });

  test('S76: where the step learns the subject, it completes the same key', () => {
    for (const name of NAMES) {
      const open = limitBySubject(name);
      const { key, ...rest } = limit(name, 'a@example.com');
      expect(`${open.key}a@example.com`).toBe(key);
      expect(open).toMatchObject({ ...rest, bySubject: true });
    }
  });
});
