// Reads the relying parties that the configuration registers.
import * as v from 'valibot';
import { redirectUriMistake } from '../http/redirect-uri.ts';
import type { PolicyLayer } from '../assurance/policy.ts';
import { layerFrom, policySchema } from '../assurance/policy-schema.ts';
import type { Mistakes } from './mistakes.ts';
import { checkPolicy } from './policy.ts';
import { readJson, type Variables } from './variables.ts';

/** A relying party ("site") of the configuration. */
export interface RelyingPartyConfig {
  readonly clientId: string;
  /** Shown to people. */
  readonly name: string;
  /** Members of this organisation may use the site. */
  readonly organizationId: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly authMethod: 'client_secret_basic' | 'client_secret_post' | 'none';
  /** SHA-256 of the secret, base64url; absent for a public client. */
  readonly secretSha256?: string;
  /** What the site demands beside the service and the organisation. */
  readonly policy?: PolicyLayer;
}

const uri = v.pipe(
  v.string(),
  v.rawCheck(({ dataset, addIssue }) => {
    const mistake = dataset.typed ? redirectUriMistake(dataset.value) : undefined;
    if (mistake !== undefined) addIssue({ message: mistake });
  }),
);

const client = v.strictObject({
  client_id: v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9._~-]{1,64}$/, 'must be 1 to 64 letters, digits and the characters . _ ~ -'),
  ),
  name: v.pipe(
    v.string(),
    v.regex(/^[^\p{C}]{1,100}$/u, 'must be 1 to 100 characters, none of them a control'),
  ),
  organization: v.pipe(
    v.string(),
    v.regex(
      /^[a-z0-9][a-z0-9-]{0,62}$/,
      'must be the id of an organisation: small letters, digits and hyphens',
    ),
  ),
  redirect_uris: v.pipe(v.array(uri), v.minLength(1, 'is empty: list at least one address')),
  post_logout_redirect_uris: v.optional(v.array(uri), []),
  token_endpoint_auth_method: v.picklist(['client_secret_basic', 'client_secret_post', 'none']),
  client_secret_sha256: v.optional(
    v.pipe(
      v.string(),
      v.regex(
        /^[A-Za-z0-9_-]{43}$/,
        'must be the SHA-256 of the secret in base64url (43 characters), not the secret',
      ),
    ),
  ),
  policy: v.optional(policySchema),
});

/** Reads the clients; none are allowed, since the admin API can register them too. */
export function readClients(
  variables: Variables,
  name: string,
  mistakes: Mistakes,
): readonly RelyingPartyConfig[] {
  const clients = readJson(variables, name, v.array(client), mistakes) ?? [];
  const seen = new Set<string>();
  return clients.map((entry, index) => {
    const where = `${name}[${index}]`;
    if (seen.has(entry.client_id)) mistakes.add(`${where}.client_id`, 'is there twice: choose another');
    seen.add(entry.client_id);
    const { token_endpoint_auth_method: authMethod, client_secret_sha256: secretSha256 } = entry;
    if (authMethod === 'none' && secretSha256 !== undefined) {
      mistakes.add(
        `${where}.client_secret_sha256`,
        'must be left out where token_endpoint_auth_method is none',
      );
    }
    if (authMethod !== 'none' && secretSha256 === undefined) {
      mistakes.add(`${where}.client_secret_sha256`, 'is missing: a client with a secret needs its SHA-256');
    }
    const policy = entry.policy && layerFrom('site', entry.policy);
    if (policy) checkPolicy(`${where}.policy`, policy, variables, mistakes);
    return {
      clientId: entry.client_id,
      name: entry.name,
      organizationId: entry.organization,
      redirectUris: entry.redirect_uris,
      postLogoutRedirectUris: entry.post_logout_redirect_uris,
      authMethod,
      ...(secretSha256 === undefined ? {} : { secretSha256 }),
      ...(policy === undefined ? {} : { policy }),
    };
  });
}
