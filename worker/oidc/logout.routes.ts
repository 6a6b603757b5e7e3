import { type Context, Hono } from 'hono';
import type { AppEnv } from '../http/app-env.ts';
import { auditEvent } from '../http/audit-event.ts';
import { deleteHostCookie } from '../http/cookies.ts';
import { isSameOrigin, issueCsrfToken, verifyCsrfToken } from '../http/csrf.ts';
import { allowForms } from '../http/security-headers.ts';
import { wordsOf } from '../localization/words.ts';
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
      limitForm((c) => refused(c, pages, 'too_long')),
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
  if (parsed.status === 'repeated') return refused(c, pages, 'repeated');
  const { parameters } = parsed;
  const { now } = c.var.request;
  const hint = parameters.get('id_token_hint');
  const claims =
    hint === undefined
      ? undefined
      : await provider.signingKeys.verify(hint, 'JWT', { now, allowExpired: true });
  if (hint !== undefined && !claims) return refused(c, pages, 'bad_hint');
  const hintedClient = typeof claims?.aud === 'string' ? claims.aud : undefined;
  const clientId = parameters.get('client_id') ?? hintedClient ?? '';
  if (hintedClient !== undefined && hintedClient !== clientId) {
    return refused(c, pages, 'two_sites');
  }
  const { client, sessionKey, live } = await loadClientAndSession(c, provider, clientId);
  const returnTo = parameters.get('post_logout_redirect_uri');
  if (returnTo !== undefined && !client?.postLogoutRedirectUris.includes(returnTo)) {
    return refused(c, pages, 'unknown_logout_return');
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
    return confirm(c, provider, pages, { secret, parameters });
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
  c: Context<AppEnv>,
  provider: Provider,
  pages: Pages,
  asked: { readonly secret: string; readonly parameters: Parameters },
): Promise<Response> {
  const { secret, parameters } = asked;
  const lang = c.var.request.language;
  const { text } = wordsOf(lang);
  const kept = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state'];
  const fields = Object.fromEntries([...parameters].filter(([name]) => kept.includes(name)));
  return pages.message(200, {
    lang,
    title: text('page.signOut.title'),
    text: text('page.signOut.text'),
    actions: [
      {
        kind: 'post',
        label: text('page.signOut.confirm'),
        action: '/end_session',
        fields: { ...fields, csrf_token: await issueCsrfToken(provider.ports.vault, secret) },
      },
      { kind: 'link', label: text('page.signOut.stay'), href: '/account' },
    ],
  });
}

function withState(returnTo: string, parameters: Parameters): string {
  const url = new URL(returnTo);
  const state = parameters.get('state');
  if (state !== undefined) url.searchParams.set('state', state);
  return url.href;
}

type Refusal = 'too_long' | 'repeated' | 'bad_hint' | 'two_sites' | 'unknown_logout_return';

function refused(c: Context<AppEnv>, pages: Pages, reason: Refusal): Promise<Response> {
  const lang = c.var.request.language;
  const { text } = wordsOf(lang);
  return pages.message(400, {
    lang,
    title: text('page.notSignedOut.title'),
    text: [text(`request.${reason}`), text('page.notSignedOut.text')],
    actions: [{ kind: 'link', label: text('page.toAccount'), href: '/account' }],
  });
}
