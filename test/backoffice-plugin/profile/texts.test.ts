import { describe, expect, test } from 'vitest';
import { activityText, isInVain } from '../../../backoffice-plugin/profile/activity-text.ts';
import { deviceText, languageName, placeText } from '../../../backoffice-plugin/profile/place-text.ts';

describe('what happened to an account', () => {
  test.each([
    ['password.change', 'ok', 'The password was changed'],
    ['password.change', 'wrong_password', 'The password was not changed'],
    ['sign_in.challenge', 'wrong_code', 'A wrong code was entered at a sign-in'],
    ['factor.rename', 'unknown', 'A second factor was renamed: did not succeed'],
    ['sign_in.locked_out', 'disabled', 'A second factor was locked after too many wrong codes'],
    ['something.new', 'ok', 'Something about your account'],
    ['constructor', 'ok', 'Something about your account'],
  ])('%s (%s) is told in words', (type, result, words) => {
    expect(activityText({ type, result })).toBe(words);
  });

  test.each([
    ['sign_in.password', 'ok', false],
    ['sign_in.password', 'wrong_password', true],
    ['sign_in.locked_out', 'disabled', false],
  ])('%s (%s) was in vain: %s', (type, result, inVain) => {
    expect(isInVain({ type, result })).toBe(inVain);
  });
});

describe('where something happened', () => {
  test.each([
    [{ country: 'DK', address: '192.0.2.7' }, 'Denmark · 192.0.2.7'],
    [{ address: '2001:db8::12' }, 'Unknown place · 2001:db8::12'],
    // What platforms tell for Tor and for satellites; no country.
    [{ country: 'T1', address: '192.0.2.7' }, 'Unknown place · 192.0.2.7'],
    [{ country: '', address: '192.0.2.7' }, 'Unknown place · 192.0.2.7'],
  ])('%j is %j', (from, words) => {
    expect(placeText(from)).toBe(words);
  });

  test('a device that is not known is called so', () => {
    expect(deviceText('curl/8.5.0')).toBe('Unknown device');
    expect(deviceText('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
      'Firefox on Linux',
    );
  });

  test('a language is named in itself', () => {
    expect([languageName('en'), languageName('da')]).toEqual(['English', 'Dansk']);
  });
});
