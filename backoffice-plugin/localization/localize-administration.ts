// Gives the words of the administration, beside those that all screens share. They are a catalogue of their own, so that
// who signs in doesn't load them.

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
import { administration } from './en/administration.ts';
import { currentLanguage, loadLanguage } from './localize.ts';

export { currentLanguage, duration, listed, moment } from './localize.ts';

const ENGLISH = { ...en, ...administration };

type English = typeof ENGLISH;

/** The words of the administration alone, in a whole language. */
export type AdministrationTexts = Catalogue<typeof administration>;

const CATALOGUES: Readonly<Record<Language, () => Promise<Catalogue<English>>>> = {
  en: () => Promise.resolve(ENGLISH),
  da: async () => {
    const [{ da }, own] = await Promise.all([import('./da.ts'), import('./da/administration.ts')]);
    return { ...da, ...own.administration };
  },
};

let words: Words<English> = wordsFrom<English>('en', ENGLISH);

/** Loads a language for the administration and for the screens that it uses; see `loadLanguage`. */
export async function loadAdministrationLanguage(tag: string): Promise<void> {
  await loadLanguage(tag);
  const language = parseLanguage(currentLanguage()) ?? 'en';
  try {
    words = wordsFrom<English>(language, await CATALOGUES[language]());
  } catch {
    words = wordsFrom<English>('en', ENGLISH);
  }
}

/** Gives a text with its values put in. */
export function text<Key extends keyof English>(key: Key, ...values: ValuesOf<English[Key]>): string {
  return words.text(key, ...values);
}

/** Gives the form of a text for `count`. */
export function plural<Stem extends PluralKey<English>>(
  stem: Stem,
  count: number,
  ...values: PluralValues<English, Stem>
): string {
  return words.plural(stem, count, ...values);
}

/** Says a day (epoch seconds) of the reader's calendar. */
export function day(epochSeconds: number): string {
  return new Intl.DateTimeFormat(regional(), { dateStyle: 'medium' }).format(epochSeconds * 1000);
}

/** Says a UTC day (`2026-05-01`) in short, as under a chart. */
export function shortDay(isoDay: string): string {
  const format = new Intl.DateTimeFormat(regional(), { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return format.format(Date.parse(isoDay));
}

/** Writes a number, with the marks that the reader is used to. */
export function number(value: number): string {
  return new Intl.NumberFormat(regional()).format(value);
}

/** Writes a share of a whole. */
export function percent(part: number, whole: number): string {
  const share = whole === 0 ? 0 : part / whole;
  return new Intl.NumberFormat(regional(), { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** Lists all of several: `a, b and c`. */
export function together(parts: readonly string[]): string {
  return new Intl.ListFormat(regional(), { type: 'conjunction' }).format(parts);
}

function regional(): string {
  return regionalTag(parseLanguage(words.language) ?? 'en');
}
