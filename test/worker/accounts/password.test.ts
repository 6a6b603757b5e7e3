import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { COMMON_PASSWORDS } from '../../../worker/accounts/generated/common-passwords.ts';
import { passwordReasonText } from '../../../worker/localization/password-reasons.ts';
import { checkPassword, normalizePassword } from '../../../worker/accounts/password.ts';

const CONTEXT = ['ada.lovelace@example.com', 'Ada Lovelace', 'Analytical Engines'];

function rulesAgainst(password: string, minimumLength = 15): string[] {
  const check = checkPassword(password, { minimumLength, context: CONTEXT });
  return check.status === 'ok' ? [] : check.reasons.map(({ rule }) => rule);
}

describe('S01 length in code points', () => {
  test.each([
    ['x7 vq pl 09 zm k', 15, []],
    ['x7 vq pl 09 zm', 15, ['too_short']],
    ['x7 vq pl', 8, []],
    ['x7 vq p', 8, ['too_short']],
    ['🦊🌧🚲🪵🎈🧭🥁🪐', 8, []],
    ['🦊🌧🚲🪵🎈🧭🥁', 8, ['too_short']],
    ['e\u0301a\u0300o\u0302u\u0308', 8, ['too_short']],
    ['', 8, ['too_short']],
  ])('%j at least %i: %j', (password, minimumLength, rules) => {
    expect(rulesAgainst(password, minimumLength)).toEqual(rules);
  });
});

describe('S02 long and any character', () => {
  const words = 'orbit lantern tangerine river ';

  test('64 and far more are accepted whole', () => {
    expect(rulesAgainst(words.repeat(3).slice(0, 64))).toEqual([]);
    expect(rulesAgainst(`${words.repeat(40).slice(0, 1023)}x`)).toEqual([]);
  });

  test('beyond 1024 it is refused and not cut', () => {
    expect(rulesAgainst(`${words.repeat(40).slice(0, 1024)}x`)).toEqual(['too_long']);
  });

  test('all printable ASCII, spaces at the ends and Unicode are kept', () => {
    const all = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');
    expect(normalizePassword(all)).toBe(all);
    expect(normalizePassword('  a  ')).toBe('  a  ');
    expect(rulesAgainst(all)).toEqual([]);
    expect(rulesAgainst('пароль который длинный')).toEqual([]);
  });

  test('one password typed on two keyboards is one (NFC), but compatibility forms stay apart', () => {
    expect(normalizePassword('cafe\u0301')).toBe('caf\u00e9');
    expect(normalizePassword('ﬁ')).not.toBe('fi');
  });
});

test.each(['tangerine lantern orbit 47', 'onlylowercaseletters', '394857201938475', 'NO SMALL LETTERS HERE'])(
  'S03 no composition is demanded: %s',
  (password) => {
    expect(rulesAgainst(password)).toEqual([]);
  },
);

describe('S04 blocklist', () => {
  const common = COMMON_PASSWORDS.split(' ');

  test('has the 3,000 most common of allowed length, and stays small', async () => {
    expect(new Set(common).size).toBeGreaterThanOrEqual(3000);
    expect(common.every((password) => Array.from(password).length >= 8)).toBe(true);
    const file = new URL('../../../worker/accounts/generated/common-passwords.ts', import.meta.url);
    expect(gzipSync(await readFile(file)).length).toBeLessThan(20 * 1024);
  });

  test.each(['password', 'Password', 'PASSWORD1', '12345678', 'qwertyuiop', 'ｐａｓｓｗｏｒｄ'])(
    '%s is common',
    (password) => {
      expect(rulesAgainst(password, 8)).toEqual(['common']);
    },
  );

  test.each(['aaaaaaaaaaaaaaaa', 'abcabcabcabcabcabc', 'trustno1trustno1', '1234123412341234'])(
    '%s repeats itself',
    (password) => {
      expect(rulesAgainst(password)).toEqual(['repeated']);
    },
  );

  test.each([
    'ada.lovelace@example.com',
    'ADA.LOVELACE@EXAMPLE.COM',
    'adalovelace2024',
    'Lovelace12345678',
    'analyticalengines',
    'Analytical Engines 1',
    'penumbra1234567',
    '2024-umbraco-2024',
    'example.com2025',
    'Ada Lovelace!!!!',
  ])('%s is of the context', (password) => {
    expect(rulesAgainst(password, 8)).toEqual(['context']);
  });

  test.each(['ada likes walking home', 'my password is a sentence', 'penumbra of the eclipse'])(
    'only the whole password counts: %s',
    (password) => {
      expect(rulesAgainst(password)).toEqual([]);
    },
  );

  test('a reason is told for each mistake, in words', () => {
    const check = checkPassword('12345678', { minimumLength: 15, context: [] });
    expect(check).toMatchObject({ status: 'refused', reasons: [{ rule: 'too_short' }, { rule: 'common' }] });
    const reasons = check.status === 'refused' ? check.reasons : [];
    expect(reasons.map((reason) => passwordReasonText(reason, 'en'))).toEqual([
      'Use at least 15 characters; a few words in a row are easy to remember.',
      'This is one of the passwords that are tried first. Choose another.',
    ]);
    for (const reason of reasons) expect(passwordReasonText(reason, 'da')).toMatch(/\.$/);
  });
});
