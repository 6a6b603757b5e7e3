import { openDestination } from '../factors/enrollment.ts';
import { providerLanes } from '../factors/limits.ts';
import type { Service } from '../http/service.ts';
import { parseLanguage } from '../localization/language.ts';
import { callGreeting } from '../messages/call.ts';
import { renderMail } from '../messages/mail.ts';
import { renderText } from '../messages/text.ts';
import type { FactorFact, MessageContent } from '../messages/content.ts';
import type { SendOutcome } from '../ports/mailer.ts';
import { listOf, StoreUnavailable } from '../ports/redis.ts';
import { key } from '../storage-keys.ts';
import { openMessage } from './message.ts';
import { finishJob, leaseJobs, type Records } from './queue.steps.ts';

/** Seconds after which somebody else sends what was leased; longer than any provider may take. */
const LEASE_SECONDS = 30;
/** A run ends after this many looks at the queue: the next request or the clock begins another. */
const MOST_ROUNDS = 20;
/** Seconds that a run waits for what is due soon. */
const WORTH_WAITING_SECONDS = 2;

/** Lets the queue be worked off after the answer. */
export function wakeJobs(service: Service): void {
  service.ports.background.run(runJobs(service));
}

/**
 * Works the queue off: sends what is due at the rate that the providers allow, and notes what became of it. Never throws:
 * what was not sent stays in the queue.
 */
export async function runJobs(service: Service): Promise<void> {
  const { ports } = service;
  try {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const now = ports.clock.now();
      const leased = await ports.redis.run(
        leaseJobs,
        {},
        { now, leaseUntil: now + LEASE_SECONDS, lanes: providerLanes(now) },
      );
      const jobs = listOf(leased.jobs);
      await Promise.all(jobs.map((job) => sendSafely(service, job)));
      if (jobs.length > 0) continue;
      if (leased.comeBackAt === undefined || leased.comeBackAt - now > WORTH_WAITING_SECONDS) return;
      await ports.background.pause(1000);
    }
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    ports.audit.fault({ requestId: 'jobs', name: error.name, message: error.message });
  }
}

/** A message that can't be written is a bug of its own, and no reason to leave the others. It stays leased, then is tried again. */
async function sendSafely(service: Service, job: Records): Promise<void> {
  try {
    await sendJob(service, job);
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    const name = error instanceof Error ? error.name : 'unknown';
    service.ports.audit.fault({ requestId: job['requestId'] ?? 'jobs', name, message: '' });
  }
}

async function sendJob(service: Service, job: Records): Promise<void> {
  const { ports } = service;
  const { id = '', sub, channel = '', requestId = '' } = job;
  const outcome = await handOver(service, job);
  const now = ports.clock.now();
  const retryAt = retryTime(outcome, Number(job['attempts']), now);
  const trouble = outcome.status === 'failed' ? outcome.trouble : undefined;
  await ports.redis.run(
    finishJob,
    { job: key.job(id) },
    {
      id,
      now,
      outcome: outcome.status,
      ...(retryAt === undefined ? {} : { retryAt }),
      ...(trouble ? { trouble } : {}),
    },
    { event: { type: 'message.send', at: now, requestId, channel, ...(sub ? { sub } : {}) } },
  );
}

function retryTime(outcome: SendOutcome, attempts: number, now: number): number | undefined {
  if (outcome.status === 'busy') return now + Math.max(1, outcome.retryAfterSeconds ?? 1);
  if (outcome.status === 'failed' && outcome.retry) return now + Math.min(60, 5 * 2 ** (attempts - 1));
  return undefined;
}

/** The step that queued a message may know more than was known when its words were sealed: the site, what it is about. */
function complete(
  content: MessageContent,
  { siteName, memberName, memberEmail, organizationName, factors, subject, by, reason }: Records,
): MessageContent {
  const ofHelp = { memberName, memberEmail, organizationName };
  // Written by `aboutFactors`.
  const told = factors && (JSON.parse(factors) as readonly FactorFact[]);
  const more = {
    help: ofHelp,
    reset_stopped: ofHelp,
    notice: { subject, by, reason, factors: told },
    factor_reset: { factors: told },
    setup: { memberName, organizationName },
    join: { organizationName },
    pass_issued: {},
    code: {},
    password_reset: {},
  }[content.template];
  const known = Object.entries(more).filter(([, value]) => value !== undefined);
  const filled = { ...content, ...Object.fromEntries(known) };
  if (siteName === undefined || !('circumstances' in filled)) return filled;
  return { ...filled, circumstances: { ...filled.circumstances, siteName } };
}

const NEVER: SendOutcome = { status: 'failed', retry: false };

async function handOver(service: Service, job: Records): Promise<SendOutcome> {
  const { config, ports } = service;
  const { id = '', sealed = '', to } = job;
  const opened = await openMessage(service, id, sealed);
  if (!opened) return NEVER;
  const content = complete(opened, job);
  const language = parseLanguage(job['language']) ?? 'en';
  const sender = { serviceName: config.serviceName, issuer: config.issuer };
  if (job['channel'] === 'mail') {
    if (to === undefined) return NEVER;
    return ports.mailer.send({ to, idempotencyKey: id, ...renderMail(content, language, sender) });
  }
  const number = await openDestination(ports.vault, job);
  if (!ports.phone || number === undefined) return NEVER;
  if (content.template !== 'code' && content.template !== 'notice') return NEVER;
  // Whoever took the number over a moment ago would get the code (S27).
  if ((await ports.phone.checkNumber(number)) === 'swapped') {
    return { status: 'failed', retry: false, trouble: 'swapped' };
  }
  const common = {
    to: number,
    idempotencyKey: id,
    statusUrl: `${config.issuer}/webhooks/phone/status/${id}`,
  };
  if (job['channel'] === 'text') {
    return ports.phone.sendText({ ...common, body: renderText(content, language, sender) });
  }
  if (content.template !== 'code') return NEVER;
  return ports.phone.startCall({
    ...common,
    language,
    greeting: callGreeting(content, language, sender),
    speakUrl: `${config.issuer}/webhooks/phone/speak/${id}`,
  });
}
