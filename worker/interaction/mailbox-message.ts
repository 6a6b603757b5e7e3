import { html } from 'hono/html';
import type { RequestContext } from '../http/request-context.ts';
import type { Mail } from '../ports/mailer.ts';

/** What the mail says. The code is in its body and never in its subject (S17). */
export interface MailboxMessage {
  readonly siteName: string;
  /** Address of the service, from configuration and never from `Host` (S23). */
  readonly issuer: string;
  readonly oneTimeCode: string;
  readonly reference: string;
  readonly request: RequestContext;
}

/** Writes the mail with the code that opens a first enrolment. */
export async function mailboxMessage(
  message: MailboxMessage,
): Promise<Pick<Mail, 'subject' | 'text' | 'html'>> {
  const { siteName, issuer, oneTimeCode, reference, request } = message;
  const when = new Date(request.now * 1000).toISOString().replace('T', ' ').slice(0, 16) + ' UTC';
  const text = `Your code to confirm this mailbox: ${oneTimeCode}

Reference: ${reference} (the screen shows the same)
Site: ${siteName}
Time: ${when}
From: ${request.address}

Type the code into the page that you came from. It is good for 5 minutes and for that page alone.
Someone who asks you for it is not us.

If this was not you, somebody knows your password. Don't use the code, and ask an administrator of
your organisation to help you to a new password.

${issuer}
`;
  const body = html`<!doctype html>
    <html lang="en">
      <body style="font-family: sans-serif; line-height: 1.5">
        <p>Your code to confirm this mailbox:</p>
        <p style="font-size: 1.6em; letter-spacing: 0.1em"><strong>${oneTimeCode}</strong></p>
        <p>
          Reference: <strong>${reference}</strong> (the screen shows the same)<br />
          Site: ${siteName}<br />
          Time: ${when}<br />
          From: ${request.address}
        </p>
        <p>
          Type the code into the page that you came from. It is good for 5 minutes and for that page alone.
          Someone who asks you for it is not us.
        </p>
        <p>
          If this was not you, somebody knows your password. Don’t use the code, and ask an administrator of
          your organisation to help you to a new password.
        </p>
        <p>${issuer}</p>
      </body>
    </html>`;
  return { subject: `Confirm your mailbox (${reference})`, text, html: String(await body) };
}
