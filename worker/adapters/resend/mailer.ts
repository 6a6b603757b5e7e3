// Hands mail to Resend. Owns the deadline and the outcome. It must not log: its errors may hold addresses and text.
import { Resend, type CreateEmailResponse } from 'resend';
import type { MailerPort, SendOutcome } from '../../ports/mailer.ts';
import { withDeadline } from '../deadline.ts';
import { readRetryAfter } from '../retry-after.ts';
import { readResendReport } from './webhook.ts';

export interface ResendMailerOptions {
  readonly apiKey: string;
  /** Sender, e.g. `Penumbra <no-reply@example.com>`. */
  readonly from: string;
  /** Where Resend is; its own address when absent. */
  readonly baseUrl?: string;
  /** `whsec_…`; without one no webhook is believed. */
  readonly webhookSecret?: string;
  readonly deadlineMs?: number;
}

/** Down, slow, or an answer that is none: the idempotency key makes another try safe. */
const FAILED_FOR_NOW: SendOutcome = { status: 'failed', retry: true };

/**
 * Makes the mailer port over the `resend` SDK. Whatever goes wrong, and a deadline of 3.5 s, is `failed`: a screen looks
 * each second what became of a code, and has to tell within five (S72).
 */
export function createResendMailer({
  apiKey,
  from,
  baseUrl,
  webhookSecret,
  deadlineMs = 3500,
}: ResendMailerOptions): MailerPort {
  const resend = new Resend(apiKey, {
    // Given always: without it the SDK would read the environment.
    baseUrl: (baseUrl ?? 'https://api.resend.com').replace(/\/$/, ''),
    userAgent: 'penumbra',
  });
  return {
    send: ({ to, subject, text, html, idempotencyKey }) =>
      withDeadline(deadlineMs, FAILED_FOR_NOW, async (signal) =>
        outcomeOf(
          await resend.emails.send({ from, to: [to], subject, text, html }, { idempotencyKey, signal }),
        ),
      ),
    readReport: (request, now) => readResendReport(webhookSecret, request, now),
  };
}

/** @see https://resend.com/docs/api-reference/errors */
function outcomeOf({ data, error, headers }: CreateEmailResponse): SendOutcome {
  if (error === null) return { status: 'accepted', providerId: data.id };
  // The quota of a day or month is a 429 too, but waiting a second does not help.
  if (error.name === 'daily_quota_exceeded' || error.name === 'monthly_quota_exceeded') return FAILED_FOR_NOW;
  // The first try with this key is still being worked on.
  if (error.name === 'concurrent_idempotent_requests') return FAILED_FOR_NOW;
  const status = error.statusCode;
  if (status === 429) return { status: 'busy', ...readRetryAfter(headers?.['retry-after']) };
  if (status === null || status < 400 || status >= 500) return FAILED_FOR_NOW;
  // A key that was changed, a domain that is not verified (yet): the operator's to mend, and the message is not to blame.
  if (status === 401 || status === 403) return FAILED_FOR_NOW;
  return { status: 'failed', retry: false };
}
