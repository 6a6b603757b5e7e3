// What a policy says, in words: a few for each thing that it demands, none for what it leaves open.

import type { PolicyWire } from '../../worker/interaction/wire.ts';
import { currentLanguage, day, plural, text, together } from '../localization/localize-administration.ts';
import { kindsText } from './member-texts.ts';

/** The settings of a policy, in the order in which they are shown. */
export const SETTINGS = [
  'required',
  'least',
  'accepted',
  'grace',
  'sessions',
  'countries',
  'resetDelaySeconds',
] as const satisfies readonly (keyof PolicyWire)[];

export type Setting = (typeof SETTINGS)[number];

export const LEVELS = ['1fa', '2fa', 'aal2', 'phr'] as const;

/** Says what a policy demands, setting by setting. */
export function policyTexts(policy: PolicyWire): readonly string[] {
  return SETTINGS.map((setting) => settingText(policy, setting)).filter((words) => words !== undefined);
}

/** Says what a policy demands of one setting; undefined where it says nothing. */
export function settingText(policy: PolicyWire, setting: Setting): string | undefined {
  const { required, least, accepted, grace, sessions, countries, resetDelaySeconds } = policy;
  switch (setting) {
    case 'required':
      return required === true ? text('admin.says.required') : undefined;
    case 'least':
      return least && text('admin.says.least', { least: text(`admin.least.${least}`) });
    case 'accepted':
      return accepted && text('admin.says.accepted', { kinds: kindsText(accepted) });
    case 'grace':
      return grace && plural('admin.says.grace', grace.snoozes, { day: day(grace.until) });
    case 'sessions':
      return sessionsText(sessions);
    case 'countries':
      return countries && text('admin.says.countries', { countries: together(countries.map(countryName)) });
    case 'resetDelaySeconds':
      return resetDelaySeconds === undefined
        ? undefined
        : text('admin.says.resetDelay', { hours: hours(resetDelaySeconds) });
  }
}

function sessionsText(sessions: PolicyWire['sessions']): string | undefined {
  const parts = LEVELS.flatMap((level) => {
    const { overall, idle } = sessions?.[level] ?? {};
    const name = text(`admin.least.${level}`);
    return [
      ...(overall === undefined ? [] : [text('admin.says.overall', { level: name, hours: hours(overall) })]),
      ...(idle === undefined ? [] : [text('admin.says.idle', { level: name, hours: hours(idle) })]),
    ];
  });
  return parts.length === 0 ? undefined : together(parts);
}

/** Says seconds in hours. */
export function hours(seconds: number): string {
  const count = Math.round((seconds / 3600) * 100) / 100;
  return new Intl.NumberFormat(currentLanguage(), {
    style: 'unit',
    unit: 'hour',
    unitDisplay: 'long',
  }).format(count);
}

/** Names a country by its code. */
export function countryName(code: string): string {
  try {
    return new Intl.DisplayNames([currentLanguage()], { type: 'region', fallback: 'code' }).of(code) ?? code;
  } catch {
    return code;
  }
}
