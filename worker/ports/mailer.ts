/** A message to one address. `text` is the whole message; `html` says the same. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Two sends with one key are one mail (S23). At most 256 characters. */
  readonly idempotencyKey: string;
}

export type MailOutcome = { readonly status: 'accepted' } | { readonly status: 'failed' };

/** Hands mail over to a provider. Never throws, answers within 5 seconds, and `failed` is never a pass (S72). */
export interface MailerPort {
  send(mail: Mail): Promise<MailOutcome>;
}
