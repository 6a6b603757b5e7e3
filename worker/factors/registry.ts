import type { FactorKind } from '../assurance/policy.ts';
import { email } from './email/email.factor.ts';
import { type Channel, type Factor, isSent, type SecretFactor } from './factor.ts';
import { phone } from './phone/phone.factor.ts';
import { totp } from './totp/totp.factor.ts';

const FACTORS: Readonly<Record<FactorKind, Factor>> = { totp, phone, email };

/** Gives the factor of a kind. */
export function factorOf(kind: FactorKind): Factor {
  return FACTORS[kind];
}

/**
 * Gives the factor of a kind that has a secret.
 * @throws Error for a kind whose codes are sent: then there is nothing to load.
 */
export function secretFactorOf(kind: FactorKind): SecretFactor {
  const factor = FACTORS[kind];
  if (isSent(factor)) throw new Error(`A ${kind} has no secret.`);
  return factor;
}

/** Gives the ways in which a code can reach a factor of this kind; none for an app. */
export function channelsOf(kind: FactorKind): readonly Channel[] {
  const factor = FACTORS[kind];
  return isSent(factor) ? (Object.keys(factor.channels) as Channel[]) : [];
}
