import type { Account } from '../accounts/account.ts';

/** Claims about a person that the granted scopes open. */
export interface AccountClaims {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}

/**
 * Gives the claims of an account. A site links people by address, so only a proven one is ever sent: an account
 * becomes active by a link that was mailed to its address, and only active ones get here.
 * @see OpenID Connect Core 1.0 section 5.4
 */
export function accountClaims(account: Account, scope: string): AccountClaims {
  const scopes = scope.split(' ');
  return {
    ...(scopes.includes('email') && account.status === 'active'
      ? { email: account.email, email_verified: true }
      : {}),
    ...(scopes.includes('profile') ? { name: account.name } : {}),
  };
}
