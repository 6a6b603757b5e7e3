import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSite, type Site } from '../world/cms/site.ts';
import { backOffice, newClientState, Visitor } from './cms-visitor.ts';

const password = 'tangerine lantern orbit 47';
let site: Site;
let origin: string;
let folder: string;
let clock = 1_800_000_000;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'app-plugins-'));
  await addPackage('Open', {
    name: 'Open',
    allowPublicAccess: true,
    extensions: [{ type: 'x', alias: 'a' }],
  });
  await addPackage('Closed/Inner', { name: 'Closed', version: '1.2.3' });
  await addPackage('Too/Deep/Down', { name: 'TooDeep', allowPublicAccess: true });
  site = await startSite({
    port: 0,
    issuer: 'http://localhost:9',
    clientId: 'site',
    clientSecret: 'secret',
    pluginFolder: folder,
    users: [{ email: 'editor@example.com', name: 'Edith', password }],
    now: () => clock,
  });
  origin = site.origin.replace('site.localhost', 'localhost');
});

afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

async function addPackage(path: string, content: object): Promise<void> {
  await mkdir(join(folder, path), { recursive: true });
  await writeFile(join(folder, path, 'umbraco-package.json'), JSON.stringify(content));
}

async function signedIn(): Promise<Visitor> {
  const visitor = new Visitor(origin);
  const client = newClientState();
  expect((await visitor.logIn('editor@example.com', password)).status).toBe(200);
  await visitor.authorize(client);
  expect((await visitor.exchange(client)).status).toBe(200);
  return visitor;
}

describe('the pages', () => {
  it.each(['/umbraco', '/umbraco/', '/umbraco/section/content', '/umbraco/oauth_complete?code=x'])(
    'serves the real client at %s',
    async (path) => {
      const response = await fetch(origin + path);
      const page = await response.text();
      expect(response.status).toBe(200);
      expect(page).toContain('<umb-app');
      const script = /src="(\/umbraco\/backoffice\/[^"]+)"/.exec(page)?.[1] ?? '';
      expect((await fetch(origin + script)).headers.get('content-type')).toContain('javascript');
    },
  );

  it('answers an unknown API path with a problem, not with the page', async () => {
    const response = await fetch(`${origin}/umbraco/management/api/v1/nothing`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it('refuses a host that it was not set up for, and answers both that it was', async () => {
    const { port } = new URL(origin);
    const statusFor = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        get({ host: '127.0.0.1', port, path: '/umbraco', headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on('error', reject);
      });
    expect(await statusFor(`site.localhost:${port}`)).toBe(200);
    expect(await statusFor(`localhost:${port}`)).toBe(200);
    expect(await statusFor(`evil.example:${port}`)).toBe(400);
    expect(await statusFor('localhost')).toBe(400);
  });

  it('keeps to the folder of the packages', async () => {
    expect((await fetch(`${origin}/App_Plugins/Open/umbraco-package.json`)).status).toBe(200);
    expect((await fetch(`${origin}/App_Plugins/..%2f..%2fetc%2fpasswd`)).status).toBe(404);
  });
});

describe('packages', () => {
  it('shows only public packages before sign-in, two levels deep', async () => {
    const response = await fetch(`${origin}/umbraco/management/api/v1/manifest/manifest/public`);
    expect(await response.json()).toEqual([
      expect.objectContaining({ name: 'Open', extensions: [{ type: 'x', alias: 'a' }] }),
    ]);
  });

  it('shows private packages to a signed-in user alone', async () => {
    expect((await new Visitor(origin).call('/manifest/manifest/private')).status).toBe(401);
    const response = await (await signedIn()).call('/manifest/manifest/private');
    expect(await response.json()).toEqual([expect.objectContaining({ name: 'Closed', version: '1.2.3' })]);
  });
});

describe('local login', () => {
  it('leads from authorize to the login page and back', async () => {
    const response = await new Visitor(origin).authorize(newClientState());
    const target = new URL(response.headers.get('location') ?? '', origin);
    expect(target.pathname).toBe('/umbraco/login');
    expect(target.searchParams.get('ReturnUrl')).toContain(`${backOffice}/authorize?client_id=`);
  });

  it('refuses a wrong password and an unknown address alike', async () => {
    const visitor = new Visitor(origin);
    const wrong = await visitor.logIn('editor@example.com', 'wrong');
    const unknown = await visitor.logIn('nobody@example.com', password);
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
    expect(visitor.cookies.size).toBe(0);
  });

  it('sends nobody to another site after login', async () => {
    const visitor = await signedIn();
    const response = await visitor.send(`/umbraco/login?ReturnUrl=${encodeURIComponent('//evil.example/')}`);
    expect(response.headers.get('location')).toBe('/umbraco');
  });
});

describe('authorize and token', () => {
  it.each([
    ['client_id', { client_id: 'someone-else' }],
    ['redirect_uri', { redirect_uri: 'http://evil.example/umbraco/oauth_complete' }],
  ])('refuses a wrong %s on a page of its own, never by a redirect (RFC 6749 4.1.2.1)', async (_, change) => {
    const response = await new Visitor(origin).authorize(newClientState(), change);
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });

  it.each([
    ['no code_challenge', { code_challenge: undefined }],
    ['the plain method', { code_challenge_method: 'plain' }],
    ['no state', { state: undefined }],
    ['another response_type', { response_type: 'token' }],
  ])('refuses %s (RFC 7636 4.4.1)', async (_, change) => {
    const visitor = new Visitor(origin);
    await visitor.logIn('editor@example.com', password);
    const response = await visitor.authorize(newClientState(), change);
    const target = new URL(response.headers.get('location') ?? '');
    expect(target.searchParams.get('error')).toBe('invalid_request');
    expect(target.searchParams.get('code')).toBeNull();
  });

  it('gives tokens in http-only cookies and shows scripts none', async () => {
    const visitor = new Visitor(origin);
    const client = newClientState();
    await visitor.logIn('editor@example.com', password);
    const authorized = await visitor.authorize(client);
    const target = new URL(authorized.headers.get('location') ?? '');
    expect(target.searchParams.get('code')).toBe('[redacted]');
    expect(target.searchParams.get('state')).toBe(client.state);
    const response = await visitor.exchange(client);
    expect(await response.json()).toEqual({
      access_token: '[redacted]',
      token_type: 'Bearer',
      expires_in: 300,
      refresh_token: '[redacted]',
    });
    const set = [...authorized.headers.getSetCookie(), ...response.headers.getSetCookie()].filter(
      (line) => !line.includes('Max-Age=0'),
    );
    expect(set.map((line) => line.split('=')[0])).toEqual([
      '__Host-umbPkceCode',
      '__Host-umbAccessToken',
      '__Host-umbRefreshToken',
    ]);
    for (const line of set) {
      expect(line).toMatch(/HttpOnly/);
      expect(line).toMatch(/Secure/);
      expect(line).toMatch(/Path=\/(;|$)/);
      expect(line).toMatch(/SameSite=Strict/);
      expect(line).not.toMatch(/Domain/);
    }
  });

  it('refuses a wrong code_verifier, and then the right one too (RFC 7636 4.6)', async () => {
    const visitor = new Visitor(origin);
    const client = newClientState();
    await visitor.logIn('editor@example.com', password);
    await visitor.authorize(client);
    const code = visitor.cookies.get('__Host-umbPkceCode') ?? '';
    const wrong = await visitor.exchange(client, { code_verifier: newClientState().verifier });
    expect(await wrong.json()).toEqual({ error: 'invalid_grant' });
    visitor.cookies.set('__Host-umbPkceCode', code);
    expect((await visitor.exchange(client)).status).toBe(400);
  });

  it('takes a code once, and a second use revokes what the first one gave (RFC 6749 4.1.2)', async () => {
    const visitor = new Visitor(origin);
    const client = newClientState();
    await visitor.logIn('editor@example.com', password);
    await visitor.authorize(client);
    const code = visitor.cookies.get('__Host-umbPkceCode') ?? '';
    await visitor.exchange(client);
    expect((await visitor.call('/user/current')).status).toBe(200);
    visitor.cookies.set('__Host-umbPkceCode', code);
    expect(await (await visitor.exchange(client)).json()).toEqual({ error: 'invalid_grant' });
    expect((await visitor.call('/user/current')).status).toBe(401);
  });

  it('takes a code from its cookie alone', async () => {
    const visitor = new Visitor(origin);
    const client = newClientState();
    await visitor.logIn('editor@example.com', password);
    await visitor.authorize(client);
    const code = visitor.cookies.get('__Host-umbPkceCode') ?? '';
    expect((await visitor.exchange(client, { code })).status).toBe(400);
  });
});

describe('calls and sessions', () => {
  it('demands the cookie and the redacted bearer, both', async () => {
    const visitor = await signedIn();
    const path = '/umbraco/management/api/v1/user/current';
    const token = visitor.cookies.get('__Host-umbAccessToken') ?? '';
    const withBearer = (value: string): Promise<Response> =>
      visitor.send(path, { headers: { authorization: value } });
    expect((await visitor.send(path)).status).toBe(401);
    expect((await withBearer(`Bearer ${token}`)).status).toBe(401);
    expect((await new Visitor(origin).call('/user/current')).status).toBe(401);
    const answer = await withBearer('Bearer [redacted]');
    expect(await answer.json()).toMatchObject({ name: 'Edith', email: 'editor@example.com', isAdmin: true });
  });

  it('lets an access token run out after 300 seconds and replaces both tokens at a refresh', async () => {
    const visitor = await signedIn();
    const before = new Map(visitor.cookies);
    clock += 300;
    expect((await visitor.call('/user/current')).status).toBe(401);
    expect((await visitor.refresh()).status).toBe(200);
    expect((await visitor.call('/user/current')).status).toBe(200);
    for (const name of ['__Host-umbAccessToken', '__Host-umbRefreshToken']) {
      expect(visitor.cookies.get(name)).not.toBe(before.get(name));
    }
  });

  it('takes a used refresh token for a stolen one and ends the sign-in (RFC 9700 4.14.2)', async () => {
    const visitor = await signedIn();
    const used = visitor.cookies.get('__Host-umbRefreshToken') ?? '';
    await visitor.refresh();
    const thief = new Visitor(origin);
    thief.cookies.set('__Host-umbRefreshToken', used);
    clock += 31;
    expect(await (await thief.refresh()).json()).toEqual({ error: 'invalid_grant' });
    expect((await visitor.refresh()).status).toBe(400);
  });

  it('lets a refresh token run out with the session', async () => {
    const visitor = await signedIn();
    clock += 1200;
    expect((await visitor.refresh()).status).toBe(400);
  });

  it('ends everything at revoke and signout', async () => {
    const visitor = await signedIn();
    const stolen = new Visitor(origin);
    for (const [name, value] of visitor.cookies) stolen.cookies.set(name, value);
    await visitor.post(`${backOffice}/revoke`, { client_id: 'umbraco-back-office', token: '[redacted]' });
    expect((await stolen.call('/user/current')).status).toBe(401);
    const response = await visitor.send(`${backOffice}/signout`);
    expect(response.headers.get('location')).toBe(`${origin}/umbraco/logout`);
    expect(visitor.cookies.size).toBe(0);
    const again = await stolen.authorize(newClientState());
    expect(again.headers.get('location')).toContain('/umbraco/login');
  });

  it('sends nobody elsewhere after sign-out', async () => {
    const visitor = await signedIn();
    const elsewhere = encodeURIComponent('http://evil.example/umbraco/logout');
    const response = await visitor.send(`${backOffice}/signout?post_logout_redirect_uri=${elsewhere}`);
    expect(response.status).toBe(400);
  });
});
