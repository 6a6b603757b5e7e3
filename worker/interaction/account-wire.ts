// The JSON of the account API: shapes only, imported by both sides through wire.ts.
import type {
  ChannelWire,
  FactorKindWire,
  PendingSentWire,
  PhoneRulesWire,
  PolicyReasonWire,
  SentCodeWire,
  TroubleWire,
  UnusableWire,
} from './wire.ts';

export interface EnrollmentWire {
  readonly enrollmentId: string;
  readonly kind: FactorKindWire;
  readonly name: string;
  /** Epoch seconds. */
  readonly createdAt: number;
  readonly lastUsedAt?: number;
  /** Masked; mail and phone only. */
  readonly destination?: string;
  readonly channels: readonly ChannelWire[];
  readonly codeLength: number;
  readonly isDefault: boolean;
  readonly unusable?: UnusableWire;
  readonly retryAt?: number;
  readonly trouble?: TroubleWire;
  /** A code that was sent to prove it is theirs, before it is removed or changed. */
  readonly sent?: SentCodeWire;
  readonly resendAt: number;
  /** Phone: the old number was proven and a new one may be given until then (epoch seconds). */
  readonly changeUntil?: number;
}

/** A session of the account. */
export interface SessionWire {
  readonly sid: string;
  readonly isThis: boolean;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  /** User agent, as the browser told it. */
  readonly device: string;
  readonly address: string;
  /** ISO 3166-1 alpha-2, where the platform told it. */
  readonly country?: string;
  readonly acr: string;
}

/** Something that happened to the account, newest first. `type` and `result` as in the audit trail. */
export interface ActivityWire {
  readonly at: number;
  readonly type: string;
  readonly result: string;
  readonly address: string;
  readonly country?: string;
  readonly device: string;
}

/** An address that waits for the code that was mailed to it. */
export interface PendingAddressWire {
  readonly email: string;
  readonly sent: SentCodeWire;
  readonly resendAt: number;
  readonly codeLength: number;
}

/** A reset that is not carried out yet, as its member sees it. */
export interface PendingResetWire {
  readonly by: string;
  readonly reason: string;
  readonly at: number;
  /** When it is carried out, if nothing is waited for. */
  readonly notBefore: number;
  /** Another administrator has to agree before. */
  readonly waits: boolean;
  /** The factor; absent: all. */
  readonly factorName?: string;
}

/** An access pass, as its member sees it. */
export interface IssuedPassWire {
  readonly by: string;
  readonly at: number;
  readonly expiresAt: number;
  readonly usedAt?: number;
}

/** GET /api/account, and the answer of each change to it. */
export interface AccountView {
  readonly email: string;
  readonly name: string;
  /** The member's choice; absent: as the browser asks. */
  readonly language?: string;
  readonly languages: readonly string[];
  readonly organizationName: string;
  /** They administer an organisation, so there is something for them at /admin. */
  readonly administers: boolean;
  readonly pendingEmail?: PendingAddressWire;
  /** A second address, for notices only. */
  readonly noticeEmail?: string;
  readonly pendingNoticeEmail?: PendingAddressWire;
  /** Mail to `email` did not arrive, by what the provider said. */
  readonly mailTrouble?: { readonly trouble: TroubleWire; readonly at: number };
  /** The same of `noticeEmail`. */
  readonly noticeMailTrouble?: { readonly trouble: TroubleWire; readonly at: number };
  readonly mfa: {
    readonly required: boolean;
    readonly reasons: readonly PolicyReasonWire[];
    /** That can be added now. */
    readonly kinds: readonly FactorKindWire[];
    /** That count here, whether they can be added or not. */
    readonly accepted: readonly FactorKindWire[];
    /** The weakest `acr` that is enough: `1fa`, `2fa`, `aal2` or `phr`. */
    readonly least: string;
    readonly phone?: PhoneRulesWire;
  };
  readonly enrollments: readonly EnrollmentWire[];
  /** An administrator wants factors of the account reset (S46); it can be stopped here. */
  readonly factorReset?: PendingResetWire;
  /** An access pass was issued for the account (S48a). */
  readonly pass?: IssuedPassWire;
  /** A mailbox or phone that waits for its code. */
  readonly pending?: PendingSentWire;
  readonly recoveryCodes: { readonly left: number; readonly madeAt?: number };
  readonly minimumPasswordLength: number;
  readonly sessions: readonly SessionWire[];
  readonly activity: readonly ActivityWire[];
  readonly session: { readonly authTime: number; readonly acr: string; readonly amr: readonly string[] };
}

/** A new set of recovery codes: in this one answer and never again. */
export interface NewRecoveryCodes {
  readonly codes: readonly string[];
  readonly account: AccountView;
}

// Account API, all below /api/account, same headers. "fresh": needs a sign-in not older than five minutes, as strong as
// the account's factors allow (S42).
//   GET  /                                                         -> AccountView
//   POST /profile                  { name?, language?: tag or '' } -> AccountView
//   POST /password                 { current, password }           -> AccountView   fresh; other sessions end
//   POST /email                    { email }   mails it a code     -> AccountView   fresh
//   POST /email/confirm            { code }                        -> AccountView
//   POST /notice-email             { email }   mails it a code     -> AccountView   fresh
//   POST /notice-email/confirm     { code }                        -> AccountView
//   POST /notice-email/remove      {}                              -> AccountView   fresh
//   POST /enrollments              { kind, renew?, number?, country?, channel?, replaces? } -> PendingWire   fresh
//   POST /enrollments/code         { channel? }  a new code to the pending one -> PendingWire
//   POST /enrollments/confirm      { enrollmentId, code, name }    -> AccountView   fresh
//   POST /enrollments/{id}/code    { channel? }  sends a code to it -> AccountView  fresh
//   POST /enrollments/{id}/verify  { code }  proves the old number -> AccountView   fresh
//   POST /enrollments/{id}/disable { code }                        -> AccountView   fresh; other sessions end
//   POST /enrollments/{id}/rename  { name }                        -> AccountView
//   POST /enrollments/{id}/default {}                              -> AccountView
//   POST /recovery-codes           {}  a new set voids the old one -> NewRecoveryCodes   fresh
//   POST /sessions/{sid}/end       {}                              -> AccountView
//   POST /sessions/end-others      {}                              -> AccountView
//   POST /reset/stop              {}  stops what an administrator wants -> AccountView
//   POST /sign-out                 {}                              -> { continue }
// A 401 `login_required` or `fresh_authentication_required` carries `continue`: navigate there; it leads back to /account.

// POST /api/reset/inspect { token } -> SetupView        a link for a forgotten password
// POST /api/reset { token, password } -> { continue }   never signs in by itself (S07)
// POST /api/stop { token } -> {}                         stops a reset that an administrator wants
// POST /api/not-me { token } -> {}                       ends the sign-in or session whose code the mail held
