// The portal: the service's own pages, a relying party like any other but in the same house. It must not know OpenID
// Connect. This file guards what a session may do to its own account.
import { type Account, parseAccount } from '../accounts/account.ts';
import { ASSURANCE_LEVELS, type AssuranceLevel, reaches } from '../assurance/assurance-level.ts';
import {
  type FactorKind,
  LEVEL_BY_KIND,
  meetsPolicy,
  type PolicyOutcome,
  proofsAskedFor,
  strongestOf,
} from '../assurance/policy.ts';
import { PENDING_SECONDS } from '../factors/enrollment.ts';
import { policyFor, type Target } from '../interaction/public.ts';
import type { Config } from '../config.ts';
import type { EpochSeconds } from '../ports/clock.ts';
import { parseSession, type Session } from '../session/session.ts';
import type { Records } from '../session/session.steps.ts';
import type { Freshness } from './account.steps.ts';

/** Seconds for which a sign-in is fresh enough to change a factor (S42). */
const FRESH_SECONDS = 300;

/** The portal as the target of a sign-in. */
export function portalTarget(config: Config, requested?: Target['requested']): Target {
  return {
    siteName: config.serviceName,
    ...(requested ? { requested } : {}),
    continueTo: '/account',
  };
}

/** What is demanded of a session at the portal. */
export function portalPolicy(config: Config): PolicyOutcome {
  return policyFor(config.policy, portalTarget(config));
}

export interface OwnAccount {
  readonly session: Session;
  readonly account: Account;
  readonly policy: PolicyOutcome;
}

/** Reads who is signed in; `undefined` when the session is weaker than what is demanded now: then it opens nothing. */
export function ownAccount(config: Config, session: Records, account: Records): OwnAccount | undefined {
  const parsed = parseSession(session);
  const policy = portalPolicy(config);
  if (!meetsPolicy(parsed, policy)) return undefined;
  return { session: parsed, account: parseAccount(parsed.sub, account), policy };
}

/** Gives the highest assurance of an account: what its factors that are accepted can give. */
export function highestLevel(config: Config, account: Account): AssuranceLevel {
  const { accepted } = portalPolicy(config);
  return strongestOf([...account.enrollments.values()].filter((kind) => accepted.includes(kind)));
}

/** Tells whether the sign-in is young and strong enough to change what keeps the account safe (S42). */
export function isFresh(config: Config, { session, account }: OwnAccount, { authSince }: Freshness): boolean {
  return reaches(session.level, highestLevel(config, account)) && session.authTime >= authSince;
}

/**
 * Tells whether a factor may be added now: fresh, and not the first one, which is enrolled in a sign-in with a code from
 * the mailbox (S42, S48).
 */
export function mayAddFactor(config: Config, own: OwnAccount, fresh: Freshness): boolean {
  return own.account.enrollments.size > 0 && isFresh(config, own, fresh);
}

/**
 * Gives the same for a step that goes on with a change which was begun while the sign-in was fresh: a message may take its
 * time, and what was proven meanwhile must not be lost.
 */
export function stillFresh(config: Config, now: EpochSeconds): Freshness {
  return { ...freshness(config, now), authSince: now - FRESH_SECONDS - PENDING_SECONDS };
}

/** Gives the same for a step: what it asks of the session before it counts a try. */
export function freshness(config: Config, now: EpochSeconds): Freshness {
  const policy = portalPolicy(config);
  const { accepted, least } = policy;
  const proofs = proofsAskedFor(policy);
  return {
    now,
    authSince: now - FRESH_SECONDS,
    levels: Object.fromEntries(accepted.map((kind: FactorKind) => [kind, LEVEL_BY_KIND[kind]])),
    ranks: Object.fromEntries(ASSURANCE_LEVELS.map((level, rank) => [level, rank])),
    least,
    ...(proofs === undefined ? {} : { proofs }),
  };
}
