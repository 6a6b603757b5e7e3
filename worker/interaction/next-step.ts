// Where an interaction goes next. Pure: the account, the target and the policy decide.
import type { Account } from '../accounts/account.ts';
import { type AssuranceLevel, levelOf } from '../assurance/assurance-level.ts';
import type { AuthenticationMethod } from '../assurance/authentication-method.ts';
import {
  evaluatePolicy,
  FACTOR_KINDS,
  type FactorKind,
  type PolicyLayer,
  type PolicyOutcome,
} from '../assurance/policy.ts';
import { LONGEST_SESSIONS, type SessionLifetimes } from '../assurance/session-lifetime.ts';
import { type Channel, isSent } from '../factors/factor.ts';
import { factorOf } from '../factors/registry.ts';
import type { DeniedReason, Target } from './interaction.ts';

/** What a proof leads to: decided when the first factor was right, so that a step can commit it in its one trip. */
export interface Way {
  readonly step: 'done' | 'enrollment';
  readonly method: AuthenticationMethod;
  readonly level: AssuranceLevel;
  readonly idleSeconds: number;
  readonly overallSeconds: number;
}

/** By how the code came; `app` for one that an app shows. */
export type Ways = Readonly<Partial<Record<Channel | 'app', Way>>>;

/** What may be set up in this journey, and what it leads to. */
export interface Enrollable {
  readonly kinds: readonly FactorKind[];
  readonly ways: Ways;
}

export type Next =
  | {
      readonly step: 'challenge';
      readonly kinds: readonly FactorKind[];
      /** For the factors that the account has. */
      readonly ways: Ways;
      readonly enrollment: Enrollable;
    }
  | { readonly step: 'confirm_address'; readonly enrollment: Enrollable }
  | { readonly step: 'done' }
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
 * Gives the kinds that an account may set up: what policy accepts, but for an administrator no phone while it would be
 * their only factor (S29). `kept` are the kinds that stay beside it.
 */
export function enrollableKinds(
  account: Account,
  accepted: readonly FactorKind[],
  kept: Iterable<FactorKind> = account.enrollments.values(),
): readonly FactorKind[] {
  const isAdministrator = [...account.memberships.values()].some((role) => role !== 'member');
  if (!isAdministrator || [...kept].some((kind) => kind !== 'phone')) return accepted;
  return accepted.filter((kind) => kind !== 'phone');
}

/**
 * Decides after a right first factor. Whoever has a factor is always asked for it, demanded or not; whoever has none
 * and needs one proves the mailbox before they may enrol (S48). Whoever has only factors that are not accepted here proves
 * one of them and then sets up one that is.
 */
export function afterFirstFactor(
  account: Account,
  target: Target,
  policy: PolicyOutcome,
  lifetimes: SessionLifetimes = LONGEST_SESSIONS,
): Next {
  if (!mayUse(account, target)) return { step: 'denied', reason: 'not_a_member' };
  if (policy.required && policy.accepted.length === 0) return { step: 'denied', reason: 'unmet_assurance' };
  const enrollable = enrollableKinds(account, policy.accepted);
  const enrollment: Enrollable = { kinds: enrollable, ways: waysOf(enrollable, 'done', lifetimes) };
  const enrolled = FACTOR_KINDS.filter((kind) => [...account.enrollments.values()].includes(kind));
  if (enrolled.length === 0) {
    if (!policy.required) return { step: 'done' };
    if (enrollable.length === 0) return { step: 'denied', reason: 'unmet_assurance' };
    return { step: 'confirm_address', enrollment };
  }
  const accepted = enrolled.filter((kind) => policy.accepted.includes(kind));
  const kinds = accepted.length > 0 ? accepted : enrolled;
  const step = accepted.length > 0 || !policy.required ? 'done' : 'enrollment';
  return { step: 'challenge', kinds, ways: waysOf(kinds, step, lifetimes), enrollment };
}

/** Says what a proof of each of these kinds leads to. */
export function waysOf(
  kinds: readonly FactorKind[],
  step: Way['step'],
  lifetimes: SessionLifetimes = LONGEST_SESSIONS,
): Ways {
  const ways: Partial<Record<Channel | 'app', Way>> = {};
  for (const kind of kinds) {
    const factor = factorOf(kind);
    if (!isSent(factor)) ways.app = wayOf(factor.method, step, lifetimes);
    else {
      for (const [channel, method] of Object.entries(factor.channels)) {
        ways[channel as Channel] = wayOf(method, step, lifetimes);
      }
    }
  }
  return ways;
}

function wayOf(method: AuthenticationMethod, step: Way['step'], lifetimes: SessionLifetimes): Way {
  const level = levelOf(['password', method]);
  const { overall, idle } = lifetimes[level];
  return { step, method, level, idleSeconds: idle, overallSeconds: overall };
}
