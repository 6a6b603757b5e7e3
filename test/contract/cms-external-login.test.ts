import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startSite, type Site } from '../world/cms/site.ts';
import { startOpenIdService, type Bending, type OpenIdService, type Person } from './cms-openid-service.ts';
import { backOffice, newClientState, Visitor } from './cms-visitor.ts';

const callback = '/umbraco-signin-penumbra';
const edith: Person = {
  sub: 'edith',
  email: 'Editor@Example.com',
  name: 'Edith of the service',
  acr: 'aal2',
};
let service: OpenIdService;
let site: Site;
let origin: string;
let clock = 1_800_000_000;

beforeAll(async () => {
  // The site says on the terminal why a sign-in failed; here the failures are wanted.
  vi.spyOn(console, 'warn').mockReturnValue();
  service = await startOpenIdService();
  site = await startSite({
    port: 0,
    issuer: service.issuer,
    clientId: 'site',
    clientSecret: 'secret',
    pluginFolder: tmpdir(),
    users: [{ email: 'editor@example.com', name: 'Edith', password: 'tangerine lantern orbit 47' }],
    now: () => clock,
  });
  origin = site.origin.replace('site.localhost', 'localhost');
});

afterAll(async () => {
  vi.restoreAllMocks();
  await site.close();
  await service.close();
});

const external = { identity_provider: 'Umbraco.Penumbra' };

async function challenge(visitor: Visitor, loginHint?: string): Promise<URL> {
  const response = await visitor.authorize(newClientState(), { ...external, login_hint: loginHint });
  return new URL(response.headers.get('location') ?? '');
}

/** Goes from the start page to the code, and resolves with the answer that the browser ends at. */
async function signIn(visitor: Visitor, person: Person, bending?: Bending): Promise<Response> {
  const client = newClientState();
  const asked = new URL((await visitor.authorize(client, external)).headers.get('location') ?? '');
  const answer = await visitor.post(callback, service.authorize(asked, person, bending));
  if (answer.status !== 302) return answer;
  const authorized = await visitor.send(answer.headers.get('location') ?? '');
  return authorized.status === 302 ? visitor.exchange(client) : authorized;
}

async function whoIs(visitor: Visitor): Promise<{ id: string; name: string; email: string }> {
  return (await (await visitor.call('/user/current')).json()) as { id: string; name: string; email: string };
}

describe('the request to the service', () => {
  it('asks for a code by form post with PKCE, state and nonce, as ASP.NET does', async () => {
    const asked = await challenge(new Visitor(origin), 'editor@example.com');
    expect(asked.origin + asked.pathname).toBe(`${service.issuer}/authorize`);
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      client_id: 'site',
      redirect_uri: origin + callback,
      response_type: 'code',
      response_mode: 'form_post',
      scope: 'openid profile email',
      code_challenge_method: 'S256',
      login_hint: 'editor@example.com',
    });
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(asked.searchParams.get(name)).toMatch(/.{20}/);
  });

  it('binds the answer to this browser by a cookie that survives a POST from another site', async () => {
    const response = await new Visitor(origin).authorize(newClientState(), external);
    const cookie = response.headers
      .getSetCookie()
      .find((line) => line.startsWith('.AspNetCore.Correlation.'));
    expect(cookie).toMatch(/SameSite=None/);
    expect(cookie).toMatch(/Secure/);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/Path=\/umbraco-signin-penumbra/);
  });
});

describe('who it signs in', () => {
  it('finds the user by email without regard to case, and keeps the link by issuer and subject', async () => {
    const visitor = new Visitor(origin);
    expect((await signIn(visitor, edith)).status).toBe(200);
    const first = await whoIs(visitor);
    expect(first).toMatchObject({ email: 'editor@example.com', name: 'Edith' });
    const later = new Visitor(origin);
    await signIn(later, { ...edith, email: 'moved@example.com' });
    expect((await whoIs(later)).id).toBe(first.id);
  });

  it('creates a user in the default group for an unknown address', async () => {
    const visitor = new Visitor(origin);
    await signIn(visitor, { sub: 'new', email: 'new@example.com', name: 'Nora New', acr: '2fa' });
    expect(await whoIs(visitor)).toMatchObject({
      email: 'new@example.com',
      name: 'Nora New',
      isAdmin: false,
      allowedSections: ['Umb.Section.Content'],
    });
  });

  it('asks userinfo for what the ID token leaves out', async () => {
    const visitor = new Visitor(origin);
    await signIn(
      visitor,
      { sub: 'info', email: 'info@example.com', name: 'Ina Info', acr: '2fa' },
      { bareIdToken: true },
    );
    expect(await whoIs(visitor)).toMatchObject({ email: 'info@example.com', name: 'Ina Info' });
  });

  it.each<[string, Person]>([
    ['acr', { sub: 'x1', email: 'editor@example.com', name: 'X' }],
    ['name', { sub: 'x2', email: 'nameless@example.com', acr: 'aal2' }],
  ])('refuses a sign-in without %s, and says so', async (claim, person) => {
    const visitor = new Visitor(origin);
    const response = await signIn(visitor, person);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain(claim);
    expect((await visitor.call('/user/current')).status).toBe(401);
  });
});

describe('what it refuses', () => {
  it.each<[string, Bending]>([
    ['signed by a key that the service does not publish', { foreignKey: true }],
    ['with the nonce of another sign-in', { nonce: 'another' }],
  ])('an ID token %s', async (_, bending) => {
    const visitor = new Visitor(origin);
    const response = await signIn(visitor, edith, bending);
    expect(response.status).toBe(400);
    expect(visitor.cookies.has('UMB_EXTLOGIN')).toBe(false);
  });

  it('an answer in another browser than the one that asked', async () => {
    const asked = await challenge(new Visitor(origin));
    const victim = new Visitor(origin);
    const response = await victim.post(callback, service.authorize(asked, edith));
    expect(response.status).toBe(400);
    expect(victim.cookies.size).toBe(0);
  });

  it('an answer that came already', async () => {
    const visitor = new Visitor(origin);
    const asked = await challenge(visitor);
    const cookies = new Map(visitor.cookies);
    const answer = service.authorize(asked, edith);
    expect((await visitor.post(callback, answer)).status).toBe(302);
    for (const [name, value] of cookies) visitor.cookies.set(name, value);
    expect((await visitor.post(callback, answer)).status).toBe(400);
  });

  it('an answer that comes too late', async () => {
    const visitor = new Visitor(origin);
    const asked = await challenge(visitor);
    clock += 901;
    expect((await visitor.post(callback, service.authorize(asked, edith))).status).toBe(400);
  });

  it("nothing silently: the service's own error is shown with two ways on", async () => {
    const visitor = new Visitor(origin);
    const asked = await challenge(visitor);
    const response = await visitor.post(callback, {
      error: 'access_denied',
      error_description: 'You <b>cancelled</b>',
      state: asked.searchParams.get('state') ?? '',
      iss: service.issuer,
    });
    const page = await response.text();
    expect(response.status).toBe(403);
    expect(page).toContain('access_denied');
    expect(page).toContain('You &lt;b&gt;cancelled&lt;/b&gt;');
    expect(page).toMatch(/identity_provider=Umbraco\.Penumbra"[^>]*>Try again/);
    expect(page).toMatch(/href="\/umbraco\/logout"[^>]*>Back to login/);
  });
});

describe('leaving, and a service that is away', () => {
  it('signs out at the service too, and comes back to the logout page', async () => {
    const visitor = new Visitor(origin);
    await signIn(visitor, edith);
    const target = new URL((await visitor.send(`${backOffice}/signout`)).headers.get('location') ?? '');
    expect(target.origin + target.pathname).toBe(`${service.issuer}/end_session`);
    expect(target.searchParams.get('post_logout_redirect_uri')).toBe(`${origin}/umbraco/logout`);
    expect(target.searchParams.get('id_token_hint')?.split('.')).toHaveLength(3);
  });

  it('starts without the service, says that it is away, and finds it once it is there', async () => {
    const absent = await startOpenIdService();
    const { port } = new URL(absent.issuer);
    await absent.close();
    const early = await startSite({
      port: 0,
      issuer: absent.issuer,
      clientId: 'site',
      clientSecret: 'secret',
      pluginFolder: tmpdir(),
      users: [],
    });
    const visitor = new Visitor(early.origin.replace('site.localhost', 'localhost'));
    expect((await visitor.authorize(newClientState(), external)).status).toBe(503);
    const present = await startOpenIdService(Number(port));
    expect((await visitor.authorize(newClientState(), external)).status).toBe(302);
    await early.close();
    await present.close();
  });
});
