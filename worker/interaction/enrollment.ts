import { makeEnrollment, makeEnrollmentId, makePhone, PENDING_SECONDS } from '../factors/enrollment.ts';
import type { Channel } from '../factors/factor.ts';
import { limit, sendLimits } from '../factors/limits.ts';
import { parsePhoneNumber } from '../factors/phone/phone-number.ts';
import { verifyProof } from '../factors/proof.ts';
import { hashRecoveryCodes, makeRecoveryCodes } from '../factors/recovery-code/recovery-codes.ts';
import { recordRefusedProof } from '../factors/refused-proof.steps.ts';
import { auditEvent } from '../http/audit-event.ts';
import { sealNotice } from '../jobs/message.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import { parseLanguage } from '../localization/language.ts';
import { wordsOf } from '../localization/words.ts';
import { beginSession } from '../session/session.ts';
import { key } from '../storage-keys.ts';
import {
  acceptEnrollment,
  acknowledgeRecoveryCodes,
  type ConfirmArgs,
  confirmEnrollment,
  type ConfirmResult,
  enrollProvenMailbox,
  renewRecoveryCodes,
  resendEnrollmentCode,
  startEnrollment,
  type StartArgs,
} from './enrollment.steps.ts';
import { parseInteraction } from './interaction.ts';
import { readInteraction, type Snapshot } from './interaction.steps.ts';
import { type Asked, asking, type Outcome, refusal, refuse, show } from './outcome.ts';
import { macOfCode, makeSentCode } from './sent-code.ts';
import { phoneRefusal } from './phone-refusal.ts';
import { allowedCountries, kindOf } from './view.ts';
import type { EnrollmentBody } from './bodies.ts';

/**
 * Starts the enrolment of a factor, or shows the one that was started. Two round trips: whose secret it is must be
 * known before it can be sealed.
 */
export async function startFactor(asked: Asked, body: EnrollmentBody): Promise<Outcome> {
  const { service, request } = asked;
  const { ports } = service;
  const read = await ports.redis.run(
    readInteraction,
    { interaction: key.interaction(asked.id) },
    asking(asked),
  );
  if (read.status !== 'ok') return refusal(asked, read);
  const interaction = parseInteraction(asked.id, read.interaction);
  const { sub, step, because, enrollmentKinds } = interaction;
  const { kind } = body;
  if (step !== 'enrollment' || !sub) return refusal(asked, { status: 'wrong_step' });
  if (!enrollmentKinds.includes(kind)) {
    const isAlone = read.interaction['phoneAlone'] === '1';
    return refuse(kind === 'phone' && isAlone ? 'phone_alone' : 'not_found');
  }
  if (kind === 'email' && because === 'first') return bindMailbox(asked, read.interaction['language']);

  const common = { ...asking(asked), sub, kind, pendingUntil: request.now + PENDING_SECONDS };
  const made = await makeStart(asked, sub, body, interaction.countries);
  if ('kind' in made) return made;
  const args: StartArgs = { ...common, ...made.fields, ...(body.renew ? { renew: true } : {}) };
  const started = await ports.redis.run(
    startEnrollment,
    { interaction: key.interaction(asked.id), pending: key.pendingEnrollment(asked.id) },
    args,
    {
      limits: args.code ? sendLimits() : [],
      event: auditEvent(request, 'factor.enrollment.start', { kind }),
    },
  );
  if (started.status === 'throttled') return refuse('throttled', { retryAt: started.retryAt });
  if (started.status === 'already_enrolled') return refuse('already_enrolled');
  if (started.status !== 'ok') return refusal(asked, started);
  if (args.code) wakeJobs(service);
  return show(asked, started, { presentSecret: true });
}

interface Made {
  readonly fields: Pick<StartArgs, 'id'> & Partial<StartArgs>;
}

async function makeStart(
  asked: Asked,
  sub: string,
  body: EnrollmentBody,
  countries: readonly string[] | undefined,
): Promise<Made | Outcome> {
  const { service, request } = asked;
  const { ports, config } = service;
  if (body.kind === 'totp') return { fields: await makeEnrollment(ports.random, ports.vault, sub, 'totp') };
  if (body.kind === 'email') {
    const code = await makeSentCode(service, request, {
      owner: asked.id,
      purpose: 'enroll',
      channel: 'mail',
    });
    return { fields: { id: makeEnrollmentId(ports.random), channel: 'mail', code } };
  }
  const channel = body.channel ?? 'text';
  const allowed = allowedCountries(config, countries);
  const number = parsePhoneNumber(body.number ?? '', body.country, allowed);
  if ('refused' in number) return refuse('phone_refused', phoneRefusal(number.refused));
  if (channel === 'text' && !number.textable) return refuse('phone_refused', phoneRefusal('landline'));
  const phone = await makePhone(ports.random, ports.vault, sub, number);
  const code = await makeSentCode(service, request, { owner: asked.id, purpose: 'enroll', channel });
  return { fields: { ...phone, channel, code } };
}

/** Sends the pending mailbox or phone a new code. One round trip. */
export async function resendPendingCode(asked: Asked, channel: Channel): Promise<Outcome> {
  const { service, request } = asked;
  const code = await makeSentCode(service, request, { owner: asked.id, purpose: 'enroll', channel });
  const sent = await service.ports.redis.run(
    resendEnrollmentCode,
    { interaction: key.interaction(asked.id), pending: key.pendingEnrollment(asked.id) },
    { ...asking(asked), channel, code },
    { limits: sendLimits(), event: auditEvent(request, 'factor.enrollment.code', { channel }) },
  );
  if (sent.status === 'throttled') return refuse('throttled', { retryAt: sent.retryAt });
  if (sent.status === 'pending_gone') return refuse('pending_enrollment_gone');
  if (sent.status !== 'ok') return refusal(asked, sent);
  wakeJobs(service);
  return show(asked, sent);
}

/**
 * Confirms a new factor with its first code and signs in with it. A code that was sent takes one round trip, and another
 * for recovery codes where there are none; a code of an app two.
 */
export async function confirmFactor(
  asked: Asked,
  enrollmentId: string,
  oneTimeCode: string,
  name: string,
): Promise<Outcome> {
  const { service, request } = asked;
  const { ports } = service;
  const prepared = await prepare(asked, enrollmentId, name);
  const confirmed = await ports.redis.run(
    confirmEnrollment,
    prepared.keys,
    { ...prepared.args, mac: await macOfCode(service, asked.id, oneTimeCode) },
    {
      limits: [limit('code-address', request.addressGroup)],
      event: auditEvent(request, 'factor.enrollment', { enrollmentId }),
    },
  );
  if (confirmed.status === 'ok') {
    wakeJobs(service);
    return signedIn(asked, confirmed, prepared.secret);
  }
  if (confirmed.status !== 'reserved') return refuseConfirm(asked, confirmed);

  const interaction = parseInteraction(asked.id, confirmed.interaction);
  const sub = interaction.sub ?? '';
  const kind = kindOf(confirmed.pending['kind'] ?? '');
  const enrollment = { id: enrollmentId, kind, sealed: confirmed.pending['sealed'] ?? '' };
  const verified = await verifyProof(
    ports.vault,
    sub,
    enrollment,
    oneTimeCode,
    request.now,
    service.config.acceptsNextCode,
  );
  if (verified.status === 'unreadable') return refuse('pending_enrollment_gone');
  if (verified.status === 'wrong') {
    const event = auditEvent(request, 'factor.enrollment', { enrollmentId, sub, kind });
    await ports.redis.run(recordRefusedProof, {}, { now: request.now, status: 'wrong_code' }, { event });
    return refuse('wrong_code', { triesLeft: confirmed.triesLeft });
  }
  const codes = makeRecoveryCodes(ports.random);
  const accepted = await ports.redis.run(
    acceptEnrollment,
    prepared.keys,
    {
      ...prepared.args,
      version: interaction.version,
      counter: verified.counter,
      recoveryHashes: await hashRecoveryCodes(ports.vault, sub, codes),
    },
    { event: auditEvent(request, 'factor.enrollment', { enrollmentId, kind }) },
  );
  if (accepted.status === 'pending_gone') return refuse('pending_enrollment_gone');
  if (accepted.status !== 'ok') return refusal(asked, accepted);
  wakeJobs(service);
  const isMade = accepted.interaction['step'] === 'recovery_codes';
  return show(asked, accepted, {
    sessionSecret: prepared.secret,
    ...(isMade ? { recoveryCodes: codes } : {}),
  });
}

async function bindMailbox(asked: Asked, spoken: string | undefined): Promise<Outcome> {
  const { service, request } = asked;
  const id = makeEnrollmentId(service.ports.random);
  const words = wordsOf(parseLanguage(spoken) ?? request.language);
  const prepared = await prepare(asked, id, words.text('factor.email'));
  const bound = await service.ports.redis.run(enrollProvenMailbox, prepared.keys, prepared.args, {
    event: auditEvent(request, 'factor.enrollment', { enrollmentId: id, kind: 'email' }),
  });
  if (bound.status === 'ok') {
    wakeJobs(service);
    return signedIn(asked, bound, prepared.secret);
  }
  if (bound.status === 'pending_gone') return refuse('pending_enrollment_gone');
  return refusal(asked, bound);
}

/** "I have saved these": the journey is done. One round trip. */
export async function saveRecoveryCodes(asked: Asked): Promise<Outcome> {
  const saved = await asked.service.ports.redis.run(
    acknowledgeRecoveryCodes,
    { interaction: key.interaction(asked.id) },
    asking(asked),
  );
  return saved.status === 'ok' ? show(asked, saved) : refusal(asked, saved);
}

/** Makes a new set, since the first one was lost with its page. Two round trips. */
export async function remakeRecoveryCodes(asked: Asked): Promise<Outcome> {
  const read = await asked.service.ports.redis.run(
    readInteraction,
    { interaction: key.interaction(asked.id) },
    asking(asked),
  );
  if (read.status !== 'ok') return refusal(asked, read);
  return withRecoveryCodes(asked, read);
}

/** Shows a session that has begun; where recovery codes are missing, with a set made now, since its owner is known only now. */
export async function signedIn(asked: Asked, snapshot: Snapshot, sessionSecret: string): Promise<Outcome> {
  if (snapshot.interaction['step'] !== 'recovery_codes') return show(asked, snapshot, { sessionSecret });
  return withRecoveryCodes(asked, snapshot, sessionSecret);
}

async function withRecoveryCodes(asked: Asked, snapshot: Snapshot, sessionSecret?: string): Promise<Outcome> {
  const { ports } = asked.service;
  const sub = snapshot.interaction['sub'] ?? '';
  const codes = makeRecoveryCodes(ports.random);
  const made = await ports.redis.run(
    renewRecoveryCodes,
    { interaction: key.interaction(asked.id) },
    { ...asking(asked), sub, hashes: await hashRecoveryCodes(ports.vault, sub, codes) },
    { event: auditEvent(asked.request, 'recovery_codes.new') },
  );
  if (made.status !== 'ok') return refusal(asked, made);
  return show(asked, made, { recoveryCodes: codes, ...(sessionSecret ? { sessionSecret } : {}) });
}

interface Prepared {
  readonly secret: string;
  readonly keys: Readonly<Record<'interaction' | 'pending' | 'session' | 'previous', string>>;
  readonly args: ConfirmArgs;
}

async function prepare(asked: Asked, enrollmentId: string, name: string): Promise<Prepared> {
  const { service, request } = asked;
  const session = await beginSession(service.ports.random, request);
  return {
    secret: session.secret,
    keys: {
      interaction: key.interaction(asked.id),
      pending: key.pendingEnrollment(asked.id),
      session: key.session(session.secretHash),
      previous: asked.previousSession,
    },
    args: {
      ...asking(asked),
      enrollmentId,
      name,
      session: session.record,
      notice: await sealNotice(service, request, 'factor_added'),
      removedNotice: await sealNotice(service, request, 'factor_removed'),
    },
  };
}

function refuseConfirm(
  asked: Asked,
  refused: Exclude<ConfirmResult, Snapshot | { readonly status: 'reserved' }>,
): Outcome | Promise<Outcome> {
  switch (refused.status) {
    case 'throttled':
      return refuse('throttled', { retryAt: refused.retryAt });
    case 'pending_gone':
      return refuse('pending_enrollment_gone');
    case 'wrong_code':
      return refuse('wrong_code', { triesLeft: refused.triesLeft });
    case 'code_expired':
    case 'no_code_sent':
      return refuse(refused.status);
    default:
      return refusal(asked, refused);
  }
}
