// The portal: the service's own pages, a relying party like any other but in the same house. It must not know OpenID
// Connect. This file guards what a session may do to its own account.
import type { Account } from '../accounts/account.ts';
import { type AssuranceLevel, reaches } from '../assurance/assurance-level.ts';
import { type Demand, strongestOf } from '../assurance/policy.ts';
import { PENDING_SECONDS } from '../factors/enrollment.ts';
import type { Service } from '../http/service.ts';
import { FRESH_SECONDS, type Freshness, freshness, type Judged } from '../interaction/public.ts';
import type { EpochSeconds } from '../ports/clock.ts';

/** Who is signed in at their own account, with a session that is enough for it. */
export type OwnAccount = Pick<Judged, 'session' | 'account' | 'policy'>;

/** Gives the highest assurance of an account: what its factors that are accepted can give. */
export function highestLevel({ accepted }: Demand, account: Account): AssuranceLevel {
  return strongestOf([...account.enrollments.values()].filter((kind) => accepted.includes(kind)));
}

/** Tells whether somebody administers an organisation, of whichever they are a member. */
export function isAdministrator({ memberships }: Account): boolean {
  return [...memberships.values()].some((role) => role !== 'member');
}

/** Tells whether the sign-in is young and strong enough to change what keeps the account safe (S42). */
export function isFresh({ session, account, policy }: OwnAccount, { authSince }: Freshness): boolean {
  return reaches(session.level, highestLevel(policy, account)) && session.authTime >= authSince;
}

/**
 * Tells whether a factor may be added now: fresh, and not the first one, which is enrolled in a sign-in with a code from
 * the mailbox (S42, S48).
 */
export function mayAddFactor(own: OwnAccount, fresh: Freshness): boolean {
  return own.account.enrollments.size > 0 && isFresh(own, fresh);
}

/**
 * Gives the same as `freshness` for a step that goes on with a change which was begun while the sign-in was fresh: a message
 * may take its time, and what was proven meanwhile must not be lost.
 */
export function stillFresh(service: Service, now: EpochSeconds): Freshness {
  return freshness(service, now, FRESH_SECONDS + PENDING_SECONDS);
}
