import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { AuthorizationResponseError } from 'openid-client';
import { autoLink } from './auto-link.ts';
import { refusalPage } from './external-refusal.ts';
import type { Identity, IdentitySessions } from './identity-sessions.ts';
import type { ExternalUser, OpenIdProvider, PendingRequest } from './openid-provider.ts';
import type { SiteEnv, SiteRequest } from './site-context.ts';
import type { UserStore } from './user-store.ts';

const callbackPath = '/umbraco-signin-penumbra';
const correlationCookie = '.AspNetCore.Correlation.';
const externalCookie = 'UMB_EXTLOGIN';
/** Seconds. ASP.NET's `RemoteAuthenticationTimeout` and the life of Umbraco's external cookie. */
const remoteTimeout = 900;
const ticketLifetime = 300;

interface Correlation extends PendingRequest {
  /** The client's authorize request, to go on with afterwards. */
  readonly returnUrl: string;
  readonly expiresAt: number;
}

interface Ticket {
  readonly user: ExternalUser;
  readonly expiresAt: number;
}

/**
 * Signs a user in through the login service, in ASP.NET's three steps: `challenge` sends the browser there, the
 * callback turns the answer into a ticket under the external cookie, and `finish` trades the ticket for an identity.
 */
export class ExternalLogin {
  readonly scheme = 'Umbraco.Penumbra';
  readonly #provider: OpenIdProvider;
  readonly #users: UserStore;
  readonly #identities: IdentitySessions;
  readonly #now: () => number;
  readonly #correlations = new Map<string, Correlation>();
  readonly #tickets = new Map<string, Ticket>();

  constructor(provider: OpenIdProvider, users: UserStore, identities: IdentitySessions, now: () => number) {
    this.#provider = provider;
    this.#users = users;
    this.#identities = identities;
    this.#now = now;
  }

  async challenge(c: SiteRequest, loginHint: string | undefined): Promise<Response> {
    const { pathname, search } = new URL(c.req.url);
    const returnUrl = pathname + search;
    try {
      const { url, pending } = await this.#provider.begin(c.get('origin') + callbackPath, loginHint);
      this.#correlations.set(pending.state, {
        ...pending,
        returnUrl,
        expiresAt: this.#now() + remoteTimeout,
      });
      // The answer is a POST from another site, which carries no Lax cookie: so ASP.NET sets None and Secure, and
      // Chromium takes and sends such a cookie on http://localhost and http://*.localhost too.
      setCookie(c, correlationCookie + pending.state, 'N', {
        path: callbackPath,
        httpOnly: true,
        secure: true,
        sameSite: 'None',
        maxAge: remoteTimeout,
      });
      return c.redirect(url.href);
    } catch (error) {
      logFailure(error);
      return refusalPage(c, 'unreachable', returnUrl);
    }
  }

  /** Takes the ticket of the external cookie, once. `none` if there is none: the caller then challenges. */
  async finish(c: SiteRequest): Promise<Identity | Response | 'none'> {
    const id = getCookie(c, externalCookie) ?? '';
    const ticket = this.#tickets.get(id);
    if (!ticket) return 'none';
    this.#tickets.delete(id);
    deleteCookie(c, externalCookie, { path: '/', secure: true });
    if (ticket.expiresAt <= this.#now()) return 'none';
    const { pathname, search } = new URL(c.req.url);
    const linked = autoLink(this.#users, ticket.user);
    if (typeof linked === 'string') return refusalPage(c, linked, pathname + search);
    linked.lastLoginDate = new Date().toISOString();
    return this.#identities.begin(c, linked.id, { idToken: ticket.user.idToken });
  }

  /** Where the browser goes to end the session at the service, if the sign-in came from there. */
  async signOutUrl(identity: Identity | undefined, postLogoutRedirectUri: string): Promise<URL | undefined> {
    return identity?.external
      ? this.#provider.endSessionUrl(identity.external.idToken, postLogoutRedirectUri)
      : undefined;
  }

  routes(): Hono<SiteEnv> {
    const app = new Hono<SiteEnv>();
    app.on(['GET', 'POST'], callbackPath, (c) => this.#callback(c));
    return app;
  }

  async #callback(c: SiteRequest): Promise<Response> {
    const response = await readResponse(c);
    const state = response.parameters.get('state') ?? '';
    const correlation = this.#correlations.get(state);
    const cookie = getCookie(c, correlationCookie + state);
    if (!correlation || cookie !== 'N' || correlation.expiresAt <= this.#now()) {
      return refusalPage(c, 'unknown_request', '/umbraco');
    }
    this.#correlations.delete(state);
    deleteCookie(c, correlationCookie + state, { path: callbackPath, secure: true });
    try {
      const user = await this.#provider.complete(response.request, correlation);
      const id = randomBytes(32).toString('base64url');
      this.#tickets.set(id, { user, expiresAt: this.#now() + ticketLifetime });
      setCookie(c, externalCookie, id, { path: '/', httpOnly: true, secure: true, sameSite: 'Lax' });
      return c.redirect(correlation.returnUrl);
    } catch (error) {
      logFailure(error);
      const denied = error instanceof AuthorizationResponseError;
      return refusalPage(c, denied ? 'refused_by_service' : 'invalid_response', correlation.returnUrl, {
        error: denied ? error.error : undefined,
        description: denied ? error.error_description : undefined,
      });
    }
  }
}

/** Rebuilds the service's answer as a request at the address that the browser used, which the code is bound to. */
async function readResponse(c: SiteRequest): Promise<{ parameters: URLSearchParams; request: Request }> {
  const url = new URL(c.get('origin') + callbackPath);
  if (c.req.method === 'GET') {
    url.search = new URL(c.req.url).search;
    return { parameters: url.searchParams, request: new Request(url) };
  }
  const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded');
  const parameters = new URLSearchParams(isForm ? await c.req.text() : '');
  return { parameters, request: new Request(url, { method: 'POST', body: parameters }) };
}

/** Says on the terminal why a sign-in failed; neither codes nor tokens are part of these messages. */
function logFailure(error: unknown): void {
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  console.warn(
    `External sign-in failed: ${error instanceof Error ? error.message : 'unknown error'}${cause}`,
  );
}
