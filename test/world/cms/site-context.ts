import type { Context } from 'hono';
import type { ExternalLogin } from './external-login.ts';
import type { IdentitySessions } from './identity-sessions.ts';
import type { PluginPackages } from './plugin-packages.ts';
import type { TokenStore } from './token-store.ts';
import type { UserStore } from './user-store.ts';

/** What each feature of the site is given; nothing in it outlives the process. */
export interface SiteState {
  readonly users: UserStore;
  readonly identities: IdentitySessions;
  readonly tokens: TokenStore;
  readonly packages: PluginPackages;
  readonly external: ExternalLogin;
}

/** `origin` is the site's own address as the browser sees it, from a Host header that was checked. */
export interface SiteEnv {
  Variables: { origin: string };
}

export type SiteRequest = Context<SiteEnv>;

export const managementApi = '/umbraco/management/api/v1';
export const backOffice = `${managementApi}/security/back-office`;
