// Where and on what something happened, in words.

import { currentLanguage, text } from '../localization/localize.ts';
import { deviceName } from './device-name.ts';

/** Says the device of a user agent, such as "Chrome on Windows". */
export function deviceText(userAgent: string): string {
  const { browser, system } = deviceName(userAgent);
  if (browser !== undefined && system !== undefined) return text('session.device', { browser, system });
  return browser ?? system ?? text('session.unknownDevice');
}

/** Says the place and the network address that something came from. */
export function placeText(from: { readonly country?: string; readonly address: string }): string {
  return `${countryText(from.country)} · ${from.address}`;
}

function countryText(country: string | undefined): string {
  if (country === undefined) return text('session.unknownPlace');
  try {
    const name = new Intl.DisplayNames([currentLanguage()], { type: 'region', fallback: 'none' }).of(country);
    return name ?? text('session.unknownPlace');
  } catch {
    // Not the shape of a country's code.
    return text('session.unknownPlace');
  }
}

/** Names a language in that language itself, as who looks for it reads it. */
export function languageName(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}
