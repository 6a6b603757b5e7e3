import { createHash, randomBytes } from 'node:crypto';

export const backOffice = '/umbraco/management/api/v1/security/back-office';

/** A browser of sorts for the contract of the CMS site: keeps cookies, follows nothing by itself. */
export class Visitor {
  readonly origin: string;
  readonly cookies = new Map<string, string>();

  constructor(origin: string) {
    this.origin = origin;
  }

  async send(
    path: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie === '' ? {} : { cookie }), ...init.headers };
    const response = await fetch(new URL(path, this.origin), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0]?.split('=') ?? [];
      if (name === undefined || value === undefined) continue;
      if (value === '' || line.includes('Max-Age=0')) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  post(path: string, fields: Record<string, string>): Promise<Response> {
    return this.send(path, { method: 'POST', body: new URLSearchParams(fields) });
  }

  logIn(username: string, password: string): Promise<Response> {
    return this.send(`${backOffice}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
  }

  /** Calls the Management API as the client does. */
  call(path: string): Promise<Response> {
    return this.send(`/umbraco/management/api/v1${path}`, {
      headers: { authorization: 'Bearer [redacted]' },
    });
  }

  /** Starts the client's own authorization request; `changes` replaces parameters, or drops them if undefined. */
  authorize(client: ClientState, changes: Record<string, string | undefined> = {}): Promise<Response> {
    return this.send(`${backOffice}/authorize?${authorizeQuery(this.origin, client, changes)}`);
  }

  exchange(client: ClientState, changes: Record<string, string> = {}): Promise<Response> {
    return this.post(`${backOffice}/token`, {
      client_id: 'umbraco-back-office',
      redirect_uri: `${this.origin}/umbraco/oauth_complete`,
      grant_type: 'authorization_code',
      code: '[redacted]',
      code_verifier: client.verifier,
      ...changes,
    });
  }

  refresh(): Promise<Response> {
    return this.post(`${backOffice}/token`, {
      client_id: 'umbraco-back-office',
      grant_type: 'refresh_token',
      refresh_token: '[redacted]',
    });
  }
}

export interface ClientState {
  readonly verifier: string;
  readonly state: string;
}

export function newClientState(): ClientState {
  return { verifier: randomBytes(48).toString('base64url'), state: randomBytes(16).toString('base64url') };
}

export function authorizeQuery(
  origin: string,
  { verifier, state }: ClientState,
  changes: Record<string, string | undefined> = {},
): string {
  const parameters: Record<string, string | undefined> = {
    client_id: 'umbraco-back-office',
    redirect_uri: `${origin}/umbraco/oauth_complete`,
    scope: 'offline_access',
    response_type: 'code',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    prompt: 'consent',
    access_type: 'offline',
    ...changes,
  };
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return new URLSearchParams(given).toString();
}
