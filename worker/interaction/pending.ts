import { openEnrollment } from '../factors/enrollment.ts';
import { factorOf } from '../factors/registry.ts';
import type { Service } from '../http/service.ts';
import type { Records } from '../session/session.steps.ts';
import { kindOf } from './view.ts';
import type { PendingTotpWire } from './wire.ts';

/** Presents a secret that waits for its first code to the person it belongs to; `undefined` when it can't be opened. */
export async function presentPending(
  { config, ports }: Service,
  owner: { readonly sub: string; readonly email: string },
  pending: Records,
): Promise<PendingTotpWire | undefined> {
  const { id = '', sealed = '', expiresAt } = pending;
  const kind = kindOf(pending['kind'] ?? '');
  const secret = await openEnrollment(ports.vault, owner.sub, { id, kind, sealed });
  if (!secret) return undefined;
  const shown = factorOf(kind).present(secret, config.serviceName, owner.email);
  return { enrollmentId: id, kind, ...shown, expiresAt: Number(expiresAt) };
}
