import { describe, expect, it } from 'vitest';
import { Browser, type Answer } from '../support/browser.ts';
import { readForm } from '../support/page.ts';
import { FIRST_SITE, SECOND_SITE, type FlowWorld } from './flow-world.ts';
import { answerOf } from './oidc-site.ts';
import { authorizeAttempt } from './person.ts';

type Changes = Readonly<Record<string, string | undefined>>;

/** S55: nothing of these may be answered with a redirect. */
const UNSAFE: readonly (readonly [string, Changes])[] = [
  ['no client', { client_id: undefined }],
  ['an unknown client', { client_id: 'nobody' }],
  ['a client in another case', { client_id: 'First' }],
  ['a client with a NUL', { client_id: 'first\0' }],
  ['no redirect_uri', { redirect_uri: undefined }],
  ['an empty redirect_uri', { redirect_uri: '' }],
  ['a redirect_uri of somebody else', { redirect_uri: 'https://evil.example/first' }],
  ['that of another site', { redirect_uri: SECOND_SITE.callback }],
  ['a suffix', { redirect_uri: `${FIRST_SITE.callback}x` }],
  ['a slash at the end', { redirect_uri: `${FIRST_SITE.callback}/` }],
  ['a deeper path', { redirect_uri: `${FIRST_SITE.callback}/deeper` }],
  ['a path that leads back to it', { redirect_uri: 'http://localhost:9/x/../first' }],
  ['an encoded letter', { redirect_uri: 'http://localhost:9/%66irst' }],
  ['a shorter path', { redirect_uri: 'http://localhost:9/' }],
  ['a query', { redirect_uri: `${FIRST_SITE.callback}?next=1` }],
  ['an empty query', { redirect_uri: `${FIRST_SITE.callback}?` }],
  ['a fragment', { redirect_uri: `${FIRST_SITE.callback}#x` }],
  ['another port', { redirect_uri: 'http://localhost:10/first' }],
  ['no port', { redirect_uri: 'http://localhost/first' }],
  ['another scheme', { redirect_uri: 'https://localhost:9/first' }],
  ['another case of the host', { redirect_uri: 'http://LOCALHOST:9/first' }],
  ['another case of the path', { redirect_uri: 'http://localhost:9/First' }],
  ['another name of the host', { redirect_uri: 'http://127.0.0.1:9/first' }],
  ['a host below it', { redirect_uri: 'http://evil.localhost:9/first' }],
  ['a user name', { redirect_uri: 'http://user@localhost:9/first' }],
  ['the host as a user name', { redirect_uri: 'http://localhost:9@evil.example/first' }],
  ['a backslash', { redirect_uri: 'http://localhost:9\\@evil.example/first' }],
  ['white space', { redirect_uri: `${FIRST_SITE.callback} ` }],
  ['a line end', { redirect_uri: `${FIRST_SITE.callback}\r\nx: y` }],
  ['a script', { redirect_uri: 'javascript:alert(1)//localhost:9/first' }],
  ['two addresses', { redirect_uri: `${FIRST_SITE.callback} https://evil.example/` }],
];

/** What is told to the site, with the error that RFC 6749 4.1.2.1 and OIDC Core 3.1.2.6 name. */
const REFUSED: readonly (readonly [string, Changes, string])[] = [
  ['no response_type', { response_type: undefined }, 'invalid_request'],
  ['S58: the implicit flow', { response_type: 'token' }, 'unsupported_response_type'],
  ['S58: an ID token from here', { response_type: 'id_token' }, 'unsupported_response_type'],
  ['S58: the hybrid flow', { response_type: 'code id_token' }, 'unsupported_response_type'],
  ['no scope', { scope: undefined }, 'invalid_scope'],
  ['a scope without openid', { scope: 'email profile' }, 'invalid_scope'],
  ['a scope that only looks like it', { scope: 'openid2' }, 'invalid_scope'],
  ['S56: no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
  ['S56: a method without challenge', { code_challenge: undefined }, 'invalid_request'],
  ['S56: a challenge without method (plain)', { code_challenge_method: undefined }, 'invalid_request'],
  ['S56: plain', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['S56: s256 in small letters', { code_challenge_method: 's256' }, 'invalid_request'],
  ['S56: a short challenge', { code_challenge: 'a'.repeat(42) }, 'invalid_request'],
  ['S56: a long challenge', { code_challenge: 'a'.repeat(44) }, 'invalid_request'],
  ['S56: a challenge of other letters', { code_challenge: '='.repeat(43) }, 'invalid_request'],
  ['an unknown prompt', { prompt: 'create' }, 'invalid_request'],
  ['prompt=none with another', { prompt: 'none login' }, 'invalid_request'],
  ['a negative max_age', { max_age: '-1' }, 'invalid_request'],
  ['a broken max_age', { max_age: '1.5' }, 'invalid_request'],
  ['a max_age in words', { max_age: 'now' }, 'invalid_request'],
  ['a request object', { request: 'e30.e30.' }, 'request_not_supported'],
  ['a request by reference', { request_uri: 'https://evil.example/r' }, 'request_uri_not_supported'],
  ['a very long value', { login_hint: 'a'.repeat(4097) }, 'invalid_request'],
  ['an assurance that no factor reaches', { acr_values: 'phr' }, 'unmet_authentication_requirements'],
  ['prompt=none without a session', { prompt: 'none' }, 'login_required'],
];

/** Every check of the authorization request, from a browser without a session. */
export function oidcAuthorizeSuite(world: () => FlowWorld): void {
  describe('oidc authorize', () => {
    it.each(UNSAFE)('S55, bug 37: %s is told on a page here', async (_name, changes) => {
      for (const extra of [{}, { prompt: 'none' }, { response_mode: 'form_post', response_type: 'token' }]) {
        const { url } = authorizeAttempt(world().issuer, FIRST_SITE, { ...changes, ...extra });
        expectLocalPage(await new Browser().open(url));
      }
    });

    it.each(REFUSED)('S59: %s comes back with state and iss', async (_name, changes, error) => {
      for (const mode of [undefined, 'query', 'form_post']) {
        const attempt = authorizeAttempt(world().issuer, FIRST_SITE, { response_mode: mode, ...changes });
        const answer = await new Browser().open(attempt.url);
        const back = answerOf(answer);
        expect(Object.fromEntries(back)).toEqual({
          error,
          error_description: expect.stringMatching(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/) as string,
          state: attempt.state,
          iss: world().issuer,
        });
        if (mode === 'form_post') expect(readForm(answer.text, answer.url)?.action).toBe(FIRST_SITE.callback);
        else expect(answer.location?.startsWith(`${FIRST_SITE.callback}?`)).toBe(true);
      }
    });

    it.each(['fragment', 'web_message', 'query.jwt', 'Query'])(
      'RFC 9700 2.1: response_mode=%s is refused, in the query',
      async (mode) => {
        const attempt = authorizeAttempt(world().issuer, FIRST_SITE, { response_mode: mode });
        const { location = '' } = await new Browser().open(attempt.url);
        expect(new URL(location).hash).toBe('');
        expect(new URL(location).searchParams.get('error')).toBe('invalid_request');
      },
    );

    it.each(['client_id', 'redirect_uri', 'state', 'scope', 'code_challenge', 'prompt', 'nonce'])(
      'RFC 6749 3.1: %s sent twice is told on a page here',
      async (name) => {
        const url = new URL(authorizeAttempt(world().issuer, FIRST_SITE, { prompt: 'login' }).url);
        url.searchParams.append(name, url.searchParams.get(name) ?? '');
        expectLocalPage(await new Browser().open(url.href));
        const posted = await postAuthorize(new Browser(), world().issuer, url.searchParams);
        expectLocalPage(posted);
      },
    );

    it('S66: the page that posts the answer may post to the origin of the site and nowhere else', async () => {
      const { url } = authorizeAttempt(world().issuer, FIRST_SITE, {
        response_mode: 'form_post',
        prompt: 'none',
      });
      const answer = await new Browser().open(url);
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy.split('; ').filter((part) => part.startsWith('form-action'))).toEqual([
        'form-action http://localhost:9',
      ]);
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      expect(answer.text).toContain(`<script nonce="${nonce}">`);
    });

    it('S59: state comes back as it was sent, whatever is in it, and opens nothing', async () => {
      const state = `"><script>alert(1)</script>&\r\nset-cookie: a=b\u2028é`;
      for (const mode of ['query', 'form_post']) {
        const { url } = authorizeAttempt(world().issuer, FIRST_SITE, {
          state,
          prompt: 'none',
          response_mode: mode,
        });
        const answer = await new Browser().open(url);
        expect(answerOf(answer).get('state')).toBe(state);
        expect(answer.headers.get('set-cookie') ?? '').not.toContain('a=b');
        expect(answer.text).not.toContain('<script>alert');
      }
    });

    it('OIDC Core 3.1.2.1: a posted request is repeated as a navigation, which brings the cookies', async () => {
      const attempt = authorizeAttempt(world().issuer, FIRST_SITE, { prompt: 'none' });
      const browser = new Browser();
      const answer = await postAuthorize(browser, world().issuer, new URL(attempt.url).searchParams);
      expect(answerOf(answer).get('error')).toBe('login_required');
      expect(answerOf(answer).get('state')).toBe(attempt.state);
    });

    it('S78: a posted request gives the browser no new name', async () => {
      const answer = await new Browser().postForm(
        `${world().issuer}/authorize`,
        Object.fromEntries(new URL(authorizeAttempt(world().issuer, FIRST_SITE).url).searchParams),
        new URL(FIRST_SITE.callback).origin,
      );
      expect(answer.status).toBe(303);
      expect(answer.location?.startsWith(`${world().issuer}/authorize?`)).toBe(true);
      expect(answer.headers.getSetCookie()).toEqual([]);
    });

    it('S74: a body of a megabyte is refused', async () => {
      const answer = await new Browser().postForm(
        `${world().issuer}/authorize`,
        { client_id: FIRST_SITE.clientId, state: 'a'.repeat(1_000_000) },
        world().issuer,
      );
      expectLocalPage(answer);
    });
  });
}

function expectLocalPage(answer: Answer): void {
  expect([answer.status, answer.location]).toEqual([400, undefined]);
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.text).not.toContain('evil.example');
  expect(answer.text).not.toMatch(/http-equiv="refresh"|<script/i);
  expect(answer.headers.get('content-security-policy')).toContain("form-action 'self'");
}

/** Posts the request as a form of the site does, and follows as a browser does. */
async function postAuthorize(browser: Browser, issuer: string, fields: URLSearchParams): Promise<Answer> {
  const answer = await browser.send(`${issuer}/authorize`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: new URL(FIRST_SITE.callback).origin,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
    },
    body: fields.toString(),
  });
  expect(answer.status).toBe(303);
  return browser.open(answer.location ?? '');
}
