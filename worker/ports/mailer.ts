/** A message to one address. `text` is the whole message; `html` says the same. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Two sends with one key are one mail (S23). At most 256 characters. */
  readonly idempotencyKey: string;
}

/**
 * What became of handing a message over. `busy`: the provider's rate is used up, so a later try is worth it and nothing
 * is wrong. `failed` with `retry`: the provider is down or slow. `failed` without: it will never take this message.
 */
export type SendOutcome =
  | {
      readonly status: 'accepted';
      /** The provider's id of the message, by which its callbacks name it. */
      readonly providerId?: string;
    }
  | { readonly status: 'busy'; readonly retryAfterSeconds?: number }
  | {
      readonly status: 'failed';
      readonly retry: boolean;
      /** Why the destination itself is the trouble, where the provider says so. */
      readonly trouble?: DestinationTrouble;
    };

/**
 * Why messages to a destination don't arrive. `bounced`, `complained`: mail. `blocked`: the phone refuses us (opted out,
 * carrier filter). `unreachable`: no such number, switched off, a landline for a text. `swapped`: the SIM was changed
 * a short while ago (S27).
 */
export type DestinationTrouble = 'bounced' | 'complained' | 'blocked' | 'unreachable' | 'swapped';

/** What the provider of mail tells afterwards. `trouble` absent: it was delivered. */
export interface MailReport {
  readonly to: readonly string[];
  readonly trouble?: DestinationTrouble;
}

/** Hands mail over to a provider. Never throws, answers within 5 seconds, and `failed` is never a pass (S72). */
export interface MailerPort {
  send(mail: Mail): Promise<SendOutcome>;
  /**
   * Reads a webhook of the provider. `unsigned`: it did not come from the provider, is too old, or webhooks are not
   * configured. `ignored`: it did, and says nothing of use here. `now` in epoch seconds.
   */
  readReport(
    request: Request,
    now: number,
  ): Promise<
    | { readonly status: 'report'; readonly report: MailReport }
    | { readonly status: 'unsigned' }
    | { readonly status: 'ignored' }
  >;
}
