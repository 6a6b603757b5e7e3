import type { Service } from '../http/service.ts';
import type { RelyingParty } from './relying-party.ts';
import { createSigningKeys, type SigningKeys } from './signing-keys.ts';

/** The service as an OpenID Connect provider. */
export interface Provider extends Service {
  readonly signingKeys: SigningKeys;
}

/** Makes the provider; keys are imported once an isolate, so discovery and JWKS need no round trip. */
export function createProvider(service: Service): Provider {
  return { ...service, signingKeys: createSigningKeys(service.config.issuer, service.config.signingKeys) };
}

/** Finds a client of the configuration. */
export function configuredClient(provider: Provider, clientId: string): RelyingParty | undefined {
  return provider.config.clients.find((client) => client.clientId === clientId);
}
