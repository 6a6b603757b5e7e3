import type { FactorKind } from '../assurance/policy.ts';
import type { EpochSeconds } from '../ports/clock.ts';
import type { VaultPort } from '../ports/vault.ts';
import { openEnrollment, type SealedEnrollment } from './enrollment.ts';
import { secretFactorOf } from './registry.ts';

/** `unreadable`: the secret can't be opened for this account and enrollment, so nobody passes with it (S47). */
export type Proof =
  | { readonly status: 'right'; readonly kind: FactorKind; readonly counter: number }
  | { readonly status: 'wrong' }
  | { readonly status: 'unreadable' };

/** Verifies a one-time code against an enrollment whose try was reserved. `now` in epoch seconds. */
export async function verifyProof(
  vault: VaultPort,
  sub: string,
  enrollment: SealedEnrollment,
  oneTimeCode: string,
  now: EpochSeconds,
  acceptsNext: boolean,
): Promise<Proof> {
  const secret = await openEnrollment(vault, sub, enrollment);
  if (!secret) return { status: 'unreadable' };
  const { kind } = enrollment;
  const counter = await secretFactorOf(kind).verify(secret, oneTimeCode, now, acceptsNext);
  return counter === undefined ? { status: 'wrong' } : { status: 'right', kind, counter };
}
