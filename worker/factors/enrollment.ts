// Registered factors: their secrets, their destinations and their binding. This folder must not know sessions or
// interactions; who owns a pending enrollment is a text that the caller gives.
import { base64url } from 'jose';
import type { FactorKind } from '../assurance/policy.ts';
import type { RandomPort } from '../ports/random.ts';
import type { VaultPort } from '../ports/vault.ts';
import type { PhoneNumber } from './phone/phone-number.ts';
import { secretFactorOf } from './registry.ts';

/** Seconds in which a new factor must be confirmed (S36). */
export const PENDING_SECONDS = 600;

/** A secret or a number that waits for its first code, as it is stored. */
export interface SealedEnrollment {
  readonly id: string;
  readonly kind: FactorKind;
  readonly sealed: string;
}

/** A phone that waits for its first code, as it is stored. */
export interface SealedPhone extends SealedEnrollment {
  readonly masked: string;
  readonly country: string;
  /** Keyed hashes of the number and of its first digits, by which limits count. */
  readonly destination: string;
  readonly range: string;
}

/** Makes a secret for a new enrollment and seals it. */
export async function makeEnrollment(
  random: RandomPort,
  vault: VaultPort,
  sub: string,
  kind: FactorKind,
): Promise<SealedEnrollment> {
  const id = makeEnrollmentId(random);
  const secret = secretFactorOf(kind).makeSecret(random);
  return { id, kind, sealed: await vault.seal('factor-secret', contextOf(sub, id, kind), secret) };
}

/** Makes the id of an enrollment. */
export function makeEnrollmentId(random: RandomPort): string {
  return base64url.encode(random.bytes(16));
}

/** Seals the number of a new phone. */
export async function makePhone(
  random: RandomPort,
  vault: VaultPort,
  sub: string,
  phone: PhoneNumber,
): Promise<SealedPhone> {
  const id = makeEnrollmentId(random);
  const plain = new TextEncoder().encode(phone.number);
  return {
    id,
    kind: 'phone',
    sealed: await vault.seal('factor-secret', contextOf(sub, id, 'phone'), plain),
    masked: phone.masked,
    country: phone.country,
    destination: await vault.mac('destination', phone.number),
    range: await vault.mac('destination', phone.range),
  };
}

/** Opens an enrollment's secret; `undefined` when it belongs to another account or enrollment, or was changed (S35, S47). */
export function openEnrollment(
  vault: VaultPort,
  sub: string,
  { id, kind, sealed }: SealedEnrollment,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return vault.open('factor-secret', contextOf(sub, id, kind), sealed);
}

/** Opens the number that a message goes to: fields `sub`, `enrollment` and `destination`. `undefined` as above. */
export async function openDestination(
  vault: VaultPort,
  record: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const { sub = '', enrollment = '', destination = '' } = record;
  const plain = await openEnrollment(vault, sub, { id: enrollment, kind: 'phone', sealed: destination });
  return plain ? new TextDecoder().decode(plain) : undefined;
}

function contextOf(sub: string, id: string, kind: FactorKind): string {
  return JSON.stringify([sub, id, kind]);
}
