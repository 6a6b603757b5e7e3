// Which phone numbers may be registered (S25). Pure: no I/O.
import { type CountryCode, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** A number that may be registered. */
export interface PhoneNumber {
  /** E.164. */
  readonly number: string;
  /** In international spelling, for the one who typed it. */
  readonly shown: string;
  /** With all but the country and the last two digits hidden (S20). */
  readonly masked: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** The first digits, which numbers of one block share. */
  readonly range: string;
  /** A landline takes calls only. */
  readonly textable: boolean;
}

export type PhoneNumberRefusal = 'not_a_number' | 'country' | 'kind' | 'landline';

/** Kinds of number that people have a phone at. Premium, shared cost, VoIP, toll free, pager and the like are refused. */
const PERSONAL = new Set(['MOBILE', 'FIXED_LINE', 'FIXED_LINE_OR_MOBILE']);

/**
 * Parses a number in any spelling; `country` is where it is from when it has no `+`.
 * @see ITU-T E.164; NIST SP 800-63B-4 3.1.3.1
 */
export function parsePhoneNumber(
  text: string,
  country: string | undefined,
  allowed: readonly string[],
): PhoneNumber | { readonly refused: PhoneNumberRefusal } {
  const parsed = parsePhoneNumberFromString(text, country as CountryCode | undefined);
  if (!parsed?.isValid() || parsed.ext !== undefined) return { refused: 'not_a_number' };
  const type = parsed.getType();
  if (parsed.country === undefined || !allowed.includes(parsed.country)) return { refused: 'country' };
  if (type === undefined || !PERSONAL.has(type)) return { refused: 'kind' };
  const shown = parsed.formatInternational();
  return {
    number: parsed.number,
    shown,
    masked: mask(shown, parsed.countryCallingCode),
    country: parsed.country,
    range: parsed.number.slice(0, 1 + parsed.countryCallingCode.length + 4),
    textable: type !== 'FIXED_LINE',
  };
}

/** Gives the countries with their calling codes, as a screen lists them. */
export function callingCodes(
  countries: readonly string[],
): { readonly country: string; readonly callingCode: string }[] {
  return countries.map((country) => ({
    country,
    callingCode: getCountryCallingCode(country as CountryCode),
  }));
}

function mask(shown: string, callingCode: string): string {
  const digits = shown.replace(/\D/g, '').length;
  let seen = 0;
  return shown.replace(/\d/g, (digit) => {
    seen += 1;
    return seen <= callingCode.length || seen > digits - 2 ? digit : '•';
  });
}

/** Spells a number internationally, for its owner. */
export function formatPhoneNumber(number: string): string {
  return parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}
