// Where an interaction goes next. Pure: the account, the target and the policy decide.
import type { Account } from '../accounts/account.ts';
import { levelOf, reaches } from '../assurance/assurance-level.ts';
import type { AuthenticationMethod } from '../assurance/authentication-method.ts';
import { evaluatePolicy, type PolicyLayer, type PolicyOutcome } from '../assurance/policy.ts';
import type { DeniedReason, Target } from './interaction.ts';

export type Next =
  | { readonly step: 'challenge' | 'confirm_address' | 'done' }
  | { readonly step: 'denied'; readonly reason: DeniedReason };

/** Evaluates what is demanded of a sign-in to this target: the service's floor, then what the site asked for. */
export function policyFor(service: PolicyLayer, target: Target): PolicyOutcome {
  const layers: PolicyLayer[] = [service];
  if (target.requested) layers.push({ source: 'requested', least: target.requested });
  return evaluatePolicy(layers);
}

/** Tells whether an account may use the target's site at all: only members of its organisation may. */
export function mayUse(account: Account, target: Target): boolean {
  return target.organizationId === undefined || account.memberships.has(target.organizationId);
}

/**
 * Decides after a right first factor. Whoever has a factor is always asked for it, demanded or not; whoever has none
 * and needs one proves the mailbox before they may enrol (S48).
 */
export function afterFirstFactor(account: Account, target: Target, policy: PolicyOutcome): Next {
  if (!mayUse(account, target)) return { step: 'denied', reason: 'not_a_member' };
  if (policy.required && policy.accepted.length === 0) return { step: 'denied', reason: 'unmet_assurance' };
  if (account.enrollments.size > 0) return { step: 'challenge' };
  return policy.required ? { step: 'confirm_address' } : { step: 'done' };
}

/** Decides after a right second factor: the proofs together must reach what is demanded. */
export function afterSecondFactor(methods: readonly AuthenticationMethod[], policy: PolicyOutcome): Next {
  return reaches(levelOf(methods), policy.least)
    ? { step: 'done' }
    : { step: 'denied', reason: 'unmet_assurance' };
}
