// The start of a new service: keys, configuration, then the first organisation and its owner; again without harm.
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { JWK } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseConfig, type Config } from '../../../worker/config.ts';
import { REPOSITORY_ROOT } from '../../world/repository-root.ts';
import { ADA, pageOf } from './answers.ts';
import { ISSUER, ServiceStandIn } from './service-stand-in.ts';

const service = new ServiceStandIn();
const penumbra = service.penumbra.bind(service);

beforeAll(() => service.start());
beforeEach(async () => {
  await service.begin();
  folder = join(service.root, 'keys');
});
afterEach(() => service.end());
afterAll(() => {
  service.stop();
});

let folder: string;
const settings = [
  ...['--issuer', 'https://login.example.com', '--mail-from', 'Login <login@example.com>'],
  ...['--redis-url', 'https://example.upstash.io'],
];
const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
const files = async (): Promise<string[]> => (await readdir(folder)).sort();

function init(platform: 'cloudflare' | 'deno', rest: readonly string[] = settings): string[] {
  return ['init', '--for', platform, '--out', folder, ...rest];
}

/** Configures a service with what was written, as its operator would fill it in. */
async function configure(variables: Readonly<Record<string, string | undefined>>): Promise<Config> {
  const parsed = parseConfig({
    ...parseEnv(await read('worker-secrets.env')),
    ...{ UPSTASH_REDIS_REST_TOKEN: 'token', RESEND_API_KEY: 're_key' },
    ...variables,
  });
  if ('mistakes' in parsed) throw new Error(parsed.mistakes.join('\n'));
  return parsed.config;
}

/** Reads the variables of a section as TOML writes them. */
function variablesIn(section: string): Record<string, string> {
  const lines = [...section.matchAll(/^([A-Z_]+) = (?:'([^']*)'|("(?:[^"\\]|\\.)*"))$/gm)];
  return Object.fromEntries(
    lines.map(([, name = '', plain, quoted]) => [name, plain ?? (JSON.parse(quoted ?? '""') as string)]),
  );
}

describe('on this machine', () => {
  test('for Deno: keys and a file of variables that the service accepts as they are', async () => {
    const ran = await penumbra(init('deno', [...settings, '--operator', 'ada']));
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(await files()).toEqual(['.gitignore', 'operator-key.json', 'penumbra.env', 'worker-secrets.env']);
    const config = await configure(parseEnv(await read('penumbra.env')));
    const key = JSON.parse(await read('operator-key.json')) as JWK;
    expect(config).toMatchObject({
      issuer: 'https://login.example.com',
      redis: { url: 'https://example.upstash.io' },
      mail: { from: 'Login <login@example.com>' },
      operatorKeys: [{ kid: 'ada', x: key.x, y: key.y }],
      policy: { required: true },
    });
    expect(ran.out).toContain(`made     ${join(folder, 'worker-secrets.env')}`);
    expect(ran.out).toContain('1. Fill in the tokens');
  });

  test('for Cloudflare: the production part of wrangler.toml', async () => {
    const mail = ['--mail-from', `O'Brien <login@example.com>`];
    const ran = await penumbra(init('cloudflare', [...settings, ...mail]));
    expect(ran.code).toBe(0);
    const section = await read('wrangler.production.toml');
    expect(section).toContain('routes = [{ pattern = "login.example.com", custom_domain = true }]');
    const config = await configure(variablesIn(section));
    expect(config.mail.from).toBe(`O'Brien <login@example.com>`);
    // What it stands in the place of has the same tables and the same variables.
    const whole = await readFile(join(REPOSITORY_ROOT, 'wrangler.toml'), 'utf8');
    const replaced = whole.slice(whole.indexOf('\n[env.production]'));
    const names = (text: string): string[] => text.match(/^(\[[\w.]+\]|\w+ =)/gm) ?? [];
    expect(names(section)).toEqual(names(replaced));
    expect(ran.out).toContain('in the place of all from [env.production] on');
  });

  test('S71 nothing private is printed, and only the owner can read the files', async () => {
    const { out } = await penumbra(init('deno'));
    const secrets = parseEnv(await read('worker-secrets.env'));
    const key = JSON.parse(await read('operator-key.json')) as JWK;
    const { keys } = JSON.parse(secrets['PENUMBRA_SIGNING_KEYS'] ?? '') as { keys: JWK[] };
    for (const secret of [secrets['PENUMBRA_ROOT_KEYS']?.split(':')[1], keys[0]?.d, key.d]) {
      expect(secret).toMatch(/^[\w-]{43}$/);
      expect(out).not.toContain(secret);
      expect(await read('penumbra.env')).not.toContain(secret);
    }
    for (const name of await files()) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });

  test('run again, it says what is there and changes nothing', async () => {
    await penumbra(init('deno'));
    const before = await Promise.all((await files()).map(read));
    const again = await penumbra(init('deno', []));
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toContain(`there    ${join(folder, 'worker-secrets.env')}`);
    expect(again.out).toContain(`there    ${join(folder, 'penumbra.env')}`);
    expect(again.out).not.toContain('made');
    expect(await Promise.all((await files()).map(read))).toEqual(before);
  });

  test('after keys create it does the rest, with the keys that are there', async () => {
    await penumbra(['keys', 'create', '--out', folder, '--operator', 'ada']);
    const before = [await read('worker-secrets.env'), await read('operator-key.json')];
    expect((await penumbra(init('deno'))).code).toBe(0);
    expect([await read('worker-secrets.env'), await read('operator-key.json')]).toEqual(before);
    const config = await configure(parseEnv(await read('penumbra.env')));
    expect(config.operatorKeys[0]?.kid).toBe('ada');
  });

  test('an operator key that is lost is made anew, and the configuration is told how to know it', async () => {
    await penumbra(init('deno'));
    const secrets = await read('worker-secrets.env');
    await rm(join(folder, 'operator-key.json'));
    const { code, out } = await penumbra(init('deno', []));
    expect(code).toBe(0);
    expect(out).toContain('penumbra.env does not know it yet');
    const key = JSON.parse(await read('operator-key.json')) as JWK;
    expect(out).toContain(key.x);
    expect(out).not.toContain(key.d);
    expect(await read('worker-secrets.env')).toBe(secrets);
  });

  test('every mistake is named at once, and then nothing is written', async () => {
    const wrong = ['--issuer', 'http://x.example', '--mail-from', 'me', '--redis-url', 'ftp://x'];
    const ran = await penumbra(init('deno', wrong));
    expect(ran).toMatchObject({ code: 2, out: '' });
    for (const name of ['PENUMBRA_ISSUER', 'PENUMBRA_MAIL_FROM', 'UPSTASH_REDIS_REST_URL']) {
      expect(ran.err).toContain(name);
    }
    expect(await files()).toEqual([]);
    const port = await penumbra(
      init('cloudflare', [...settings, '--issuer', 'https://login.example.com:8443']),
    );
    expect(port).toMatchObject({ code: 2, out: '' });
    expect(port.err).toContain('has no port');
    const quote = await penumbra(init('deno', [...settings, '--mail-from', `O'Brien <a@example.com>`]));
    expect(quote.err).toContain("can not hold a '");
    expect(await files()).toEqual([]);
  });

  test('a folder with other things in it is left as it is', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'package.json'), '{}');
    const ran = await penumbra(init('deno'));
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain('holds other things');
    expect(await files()).toEqual(['package.json']);
  });

  test('at a terminal it asks for what is not given; elsewhere it says what it needs', async () => {
    const none = await penumbra(init('deno', []));
    expect(none).toEqual({ code: 2, out: '', err: 'penumbra: init needs --issuer.' });
    expect(await files()).toEqual([]);
    const typed = ['https://login.example.com', ' Login <login@example.com> ', 'https://example.upstash.io'];
    const asked = await penumbra(init('deno', []), { typed });
    expect(asked.code).toBe(0);
    expect(asked.err).toContain('Address of the service');
    expect((await configure(parseEnv(await read('penumbra.env')))).mail.from).toBe(
      'Login <login@example.com>',
    );
  });
});

describe('at a service that runs', () => {
  const first = ['--org', 'acme', '--org-name', 'Acme', '--owner', 'Ada@example.com', '--owner-name', 'Ada'];
  const search = 'GET organizations/acme/members?filter=all&search=ada%40example.com';
  const none = { organizations: [] };
  const acme = { organizations: [{ id: 'acme', name: 'Acme', role: 'owner' }] };
  const made = { sub: 's', email: 'Ada@example.com', name: 'Ada', role: 'owner' };

  /** The service knows this key already. */
  beforeEach(async () => {
    await mkdir(folder);
    await writeFile(join(folder, '.gitignore'), '*\n');
    await writeFile(join(folder, 'operator-key.json'), JSON.stringify(service.key));
    await writeFile(join(folder, 'worker-secrets.env'), 'UPSTASH_REDIS_REST_TOKEN=x\n');
    await writeFile(join(folder, 'penumbra.env'), `PENUMBRA_ISSUER='${ISSUER}'\n`);
  });

  const run = (rest = first): ReturnType<typeof penumbra> =>
    penumbra(init('deno', ['--url', service.url, ...rest]));

  test('issue 4.9 it makes the first organisation and its owner, who gets a link by mail', async () => {
    service.routes = {
      'GET organizations': none,
      'POST organizations': { id: 'acme', name: 'Acme' },
      [search]: pageOf([]),
      'POST members': { ...made, mail: 'accepted' },
    };
    const ran = await run();
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out.split('\n').slice(-3)).toEqual([
      'made     organisation acme',
      'made     Ada@example.com, owner of acme',
      'mailed   a link to set the password, good for seven days',
    ]);
    expect(service.seen.at(-1)?.body).toEqual({
      ...{ organization: 'acme', email: 'Ada@example.com', name: 'Ada', role: 'owner' },
    });
  });

  test('run again, it makes nothing twice and mails nothing', async () => {
    service.routes = { 'GET organizations': acme, [search]: pageOf([{ ...ADA, role: 'owner' }]) };
    const ran = await run();
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain('there    organisation acme\nthere    ada@example.com, owner of acme, active');
    expect(service.asked().filter((line) => line.startsWith('POST'))).toEqual([]);
  });

  test('it says what is left to do for an owner who is not one yet', async () => {
    service.routes = { 'GET organizations': acme, [search]: pageOf([{ ...ADA, status: 'invited' }]) };
    const { out } = await run();
    expect(out).toContain('npx penumbra member role ada@example.com owner --org acme');
    expect(out).toContain('npx penumbra invite resend ada@example.com --org acme');
  });

  test('a mail that failed is exit code 1, and says how to send another', async () => {
    const routes = { 'GET organizations': acme, [search]: pageOf([]) };
    service.routes = { ...routes, 'POST members': { ...made, mail: 'failed' } };
    const ran = await run();
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('npx penumbra invite resend Ada@example.com --org acme');
  });

  test('what it needs is said before anything is written or sent', async () => {
    await rm(join(folder, 'worker-secrets.env'));
    const ran = await run(first.slice(0, 4));
    expect(ran).toEqual({ code: 2, out: '', err: 'penumbra: init needs --owner.' });
    expect(await files()).not.toContain('worker-secrets.env');
    expect(service.seen).toEqual([]);
  });

  test('a service that does not know the key is exit code 1', async () => {
    service.acceptsKey = false;
    const ran = await run();
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('PENUMBRA_OPERATOR_KEYS');
  });
});
