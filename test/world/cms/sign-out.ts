import { Hono } from 'hono';
import type { SiteEnv, SiteState } from './site-context.ts';
import { problem } from './problem.ts';
import { dropTokenCookies } from './token-endpoint.ts';

/**
 * Ends the site's session. Someone who came through the login service is sent on to its end_session endpoint, as
 * `UserLogoutSuccessNotification.SignOutRedirectUrl` does on a real site, and comes back to `/umbraco/logout`.
 */
export function signOutRoutes(state: SiteState): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app.on(['GET', 'POST'], '/signout', async (c) => {
    const loggedOut = `${c.get('origin')}/umbraco/logout`;
    if ((c.req.query('post_logout_redirect_uri') ?? loggedOut) !== loggedOut) {
      return problem(
        c,
        400,
        'Bad Request',
        'The specified post_logout_redirect_uri is not valid for this client.',
      );
    }
    const identity = state.identities.end(c);
    if (identity) state.tokens.revokeIdentity(identity.id);
    dropTokenCookies(c);
    const elsewhere = await state.external.signOutUrl(identity, loggedOut);
    return c.redirect(elsewhere?.href ?? loggedOut);
  });
  return app;
}
