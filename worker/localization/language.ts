// The languages of the service: which there are and which one somebody is spoken to in. One layer for screens, mails,
// texts and spoken words; the words themselves are in catalogues. It must not know who reads them.

/** A language that the service speaks, as BCP 47 tag. */
export type Language = 'en' | 'da';

export const LANGUAGES: readonly Language[] = ['en', 'da'];

/** With the region in whose manner dates are written and words are spoken. */
const REGIONS: Readonly<Record<Language, string>> = { en: 'en-GB', da: 'da-DK' };

/** Gives the BCP 47 tag with a region, for `Intl` and for voices. */
export function regionalTag(language: Language): string {
  return REGIONS[language];
}

/** Reads one tag; `da-DK` is Danish. `undefined` for a language that is not spoken here. */
export function parseLanguage(tag: string | undefined): Language | undefined {
  const main = (tag ?? '').trim().toLowerCase().split('-')[0];
  return LANGUAGES.find((language) => language === main);
}

/**
 * Chooses by wishes in order (the member's own choice, `ui_locales`, `Accept-Language`), each a list of tags separated by
 * spaces or commas, best first; English where none is spoken here. Weights (`;q=`) order a list.
 */
export function chooseLanguage(...wishes: readonly (string | undefined)[]): Language {
  for (const wish of wishes) {
    for (const tag of tagsOf(wish)) {
      const language = parseLanguage(tag);
      if (language) return language;
    }
  }
  return 'en';
}

function tagsOf(wish = ''): string[] {
  return wish
    .slice(0, 1000)
    .split(/[\s,]+/)
    .map((entry) => {
      const [tag = '', ...parameters] = entry.split(';');
      const weight = Number(parameters.find((each) => each.startsWith('q='))?.slice(2) ?? '1');
      return { tag, weight: Number.isNaN(weight) ? 0 : weight };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag);
}
