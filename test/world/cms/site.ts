/**
 * A stand-in for an Umbraco site: the real backoffice client before a Management API that behaves as Umbraco's does
 * in signing in and out, and otherwise knows just enough for the backoffice to open.
 *
 * Owns its users and sessions, in memory. Must know nothing of Penumbra but what any OpenID Connect client knows:
 * an issuer, a client id and a secret.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { authorizeRoutes } from './authorize.ts';
import { ensureClientBundle } from './client-bundle.ts';
import { contentRoutes } from './content-api.ts';
import { currentUserRoutes } from './current-user-api.ts';
import { ExternalLogin } from './external-login.ts';
import { IdentitySessions } from './identity-sessions.ts';
import { localLoginRoutes } from './local-login.ts';
import { listen } from './node-server.ts';
import { OpenIdProvider } from './openid-provider.ts';
import { manifestRoutes, PluginPackages } from './plugin-packages.ts';
import { graphicsRoutes, serverRoutes } from './server-api.ts';
import { serverEventRoutes } from './server-event-hub.ts';
import { shellRoutes } from './shell.ts';
import { signOutRoutes } from './sign-out.ts';
import { backOffice, managementApi, type SiteEnv, type SiteState } from './site-context.ts';
import { staticFiles } from './static-files.ts';
import { tokenRoutes } from './token-endpoint.ts';
import { TokenStore } from './token-store.ts';
import { UserStore } from './user-store.ts';
import { usersRoutes } from './users-api.ts';

export interface SiteOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Of the login service; must be an address that this process can reach, so `localhost` and not `*.localhost`. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The folder that stands for App_Plugins. It may appear later. */
  readonly pluginFolder: string;
  readonly users: readonly { readonly email: string; readonly name: string; readonly password: string }[];
  /** The site's own host name beside `localhost`, `site.localhost` if not given. */
  readonly host?: string;
  /** Gives epoch seconds, for tests that can't wait for a token to run out. */
  readonly now?: () => number;
}

export interface Site {
  /** For example `http://site.localhost:8080`; `http://localhost:8080` answers too. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Starts the site and resolves once it listens. Rejects with `EADDRINUSE` if the port is taken. */
export async function startSite(options: SiteOptions): Promise<Site> {
  const now = options.now ?? ((): number => Math.floor(Date.now() / 1000));
  const clientFolder = await ensureClientBundle();
  const users = new UserStore();
  for (const { email, name, password } of options.users) await users.addLocal(email, name, password);
  const identities = new IdentitySessions();
  const external = new ExternalLogin(new OpenIdProvider(options), users, identities, now);
  const packages = new PluginPackages(options.pluginFolder);
  const state: SiteState = { users, identities, external, packages, tokens: new TokenStore(now) };

  const hosts = new Set<string>();
  const app = await createSite(state, clientFolder, hosts);
  const { port, close } = await listen(options.port, (request) => app.fetch(request));
  const host = `${options.host ?? 'site.localhost'}:${port}`;
  hosts.add(host).add(`localhost:${port}`);
  return { origin: `http://${host}`, close };
}

async function createSite(
  state: SiteState,
  clientFolder: string,
  hosts: ReadonlySet<string>,
): Promise<Hono<SiteEnv>> {
  const { imports } = JSON.parse(await readFile(join(clientFolder, 'import-map.json'), 'utf8')) as {
    imports: Record<string, string>;
  };
  const clientVersion = /([^\\/]+)-[0-9a-f]+$/.exec(clientFolder)?.[1] ?? '';
  const app = new Hono<SiteEnv>();
  app.use(async (c, next) => {
    const { host, origin } = new URL(c.req.url);
    // Redirect addresses are made from the host, so a host that was not foreseen must not get that far.
    if (!hosts.has(host)) return c.text(`This site answers at ${[...hosts].join(' and ')} only.`, 400);
    c.set('origin', origin);
    return next();
  });
  app.route('/', staticFiles(clientFolder, state.packages.folder));
  app.route('/', await localLoginRoutes(state, imports));
  app.route('/', state.external.routes());
  app.route(backOffice, authorizeRoutes(state));
  app.route(backOffice, tokenRoutes(state));
  app.route(backOffice, signOutRoutes(state));
  app.route(backOffice, graphicsRoutes());
  app.route(`${managementApi}/manifest/manifest`, manifestRoutes(state));
  app.route(managementApi, serverRoutes(state, clientVersion));
  app.route(`${managementApi}/user/current`, currentUserRoutes(state));
  app.route(managementApi, usersRoutes(state));
  app.route(managementApi, contentRoutes(state));
  app.route('/umbraco/serverEventHub', serverEventRoutes(state));
  app.route('/', shellRoutes(state, imports));
  return app;
}
