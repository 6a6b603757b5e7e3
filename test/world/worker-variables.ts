// The variables that the worker gets in the local world; what they mean is in wrangler.toml.
import { createHash } from 'node:crypto';
import type { JWK } from 'jose';
import { TWILIO_ACCOUNT_SID, type Identity } from './identity.ts';
import type { WorldPorts } from './ports.ts';

/** A site that the service knows, as in PENUMBRA_CLIENTS. */
export interface ClientRegistration {
  readonly client_id: string;
  readonly name: string;
  readonly organization: string;
  readonly redirect_uris: readonly string[];
  readonly post_logout_redirect_uris: readonly string[];
  readonly token_endpoint_auth_method: 'client_secret_post' | 'client_secret_basic' | 'none';
  /** base64url of the SHA-256 of the secret; see `hashClientSecret`. */
  readonly client_secret_sha256?: string;
}

export interface WorkerAddresses {
  readonly issuer: string;
  readonly bridge: string;
  readonly outbox: string;
}

/** Makes the variables; every value is text, as both runtimes want it. */
export function workerVariables(
  addresses: WorkerAddresses,
  identity: Identity,
  clients: readonly ClientRegistration[],
): Record<string, string> {
  return {
    PENUMBRA_ISSUER: addresses.issuer,
    UPSTASH_REDIS_REST_URL: addresses.bridge,
    UPSTASH_REDIS_REST_TOKEN: identity.redisToken,
    PENUMBRA_ROOT_KEYS: identity.rootKey,
    PENUMBRA_SIGNING_KEYS: JSON.stringify({ keys: [identity.signingKey] }),
    PENUMBRA_OPERATOR_KEYS: JSON.stringify({ keys: [publicPart(identity.operatorKey)] }),
    PENUMBRA_CLIENTS: JSON.stringify(clients),
    PENUMBRA_POLICY: JSON.stringify({ required: true }),
    RESEND_API_KEY: identity.resendApiKey,
    RESEND_BASE_URL: addresses.outbox,
    RESEND_WEBHOOK_SECRET: identity.resendWebhookSecret,
    TWILIO_ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: identity.twilioAuthToken,
    // A number that Twilio gives to everybody for tests.
    TWILIO_FROM: '+15005550006',
    TWILIO_BASE_URL: addresses.outbox,
    TWILIO_LOOKUPS_BASE_URL: addresses.outbox,
    TWILIO_SIM_SWAP: 'true',
    PENUMBRA_PHONE_COUNTRIES: 'DK,SE,GB,US,DE',
    PENUMBRA_MAIL_FROM: 'Penumbra <login@penumbra.example>',
  };
}

/** Registers the CMS site of the local world, under both of its host names. */
export function siteClient(ports: WorldPorts, identity: Identity): ClientRegistration {
  const hosts = [`http://site.localhost:${ports.site}`, `http://localhost:${ports.site}`];
  return {
    client_id: 'site',
    name: 'Example site',
    organization: 'example',
    redirect_uris: hosts.map((host) => `${host}/umbraco-signin-penumbra`),
    post_logout_redirect_uris: hosts.flatMap((host) => [`${host}/umbraco`, `${host}/umbraco/logout`]),
    token_endpoint_auth_method: 'client_secret_post',
    client_secret_sha256: hashClientSecret(identity.siteClientSecret),
  };
}

/** Hashes a client secret as PENUMBRA_CLIENTS wants it. */
export function hashClientSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function publicPart({ kty, crv, x, y, kid, alg, use }: JWK): JWK {
  return Object.fromEntries(
    Object.entries({ kty, crv, x, y, kid, alg, use }).filter(([, value]) => value !== undefined),
  );
}
