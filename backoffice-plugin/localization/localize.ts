// Gives the words of the screens in the language that the host asked for. Knows no element and no network.

import { en } from './en.ts';

/** Names a text. */
export type TextKey = keyof typeof en;

/** A whole language. */
export type Texts = Readonly<Record<TextKey, string>>;

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

/** The values that a text needs, by name; nothing for a text without any. */
export type TextValues<Key extends TextKey> = [Names<(typeof en)[Key]>] extends [never]
  ? []
  : [values: Readonly<Record<Names<(typeof en)[Key]>, string | number>>];

const LANGUAGES: Readonly<Record<string, Texts>> = { en };

let language = 'en';

/** Chooses the language by BCP 47 tag; falls back to its main language, then to English. */
export function useLanguage(tag: string): void {
  const main = tag.split('-')[0] ?? 'en';
  language = [tag, main].find((each) => each in LANGUAGES) ?? 'en';
}

/** Gives a text with its values put in. */
export function text<Key extends TextKey>(key: Key, ...values: TextValues<Key>): string {
  const template = (LANGUAGES[language] ?? en)[key];
  const given = values[0] as Readonly<Record<string, string | number>> | undefined;
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(given?.[name] ?? whole));
}

/** Says a wait in words, rounded up: seconds below two minutes, minutes above. */
export function duration(seconds: number): string {
  const minutes = seconds >= 120;
  const amount = Math.ceil(minutes ? seconds / 60 : seconds);
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: minutes ? 'minute' : 'second',
    unitDisplay: 'long',
  }).format(amount);
}

/** Says a moment (epoch seconds) as date and time of the reader's clock. */
export function moment(epochSeconds: number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(
    epochSeconds * 1000,
  );
}
