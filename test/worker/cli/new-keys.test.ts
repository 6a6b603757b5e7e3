// Keys for a first deployment, as files on disk.
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { importJWK, jwtVerify, SignJWT, type JWK } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../../../worker/cli/run.ts';
import { parseConfig, type Config } from '../../../worker/config.ts';

const FILES = ['.gitignore', 'operator-key.json', 'worker-secrets.env'];

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'penumbra-keys-'));
  folder = join(parent, 'keys');
});

afterEach(() => rm(parent, { recursive: true, force: true }));

async function penumbra(
  args: string[],
  input = '',
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, {
    // No service and no key: what is offline needs neither.
    env: {},
    root: parent,
    input: () => Promise.resolve(input),
    out: (line) => out.push(line),
    fail: (line) => err.push(line),
    write: () => Promise.resolve(),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** Configures a service with what was written and printed. */
async function configure(out: string): Promise<Config> {
  const secrets = await readFile(join(folder, 'worker-secrets.env'), 'utf8');
  const line = out.split('\n').find((one) => one.startsWith('PENUMBRA_OPERATOR_KEYS='));
  const parsed = parseConfig({
    PENUMBRA_ISSUER: 'https://login.example.com',
    UPSTASH_REDIS_REST_URL: 'https://example.upstash.io',
    UPSTASH_REDIS_REST_TOKEN: 'token',
    RESEND_API_KEY: 're_key',
    PENUMBRA_MAIL_FROM: 'login@example.com',
    ...parseEnv(secrets),
    ...parseEnv(line ?? ''),
  });
  if ('mistakes' in parsed) throw new Error(parsed.mistakes.join('\n'));
  return parsed.config;
}

test('keys create writes what the configuration accepts, with ids from the date', async () => {
  const { code, out, err } = await penumbra(['keys', 'create', '--out', folder, '--operator', 'ada']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const config = await configure(out);
  expect(config.rootKeys).toHaveLength(1);
  expect(config.rootKeys[0].id).toMatch(/^\d{4}-\d\d-\d\d-[0-9a-f]{4}$/);
  expect(config.rootKeys[0].key).toHaveLength(32);
  expect(config.signingKeys.map(({ kid }) => kid)).toEqual([`signing-${config.rootKeys[0].id}`]);
  expect(config.operatorKeys.map(({ kid }) => kid)).toEqual(['ada']);
});

test("RFC 7523 2.2 the operator's file proves who holds the printed public key", async () => {
  const { out } = await penumbra(['keys', 'create', '--out', folder]);
  const config = await configure(out);
  const key = JSON.parse(await readFile(join(folder, 'operator-key.json'), 'utf8')) as JWK;
  const signed = await new SignJWT({}).setProtectedHeader({ alg: 'ES256' }).sign(await importJWK(key));
  const [known] = config.operatorKeys;
  expect(known?.kid).toBe('operator');
  await jwtVerify(signed, await importJWK(known ?? {}, 'ES256'));
});

test('S71 nothing private is printed, and only the owner can read the files', async () => {
  const { out } = await penumbra(['keys', 'create', '--out', folder]);
  const secrets = parseEnv(await readFile(join(folder, 'worker-secrets.env'), 'utf8'));
  const operator = JSON.parse(await readFile(join(folder, 'operator-key.json'), 'utf8')) as JWK;
  const { keys } = JSON.parse(secrets['PENUMBRA_SIGNING_KEYS'] ?? '') as { keys: JWK[] };
  const hidden = [secrets['PENUMBRA_ROOT_KEYS']?.split(':')[1], keys[0]?.d, operator.d];
  for (const secret of hidden) {
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(out).not.toContain(secret);
  }
  expect((await readdir(folder)).sort()).toEqual(FILES);
  for (const name of FILES) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test('two runs share no key and no id', async () => {
  const first = await configure((await penumbra(['keys', 'create', '--out', folder])).out);
  await rm(folder, { recursive: true });
  const second = await configure((await penumbra(['keys', 'create', '--out', folder])).out);
  expect(second.rootKeys[0].key).not.toEqual(first.rootKeys[0].key);
  expect(second.signingKeys[0].d).not.toBe(first.signingKeys[0].d);
  expect(second.operatorKeys[0]?.x).not.toBe(first.operatorKeys[0]?.x);
});

test('an empty folder is taken; a folder with anything in it is left as it is', async () => {
  await mkdir(folder);
  expect((await penumbra(['keys', 'create', '--out', folder])).code).toBe(0);
  const before = await readFile(join(folder, 'worker-secrets.env'), 'utf8');
  const again = await penumbra(['keys', 'create', '--out', folder]);
  expect(again).toMatchObject({ code: 2, out: '' });
  expect(again.err).toContain('never overwritten');
  expect(await readFile(join(folder, 'worker-secrets.env'), 'utf8')).toBe(before);
});

test('a file in the place of the folder is a clear error', async () => {
  await writeFile(folder, 'mine');
  const { code, out, err } = await penumbra(['keys', 'create', '--out', folder]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(`The folder ${folder} can not be written to`);
  expect(await readFile(folder, 'utf8')).toBe('mine');
});

const secret = 'a'.repeat(32);

// printf %s aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | openssl dgst -sha256 -binary | basenc --base64url
const digest = 'O6P19DuSYCaDwZruYqIDQrCE3Vlx3dM4CNgaMoh5pUc';

test.each([secret, `${secret}\n`, `${secret}\r\n`])('secret-hash prints the hash of %j', async (input) => {
  expect(await penumbra(['secret-hash'], input)).toEqual({ code: 0, out: digest, err: '' });
});

test.each(['short', `${secret} x`, `${secret}\n${secret}`, `${secret.slice(1)}ü`, ''])(
  'S71 secret-hash refuses %j and does not repeat it',
  async (input) => {
    const { code, out, err } = await penumbra(['secret-hash'], input);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    if (input !== '') expect(err).not.toContain(input);
  },
);

test('S71 a secret that is given as an argument is not repeated', async () => {
  const { code, err } = await penumbra(['secret-hash', secret]);
  expect(code).toBe(2);
  expect(err).toContain('standard input');
  expect(err).not.toContain(secret);
});
