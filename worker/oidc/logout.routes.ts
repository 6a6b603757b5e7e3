import { type Context, Hono } from 'hono';
import type { AppEnv } from '../http/app-env.ts';
import { auditEvent } from '../http/audit-event.ts';
import { deleteHostCookie } from '../http/cookies.ts';
import { isSameOrigin, issueCsrfToken, verifyCsrfToken } from '../http/csrf.ts';
import { allowForms } from '../http/security-headers.ts';
import type { Pages } from '../pages/pages.ts';
import { ensureBrowserSecret } from '../session/browser.ts';
import { endSession } from '../session/session.steps.ts';
import { SESSION_COOKIE } from '../session/session.ts';
import { loadClientAndSession } from './client-and-session.ts';
import { limitForm, type Parameters, parseParameters } from './parameters.ts';
import type { Provider } from './provider.ts';

/**
 * Serves `/end_session`. A hint that names the browser's own session signs out at once; anything else is asked
 * about first, so that a link on another site can't sign people out.
 * @see OpenID Connect RP-Initiated Logout 1.0
 */
export function logoutRoutes(provider: Provider, pages: Pages): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/end_session', (c) => logout(c, provider, pages, new URL(c.req.url).searchParams))
    .post(
      '/end_session',
      limitForm(() => refused(pages, 'The request is too long.')),
      async (c) => {
        const search = new URLSearchParams(await c.req.text());
        if (isOurForm(c.req.raw.headers, new URL(provider.config.issuer).origin))
          return logout(c, provider, pages, search);
        // A form on a site's page comes without our cookies (SameSite=Lax); a navigation brings them.
        search.delete('csrf_token');
        return c.redirect(`/end_session?${search.toString()}`, 303);
      },
    );
}

/** Our pages have no referrer, and for their forms browsers then write `Origin: null` (Fetch, section 3.2). */
function isOurForm(headers: Headers, origin: string): boolean {
  return isSameOrigin(headers, origin) || headers.get('sec-fetch-site') === 'same-origin';
}

async function logout(
  c: Context<AppEnv>,
  provider: Provider,
  pages: Pages,
  search: URLSearchParams,
): Promise<Response> {
  const parsed = parseParameters(search);
  if (parsed.status === 'repeated') return refused(pages, 'The request has a parameter twice.');
  const { parameters } = parsed;
  const { now } = c.var.request;
  const hint = parameters.get('id_token_hint');
  const claims =
    hint === undefined
      ? undefined
      : await provider.signingKeys.verify(hint, 'JWT', { now, allowExpired: true });
  if (hint !== undefined && !claims) return refused(pages, 'The id_token_hint is not one of this service.');
  const hintedClient = typeof claims?.aud === 'string' ? claims.aud : undefined;
  const clientId = parameters.get('client_id') ?? hintedClient ?? '';
  if (hintedClient !== undefined && hintedClient !== clientId) {
    return refused(pages, 'client_id and id_token_hint name different sites.');
  }
  const { client, sessionKey, live } = await loadClientAndSession(c, provider, clientId);
  const returnTo = parameters.get('post_logout_redirect_uri');
  if (returnTo !== undefined && !client?.postLogoutRedirectUris.includes(returnTo)) {
    return refused(
      pages,
      'The address to return to (post_logout_redirect_uri) is not registered for this site.',
    );
  }
  const destination = returnTo === undefined ? '/signed-out' : withState(returnTo, parameters);
  // The cookie is left alone: a request that came without it may be another site's doing.
  if (!live) return c.redirect(destination, 303);

  const secret = ensureBrowserSecret(c, provider.ports.random);
  const hinted = claims?.['sid'] === live.session['sid'];
  const confirmed =
    c.req.method === 'POST' &&
    (await verifyCsrfToken(provider.ports.vault, secret, parameters.get('csrf_token')));
  if (!hinted && !confirmed) {
    if (returnTo !== undefined) allowForms(c, ["'self'", new URL(returnTo).origin]);
    return confirm(provider, pages, secret, parameters);
  }
  await provider.ports.redis.run(
    endSession,
    { session: sessionKey },
    { now },
    { event: auditEvent(c.var.request, 'sign_out', { clientId }) },
  );
  deleteHostCookie(c, SESSION_COOKIE);
  return c.redirect(destination, 303);
}

async function confirm(
  provider: Provider,
  pages: Pages,
  secret: string,
  parameters: Parameters,
): Promise<Response> {
  const kept = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state'];
  const fields = Object.fromEntries([...parameters].filter(([name]) => kept.includes(name)));
  return pages.message(200, {
    title: 'Sign out?',
    text: 'You will be signed out of this service. A site where you are still signed in may keep its own session.',
    actions: [
      {
        kind: 'post',
        label: 'Sign out',
        action: '/end_session',
        fields: { ...fields, csrf_token: await issueCsrfToken(provider.ports.vault, secret) },
      },
      { kind: 'link', label: 'Stay signed in', href: '/account' },
    ],
  });
}

function withState(returnTo: string, parameters: Parameters): string {
  const url = new URL(returnTo);
  const state = parameters.get('state');
  if (state !== undefined) url.searchParams.set('state', state);
  return url.href;
}

function refused(pages: Pages, text: string): Promise<Response> {
  return pages.message(400, {
    title: 'Signing out did not work',
    text: [text, 'You are still signed in. You can sign out on your account page.'],
    actions: [{ kind: 'link', label: 'Go to your account', href: '/account' }],
  });
}
