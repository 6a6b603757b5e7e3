import { beforeAll, describe, expect, it } from 'vitest';
import { Browser, type Answer } from '../support/browser.ts';
import { FIRST_SITE, type FlowWorld } from './flow-world.ts';
import { authorizeAttempt, enrolledPerson, type Enrolled } from './person.ts';

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

/** S66, S67, S68: what every answer carries, who may keep it, and whom it believes. */
export function sessionWebSuite(world: () => FlowWorld): void {
  describe('session web', () => {
    let person: Enrolled;
    beforeAll(async () => {
      person = await enrolledPerson(world());
    });

    const url = (path: string): string => `${world().issuer}${path}`;
    const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
      new Browser().send(url(path), { headers: { accept: 'text/html', ...headers } });
    const assetOf = async (): Promise<string> =>
      /src="(\/assets\/[^"]+\.js)"/.exec((await new Browser().follow(url('/account'))).text)?.[1] ?? '';

    const expectHeaders = (answer: Answer, name: string): void => {
      const policy = (answer.headers.get('content-security-policy') ?? '').split('; ');
      expect([name, policy]).toEqual([name, expect.arrayContaining(POLICY)]);
      const scripts = policy.find((part) => part.startsWith('script-src')) ?? '';
      expect(scripts).toMatch(/^script-src 'self' 'nonce-[A-Za-z0-9+/]{22}=='$/);
      expect([name, Object.fromEntries(answer.headers)]).toEqual([
        name,
        expect.objectContaining({
          'strict-transport-security': 'max-age=63072000; includeSubDomains',
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          'referrer-policy': 'no-referrer',
          'cross-origin-resource-policy': 'same-origin',
          'cross-origin-opener-policy': /^\/(authorize|interaction)/.test(new URL(answer.url).pathname)
            ? 'unsafe-none'
            : 'same-origin',
        }),
      ]);
      expect(answer.headers.get('permissions-policy')).toContain('camera=()');
      for (const header of answer.headers.keys()) expect(header).not.toMatch(/^access-control-/);
      expect(
        answer.headers.has('server') && /hono|deno|express/i.test(answer.headers.get('server') ?? ''),
      ).toBe(false);
    };

    it('S66, S67: every kind of answer has the headers, and none but hashed assets and discovery is kept', async () => {
      const authorize = (changes: Record<string, string>): string => {
        const { pathname, search } = new URL(authorizeAttempt(world().issuer, FIRST_SITE, changes).url);
        return pathname + search;
      };
      const kinds: readonly (readonly [string, string, number, Record<string, string>?])[] = [
        ['redirect to the portal', '/', 303],
        ['redirect to a sign-in', '/account', 303],
        ['page with an element', '/interaction/AAAAAAAAAAAAAAAAAAAAAA', 200],
        ['set-up page', '/setup', 200],
        ['message', '/signed-out', 200],
        ['health', '/healthz', 200],
        ['page that is not there', '/nothing', 404],
        ['problem+json that is not there', '/api/nothing', 404],
        ['asset that is not there', '/assets/nothing.js', 404],
        ['manifest of the assets', '/assets/manifest.json', 404],
        ['problem+json', '/api/account', 401],
        ['bearer error', '/userinfo', 401],
        ['admin API', '/api/admin/members', 401],
        ['local page', '/authorize', 400],
        ['refusal by redirect', authorize({ prompt: 'none' }), 303],
        ['refusal by form_post', authorize({ prompt: 'none', response_mode: 'form_post' }), 200],
        ['end of a journey', '/authorize/resume/nothing', 410],
        ['sign-out', '/end_session', 303],
        ['refused sign-out', '/end_session?id_token_hint=x', 400],
        ['method that is not there', '/token', 404],
      ];
      for (const [name, path, status] of kinds) {
        const answer = await get(path);
        expect([name, answer.status]).toEqual([name, status]);
        expectHeaders(answer, name);
        expect([name, answer.headers.get('cache-control')]).toEqual([name, 'no-store']);
      }
      for (const path of ['/.well-known/openid-configuration', '/.well-known/jwks.json']) {
        const answer = await get(path);
        expectHeaders(answer, path);
        expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
      }
      const asset = await get(await assetOf());
      expectHeaders(asset, 'asset');
      expect(asset.status).toBe(200);
      expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(asset.headers.get('content-type')).toMatch(/^text\/javascript/);
    });

    it('S66, S72: an outage has them too', async () => {
      const path = new URL(authorizeAttempt(world().issuer, FIRST_SITE).url);
      world().bridge.refuse();
      try {
        for (const [asked, type] of [
          [path.pathname + path.search, 'text/html; charset=utf-8'],
          ['/account', 'text/html; charset=utf-8'],
          ['/api/account', 'application/problem+json'],
        ] as const) {
          const answer = await get(asked);
          expect([answer.status, answer.headers.get('content-type')]).toEqual([503, type]);
          expect(answer.headers.get('cache-control')).toBe('no-store');
          expectHeaders(answer, asked);
        }
      } finally {
        world().bridge.resume();
      }
      expect((await get('/account')).status).toBe(303);
    });

    it('S66: a nonce is never used twice', async () => {
      const policies = await Promise.all(
        Array.from({ length: 10 }, async () => (await get('/setup')).headers.get('content-security-policy')),
      );
      expect(new Set(policies).size).toBe(10);
    });

    it('S67, bug 35: what looks like a file below the account is not there, signed in or not', async () => {
      const browser = person.browser;
      expect((await browser.open(url('/account'))).status).toBe(200);
      const paths = [
        '/account/x.css',
        '/account/style.css',
        '/account.css',
        '/account/..%2fassets/x.js',
        '/account%2fx.css',
        '/account;x.css',
        '/account%0a.css',
        '/account%00.css',
        '/api/account/x.css',
        '/api/account%2fx.css',
        '/api/account.css',
        '/api/account/avatar.png',
        '/userinfo/x.css',
        '/assets/..%2faccount',
      ];
      for (const path of paths) {
        const answer = await browser.send(url(path), { headers: { accept: 'text/html' } });
        expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 404, 'no-store']);
        expect(answer.text).not.toContain(person.email);
      }
    });

    it('S52: HEAD says what GET says without a body; OPTIONS and odd methods change nothing', async () => {
      const browser = person.browser;
      for (const path of ['/account', '/api/account', '/setup', '/.well-known/jwks.json', '/healthz']) {
        const got = await browser.send(url(path));
        const head = await browser.send(url(path), { method: 'HEAD' });
        expect([path, head.status, head.text]).toEqual([path, got.status, '']);
        expectHeaders(head, path);
      }
      for (const method of ['OPTIONS', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
        for (const path of ['/account', '/api/account', '/authorize', '/token', '/api/admin/members']) {
          const answer = await browser.send(url(path), { method });
          expect([method, path, answer.status >= 400]).toEqual([method, path, true]);
          expectHeaders(answer, `${method} ${path}`);
        }
      }
      expect((await browser.getJson(url('/api/account'))).status).toBe(200);
    });
  });
}
