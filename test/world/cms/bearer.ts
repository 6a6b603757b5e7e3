import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { problem } from './problem.ts';
import type { SiteEnv, SiteRequest, SiteState } from './site-context.ts';
import type { User } from './user-store.ts';

/** What scripts are given in the place of every token; the server swaps it for the http-only cookie. */
export const redacted = '[redacted]';
export const accessCookie = '__Host-umbAccessToken';

/** Finds who calls, or nothing: a call must carry the cookie **and** the redacted bearer, as Umbraco demands. */
export function currentUser(c: SiteRequest, state: SiteState): User | undefined {
  if (c.req.header('authorization') !== `Bearer ${redacted}`) return undefined;
  const userId = state.tokens.userOf(getCookie(c, accessCookie) ?? '');
  return userId === undefined ? undefined : state.users.find(userId);
}

/** Lets a call pass only for a signed-in user; the client answers this 401 with its own re-authentication. */
export function requireUser(state: SiteState): MiddlewareHandler<SiteEnv> {
  return async (c, next) => {
    if (!currentUser(c, state)) {
      c.header('www-authenticate', 'Bearer');
      return problem(c, 401, 'Unauthorized', 'Sign in first.');
    }
    await next();
  };
}
