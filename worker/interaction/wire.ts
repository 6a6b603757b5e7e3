// The JSON that passes between the service and its screens: shapes only, imported by both sides.
// Every answer of the interaction API is an `InteractionView` or a `Problem` (application/problem+json).
// This file must not import anything.

/** A kind of factor that a person can register. More kinds come later; screens must not assume `totp`. */
export type FactorKindWire = 'totp';

/** The relying party, as shown to people ("site"). */
export interface SiteWire {
  readonly name: string;
}

/** An authenticator app that waits for its first code. `secret` is base32 in groups of four, `qrSvg` an SVG document. */
export interface PendingTotpWire {
  readonly enrollmentId: string;
  readonly kind: 'totp';
  readonly secret: string;
  readonly uri: string;
  readonly qrSvg: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export interface FactorChoiceWire {
  readonly enrollmentId: string;
  readonly kind: FactorKindWire;
  readonly name: string;
}

/** Why a second factor is asked for, or why one can't be given up. */
export type PolicyReasonWire = 'service' | 'organization' | 'site' | 'member' | 'enrolled' | 'requested';

export type InteractionView =
  | { readonly step: 'identify'; readonly site: SiteWire; readonly loginHint?: string }
  | { readonly step: 'first_factor'; readonly site: SiteWire; readonly email: string }
  | {
      readonly step: 'confirm_address';
      readonly site: SiteWire;
      /** Masked, for example `e•••••@example.com`. */
      readonly destination: string;
      /** Short text that the message repeats, so that the newest message can be recognised. Absent before a send. */
      readonly reference?: string;
      /** `failed`: the mail could not be handed over; the person may try again at `resendAt`. */
      readonly delivery: 'sent' | 'failed' | 'none';
      /** Epoch seconds; a new code can be asked for from then on. */
      readonly resendAt: number;
      readonly codeLength: number;
      readonly reasons: readonly PolicyReasonWire[];
    }
  | {
      readonly step: 'enrollment';
      readonly site: SiteWire;
      readonly kinds: readonly FactorKindWire[];
      readonly reasons: readonly PolicyReasonWire[];
      /** Present only in the answer to "start". */
      readonly pending?: PendingTotpWire;
    }
  | {
      readonly step: 'challenge';
      readonly site: SiteWire;
      readonly factors: readonly FactorChoiceWire[];
      readonly codeLength: number;
    }
  | {
      readonly step: 'denied';
      readonly site: SiteWire;
      readonly email: string;
      readonly reason: 'not_a_member' | 'unmet_assurance';
    }
  | {
      readonly step: 'done';
      readonly site: SiteWire;
      /** Same-origin path; navigate there with location.assign. */ readonly continue: string;
    };

/** `application/problem+json` (RFC 9457). `code` is for programs, `detail` is English for people. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  /** With `throttled`: epoch seconds at which it is worth trying again. */
  readonly retryAt?: number;
  /** With `wrong_code`: how many tries are left before a wait. */
  readonly triesLeft?: number;
  /** With `wrong_step`: where the interaction really is. Draw it. */
  readonly view?: InteractionView;
  /** With `interaction_ended`, `login_required`, `fresh_authentication_required`: same-origin path that starts anew. */
  readonly continue?: string;
  /** With `invalid_body` and `password_refused`: one entry for each mistake. */
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

export type ProblemCode =
  | 'invalid_body' // 400
  | 'forbidden_origin' // 403: CSRF check
  | 'not_found' // 404
  | 'method_not_allowed' // 405
  | 'wrong_password' // 401: unknown address and wrong password share it
  | 'wrong_code' // 401
  | 'code_used' // 401: right once, but spent
  | 'code_expired' // 401: ask for a new one
  | 'throttled' // 429
  | 'wrong_step' // 409
  | 'interaction_ended' // 410: expired, spent, locked, or begun by another browser
  | 'pending_enrollment_gone' // 410: start the enrolment again
  | 'factor_unusable' // 409: disabled after too many failures, or its record can't be read; an admin must help
  | 'exists' // 409: admin API
  | 'last_factor' // 409: policy demands one
  | 'password_refused' // 422
  | 'setup_link_gone' // 410
  | 'login_required' // 401
  | 'fresh_authentication_required' // 401, RFC 9470
  | 'too_large' // 413
  | 'busy' // 503: try again
  | 'unavailable'; // 503: the store is down

// Interaction API, all below /api/interactions/{id}, bodies application/json, header `x-csrf-token` from the page's
// <meta name="csrf-token">, same-origin credentials:
//   GET  /                    -> InteractionView
//   POST /identify            { email }                        -> InteractionView
//   POST /password            { password }                     -> InteractionView
//   POST /address-code        {}   sends (again)               -> InteractionView (confirm_address)
//   POST /address             { code }                         -> InteractionView
//   POST /enrollment          { kind, renew?: boolean }        -> InteractionView (enrollment with `pending`)
//   POST /enrollment/confirm  { enrollmentId, code, name }     -> InteractionView
//   POST /challenge           { enrollmentId, code }           -> InteractionView
//   POST /restart             {}   forget who it is            -> InteractionView (identify)
//   POST /cancel              {}   back to the site, refused   -> InteractionView (done)

export interface EnrollmentWire {
  readonly enrollmentId: string;
  readonly kind: FactorKindWire;
  readonly name: string;
  /** Epoch seconds. */
  readonly createdAt: number;
  readonly lastUsedAt?: number;
}

/** GET /api/account, and the answer of each change to it. */
export interface AccountView {
  readonly email: string;
  readonly name: string;
  readonly organizationName: string;
  readonly mfa: {
    readonly required: boolean;
    readonly reasons: readonly PolicyReasonWire[];
    readonly kinds: readonly FactorKindWire[];
  };
  readonly enrollments: readonly EnrollmentWire[];
  readonly session: { readonly authTime: number; readonly acr: string; readonly amr: readonly string[] };
}

// Account API, all below /api/account, same headers:
//   GET  /                                {}                             -> AccountView
//   POST /enrollments                     { kind, renew?: boolean }      -> PendingTotpWire   (fresh sign-in needed)
//   POST /enrollments/confirm             { enrollmentId, code, name }   -> AccountView
//   POST /enrollments/{id}/disable        { code }                       -> AccountView
//   POST /sign-out                        {}                             -> { continue }
// A 401 `login_required` or `fresh_authentication_required` carries `continue`: navigate there; it leads back to /account.

/** POST /api/setup/inspect { token } */
export interface SetupView {
  readonly email: string;
  readonly name: string;
  readonly organizationName: string;
  readonly minimumLength: number;
}
// POST /api/setup { token, password } -> { continue }
