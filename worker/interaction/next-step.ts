// Where an interaction goes next. Pure: the account, the target and the policy decide.
import type { Account } from '../accounts/account.ts';
import { type AssuranceLevel, levelOf } from '../assurance/assurance-level.ts';
import type { AuthenticationMethod } from '../assurance/authentication-method.ts';
import {
  type Demand,
  FACTOR_KINDS,
  type FactorKind,
  hasWhatIsDemanded,
  type PolicyOutcome,
} from '../assurance/policy.ts';
import { LONGEST_SESSIONS, type SessionLifetimes } from '../assurance/session-lifetime.ts';
import type { EpochSeconds } from '../ports/clock.ts';
import { type Channel, isSent } from '../factors/factor.ts';
import { factorOf } from '../factors/registry.ts';
import type { DeniedReason, Target } from './interaction.ts';

/** What a proof leads to: decided when the first factor was right, so that a step can commit it in its one trip. */
export interface Way {
  /** `grace`: what is demanded soon may be put off (S48: only by whoever has proven what is demanded now). */
  readonly step: 'done' | 'enrollment' | 'grace';
  /** With `enrollment` and `grace`: why a factor is set up. */
  readonly because?: 'stronger' | 'demanded';
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

/** What may be put off: until when, and how often at all. */
export interface Putting {
  readonly until: EpochSeconds;
  readonly snoozes: number;
}

export type Next =
  | {
      readonly step: 'challenge';
      readonly kinds: readonly FactorKind[];
      /** For the factors that the account has. */
      readonly ways: Ways;
      readonly enrollment: Enrollable;
      readonly grace?: Putting;
    }
  | { readonly step: 'confirm_address'; readonly enrollment: Enrollable }
  /** The password is enough today: a factor may be set up now, or later. */
  | { readonly step: 'grace'; readonly enrollment: Enrollable; readonly grace: Putting }
  | { readonly step: 'done' }
  | { readonly step: 'denied'; readonly reason: DeniedReason };

/** Tells whether an account may use the target's site at all: only members of its organisation may. */
export function mayUse(account: Account, target: Target): boolean {
  return target.organizationId === undefined || account.memberships.has(target.organizationId);
}

/** How often an account has put off what comes at `until`; a new date counts anew. */
export interface Snoozes {
  readonly count: number;
  readonly until: EpochSeconds;
}

/** Reads it from the account's record. */
export function snoozesOf(record: Readonly<Record<string, string>>): Snoozes {
  return { count: Number(record['snoozes'] ?? '0'), until: Number(record['snoozedFor'] ?? '0') };
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
 * and needs one proves the mailbox before they may enrol (S48). Whoever lacks what is demanded here proves one that they have
 * and then sets it up; what is demanded only soon may be put off, as often as policy allows.
 */
export function afterFirstFactor(
  account: Account,
  target: Target,
  policy: PolicyOutcome,
  snoozes: Snoozes = { count: 0, until: 0 },
): Next {
  if (!mayUse(account, target)) return { step: 'denied', reason: 'not_a_member' };
  const enrolled = FACTOR_KINDS.filter((kind) => [...account.enrollments.values()].includes(kind));
  const { coming } = policy;
  const left = coming ? coming.snoozes - (snoozes.until === coming.until ? snoozes.count : 0) : 0;
  // Nothing is left to put off: what was to come is here.
  const demand: Demand = coming && left <= 0 ? coming : policy;
  const soon = coming && left > 0 && !hasWhatIsDemanded(enrolled, coming) ? coming : undefined;
  if (demand.required && demand.accepted.length === 0) return { step: 'denied', reason: 'unmet_assurance' };

  const missing = demand.must.filter((kind) => !enrolled.includes(kind));
  const wanted = soon ?? demand;
  const open = wanted.must.filter((kind) => !enrolled.includes(kind));
  const kinds = enrollableKinds(account, open.length > 0 ? open : wanted.accepted);
  const enrollment: Enrollable = { kinds, ways: waysOf(kinds, 'done', policy.sessions) };
  const grace = soon && kinds.length > 0 ? { until: soon.until, snoozes: soon.snoozes } : undefined;
  if (enrolled.length === 0) {
    if (!demand.required) return grace ? { step: 'grace', enrollment, grace } : { step: 'done' };
    if (kinds.length === 0) return { step: 'denied', reason: 'unmet_assurance' };
    return { step: 'confirm_address', enrollment };
  }
  const accepted = enrolled.filter((kind) => demand.accepted.includes(kind));
  const asked = accepted.length > 0 ? accepted : enrolled;
  const isCovered = accepted.length > 0 || !demand.required;
  const after = !isCovered || missing.length > 0 ? 'enrollment' : grace ? 'grace' : 'done';
  const because =
    isCovered && (missing.length > 0 || (soon?.must ?? []).some((kind) => !enrolled.includes(kind)));
  if (after === 'enrollment' && kinds.length === 0) return { step: 'denied', reason: 'unmet_assurance' };
  const ways = waysOf(asked, after, policy.sessions, because ? 'demanded' : 'stronger');
  return {
    step: 'challenge',
    kinds: asked,
    ways,
    enrollment,
    ...(grace && after === 'grace' ? { grace } : {}),
  };
}

/** Says what a proof of each of these kinds leads to. */
export function waysOf(
  kinds: readonly FactorKind[],
  step: Way['step'],
  lifetimes: SessionLifetimes = LONGEST_SESSIONS,
  because?: Way['because'],
): Ways {
  const ways: Partial<Record<Channel | 'app', Way>> = {};
  for (const kind of kinds) {
    const factor = factorOf(kind);
    if (!isSent(factor)) ways.app = wayOf(factor.method, step, lifetimes, because);
    else {
      for (const [channel, method] of Object.entries(factor.channels)) {
        ways[channel as Channel] = wayOf(method, step, lifetimes, because);
      }
    }
  }
  return ways;
}

function wayOf(
  method: AuthenticationMethod,
  step: Way['step'],
  lifetimes: SessionLifetimes,
  because?: Way['because'],
): Way {
  return {
    step,
    ...(step === 'done' || because === undefined ? {} : { because }),
    method,
    ...sessionWay(levelOf(['password', method]), lifetimes),
  };
}

/** Says how strong a session is and how long it lives. */
export function sessionWay(
  level: AssuranceLevel,
  lifetimes: SessionLifetimes,
): Pick<Way, 'level' | 'idleSeconds' | 'overallSeconds'> {
  const { overall, idle } = lifetimes[level];
  return { level, idleSeconds: idle, overallSeconds: overall };
}
