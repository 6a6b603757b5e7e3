import { createLocalJWKSet, importJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';

/** What a token is, by its `typ` header: one kind is never accepted in place of another (RFC 8725 3.11). */
export type TokenType = 'JWT' | 'at+jwt';

export interface SigningKeys {
  /** Signs with the first key. */
  sign(payload: JWTPayload, type: TokenType): Promise<string>;
  /**
   * Verifies a token of ours: signature, issuer, type, and audience and expiry where they matter. The algorithm is
   * fixed and keys named in the token's header are ignored (S60). `undefined` when anything is wrong.
   */
  verify(token: string, type: TokenType, checks: TokenChecks): Promise<JWTPayload | undefined>;
  readonly publicJwks: { readonly keys: readonly JWK[] };
}

export interface TokenChecks {
  readonly audience?: string;
  /** Epoch seconds. */
  readonly now: number;
  /** A hint may have expired (OpenID Connect RP-Initiated Logout 1.0, section 2). */
  readonly allowExpired?: boolean;
}

const ALGORITHM = 'ES256';

/** Makes signer and verifier from private JWKs (P-256, each with `kid`); the first one signs, all are published. */
export function createSigningKeys(issuer: string, privateKeys: readonly JWK[]): SigningKeys {
  const [current] = privateKeys;
  if (!current?.kid) throw new TypeError('There is no signing key.');
  const { kid } = current;
  const publicJwks = { keys: privateKeys.map(publicPart) };
  const keySet = createLocalJWKSet({ keys: [...publicJwks.keys] });
  let signer: ReturnType<typeof importJWK> | undefined;
  return {
    publicJwks,
    async sign(payload, type) {
      signer ??= importJWK(current, ALGORITHM);
      return new SignJWT(payload).setProtectedHeader({ alg: ALGORITHM, kid, typ: type }).sign(await signer);
    },
    async verify(token, type, { audience, now, allowExpired }) {
      try {
        const { payload } = await jwtVerify(token, keySet, {
          issuer,
          typ: type,
          algorithms: [ALGORITHM],
          currentDate: new Date(allowExpired ? 0 : now * 1000),
          requiredClaims: ['exp'],
          ...(audience ? { audience } : {}),
        });
        return payload;
      } catch {
        return undefined;
      }
    },
  };
}

function publicPart(key: JWK): JWK {
  const { kty, crv, x, y, kid } = key;
  return {
    ...(kty ? { kty } : {}),
    ...(crv ? { crv } : {}),
    ...(x ? { x } : {}),
    ...(y ? { y } : {}),
    ...(kid ? { kid } : {}),
    alg: ALGORITHM,
    use: 'sig',
  };
}
