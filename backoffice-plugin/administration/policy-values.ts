// A policy as the fields of its editor have it, and back. What is left open in the editor is not demanded.

import type { FactorKindWire, PolicyView, PolicyWire } from '../../worker/interaction/wire.ts';
import { text } from '../localization/localize-administration.ts';
import { dayOf, endOf } from './dates.ts';
import type { Values } from './draft.ts';
import { LEVELS } from './policy-texts.ts';

/** What limits a policy: the configuration's floor, and what this service has. */
export type PolicyLimits = Pick<PolicyView, 'floor' | 'kinds' | 'countries'>;

export const HOUR = 3600;

type Level = (typeof LEVELS)[number];

/** Gives what the fields have for a policy. */
export function valuesOfPolicy(policy: PolicyWire, limits: PolicyLimits): Values {
  const { required, least, accepted, grace, sessions, countries, resetDelaySeconds } = policy;
  const kinds = possibleKinds(limits);
  return {
    required: required === true ? 'true' : '',
    least: least ?? '',
    accepted: (accepted ?? kinds).filter((kind) => kinds.includes(kind)).join(','),
    grace: grace ? 'true' : '',
    graceUntil: grace ? dayOf(grace.until) : '',
    graceSnoozes: grace ? String(grace.snoozes) : '3',
    ...Object.fromEntries(
      LEVELS.flatMap((level) => [
        [sessionField(level, 'overall'), inHours(sessions?.[level]?.overall)],
        [sessionField(level, 'idle'), inHours(sessions?.[level]?.idle)],
      ]),
    ),
    countries: (countries ?? limits.countries).filter((code) => limits.countries.includes(code)).join(','),
    resetDelay: inHours(resetDelaySeconds),
  };
}

/** Gives the policy that the fields say. `before`: what is not touched stays to the second. */
export function policyOfValues(values: Values, before: PolicyWire, limits: PolicyLimits): PolicyWire {
  const least = LEVELS.find((level) => level === values['least']);
  const accepted = chosenKinds(values, limits);
  const countries = partsOf(values['countries']);
  const sessions = sessionsOf(values, before);
  const resetDelaySeconds = secondsOf(values['resetDelay'], before.resetDelaySeconds);
  const until = untilOf(values, before);
  return {
    ...(values['required'] === 'true' && { required: true }),
    ...(least && { least }),
    ...(accepted.length < possibleKinds(limits).length && { accepted }),
    ...(until !== undefined && { grace: { until, snoozes: Number(values['graceSnoozes']) } }),
    ...(Object.keys(sessions).length > 0 && { sessions }),
    ...(countries.length < limits.countries.length && { countries }),
    ...(resetDelaySeconds !== undefined && { resetDelaySeconds }),
  };
}

function untilOf(values: Values, { grace }: PolicyWire): number | undefined {
  const { grace: on, graceUntil: chosen = '' } = values;
  if (on !== 'true') return undefined;
  return grace && dayOf(grace.until) === chosen ? grace.until : endOf(chosen);
}

function sessionsOf(values: Values, before: PolicyWire): NonNullable<PolicyWire['sessions']> {
  const levels = LEVELS.flatMap((level) => {
    const kept = before.sessions?.[level];
    const overall = secondsOf(values[sessionField(level, 'overall')], kept?.overall);
    const idle = secondsOf(values[sessionField(level, 'idle')], kept?.idle);
    if (overall === undefined && idle === undefined) return [];
    return [
      [level, { ...(overall !== undefined && { overall }), ...(idle !== undefined && { idle }) }] as const,
    ];
  });
  return Object.fromEntries(levels);
}

/** Finds mistakes in the fields, by field. */
export function policyMistakes(values: Values, limits: PolicyLimits, now: number): Values {
  const { floor } = limits;
  const mistakes: Record<string, string> = {};
  if (values['grace'] === 'true') {
    const until = endOf(values['graceUntil'] ?? '');
    if (until === undefined || until <= now) mistakes['graceUntil'] = text('admin.day.past');
    const snoozes = Number(values['graceSnoozes']);
    if (!Number.isInteger(snoozes) || snoozes < 0 || snoozes > 100)
      mistakes['graceSnoozes'] = text('admin.policy.snoozes.wrong');
  }
  for (const level of LEVELS)
    for (const what of ['overall', 'idle'] as const) {
      const field = sessionField(level, what);
      const most = floor.sessions?.[level]?.[what];
      const seconds = secondsOf(values[field], undefined);
      if (seconds !== undefined && !(seconds >= 60 && seconds <= (most ?? Infinity)))
        mistakes[field] =
          most === undefined
            ? text('admin.policy.hours.wrong')
            : text('admin.policy.hours.most', { hours: inHours(most) });
    }
  const delay = secondsOf(values['resetDelay'], undefined);
  const least = floor.resetDelaySeconds ?? 0;
  if (delay !== undefined && !(delay >= least && delay <= 30 * 24 * HOUR))
    mistakes['resetDelay'] = text('admin.policy.resetDelay.wrong', { hours: inHours(least) });
  return mistakes;
}

/** Names the field of a length of sessions. */
export function sessionField(level: Level, what: 'overall' | 'idle'): string {
  return `sessions.${level}.${what}`;
}

/** Gives the kinds that the floor lets be chosen. */
export function possibleKinds({ floor, kinds }: PolicyLimits): readonly FactorKindWire[] {
  return kinds.filter((kind) => floor.accepted?.includes(kind) ?? true);
}

/** Gives the kinds that are chosen. */
export function chosenKinds(values: Values, limits: PolicyLimits): readonly FactorKindWire[] {
  const chosen = partsOf(values['accepted']);
  return possibleKinds(limits).filter((kind) => chosen.includes(kind));
}

/** Reads a list. */
export function partsOf(joined: string | undefined): readonly string[] {
  return joined === undefined || joined === '' ? [] : joined.split(',');
}

/** Writes seconds as hours, as a number field has them. */
export function inHours(seconds: number | undefined): string {
  return seconds === undefined ? '' : String(Math.round((seconds / HOUR) * 100) / 100);
}

function secondsOf(typed: string | undefined, before: number | undefined): number | undefined {
  if (typed === undefined || typed === '') return undefined;
  return typed === inHours(before) ? before : Math.round(Number(typed) * HOUR);
}
