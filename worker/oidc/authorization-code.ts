import { base64url } from 'jose';
import type { AssuranceLevel } from '../assurance/assurance-level.ts';
import type { AuthenticationMethod } from '../assurance/authentication-method.ts';
import type { EpochSeconds } from '../ports/clock.ts';
import type { VaultPort } from '../ports/vault.ts';

/** Seconds that an authorization code is good for (S57). */
export const CODE_LIFETIME_SECONDS = 60;

/**
 * What an authorization code stands for. The code carries it, sealed, so that issuing one needs no round trip; the
 * store only marks it as used when it is redeemed.
 */
export interface AuthorizationCode {
  readonly jti: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly codeChallenge: string;
  readonly nonce?: string;
  readonly scope: string;
  readonly sub: string;
  readonly sid: string;
  /** Redis key of the session. */
  readonly sessionKey: string;
  readonly authTime: EpochSeconds;
  readonly level: AssuranceLevel;
  readonly methods: readonly AuthenticationMethod[];
  readonly expiresAt: EpochSeconds;
}

/** Seals a code for the client that it is for. */
export function sealAuthorizationCode(vault: VaultPort, code: AuthorizationCode): Promise<string> {
  return vault.seal('authorization-code', code.clientId, new TextEncoder().encode(JSON.stringify(code)));
}

/** Opens a code; `undefined` when it is not ours, was changed, or is another client's. Expiry is for the caller. */
export async function openAuthorizationCode(
  vault: VaultPort,
  clientId: string,
  text: string,
): Promise<AuthorizationCode | undefined> {
  const plain = await vault.open('authorization-code', clientId, text);
  return plain ? (JSON.parse(new TextDecoder().decode(plain)) as AuthorizationCode) : undefined;
}

/**
 * Tells whether a PKCE verifier belongs to a challenge.
 * @see RFC 7636 section 4.6
 */
export async function matchesChallenge(verifier: string, challenge: string): Promise<boolean> {
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  // The challenge is public, so comparing it needs no constant time.
  return base64url.encode(new Uint8Array(digest)) === challenge;
}
