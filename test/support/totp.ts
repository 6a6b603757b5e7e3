// An authenticator app of another make than the service's library, so that both can't share a mistake.
import { Secret, TOTP, URI } from 'otpauth';

/** Gives the six digits at a time (epoch seconds) for an `otpauth://` address or a base32 secret (spaces allowed). */
export function totpCode(uriOrSecret: string, epochSeconds: number): string {
  const generator = uriOrSecret.startsWith('otpauth:')
    ? URI.parse(uriOrSecret)
    : new TOTP({ secret: Secret.fromBase32(uriOrSecret.replaceAll(' ', '')) });
  if (!(generator instanceof TOTP)) throw new Error('The address is not one of a time-based code.');
  return generator.generate({ timestamp: epochSeconds * 1000 });
}

/** Gives six digits that are not right at that time, nor one step before or after. */
export function wrongTotpCode(uriOrSecret: string, epochSeconds: number): string {
  const right = [-30, 0, 30].map((shift) => totpCode(uriOrSecret, epochSeconds + shift));
  const candidates = ['000000', '111111', '222222', '333333'];
  return candidates.find((candidate) => !right.includes(candidate)) ?? '';
}
