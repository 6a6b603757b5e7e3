import { openDestination, openEnrollment } from '../factors/enrollment.ts';
import { formatPhoneNumber } from '../factors/phone/phone-number.ts';
import { channelsOf, factorOf, secretFactorOf } from '../factors/registry.ts';
import type { SentCodeRecord } from '../factors/sent-code.lua.ts';
import type { Service } from '../http/service.ts';
import type { Records } from '../session/session.steps.ts';
import { kindOf, sentWire } from './view.ts';
import type { PendingSentWire, PendingTotpWire } from './wire.ts';

interface Owner {
  readonly sub: string;
  readonly email: string;
}

/** Presents a secret that waits for its first code to the person it belongs to; `undefined` when it can't be opened. */
export async function presentPending(
  { config, ports }: Service,
  owner: Owner,
  pending: Records,
): Promise<PendingTotpWire | undefined> {
  const { id = '', sealed = '', expiresAt } = pending;
  const secret = await openEnrollment(ports.vault, owner.sub, { id, kind: 'totp', sealed });
  if (!secret) return undefined;
  const totp = secretFactorOf('totp');
  const shown = totp.present(secret, config.serviceName, owner.email);
  return {
    enrollmentId: id,
    kind: 'totp',
    ...shown,
    codeLength: totp.codeLength,
    expiresAt: Number(expiresAt),
  };
}

/** Presents a mailbox or phone that waits for its code; `undefined` when its number can't be opened or no code was sent. */
export async function presentSent(
  { ports }: Service,
  owner: Owner,
  pending: Records,
  sent: SentCodeRecord | undefined,
  resendAt: number | undefined,
): Promise<PendingSentWire | undefined> {
  const { id = '', sealed = '', expiresAt } = pending;
  const kind = kindOf(pending['kind'] ?? '');
  if (kind === 'totp' || !sent) return undefined;
  const number =
    kind === 'phone'
      ? await openDestination(ports.vault, { sub: owner.sub, enrollment: id, destination: sealed })
      : undefined;
  if (kind === 'phone' && number === undefined) return undefined;
  const factor = factorOf(kind);
  return {
    enrollmentId: id,
    kind,
    destination: number === undefined ? owner.email : formatPhoneNumber(number),
    channels: channelsOf(kind),
    codeLength: factor.codeLength,
    sent: sentWire(sent),
    resendAt: resendAt ?? 0,
    expiresAt: Number(expiresAt),
  };
}
