import { afterEach, describe, expect, test } from 'vitest';
import {
  currentLanguage,
  duration,
  loadLanguage,
  text,
} from '../../../backoffice-plugin/localization/localize.ts';
import { fill, wordsFrom } from '../../../worker/localization/format.ts';
import { chooseLanguage, parseLanguage } from '../../../worker/localization/language.ts';
import { wordsOf } from '../../../worker/localization/words.ts';

describe('putting values in', () => {
  test('puts each value where its name is, as often as that is', () => {
    expect(fill('{a} and {b}, {a}', { a: 'one', b: 2 })).toBe('one and 2, one');
  });

  test('never reads a value as a text', () => {
    expect(fill('{a}', { a: '{b} $& $1', b: 'taken' })).toBe('{b} $& $1');
  });

  test('leaves what has no value, whatever objects have by nature', () => {
    expect(fill('{constructor} {missing}')).toBe('{constructor} {missing}');
  });
});

describe('the form for a count', () => {
  const en = { 'try.one': 'one try', 'try.other': '{count} tries for {name}' } as const;

  test.each([
    [0, '0 tries for Ada'],
    [1, 'one try'],
    [2, '2 tries for Ada'],
  ])('of %i', (count, said) => {
    expect(wordsFrom<typeof en>('en', en).plural('try', count, { name: 'Ada' })).toBe(said);
  });

  test('is the one of the language: French says 0 like 1', () => {
    expect(wordsFrom<typeof en>('fr', en).plural('try', 0, { name: 'Ada' })).toBe('one try');
  });

  test('is the general one where a language has no other', () => {
    const only = { 'x.other': '{count} x' } as const;
    expect(wordsFrom<typeof only>('en', only).plural('x', 1)).toBe('1 x');
  });
});

describe('the language', () => {
  test.each([
    ['da', 'da'],
    ['da-DK', 'da'],
    [' EN-gb ', 'en'],
    ['dan', undefined],
    [undefined, undefined],
  ])('of the tag %j is %j', (tag, language) => {
    expect(parseLanguage(tag)).toBe(language);
  });

  test.each([
    [['da', 'en'], 'da'],
    [[undefined, 'fr da', 'en'], 'da'],
    [[undefined, '', 'de,fr'], 'en'],
    [[undefined, undefined, 'en;q=0.5, da;q=0.9'], 'da'],
    [[undefined, 'da;q=0', 'en'], 'en'],
    [[undefined, 'da;q=x'], 'en'],
  ] as const)('for the wishes %j is %s', (wishes, language) => {
    expect(chooseLanguage(...wishes)).toBe(language);
  });

  test('of the service is spoken in its words', () => {
    expect(wordsOf('da').text('page.signIn')).toBe('Log ind');
    expect(wordsOf('en').text('page.signIn')).toBe('Sign in');
  });
});

describe('the screens', () => {
  afterEach(() => loadLanguage('en'));

  test('speak Danish once it is loaded', async () => {
    expect(text('identify.title')).toBe('Sign in');
    await loadLanguage('da-DK');
    expect(currentLanguage()).toBe('da');
    expect(text('identify.title')).toBe('Log ind');
    expect(text('identify.lead', { site: 'Aarhus' })).toBe('for at fortsætte til Aarhus');
    expect(duration(45)).toBe('45 sekunder');
  });

  test('speak English where a language is not known', async () => {
    await loadLanguage('da');
    await loadLanguage('tlh');
    expect(text('identify.title')).toBe('Sign in');
  });
});
