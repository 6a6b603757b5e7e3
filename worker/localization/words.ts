import { da } from './da.ts';
import { en } from './en.ts';
import { type Catalogue, type Words, wordsFrom } from './format.ts';
import type { Language } from './language.ts';

/** Names a text of the service. */
export type TextKey = keyof typeof en;

/** The texts of the service in one language. */
export type ServiceWords = Words<typeof en>;

const CATALOGUES: Readonly<Record<Language, Catalogue<typeof en>>> = { en, da };

const made = new Map<Language, ServiceWords>();

/** Gives the words of a language. */
export function wordsOf(language: Language): ServiceWords {
  const words = made.get(language) ?? wordsFrom<typeof en>(language, CATALOGUES[language]);
  made.set(language, words);
  return words;
}
