import { base64url } from 'jose';
import type { Parameters } from './parameters.ts';
import type { ClientAuthMethod, RelyingParty } from './relying-party.ts';

/** How a client presented itself at the token endpoint. The secret is hashed at once and never kept. */
export interface PresentedClient {
  readonly clientId: string;
  readonly method: ClientAuthMethod;
  /** SHA-256 of the presented secret, base64url; '' without one. */
  readonly secretSha256: string;
}

/**
 * Reads the client's credentials from header or body, never from both.
 * @see RFC 6749 section 2.3
 */
export async function presentedClient(
  authorization: string | undefined,
  parameters: Parameters,
): Promise<PresentedClient | undefined> {
  const inBody = parameters.get('client_secret');
  if (authorization !== undefined) {
    const basic = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(authorization)?.[1];
    if (basic === undefined || inBody !== undefined) return undefined;
    const pair = decodeBasic(basic);
    if (!pair) return undefined;
    const named = parameters.get('client_id');
    if (named !== undefined && named !== pair.clientId) return undefined;
    return {
      clientId: pair.clientId,
      method: 'client_secret_basic',
      secretSha256: await sha256(pair.secret),
    };
  }
  const clientId = parameters.get('client_id');
  if (clientId === undefined) return undefined;
  return inBody === undefined
    ? { clientId, method: 'none', secretSha256: '' }
    : { clientId, method: 'client_secret_post', secretSha256: await sha256(inBody) };
}

/** Tells whether a configured client authenticated by its own method. Hashes are compared, of secrets with 256 random bits. */
export function authenticates(client: RelyingParty, presented: PresentedClient): boolean {
  return client.authMethod === presented.method && (client.secretSha256 ?? '') === presented.secretSha256;
}

function decodeBasic(text: string): { readonly clientId: string; readonly secret: string } | undefined {
  try {
    const plain = new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(atob(text), (c) => c.charCodeAt(0)),
    );
    const colon = plain.indexOf(':');
    if (colon < 0) return undefined;
    return { clientId: formDecode(plain.slice(0, colon)), secret: formDecode(plain.slice(colon + 1)) };
  } catch {
    return undefined;
  }
}

function formDecode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

async function sha256(text: string): Promise<string> {
  return base64url.encode(
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))),
  );
}
