// Every Redis key: what it holds and how long it lives. Steps build no key of their own; where a script follows a
// pointer (session to account) it uses a prefix from here. All records are hashes of scalars unless said otherwise,
// times are epoch seconds. A record's `expiresAt` decides; the key's lifetime only cleans up behind it.

export const prefix = {
  /** `account:{sub}`: email, emailVerified, name, folded (the name as lists search and sort it), status, password (PHC), home, epoch, version, createdAt,
   *  `member:{organization}` = role, `enrollment:{id}` = kind, noticeEmail, language, defaultEnrollment, setup, reset,
   *  `policy:{organization}` (what is demanded of this member, JSON), `exempt:{organization}` (JSON), policyVersion, snoozes,
   *  snoozedFor (the end of the grace period that they count for), lastSignInAt, invitedAt, setupUntil,
   *  `indexed:{organization}` (what lists of members know of it), factorReset (id of the one that is pending), codesOwed,
   *  passwordFailures, passwordFailedAt, lockedUntil, lockNotice, lockToldAt (`password-lock.lua.ts`),
   *  mailSuspendedUntil (S07), mailTrouble, mailTroubleAt (noticeMailTrouble, noticeMailTroubleAt of the second address), and what waits for a code: newEmail, newNoticeEmail. For ever. */
  account: 'account:',
  /** `address:{email}`: string, the account that an address names. For ever. */
  address: 'address:',
  /** `notice-address:{email}`: set of sub that have it as their second address. For ever. */
  noticeAddress: 'notice-address:',
  /** `organization:{id}`: name, createdAt, policy (JSON), policyVersion. For ever. */
  organization: 'organization:',
  /** `members:{organization}`: sorted set of sub by the time they joined. For ever. */
  members: 'members:',
  /** `member-texts:{organization}:{filter}`: sorted set by spelling of what members are searched and sorted by. For ever. */
  memberTexts: 'member-texts:',
  /** `member-sign-ins:{organization}:{filter}`: sorted set of sub by their last sign-in. For ever. */
  memberSignIns: 'member-sign-ins:',
  /** `member-ends:{organization}`: sorted set of sub by when a lock or an exemption of theirs ends. For ever. */
  memberEnds: 'member-ends:',
  /** `invite:{id}`: an invitation of somebody who has an account already, with the fields of one that is invited, and `for`
   *  (sub). For ever. */
  invite: 'invite:',
  /** `invites:{organization}`: hash, field = address, value = id of such an invitation. For ever. */
  invites: 'invites:',
  /** `sites:{organization}`: sorted set of the client_id of its sites by when they were made. For ever. */
  sites: 'sites:',
  /** `site:{client_id}`: a relying party made through the admin API: name, organization, redirectUris, postLogoutRedirectUris,
   *  authMethod, secretSha256, createdAt, policy (JSON), policyVersion, access. For ever. */
  site: 'site:',
  /** `site-members:{client_id}`: set of sub that may use a site whose access is `listed`. For ever. */
  siteMembers: 'site-members:',
  /** `enrollment:{id}`: sub, kind, name, sealed (seed or number), createdAt, lastUsedAt, counter (highest accepted), failures,
   *  waitUntil, lockedAt, lockedBefore; of a phone: masked, destination and range (keyed hashes that limits count by),
   *  country, trouble. For ever. */
  enrollment: 'enrollment:',
  /** `pending-enrollment:{owner}`: id, sub, kind, sealed, expiresAt, tries; of a phone: masked, destination, range, country,
   *  replaces. Ten minutes. */
  pendingEnrollment: 'pending-enrollment:',
  /** `challenge:{owner}:{what}`: the newest code for one factor or address in one interaction or session: mac, expiresAt,
   *  reference, channel, delivery, resendAt, sends, tries, provenAt. `owner` is an interaction's id or a session's key.
   *  Forty minutes. */
  challenge: 'challenge:',
  /** `recovery-codes:{sub}`: hash, field = keyed hash of an unused code, value = when the set was made. For ever. */
  recoveryCodes: 'recovery-codes:',
  /** `not-me:{hash of the token}`: owner (key of an interaction or session), sub, own (1: it went to a mailbox that is
   *  proven), expiresAt. An hour. */
  notMe: 'not-me:',
  /** `reset:{hash of the token}`: sub, expiresAt. An hour. */
  reset: 'reset:',
  /** `help:{sub}`: at, address: a member asked the administrators for help. A day. */
  help: 'help:',
  /** `help-requests:{organization}`: sorted set of sub by when they asked. For ever. */
  helpRequests: 'help-requests:',
  /** `factor-reset:{id}`: sub, organization, enrollment (none: all), factorName, reason, by, byId, at, approvalsNeeded, approvals
   *  and approvers (JSON), delaySeconds, notBefore, expiresAt (of one that nobody has agreed to), stop, notice (sealed, for when it is carried out).
   *  Until it is carried out, stopped or called off. For ever. */
  factorReset: 'factor-reset:',
  /** `factor-resets:{organization}`: sorted set of ids of resets that are pending, by when they were asked for. For ever. */
  factorResets: 'factor-resets:',
  /** `reset-stop:{hash of the token}`: string, the id of the reset that the link stops. A fortnight. */
  resetStop: 'reset-stop:',
  /** `access-pass:{sub}`: mac (none once it was used), organization, minutes, by, byId, at, approvalsNeeded, approvals and
   *  approvers (JSON), notBefore, expiresAt, usedAt. As long as it is good or waits to be, and a day. */
  accessPass: 'access-pass:',
  /** `known-browsers:{sub}`: sorted set of hashes of browsers that completed a sign-in with a second factor, by when they are
   *  forgotten; twenty at most. Ninety days. */
  knownBrowsers: 'known-browsers:',
  /** `password-failures:{email}`: passwordFailures, passwordFailedAt, lockedUntil of an address that names no account, so that
   *  it is answered like one that does. A day. */
  passwordFailures: 'password-failures:',
  /** `sent-to:{enrollment}`: set of the keys of codes that were sent to a factor. Forty minutes. */
  sentTo: 'sent-to:',
  /** `pending-of:{sub}`: set of the keys of enrollments that wait for their first code. Ten minutes. */
  pendingOf: 'pending-of:',
  /** `administrators:{organization}`: set of sub of its admins and owners. For ever. */
  administrators: 'administrators:',
  /** `sessions:{sub}`: sorted set of session keys by when they end at the latest. For ever. */
  sessions: 'sessions:',
  /** `activity:{sub}`: list of events, newest first, a hundred at most. For ever. */
  activity: 'activity:',
  /** `audit-log:{organization}`, and the same with `:group:{group}` and `:member:{sub}`: sorted set of ids of the audit stream
   *  by when it happened. For ever. */
  auditLog: 'audit-log:',
  /** `stats:{organization}:{days since 1970}`: how many signed in or failed to on a day: field `{kind}:ok` or
   *  `{kind}:failed`. 400 days. */
  stats: 'stats:',
  /** `coverage:{organization}`: field = days since 1970, value = `{members with a second factor}/{members}` when that day
   *  changed them last. For ever. */
  coverage: 'coverage:',
  /** `covered:{organization}`: set of sub of its members who have a second factor. For ever. */
  covered: 'covered:',
  /** `job:{id}`: a message that waits to be sent, and for a day that it was: lane, sealed, to or destination with sub and
   *  enrollment, language, channel, createdAt, expiresAt, attempts, challenge, reference. */
  job: 'job:',
  /** `jobs:{lane}:{urgency}`: sorted set of job ids by when they are due. For ever. */
  jobs: 'jobs:',
  /** `interaction:{id}`: one login journey. Thirty minutes. */
  interaction: 'interaction:',
  /** `session:{hash of its secret}`: sub, sid, authTime, methods, level, epoch, lastSeenAt, idleSeconds, expiresAt,
   *  createdAt, device, address, country; what was decided of it at the account page (`judgement.ts`).
   *  As long as its level allows (S49). */
  session: 'session:',
  /** `setup:{hash of the token}`: sub, expiresAt. Seven days. */
  setup: 'setup:',
  /** `grant:{jti of the authorization code}`: what a code was changed for; its presence marks the code as used. As long
   *  as the access token. */
  grant: 'grant:',
  /** `assertion:{issuer}:{jti}`: string, a client assertion that was seen. As long as it is valid. */
  assertion: 'assertion:',
  /** `limit:{name}:{subject}`: sorted set of the times at which the limit let something through. Its period and a minute. */
  limit: 'limit:',
  /** `kept:{id}`: string, the answer of a step that changed something, for its retry. Two minutes. */
  kept: 'kept:',
} as const;

/** Stream of audit events, append-only. For ever. */
export const AUDIT_STREAM = 'audit';

/** Sorted set of ids of resets that have enough approvals, by when they are to be carried out. For ever. */
export const DUE_RESETS = 'due-resets';

/** Sorted set of organisation ids by creation time. For ever. */
export const ORGANIZATIONS = 'organizations';

export const key = {
  account: (sub: string): string => prefix.account + sub,
  address: (email: string): string => prefix.address + email,
  noticeAddress: (email: string): string => prefix.noticeAddress + email,
  organization: (id: string): string => prefix.organization + id,
  members: (organizationId: string): string => prefix.members + organizationId,
  sites: (organizationId: string): string => prefix.sites + organizationId,
  site: (clientId: string): string => prefix.site + clientId,
  enrollment: (id: string): string => prefix.enrollment + id,
  pendingEnrollment: (owner: string): string => prefix.pendingEnrollment + owner,
  interaction: (id: string): string => prefix.interaction + id,
  challenge: (owner: string, what: string): string => `${prefix.challenge}${owner}:${what}`,
  recoveryCodes: (sub: string): string => prefix.recoveryCodes + sub,
  notMe: (tokenHash: string): string => prefix.notMe + tokenHash,
  reset: (tokenHash: string): string => prefix.reset + tokenHash,
  factorReset: (id: string): string => prefix.factorReset + id,
  resetStop: (tokenHash: string): string => prefix.resetStop + tokenHash,
  accessPass: (sub: string): string => prefix.accessPass + sub,
  job: (id: string): string => prefix.job + id,
  session: (secretHash: string): string => prefix.session + secretHash,
  setup: (tokenHash: string): string => prefix.setup + tokenHash,
  grant: (jti: string): string => prefix.grant + jti,
  assertion: (issuer: string, jti: string): string => `${prefix.assertion}${issuer}:${jti}`,
  kept: (id: string): string => prefix.kept + id,
} as const;
