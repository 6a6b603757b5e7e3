import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { createRandom } from '../../../worker/adapters/web-crypto/random.ts';
import { allowFormPostTo, allowForms, securityHeaders } from '../../../worker/http/security-headers.ts';

const app = new Hono<{ Variables: { nonce: string } }>();
app.use(securityHeaders(createRandom()));
app.get('/account', (c) => c.html(`<script nonce="${c.var.nonce}"></script>`));
app.get('/api/account', (c) => c.json({}, 200, { 'cache-control': 'public, max-age=60' }));
app.get('/authorize', (c) => c.redirect('/interaction/1'));
app.get('/interaction/:id', (c) => c.html('page'));
app.get('/form-post', (c) => {
  allowFormPostTo(c, 'https://site.example/umbraco/signin?x=1');
  return c.html('form');
});
app.get('/end_session', (c) => {
  allowForms(c, ["'self'", 'https://site.example']);
  return c.html('form');
});
app.get('/broken-form', (c) => {
  allowForms(c, ['https://site.example/; script-src *']);
  return c.html('form');
});
app.get('/assets/:name', (c) => (c.req.param('name').startsWith('absent') ? c.notFound() : c.body('asset')));
app.get('/.well-known/jwks.json', (c) => c.json({}, 200, { 'cache-control': 'public, max-age=300' }));
app.get('/immutable', () => Response.redirect('https://service.example/'));
app.get('/bug', () => {
  throw new Error('a bug');
});
app.onError((_, c) => c.text('broken', 500));

const get = (path: string): Promise<Response> => Promise.resolve(app.request(path));
const EVERYWHERE = [
  '/account',
  '/api/account',
  '/authorize',
  '/assets/a-12345678.js',
  '/nothing',
  '/bug',
  '/immutable',
];

test.each(EVERYWHERE)('S66 %s has every header', async (path) => {
  const { headers } = await get(path);
  expect(headers.get('content-security-policy')?.replace(/nonce-[A-Za-z0-9+/]{22}==/, 'nonce-N')).toBe(
    "default-src 'none'; script-src 'self' 'nonce-N'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
      "connect-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  );
  expect(headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(headers.get('permissions-policy')).toContain('camera=()');
});

test('S66 the nonce is new for each answer and is the one of the page', async () => {
  const [one, other] = await Promise.all([get('/account'), get('/account')]);
  const nonceOf = (response: Response): string | undefined =>
    /'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1];
  expect(nonceOf(one)).not.toBe(nonceOf(other));
  expect(await one.text()).toContain(`nonce="${nonceOf(one) ?? 'none'}"`);
});

test.each([
  ['/account', 'same-origin'],
  ['/authorize', 'unsafe-none'],
  ['/interaction/1', 'unsafe-none'],
])('S66 COOP of %s is %s', async (path, value) => {
  expect((await get(path)).headers.get('cross-origin-opener-policy')).toBe(value);
});

test('S66 a form_post page allows exactly the redirect origin', async () => {
  const form = (await get('/form-post')).headers.get('content-security-policy');
  expect(form).toContain('; form-action https://site.example; ');
  const both = (await get('/end_session')).headers.get('content-security-policy');
  expect(both).toContain("; form-action 'self' https://site.example; ");
});

test('S66 what is no origin can not get into the policy', async () => {
  const response = await get('/broken-form');
  expect(response.status).toBe(500);
  expect(response.headers.get('content-security-policy')).not.toContain('site.example');
});

test.each([
  ['/assets/login-Ab3_-x9Z.js', 'public, max-age=31536000, immutable'],
  ['/assets/manifest.json', 'no-store'],
  ['/assets/absent-12345678.js', 'no-store'],
  ['/account', 'no-store'],
  ['/account/x-12345678.css', 'no-store'],
  ['/api/account', 'no-store'],
  ['/.well-known/jwks.json', 'public, max-age=300'],
  ['/.well-known/nothing', 'no-store'],
])('S67 %s: %s', async (path, value) => {
  expect((await get(path)).headers.get('cache-control')).toBe(value);
});
