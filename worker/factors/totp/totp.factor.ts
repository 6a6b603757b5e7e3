// The authenticator app: a shared seed and the time. Pure but for the random source that is passed in. It must not
// know where seeds are kept, nor count tries.
import { generateURI, ScureBase32Plugin, verify } from 'otplib';
import { renderSVG } from 'uqr';
import type { EpochSeconds } from '../../ports/clock.ts';
import type { RandomPort } from '../../ports/random.ts';
import type { SecretFactor, SecretPresentation } from '../factor.ts';

/** 160 bits, as long as the hash behind the code. @see RFC 4226 section 4, R6 */
const SEED_BYTES = 20;
const PERIOD_SECONDS = 30;

const TOTP_CODE_LENGTH = 6;

/** Makes a seed. It is always made here; a seed that a client sends is never read (S30). */
function makeSeed(random: RandomPort): Uint8Array<ArrayBuffer> {
  return random.bytes(SEED_BYTES);
}

/**
 * Verifies a code against the current step and the one before it, with `acceptsNext` the one after it too (S32), in
 * constant time.
 *
 * Gives the step that matched, so that the caller can refuse a step that was used (S33), else `undefined`.
 * `now` in epoch seconds of the server (S34).
 * @see RFC 6238 section 5.2
 */
async function verifyTotp(
  seed: Uint8Array,
  oneTimeCode: string,
  now: EpochSeconds,
  acceptsNext = false,
): Promise<number | undefined> {
  if (!/^[0-9]{6}$/.test(oneTimeCode)) return undefined;
  const result = await verify({
    secret: seed,
    token: oneTimeCode,
    epoch: now,
    epochTolerance: [PERIOD_SECONDS, acceptsNext ? PERIOD_SECONDS : 0],
    period: PERIOD_SECONDS,
    digits: TOTP_CODE_LENGTH,
    algorithm: 'sha1',
  });
  return result.valid ? Math.floor(now / PERIOD_SECONDS) + result.delta : undefined;
}

/**
 * Presents a seed. A colon would end the issuer in the label, and otplib does not escape it, so it becomes a space.
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
function presentSeed(seed: Uint8Array, issuer: string, account: string): SecretPresentation {
  const secret = new ScureBase32Plugin().encode(seed, { padding: false });
  const uri = generateURI({
    issuer: withoutColon(issuer),
    label: withoutColon(account),
    secret,
    algorithm: 'sha1',
    digits: TOTP_CODE_LENGTH,
    period: PERIOD_SECONDS,
  });
  return {
    secret: secret.replace(/(.{4})(?=.)/g, '$1 '),
    uri,
    qrSvg: renderSVG(uri, { ecc: 'M', border: 4, pixelSize: 8 }),
  };
}

function withoutColon(text: string): string {
  return text.replaceAll(':', ' ');
}

export const totp: SecretFactor = {
  kind: 'totp',
  method: 'totp',
  codeLength: TOTP_CODE_LENGTH,
  makeSecret: makeSeed,
  present: presentSeed,
  verify: verifyTotp,
};
