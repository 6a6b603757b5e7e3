// What is demanded of a sign-in, and why. Pure: no I/O, no clock. The strictest of all layers wins, so that adding
// a layer never weakens the outcome. It must not know where a layer comes from.
import { type AssuranceLevel, reaches, stronger } from './assurance-level.ts';
import { type AuthenticationMethod, METHODS_BY_KIND } from './authentication-method.ts';

/** A kind of factor that a person can register. */
export type FactorKind = 'totp' | 'email' | 'phone';

/** The best level that a kind can give as the second factor. Email is never more than `2fa` (S21). */
export const LEVEL_BY_KIND: Readonly<Record<FactorKind, AssuranceLevel>> = {
  totp: 'aal2',
  phone: 'aal2',
  email: '2fa',
};

/** Every kind, in the order in which they are offered. A new kind is one entry above and one folder in `factors/`. */
export const FACTOR_KINDS: readonly FactorKind[] = ['totp', 'phone', 'email'];

/** Gives the strongest level that any of these kinds can give; `1fa` for none. */
export function strongestOf(kinds: Iterable<FactorKind>): AssuranceLevel {
  let strongest: AssuranceLevel = '1fa';
  for (const kind of kinds) strongest = stronger(strongest, LEVEL_BY_KIND[kind]);
  return strongest;
}

export type PolicySource = 'service' | 'organization' | 'site' | 'member' | 'requested';

/** What one layer says. What it leaves out it does not demand. */
export interface PolicyLayer {
  readonly source: PolicySource;
  readonly required?: boolean;
  readonly accepted?: readonly FactorKind[];
  readonly least?: AssuranceLevel;
}

/** What all layers demand together. `reasons` names the layers that ask for a second factor. */
export interface PolicyOutcome {
  readonly required: boolean;
  readonly accepted: readonly FactorKind[];
  readonly least: AssuranceLevel;
  readonly reasons: readonly PolicySource[];
}

/** Evaluates the layers in one pass. `accepted` is empty when no registered kind satisfies them all: then nobody passes. */
export function evaluatePolicy(layers: readonly PolicyLayer[]): PolicyOutcome {
  let least: AssuranceLevel = '1fa';
  let accepted: readonly FactorKind[] = FACTOR_KINDS;
  const reasons: PolicySource[] = [];
  for (const layer of layers) {
    const demanded = stronger(layer.required === true ? '2fa' : '1fa', layer.least ?? '1fa');
    if (demanded !== '1fa') reasons.push(layer.source);
    least = stronger(least, demanded);
    const named = layer.accepted;
    if (named) accepted = accepted.filter((kind) => named.includes(kind));
  }
  return {
    required: least !== '1fa',
    accepted: accepted.filter((kind) => reaches(LEVEL_BY_KIND[kind], least)),
    least,
    reasons,
  };
}

/** Gives the proofs of which a session must hold one; `undefined` where no second factor is demanded. */
export function proofsAskedFor({
  required,
  accepted,
}: PolicyOutcome): readonly AuthenticationMethod[] | undefined {
  return required ? accepted.flatMap((kind) => METHODS_BY_KIND[kind]) : undefined;
}

/** Tells whether a session that was begun so is enough: as strong as demanded, by a kind of factor that is accepted. */
export function meetsPolicy(
  session: { readonly level: AssuranceLevel; readonly methods: readonly AuthenticationMethod[] },
  outcome: PolicyOutcome,
): boolean {
  const proofs = proofsAskedFor(outcome);
  const isAccepted = proofs === undefined || session.methods.some((method) => proofs.includes(method));
  return isAccepted && reaches(session.level, outcome.least);
}
