import { Hono } from 'hono';
import { currentUser, requireUser } from './bearer.ts';
import { passwordConfiguration } from './server-api.ts';
import type { SiteEnv, SiteState } from './site-context.ts';
import type { User } from './user-store.ts';
import { problem } from './problem.ts';
import { allPermissions } from './users-api.ts';

/** Answers the calls about the signed-in user, which the header's avatar and every permission check rest on. */
export function currentUserRoutes(state: SiteState): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app
    .use('*', requireUser(state))
    .get('/', (c) => {
      const user = currentUser(c, state);
      return user ? c.json(describe(user)) : problem(c, 401, 'Unauthorized', 'Sign in first.');
    })
    .get('/configuration', (c) =>
      c.json({
        keepUserLoggedIn: false,
        passwordConfiguration,
        allowChangePassword: true,
        allowTwoFactor: true,
      }),
    )
    .get('/2fa', (c) => c.json([]))
    .get('/login-providers', (c) => c.json([]))
    .get('/permissions', (c) => c.json({ permissions: [] }))
    .get('/permissions/:type', (c) => c.json({ permissions: [] }));
  return app;
}

function describe(user: User): object {
  const isAdmin = user.group.alias === 'admin';
  return {
    id: user.id,
    email: user.email,
    userName: user.email,
    name: user.name,
    languageIsoCode: 'en-US',
    documentStartNodeIds: [],
    hasDocumentRootAccess: true,
    mediaStartNodeIds: [],
    hasMediaRootAccess: true,
    elementStartNodeIds: [],
    hasElementRootAccess: true,
    avatarUrls: [],
    languages: [],
    hasAccessToAllLanguages: true,
    hasAccessToSensitiveData: isAdmin,
    fallbackPermissions: isAdmin ? allPermissions : [],
    permissions: [],
    allowedSections: user.group.sections,
    isAdmin,
    userGroupIds: [{ id: user.group.id }],
  };
}
