// The portal: the service's own pages, a relying party like any other but in the same house. It must not know OpenID
// Connect. This file guards what a session may do to its own account.
import { type Account, parseAccount } from '../accounts/account.ts';
import { ASSURANCE_LEVELS, reaches, stronger } from '../assurance/assurance-level.ts';
import { amrOf } from '../assurance/authentication-method.ts';
import type { PolicyOutcome } from '../assurance/policy.ts';
import { kindOf, policyFor, reasonsOf, type Target } from '../interaction/public.ts';
import type { AccountView, EnrollmentWire } from '../interaction/wire.ts';
import type { Config } from '../config.ts';
import type { EpochSeconds } from '../ports/clock.ts';
import { listOf } from '../ports/redis.ts';
import { parseSession, type Session } from '../session/session.ts';
import type { Records } from '../session/session.steps.ts';
import type { AccountSnapshot, Freshness } from './account.steps.ts';

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
  if (!reaches(parsed.level, policy.least)) return undefined;
  return { session: parsed, account: parseAccount(parsed.sub, account), policy };
}

/**
 * Tells whether a factor may be changed now: a sign-in not older than 5 minutes, at the account's highest assurance,
 * and not the first factor, which is enrolled in a sign-in with a code from the mailbox (S42, S48).
 */
export function mayChangeFactors({ session, account }: OwnAccount, now: EpochSeconds): boolean {
  return (
    account.enrollments.size > 0 && reaches(session.level, 'aal2') && session.authTime + FRESH_SECONDS >= now
  );
}

/** Gives the same for a step: what it asks of the session before it counts a try. */
export function freshness(config: Config, now: EpochSeconds): Freshness {
  const least = stronger('aal2', portalPolicy(config).least);
  return {
    now,
    authSince: now - FRESH_SECONDS,
    levels: ASSURANCE_LEVELS.filter((level) => reaches(level, least)),
  };
}

/** Draws the account for its owner. */
export function accountView(own: OwnAccount, snapshot: AccountSnapshot): AccountView {
  const { session, account, policy } = own;
  return {
    email: account.email,
    name: account.name,
    organizationName: snapshot.organizationName,
    mfa: { required: policy.required, reasons: reasonsOf(policy), kinds: policy.accepted },
    enrollments: listOf(snapshot.enrollments)
      .map((record): EnrollmentWire => ({
        enrollmentId: record.id,
        kind: kindOf(record.kind),
        name: record.name,
        createdAt: record.createdAt,
        ...(record.lastUsedAt > 0 ? { lastUsedAt: record.lastUsedAt } : {}),
      }))
      .toSorted((one, other) => one.createdAt - other.createdAt),
    session: { authTime: session.authTime, acr: session.level, amr: amrOf(session.methods) },
  };
}
