import { problem } from '../http/problem.ts';

/** Answers a request without a session that is strong enough; the account page begins a sign-in. */
export function loginRequired(): Response {
  return problem('login_required', { continue: '/account' });
}

/** Answers a change that needs a fresh sign-in (S42, RFC 9470); it leads back to the account page. */
export function freshRequired(): Response {
  return problem('fresh_authentication_required', { continue: '/account/verify' });
}
