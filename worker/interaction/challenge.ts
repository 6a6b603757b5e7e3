import type { Channel } from '../factors/factor.ts';
import { limit, sendLimits } from '../factors/limits.ts';
import { verifyProof } from '../factors/proof.ts';
import { auditEvent } from '../http/audit-event.ts';
import { sealNotice } from '../jobs/message.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import { beginSession } from '../session/session.ts';
import { key } from '../storage-keys.ts';
import {
  acceptChallenge,
  answerChallenge,
  askForCode,
  type Answering,
  refuseChallenge,
  type Reserved,
} from './challenge.steps.ts';
import { signedIn } from './enrollment.ts';
import { parseInteraction } from './interaction.ts';
import { type Asked, asking, ended, type Outcome, refusal, refuse, show } from './outcome.ts';
import { macOfCode, makeSentCode } from './sent-code.ts';
import { kindOf } from './view.ts';

const TOO_MANY =
  'Too many wrong codes. For your safety this sign-in has ended; please start again a little later.';

/** Sends a code to a factor. One round trip; the message leaves after the answer. */
export async function requestChallengeCode(
  asked: Asked,
  enrollmentId: string,
  channel: Channel,
): Promise<Outcome> {
  const { service, request } = asked;
  const code = await makeSentCode(service, request, { owner: asked.id, purpose: 'sign_in', channel });
  const sent = await service.ports.redis.run(
    askForCode,
    { interaction: key.interaction(asked.id) },
    { ...asking(asked), enrollmentId, channel, code },
    {
      limits: sendLimits(),
      event: auditEvent(request, 'sign_in.code', { enrollmentId, channel }),
    },
  );
  switch (sent.status) {
    case 'ok':
      wakeJobs(service);
      return show(asked, sent);
    case 'throttled':
    case 'waiting':
      return refuse('throttled', { retryAt: sent.retryAt });
    case 'disabled':
    case 'missing':
    case 'suspended':
      return unusable(sent.retryAt);
    default:
      return refusal(asked, sent);
  }
}

/** Verifies a code of a registered factor. One round trip for one that was sent; two where a secret is loaded. */
export async function submitChallenge(
  asked: Asked,
  enrollmentId: string,
  oneTimeCode: string,
): Promise<Outcome> {
  const { service, request } = asked;
  const { ports } = service;
  const { now, addressGroup } = request;
  const session = await beginSession(ports.random, request);
  const keys = {
    interaction: key.interaction(asked.id),
    session: key.session(session.secretHash),
    previous: asked.previousSession,
  };
  const answering: Answering = {
    ...asking(asked),
    enrollmentId,
    failedNotice: await sealNotice(service, request, 'second_factor_failed'),
    lockedNotice: await sealNotice(service, request, 'second_factor_locked'),
  };
  const answered = await ports.redis.run(
    answerChallenge,
    keys,
    { ...answering, mac: await macOfCode(service, asked.id, oneTimeCode), session: session.record },
    {
      limits: [limit('code-address', addressGroup)],
      event: auditEvent(request, 'sign_in.challenge', { enrollmentId }),
    },
  );
  switch (answered.status) {
    case 'reserved':
      break;
    case 'ok':
      return signedIn(asked, answered, session.secret);
    case 'throttled':
    case 'waiting':
      return refuse('throttled', { retryAt: answered.retryAt });
    case 'disabled':
    case 'missing':
    case 'suspended':
      return unusable(answered.retryAt);
    case 'wrong_code':
      return refuse('wrong_code', { triesLeft: answered.triesLeft });
    case 'code_expired':
    case 'no_code_sent':
      return refuse(answered.status);
    case 'locked_out':
      wakeJobs(service);
      return ended(TOO_MANY, answered.retryAt);
    default:
      return refusal(asked, answered);
  }
  const interaction = parseInteraction(asked.id, answered.interaction);
  const enrollment = { id: enrollmentId, kind: kindOf(answered.kind), sealed: answered.sealed };
  const verified = await verifyProof(
    ports.vault,
    interaction.sub ?? '',
    enrollment,
    oneTimeCode,
    now,
    service.config.acceptsNextCode,
  );
  if (verified.status !== 'right') return refuseAnswer(asked, answering, answered, verified.status);
  const accepted = await ports.redis.run(
    acceptChallenge,
    keys,
    {
      ...asking(asked),
      version: interaction.version,
      enrollmentId,
      counter: verified.counter,
      session: session.record,
    },
    { event: auditEvent(request, 'sign_in.challenge', { enrollmentId, kind: answered.kind }) },
  );
  switch (accepted.status) {
    case 'ok':
      return signedIn(asked, accepted, session.secret);
    case 'code_used':
      return refuse('code_used');
    case 'missing':
      return refuse('factor_unusable');
    default:
      return refusal(asked, accepted);
  }
}

async function refuseAnswer(
  asked: Asked,
  answering: Answering,
  reserved: Reserved,
  why: 'wrong' | 'unreadable',
): Promise<Outcome> {
  const isLast = why === 'wrong' && reserved.triesLeft === 0;
  const noted = await asked.service.ports.redis.run(
    refuseChallenge,
    { interaction: key.interaction(asked.id) },
    { ...answering, isLast, refusal: why === 'wrong' ? 'wrong_code' : 'unreadable' },
    {
      event: auditEvent(asked.request, isLast ? 'sign_in.locked_out' : 'sign_in.challenge', {
        enrollmentId: answering.enrollmentId,
        kind: reserved.kind,
      }),
    },
  );
  switch (noted.status) {
    case 'locked_out':
      wakeJobs(asked.service);
      return ended(TOO_MANY, reserved.retryAt);
    case 'unreadable':
      return refuse('factor_unusable');
    case 'wrong_code':
      return refuse('wrong_code', { triesLeft: reserved.triesLeft });
    default:
      return refusal(asked, noted);
  }
}

function unusable(retryAt: number | undefined): Outcome {
  return refuse('factor_unusable', retryAt === undefined ? {} : { retryAt });
}
