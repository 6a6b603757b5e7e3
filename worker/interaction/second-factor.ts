import type { AuthenticationMethod } from '../assurance/authentication-method.ts';
import { makeEnrollment, PENDING_SECONDS } from '../factors/enrollment.ts';
import { limit } from '../factors/limits.ts';
import { recordRefusedProof } from '../factors/refused-proof.steps.ts';
import { verifyProof } from '../factors/proof.ts';
import { factorOf } from '../factors/registry.ts';
import { auditEvent } from '../http/audit-event.ts';
import type { FactorKind } from '../assurance/policy.ts';
import { makeSession, type NewSession } from '../session/session.ts';
import { key } from '../storage-keys.ts';
import { type Interaction, parseInteraction } from './interaction.ts';
import { readInteraction } from './interaction.steps.ts';
import { afterSecondFactor, type Next, policyFor } from './next-step.ts';
import { type Asked, asking, ended, type Outcome, refusal, refuse, show } from './outcome.ts';
import {
  acceptChallenge,
  acceptEnrollment,
  type AcceptResult,
  type AcceptSecondFactorArgs,
  endLockedOut,
  reserveChallenge,
  reserveEnrollment,
  startEnrollment,
} from './second-factor.steps.ts';
import { presentPending } from './pending.ts';
import { kindOf, viewOf } from './view.ts';

const TOO_MANY =
  'Too many wrong codes. For your safety this sign-in has ended; please start again a little later.';

/** Verifies a code of a registered factor. Two round trips: one load that reserves the try, one commit. */
export async function submitChallenge(
  asked: Asked,
  enrollmentId: string,
  oneTimeCode: string,
): Promise<Outcome> {
  const { ports } = asked.service;
  const { now, addressGroup } = asked.request;
  const reserved = await ports.redis.run(
    reserveChallenge,
    { interaction: key.interaction(asked.id) },
    { ...asking(asked), enrollmentId },
    {
      limits: [limit('code-address', addressGroup, now)],
      event: auditEvent(asked.request, 'sign_in.challenge.try', { enrollmentId }),
    },
  );
  switch (reserved.status) {
    case 'reserved':
      break;
    case 'throttled':
    case 'waiting':
      return refuse('throttled', { retryAt: reserved.retryAt });
    case 'disabled':
    case 'missing':
      return refuse('factor_unusable');
    default:
      return refusal(asked, reserved);
  }
  const interaction = parseInteraction(asked.id, reserved.interaction);
  const enrollment = { id: enrollmentId, kind: kindOf(reserved.kind), sealed: reserved.sealed };
  const verified = await verifyProof(ports.vault, interaction.sub ?? '', enrollment, oneTimeCode, now);
  const { sub } = interaction;
  const event = auditEvent(asked.request, 'sign_in.challenge', { enrollmentId, sub });
  if (verified.status === 'unreadable') {
    await ports.redis.run(recordRefusedProof, {}, { now, status: 'unreadable' }, { event });
    return refuse('factor_unusable');
  }
  if (verified.status === 'wrong') {
    if (reserved.triesLeft > 0) {
      await ports.redis.run(recordRefusedProof, {}, { now, status: 'wrong_code' }, { event });
      return refuse('wrong_code', { triesLeft: reserved.triesLeft });
    }
    await ports.redis.run(endLockedOut, { interaction: key.interaction(asked.id) }, asking(asked), {
      event: auditEvent(asked.request, 'sign_in.locked_out', { enrollmentId }),
    });
    return ended(TOO_MANY, reserved.retryAt);
  }
  const proof = await prove(asked, interaction, verified.kind);
  const accepted = await ports.redis.run(
    acceptChallenge,
    proof.keys,
    { ...proof.args, enrollmentId, counter: verified.counter },
    { event: auditEvent(asked.request, 'sign_in.challenge', { enrollmentId, next: proof.next.step }) },
  );
  return settle(asked, accepted, proof.session);
}

/**
 * Starts the enrolment of a factor, or shows the one that was started. Two round trips: whose secret it is must be
 * known before it can be sealed.
 */
export async function startFactor(asked: Asked, kind: FactorKind, renew: boolean): Promise<Outcome> {
  const { ports, config } = asked.service;
  const read = await ports.redis.run(
    readInteraction,
    { interaction: key.interaction(asked.id) },
    asking(asked),
  );
  if (read.status !== 'ok') return refusal(asked, read);
  const { sub, email, step } = parseInteraction(asked.id, read.interaction);
  if (step !== 'enrollment' || !sub || !email) return refusal(asked, { status: 'wrong_step' });
  const made = await makeEnrollment(ports.random, ports.vault, sub, kind);
  const started = await ports.redis.run(
    startEnrollment,
    { interaction: key.interaction(asked.id), pending: key.pendingEnrollment(asked.id) },
    {
      ...asking(asked),
      ...made,
      sub,
      pendingUntil: asked.request.now + PENDING_SECONDS,
      ...(renew ? { renew } : {}),
    },
    { event: auditEvent(asked.request, 'factor.enrollment.start', { kind }) },
  );
  if (started.status !== 'ok') return refusal(asked, started);
  const pending = await presentPending(asked.service, { sub, email }, started.pending);
  if (!pending) return refuse('pending_enrollment_gone');
  return { kind: 'view', view: viewOf(asked.id, started, config.policy, pending) };
}

/** Confirms a new factor with its first code and signs in with it. Two round trips. */
export async function confirmFactor(
  asked: Asked,
  enrollmentId: string,
  oneTimeCode: string,
  name: string,
): Promise<Outcome> {
  const { ports } = asked.service;
  const { now, addressGroup } = asked.request;
  const pendingKey = key.pendingEnrollment(asked.id);
  const reserved = await ports.redis.run(
    reserveEnrollment,
    { interaction: key.interaction(asked.id), pending: pendingKey },
    { ...asking(asked), enrollmentId },
    {
      limits: [limit('code-address', addressGroup, now)],
      event: auditEvent(asked.request, 'factor.enrollment.try', { enrollmentId }),
    },
  );
  if (reserved.status === 'throttled') return refuse('throttled', { retryAt: reserved.retryAt });
  if (reserved.status === 'pending_gone') return refuse('pending_enrollment_gone');
  if (reserved.status !== 'reserved') return refusal(asked, reserved);
  const interaction = parseInteraction(asked.id, reserved.interaction);
  const kind = kindOf(reserved.pending['kind'] ?? '');
  const enrollment = { id: enrollmentId, kind, sealed: reserved.pending['sealed'] ?? '' };
  const verified = await verifyProof(ports.vault, interaction.sub ?? '', enrollment, oneTimeCode, now);
  if (verified.status === 'unreadable') return refuse('pending_enrollment_gone');
  if (verified.status === 'wrong') {
    const { sub } = interaction;
    const event = auditEvent(asked.request, 'factor.enrollment', { enrollmentId, sub, kind });
    await ports.redis.run(recordRefusedProof, {}, { now, status: 'wrong_code' }, { event });
    return refuse('wrong_code');
  }
  const proof = await prove(asked, interaction, kind);
  const accepted = await ports.redis.run(
    acceptEnrollment,
    { ...proof.keys, pending: pendingKey },
    { ...proof.args, enrollmentId, counter: verified.counter, name },
    { event: auditEvent(asked.request, 'factor.enrollment', { enrollmentId, kind }) },
  );
  return settle(asked, accepted, proof.session);
}

interface Proof {
  readonly next: Next;
  readonly session: NewSession | undefined;
  readonly keys: Readonly<Record<'interaction' | 'session' | 'previous', string>>;
  readonly args: Omit<AcceptSecondFactorArgs, 'enrollmentId' | 'counter'>;
}

/** Adds a proven kind to the methods and prepares the commit: what comes next, and the session if that is the end. */
async function prove(asked: Asked, interaction: Interaction, kind: FactorKind): Promise<Proof> {
  const { ports, config } = asked.service;
  const methods: AuthenticationMethod[] = [...interaction.methods, factorOf(kind).method];
  const next = afterSecondFactor(methods, policyFor(config.policy, interaction.target));
  const session =
    next.step === 'done'
      ? await makeSession(ports.random, interaction.sub ?? '', methods, asked.request.now)
      : undefined;
  return {
    next,
    session,
    keys: {
      interaction: key.interaction(asked.id),
      session: key.session(session?.secretHash ?? 'none'),
      previous: asked.previousSession,
    },
    args: {
      ...asking(asked),
      version: interaction.version,
      methods: methods.join(','),
      next: next.step,
      ...(next.step === 'denied' ? { denied: next.reason } : {}),
      ...(session ? { session: session.record } : {}),
    },
  };
}

async function settle(
  asked: Asked,
  accepted: AcceptResult,
  session: NewSession | undefined,
): Promise<Outcome> {
  switch (accepted.status) {
    case 'ok':
      return show(asked, accepted, session?.secret);
    case 'code_used':
      return refuse('code_used');
    case 'missing':
      return refuse('factor_unusable');
    case 'pending_gone':
      return refuse('pending_enrollment_gone');
    default:
      return refusal(asked, accepted);
  }
}
