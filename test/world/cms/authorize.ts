import { Hono } from 'hono';
import { html } from 'hono/html';
import { setCookie } from 'hono/cookie';
import { redacted } from './bearer.ts';
import { page } from './page.ts';
import type { SiteEnv, SiteRequest, SiteState } from './site-context.ts';
import type { Identity } from './identity-sessions.ts';

export const backOfficeClient = 'umbraco-back-office';
export const codeCookie = '__Host-umbPkceCode';

interface ClientRequest {
  readonly redirectUri: string;
  readonly state: string;
  readonly codeChallenge: string;
  readonly identityProvider: string | undefined;
  readonly loginHint: string | undefined;
}

type Refusal =
  | { readonly kind: 'local'; readonly description: string }
  | {
      readonly kind: 'redirect';
      readonly redirectUri: string;
      readonly state: string;
      readonly description: string;
    };

/**
 * Answers the client's own authorization request (RFC 6749 section 4.1.1) as Umbraco's server does: it signs the
 * user in, locally or at an external provider, and then gives a code that only the http-only cookie holds.
 */
export function authorizeRoutes(state: SiteState): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app.get('/authorize', async (c) => {
    const request = parseRequest(c);
    if ('kind' in request) return refuse(c, request);
    const { identityProvider } = request;
    if (identityProvider === undefined) {
      const identity = state.identities.current(c);
      return identity ? giveCode(c, state, request, identity) : c.redirect(loginAddress(c));
    }
    if (identityProvider !== state.external.scheme) {
      return c.html(page('Log in', unknownProvider(identityProvider)), 400);
    }
    // An external sign-in is always done anew, even while an identity cookie lives: so does Umbraco.
    const signedIn = await state.external.finish(c);
    if (signedIn === 'none') return state.external.challenge(c, request.loginHint);
    return signedIn instanceof Response ? signedIn : giveCode(c, state, request, signedIn);
  });
  return app;
}

function parseRequest(c: SiteRequest): ClientRequest | Refusal {
  const query = c.req.query();
  const redirectUri = `${c.get('origin')}/umbraco/oauth_complete`;
  const local = (description: string): Refusal => ({ kind: 'local', description });
  if (query['client_id'] !== backOfficeClient) return local('The specified client_id is invalid.');
  if (query['redirect_uri'] !== redirectUri)
    return local('The specified redirect_uri is not valid for this client.');
  const state = query['state'] ?? '';
  const toClient = (description: string): Refusal => ({ kind: 'redirect', redirectUri, state, description });
  if (state === '') return toClient('The mandatory state parameter is missing.');
  if (query['response_type'] !== 'code') return toClient('The specified response_type is not supported.');
  const codeChallenge = query['code_challenge'] ?? '';
  if (!/^[A-Za-z0-9_-]{43}$/.test(codeChallenge))
    return toClient('The code_challenge is missing or not an S256 one.');
  if (query['code_challenge_method'] !== 'S256') return toClient('The code_challenge_method must be S256.');
  const identityProvider = query['identity_provider'];
  return {
    redirectUri,
    state,
    codeChallenge,
    identityProvider: identityProvider === 'Umbraco' ? undefined : identityProvider,
    loginHint: query['login_hint'],
  };
}

function refuse(c: SiteRequest, refusal: Refusal): Response | Promise<Response> {
  if (refusal.kind === 'local') {
    const body = html`<h1>This request can't be answered</h1>
      <p class="problem">${refusal.description}</p>
      <a class="button" href="/umbraco">Back to login</a>`;
    return c.html(page('Log in', body), 400);
  }
  const target = new URL(refusal.redirectUri);
  target.searchParams.set('error', 'invalid_request');
  target.searchParams.set('error_description', refusal.description);
  if (refusal.state !== '') target.searchParams.set('state', refusal.state);
  return c.redirect(target.href);
}

function loginAddress(c: SiteRequest): string {
  const { pathname, search } = new URL(c.req.url);
  return `/umbraco/login?${new URLSearchParams({ ReturnUrl: pathname + search }).toString()}`;
}

function giveCode(c: SiteRequest, state: SiteState, request: ClientRequest, identity: Identity): Response {
  const code = state.tokens.issueCode({
    identityId: identity.id,
    userId: identity.userId,
    clientId: backOfficeClient,
    redirectUri: request.redirectUri,
    codeChallenge: request.codeChallenge,
  });
  setCookie(c, codeCookie, code, { path: '/', secure: true, httpOnly: true, sameSite: 'Strict' });
  const target = new URL(request.redirectUri);
  target.searchParams.set('code', redacted);
  target.searchParams.set('state', request.state);
  target.searchParams.set('iss', `${c.get('origin')}/`);
  return c.redirect(target.href);
}

function unknownProvider(name: string): ReturnType<typeof html> {
  return html`<h1>This way to sign in is not set up</h1>
    <p class="problem">The site has no external login provider named <code>${name}</code>.</p>
    <a class="button" href="/umbraco">Back to login</a>`;
}
