// The part of the administration that is about sites and what is demanded.

import type {
  AdminSiteWire,
  NewSiteWire,
  PolicyTrialWire,
  PolicyView,
  PolicyWire,
} from '../../worker/interaction/wire.ts';
import { pathIn } from './administration.api.ts';
import type { ApiClient, ApiResult } from './client.ts';

export interface NewSite {
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly isPublic: boolean;
}

export interface SiteChange {
  readonly name?: string;
  readonly redirectUris?: readonly string[];
  readonly postLogoutRedirectUris?: readonly string[];
  readonly policy?: PolicyWire;
  readonly access?: AdminSiteWire['access'];
  /** Identifiers of members. */
  readonly listed?: readonly string[];
}

interface Sites {
  readonly sites: readonly AdminSiteWire[];
}

export function loadSites(client: ApiClient, organization: string): Promise<ApiResult<Sites>> {
  return client.get(pathIn(organization, 'sites'));
}

export function addSite(
  client: ApiClient,
  organization: string,
  site: NewSite,
): Promise<ApiResult<NewSiteWire>> {
  return client.post(pathIn(organization, 'sites'), site);
}

export function changeSite(
  client: ApiClient,
  organization: string,
  clientId: string,
  change: SiteChange,
): Promise<ApiResult<AdminSiteWire>> {
  return client.post(pathIn(organization, 'sites', clientId), change);
}

export function renewSecret(
  client: ApiClient,
  organization: string,
  clientId: string,
): Promise<ApiResult<NewSiteWire>> {
  return client.post(pathIn(organization, 'sites', clientId, 'secret'), {});
}

export function removeSite(
  client: ApiClient,
  organization: string,
  clientId: string,
): Promise<ApiResult<Sites>> {
  return client.post(pathIn(organization, 'sites', clientId, 'remove'), {});
}

export function loadPolicy(client: ApiClient, organization: string): Promise<ApiResult<PolicyView>> {
  return client.get(pathIn(organization, 'policy'));
}

export function savePolicy(
  client: ApiClient,
  organization: string,
  policy: PolicyWire,
  version: number,
): Promise<ApiResult<PolicyView>> {
  return client.post(pathIn(organization, 'policy'), { policy, version });
}

export function tryPolicy(
  client: ApiClient,
  organization: string,
  policy: PolicyWire,
): Promise<ApiResult<PolicyTrialWire>> {
  return client.post(pathIn(organization, 'policy', 'try'), { policy });
}
