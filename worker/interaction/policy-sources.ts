import type { PoliciesRecord } from '../accounts/policy.lua.ts';
import {
  decidePolicy,
  type OrganizationPolicy,
  type PolicyOutcome,
  type PolicySources,
} from '../assurance/policy.ts';
import { parseStoredPolicy } from '../assurance/policy-schema.ts';
import type { Config } from '../config.ts';
import type { EpochSeconds } from '../ports/clock.ts';
import type { Target } from './interaction.ts';

/** An exemption as the account keeps it: by organisation, as JSON. */
export interface Exemption {
  readonly reason: string;
  readonly until: EpochSeconds;
  readonly by: string;
}

/** Reads an exemption, which only the administration writes. */
export function parseExemption(text: string): Exemption {
  return JSON.parse(text) as Exemption;
}

/** Gathers all layers that count for an account at a target. */
export function policySources(
  config: Pick<Config, 'policy' | 'clients'>,
  target: Target,
  policies: PoliciesRecord | undefined,
): PolicySources {
  const { organizationId, clientId, requested } = target;
  const configured = config.clients.find((client) => client.clientId === clientId)?.policy;
  const site =
    configured ?? (policies?.site === undefined ? undefined : parseStoredPolicy('site', policies.site));
  return {
    service: config.policy,
    organizations: (policies?.organizations ?? []).map(
      ({ id, policy, member, exemption }): OrganizationPolicy => ({
        id,
        ...(policy === undefined ? {} : { policy: parseStoredPolicy('organization', policy) }),
        ...(member === undefined ? {} : { member: parseStoredPolicy('member', member) }),
        ...(exemption === undefined ? {} : { exemptUntil: parseExemption(exemption).until }),
      }),
    ),
    ...(site && organizationId !== undefined ? { site: { organizationId, policy: site } } : {}),
    ...(requested ? { requested } : {}),
  };
}

/** Decides what is demanded of an account at a target. Without `policies`: of whoever has no account. */
export function policyAt(
  config: Pick<Config, 'policy' | 'clients'>,
  target: Target,
  policies: PoliciesRecord | undefined,
  now: EpochSeconds,
): PolicyOutcome {
  return decidePolicy(policySources(config, target, policies), now);
}
