import type { FactorKind } from '../assurance/policy.ts';
import type { Factor } from './factor.ts';
import { totp } from './totp/totp.factor.ts';

const FACTORS: Readonly<Record<FactorKind, Factor>> = { totp };

/** Gives the factor of a kind. */
export function factorOf(kind: FactorKind): Factor {
  return FACTORS[kind];
}
