// Speaks to the admin API with the operator's key. Owns tokens and the reading of refusals. It must not print.
import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import * as v from 'valibot';
import type { Operator } from './operator.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const ASSERTION_SECONDS = 60;
const DEADLINE_MS = 15_000;
/** What the service says where it says nothing more exact. */
const NOTHING_HERE = 'There is nothing here. Check the address.';

/** The service said no, or was not there. `lines` tell the person what to do. */
export class Refused extends Error {
  readonly lines: readonly string[];
  /** Of the answer; absent where there was none. */
  readonly status: number | undefined;
  constructor(lines: readonly string[], status?: number) {
    super(lines.join('\n'));
    this.lines = lines;
    this.status = status;
  }
}

export interface AdminRequest {
  readonly method: 'GET' | 'POST';
  /** Below `/api/admin/`. */
  readonly path: string;
  readonly body?: object;
}

export interface AdminClient {
  /** Sends a request and gives the answer's JSON. @throws Refused */
  readonly ask: (request: AdminRequest) => Promise<unknown>;
  /** Hands an answer on as it comes, as text. @throws Refused, also when it breaks off */
  readonly download: (path: string, write: (text: string) => Promise<void>) => Promise<void>;
}

/**
 * Asks for a token with the operator's key (RFC 7523 section 2.2) and gives what sends requests with it.
 * @throws Refused
 */
export async function connectAdmin(operator: Operator): Promise<AdminClient> {
  const authorization = `Bearer ${await requestToken(operator)}`;
  return {
    ask: async ({ method, path, body }) => {
      const response = await send(operator, `/api/admin/${path}`, {
        method,
        headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const answer = await readJson(response);
      if (response.ok) return answer;
      throw refusal(answer, response.status, path);
    },
    download: async (path, write) => {
      const silence = new AbortController();
      let alarm = setTimeout(() => {
        silence.abort();
      }, DEADLINE_MS);
      try {
        const headers = { authorization };
        const response = await send(operator, `/api/admin/${path}`, { headers }, silence.signal);
        if (!response.ok) throw refusal(await readJson(response), response.status, path);
        // However long all of it takes, each piece has to come in time.
        await eachPiece(response, write, () => {
          clearTimeout(alarm);
          alarm = setTimeout(() => {
            silence.abort();
          }, DEADLINE_MS);
        });
      } finally {
        clearTimeout(alarm);
      }
    },
  };
}

/** Gives a client that connects when it is used first, so that what can be refused here is refused before. */
export function connectLater(find: () => Promise<Operator>): AdminClient {
  let connected: Promise<AdminClient> | undefined;
  const connect = (): Promise<AdminClient> => (connected ??= find().then(connectAdmin));
  return {
    ask: async (request) => (await connect()).ask(request),
    download: async (path, write) => (await connect()).download(path, write),
  };
}

async function eachPiece(
  response: Response,
  write: (text: string) => Promise<void>,
  heard: () => void,
): Promise<void> {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const piece = await reader.read().catch(() => {
      throw new Refused(['The answer broke off: what was written is not all of it. Run the command again.']);
    });
    heard();
    if (piece.done) return;
    await write(piece.value);
  }
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

async function send(
  operator: Operator,
  path: string,
  init: RequestInit,
  signal = AbortSignal.timeout(DEADLINE_MS),
): Promise<Response> {
  try {
    // A redirect would carry the token to somewhere else.
    return await fetch(operator.url + path, { ...init, redirect: 'error', signal });
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

function refusal(answer: unknown, status: number, path: string): Refused {
  const parsed = v.safeParse(problemSchema, answer);
  if (!parsed.success) {
    return new Refused([`The service refused (status ${status}) and did not say why.`], status);
  }
  const { detail, errors } = parsed.output;
  const fields = errors.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`));
  const [, organization] = /^organizations\/([^/?]+)\//.exec(path) ?? [];
  if (status !== 404 || organization === undefined || detail !== NOTHING_HERE) {
    return new Refused([detail, ...fields], status);
  }
  // Where one may see nothing, the service does not say which part is missing.
  const where = decodeURIComponent(organization);
  return new Refused([`There is no organisation "${where}", or in it nothing of what was named.`], status);
}
