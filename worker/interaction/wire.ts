// The JSON that passes between the service and its screens: shapes only, imported by both sides.
// Every answer of the interaction API is an `InteractionView` or a `Problem` (application/problem+json).
// The account's shapes are in account-wire.ts, and are given on from here. Neither may import anything else.

export type * from './account-wire.ts';
export type * from './admin-wire.ts';
export type * from './policy-wire.ts';

/** A kind of factor that a person can register. More kinds come later. Recovery codes are none: they open an enrolment. */
export type FactorKindWire = 'totp' | 'email' | 'phone';

/** How a code is sent. A phone gives the choice between a text and a call, each time. */
export type ChannelWire = 'mail' | 'text' | 'call';

/** The relying party, as shown to people ("site"). */
export interface SiteWire {
  readonly name: string;
}

/** The newest code that was sent for one factor in this sign-in or session; only that one counts. */
export interface SentCodeWire {
  readonly channel: ChannelWire;
  /** Short text that the message repeats, so that the newest message can be recognised. */
  readonly reference: string;
  /**
   * `queued`: on its way to the provider; ask for the view again, within five seconds it is another. `sent`: the provider
   * has it. `failed`: it could not be handed over or did not arrive; the other factors stay.
   */
  readonly delivery: 'queued' | 'sent' | 'failed';
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** An authenticator app that waits for its first code. `secret` is base32 in groups of four, `qrSvg` an SVG document. */
export interface PendingTotpWire {
  readonly enrollmentId: string;
  readonly kind: 'totp';
  readonly secret: string;
  readonly uri: string;
  readonly qrSvg: string;
  readonly codeLength: number;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/** A mailbox or phone that waits for the code that was sent to it. */
export interface PendingSentWire {
  readonly enrollmentId: string;
  readonly kind: 'email' | 'phone';
  /** As the person typed it, in international form: they must see a mistake. */
  readonly destination: string;
  readonly channels: readonly ChannelWire[];
  readonly codeLength: number;
  readonly sent: SentCodeWire;
  /** Epoch seconds; a new code can be asked for from then on. */
  readonly resendAt: number;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export type PendingWire = PendingTotpWire | PendingSentWire;

/** Why a factor can't be used right now; the others stay. `retryAt` beside it says until when, where that is known. */
export type UnusableWire =
  /** Too many wrong codes: wait. */
  | 'waiting'
  /** Too many failures in a row: it has to be set up anew (S14). */
  | 'disabled'
  /** Codes by mail are suspended since the password was reset by mail (S07). */
  | 'suspended'
  /** The service has no provider for phones any more. */
  | 'not_offered';

export interface FactorChoiceWire {
  readonly enrollmentId: string;
  readonly kind: FactorKindWire;
  readonly name: string;
  /** Masked, for example `e•••••@example.com` or `+45 •• •• •• 12`; mail and phone only. */
  readonly destination?: string;
  /** How a code can be sent; empty for an app, which shows its own. */
  readonly channels: readonly ChannelWire[];
  readonly codeLength: number;
  readonly isDefault: boolean;
  readonly unusable?: UnusableWire;
  /** Epoch seconds: with `unusable`. */
  readonly retryAt?: number;
  /** The last message to it did not arrive, by what the provider said. It may still be tried. */
  readonly trouble?: TroubleWire;
  /** The newest code of this sign-in, if one was asked for. */
  readonly sent?: SentCodeWire;
  /** Epoch seconds; a code can be asked for from then on. 0: now. */
  readonly resendAt: number;
}

/** Why messages don't arrive. */
export type TroubleWire = 'bounced' | 'complained' | 'blocked' | 'unreachable' | 'swapped';

/** What has to be known to ask for a phone number. */
export interface PhoneRulesWire {
  /** ISO 3166-1 alpha-2 with their calling codes, for example `{ country: 'DK', callingCode: '45' }`. */
  readonly countries: readonly { readonly country: string; readonly callingCode: string }[];
  /** Where the person seems to be, if that is one of them. */
  readonly likely?: string;
  /** Other kinds that are accepted, to be offered beside the notice of the phone's risk (S24). */
  readonly alternatives: readonly FactorKindWire[];
}

/** A factor of the account that may be named as lost when a recovery code is used. */
export interface LostChoiceWire {
  readonly enrollmentId: string;
  readonly kind: FactorKindWire;
  readonly name: string;
  readonly destination?: string;
}

/** Why a second factor is asked for, or why one can't be given up. */
export type PolicyReasonWire = 'service' | 'organization' | 'site' | 'member' | 'enrolled' | 'requested';

export type EnrollmentGroundWire = 'first' | 'recovery' | 'stronger' | 'demanded' | 'pass';

export type InteractionView =
  | {
      readonly step: 'identify';
      readonly site: SiteWire;
      readonly loginHint?: string;
      /** A factor was set up with an access pass: now the sign-in is repeated with it. */
      readonly repeated?: true;
    }
  | {
      readonly step: 'first_factor';
      readonly site: SiteWire;
      readonly email: string;
      /** A mail for a new password was asked for in this sign-in. Says nothing about whether there is an account. */
      readonly resetRequested: boolean;
    }
  | {
      readonly step: 'confirm_address';
      readonly site: SiteWire;
      /** Masked, for example `e•••••@example.com`. */
      readonly destination: string;
      /** Short text that the message repeats, so that the newest message can be recognised. Absent before a send. */
      readonly reference?: string;
      /** `failed`: the mail could not be handed over; the person may try again at `resendAt`. */
      readonly delivery: 'queued' | 'sent' | 'failed' | 'none';
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
      /**
       * Why a factor is set up: the first one, in place of lost ones (S39), since none that they have is accepted, since
       * this kind is demanded of them, or with an access pass: then the sign-in is repeated.
       */
      readonly because: EnrollmentGroundWire;
      /** Present where a phone can be registered. */
      readonly phone?: PhoneRulesWire;
      /** In the answer to "start"; a pending mailbox or phone in every answer. */
      readonly pending?: PendingWire;
    }
  | {
      /** A second factor, or another one, is demanded from `until` on: set up one of `kinds` now, or put it off. */
      readonly step: 'grace';
      readonly site: SiteWire;
      /** Epoch seconds. */
      readonly until: number;
      readonly snoozesLeft: number;
      readonly kinds: readonly FactorKindWire[];
      readonly reasons: readonly PolicyReasonWire[];
      readonly because: EnrollmentGroundWire;
    }
  | {
      readonly step: 'challenge';
      readonly site: SiteWire;
      /** Default first, then by last use. Every factor that policy accepts here. */
      readonly factors: readonly FactorChoiceWire[];
      /** Recovery codes are left. Before: why not all factors of the account are listed. */
      readonly recovery: { readonly left: number; readonly factors: readonly LostChoiceWire[] };
      /** Administrators were asked for help in this sign-in. */
      readonly helpRequested: boolean;
    }
  | {
      /** Recovery codes were made. They are in this one answer and never again (S38). */
      readonly step: 'recovery_codes';
      readonly site: SiteWire;
      /** Absent when the page was loaded again: then a new set can be made, which voids the first. */
      readonly codes?: readonly string[];
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
  | 'not_allowed' // 403: who asks may do this to nobody, or not to this one; `detail` says why
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
  | 'no_code_sent' // 409: ask for a code first
  | 'phone_refused' // 422: not a number, not a kind of number or country that is allowed; `detail` and `errors` say why
  | 'phone_alone' // 409: an administrator may not have the phone as the only factor (S29)
  | 'already_enrolled' // 409: this mailbox is registered already
  | 'old_number_first' // 409: prove the old number before the new one (S26)
  | 'help_requested' // 429: administrators were asked already
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
//   POST /forgot-password     {}   mails a link, if there is an account; the answer is the same -> InteractionView
//   POST /address             { code }                         -> InteractionView
//   POST /enrollment          { kind, renew?, number?, channel? } -> InteractionView (enrollment with `pending`)
//        `number` and `channel` ('text' | 'call') with phone only; number in any spelling, with `country` where it has no +
//   POST /enrollment/code     { channel? }  sends the pending one a new code -> InteractionView
//   POST /enrollment/confirm  { enrollmentId, code, name }     -> InteractionView (recovery_codes, or done)
//   POST /challenge/code      { enrollmentId, channel? }  sends a code -> InteractionView
//   POST /challenge           { enrollmentId, code }           -> InteractionView
//   POST /recovery            { code, lost: enrollmentId[] }   a recovery code opens an enrolment -> InteractionView
//   POST /pass                { code }  an access pass, at challenge and confirm_address, opens an enrolment -> InteractionView
//   POST /recovery-codes      {}   "I have saved these"        -> InteractionView (done)
//   POST /recovery-codes/renew {}  a new set                   -> InteractionView (recovery_codes with codes)
//   POST /help                {}   "I can't use any of these"  -> InteractionView (challenge)
//   POST /grace/set-up        {}   sets a factor up now        -> InteractionView (confirm_address, or enrollment)
//   POST /grace/snooze        {}   puts it off                 -> InteractionView (done)
//   POST /restart             {}   forget who it is            -> InteractionView (identify)
//   POST /cancel              {}   back to the site, refused   -> InteractionView (done)

/** POST /api/setup/inspect { token } */
export interface SetupView {
  readonly email: string;
  readonly name: string;
  readonly organizationName: string;
  readonly minimumLength: number;
}
// POST /api/setup { token, password } -> { continue }
