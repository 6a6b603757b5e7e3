import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { deleteHostCookie, readCookie, setHostCookie } from '../../../worker/http/cookies.ts';

const app = new Hono();
// As in the service, where middleware stands before every route.
app.use(async (_, next) => {
  await next();
});
app.get('/read', (c) => c.json({ value: readCookie(c, '__Host-sid') ?? null }));
app.get('/set', (c) => {
  setHostCookie(c, '__Host-sid', 'abc_-123');
  setHostCookie(c, '__Host-browser', 'def');
  return c.text('set');
});
app.get('/page', (c) => {
  setHostCookie(c, '__Host-sid', 'abc');
  setHostCookie(c, '__Host-browser', 'def');
  return new Response('page', { status: 201, headers: { 'content-type': 'text/html' } });
});
app.get('/delete', (c) => {
  deleteHostCookie(c, '__Host-sid');
  return c.text('deleted');
});
app.get('/odd', (c) => {
  setHostCookie(c, '__Host-sid', c.req.query('value') ?? '');
  return c.text('set');
});
app.onError((_, c) => c.text('refused', 500));

async function read(cookie: string): Promise<string | null> {
  const response = await app.request('/read', { headers: { cookie } });
  return ((await response.json()) as { value: string | null }).value;
}

test('S51 a cookie is host-bound, secure, hidden from scripts, and ends with the browser', async () => {
  const response = await app.request('/set');
  expect(response.headers.getSetCookie()).toEqual([
    '__Host-sid=abc_-123; Path=/; Secure; HttpOnly; SameSite=Lax',
    '__Host-browser=def; Path=/; Secure; HttpOnly; SameSite=Lax',
  ]);
  const gone = await app.request('/delete');
  expect(gone.headers.getSetCookie()).toEqual([
    '__Host-sid=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0',
  ]);
});

test('S51 a route that answers with a Response of its own sets its cookies too', async () => {
  const response = await app.request('/page');
  expect(response.headers.getSetCookie()).toHaveLength(2);
  expect([response.status, response.headers.get('content-type')]).toEqual([201, 'text/html']);
});

test.each(['a;b', 'a b', 'a,b', '"a"', '', 'é', 'a\\b'])(
  'a value can not add attributes: %j',
  async (value) => {
    const response = await app.request(`/odd?value=${encodeURIComponent(value)}`);
    expect(response.status).toBe(500);
    expect(response.headers.getSetCookie()).toEqual([]);
  },
);

describe('S54 reading', () => {
  test.each([
    ['__Host-sid=abc', 'abc'],
    ['a=b; __Host-sid=abc; c=d', 'abc'],
    ['a=b;__Host-sid=abc', 'abc'],
    ['odd; a="x,y"; __Host-sid=abc', 'abc'],
    ['__Host-sid=a=b', 'a=b'],
    ['X__Host-sid=abc', null],
    ['__host-sid=abc', null],
    ['__Host-sid', null],
    ['__Host-sid=', null],
    ['__Host-sid="abc"', null],
    ['__Host-sid=a b', null],
    ['', null],
  ])('%j gives %j', async (cookie, value) => {
    expect(await read(cookie)).toBe(value);
  });

  test.each([
    ['; as on Deno', '__Host-sid=mine; __Host-sid=theirs'],
    [', as on workerd', '__Host-sid=mine, __Host-sid=theirs'],
    ['the same twice', '__Host-sid=mine; __Host-sid=mine'],
    ['with others between', '__Host-sid=mine; a=b, __Host-sid=theirs'],
    ['an empty one too', '__Host-sid=mine; __Host-sid='],
  ])('a doubled cookie opens nothing: joined by %s', async (_, cookie) => {
    expect(await read(cookie)).toBeNull();
  });

  test('a value of another site can not carry a session of ours', async () => {
    expect(await read('tracking=x, __Host-sid=planted')).toBeNull();
    expect(await read('__Host-sid=mine, a=b')).toBeNull();
  });
});
