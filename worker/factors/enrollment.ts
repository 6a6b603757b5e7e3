// Registered factors: their secrets and their binding. This folder must not know sessions or interactions; who owns
// a pending enrollment is a text that the caller gives.
import { base64url } from 'jose';
import type { FactorKind } from '../assurance/policy.ts';
import type { RandomPort } from '../ports/random.ts';
import type { VaultPort } from '../ports/vault.ts';
import { factorOf } from './registry.ts';

/** Seconds in which a new secret must be confirmed (S36). */
export const PENDING_SECONDS = 600;

/** A secret that waits for its first code, as it is stored. */
export interface SealedEnrollment {
  readonly id: string;
  readonly kind: FactorKind;
  readonly sealed: string;
}

/** Makes a secret for a new enrollment and seals it. */
export async function makeEnrollment(
  random: RandomPort,
  vault: VaultPort,
  sub: string,
  kind: FactorKind,
): Promise<SealedEnrollment> {
  const id = base64url.encode(random.bytes(16));
  const secret = factorOf(kind).makeSecret(random);
  return { id, kind, sealed: await vault.seal('factor-secret', contextOf(sub, id, kind), secret) };
}

/** Opens an enrollment's secret; `undefined` when it belongs to another account or enrollment, or was changed (S35, S47). */
export function openEnrollment(
  vault: VaultPort,
  sub: string,
  { id, kind, sealed }: SealedEnrollment,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return vault.open('factor-secret', contextOf(sub, id, kind), sealed);
}

function contextOf(sub: string, id: string, kind: FactorKind): string {
  return JSON.stringify([sub, id, kind]);
}
