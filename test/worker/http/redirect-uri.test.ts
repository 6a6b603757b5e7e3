import { expect, test } from 'vitest';
import { redirectUriMistake } from '../../../worker/http/redirect-uri.ts';

test.each([
  'https://site.example/umbraco/signin',
  'https://site.example',
  'https://site.example/?a=b',
  'https://site.example:8443/x',
  'http://localhost:8080/x',
  'http://site.localhost:8080/x',
  'http://127.0.0.1:8080/x',
  'http://[::1]:8080/x',
])('S55 %s may be registered', (uri) => {
  expect(redirectUriMistake(uri)).toBeUndefined();
});

test.each([
  'http://site.example/x',
  'http://localhost.evil.example/x',
  'http://evillocalhost/x',
  'http://127.0.0.2/x',
  'https://*.example/x',
  'https://site.example/*',
  'https://site.example/x#y',
  'https://site.example/x#',
  'https://user@site.example/x',
  'https://site.example@evil.example/x',
  'https://Site.example/x',
  'https://site.example:443/x',
  'https://site.example/a/../b',
  'https:\\\\site.example\\x',
  'https:site.example/x',
  ' https://site.example/x',
  'https://site.example/é',
  'https://söte.example/x',
  'javascript:alert(1)',
  'data:text/html,x',
  'app://callback',
  '/x',
  '//site.example/x',
  '',
])('S55 %j is refused', (uri) => {
  expect(redirectUriMistake(uri)).toMatch(/^must /);
});
