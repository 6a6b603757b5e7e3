// A small service that the command line can be run against: it checks what a real one would of tokens and bodies, and
// answers what a test says.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, jwtVerify, type JWK } from 'jose';
import { expect } from 'vitest';
import { run, type Surroundings } from '../../../worker/cli/run.ts';

export const ISSUER = 'http://localhost:16001';

export interface Answer {
  readonly status: number;
  /** Text is sent as it is, anything else as JSON. */
  readonly body: unknown;
}

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** What is typed at the terminal; without it there is none. */
  readonly typed?: readonly string[];
}

export class ServiceStandIn {
  /** What requests to the API get, one after another. */
  answers: Answer[] = [];
  /** What a request gets by method and path, where no answer waits in line. */
  routes: Record<string, unknown> = {};
  seen: Seen[] = [];
  acceptsKey = true;
  /** Ends an answer in its middle. */
  breaksOff = false;
  url = '';
  key: JWK = {};
  root = '';
  #server: Server | undefined;
  #assertionIds = new Set<string>();

  async start(): Promise<void> {
    const pair = await generateKeyPair('ES256', { extractable: true });
    this.key = { ...(await exportJWK(pair.privateKey)), kid: 'operator-1' };
    const server = createServer((request, response) => {
      this.#answerTo(request).then(
        (answer) => {
          this.#send(response, answer);
        },
        // An expectation that failed shows in the outcome of the command.
        (error: unknown) => {
          const body = { error: 'test', error_description: String(error), detail: String(error) };
          this.#send(response, { status: 500, body });
        },
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Forgets what was before, and makes a root folder as the local world leaves one. */
  async begin(): Promise<void> {
    this.answers = [];
    this.routes = {};
    this.seen = [];
    this.#assertionIds = new Set();
    this.acceptsKey = true;
    this.breaksOff = false;
    this.root = await mkdtemp(join(tmpdir(), 'penumbra-cli-'));
    await mkdir(join(this.root, '.penumbra'));
    const operator = { url: this.url, issuer: ISSUER, key: this.key };
    await writeFile(join(this.root, '.penumbra', 'operator.json'), JSON.stringify(operator));
  }

  async end(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  /** Runs the command line against it. What a person is asked at the terminal is in `err`. */
  async penumbra(args: readonly string[], { env = {}, input = '', typed }: RunOptions = {}): Promise<Ran> {
    const out: string[] = [];
    const err: string[] = [];
    const lines = [...(typed ?? [])];
    const ask: Surroundings['ask'] = (question) => {
      err.push(question);
      return Promise.resolve(lines.shift() ?? '');
    };
    const code = await run(args, {
      env,
      root: this.root,
      input: () => Promise.resolve(input),
      ...(typed === undefined ? {} : { ask }),
      out: (line) => out.push(`${line}\n`),
      fail: (line) => err.push(line),
      write: (text) => {
        out.push(text);
        return Promise.resolve();
      },
    });
    return { code, out: out.join('').replace(/\n$/, ''), err: err.join('\n') };
  }

  /** Lists what was asked, as `GET /path` below the admin API. */
  asked(): string[] {
    return this.seen.map(({ method, url }) => `${method} ${url.replace('/api/admin/', '')}`);
  }

  #send(response: ServerResponse, { status, body }: Answer): void {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    if (!this.breaksOff || typeof body !== 'string') {
      response.writeHead(status).end(text);
      return;
    }
    response.writeHead(status, { 'content-length': String(text.length + 1) });
    response.write(text, () => response.destroy());
  }

  async #answerTo(request: IncomingMessage): Promise<Answer> {
    const text = await readBody(request);
    if (request.url === '/token') return this.#answerToken(new URLSearchParams(text));
    expect(request.headers.authorization).toBe('Bearer the-token');
    if (text !== '') expect(request.headers['content-type']).toBe('application/json');
    const { method = '', url = '' } = request;
    this.seen.push({ method, url, body: text === '' ? undefined : (JSON.parse(text) as unknown) });
    const queued = this.answers.shift();
    if (queued) return queued;
    const name = `${method} ${url.replace('/api/admin/', '')}`;
    return Object.hasOwn(this.routes, name)
      ? { status: 200, body: this.routes[name] }
      : { status: 404, body: { code: 'not_found', detail: 'There is nothing here. Check the address.' } };
  }

  async #answerToken(form: URLSearchParams): Promise<Answer> {
    const { kty, crv, x, y, kid } = this.key;
    const publicKey = await importJWK({ kty, crv, x, y } as JWK, 'ES256');
    const { payload, protectedHeader } = await jwtVerify(form.get('client_assertion') ?? '', publicKey, {
      audience: ISSUER,
      issuer: kid ?? '',
      subject: kid ?? '',
      algorithms: ['ES256'],
      requiredClaims: ['exp', 'iat', 'jti'],
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
    expect(protectedHeader).toEqual({ alg: 'ES256', kid });
    expect(this.#assertionIds).not.toContain(payload.jti);
    this.#assertionIds.add(payload.jti ?? '');
    expect(Object.fromEntries(form)).toMatchObject({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      scope: 'admin',
    });
    return this.acceptsKey
      ? { status: 200, body: { access_token: 'the-token', token_type: 'Bearer' } }
      : { status: 401, body: { error: 'invalid_client', error_description: 'Unknown client.' } };
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
