// A policy as an administrator writes it: whether it can be met here, and what of the one before it changes.
import { ASSURANCE_LEVELS } from '../assurance/assurance-level.ts';
import {
  evaluatePolicy,
  FACTOR_KINDS,
  type FactorKind,
  type PolicyLayer,
  whyImpossible,
} from '../assurance/policy.ts';
import type { FieldError } from '../http/body.ts';
import type { Service } from '../http/service.ts';
import { allowedCountries } from '../interaction/public.ts';
import type { PolicyWire } from '../interaction/wire.ts';

/** Gives the kinds of factor that this service has at all. */
export function kindsOfService({ ports }: Service): readonly FactorKind[] {
  return FACTOR_KINDS.filter((kind) => kind !== 'phone' || ports.phone !== undefined);
}

/** Gives a layer as the API writes it. */
export function policyWire(layer: PolicyLayer): PolicyWire {
  const said = Object.entries(layer).filter(([field]) => field !== 'source' && field !== 'must');
  return Object.fromEntries(said);
}

const WHY = {
  least: 'No method that is available here is as strong as this. Ask for less.',
  accepted: 'None of these methods is strong enough, or the service does not accept them. Name another one.',
  must: 'A method that has to be set up is not accepted. Accept it too.',
} as const;

/** Says why a policy can't be kept: nobody could meet it together with the service's floor, or it names unknown countries. */
export function mistakesOf(service: Service, layer: PolicyLayer): readonly FieldError[] {
  const { config } = service;
  const configured = config.phone?.countries ?? [];
  const unknown = (layer.countries ?? []).filter((country) => !configured.includes(country));
  if (unknown.length > 0) {
    const message =
      configured.length === 0
        ? 'Leave this out: there are no phones here.'
        : `Name only countries that the service allows: ${configured.join(', ')}.`;
    return [{ field: 'policy.countries', message }];
  }
  const { countries } = evaluatePolicy([config.policy, layer]);
  const hasPhone = allowedCountries(config, countries).length > 0;
  const kinds = kindsOfService(service).filter((kind) => kind !== 'phone' || hasPhone);
  const why = whyImpossible([config.policy, layer], kinds);
  return why === undefined
    ? []
    : [{ field: why === 'least' ? 'policy.least' : 'policy.accepted', message: WHY[why] }];
}

/** An entry of the log stays small. */
const LONGEST_TEXT = 900;

/** Says in one line what changes, for the log. */
export function changesBetween(before: PolicyWire, after: PolicyWire): string {
  const [old, new_] = [sayings(before), sayings(after)];
  const names = [...new Set([...old.keys(), ...new_.keys()])];
  const changed = names
    .filter((name) => old.get(name) !== new_.get(name))
    .map((name) => `${name}: ${old.get(name) ?? 'none'} > ${new_.get(name) ?? 'none'}`);
  const text = changed.join('; ');
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}

function sayings(policy: PolicyWire): ReadonlyMap<string, string> {
  const { required, accepted, least, grace, sessions, countries, resetDelaySeconds } = policy;
  const said: (readonly [string, string | undefined])[] = [
    ['required', required === undefined ? undefined : required ? 'yes' : 'no'],
    ['accepted', accepted && (accepted.toSorted().join(' ') || 'nothing')],
    ['least', least],
    ['grace', grace && `${new Date(grace.until * 1000).toISOString()} ${grace.snoozes} times`],
    ...ASSURANCE_LEVELS.flatMap((level) => {
      const { overall, idle } = sessions?.[level] ?? {};
      return [
        [`sessions.${level}.overall`, overall === undefined ? undefined : `${overall} s`] as const,
        [`sessions.${level}.idle`, idle === undefined ? undefined : `${idle} s`] as const,
      ];
    }),
    ['countries', countries && (countries.toSorted().join(' ') || 'none at all')],
    ['resetDelay', resetDelaySeconds === undefined ? undefined : `${resetDelaySeconds} s`],
  ];
  return new Map(said.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}
