// What messages say, before they have a language: shapes that a job keeps sealed until it is sent. This folder owns the
// words around a code and a notice; it must not know how a message is delivered, nor read anything itself.
import type { EpochSeconds } from '../ports/clock.ts';

/** When and where something happened, as the person is told. */
export interface Circumstances {
  /** The site that was to be entered; the service's own name for the portal. */
  readonly siteName: string;
  readonly at: EpochSeconds;
  readonly address: string;
  /** ISO 3166-1 alpha-2, where the platform tells. */
  readonly country?: string;
  /** User agent. */
  readonly device: string;
}

/**
 * What a code is for. `sign_in`: a challenge. `mailbox`: opens a first enrolment (S48). `enroll`: proves a new factor.
 * `prove`: shows that a factor is theirs before it is changed or removed. `new_address`: proves a new address.
 */
export type CodePurpose = 'sign_in' | 'mailbox' | 'enroll' | 'prove' | 'new_address';

/** What a notice tells (S43). */
export type NoticeKind =
  | 'factor_added'
  | 'factor_removed'
  | 'factor_changed'
  | 'recovery_used'
  | 'recovery_codes_renewed'
  | 'second_factor_failed'
  | 'second_factor_locked'
  | 'password_changed'
  | 'password_reset'
  | 'email_changed'
  | 'notice_address_changed'
  | 'reset_requested'
  | 'suspended'
  | 'restored'
  | 'role_changed'
  | 'sessions_ended'
  | 'joined'
  | 'policy_changed'
  | 'password_locked'
  | 'pass_used';

export interface CodeContent {
  readonly template: 'code';
  readonly purpose: CodePurpose;
  readonly oneTimeCode: string;
  readonly reference: string;
  readonly circumstances: Circumstances;
  /** Same-origin path of "this was not me", with its token in the fragment; in mails only. */
  readonly notMePath?: string;
}

/** A factor as a notice names it. */
export interface FactorFact {
  readonly kind: 'totp' | 'phone' | 'email';
  readonly name: string;
  /** Of a phone: the number with all but its last two digits hidden (S20). */
  readonly masked?: string;
}

export interface NoticeContent {
  readonly template: 'notice';
  readonly notice: NoticeKind;
  readonly circumstances: Circumstances;
  /** The factors that it is about. */
  readonly factors?: readonly FactorFact[];
  /** What else it is about: the new address, the organisation. */
  readonly subject?: string;
  /** Of what an administrator did: who, and why. */
  readonly by?: string;
  readonly reason?: string;
}

/** The link with which a forgotten password is replaced (S07). */
export interface PasswordResetContent {
  readonly template: 'password_reset';
  /** Same-origin path with the token in the fragment. */
  readonly path: string;
  readonly minutes: number;
  readonly circumstances: Circumstances;
}

/** To administrators: a member can use none of their factors. */
export interface HelpContent {
  readonly template: 'help';
  readonly memberName: string;
  readonly memberEmail: string;
  readonly organizationName: string;
  readonly circumstances: Circumstances;
}

/** To a member: an administrator wants their factors reset, has had them reset, or has called it off (S46). */
export interface FactorResetContent {
  readonly template: 'factor_reset';
  readonly stage: 'asked' | 'done' | 'cancelled';
  /** Who wants it. */
  readonly by: string;
  readonly organizationName: string;
  readonly reason: string;
  readonly at: EpochSeconds;
  /** With `asked`: when it is carried out, and whether another administrator has to agree before. */
  readonly notBefore?: EpochSeconds;
  readonly waits?: boolean;
  /** With `asked`: same-origin path with the token in the fragment. */
  readonly stopPath?: string;
  readonly factors?: readonly FactorFact[];
}

/** To administrators: the member has stopped the reset that they wanted. */
export interface ResetStoppedContent {
  readonly template: 'reset_stopped';
  readonly memberName: string;
  readonly memberEmail: string;
  readonly organizationName: string;
  readonly at: EpochSeconds;
}

/** To a member: an administrator has issued an access pass for their account (S48a). Never with its code. */
export interface PassIssuedContent {
  readonly template: 'pass_issued';
  readonly by: string;
  readonly organizationName: string;
  readonly at: EpochSeconds;
  readonly minutes: number;
  /** It is good from then on. */
  readonly notBefore: EpochSeconds;
  /** Another administrator has to agree before. */
  readonly waits: boolean;
}

/** To a new member: the link with which they choose a password. */
export interface SetupContent {
  readonly template: 'setup';
  readonly path: string;
  readonly memberName: string;
  readonly organizationName: string;
  readonly days: number;
}

/** To somebody who has an account already: the link with which they join another organisation as well (S87). */
export interface JoinContent {
  readonly template: 'join';
  readonly path: string;
  readonly organizationName: string;
  readonly days: number;
}

export type MessageContent =
  | CodeContent
  | NoticeContent
  | PasswordResetContent
  | HelpContent
  | SetupContent
  | JoinContent
  | FactorResetContent
  | ResetStoppedContent
  | PassIssuedContent;

/** Who sends: shown in every message. `issuer` is the configuration's, never `Host` (S23). */
export interface Sender {
  readonly serviceName: string;
  readonly issuer: string;
}
