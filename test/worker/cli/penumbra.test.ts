// The command line against a small service that checks what a real one would.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, jwtVerify, type JWK } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../../worker/cli/run.ts';

const ISSUER = 'http://localhost:16001';
interface Answer {
  readonly status: number;
  readonly body: unknown;
}
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

let server: Server;
let url: string;
let key: JWK;
let root: string;
let answers: Answer[];
let seen: Seen[];
let assertionIds: Set<string>;
let acceptsKey: boolean;

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function answerToken(form: URLSearchParams): Promise<Answer> {
  const { kty, crv, x, y, kid } = key;
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
  expect(assertionIds).not.toContain(payload.jti);
  assertionIds.add(payload.jti ?? '');
  expect(Object.fromEntries(form)).toMatchObject({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    scope: 'admin',
  });
  return acceptsKey
    ? { status: 200, body: { access_token: 'the-token', token_type: 'Bearer' } }
    : { status: 401, body: { error: 'invalid_client', error_description: 'Unknown client.' } };
}

async function answerTo(request: IncomingMessage): Promise<Answer> {
  const text = await readBody(request);
  if (request.url === '/token') return answerToken(new URLSearchParams(text));
  expect(request.headers.authorization).toBe('Bearer the-token');
  if (text !== '') expect(request.headers['content-type']).toBe('application/json');
  seen.push({
    method: request.method ?? '',
    url: request.url ?? '',
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
  });
  return answers.shift() ?? { status: 404, body: {} };
}

beforeAll(async () => {
  const pair = await generateKeyPair('ES256', { extractable: true });
  key = { ...(await exportJWK(pair.privateKey)), kid: 'operator-1' };
  server = createServer((request, response) => {
    answerTo(request).then(
      ({ status, body }) => response.writeHead(status).end(JSON.stringify(body)),
      // An expectation that failed shows in the outcome of the command.
      (error: unknown) =>
        response.writeHead(500).end(JSON.stringify({ error: 'test', error_description: String(error) })),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(async () => {
  answers = [];
  seen = [];
  assertionIds = new Set();
  acceptsKey = true;
  root = await mkdtemp(join(tmpdir(), 'penumbra-cli-'));
  await mkdir(join(root, '.penumbra'));
  await writeFile(join(root, '.penumbra', 'operator.json'), JSON.stringify({ url, issuer: ISSUER, key }));
});

afterEach(() => rm(root, { recursive: true, force: true }));

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function penumbra(args: string[], env: Record<string, string> = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, {
    env,
    root,
    input: () => Promise.resolve(''),
    out: (line) => out.push(line),
    fail: (line) => err.push(line),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('commands', () => {
  test('org create', async () => {
    answers = [{ status: 201, body: { id: 'acme', name: 'Acme' } }];
    expect(await penumbra(['org', 'create', 'acme', '--name', 'Acme'])).toEqual({
      code: 0,
      out: 'Organisation acme was created.',
      err: '',
    });
    expect(seen).toEqual([
      { method: 'POST', url: '/api/admin/organizations', body: { id: 'acme', name: 'Acme' } },
    ]);
  });

  const member = ['member', 'create', 'ada@example.com', '--org', 'acme', '--name', 'Ada'];
  const memberAnswer = { sub: 's', email: 'ada@example.com', name: 'Ada', role: 'admin' };

  test('member create', async () => {
    answers = [{ status: 201, body: { ...memberAnswer, mail: 'accepted' } }];
    const ran = await penumbra([...member, '--role', 'admin']);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain('ada@example.com is admin of acme now.');
    expect(seen[0]?.body).toEqual({
      organization: 'acme',
      email: 'ada@example.com',
      name: 'Ada',
      role: 'admin',
    });
  });

  test('member create says when the mail could not be sent; the role is member unless given', async () => {
    answers = [{ status: 201, body: { ...memberAnswer, mail: 'failed' } }];
    expect((await penumbra(member)).out).toContain('could not be sent');
    expect(seen[0]?.body).toMatchObject({ role: 'member' });
  });

  test('member list reads all pages and lets no name steer the terminal', async () => {
    const row = { sub: 's', role: 'member', status: 'active', factors: ['totp'] };
    answers = [
      { status: 200, body: { total: 2, members: [{ ...row, email: 'a@example.com', name: 'A\u001b[2J' }] } },
      {
        status: 200,
        body: { total: 2, members: [{ ...row, email: 'long@example.com', name: 'B', factors: [] }] },
      },
    ];
    const { code, out } = await penumbra(['member', 'list', '--org', 'a b']);
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'EMAIL             NAME   ROLE    STATUS  SECOND FACTORS',
      'a@example.com     A\ufffd[2J  member  active  totp',
      'long@example.com  B      member  active  none',
    ]);
    expect(seen.map((one) => one.url)).toEqual([
      '/api/admin/members?organization=a+b&offset=0',
      '/api/admin/members?organization=a+b&offset=1',
    ]);
  });

  const site = ['site', 'create', '--org', 'acme', '--name', 'Site', '--redirect-uri', 'https://a.example/x'];

  test('site create prints id and secret once', async () => {
    answers = [{ status: 201, body: { client_id: 'c1', client_secret: 'secret-1' } }];
    const { code, out } = await penumbra([
      ...[...site, '--redirect-uri', 'https://a.example/y'],
      ...['--post-logout-redirect-uri', 'https://a.example/'],
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/client_id: {5}c1\nclient_secret: secret-1\n/);
    expect(seen[0]?.body).toEqual({
      organization: 'acme',
      name: 'Site',
      redirect_uris: ['https://a.example/x', 'https://a.example/y'],
      post_logout_redirect_uris: ['https://a.example/'],
      public: false,
    });
  });

  test('site create --public has no secret', async () => {
    answers = [{ status: 201, body: { client_id: 'c1' } }];
    const { out } = await penumbra([...site, '--public']);
    expect(out).toContain('no secret');
    expect(seen[0]?.body).toMatchObject({ public: true });
  });

  test('--json gives the answer as it is', async () => {
    answers = [{ status: 201, body: { client_id: 'c1', client_secret: 's' } }];
    const { out } = await penumbra([...site, '--json']);
    expect(JSON.parse(out)).toEqual({ client_id: 'c1', client_secret: 's' });
  });
});

describe('refusals: exit code 1, what to do, and nothing on standard output', () => {
  test('what is there already', async () => {
    answers = [
      { status: 409, body: { code: 'exists', detail: 'An organisation of this id is there already.' } },
    ];
    expect(await penumbra(['org', 'create', 'acme', '--name', 'Acme'])).toEqual({
      code: 1,
      out: '',
      err: 'penumbra: An organisation of this id is there already.',
    });
  });

  test('fields are listed', async () => {
    const errors = [{ field: 'id', message: 'Use small letters.' }];
    answers = [{ status: 400, body: { code: 'invalid_body', detail: 'Correct the fields.', errors } }];
    const { code, err } = await penumbra(['org', 'create', 'ACME', '--name', 'Acme']);
    expect(code).toBe(1);
    expect(err).toBe('penumbra: Correct the fields.\n  id: Use small letters.');
  });

  test('an answer that is no problem', async () => {
    answers = [{ status: 502, body: 'gateway' }];
    expect((await penumbra(['org', 'create', 'acme', '--name', 'Acme'])).err).toContain('status 502');
  });

  test('a key that the service does not know', async () => {
    acceptsKey = false;
    const { code, err } = await penumbra(['org', 'create', 'acme', '--name', 'Acme']);
    expect(code).toBe(1);
    expect(err).toContain('PENUMBRA_OPERATOR_KEYS');
    expect(seen).toEqual([]);
  });

  test('no service', async () => {
    const { code, err } = await penumbra(['org', 'create', 'acme', '--name', 'Acme'], {
      PENUMBRA_URL: 'http://127.0.0.1:9',
    });
    expect(code).toBe(1);
    expect(err).toContain('http://127.0.0.1:9 did not answer');
  });
});

describe('address and key', () => {
  test('variables override the file of the local world', async () => {
    const keyFile = join(root, 'key.json');
    await writeFile(keyFile, JSON.stringify(key));
    await rm(join(root, '.penumbra'), { recursive: true });
    answers = [{ status: 201, body: {} }];
    const env = { PENUMBRA_URL: `${url}/`, PENUMBRA_OPERATOR_KEY_FILE: keyFile, PENUMBRA_ISSUER: ISSUER };
    expect((await penumbra(['org', 'create', 'acme', '--name', 'Acme'], env)).code).toBe(0);
  });

  test.each([
    [{ PENUMBRA_URL: 'http://login.example.com' }, 'https://'],
    [{ PENUMBRA_OPERATOR_KEY_FILE: '/nowhere/key.json' }, '/nowhere/key.json'],
  ])('%j can not be used: %s', async (env, part) => {
    const ran = await penumbra(['org', 'create', 'acme', '--name', 'Acme'], env);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain(part);
  });

  test('without both it says how to get them', async () => {
    await rm(join(root, '.penumbra'), { recursive: true });
    const { code, err } = await penumbra(['org', 'create', 'acme', '--name', 'Acme']);
    expect(code).toBe(2);
    expect(err).toContain('npm start');
    expect(err).toContain('PENUMBRA_OPERATOR_KEY_FILE');
  });

  test('S71 a damaged key file is not repeated', async () => {
    const keyFile = join(root, 'key.json');
    await writeFile(keyFile, '{"d":"hunter2",');
    const { code, err } = await penumbra(['org', 'create', 'a', '--name', 'A'], {
      PENUMBRA_OPERATOR_KEY_FILE: keyFile,
    });
    expect(code).toBe(2);
    expect(err).not.toContain('hunter2');
  });
});
