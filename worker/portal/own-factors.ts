import type { Context } from 'hono';
import type { FactorKind } from '../assurance/policy.ts';
import { makeEnrollment, PENDING_SECONDS } from '../factors/enrollment.ts';
import { limit } from '../factors/limits.ts';
import { verifyProof } from '../factors/proof.ts';
import { recordRefusedProof } from '../factors/refused-proof.steps.ts';
import type { AppEnv } from '../http/app-env.ts';
import { auditEvent } from '../http/audit-event.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import { kindOf, presentPending } from '../interaction/public.ts';
import type { Limit } from '../ports/redis.ts';
import { sessionKeyOf } from '../session/browser.ts';
import { readSession } from '../session/session.steps.ts';
import { key } from '../storage-keys.ts';
import {
  type AccountSnapshot,
  bindOwnEnrollment,
  removeEnrollment,
  reserveOwnEnrollment,
  reserveRemoval,
  type ReserveRemovalResult,
  startOwnEnrollment,
} from './account.steps.ts';
import { accountView, freshness, mayChangeFactors, ownAccount, portalPolicy } from './own-account.ts';
import { freshRequired, loginRequired } from './refusals.ts';

/** Starts another factor, or shows the one that was started. Two round trips. */
export async function startOwnFactor(
  c: Context<AppEnv>,
  service: Service,
  body: { readonly kind: FactorKind; readonly renew: boolean },
): Promise<Response> {
  const { config, ports } = service;
  const { now } = c.var.request;
  const session = await sessionKeyOf(c);
  const read = await ports.redis.run(readSession, { session }, { now });
  const own = read.status === 'live' ? ownAccount(config, read.session, read.account) : undefined;
  if (!own) return loginRequired();
  if (!mayChangeFactors(own, now)) return freshRequired();
  const { sub, email } = own.account;
  const { kind } = body;
  const made = await makeEnrollment(ports.random, ports.vault, sub, kind);
  const started = await ports.redis.run(
    startOwnEnrollment,
    { session, pending: key.pendingEnrollment(session) },
    { now, ...made, sub, pendingUntil: now + PENDING_SECONDS, ...(body.renew ? { renew: true } : {}) },
    { event: auditEvent(c.var.request, 'factor.enrollment.start', { kind }) },
  );
  if (started.status !== 'ok') return loginRequired();
  const pending = await presentPending(service, { sub, email }, started.pending);
  return pending ? c.json(pending) : problem('pending_enrollment_gone');
}

/** Confirms another factor with its first code. Two round trips: one load that counts the try, one commit. */
export async function confirmOwnFactor(
  c: Context<AppEnv>,
  service: Service,
  body: { readonly enrollmentId: string; readonly code: string; readonly name: string },
): Promise<Response> {
  const { config, ports } = service;
  const { now } = c.var.request;
  const { enrollmentId, name } = body;
  const session = await sessionKeyOf(c);
  const keys = { session, pending: key.pendingEnrollment(session) };
  const reserved = await ports.redis.run(
    reserveOwnEnrollment,
    keys,
    { ...freshness(config, now), enrollmentId },
    { limits: codeLimits(c), event: auditEvent(c.var.request, 'factor.enrollment.try', { enrollmentId }) },
  );
  switch (reserved.status) {
    case 'reserved':
      break;
    case 'none':
      return loginRequired();
    case 'stale':
      return freshRequired();
    case 'throttled':
      return problem('throttled', { retryAt: reserved.retryAt });
    case 'pending_gone':
      return problem('pending_enrollment_gone');
  }
  const kind = kindOf(reserved.pending['kind'] ?? '');
  const enrollment = { id: enrollmentId, kind, sealed: reserved.pending['sealed'] ?? '' };
  const verified = await verifyProof(ports.vault, reserved.session['sub'] ?? '', enrollment, body.code, now);
  if (verified.status === 'unreadable') return problem('pending_enrollment_gone');
  if (verified.status === 'wrong') {
    const event = auditEvent(c.var.request, 'factor.enrollment', {
      enrollmentId,
      sub: reserved.session['sub'],
      kind,
    });
    await ports.redis.run(recordRefusedProof, {}, { now, status: 'wrong_code' }, { event });
    return problem('wrong_code');
  }
  const bound = await ports.redis.run(
    bindOwnEnrollment,
    keys,
    { now, enrollmentId, name, counter: verified.counter },
    { event: auditEvent(c.var.request, 'factor.enrollment', { enrollmentId, kind }) },
  );
  if (bound.status === 'pending_gone') return problem('pending_enrollment_gone');
  return bound.status === 'ok' ? changed(c, service, bound) : loginRequired();
}

/** Disables a factor with a code of that factor. Two round trips: one load that reserves the try, one commit. */
export async function disableOwnFactor(
  c: Context<AppEnv>,
  service: Service,
  enrollmentId: string,
  oneTimeCode: string,
): Promise<Response> {
  const { config, ports } = service;
  const { now } = c.var.request;
  const session = await sessionKeyOf(c);
  const keepOne = portalPolicy(config).required;
  const reserved = await ports.redis.run(
    reserveRemoval,
    { session },
    { ...freshness(config, now), enrollmentId, keepOne },
    { limits: codeLimits(c), event: auditEvent(c.var.request, 'factor.disable.try', { enrollmentId }) },
  );
  if (reserved.status !== 'reserved') return refuseRemoval(reserved);
  const kind = kindOf(reserved.kind);
  const enrollment = { id: enrollmentId, kind, sealed: reserved.sealed };
  const verified = await verifyProof(
    ports.vault,
    reserved.session['sub'] ?? '',
    enrollment,
    oneTimeCode,
    now,
  );
  const event = auditEvent(c.var.request, 'factor.disable', {
    enrollmentId,
    sub: reserved.session['sub'],
    kind,
  });
  if (verified.status === 'unreadable') {
    await ports.redis.run(recordRefusedProof, {}, { now, status: 'unreadable' }, { event });
    return problem('factor_unusable');
  }
  if (verified.status === 'wrong') {
    await ports.redis.run(recordRefusedProof, {}, { now, status: 'wrong_code' }, { event });
    if (reserved.triesLeft > 0) return problem('wrong_code', { triesLeft: reserved.triesLeft });
    return problem('throttled', reserved.retryAt === undefined ? {} : { retryAt: reserved.retryAt });
  }
  const removed = await ports.redis.run(
    removeEnrollment,
    { session },
    { now, enrollmentId, counter: verified.counter, keepOne },
    { event },
  );
  switch (removed.status) {
    case 'ok':
      return changed(c, service, removed);
    case 'code_used':
      return problem('code_used');
    case 'missing':
      return problem('factor_unusable');
    case 'last_factor':
      return problem('last_factor');
    case 'none':
      return loginRequired();
  }
}

function refuseRemoval(refused: Exclude<ReserveRemovalResult, { readonly status: 'reserved' }>): Response {
  switch (refused.status) {
    case 'none':
      return loginRequired();
    case 'stale':
      return freshRequired();
    case 'unknown':
      return problem('not_found');
    case 'last_factor':
      return problem('last_factor');
    case 'throttled':
    case 'waiting':
      return problem('throttled', { retryAt: refused.retryAt });
    case 'disabled':
    case 'missing':
      return problem('factor_unusable');
  }
}

function changed(c: Context<AppEnv>, { config }: Service, snapshot: AccountSnapshot): Response {
  const own = ownAccount(config, snapshot.session, snapshot.account);
  return own ? c.json(accountView(own, snapshot)) : loginRequired();
}

function codeLimits(c: Context<AppEnv>): Limit[] {
  const { now, addressGroup } = c.var.request;
  return [limit('code-address', addressGroup, now)];
}
