import { auditEvent } from '../http/audit-event.ts';
import { limit, limitBySubject } from '../factors/limits.ts';
import { CODE_SECONDS, MAIL_CODE_LENGTH, makeOneTimeCode, makeReference } from '../factors/one-time-code.ts';
import type { Limit } from '../ports/redis.ts';
import { key } from '../storage-keys.ts';
import {
  issueAddressCode,
  type MailboxCodeArgs,
  noteFailedDelivery,
  takeAddressCode,
} from './address.steps.ts';
import { parseInteraction } from './interaction.ts';
import { readInteraction, type Snapshot } from './interaction.steps.ts';
import { mailboxMessage } from './mailbox-message.ts';
import { type Asked, asking, ended, type Outcome, refusal, refuse, show } from './outcome.ts';

/** Seconds before a mail that could not be handed over may be tried again. */
const RETRY_SECONDS = 10;

export interface MailboxCode {
  readonly oneTimeCode: string;
  readonly stored: MailboxCodeArgs;
}

/** Makes a code that is good in this interaction alone (S12). */
export async function makeMailboxCode(asked: Asked): Promise<MailboxCode> {
  const { random } = asked.service.ports;
  const oneTimeCode = makeOneTimeCode(random, MAIL_CODE_LENGTH);
  return {
    oneTimeCode,
    stored: {
      mac: await macOf(asked, oneTimeCode),
      expiresAt: asked.request.now + CODE_SECONDS,
      reference: makeReference(random),
    },
  };
}

/** Gives the limits of a send (S18). */
export function mailboxLimits(asked: Asked): Limit[] {
  const { now, addressGroup } = asked.request;
  return [
    limitBySubject('mail-destination', now),
    limitBySubject('mail-destination-day', now),
    limit('mail-address', addressGroup, now),
    limit('mail-all', 'all', now),
  ];
}

/** Hands the mail over; when that fails the screen says so and a new try is possible soon (S72). */
export async function sendMailboxCode(
  asked: Asked,
  email: string,
  code: MailboxCode,
  snapshot: Snapshot,
): Promise<Outcome> {
  const { ports, config } = asked.service;
  const { target } = parseInteraction(asked.id, snapshot.interaction);
  const message = await mailboxMessage({
    siteName: target.siteName,
    issuer: config.issuer,
    oneTimeCode: code.oneTimeCode,
    reference: code.stored.reference,
    request: asked.request,
  });
  const idempotencyKey = `mailbox-${asked.id}-${code.stored.reference}-${code.stored.expiresAt}`;
  const { status } = await ports.mailer.send({ to: email, idempotencyKey, ...message });
  if (status === 'accepted') return show(asked, snapshot);
  const noted = await ports.redis.run(
    noteFailedDelivery,
    { interaction: key.interaction(asked.id) },
    { ...asking(asked), reference: code.stored.reference, resendAt: asked.request.now + RETRY_SECONDS },
    { event: auditEvent(asked.request, 'mail.failed') },
  );
  return noted.status === 'ok' ? show(asked, noted) : refusal(asked, noted);
}

/** Sends a new code to the mailbox. One round trip. */
export async function requestAddressCode(asked: Asked): Promise<Outcome> {
  const code = await makeMailboxCode(asked);
  const issued = await asked.service.ports.redis.run(
    issueAddressCode,
    { interaction: key.interaction(asked.id) },
    { ...asking(asked), mail: code.stored },
    { limits: mailboxLimits(asked), event: auditEvent(asked.request, 'mail.address_code') },
  );
  if (issued.status === 'throttled') return refuse('throttled', { retryAt: issued.retryAt });
  if (issued.status !== 'ok') return refusal(asked, issued);
  return sendMailboxCode(asked, issued.interaction['email'] ?? '', code, issued);
}

/** Takes the code from the mailbox. One round trip. */
export async function submitAddressCode(asked: Asked, oneTimeCode: string): Promise<Outcome> {
  const { now, addressGroup } = asked.request;
  const taken = await asked.service.ports.redis.run(
    takeAddressCode,
    { interaction: key.interaction(asked.id) },
    { ...asking(asked), mac: await macOf(asked, oneTimeCode) },
    {
      limits: [limit('code-address', addressGroup, now), limitBySubject('mailbox-code', now)],
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
      return refuse('code_expired');
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

function macOf(asked: Asked, oneTimeCode: string): Promise<string> {
  return asked.service.ports.vault.mac('one-time-code', JSON.stringify(['mailbox', asked.id, oneTimeCode]));
}
