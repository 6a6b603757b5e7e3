import type { DestinationTrouble, SendOutcome } from './mailer.ts';

/** A text message. */
export interface PhoneText {
  /** E.164. */
  readonly to: string;
  readonly body: string;
  /** Where the provider tells what became of it. */
  readonly statusUrl: string;
  /** Names this send; a provider that knows idempotency keys is given it. */
  readonly idempotencyKey: string;
}

/** A call. The code is in no part of it: the provider asks for it at `speakUrl` when a key was pressed (S28). */
export interface PhoneCall {
  /** E.164. */
  readonly to: string;
  /** BCP 47 tag of the language of `greeting`. */
  readonly language: string;
  /** Spoken at once: who calls, and that a key has to be pressed. */
  readonly greeting: string;
  readonly speakUrl: string;
  readonly statusUrl: string;
  readonly idempotencyKey: string;
}

/** Words for a call that is under way. Each line is spoken with a pause behind it. */
export interface Speech {
  readonly language: string;
  readonly lines: readonly string[];
}

/** What the provider tells or asks. */
export type PhoneCallback =
  | {
      readonly kind: 'status';
      readonly status: 'sent' | 'delivered' | 'failed';
      readonly trouble?: DestinationTrouble;
    }
  /** A key was pressed in a call; '' when none was. */
  | { readonly kind: 'key'; readonly digits: string };

/** Sends texts and calls through a provider. Never throws, answers within 5 seconds, `failed` is never a pass (S72). */
export interface PhonePort {
  sendText(text: PhoneText): Promise<SendOutcome>;
  startCall(call: PhoneCall): Promise<SendOutcome>;
  /**
   * Asks whether the number changed hands a short while ago (S27), before each send. `unknown` where the provider does not
   * tell, or does not answer in time.
   */
  checkNumber(to: string): Promise<'ok' | 'swapped' | 'unknown'>;
  /**
   * Reads a callback (a form post). `url` is its address as it was given to the provider, since the signature covers it.
   * `undefined`: not signed by the provider.
   */
  readCallback(request: Request, url: string): Promise<PhoneCallback | undefined>;
  /** Answers a callback of a call with words, after which the call ends. */
  speak(speech: Speech): Response;
}
