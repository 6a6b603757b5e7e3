// Gives the words of the screens in the language that the host asked for. Knows no element; English is always there,
// another language is loaded when somebody reads it.

import {
  type Catalogue,
  type PluralKey,
  type PluralValues,
  type ValuesOf,
  type Words,
  wordsFrom,
} from '../../worker/localization/format.ts';
import { type Language, parseLanguage, regionalTag } from '../../worker/localization/language.ts';
import { en } from './en.ts';

type English = typeof en;

/** Names a text. */
export type TextKey = keyof English;

/** A whole language. */
export type Texts = Catalogue<English>;

/** The values that a text needs, by name; nothing for a text without any. */
export type TextValues<Key extends TextKey> = ValuesOf<English[Key]>;

const CATALOGUES: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: () => Promise.resolve(en),
  da: async () => (await import('./da.ts')).da,
};

let words: Words<English> = wordsFrom<English>('en', en);

/**
 * Loads the language of a BCP 47 tag and speaks it from then on: before an element is given its client. Where it is not
 * spoken here, or can't be loaded, the screens are in English: nobody is kept from signing in by a missing translation.
 */
export async function loadLanguage(tag: string): Promise<void> {
  const language = parseLanguage(tag) ?? 'en';
  try {
    words = wordsFrom<English>(language, await CATALOGUES[language]());
  } catch {
    words = wordsFrom<English>('en', en);
  }
}

/** Tells the language that is spoken, as BCP 47 tag. */
export function currentLanguage(): string {
  return words.language;
}

/** Gives a text with its values put in. */
export function text<Key extends TextKey>(key: Key, ...values: TextValues<Key>): string {
  return words.text(key, ...values);
}

/** Gives the form of a text for `count`: `plural('x', 2)` is `x.other` with `{count}` put in, in English. */
export function plural<Stem extends PluralKey<English>>(
  stem: Stem,
  count: number,
  ...values: PluralValues<English, Stem>
): string {
  return words.plural(stem, count, ...values);
}

/** Lists what one can choose from: `a, b or c`. */
export function listed(parts: readonly string[]): string {
  const language = parseLanguage(words.language) ?? 'en';
  return new Intl.ListFormat(regionalTag(language), { type: 'disjunction' }).format(parts);
}

/** Says a wait in words, rounded up: seconds below two minutes, minutes above. */
export function duration(seconds: number): string {
  const minutes = seconds >= 120;
  const amount = Math.ceil(minutes ? seconds / 60 : seconds);
  return new Intl.NumberFormat(words.language, {
    style: 'unit',
    unit: minutes ? 'minute' : 'second',
    unitDisplay: 'long',
  }).format(amount);
}

/** Says a moment (epoch seconds) as date and time of the reader's clock, in the manner of the mails. */
export function moment(epochSeconds: number): string {
  const language = parseLanguage(words.language) ?? 'en';
  const format = new Intl.DateTimeFormat(regionalTag(language), { dateStyle: 'medium', timeStyle: 'short' });
  return format.format(epochSeconds * 1000);
}
