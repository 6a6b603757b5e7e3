import { html } from 'hono/html';
import type { Mail } from '../ports/mailer.ts';

/** What the mail to a new member says. */
export interface SetupMessage {
  /** Address of the service, from configuration and never from `Host` (S23). */
  readonly issuer: string;
  readonly token: string;
  readonly name: string;
  readonly organizationName: string;
  readonly days: number;
}

/** Writes the mail with the set-up link. The token is in the fragment, which no server logs and no scanner posts. */
export async function setupMessage(message: SetupMessage): Promise<Pick<Mail, 'subject' | 'text' | 'html'>> {
  const { issuer, token, name, organizationName, days } = message;
  const link = `${issuer}/setup#${token}`;
  const text = `Hello ${name},

You are now a member of ${organizationName}. Choose a password to begin:

${link}

The link is good for ${days} days and works once. After that you sign in with this address and your password.

If you did not expect this, you need not do anything: without the link nobody gets in.
`;
  const body = html`<!doctype html>
    <html lang="en">
      <body style="font-family: sans-serif; line-height: 1.5">
        <p>Hello ${name},</p>
        <p>You are now a member of ${organizationName}. Choose a password to begin:</p>
        <p><a href="${link}">Choose a password</a></p>
        <p>
          The link is good for ${days} days and works once. After that you sign in with this address and your
          password.
        </p>
        <p>If you did not expect this, you need not do anything: without the link nobody gets in.</p>
      </body>
    </html>`;
  return { subject: `Set up your account at ${organizationName}`, text, html: String(await body) };
}
