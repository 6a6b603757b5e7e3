// "Must they sign in again, and why": small named checks over a live session. Pure.
import { type FactorKind, meetsPolicy, type PolicyOutcome } from '../assurance/policy.ts';
import type { EpochSeconds } from '../ports/clock.ts';
import type { Session } from '../session/session.ts';
import type { AuthorizeRequest } from './authorize-request.ts';

export type LoginReason =
  | 'no_session'
  | 'login_prompt'
  | 'select_account_prompt'
  | 'max_age'
  | 'assurance'
  | 'too_old'
  | 'missing_factor'
  | 'other_account';

export interface LoginFacts {
  readonly request: AuthorizeRequest;
  readonly session: Session;
  /** The account's address. */
  readonly email: string;
  /** `sub` of a valid `id_token_hint`; '' for one that is not valid. */
  readonly hintedSub?: string;
  /** Kinds of factor that the account has. */
  readonly enrolled: readonly FactorKind[];
  readonly policy: PolicyOutcome;
  readonly now: EpochSeconds;
}

const CHECKS: readonly (readonly [LoginReason, (facts: LoginFacts) => boolean])[] = [
  ['login_prompt', ({ request }): boolean => request.prompt.includes('login')],
  ['select_account_prompt', ({ request }): boolean => request.prompt.includes('select_account')],
  [
    'max_age',
    ({ request, session, now }): boolean =>
      // 0 is as good as prompt=login, in the second of the sign-in too.
      request.maxAge === 0 || (request.maxAge !== undefined && session.authTime + request.maxAge < now),
  ],
  ['assurance', ({ session, policy }): boolean => !meetsPolicy(session, policy)],
  // Sessions were made shorter since it began.
  [
    'too_old',
    ({ session, policy, now }): boolean => session.authTime + policy.sessions[session.level].overall <= now,
  ],
  ['missing_factor', ({ enrolled, policy }): boolean => policy.must.some((kind) => !enrolled.includes(kind))],
  [
    'other_account',
    ({ request, session, email, hintedSub }): boolean =>
      (hintedSub !== undefined && hintedSub !== session.sub) ||
      (request.loginHint !== undefined && request.loginHint.trim().toLowerCase() !== email),
  ],
];

/**
 * Gives the reasons to ask anew, in order; empty when the session is enough.
 * @see OpenID Connect Core 1.0 section 3.1.2.1
 */
export function loginReasons(facts: LoginFacts): LoginReason[] {
  return CHECKS.filter(([, applies]) => applies(facts)).map(([reason]) => reason);
}
