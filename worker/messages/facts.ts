import { type Language, regionalTag } from '../localization/language.ts';
import { wordsOf } from '../localization/words.ts';
import type { EpochSeconds } from '../ports/clock.ts';
import type { Circumstances } from './content.ts';
import { deviceName } from './device.ts';
import { oneLine } from './names.ts';

/** One line of "where and when". */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** Says where, when and with what something happened. */
export function factsOf(circumstances: Circumstances, language: Language): Fact[] {
  const { text } = wordsOf(language);
  return [
    { label: text('fact.site'), value: oneLine(circumstances.siteName) },
    { label: text('fact.time'), value: momentText(circumstances.at, language) },
    { label: text('fact.place'), value: placeText(circumstances, language) },
    { label: text('fact.device'), value: deviceName(circumstances.device, language) },
  ];
}

/** Says the same of what another person did: where they sat, and at what, is theirs alone. */
export function factsOfOther(circumstances: Circumstances, language: Language): Fact[] {
  return factsOf(circumstances, language).slice(0, 2);
}

/** Says when; nobody's own time zone is known here, so that it is named. */
export function momentText(at: EpochSeconds, language: Language): string {
  const format = new Intl.DateTimeFormat(regionalTag(language), {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return wordsOf(language).text('time.utc', { moment: format.format(at * 1000) });
}

function placeText({ address, country }: Circumstances, language: Language): string {
  const { text } = wordsOf(language);
  const known = address === 'unknown' ? text('place.unknown') : oneLine(address);
  const name = countryName(country, language);
  return name === undefined ? known : text('place.known', { country: name, address: known });
}

/** `ZZ` and what has not the shape of a code name no country. */
function countryName(country: string | undefined, language: Language): string | undefined {
  if (country === undefined || country === 'ZZ' || !/^[A-Z]{2}$/.test(country)) return undefined;
  return new Intl.DisplayNames([regionalTag(language)], { type: 'region', fallback: 'none' }).of(country);
}
