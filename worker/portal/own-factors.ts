import type { Context } from 'hono';
import { makeEnrollment, makeEnrollmentId, makePhone, PENDING_SECONDS } from '../factors/enrollment.ts';
import type { Channel } from '../factors/factor.ts';
import { limit, limitBySubject, sendLimits } from '../factors/limits.ts';
import { parsePhoneNumber } from '../factors/phone/phone-number.ts';
import { verifyProof } from '../factors/proof.ts';
import { recordRefusedProof } from '../factors/refused-proof.steps.ts';
import type { AppEnv } from '../http/app-env.ts';
import { auditEvent } from '../http/audit-event.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import {
  allowedCountries,
  enrollableKinds,
  type EnrollmentBody,
  freshness,
  judgedSession,
  kindOf,
  macOfCode,
  makeSentCode,
  phoneRefusal,
  presentPending,
  presentSent,
  runJudged,
} from '../interaction/public.ts';
import { sealNotice } from '../jobs/message.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import type { Limit } from '../ports/redis.ts';
import { sessionKeyOf } from '../session/browser.ts';
import { key } from '../storage-keys.ts';
import type { AccountSnapshot } from './account.steps.ts';
import { answerAccount } from './account-view.ts';
import { mayAddFactor, stillFresh } from './own-account.ts';
import {
  bindOwnEnrollment,
  confirmOwnEnrollment,
  type ConfirmOwnArgs,
  resendOwnCode,
  startOwnEnrollment,
  type StartOwnArgs,
} from './own-factors.steps.ts';
import { freshRequired, loginRequired, refuseStep } from './refusals.ts';

/** Starts another factor, or shows the one that was started. Two round trips: a secret is sealed for its owner. */
export async function startOwnFactor(
  c: Context<AppEnv>,
  service: Service,
  body: EnrollmentBody,
): Promise<Response> {
  const { request } = c.var;
  const session = await sessionKeyOf(c);
  const own = await judgedSession(service, session, request.now);
  if (!own) return loginRequired();
  const { kind, replaces } = body;
  // Where the old number was proven, the change was begun already.
  const fresh = replaces === undefined ? freshness(service, request.now) : stillFresh(service, request.now);
  if (!mayAddFactor(own, fresh)) return freshRequired();
  const { sub, email } = own.account;
  const { accepted, must, countries } = own.policy;
  if (![...accepted, ...must].includes(kind)) return problem('not_found');
  if (!enrollableKinds(own.account, [...accepted, ...must]).includes(kind) && replaces === undefined) {
    return problem('phone_alone');
  }
  const made = await makeStart(c, service, { sub, session, countries }, body);
  if (made instanceof Response) return made;
  const started = await runJudged(
    service,
    startOwnEnrollment,
    { session, pending: key.pendingEnrollment(session) },
    {
      ...fresh,
      sub,
      kind,
      pendingUntil: request.now + PENDING_SECONDS,
      ...made,
      ...(replaces === undefined ? {} : { replaces }),
      ...(body.renew ? { renew: true } : {}),
    },
    {
      limits: made.code ? sendLimits() : [limitBySubject('app-account-day')],
      event: auditEvent(request, 'factor.enrollment.start', { kind }),
    },
  );
  if (started.status !== 'ok') return refuseStep(started);
  if (made.code) wakeJobs(service);
  const owner = { sub, email };
  const { pending = {} } = started;
  const shown =
    kind === 'totp'
      ? await presentPending(service, owner, pending)
      : await presentSent(service, owner, pending, started.pendingSent, started.pendingResendAt);
  return shown ? c.json(shown) : problem('pending_enrollment_gone');
}

type Made = Pick<StartOwnArgs, 'id'> & Partial<StartOwnArgs>;

async function makeStart(
  c: Context<AppEnv>,
  service: Service,
  owner: {
    readonly sub: string;
    readonly session: string;
    readonly countries: readonly string[] | undefined;
  },
  body: EnrollmentBody,
): Promise<Made | Response> {
  const { config, ports } = service;
  const { request } = c.var;
  const { sub, session } = owner;
  if (body.kind === 'totp') return makeEnrollment(ports.random, ports.vault, sub, 'totp');
  if (body.kind === 'email') {
    const code = await makeSentCode(service, request, { owner: session, purpose: 'enroll', channel: 'mail' });
    return { id: makeEnrollmentId(ports.random), channel: 'mail', code };
  }
  const channel = body.channel ?? 'text';
  const number = parsePhoneNumber(body.number ?? '', body.country, allowedCountries(config, owner.countries));
  if ('refused' in number) return problem('phone_refused', phoneRefusal(number.refused));
  if (channel === 'text' && !number.textable) return problem('phone_refused', phoneRefusal('landline'));
  const phone = await makePhone(ports.random, ports.vault, sub, number);
  const code = await makeSentCode(service, request, { owner: session, purpose: 'enroll', channel });
  return { ...phone, channel, code };
}

/** Sends the pending mailbox or phone a new code. One round trip. */
export async function resendOwnPendingCode(
  c: Context<AppEnv>,
  service: Service,
  channel: Channel,
): Promise<Response> {
  const { request } = c.var;
  const session = await sessionKeyOf(c);
  const code = await makeSentCode(service, request, { owner: session, purpose: 'enroll', channel });
  const sent = await service.ports.redis.run(
    resendOwnCode,
    { session, pending: key.pendingEnrollment(session) },
    { now: request.now, channel, code },
    { limits: sendLimits(), event: auditEvent(request, 'factor.enrollment.code', { channel }) },
  );
  if (sent.status !== 'ok') return refuseStep(sent);
  wakeJobs(service);
  const owner = { sub: sent.session['sub'] ?? '', email: sent.account['email'] ?? '' };
  const shown = await presentSent(service, owner, sent.pending ?? {}, sent.pendingSent, sent.pendingResendAt);
  return shown ? c.json(shown) : problem('pending_enrollment_gone');
}

/** Confirms another factor with its first code. One round trip for a code that was sent, two for one of an app. */
export async function confirmOwnFactor(
  c: Context<AppEnv>,
  service: Service,
  body: { readonly enrollmentId: string; readonly code: string; readonly name: string },
): Promise<Response> {
  const { ports } = service;
  const { request } = c.var;
  const { now } = request;
  const { enrollmentId } = body;
  const session = await sessionKeyOf(c);
  const keys = { session, pending: key.pendingEnrollment(session) };
  const args = await confirmArgs(c, service, body);
  const confirmed = await runJudged(
    service,
    confirmOwnEnrollment,
    keys,
    { ...args, mac: await macOfCode(service, session, body.code) },
    { limits: codeLimits(c), event: auditEvent(request, 'factor.enrollment', { enrollmentId }) },
  );
  if (confirmed.status === 'ok') return changed(c, service, confirmed);
  if (confirmed.status !== 'reserved') return refuseStep(confirmed);
  const sub = confirmed.session['sub'] ?? '';
  const kind = kindOf(confirmed.pending['kind'] ?? '');
  const enrollment = { id: enrollmentId, kind, sealed: confirmed.pending['sealed'] ?? '' };
  const verified = await verifyProof(
    ports.vault,
    sub,
    enrollment,
    body.code,
    now,
    service.config.acceptsNextCode,
  );
  if (verified.status === 'unreadable') return problem('pending_enrollment_gone');
  const event = auditEvent(request, 'factor.enrollment', { enrollmentId, sub, kind });
  if (verified.status === 'wrong') {
    await ports.redis.run(recordRefusedProof, {}, { now, status: 'wrong_code' }, { event });
    return problem('wrong_code', { triesLeft: confirmed.triesLeft });
  }
  const bound = await ports.redis.run(
    bindOwnEnrollment,
    keys,
    { ...args, counter: verified.counter },
    { event },
  );
  return bound.status === 'ok' ? changed(c, service, bound) : refuseStep(bound);
}

async function confirmArgs(
  c: Context<AppEnv>,
  service: Service,
  body: { readonly enrollmentId: string; readonly name: string },
): Promise<ConfirmOwnArgs> {
  const { request } = c.var;
  const { enrollmentId, name } = body;
  return {
    ...stillFresh(service, request.now),
    enrollmentId,
    name,
    addedNotice: await sealNotice(service, request, 'factor_added', { subject: name }),
    changedNotice: await sealNotice(service, request, 'factor_changed', { subject: name }),
    oldPhoneNotice: await sealNotice(service, request, 'factor_changed'),
    newPhoneNotice: await sealNotice(service, request, 'factor_changed'),
  };
}

/** Answers with the account after a change, and lets the notices go out. */
export function changed(c: Context<AppEnv>, service: Service, snapshot: AccountSnapshot): Promise<Response> {
  wakeJobs(service);
  return answerAccount(c, service, snapshot);
}

/** Gives the limits of typing a code. */
export function codeLimits(c: Context<AppEnv>): Limit[] {
  const { addressGroup } = c.var.request;
  return [limit('code-address', addressGroup)];
}
