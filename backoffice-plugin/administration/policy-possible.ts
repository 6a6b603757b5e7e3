// What no factor of this service could ever meet, found while it is edited. The service refuses it as well.

import type { FactorKindWire } from '../../worker/interaction/wire.ts';
import { text } from '../localization/localize-administration.ts';
import type { Values } from './draft.ts';
import { kindsText } from './member-texts.ts';
import { LEVELS } from './policy-texts.ts';
import { chosenKinds, partsOf, type PolicyLimits } from './policy-values.ts';

type Level = (typeof LEVELS)[number];

const GIVES: Readonly<Record<FactorKindWire, Level>> = { totp: 'aal2', phone: 'aal2', email: '2fa' };

/** Says why a policy can be met by nobody; nothing where it can. */
export function whyImpossible(values: Values, limits: PolicyLimits): readonly string[] {
  const least = strongest(values['least'], limits.floor.least);
  const required = values['required'] === 'true' || limits.floor.required === true;
  const kinds = chosenKinds(values, limits);
  const isDemanded = required || rank(least) > rank('1fa');
  const reasons: string[] = [];
  if (isDemanded && kinds.length === 0) reasons.push(text('admin.impossible.noKind'));
  else if (kinds.every((kind) => rank(GIVES[kind]) < rank(least)) && isDemanded)
    reasons.push(
      least === 'phr'
        ? text('admin.impossible.phr')
        : text('admin.impossible.least', { least: text(`admin.least.${least}`), kinds: kindsText(kinds) }),
    );
  if (kinds.includes('phone') && limits.countries.length > 0 && partsOf(values['countries']).length === 0)
    reasons.push(text('admin.impossible.noCountry'));
  return reasons;
}

/** Tells whether a level is weaker than the floor lets it be. */
export function isBelow(level: Level, floor: string | undefined): boolean {
  return rank(level) < rank(floor);
}

function strongest(one: string | undefined, other: string | undefined): Level {
  return LEVELS[Math.max(rank(one), rank(other), 0)] ?? '1fa';
}

function rank(level: string | undefined): number {
  return LEVELS.findIndex((each) => each === level);
}
