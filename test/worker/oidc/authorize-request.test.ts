import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkAuthorizeRequest, returnAddress, whyLocal } from '../../../worker/oidc/authorize-request.ts';
import { parseParameters } from '../../../worker/oidc/parameters.ts';
import type { RelyingParty } from '../../../worker/oidc/relying-party.ts';

const CALLBACK = 'https://site.example/umbraco-signin';
const SITE: RelyingParty = {
  clientId: 'site',
  name: 'Site',
  organizationId: 'example',
  redirectUris: [CALLBACK],
  postLogoutRedirectUris: [],
  authMethod: 'none',
};
const RIGHT: Readonly<Record<string, string>> = {
  client_id: 'site',
  redirect_uri: CALLBACK,
  response_type: 'code',
  scope: 'openid email',
  state: 's',
  code_challenge: 'a'.repeat(43),
  code_challenge_method: 'S256',
};

const parametersOf = (changes: Readonly<Record<string, string>> = {}): Map<string, string> =>
  new Map(Object.entries({ ...RIGHT, ...changes }));

describe('whether a request may be answered with a redirect', () => {
  test('S55: the registered address of a known client, letter for letter', () => {
    expect(whyLocal(parametersOf(), SITE)).toBeUndefined();
    expect(whyLocal(parametersOf(), undefined)).toBe('unknown_site');
  });

  test('S55, bug 37: no other text is taken for it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), nearMisses()), (redirectUri) => {
        fc.pre(redirectUri !== CALLBACK);
        expect(whyLocal(parametersOf({ redirect_uri: redirectUri }), SITE)).toBeDefined();
      }),
    );
  });

  /** The address with one letter put in, taken out or written otherwise. */
  function nearMisses(): fc.Arbitrary<string> {
    return fc
      .tuple(fc.nat(CALLBACK.length), fc.string({ maxLength: 2 }), fc.nat(2))
      .map(([at, text, cut]) => CALLBACK.slice(0, at) + text + CALLBACK.slice(at + cut));
  }
});

describe('checks of a request', () => {
  test('gives what was asked, and leaves out what was not', () => {
    expect(checkAuthorizeRequest(parametersOf())).toEqual({
      clientId: 'site',
      redirectUri: CALLBACK,
      responseMode: 'query',
      state: 's',
      scope: 'openid email',
      codeChallenge: 'a'.repeat(43),
      prompt: [],
    });
    const asked = parametersOf({
      response_mode: 'form_post',
      prompt: 'login consent',
      max_age: '0',
      acr_values: 'phr aal2 urn:x',
      nonce: 'n',
    });
    expect(checkAuthorizeRequest(asked)).toMatchObject({
      responseMode: 'form_post',
      prompt: ['login', 'consent'],
      maxAge: 0,
      requested: 'aal2',
      nonce: 'n',
    });
  });

  test('S56: whatever the challenge is, only 43 letters of base64url with S256 pass', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('plain', 'S256', 's256', ''), (challenge, method) => {
        const checked = checkAuthorizeRequest(
          parametersOf({ code_challenge: challenge, code_challenge_method: method }),
        );
        const right = method === 'S256' && /^[A-Za-z0-9_-]{43}$/.test(challenge);
        expect('error' in checked).toBe(!right);
      }),
    );
  });

  test('the first thing that is wrong is what is told', () => {
    const request = parametersOf({ response_type: 'token', scope: '', request: 'x' });
    expect(checkAuthorizeRequest(request)).toMatchObject({ error: 'unsupported_response_type' });
  });

  test('a refusal can be returned though the request could not be read', () => {
    expect(returnAddress(parametersOf({ response_mode: 'fragment' }))).toEqual({
      redirectUri: CALLBACK,
      responseMode: 'query',
      state: 's',
    });
  });
});

describe('parameters', () => {
  test('RFC 6749 3.1: one sent twice is refused, though both are empty; an empty one was not sent', () => {
    expect(parseParameters(new URLSearchParams('a=1&b=2&a=1'))).toEqual({ status: 'repeated', name: 'a' });
    expect(parseParameters(new URLSearchParams('a=&a='))).toEqual({ status: 'repeated', name: 'a' });
    const parsed = parseParameters(new URLSearchParams('a=1&b=&A=3&__proto__=4'));
    expect(parsed.status === 'ok' && [...parsed.parameters]).toEqual([
      ['a', '1'],
      ['A', '3'],
      ['__proto__', '4'],
    ]);
  });
});
