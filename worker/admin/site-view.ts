import { parseStoredPolicy } from '../assurance/policy-schema.ts';
import type { PolicyLayer } from '../assurance/policy.ts';
import type { Service } from '../http/service.ts';
import type { AdminSiteWire, PolicyWire } from '../interaction/wire.ts';
import { listOf } from '../ports/redis.ts';
import type { SiteRecord, SitesResult } from './sites.steps.ts';

/** Draws the sites of an organisation: first those of the configuration, which are changed there. */
export function siteList(
  { config }: Service,
  organization: string,
  { sites }: SitesResult,
): { readonly sites: readonly AdminSiteWire[] } {
  const configured = config.clients
    .filter((client) => client.organizationId === organization)
    .map(({ clientId, name, redirectUris, postLogoutRedirectUris, authMethod, policy }): AdminSiteWire => ({
      clientId,
      name,
      isConfigured: true,
      redirectUris,
      postLogoutRedirectUris,
      isPublic: authMethod === 'none',
      policy: policy ? said(policy) : {},
      access: 'members',
      listed: 0,
      listedMembers: [],
    }));
  return { sites: [...configured, ...listOf(sites).map(siteWire)] };
}

/** Draws a site that was made here. */
export function siteWire({ clientId, fields, listed, members }: SiteRecord): AdminSiteWire {
  const {
    name = '',
    redirectUris = '[]',
    postLogoutRedirectUris = '[]',
    authMethod,
    policy,
    access,
  } = fields;
  const byName = listOf(members).toSorted((one, other) => one.name.localeCompare(other.name));
  return {
    clientId,
    name,
    isConfigured: false,
    redirectUris: JSON.parse(redirectUris) as string[],
    postLogoutRedirectUris: JSON.parse(postLogoutRedirectUris) as string[],
    isPublic: authMethod === 'none',
    policy: policy ? said(parseStoredPolicy('site', policy)) : {},
    access: access === 'listed' ? 'listed' : 'members',
    listed,
    listedMembers: byName,
    createdAt: Number(fields['createdAt'] ?? '0'),
  };
}

function said(layer: PolicyLayer): PolicyWire {
  return Object.fromEntries(Object.entries(layer).filter(([name]) => name !== 'source'));
}
