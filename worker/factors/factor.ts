// The contract of a factor. A new kind is one folder that exports a `Factor`, and one line in `registry.ts`.
import type { AuthenticationMethod } from '../assurance/authentication-method.ts';
import type { FactorKind } from '../assurance/policy.ts';
import type { EpochSeconds } from '../ports/clock.ts';
import type { RandomPort } from '../ports/random.ts';

/** How a code is sent. */
export type Channel = 'mail' | 'text' | 'call';

/** What a person needs to put a secret into an app: the key to type, the URI, and the URI as a QR code (SVG). */
export interface SecretPresentation {
  readonly secret: string;
  readonly uri: string;
  readonly qrSvg: string;
}

/** A factor that shows codes of a secret which both sides keep. Its proof takes two round trips: the secret is loaded. */
export interface SecretFactor {
  readonly kind: FactorKind;
  readonly method: AuthenticationMethod;
  /** How many characters a one-time code has. */
  readonly codeLength: number;
  /** Makes the secret of a new enrollment. */
  readonly makeSecret: (random: RandomPort) => Uint8Array<ArrayBuffer>;
  /** Presents a secret while it is being enrolled, and never after. */
  readonly present: (secret: Uint8Array, issuer: string, account: string) => SecretPresentation;
  /**
   * Verifies a one-time code. Gives a counter that must be higher than the one accepted last (S33), or `undefined`
   * when the code is wrong. `now` in epoch seconds. `acceptsNext`: the code after the present one is right too.
   */
  readonly verify: (
    secret: Uint8Array,
    oneTimeCode: string,
    now: EpochSeconds,
    acceptsNext?: boolean,
  ) => Promise<number | undefined>;
}

/** A factor whose codes are sent to it. Its proof takes one round trip: the store compares keyed hashes. */
export interface SentFactor {
  readonly kind: FactorKind;
  /** How a code can reach it, the usual way first, and what a code that came so proves. */
  readonly channels: Readonly<Partial<Record<Channel, AuthenticationMethod>>>;
  readonly codeLength: number;
}

export type Factor = SecretFactor | SentFactor;

/** Tells whether codes are sent to the factor. */
export function isSent(factor: Factor): factor is SentFactor {
  return 'channels' in factor;
}
