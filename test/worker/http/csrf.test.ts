import { Hono } from 'hono';
import { beforeAll, describe, expect, test } from 'vitest';
import { createVault } from '../../../worker/adapters/web-crypto/vault.ts';
import { csrfProtection, issueCsrfToken, verifyCsrfToken } from '../../../worker/http/csrf.ts';

const ORIGIN = 'https://login.example';
const vault = createVault([{ id: 'k1', key: new Uint8Array(32).fill(7) }]);
const changed: string[] = [];
const app = new Hono();
app.use(csrfProtection({ origin: ORIGIN, vault, browserSecret: (c) => c.req.header('x-test-browser') }));
app.all('/api', (c) => {
  changed.push(c.req.method);
  return c.text('done');
});

let token: string;
beforeAll(async () => {
  token = await issueCsrfToken(vault, 'browser-1');
});

const good = (): Record<string, string> => ({
  origin: ORIGIN,
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/json',
  'x-csrf-token': token,
  'x-test-browser': 'browser-1',
});

async function send(headers: Record<string, string | undefined>, method = 'POST'): Promise<number> {
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const response = await app.request('/api', {
    method,
    headers: given,
    body: method === 'GET' ? null : '{}',
  });
  return response.status;
}

describe('S52 bug 36', () => {
  test('our own page may change things', async () => {
    expect(await send(good())).toBe(200);
    expect(await send({ ...good(), 'sec-fetch-site': undefined })).toBe(200);
    expect(await send({ ...good(), 'content-type': 'application/json; charset=utf-8' })).toBe(200);
  });

  test('safe methods need nothing', async () => {
    expect(await send({}, 'GET')).toBe(200);
  });

  test.each([
    ['no Origin', { origin: undefined }],
    ['Origin null', { origin: 'null' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['another scheme', { origin: 'http://login.example' }],
    ['another port', { origin: 'https://login.example:8443' }],
    ['a name below', { origin: 'https://x.login.example' }],
    ['our origin as a prefix', { origin: 'https://login.example.evil.example' }],
    ['our origin with a slash', { origin: `${ORIGIN}/` }],
    ['a same-site page', { 'sec-fetch-site': 'same-site' }],
    ['a cross-site page', { 'sec-fetch-site': 'cross-site' }],
    ['a typed address', { 'sec-fetch-site': 'none' }],
    ['no content type', { 'content-type': undefined }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['text', { 'content-type': 'text/plain' }],
    ['text that mentions JSON', { 'content-type': 'text/plain; application/json' }],
    ['two types', { 'content-type': 'application/json, text/plain' }],
    ['two types behind a parameter', { 'content-type': 'application/json; a=b, text/plain' }],
    ['a type like JSON', { 'content-type': 'application/json-patch' }],
    ['no token', { 'x-csrf-token': undefined }],
    ['an empty token', { 'x-csrf-token': '' }],
    ['an odd token', { 'x-csrf-token': 'x' }],
    ['no browser secret', { 'x-test-browser': undefined }],
    ["another browser's secret", { 'x-test-browser': 'browser-2' }],
  ])('%s: refused, and nothing changed', async (_, headers) => {
    changed.length = 0;
    expect(await send({ ...good(), ...headers })).toBe(403);
    expect(changed).toEqual([]);
  });

  test.each(['PUT', 'PATCH', 'DELETE', 'PROPFIND'])('%s is held to it too', async (method) => {
    expect(await send({ ...good(), origin: undefined }, method)).toBe(403);
  });

  test('a form field is verified alike', async () => {
    expect(await verifyCsrfToken(vault, 'browser-1', token)).toBe(true);
    expect(await verifyCsrfToken(vault, 'browser-2', token)).toBe(false);
    expect(await verifyCsrfToken(vault, '', await issueCsrfToken(vault, ''))).toBe(false);
    expect(await verifyCsrfToken(vault, undefined, token)).toBe(false);
  });
});
