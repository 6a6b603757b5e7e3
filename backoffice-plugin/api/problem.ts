import type { InteractionView, Problem, ProblemCode } from '../../worker/interaction/wire.ts';

/**
 * Why a call failed. What the service says (`ProblemCode`), and two that only this side can know: `unreachable` (no
 * answer, or an answer of something that stands before the service) and `unexpected` (an answer of unknown shape).
 */
export type FailureCode = ProblemCode | 'unreachable' | 'unexpected';

export interface Failure {
  readonly code: FailureCode;
  /** Epoch seconds on the service's clock. */
  readonly retryAt?: number;
  readonly triesLeft?: number;
  readonly view?: InteractionView;
  readonly continue?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

const CODES: Readonly<Record<ProblemCode, true>> = {
  invalid_body: true,
  forbidden_origin: true,
  not_found: true,
  not_allowed: true,
  method_not_allowed: true,
  wrong_password: true,
  wrong_code: true,
  code_used: true,
  code_expired: true,
  throttled: true,
  wrong_step: true,
  interaction_ended: true,
  pending_enrollment_gone: true,
  factor_unusable: true,
  no_code_sent: true,
  phone_refused: true,
  phone_alone: true,
  already_enrolled: true,
  old_number_first: true,
  help_requested: true,
  exists: true,
  last_factor: true,
  password_refused: true,
  setup_link_gone: true,
  login_required: true,
  fresh_authentication_required: true,
  too_large: true,
  busy: true,
  unavailable: true,
};

/** Reads an answer that is not a success. `body` is what JSON gave, or undefined where it was none. */
export function parseFailure(status: number, body: unknown): Failure {
  if (isProblem(body)) {
    const { code, retryAt, triesLeft, view, errors } = body;
    return {
      code,
      ...(retryAt !== undefined && { retryAt }),
      ...(triesLeft !== undefined && { triesLeft }),
      ...(view && { view }),
      ...(body.continue !== undefined && { continue: body.continue }),
      ...(errors && { errors }),
    };
  }
  return { code: status >= 500 ? 'unreachable' : 'unexpected' };
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null || !('code' in body)) return false;
  return typeof body.code === 'string' && Object.hasOwn(CODES, body.code);
}
