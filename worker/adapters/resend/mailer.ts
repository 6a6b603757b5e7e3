// Hands mail to Resend. Owns the deadline and the outcome. It must not log: its errors may hold addresses and text.
import { Resend } from 'resend';
import type { MailOutcome, MailerPort } from '../../ports/mailer.ts';

export interface ResendMailerOptions {
  readonly apiKey: string;
  /** Sender, e.g. `Penumbra <no-reply@example.com>`. */
  readonly from: string;
  /** Where Resend is; its own address when absent. */
  readonly baseUrl?: string;
  readonly deadlineMs?: number;
}

/** Makes the mailer port over the `resend` SDK. Whatever goes wrong, and a deadline of 4.5 s, is `failed` (S72). */
export function createResendMailer({
  apiKey,
  from,
  baseUrl,
  deadlineMs = 4500,
}: ResendMailerOptions): MailerPort {
  const resend = new Resend(apiKey, {
    // Given always: without it the SDK would read the environment.
    baseUrl: (baseUrl ?? 'https://api.resend.com').replace(/\/$/, ''),
    userAgent: 'penumbra',
  });
  return {
    async send({ to, subject, text, html, idempotencyKey }) {
      const deadline = new AbortController();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<MailOutcome>((resolve) => {
        timer = setTimeout(() => {
          resolve({ status: 'failed' });
          deadline.abort();
        }, deadlineMs);
      });
      const sent = resend.emails
        .send({ from, to: [to], subject, text, html }, { idempotencyKey, signal: deadline.signal })
        .then(
          (answer): MailOutcome => ({ status: answer.error === null ? 'accepted' : 'failed' }),
          (): MailOutcome => ({ status: 'failed' }),
        );
      try {
        return await Promise.race([sent, late]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
