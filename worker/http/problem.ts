// The one mapping from refusals to RFC 9457 answers. It must not know who refuses or why.
import type { Problem, ProblemCode } from '../interaction/wire.ts';

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** What to do, in English, where the one who refuses knows no better. */
  readonly detail: string;
}

const KINDS: Readonly<Record<ProblemCode, ProblemKind>> = {
  invalid_body: {
    status: 400,
    title: 'The request can not be read',
    detail: 'Correct the fields that are listed and send the request again.',
  },
  forbidden_origin: {
    status: 403,
    title: 'The request did not come from this page',
    detail: 'Reload the page and try again.',
  },
  not_found: { status: 404, title: 'Not found', detail: 'There is nothing here. Check the address.' },
  not_allowed: {
    status: 403,
    title: 'You may not do this',
    detail: 'Ask an administrator who may.',
  },
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    detail: 'Use one of the methods that the Allow header lists.',
  },
  wrong_password: {
    status: 401,
    title: 'Wrong email address or password',
    detail: 'The email address or the password is wrong. Try again.',
  },
  wrong_code: { status: 401, title: 'Wrong code', detail: 'That code is wrong. Type the newest one.' },
  code_used: {
    status: 401,
    title: 'Code already used',
    detail: 'That code was used already. Wait for the next one and type that.',
  },
  code_expired: { status: 401, title: 'Code expired', detail: 'That code is too old. Ask for a new one.' },
  throttled: { status: 429, title: 'Too many tries', detail: 'Wait a while, then try again.' },
  wrong_step: {
    status: 409,
    title: 'The sign-in is at another step',
    detail: 'Go on with the step that is shown now.',
  },
  interaction_ended: { status: 410, title: 'This sign-in has ended', detail: 'Start the sign-in again.' },
  pending_enrollment_gone: {
    status: 410,
    title: 'The set-up has ended',
    detail: 'Start the set-up of this method again.',
  },
  factor_unusable: {
    status: 409,
    title: 'This method can not be used',
    detail: 'Ask an administrator of your organisation to reset it.',
  },
  no_code_sent: {
    status: 409,
    title: 'No code was sent',
    detail: 'Ask for a code first, then type it.',
  },
  phone_refused: {
    status: 422,
    title: 'This phone number can not be used',
    detail: 'Check the number, or use another one.',
  },
  phone_alone: {
    status: 409,
    title: 'A phone is not enough here',
    detail: 'An administrator needs another method beside the phone. Set one up first.',
  },
  already_enrolled: {
    status: 409,
    title: 'Already set up',
    detail: 'This method is set up already.',
  },
  old_number_first: {
    status: 409,
    title: 'Confirm the old number first',
    detail: 'Type the code that was sent to the number that you have now, then give the new one.',
  },
  help_requested: {
    status: 429,
    title: 'Already asked',
    detail: 'The administrators of your organisation were asked already. They will get in touch.',
  },
  exists: {
    status: 409,
    title: 'Already there',
    detail: 'There is one of this name already. Choose another.',
  },
  last_factor: {
    status: 409,
    title: 'A second factor is demanded',
    detail: 'Set up another method first, then remove this one.',
  },
  password_refused: {
    status: 422,
    title: 'Choose another password',
    detail: 'This password can not be used, for the reasons that are listed.',
  },
  setup_link_gone: {
    status: 410,
    title: 'This link can not be used',
    detail: 'The link is too old or was used already. Ask for a new one.',
  },
  login_required: { status: 401, title: 'Sign in first', detail: 'Sign in, then try again.' },
  fresh_authentication_required: {
    status: 401,
    title: 'Sign in again',
    detail: 'Your last sign-in is too long ago for this. Sign in again.',
  },
  too_large: { status: 413, title: 'Too large', detail: 'Send less than 16 KiB.' },
  busy: {
    status: 503,
    title: 'Busy',
    detail: 'Many people are signing in right now. Try again in a moment.',
  },
  unavailable: {
    status: 503,
    title: 'Not available right now',
    detail: 'The service can not reach its store. Nothing was lost; try again in a moment.',
  },
};

/** What a refusal may add. `detail` replaces the general one. */
export type ProblemExtras = Partial<
  Pick<Problem, 'detail' | 'retryAt' | 'triesLeft' | 'view' | 'continue' | 'errors'>
>;

/** Makes the answer for a refusal: problem+json, never stored. `retryAt` (epoch seconds) becomes `Retry-After` too. */
export function problem(code: ProblemCode, extras: ProblemExtras = {}): Response {
  const { status, title, detail } = KINDS[code];
  const body: Problem = { type: `urn:penumbra:problem:${code}`, title, status, detail, code, ...extras };
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  if (extras.retryAt !== undefined) {
    headers.set('retry-after', new Date(extras.retryAt * 1000).toUTCString());
  }
  if (code === 'fresh_authentication_required') {
    headers.set('www-authenticate', 'Bearer error="insufficient_user_authentication", max_age="300"');
  }
  return new Response(JSON.stringify(body), { status, headers });
}
