// Proving one's own factor: to remove it, or to give another number.
import type { Context } from 'hono';
import type { Channel } from '../factors/factor.ts';
import { sendLimits } from '../factors/limits.ts';
import { verifyProof } from '../factors/proof.ts';
import { recordRefusedProof } from '../factors/refused-proof.steps.ts';
import type { AppEnv } from '../http/app-env.ts';
import { auditEvent } from '../http/audit-event.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import { freshness, kindOf, macOfCode, makeSentCode, runJudged } from '../interaction/public.ts';
import { sealNotice } from '../jobs/message.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import { sessionKeyOf } from '../session/browser.ts';
import { answerAccount } from './account-view.ts';
import { stillFresh } from './own-account.ts';
import { changed, codeLimits } from './own-factors.ts';
import {
  answerRemoval,
  askOwnCode,
  proveOldNumber,
  type RemoveArgs,
  removeOwnFactor,
} from './own-proofs.steps.ts';
import { refuseStep } from './refusals.ts';

/** Sends a code to a factor, to prove that it is theirs. One round trip. */
export async function requestOwnCode(
  c: Context<AppEnv>,
  service: Service,
  enrollmentId: string,
  channel: Channel,
): Promise<Response> {
  const { request } = c.var;
  const session = await sessionKeyOf(c);
  const code = await makeSentCode(service, request, { owner: session, purpose: 'prove', channel });
  const sent = await runJudged(
    service,
    askOwnCode,
    { session },
    { ...freshness(service, request.now), enrollmentId, channel, code },
    { limits: sendLimits(), event: auditEvent(request, 'factor.code', { enrollmentId, channel }) },
  );
  if (sent.status !== 'ok') return refuseStep(sent);
  wakeJobs(service);
  return answerAccount(c, service, sent);
}

/** Proves the old number, after which a new one may be given (S26). One round trip. */
export async function verifyOldNumber(
  c: Context<AppEnv>,
  service: Service,
  enrollmentId: string,
  oneTimeCode: string,
): Promise<Response> {
  const { request } = c.var;
  const session = await sessionKeyOf(c);
  const proven = await runJudged(
    service,
    proveOldNumber,
    { session },
    {
      ...stillFresh(service, request.now),
      enrollmentId,
      mac: await macOfCode(service, session, oneTimeCode),
      lockedNotice: await sealNotice(service, request, 'second_factor_locked'),
    },
    { limits: codeLimits(c), event: auditEvent(request, 'factor.prove', { enrollmentId }) },
  );
  wakeJobs(service);
  return proven.status === 'ok' ? answerAccount(c, service, proven) : refuseStep(proven);
}

/** Removes a factor with a code of that factor. One round trip where the code was sent, two for an app. */
export async function disableOwnFactor(
  c: Context<AppEnv>,
  service: Service,
  enrollmentId: string,
  oneTimeCode: string,
): Promise<Response> {
  const { ports } = service;
  const { request } = c.var;
  const { now } = request;
  const session = await sessionKeyOf(c);
  const args: RemoveArgs = {
    ...freshness(service, now),
    enrollmentId,
    notice: await sealNotice(service, request, 'factor_removed'),
    lockedNotice: await sealNotice(service, request, 'second_factor_locked'),
  };
  const answered = await runJudged(
    service,
    answerRemoval,
    { session },
    { ...args, mac: await macOfCode(service, session, oneTimeCode) },
    { limits: codeLimits(c), event: auditEvent(request, 'factor.disable', { enrollmentId }) },
  );
  if (answered.status === 'ok') return changed(c, service, answered);
  if (answered.status !== 'reserved') return refuseStep(answered);
  const sub = answered.session['sub'] ?? '';
  const kind = kindOf(answered.kind);
  const enrollment = { id: enrollmentId, kind, sealed: answered.sealed };
  const verified = await verifyProof(
    ports.vault,
    sub,
    enrollment,
    oneTimeCode,
    now,
    service.config.acceptsNextCode,
  );
  const event = auditEvent(request, 'factor.disable', { enrollmentId, sub, kind });
  if (verified.status === 'unreadable') {
    await ports.redis.run(recordRefusedProof, {}, { now, status: 'unreadable' }, { event });
    return problem('factor_unusable');
  }
  if (verified.status === 'wrong') {
    await ports.redis.run(recordRefusedProof, {}, { now, status: 'wrong_code' }, { event });
    if (answered.triesLeft > 0) return problem('wrong_code', { triesLeft: answered.triesLeft });
    return problem('throttled', answered.retryAt === undefined ? {} : { retryAt: answered.retryAt });
  }
  const removed = await ports.redis.run(
    removeOwnFactor,
    { session },
    { ...args, counter: verified.counter },
    { event },
  );
  return removed.status === 'ok' ? changed(c, service, removed) : refuseStep(removed);
}
