import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { backOfficeClient, codeCookie } from './authorize.ts';
import { accessCookie, redacted } from './bearer.ts';
import type { SiteEnv, SiteRequest, SiteState } from './site-context.ts';
import { accessTokenLifetime, type TokenPair } from './token-store.ts';

const refreshCookie = '__Host-umbRefreshToken';
const cookieOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'Strict' } as const;

/**
 * Exchanges codes and refresh tokens for the token cookies, and revokes them.
 *
 * The body says `[redacted]` wherever RFC 6749 wants a secret; only then is the cookie's value put in its place,
 * so a script that has learnt a real value can't use it here either.
 */
export function tokenRoutes(state: SiteState): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app
    .post('/token', async (c) => {
      const form = await readForm(c);
      if (form.get('client_id') !== backOfficeClient) return oauthError(c, 'invalid_client');
      switch (form.get('grant_type')) {
        case 'authorization_code':
          return answer(c, exchangeCode(c, state, form));
        case 'refresh_token':
          return answer(c, state.tokens.refresh(hidden(c, form, 'refresh_token', refreshCookie)));
        default:
          return oauthError(c, 'unsupported_grant_type');
      }
    })
    .post('/revoke', async (c) => {
      const form = await readForm(c);
      state.tokens.revoke(hidden(c, form, 'token', accessCookie));
      // An access token that ran out is gone from the browser; its refresh token names the same sign-in.
      state.tokens.revoke(getCookie(c, refreshCookie) ?? '');
      dropTokenCookies(c);
      return c.json({});
    });
  return app;
}

export function dropTokenCookies(c: SiteRequest): void {
  for (const name of [accessCookie, refreshCookie, codeCookie]) deleteCookie(c, name, cookieOptions);
}

function exchangeCode(c: SiteRequest, state: SiteState, form: URLSearchParams): TokenPair | undefined {
  const code = hidden(c, form, 'code', codeCookie);
  deleteCookie(c, codeCookie, cookieOptions);
  return state.tokens.redeemCode(code, {
    clientId: backOfficeClient,
    redirectUri: form.get('redirect_uri') ?? '',
    codeVerifier: form.get('code_verifier') ?? '',
  });
}

function hidden(c: SiteRequest, form: URLSearchParams, field: string, cookie: string): string {
  return form.get(field) === redacted ? (getCookie(c, cookie) ?? '') : '';
}

function answer(c: SiteRequest, pair: TokenPair | undefined): Response {
  if (!pair) return oauthError(c, 'invalid_grant');
  setCookie(c, accessCookie, pair.access, cookieOptions);
  setCookie(c, refreshCookie, pair.refresh, cookieOptions);
  c.header('cache-control', 'no-store');
  return c.json({
    access_token: redacted,
    token_type: 'Bearer',
    expires_in: accessTokenLifetime,
    refresh_token: redacted,
  });
}

function oauthError(c: SiteRequest, error: string): Response {
  c.header('cache-control', 'no-store');
  return c.json({ error }, error === 'invalid_client' ? 401 : 400);
}

async function readForm(c: SiteRequest): Promise<URLSearchParams> {
  const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded');
  return new URLSearchParams(isForm ? await c.req.text() : '');
}
