// The JSON of the administration API: shapes only, imported by both sides through wire.ts.
import type { ExemptionWire, PolicyExplanationWire, PolicyWire } from './policy-wire.ts';
import type { FactorKindWire } from './wire.ts';

export type MemberRoleWire = 'member' | 'admin' | 'owner';

/** What lists can be narrowed to; each has an index of its own. `weak`: a factor, but none that gives more than `2fa`. */
export type MemberFilterWire =
  | 'all'
  | 'no_factor'
  | 'weak'
  | 'totp'
  | 'phone'
  | 'email'
  | 'invited'
  | 'exempt'
  | 'locked'
  | 'suspended'
  | 'administrators'
  | 'needs_help';

/** A member as a list shows them. */
export interface MemberWire {
  readonly sub: string;
  readonly email: string;
  readonly name: string;
  readonly role: MemberRoleWire;
  readonly status: 'invited' | 'active' | 'suspended';
  /** This organisation is their home: only then it may reset, suspend and unlock, or issue a pass (S87). */
  readonly isHome: boolean;
  readonly kinds: readonly FactorKindWire[];
  /** The strongest that their factors can give. */
  readonly strength: 'none' | '2fa' | 'aal2' | 'phr';
  /** Epoch seconds, as all times here. */
  readonly lastSignInAt?: number;
  readonly exemptUntil?: number;
  /** Why they can't sign in for now. */
  readonly locked?: { readonly why: 'password' | 'second_factor' | 'disabled'; readonly until?: number };
  /** They asked for help and nobody has answered. */
  readonly helpAskedAt?: number;
  readonly inviteExpiresAt?: number;
}

/** GET /members?filter=&search=&sort=name|last_sign_in&cursor= : fifty at a time, one round trip. A search is in the order of names. */
export interface MemberPage {
  readonly members: readonly MemberWire[];
  /** How many the filter has, without the search. */
  readonly total: number;
  /** Counts of all filters. */
  readonly counts: Readonly<Record<MemberFilterWire, number>>;
  /** Absent on the last page. */
  readonly next?: string;
}

/** A factor as an administrator sees it: never a secret or a whole number (S20). */
export interface MemberFactorWire {
  readonly enrollmentId: string;
  readonly kind: FactorKindWire;
  readonly name: string;
  readonly destination?: string;
  readonly createdAt: number;
  readonly lastUsedAt?: number;
  readonly failures: number;
  readonly waitUntil?: number;
  readonly isDisabled: boolean;
}

/** A reset of factors that was asked for and is not carried out yet (S46). */
export interface FactorResetWire {
  readonly id: string;
  readonly sub: string;
  readonly memberName: string;
  readonly memberEmail: string;
  /** Absent: all factors. */
  readonly enrollmentId?: string;
  readonly factorName?: string;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
  /** How many administrators have to agree, the one who asked not counted, and how many have. */
  readonly approvalsNeeded: number;
  readonly approvals: readonly string[];
  /** When it is carried out, once there are enough. The member may stop it until then. */
  readonly notBefore: number;
  /** Whether who asks this list may approve it. */
  readonly mayApprove: boolean;
}

/** A pass that is good, without its code (S48a). */
export interface AccessPassWire {
  readonly by: string;
  readonly at: number;
  readonly expiresAt: number;
  readonly approvalsNeeded: number;
  readonly approvals: readonly string[];
  readonly notBefore: number;
  readonly usedAt?: number;
  readonly mayApprove: boolean;
}

/** The answer to issuing one: the code is in it and never again. */
export interface NewAccessPassWire {
  readonly code: string;
  readonly pass: AccessPassWire;
}

export interface MemberSessionWire {
  readonly sid: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly device: string;
  readonly address: string;
  readonly country?: string;
  readonly acr: string;
}

/** GET /members/{sub}, and the answer of each change to a member. */
export interface MemberView {
  readonly member: MemberWire;
  readonly factors: readonly MemberFactorWire[];
  readonly recoveryCodesLeft: number;
  readonly sessions: readonly MemberSessionWire[];
  readonly exemption?: ExemptionWire;
  /** A kind that this member has to set up. */
  readonly must?: FactorKindWire;
  readonly reset?: FactorResetWire;
  readonly pass?: AccessPassWire;
  readonly explanation: PolicyExplanationWire;
  /** What who asks may do with this member. */
  readonly may: {
    readonly changeRole: boolean;
    readonly suspend: boolean;
    readonly remove: boolean;
    readonly reset: boolean;
    readonly pass: boolean;
    readonly exempt: boolean;
  };
}

export interface InviteWire {
  readonly sub: string;
  readonly email: string;
  readonly name: string;
  readonly role: MemberRoleWire;
  readonly invitedAt: number;
  readonly expiresAt: number;
}

/** The answer to a CSV of invitations: lines count from 1, the heading among them. Good lines are invited. */
export interface BulkInviteReport {
  readonly invited: number;
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/** POST /api/join/inspect { token }, signed in: what an invitation of another organisation offers; POST /api/join takes it. */
export interface JoinWire {
  readonly organizationName: string;
  readonly role: MemberRoleWire;
}

export interface AdminSiteWire {
  readonly clientId: string;
  readonly name: string;
  /** Of the configuration: it can be seen here and changed there. */
  readonly isConfigured: boolean;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly isPublic: boolean;
  readonly policy: PolicyWire;
  /** `members`: all of the organisation. `listed`: only those in the list. */
  readonly access: 'members' | 'listed';
  readonly listed: number;
  /** Those in the list, the first two hundred. */
  readonly listedMembers: readonly { readonly sub: string; readonly name: string; readonly email: string }[];
  readonly createdAt?: number;
}

/** The answer to making a site or a new secret: the secret is in it and never again. */
export interface NewSiteWire {
  readonly site: AdminSiteWire;
  readonly clientSecret?: string;
}

export interface AuditEntryWire {
  readonly id: string;
  readonly at: number;
  readonly type: string;
  readonly result: string;
  readonly requestId: string;
  readonly sub?: string;
  readonly memberName?: string;
  readonly by?: string;
  readonly clientId?: string;
  readonly address?: string;
  readonly country?: string;
  readonly device?: string;
  /** What else the event says: never a secret (S70, S71). */
  readonly details: Readonly<Record<string, string>>;
}

/** Groups of events that can be filtered by. */
export type AuditGroupWire =
  'sign_in' | 'factor' | 'account' | 'policy' | 'admin' | 'message' | 'site' | 'other';

/** GET /audit?member=&group=&from=&to=&cursor= : newest first, a hundred at a time. */
export interface AuditPage {
  readonly entries: readonly AuditEntryWire[];
  readonly next?: string;
}

/** GET /overview: for the charts. Days are UTC dates, oldest first. */
export interface OverviewWire {
  readonly organization: { readonly id: string; readonly name: string };
  readonly role: MemberRoleWire;
  readonly counts: Readonly<Record<MemberFilterWire, number>>;
  /** Members with a second factor and all, at the end of each day. */
  readonly coverage: readonly { readonly day: string; readonly covered: number; readonly members: number }[];
  readonly signIns: readonly {
    readonly day: string;
    readonly kind: string;
    readonly result: 'ok' | 'failed';
    readonly count: number;
  }[];
  readonly resets: number;
  readonly helpRequests: number;
}

export interface OrganizationWire {
  readonly id: string;
  readonly name: string;
  readonly role: MemberRoleWire;
}

// Administration API. A browser calls it below /api/organizations (session cookie, x-csrf-token), the command line below
// /api/admin/organizations with an operator's token. The same routes and answers. "fresh": a browser's sign-in has to be
// younger than five minutes and as strong as the account's factors allow, else 401 `fresh_authentication_required`.
// All below /{organization} but the first:
//   GET    /                                        -> { organizations: OrganizationWire[] }   (those one administers)
//   GET    /overview                                -> OverviewWire
//   GET    /members?filter=&search=&sort=&cursor=   -> MemberPage
//   GET    /members.csv?filter=&search=             -> text/csv, all pages
//   GET    /members/{sub}                           -> MemberView
//   POST   /members/{sub}/role      { role }                       -> MemberView   fresh
//   POST   /members/{sub}/suspend   { reason }                     -> MemberView   fresh; sessions end
//   POST   /members/{sub}/restore   {}                             -> MemberView   fresh
//   POST   /members/{sub}/remove    {}                             -> {}           fresh; a home member's account is deleted
//   POST   /members/{sub}/sessions/end {}                          -> MemberView   fresh
//   POST   /members/{sub}/unlock    {}                             -> MemberView   fresh
//   POST   /members/{sub}/exempt    { reason, until }  or { until: 0 } to end it -> MemberView   fresh
//   POST   /members/{sub}/must      { kind }  or {} for none       -> MemberView   fresh
//   POST   /members/{sub}/reset     { reason, enrollmentId? }      -> MemberView   fresh
//   POST   /members/{sub}/pass      { minutes? }                   -> NewAccessPassWire   fresh
//   POST   /members/{sub}/pass/approve {}  /pass/revoke {}         -> MemberView   fresh
//   POST   /members/{sub}/help/dismiss {}                          -> MemberView
//   GET    /members/{sub}/policy?site=              -> PolicyExplanationWire
//   GET    /invites                                 -> { invites: InviteWire[] }
//   POST   /invites                 { email, name, role }          -> InviteWire   fresh
//   POST   /invites/bulk            { csv }                        -> BulkInviteReport   fresh
//   POST   /invites/{sub}/resend    {}    /invites/{sub}/revoke {} -> { invites }  fresh
//   GET    /resets                                  -> { resets: FactorResetWire[], help: MemberWire[] }
//   POST   /resets/{id}/approve {}  /resets/{id}/cancel {}         -> { resets, help }   fresh
//   GET    /sites                                   -> { sites: AdminSiteWire[] }
//   POST   /sites                   { name, redirectUris, postLogoutRedirectUris?, isPublic? } -> NewSiteWire   fresh
//   POST   /sites/{clientId}        { name?, redirectUris?, postLogoutRedirectUris?, policy?, access?, listed? } -> AdminSiteWire   fresh
//   POST   /sites/{clientId}/secret {}                             -> NewSiteWire   fresh; the old secret is void
//   POST   /sites/{clientId}/remove {}                             -> { sites }     fresh
//   GET    /policy                                  -> PolicyView
//   POST   /policy                  { policy, version }            -> PolicyView    fresh; 409 `wrong_step` if another changed it
//   POST   /policy/try              { policy }                     -> PolicyTrialWire
//   GET    /audit?member=&group=&from=&to=&cursor=  -> AuditPage
//   GET    /audit.csv  /audit.jsonl  with the same filters         -> all of it, as a stream
