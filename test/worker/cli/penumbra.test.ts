// The command line against a small service that checks what a real one would.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ISSUER, ServiceStandIn, type Ran } from './service-stand-in.ts';

const service = new ServiceStandIn();

beforeAll(() => service.start());
beforeEach(() => service.begin());
afterEach(() => service.end());
afterAll(() => {
  service.stop();
});

function penumbra(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return service.penumbra(args, { env });
}

describe('commands', () => {
  test('org create', async () => {
    service.answers = [{ status: 201, body: { id: 'acme', name: 'Acme' } }];
    expect(await penumbra(['org', 'create', 'acme', '--name', 'Acme'])).toEqual({
      code: 0,
      out: 'Organisation acme was created.',
      err: '',
    });
    expect(service.seen).toEqual([
      { method: 'POST', url: '/api/admin/organizations', body: { id: 'acme', name: 'Acme' } },
    ]);
  });

  const member = ['member', 'create', 'ada@example.com', '--org', 'acme', '--name', 'Ada'];
  const memberAnswer = { sub: 's', email: 'ada@example.com', name: 'Ada', role: 'admin' };

  test('member create', async () => {
    service.answers = [{ status: 201, body: { ...memberAnswer, mail: 'accepted' } }];
    const ran = await penumbra([...member, '--role', 'admin']);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain('ada@example.com is admin of acme now.');
    expect(service.seen[0]?.body).toEqual({
      organization: 'acme',
      email: 'ada@example.com',
      name: 'Ada',
      role: 'admin',
    });
  });

  test('member create says when the mail could not be sent; the role is member unless given', async () => {
    service.answers = [{ status: 201, body: { ...memberAnswer, mail: 'failed' } }];
    expect((await penumbra(member)).out).toContain('could not be sent');
    expect(service.seen[0]?.body).toMatchObject({ role: 'member' });
  });

  const site = ['site', 'create', '--org', 'acme', '--name', 'Site', '--redirect-uri', 'https://a.example/x'];

  test('site create prints id and secret once', async () => {
    service.answers = [{ status: 201, body: { client_id: 'c1', client_secret: 'secret-1' } }];
    const { code, out } = await penumbra([
      ...[...site, '--redirect-uri', 'https://a.example/y'],
      ...['--post-logout-redirect-uri', 'https://a.example/'],
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/client_id: {5}c1\nclient_secret: secret-1\n/);
    expect(service.seen[0]?.body).toEqual({
      organization: 'acme',
      name: 'Site',
      redirect_uris: ['https://a.example/x', 'https://a.example/y'],
      post_logout_redirect_uris: ['https://a.example/'],
      public: false,
    });
  });

  test('site create --public has no secret', async () => {
    service.answers = [{ status: 201, body: { client_id: 'c1' } }];
    const { out } = await penumbra([...site, '--public']);
    expect(out).toContain('no secret');
    expect(service.seen[0]?.body).toMatchObject({ public: true });
  });

  test('--json gives the answer as it is', async () => {
    service.answers = [{ status: 201, body: { client_id: 'c1', client_secret: 's' } }];
    const { out } = await penumbra([...site, '--json']);
    expect(JSON.parse(out)).toEqual({ client_id: 'c1', client_secret: 's' });
  });
});

describe('refusals: exit code 1, what to do, and nothing on standard output', () => {
  test('what is there already', async () => {
    service.answers = [
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
    service.answers = [
      { status: 400, body: { code: 'invalid_body', detail: 'Correct the fields.', errors } },
    ];
    const { code, err } = await penumbra(['org', 'create', 'ACME', '--name', 'Acme']);
    expect(code).toBe(1);
    expect(err).toBe('penumbra: Correct the fields.\n  id: Use small letters.');
  });

  test('an answer that is no problem', async () => {
    service.answers = [{ status: 502, body: 'gateway' }];
    expect((await penumbra(['org', 'create', 'acme', '--name', 'Acme'])).err).toContain('status 502');
  });

  test('a key that the service does not know', async () => {
    service.acceptsKey = false;
    const { code, err } = await penumbra(['org', 'create', 'acme', '--name', 'Acme']);
    expect(code).toBe(1);
    expect(err).toContain('PENUMBRA_OPERATOR_KEYS');
    expect(service.seen).toEqual([]);
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
    const keyFile = join(service.root, 'key.json');
    await writeFile(keyFile, JSON.stringify(service.key));
    await rm(join(service.root, '.penumbra'), { recursive: true });
    service.answers = [{ status: 201, body: {} }];
    const env = {
      PENUMBRA_URL: `${service.url}/`,
      PENUMBRA_OPERATOR_KEY_FILE: keyFile,
      PENUMBRA_ISSUER: ISSUER,
    };
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
    await rm(join(service.root, '.penumbra'), { recursive: true });
    const { code, err } = await penumbra(['org', 'create', 'acme', '--name', 'Acme']);
    expect(code).toBe(2);
    expect(err).toContain('npm start');
    expect(err).toContain('PENUMBRA_OPERATOR_KEY_FILE');
  });

  test('S71 a damaged key file is not repeated', async () => {
    const keyFile = join(service.root, 'key.json');
    await writeFile(keyFile, '{"d":"hunter2",');
    const { code, err } = await penumbra(['org', 'create', 'a', '--name', 'A'], {
      PENUMBRA_OPERATOR_KEY_FILE: keyFile,
    });
    expect(code).toBe(2);
    expect(err).not.toContain('hunter2');
  });
});
