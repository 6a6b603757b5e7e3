import { Hono } from 'hono';
import { requireUser } from './bearer.ts';
import { problem } from './problem.ts';
import { passwordConfiguration } from './server-api.ts';
import type { SiteEnv, SiteState } from './site-context.ts';
import { administrators, editors, type User, type UserGroup } from './user-store.ts';

export const allPermissions = ['Umb.Document.Read', 'Umb.Document.Create', 'Umb.Document.Update'];

const groups = [administrators, editors];

/** Answers the Users section: lists, one user, one group, and the names behind identifiers. Nothing can be changed. */
export function usersRoutes(state: SiteState): Hono<SiteEnv> {
  const find = (id: string): User | undefined => state.users.find(id);
  const app = new Hono<SiteEnv>();
  for (const path of ['/user/*', '/user', '/user-group/*', '/user-group', '/filter/*', '/item/*']) {
    app.use(path, requireUser(state));
  }
  app
    .get('/user', (c) => c.json(paged(state.users.all().map(describeUser), c.req.query())))
    .get('/filter/user', (c) => {
      const filter = (c.req.query('filter') ?? '').toLowerCase();
      const matching = state.users
        .all()
        .filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(filter));
      return c.json(paged(matching.map(describeUser), c.req.query()));
    })
    .get('/item/user', (c) => {
      const users = (c.req.queries('id') ?? []).flatMap((id) => find(id) ?? []);
      return c.json(users.map(({ id, name }) => ({ id, name, avatarUrls: [], kind: 'Default', flags: [] })));
    })
    .get('/user/configuration', (c) =>
      c.json({
        canInviteUsers: false,
        usernameIsEmail: true,
        passwordConfiguration,
        allowChangePassword: true,
        allowTwoFactor: true,
      }),
    )
    .get('/user/:id', (c) => {
      const user = find(c.req.param('id'));
      return user ? c.json(describeUser(user)) : problem(c, 404, 'Not Found', 'The user was not found.');
    })
    .get('/user/:id/calculate-start-nodes', (c) =>
      c.json({
        id: c.req.param('id'),
        documentStartNodeIds: [],
        hasDocumentRootAccess: true,
        mediaStartNodeIds: [],
        hasMediaRootAccess: true,
        elementStartNodeIds: [],
        hasElementRootAccess: true,
      }),
    )
    .get('/user/:id/client-credentials', (c) => c.json([]))
    .get('/user/:id/2fa', (c) => c.json([]))
    .get('/user-group', (c) => c.json(paged(groups.map(describeGroup), c.req.query())))
    .get('/filter/user-group', (c) => c.json(paged(groups.map(describeGroup), c.req.query())))
    .get('/item/user-group', (c) => {
      const wanted = c.req.queries('id') ?? [];
      return c.json(
        groups
          .filter(({ id }) => wanted.includes(id))
          .map(({ id, name, icon, alias }) => ({ id, name, icon, alias, flags: [] })),
      );
    })
    .get('/user-group/:id', (c) => {
      const group = groups.find(({ id }) => id === c.req.param('id'));
      return group
        ? c.json(describeGroup(group))
        : problem(c, 404, 'Not Found', 'The user group was not found.');
    });
  return app;
}

function paged<T>(all: readonly T[], query: Record<string, string>): { total: number; items: T[] } {
  const skip = Number(query['skip'] ?? 0);
  return { total: all.length, items: all.slice(skip, skip + Number(query['take'] ?? 100)) };
}

function describeUser(user: User): object {
  return {
    id: user.id,
    email: user.email,
    userName: user.email,
    name: user.name,
    languageIsoCode: 'en-US',
    userGroupIds: [{ id: user.group.id }],
    documentStartNodeIds: [],
    hasDocumentRootAccess: false,
    mediaStartNodeIds: [],
    hasMediaRootAccess: false,
    elementStartNodeIds: [],
    hasElementRootAccess: false,
    avatarUrls: [],
    state: user.lastLoginDate === null ? 'Inactive' : 'Active',
    failedLoginAttempts: 0,
    createDate: user.createDate,
    updateDate: user.createDate,
    lastLoginDate: user.lastLoginDate,
    lastLockoutDate: null,
    lastPasswordChangeDate: null,
    isAdmin: user.group.alias === 'admin',
    kind: 'Default',
    flags: [],
  };
}

function describeGroup(group: UserGroup): object {
  return {
    id: group.id,
    alias: group.alias,
    name: group.name,
    icon: group.icon,
    description: null,
    sections: group.sections,
    languages: [],
    hasAccessToAllLanguages: true,
    documentStartNode: null,
    documentRootAccess: true,
    mediaStartNode: null,
    mediaRootAccess: true,
    elementStartNode: null,
    elementRootAccess: true,
    fallbackPermissions: group.alias === 'admin' ? allPermissions : [],
    permissions: [],
    isDeletable: false,
    aliasCanBeChanged: false,
    flags: [],
  };
}
