import { auditEvent } from '../http/audit-event.ts';
import { limit, limitBySubject, sendLimits } from '../factors/limits.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import { key } from '../storage-keys.ts';
import { issueAddressCode, takeAddressCode } from './address.steps.ts';
import { readInteraction } from './interaction.steps.ts';
import { type Asked, asking, ended, type Outcome, refusal, refuse, show } from './outcome.ts';
import { macOfCode, makeSentCode } from './sent-code.ts';

/** Sends a new code to the mailbox. One round trip. */
export async function requestAddressCode(asked: Asked): Promise<Outcome> {
  const { service, request } = asked;
  const code = await makeSentCode(service, request, { owner: asked.id, purpose: 'mailbox', channel: 'mail' });
  const issued = await service.ports.redis.run(
    issueAddressCode,
    { interaction: key.interaction(asked.id) },
    { ...asking(asked), code },
    { limits: sendLimits(), event: auditEvent(request, 'mail.address_code') },
  );
  if (issued.status === 'throttled') return refuse('throttled', { retryAt: issued.retryAt });
  if (issued.status !== 'ok') return refusal(asked, issued);
  wakeJobs(service);
  return show(asked, issued);
}

/** Takes the code from the mailbox. One round trip. */
export async function submitAddressCode(asked: Asked, oneTimeCode: string): Promise<Outcome> {
  const { addressGroup } = asked.request;
  const taken = await asked.service.ports.redis.run(
    takeAddressCode,
    { interaction: key.interaction(asked.id) },
    { ...asking(asked), mac: await macOfCode(asked.service, asked.id, oneTimeCode) },
    {
      limits: [limit('code-address', addressGroup), limitBySubject('mailbox-code')],
      event: auditEvent(asked.request, 'sign_in.address_code'),
    },
  );
  switch (taken.status) {
    case 'ok':
      return show(asked, taken);
    case 'throttled':
      return refuse('throttled', { retryAt: taken.retryAt });
    case 'wrong_code':
      return refuse('wrong_code', { triesLeft: taken.triesLeft });
    case 'code_expired':
    case 'no_code_sent':
      return refuse(taken.status);
    case 'too_many':
      return ended('Too many wrong codes. For your safety this sign-in has ended; please start again.');
    default:
      return refusal(asked, taken);
  }
}

/** Reads where the interaction is. One round trip. */
export async function readView(asked: Asked): Promise<Outcome> {
  const { redis } = asked.service.ports;
  const read = await redis.run(readInteraction, { interaction: key.interaction(asked.id) }, asking(asked));
  return read.status === 'ok' ? show(asked, read) : ended();
}
