// Why somebody is asked for a second factor: the layers, and what follows from them.
import { parseAccount } from '../accounts/account.ts';
import type { PoliciesRecord } from '../accounts/policy.lua.ts';
import { decidePolicy, type PolicyLayer, type PolicySources } from '../assurance/policy.ts';
import type { Service } from '../http/service.ts';
import {
  afterFirstFactor,
  parseExemption,
  policySources,
  serviceTarget,
  snoozesOf,
  type Target,
} from '../interaction/public.ts';
import type { PolicyExplanationWire } from '../interaction/wire.ts';
import type { EpochSeconds } from '../ports/clock.ts';

/** Whose sign-in is explained, to which organisation, and where it would lead. */
export interface Explained {
  readonly sub: string;
  readonly account: Readonly<Record<string, string>>;
  readonly policies: PoliciesRecord;
  readonly organization: string;
  readonly clientId?: string;
}

/**
 * Explains what is demanded of a member. Another organisation than their home is told what the service and itself demand: what
 * the home demands is not its business.
 */
export function explainPolicy(
  { config }: Pick<Service, 'config'>,
  explained: Explained,
  now: EpochSeconds,
): PolicyExplanationWire {
  const { organization, clientId, account } = explained;
  const isHome = account['home'] === organization;
  const organizations = explained.policies.organizations.filter(({ id }) => isHome || id === organization);
  const policies: PoliciesRecord = { ...explained.policies, organizations };
  const target: Target = {
    ...serviceTarget(config),
    ...(clientId === undefined ? {} : { clientId, organizationId: organization }),
  };
  const sources = policySources(config, target, policies);
  const { required, least, accepted, must, coming, sessions } = decidePolicy(sources, now);
  const snoozed = snoozesOf(account);
  return {
    required,
    least,
    accepted,
    must,
    ...(coming
      ? {
          coming: {
            until: coming.until,
            snoozes: coming.snoozes,
            snoozesLeft: Math.max(0, coming.snoozes - (snoozed.until === coming.until ? snoozed.count : 0)),
            least: coming.least,
            accepted: coming.accepted,
            must: coming.must,
          },
        }
      : {}),
    layers: layersIn(sources, policies, clientId),
    sessions,
    next: nextOf(explained, policies, target, sources, now),
  };
}

function layersIn(
  { service, organizations, site }: PolicySources,
  policies: PoliciesRecord,
  clientId: string | undefined,
): PolicyExplanationWire['layers'] {
  const layers: PolicyExplanationWire['layers'][number][] = [{ source: 'service', policy: said(service) }];
  for (const { id, policy, member } of organizations) {
    const exemption = policies.organizations.find((one) => one.id === id)?.exemption;
    const exempt = exemption === undefined ? {} : { exempt: parseExemption(exemption) };
    if (policy || exemption !== undefined) {
      layers.push({ source: 'organization', of: id, policy: policy ? said(policy) : {}, ...exempt });
    }
    if (site?.organizationId === id && clientId !== undefined) {
      layers.push({ source: 'site', of: clientId, policy: said(site.policy), ...exempt });
    }
    if (member) layers.push({ source: 'member', of: id, policy: said(member), ...exempt });
  }
  return layers;
}

function said(layer: PolicyLayer): PolicyExplanationWire['layers'][number]['policy'] {
  return Object.fromEntries(Object.entries(layer).filter(([name]) => name !== 'source'));
}

function nextOf(
  { sub, account }: Explained,
  policies: PoliciesRecord,
  target: Target,
  sources: PolicySources,
  now: EpochSeconds,
): PolicyExplanationWire['next'] {
  const who = parseAccount(sub, account);
  if (who.status === 'suspended' || !policies.mayUse) return 'denied';
  const next = afterFirstFactor(who, target, decidePolicy(sources, now), snoozesOf(account));
  switch (next.step) {
    case 'denied':
      return 'denied';
    case 'done':
      return 'password_only';
    case 'grace':
      return 'may_put_off';
    case 'confirm_address':
      return 'enroll';
    case 'challenge':
      return WAYS[Object.values(next.ways)[0]?.step ?? 'done'];
  }
}

/** What comes after a factor was proven. */
const WAYS = { done: 'challenge', enrollment: 'enroll', grace: 'may_put_off' } as const;
