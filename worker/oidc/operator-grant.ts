import type { Context } from 'hono';
import { createLocalJWKSet, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import type { AppEnv } from '../http/app-env.ts';
import { auditEvent } from '../http/audit-event.ts';
import { oauthError } from '../http/oauth-error.ts';
import { key } from '../storage-keys.ts';
import { takeAssertion } from './oidc.steps.ts';
import type { Parameters } from './parameters.ts';
import type { Provider } from './provider.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const TOKEN_SECONDS = 300;
const LONGEST_ASSERTION_SECONDS = 300;

/** The audience of a token that opens the admin API. */
export function adminAudience(issuer: string): string {
  return `${issuer}/api/admin`;
}

/**
 * Changes an operator's assertion for a token of the admin API. The key's id is the operator's name; an assertion
 * counts once. One round trip.
 * @see RFC 7523 section 2.2 (private_key_jwt)
 */
export async function operatorGrant(
  c: Context<AppEnv>,
  provider: Provider,
  parameters: Parameters,
): Promise<Response> {
  const assertion = parameters.get('client_assertion');
  if (parameters.get('client_assertion_type') !== ASSERTION_TYPE || assertion === undefined) {
    return oauthError(
      'invalid_client',
      'An operator authenticates with a client_assertion (private_key_jwt).',
    );
  }
  if (parameters.get('scope') !== 'admin') return oauthError('invalid_scope', 'scope must be admin.');
  const { now } = c.var.request;
  const claims = await verifyAssertion(provider, assertion, now);
  if (!claims) return oauthError('invalid_client', 'The assertion is not valid here.');
  const { iss, jti, exp } = claims;
  const taken = await provider.ports.redis.run(
    takeAssertion,
    { assertion: key.assertion(iss, jti) },
    { now, expiresAt: exp },
    { event: auditEvent(c.var.request, 'operator.token', { operator: iss }) },
  );
  if (taken.status !== 'taken') return oauthError('invalid_client', 'The assertion was used before.');
  const { issuer } = provider.config;
  const token = await provider.signingKeys.sign(
    {
      iss: issuer,
      sub: iss,
      aud: adminAudience(issuer),
      client_id: iss,
      scope: 'admin',
      jti,
      iat: now,
      exp: now + TOKEN_SECONDS,
    },
    'at+jwt',
  );
  return c.json({ access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS, scope: 'admin' });
}

interface AssertionClaims extends JWTPayload {
  readonly iss: string;
  readonly jti: string;
  readonly exp: number;
}

async function verifyAssertion(
  provider: Provider,
  text: string,
  now: number,
): Promise<AssertionClaims | undefined> {
  const { issuer, operatorKeys } = provider.config;
  try {
    const { kid } = decodeProtectedHeader(text);
    if (kid === undefined) return undefined;
    const { payload } = await jwtVerify(text, createLocalJWKSet({ keys: [...operatorKeys] }), {
      algorithms: ['ES256'],
      issuer: kid,
      subject: kid,
      audience: [issuer, `${issuer}/token`],
      currentDate: new Date(now * 1000),
      clockTolerance: 30,
      requiredClaims: ['exp', 'jti'],
    });
    const { iss, jti, exp } = payload;
    if (!iss || !jti || exp === undefined || exp > now + LONGEST_ASSERTION_SECONDS + 30) return undefined;
    return { ...payload, iss, jti, exp };
  } catch {
    return undefined;
  }
}
