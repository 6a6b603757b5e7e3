// The contract of a factor. A new kind is one folder that exports a `Factor`, and one line in `registry.ts`.
import type { AuthenticationMethod } from '../assurance/authentication-method.ts';
import type { FactorKind } from '../assurance/policy.ts';
import type { EpochSeconds } from '../ports/clock.ts';
import type { RandomPort } from '../ports/random.ts';

/** What a person needs to put a secret into an app: the key to type, the URI, and the URI as a QR code (SVG). */
export interface SecretPresentation {
  readonly secret: string;
  readonly uri: string;
  readonly qrSvg: string;
}

export interface Factor {
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
   * when the code is wrong. `now` in epoch seconds.
   */
  readonly verify: (
    secret: Uint8Array,
    oneTimeCode: string,
    now: EpochSeconds,
  ) => Promise<number | undefined>;
}
