import { LANGUAGES } from '../localization/language.ts';
import { Hono } from 'hono';
import type { AppEnv } from '../http/app-env.ts';
import type { Provider } from './provider.ts';

/** Seconds for which a client may keep the discovery document and the keys. */
const CACHE_SECONDS = 300;

/**
 * Serves the discovery document and the public keys. No round trip.
 * @see OpenID Connect Discovery 1.0, RFC 8414, RFC 9207
 */
export function discoveryRoutes(provider: Provider): Hono<AppEnv> {
  const { issuer } = provider.config;
  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    end_session_endpoint: `${issuer}/end_session`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    scopes_supported: ['openid', 'email', 'profile'],
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'form_post'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    claims_supported: [
      ...['iss', 'sub', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'acr', 'amr', 'sid'],
      ...['email', 'email_verified', 'name'],
    ],
    acr_values_supported: ['1fa', '2fa', 'aal2'],
    ui_locales_supported: LANGUAGES,
    prompt_values_supported: ['none', 'login', 'select_account', 'consent'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
  };
  const cached = { 'cache-control': `public, max-age=${CACHE_SECONDS}` };
  return new Hono<AppEnv>()
    .get('/.well-known/openid-configuration', (c) => c.json(metadata, 200, cached))
    .get('/.well-known/jwks.json', (c) => c.json(provider.signingKeys.publicJwks, 200, cached));
}
