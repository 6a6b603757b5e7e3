import { createHash, randomBytes } from 'node:crypto';

/** Seconds. Umbraco lets an access token live for a quarter of its refresh token. */
export const accessTokenLifetime = 300;
const refreshTokenLifetime = accessTokenLifetime * 4;
const codeLifetime = 300;
/** Seconds in which a used refresh token still works, so that a reload in the middle of a refresh loses nothing. */
const reuseLeeway = 30;

export interface CodeGrant {
  readonly identityId: string;
  readonly userId: string;
  readonly clientId: string;
  readonly redirectUri: string;
  /** S256, base64url. */
  readonly codeChallenge: string;
}

export interface CodeProof {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly codeVerifier: string;
}

export interface TokenPair {
  readonly access: string;
  readonly refresh: string;
}

/** All tokens that came from one sign-in; they are revoked together. */
interface Family {
  readonly identityId: string;
  readonly userId: string;
  revoked: boolean;
}

interface Token {
  readonly family: Family;
  readonly expiresAt: number;
  redeemedAt?: number;
}

/**
 * Issues and checks the site's authorization codes and opaque tokens, in memory. `now` gives epoch seconds.
 *
 * A code is good once; a second use revokes what the first one gave (RFC 6749 section 4.1.2). A refresh token is
 * replaced at each use (RFC 9700 section 4.14.2) with a short leeway.
 */
export class TokenStore {
  readonly #now: () => number;
  readonly #codes = new Map<string, { grant: CodeGrant; expiresAt: number; family?: Family }>();
  readonly #access = new Map<string, Token>();
  readonly #refresh = new Map<string, Token>();

  constructor(now: () => number) {
    this.#now = now;
  }

  issueCode(grant: CodeGrant): string {
    const code = random();
    this.#codes.set(code, { grant, expiresAt: this.#now() + codeLifetime });
    return code;
  }

  redeemCode(code: string, proof: CodeProof): TokenPair | undefined {
    const record = this.#codes.get(code);
    if (!record) return undefined;
    if (record.family) {
      record.family.revoked = true;
      return undefined;
    }
    const { grant } = record;
    const family = { identityId: grant.identityId, userId: grant.userId, revoked: false };
    record.family = family;
    const challenge = createHash('sha256').update(proof.codeVerifier).digest('base64url');
    const matches =
      record.expiresAt > this.#now() &&
      grant.clientId === proof.clientId &&
      grant.redirectUri === proof.redirectUri &&
      grant.codeChallenge === challenge;
    return matches ? this.#issue(family) : undefined;
  }

  refresh(token: string): TokenPair | undefined {
    const record = this.#refresh.get(token);
    if (!record || !this.#alive(record)) return undefined;
    const now = this.#now();
    record.redeemedAt ??= now;
    if (now - record.redeemedAt > reuseLeeway) {
      record.family.revoked = true;
      return undefined;
    }
    return this.#issue(record.family);
  }

  userOf(accessToken: string): string | undefined {
    const record = this.#access.get(accessToken);
    return record && this.#alive(record) ? record.family.userId : undefined;
  }

  /** Revokes the sign-in that this access or refresh token belongs to; an unknown one is no error (RFC 7009). */
  revoke(token: string): void {
    const record = this.#access.get(token) ?? this.#refresh.get(token);
    if (record) record.family.revoked = true;
  }

  revokeIdentity(identityId: string): void {
    for (const { family } of [...this.#access.values(), ...this.#refresh.values()]) {
      if (family.identityId === identityId) family.revoked = true;
    }
  }

  #alive(token: Token): boolean {
    return !token.family.revoked && token.expiresAt > this.#now();
  }

  #issue(family: Family): TokenPair {
    const now = this.#now();
    const pair = { access: random(), refresh: random() };
    this.#access.set(pair.access, { family, expiresAt: now + accessTokenLifetime });
    this.#refresh.set(pair.refresh, { family, expiresAt: now + refreshTokenLifetime });
    return pair;
  }
}

function random(): string {
  return randomBytes(32).toString('base64url');
}
