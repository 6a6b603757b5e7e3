// Speaks to the admin API with the operator's key. Owns tokens and the reading of refusals. It must not print.
import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import * as v from 'valibot';
import type { Operator } from './operator.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const ASSERTION_SECONDS = 60;
const DEADLINE_MS = 15_000;

/** The service said no, or was not there. `lines` tell the person what to do. */
export class Refused extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

export interface AdminRequest {
  readonly method: 'GET' | 'POST';
  /** Below `/api/admin/`. */
  readonly path: string;
  readonly body?: object;
}

/** Sends a request and gives the answer's JSON. @throws Refused */
export type AdminClient = (request: AdminRequest) => Promise<unknown>;

/**
 * Asks for a token with the operator's key (RFC 7523 section 2.2) and gives what sends requests with it.
 * @throws Refused
 */
export async function connectAdmin(operator: Operator): Promise<AdminClient> {
  const token = await requestToken(operator);
  return async ({ method, path, body }) => {
    const response = await send(operator, `/api/admin/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = await readJson(response);
    if (response.ok) return answer;
    throw new Refused(linesOf(answer, response.status));
  };
}

async function requestToken(operator: Operator): Promise<string> {
  const { key, issuer } = operator;
  const now = Math.floor(Date.now() / 1000);
  const assertion = await new SignJWT({ iss: key.kid, sub: key.kid, aud: issuer, jti: randomUUID() })
    .setProtectedHeader({ alg: 'ES256', kid: key.kid })
    .setIssuedAt(now)
    .setExpirationTime(now + ASSERTION_SECONDS)
    .sign(await importOperatorKey(operator));
  const response = await send(operator, '/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: assertion,
      scope: 'admin',
    }),
  });
  const answer = await readJson(response);
  const parsed = v.safeParse(v.object({ access_token: v.string() }), answer);
  if (response.ok && parsed.success) return parsed.output.access_token;
  const said = v.safeParse(
    v.object({ error: v.string(), error_description: v.optional(v.string()) }),
    answer,
  );
  if (said.success && said.output.error === 'invalid_client') {
    throw new Refused([
      `The service does not accept the operator key "${key.kid}".`,
      'Check that its public part is in PENUMBRA_OPERATOR_KEYS, and that the issuer and this clock are right.',
    ]);
  }
  const reason = said.success
    ? (said.output.error_description ?? said.output.error)
    : `status ${response.status}`;
  throw new Refused([`The service gave no token: ${reason}`]);
}

async function importOperatorKey({ key }: Operator): Promise<Awaited<ReturnType<typeof importJWK>>> {
  try {
    return await importJWK(key, 'ES256');
  } catch {
    throw new Refused(['The operator key is no valid P-256 key. Make a new one.']);
  }
}

async function send(operator: Operator, path: string, init: RequestInit): Promise<Response> {
  try {
    // A redirect would carry the token to somewhere else.
    return await fetch(operator.url + path, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
  } catch {
    throw new Refused([
      `The service at ${operator.url} did not answer.`,
      'Check that it runs (npm start starts the local one) and that the address is right.',
    ]);
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

const problemSchema = v.object({
  detail: v.string(),
  errors: v.optional(v.array(v.object({ field: v.string(), message: v.string() })), []),
});

function linesOf(answer: unknown, status: number): string[] {
  const parsed = v.safeParse(problemSchema, answer);
  if (!parsed.success) return [`The service refused (status ${status}) and did not say why.`];
  const { detail, errors } = parsed.output;
  return [detail, ...errors.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`))];
}
