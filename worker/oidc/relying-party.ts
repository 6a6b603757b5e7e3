// Relying parties ("sites"): who may ask for a sign-in and where its answer may go. They come from configuration or
// from the admin API. This folder speaks OpenID Connect; it must not know how people prove who they are.

/** How a client authenticates at the token endpoint. */
export type ClientAuthMethod = 'client_secret_basic' | 'client_secret_post' | 'none';

export interface RelyingParty {
  readonly clientId: string;
  /** Shown to people. */
  readonly name: string;
  /** Members of this organisation may use it. */
  readonly organizationId: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly authMethod: ClientAuthMethod;
  /** SHA-256 of the secret, base64url; absent for a public client. */
  readonly secretSha256?: string;
}

const AUTH_METHODS: readonly ClientAuthMethod[] = ['client_secret_basic', 'client_secret_post', 'none'];

/** Reads a relying party that the admin API stored. */
export function parseRelyingParty(clientId: string, record: Readonly<Record<string, string>>): RelyingParty {
  const { name, organization, redirectUris, postLogoutRedirectUris, authMethod, secretSha256 } = record;
  const method = AUTH_METHODS.find((known) => known === authMethod);
  if (!name || !organization || !method) throw new Error('A site record is incomplete.');
  return {
    clientId,
    name,
    organizationId: organization,
    redirectUris: JSON.parse(redirectUris ?? '[]') as string[],
    postLogoutRedirectUris: JSON.parse(postLogoutRedirectUris ?? '[]') as string[],
    authMethod: method,
    ...(secretSha256 ? { secretSha256 } : {}),
  };
}
