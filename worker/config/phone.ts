// Reads the provider of texts and calls, and to which countries they may go. All of it or nothing: half of it would
// send texts that nobody can answer for, or offer a phone to people that can't be reached.
import { isSupportedCountry } from 'libphonenumber-js/max';
import type { Mistakes } from './mistakes.ts';
import { checkServiceUrl, readText, requireHeaderText, requireText, type Variables } from './variables.ts';

/** How texts are sent and calls made. */
export interface PhoneConfig {
  readonly accountSid: string;
  readonly authToken: string;
  /** E.164; shown to people as the sender of texts and calls. */
  readonly from: string;
  /** Texts go through it where there is one; calls always come from `from`. */
  readonly messagingServiceSid?: string;
  readonly baseUrl?: string;
  readonly lookupsBaseUrl?: string;
  /** Whether the provider is asked before each send if the SIM was changed a short while ago (S27). */
  readonly simSwap: boolean;
  /** ISO 3166-1 alpha-2, upper case: numbers of other countries are refused (S25). */
  readonly countries: readonly string[];
}

const NAMES = [
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_FROM',
  'TWILIO_MESSAGING_SERVICE_SID',
  'TWILIO_BASE_URL',
  'TWILIO_LOOKUPS_BASE_URL',
  'TWILIO_SIM_SWAP',
  'PENUMBRA_PHONE_COUNTRIES',
] as const;

/** Tells whether anything of a provider is set, so that the rest has to be there too. */
export function namesPhone(variables: Variables): boolean {
  return NAMES.some((name) => variables[name] !== undefined && variables[name] !== '');
}

/** Reads the provider; `undefined` where none is set, or where there was a mistake. */
export function readPhone(variables: Variables, mistakes: Mistakes): PhoneConfig | undefined {
  if (!namesPhone(variables)) return undefined;
  const accountSid = checkShape(
    'TWILIO_ACCOUNT_SID',
    requireText(variables, 'TWILIO_ACCOUNT_SID', mistakes, 'the SID of the account at Twilio (AC…)'),
    [/^AC[0-9a-f]{32}$/, 'must be AC and 32 hexadecimal digits: copy it again'],
    mistakes,
  );
  const authToken = requireHeaderText(
    variables,
    'TWILIO_AUTH_TOKEN',
    mistakes,
    'the auth token of the account at Twilio',
  );
  const from = checkShape(
    'TWILIO_FROM',
    requireText(variables, 'TWILIO_FROM', mistakes, 'a number of yours at Twilio, e.g. +15005550006'),
    [/^\+[1-9]\d{6,14}$/, 'must be a number with its country code and nothing between: +15005550006'],
    mistakes,
  );
  const messagingServiceSid = checkShape(
    'TWILIO_MESSAGING_SERVICE_SID',
    readText(variables, 'TWILIO_MESSAGING_SERVICE_SID', mistakes),
    [/^MG[0-9a-f]{32}$/, 'must be MG and 32 hexadecimal digits: copy it again, or leave it out'],
    mistakes,
  );
  const baseUrl = readUrl(variables, 'TWILIO_BASE_URL', mistakes);
  const lookupsBaseUrl = readUrl(variables, 'TWILIO_LOOKUPS_BASE_URL', mistakes);
  const simSwap = checkShape(
    'TWILIO_SIM_SWAP',
    readText(variables, 'TWILIO_SIM_SWAP', mistakes),
    [/^(true|false)$/, 'must be true or false'],
    mistakes,
  );
  const countries = readCountries(variables, mistakes);
  if (accountSid === undefined || authToken === undefined || from === undefined) return undefined;
  return {
    accountSid,
    authToken,
    from,
    ...(messagingServiceSid === undefined ? {} : { messagingServiceSid }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(lookupsBaseUrl === undefined ? {} : { lookupsBaseUrl }),
    simSwap: simSwap === 'true',
    countries,
  };
}

function readCountries(variables: Variables, mistakes: Mistakes): readonly string[] {
  const name = 'PENUMBRA_PHONE_COUNTRIES';
  const text = requireText(
    variables,
    name,
    mistakes,
    'the countries whose numbers are allowed, e.g. DK,SE (without it no number is)',
  );
  if (text === undefined) return [];
  const countries = text.split(',').map((country) => country.trim());
  for (const [index, country] of countries.entries()) {
    if (isSupportedCountry(country)) continue;
    mistakes.add(
      `${name} entry ${index + 1}`,
      'is no country that has numbers: use two capital letters of ISO 3166-1, e.g. DK',
    );
  }
  if (new Set(countries).size !== countries.length) mistakes.add(name, 'names a country twice');
  return countries;
}

function readUrl(variables: Variables, name: string, mistakes: Mistakes): string | undefined {
  const given = readText(variables, name, mistakes);
  return given === undefined ? undefined : checkServiceUrl(name, given, mistakes);
}

function checkShape(
  name: string,
  text: string | undefined,
  [shape, what]: readonly [shape: RegExp, what: string],
  mistakes: Mistakes,
): string | undefined {
  if (text === undefined || shape.test(text)) return text;
  mistakes.add(name, what);
  return undefined;
}
