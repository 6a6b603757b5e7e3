import { type Context, Hono } from 'hono';
import { base64url } from 'jose';
import { type Account, parseAccount } from '../accounts/account.ts';
import { meetsPolicy } from '../assurance/policy.ts';
import type { AppEnv } from '../http/app-env.ts';
import { ensureBrowser, sessionKeyOf } from '../session/browser.ts';
import { begin, mayUse, parseInteraction, policyAt, type Target } from '../interaction/public.ts';
import { wordsOf } from '../localization/words.ts';
import type { Pages } from '../pages/pages.ts';
import type { RequestContext } from '../http/request-context.ts';
import { parseSession, type Session } from '../session/session.ts';
import { key } from '../storage-keys.ts';
import { CODE_LIFETIME_SECONDS, sealAuthorizationCode } from './authorization-code.ts';
import {
  type AuthorizeRequest,
  checkAuthorizeRequest,
  type LocalReason,
  type OAuthRefusal,
  returnAddress,
  whyLocal,
} from './authorize-request.ts';
import { respondToClient } from './authorize-response.ts';
import { loadClientAndSession } from './client-and-session.ts';
import { loginReasons } from './login-reasons.ts';
import { takeInteraction } from './oidc.steps.ts';
import { limitForm, parseParameters } from './parameters.ts';
import type { Provider } from './provider.ts';
import type { RelyingParty } from './relying-party.ts';

const UNMET = {
  error: 'unmet_authentication_requirements',
  description: 'No factor of this service reaches the assurance that was asked for.',
};

/** Serves `/authorize` and the way back to it from a finished interaction. */
export function authorizeRoutes(provider: Provider, pages: Pages): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/authorize', (c) => authorize(c, provider, pages, new URL(c.req.url).searchParams))
    .post(
      '/authorize',
      limitForm((c) => localPage(c, pages, 'too_long')),
      (c) => repeatAsNavigation(c),
    )
    .get('/authorize/resume/:id', (c) => resume(c, provider, pages, c.req.param('id')));
}

/** One round trip with a live session; without one another that begins the interaction. */
async function authorize(
  c: Context<AppEnv>,
  provider: Provider,
  pages: Pages,
  search: URLSearchParams,
): Promise<Response> {
  const parsed = parseParameters(search);
  if (parsed.status === 'repeated') return localPage(c, pages, 'repeated');
  const { parameters } = parsed;
  const clientId = parameters.get('client_id') ?? '';
  const request = c.var.request;
  const { client, sessionKey, live } = await loadClientAndSession(c, provider, clientId);
  const local = whyLocal(parameters, client);
  if (local !== undefined || !client) return localPage(c, pages, local ?? 'unknown_site');
  const { issuer } = provider.config;
  const checked = checkAuthorizeRequest(parameters);
  if ('error' in checked) return respondToClient(c, issuer, returnAddress(parameters), checked);

  const hintedSub = await hintedSubject(provider, checked, request.now);
  const target = targetOf(client, checked, hintedSub);
  const policy = policyAt(provider.config, target, live?.policies, request.now);
  if (policy.required && policy.accepted.length === 0) return respondToClient(c, issuer, checked, UNMET);

  const silent = checked.prompt.includes('none');
  if (live) {
    const session = parseSession(live.session);
    const account = parseAccount(session.sub, live.account);
    const reasons = loginReasons({
      request: checked,
      session,
      email: account.email,
      enrolled: [...account.enrollments.values()],
      policy,
      now: request.now,
      ...(hintedSub === undefined ? {} : { hintedSub }),
    });
    if (reasons.length === 0) {
      if (mayUse(account, target) && live.policies.mayUse)
        return issueCode(c, provider, checked, session, sessionKey);
      if (silent) return respondToClient(c, issuer, checked, notAMember());
      return beginAt(c, provider, pages, request, target, { denied: account });
    }
  }
  if (silent) {
    return respondToClient(
      c,
      issuer,
      checked,
      loginRequired('The person has to sign in, and prompt=none does not allow to ask.'),
    );
  }
  return beginAt(c, provider, pages, request, target, {
    ...(checked.loginHint ? { loginHint: checked.loginHint } : {}),
    ...(checked.uiLocales ? { uiLocales: checked.uiLocales } : {}),
  });
}

async function beginAt(
  c: Context<AppEnv>,
  provider: Provider,
  pages: Pages,
  request: RequestContext,
  target: Target,
  who: { readonly loginHint?: string; readonly uiLocales?: string; readonly denied?: Account },
): Promise<Response> {
  const { loginHint, uiLocales, denied } = who;
  const begun = await begin(provider, request, {
    target,
    browser: await ensureBrowser(c, provider.ports.random),
    ...(loginHint ? { loginHint } : {}),
    ...(uiLocales ? { uiLocales } : {}),
    ...(denied ? { denied: { sub: denied.sub, email: denied.email, reason: 'not_a_member' } } : {}),
  });
  if (begun.status === 'ok') return c.redirect(begun.path, 303);
  const lang = request.language;
  const { text } = wordsOf(lang);
  return pages.message(429, { lang, title: text('page.tooMany.title'), text: text('page.tooMany.site') });
}

/** Ends a journey: the code goes out once, through the browser that began it (S78). One round trip. */
async function resume(c: Context<AppEnv>, provider: Provider, pages: Pages, id: string): Promise<Response> {
  const request = c.var.request;
  const sessionKey = await sessionKeyOf(c);
  const taken = await provider.ports.redis.run(
    takeInteraction,
    { interaction: key.interaction(id), session: sessionKey },
    { now: request.now, browser: await ensureBrowser(c, provider.ports.random) },
  );
  if (taken.status !== 'taken') return spentPage(c, pages);
  const interaction = parseInteraction(id, taken.interaction);
  const { target } = interaction;
  if (target.request === undefined) return spentPage(c, pages);
  // Written by `targetOf` after every check had passed; nothing else writes it.
  const { hintedSub, ...authorizeRequest } = JSON.parse(target.request) as PendingRequest;
  const { issuer } = provider.config;
  if (interaction.cancelled) {
    const answer = interaction.denied === 'unmet_assurance' ? UNMET : notAMember();
    return respondToClient(
      c,
      issuer,
      authorizeRequest,
      interaction.denied
        ? answer
        : { error: 'access_denied', description: 'The person cancelled the sign-in.' },
    );
  }
  if (!taken.session || !taken.account || taken.session['sub'] !== interaction.sub)
    return spentPage(c, pages);
  const session = parseSession(taken.session);
  const account = parseAccount(session.sub, taken.account);
  if (hintedSub && hintedSub !== session.sub) {
    return respondToClient(
      c,
      issuer,
      authorizeRequest,
      loginRequired('The person signed in with another account than the one of the id_token_hint.'),
    );
  }
  if (!mayUse(account, target) || taken.policies?.mayUse === false)
    return respondToClient(c, issuer, authorizeRequest, notAMember());
  // The cookie may meanwhile hold another, weaker session of the same account.
  const policy = policyAt(provider.config, target, taken.policies, request.now);
  if (!meetsPolicy(session, policy)) return spentPage(c, pages);
  return issueCode(c, provider, authorizeRequest, session, sessionKey);
}

async function issueCode(
  c: Context<AppEnv>,
  provider: Provider,
  request: ReturnableRequest,
  session: Session,
  sessionKey: string,
): Promise<Response> {
  const { random, vault } = provider.ports;
  const code = await sealAuthorizationCode(vault, {
    jti: base64url.encode(random.bytes(16)),
    clientId: request.clientId,
    redirectUri: request.redirectUri,
    codeChallenge: request.codeChallenge,
    ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
    scope: request.scope,
    sub: session.sub,
    sid: session.sid,
    sessionKey,
    authTime: session.authTime,
    level: session.level,
    methods: session.methods,
    expiresAt: c.var.request.now + CODE_LIFETIME_SECONDS,
  });
  return respondToClient(c, provider.config.issuer, request, { code });
}

/** A request without the token that came as its hint: who that names is all that a journey needs to keep. */
type ReturnableRequest = Omit<AuthorizeRequest, 'idTokenHint'>;
type PendingRequest = ReturnableRequest & { readonly hintedSub?: string };

function targetOf(client: RelyingParty, request: AuthorizeRequest, hintedSub: string | undefined): Target {
  const { idTokenHint, ...kept } = request;
  const pending: PendingRequest = idTokenHint && hintedSub ? { ...kept, hintedSub } : kept;
  return {
    siteName: client.name,
    organizationId: client.organizationId,
    clientId: client.clientId,
    request: JSON.stringify(pending),
    ...(request.requested ? { requested: request.requested } : {}),
    continueTo: '/authorize/resume/{id}',
  };
}

/**
 * Answers a posted request with the same one as a navigation. A form on the site's page is sent without our cookies
 * (SameSite=Lax), so nobody would be signed in and the browser would get a new name; a navigation brings them.
 */
async function repeatAsNavigation(c: Context<AppEnv>): Promise<Response> {
  return c.redirect(`/authorize?${new URLSearchParams(await c.req.text()).toString()}`, 303);
}

/** Gives `sub` of a valid `id_token_hint`, '' for one that is not valid. */
async function hintedSubject(
  provider: Provider,
  request: AuthorizeRequest,
  now: number,
): Promise<string | undefined> {
  if (request.idTokenHint === undefined) return undefined;
  const claims = await provider.signingKeys.verify(request.idTokenHint, 'JWT', { now, allowExpired: true });
  return claims?.sub ?? '';
}

function loginRequired(description: string): OAuthRefusal {
  return { error: 'login_required', description };
}

function notAMember(): OAuthRefusal {
  return { error: 'access_denied', description: 'This account may not use this site.' };
}

function localPage(
  c: Context<AppEnv>,
  pages: Pages,
  reason: LocalReason | 'too_long' | 'repeated',
): Promise<Response> {
  const lang = c.var.request.language;
  const { text } = wordsOf(lang);
  return pages.message(400, {
    lang,
    title: text('page.notStarted.title'),
    text: [text(`request.${reason}`), text('page.notStarted.text')],
  });
}

function spentPage(c: Context<AppEnv>, pages: Pages): Promise<Response> {
  const lang = c.var.request.language;
  const { text } = wordsOf(lang);
  return pages.message(410, {
    lang,
    title: text('page.spent.title'),
    text: text('page.spent.text'),
    actions: [{ kind: 'link', label: text('page.toAccount'), href: '/account' }],
  });
}
