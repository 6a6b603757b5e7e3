import { problem } from '../http/problem.ts';
import type { ProblemCode } from '../interaction/wire.ts';

/** Answers a request without a session that is strong enough; the account page begins a sign-in. */
export function loginRequired(): Response {
  return problem('login_required', { continue: '/account' });
}

/** Answers a change that needs a fresh sign-in (S42, RFC 9470); it leads back to the account page. */
export function freshRequired(): Response {
  return problem('fresh_authentication_required', { continue: '/account/verify' });
}

/** Anything that a step of the account may refuse with. */
export interface StepRefusal {
  readonly status: string;
  readonly retryAt?: number;
  readonly triesLeft?: number;
}

const CODES: Readonly<Record<string, ProblemCode>> = {
  unknown: 'not_found',
  no_factor: 'not_found',
  missing: 'factor_unusable',
  disabled: 'factor_unusable',
  pending_gone: 'pending_enrollment_gone',
  waiting: 'throttled',
  throttled: 'throttled',
  wrong_code: 'wrong_code',
  wrong_password: 'wrong_password',
  code_used: 'code_used',
  code_expired: 'code_expired',
  no_code_sent: 'no_code_sent',
  last_factor: 'last_factor',
  phone_alone: 'phone_alone',
  already_enrolled: 'already_enrolled',
  old_number_first: 'old_number_first',
  exists: 'exists',
  // What a session is worth changed faster than it could be decided.
  unjudged: 'busy',
};

/**
 * Maps what a step of the account refused to its answer. With no try left a wrong code is a wait.
 * @throws Error for a status that is no refusal: then nothing may be claimed to have happened.
 */
export function refuseStep({ status, retryAt, triesLeft }: StepRefusal): Response {
  if (status === 'none') return loginRequired();
  if (status === 'stale') return freshRequired();
  const code = CODES[status];
  if (!code) throw new Error(`A step of the account answered ${status}.`);
  if (status === 'wrong_code' && retryAt !== undefined) return problem('throttled', { retryAt });
  return problem(code, {
    ...(retryAt === undefined ? {} : { retryAt }),
    ...(code === 'wrong_code' && triesLeft !== undefined ? { triesLeft } : {}),
  });
}
