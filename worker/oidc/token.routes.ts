import { type Context, Hono } from 'hono';
import { parseAccount } from '../accounts/account.ts';
import { amrOf } from '../assurance/authentication-method.ts';
import type { AppEnv } from '../http/app-env.ts';
import { auditEvent } from '../http/audit-event.ts';
import { oauthError } from '../http/oauth-error.ts';
import { key } from '../storage-keys.ts';
import { type AuthorizationCode, matchesChallenge, openAuthorizationCode } from './authorization-code.ts';
import { accountClaims } from './claims.ts';
import { authenticates, type PresentedClient, presentedClient } from './client-authentication.ts';
import { operatorGrant } from './operator-grant.ts';
import { redeemAuthorizationCode } from './oidc.steps.ts';
import { limitForm, type Parameters, parseParameters } from './parameters.ts';
import { configuredClient, type Provider } from './provider.ts';

/** Seconds that an ID token and an access token are good for (S60). */
const ID_TOKEN_SECONDS = 600;
export const ACCESS_TOKEN_SECONDS = 600;

const FORM = 'application/x-www-form-urlencoded';

/** Serves `/token`: codes for tokens, and assertions of operators. */
export function tokenRoutes(provider: Provider): Hono<AppEnv> {
  const limited = limitForm(() => oauthError('invalid_request', 'The body is too long.'));
  return new Hono<AppEnv>().post('/token', limited, async (c) => {
    const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (type !== FORM) return oauthError('invalid_request', `The body must be ${FORM}.`);
    const parsed = parseParameters(new URLSearchParams(await c.req.text()));
    if (parsed.status === 'repeated') return oauthError('invalid_request', 'A parameter is sent twice.');
    switch (parsed.parameters.get('grant_type')) {
      case 'authorization_code':
        return authorizationCodeGrant(c, provider, parsed.parameters);
      case 'client_credentials':
        return operatorGrant(c, provider, parsed.parameters);
      case undefined:
        return oauthError('invalid_request', 'grant_type is missing.');
      default:
        return oauthError('unsupported_grant_type', 'grant_type must be authorization_code.');
    }
  });
}

/** Everything that can be checked without the store is checked first, so that a wrong request does not use up a code. */
async function authorizationCodeGrant(
  c: Context<AppEnv>,
  provider: Provider,
  parameters: Parameters,
): Promise<Response> {
  const presented = await presentedClient(c.req.header('authorization'), parameters);
  if (!presented) return invalidClient();
  const configured = configuredClient(provider, presented.clientId);
  if (configured && !authenticates(configured, presented)) return invalidClient();
  const text = parameters.get('code');
  const verifier = parameters.get('code_verifier');
  if (text === undefined) return oauthError('invalid_request', 'code is missing.');
  if (verifier === undefined) return oauthError('invalid_request', 'code_verifier is missing.');
  const code = await openAuthorizationCode(provider.ports.vault, presented.clientId, text);
  const { now } = c.var.request;
  if (
    !code ||
    code.expiresAt <= now ||
    code.redirectUri !== parameters.get('redirect_uri') ||
    !(await matchesChallenge(verifier, code.codeChallenge))
  ) {
    return invalidGrant();
  }
  return redeem(c, provider, presented, configured?.organizationId, code);
}

/** One round trip. */
async function redeem(
  c: Context<AppEnv>,
  provider: Provider,
  presented: PresentedClient,
  configuredFor: string | undefined,
  code: AuthorizationCode,
): Promise<Response> {
  const { now } = c.var.request;
  const redeemed = await provider.ports.redis.run(
    redeemAuthorizationCode,
    { grant: key.grant(code.jti), session: code.sessionKey, site: key.site(presented.clientId) },
    {
      now,
      clientId: presented.clientId,
      trusted: configuredFor !== undefined,
      secretSha256: presented.secretSha256,
      authMethod: presented.method,
      sub: code.sub,
      grantUntil: now + ACCESS_TOKEN_SECONDS,
    },
    {
      event: auditEvent(c.var.request, 'oidc.token', {
        clientId: presented.clientId,
        sub: code.sub,
        siteOrganization: configuredFor,
      }),
    },
  );
  if (redeemed.status === 'invalid_client') return invalidClient();
  if (redeemed.status !== 'redeemed') return invalidGrant();
  const account = parseAccount(code.sub, redeemed.account);
  const { issuer } = provider.config;
  const [idToken, accessToken] = await Promise.all([
    provider.signingKeys.sign(
      {
        iss: issuer,
        sub: code.sub,
        aud: presented.clientId,
        iat: now,
        exp: now + ID_TOKEN_SECONDS,
        auth_time: code.authTime,
        acr: code.level,
        amr: amrOf(code.methods),
        sid: code.sid,
        ...(code.nonce === undefined ? {} : { nonce: code.nonce }),
        ...accountClaims(account, code.scope),
      },
      'JWT',
    ),
    provider.signingKeys.sign(
      {
        iss: issuer,
        sub: code.sub,
        aud: issuer,
        client_id: presented.clientId,
        scope: code.scope,
        jti: code.jti,
        iat: now,
        exp: now + ACCESS_TOKEN_SECONDS,
      },
      'at+jwt',
    ),
  ]);
  return c.json({
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: ACCESS_TOKEN_SECONDS,
    scope: code.scope,
    id_token: idToken,
  });
}

function invalidGrant(): Response {
  return oauthError('invalid_grant', 'The code is wrong, has expired, was used, or is for another request.');
}

function invalidClient(): Response {
  return oauthError('invalid_client', 'The client could not be authenticated.');
}
