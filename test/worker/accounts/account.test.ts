import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskEmail, parseAccount, parseEmail } from '../../../worker/accounts/account.ts';

describe('address', () => {
  test('S86: one account whatever the case, the spaces around and the form of the letters', () => {
    expect(parseEmail(' Pat.Person@Example.COM ')).toBe('pat.person@example.com');
    expect(parseEmail('pat+tag@example.com')).toBe('pat+tag@example.com');
    expect(parseEmail('pa\u0308t@example.com')).toBe('p\u00e4t@example.com');
    expect(parseEmail('pat@localhost')).toBe('pat@localhost');
    expect(parseEmail("o'brien@example.com")).toBe("o'brien@example.com");
  });

  test('S74, bug 27: lists, display names, line ends and half addresses are none', () => {
    for (const text of [
      '',
      '@',
      'pat',
      'pat@',
      '@example.com',
      'a@b@example.com',
      'a@example.com,b@example.com',
      'a@example.com;b@example.com',
      'a@example.com b@example.com',
      'Pat <pat@example.com>',
      '"pat"@example.com',
      'pat@example.com\nbcc: b@example.com',
      'pat@example.com\r\n.evil',
      'pat@example..com',
      'pat@.example.com',
      'pat@example.com.',
      'pat(comment)@example.com',
      'pat@[127.0.0.1]',
      'pa:t@example.com',
      `${'a'.repeat(250)}@b.cd`,
    ]) {
      expect([text, parseEmail(text)]).toEqual([text, undefined]);
    }
  });

  test('S86: what was parsed once stays as it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string()), (text) => {
        const email = parseEmail(text);
        if (email !== undefined) expect(parseEmail(email)).toBe(email);
      }),
    );
  });

  test('S20: a masked address shows one letter and the host, and not how long it is', () => {
    expect(maskEmail('editor@example.com')).toBe('e•••••@example.com');
    expect(maskEmail('x@example.com')).toBe('x•••••@example.com');
    expect(maskEmail('quite.a.long.name@example.com')).toBe('q•••••@example.com');
  });
});

describe('account record', () => {
  const record = {
    email: 'pat@example.com',
    name: 'Pat',
    status: 'active',
    home: 'example',
    version: '3',
    'member:example': 'admin',
    'enrollment:abc:def': 'totp',
  };

  test('S47: says which organisations and which enrollments it has', () => {
    const account = parseAccount('sub', record);
    expect([...account.memberships]).toEqual([['example', 'admin']]);
    expect([...account.enrollments]).toEqual([['abc:def', 'totp']]);
    expect(account.version).toBe(3);
    expect(account).not.toHaveProperty('password');
  });

  test('S47: a record with an unknown kind, role or status is refused, never read as "no factor"', () => {
    for (const change of [
      { 'enrollment:abc:def': 'sms' },
      { 'enrollment:abc:def': '' },
      { 'member:example': 'root' },
      { status: 'deleted' },
      { status: '' },
      { email: '' },
      { home: '' },
    ]) {
      expect(() => parseAccount('sub', { ...record, ...change })).toThrow(/An account record/);
    }
  });
});
