import { parseAccount } from '../accounts/account.ts';
import { normalizePassword } from '../accounts/password.ts';
import type { AuthenticationMethod } from '../assurance/authentication-method.ts';
import type { PolicyOutcome } from '../assurance/policy.ts';
import { auditEvent } from '../http/audit-event.ts';
import { passwordLimits, sendLimits } from '../factors/limits.ts';
import { makeSession } from '../session/session.ts';
import { key } from '../storage-keys.ts';
import { sealNotice } from '../jobs/message.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import { carryOut } from './factor-reset.ts';
import {
  acceptFirstFactor,
  type AcceptFirstFactorArgs,
  refusePassword,
  reservePasswordGuess,
  type ReservePasswordResult,
} from './first-factor.steps.ts';
import { parseInteraction } from './interaction.ts';
import { afterFirstFactor, type Next, sessionWay, type Snoozes, snoozesOf } from './next-step.ts';
import { type Asked, asking, type Outcome, refusal, refuse, show } from './outcome.ts';
import { policyAt } from './policy-sources.ts';
import { makeSentCode } from './sent-code.ts';

const METHODS: readonly AuthenticationMethod[] = ['password'];

/**
 * Verifies the password. Two round trips: one load that counts the guess, one that commits it or records that it was wrong.
 *
 * An unknown address, an invited or suspended account and a wrong password share one answer and one cost (S19, S76).
 */
export async function submitPassword(asked: Asked, password: string): Promise<Outcome> {
  const { ports, config } = asked.service;
  const { now } = asked.request;
  const reserved = await reserve(asked);
  if (reserved.status === 'throttled') return refuse('throttled', { retryAt: reserved.retryAt });
  if (reserved.status === 'reset_due') return refuse('busy');
  if (reserved.status !== 'reserved') return refusal(asked, reserved);

  const { sub, account: record } = reserved;
  const account = sub && record ? parseAccount(sub, record) : undefined;
  const known = account?.status === 'active' ? account.password : undefined;
  const verified = await ports.passwords.verify(normalizePassword(password), known);
  if (verified.status === 'busy') return refuse('busy');
  const interaction = parseInteraction(asked.id, reserved.interaction);
  if (!verified.value || account?.status !== 'active') {
    const { clientId, organizationId } = interaction.target;
    const refused = await ports.redis.run(
      refusePassword,
      {},
      { now, ...(sub === undefined ? {} : { sub }) },
      {
        event: auditEvent(asked.request, 'sign_in.password', {
          sub,
          clientId,
          siteOrganization: organizationId,
        }),
      },
    );
    if (refused.told === true) wakeJobs(asked.service);
    return refuse('wrong_password');
  }

  const { policies } = reserved;
  const policy = policyAt(config, interaction.target, policies, now);
  const snoozes = snoozesOf(record ?? {});
  const next: Next =
    policies?.mayUse === false
      ? { step: 'denied', reason: 'not_a_member' }
      : afterFirstFactor(account, interaction.target, policy, snoozes);
  const session =
    next.step === 'done'
      ? await makeSession(ports.random, account.sub, METHODS, asked.request, policy.sessions)
      : undefined;
  const code =
    next.step === 'confirm_address'
      ? await makeSentCode(asked.service, asked.request, {
          owner: asked.id,
          purpose: 'mailbox',
          channel: 'mail',
        })
      : undefined;
  const accepted = await ports.redis.run(
    acceptFirstFactor,
    {
      interaction: key.interaction(asked.id),
      session: key.session(session?.secretHash ?? 'none'),
      previous: asked.previousSession,
    },
    {
      ...asking(asked),
      version: interaction.version,
      sub: account.sub,
      accountVersion: account.version,
      methods: METHODS.join(','),
      next: next.step,
      stamp: policies?.stamp ?? '',
      ...decidedFields(next, policy, snoozes),
      ...(next.step === 'denied' ? { denied: next.reason } : {}),
      ...(next.step === 'challenge' ? { kinds: next.kinds.join(','), ways: JSON.stringify(next.ways) } : {}),
      ...('enrollment' in next
        ? {
            enrollmentKinds: next.enrollment.kinds.join(','),
            enrollmentWays: JSON.stringify(next.enrollment.ways),
          }
        : {}),
      ...(code ? { code } : {}),
      ...(session ? { session: session.record } : {}),
    },
    {
      limits: code ? sendLimits() : [],
      event: auditEvent(asked.request, 'sign_in.password', { next: next.step }),
    },
  );
  if (accepted.status !== 'ok') return refusal(asked, accepted);
  if (code) wakeJobs(asked.service);
  return show(asked, accepted, session ? { sessionSecret: session.secret } : {});
}

/** Counts the guess. A reset that is due by now is carried out first: nobody signs in with what it takes away (S46). */
async function reserve(asked: Asked): Promise<ReservePasswordResult> {
  const { service, request } = asked;
  const attempt = async (): Promise<ReservePasswordResult> =>
    service.ports.redis.run(
      reservePasswordGuess,
      { interaction: key.interaction(asked.id) },
      {
        ...asking(asked),
        addressGroup: request.addressGroup,
        lockNotice: await sealNotice(service, request, 'password_locked'),
      },
      { limits: passwordLimits(asked.browser), event: auditEvent(request, 'sign_in.password.try') },
    );
  const reserved = await attempt();
  if (reserved.status !== 'reset_due') return reserved;
  await carryOut(service, reserved.reset, request.now, request.requestId);
  return attempt();
}

/** What the sign-in remembers of what was decided: screens and later steps go by it. */
function decidedFields(
  next: Next,
  policy: PolicyOutcome,
  snoozes: Snoozes,
): Pick<
  AcceptFirstFactorArgs,
  'reasons' | 'countries' | 'phoneAlone' | 'graceUntil' | 'snoozes' | 'snoozed' | 'snoozeWay'
> {
  const grace = 'grace' in next ? next.grace : undefined;
  const { reasons } = grace && policy.coming ? policy.coming : policy;
  return {
    reasons: [...new Set(reasons)].join(','),
    ...(policy.countries ? { countries: policy.countries.join(',') } : {}),
    ...('enrollment' in next && policy.accepted.includes('phone') && !next.enrollment.kinds.includes('phone')
      ? { phoneAlone: '1' }
      : {}),
    ...(grace
      ? {
          graceUntil: grace.until,
          snoozes: grace.snoozes,
          snoozed: snoozes.until === grace.until ? snoozes.count : 0,
        }
      : {}),
    ...(next.step === 'grace' ? { snoozeWay: JSON.stringify(sessionWay('1fa', policy.sessions)) } : {}),
  };
}
