// Answers of the administration API as its contract has them, for commands to be run against.
import type {
  AccessPassWire,
  AdminSiteWire,
  AuditEntryWire,
  FactorResetWire,
  InviteWire,
  MemberPage,
  MemberView,
  MemberWire,
  NewAccessPassWire,
  NewSiteWire,
  PolicyExplanationWire,
  PolicyTrialWire,
  PolicyView,
} from '../../../worker/interaction/wire.ts';

/** 2026-11-24 12:00 UTC. */
export const NOON = 1_795_521_600;

const COUNTS: MemberPage['counts'] = {
  ...{ all: 2, no_factor: 1, weak: 1, totp: 1, phone: 0, email: 0, invited: 0, exempt: 0 },
  ...{ locked: 0, suspended: 0, administrators: 1, needs_help: 0 },
};

export const ADA: MemberWire = {
  sub: 'sub-ada',
  email: 'ada@example.com',
  name: 'Ada Example',
  role: 'admin',
  status: 'active',
  isHome: true,
  kinds: ['totp', 'email'],
  strength: 'aal2',
  lastSignInAt: NOON,
};

export const ADAM: MemberWire = {
  sub: 'sub-adam',
  email: 'ada@example.com.au',
  name: 'Adam',
  role: 'member',
  status: 'invited',
  isHome: false,
  kinds: [],
  strength: 'none',
  locked: { why: 'password', until: NOON + 60 },
  exemptUntil: NOON,
  helpAskedAt: NOON,
  inviteExpiresAt: NOON,
};

export function pageOf(members: readonly MemberWire[], next?: string): MemberPage {
  return { members, total: members.length, counts: COUNTS, ...(next === undefined ? {} : { next }) };
}

export const RESET: FactorResetWire = {
  id: 'reset-1',
  sub: ADA.sub,
  memberName: ADA.name,
  memberEmail: ADA.email,
  factorName: 'My phone',
  reason: 'Lost it',
  by: 'Olive',
  at: NOON,
  approvalsNeeded: 2,
  approvals: ['Bo'],
  notBefore: NOON + 3600,
  mayApprove: true,
};

export const PASS: AccessPassWire = {
  by: 'operator-1',
  at: NOON,
  expiresAt: NOON + 3600,
  approvalsNeeded: 0,
  approvals: [],
  notBefore: NOON,
  mayApprove: false,
};

export const NEW_PASS: NewAccessPassWire = { code: 'ABCD-EFGH-JKLM', pass: PASS };

export const EXPLANATION: PolicyExplanationWire = {
  required: true,
  least: '2fa',
  accepted: ['totp', 'phone', 'email'],
  must: [],
  coming: {
    ...{ until: NOON + 86_400, snoozes: 5, snoozesLeft: 2 },
    ...{ least: 'aal2', accepted: ['totp', 'phone'], must: ['totp'] },
  },
  layers: [
    { source: 'service', policy: { required: true, sessions: { aal2: { overall: 86_400 } } } },
    {
      source: 'organization',
      of: 'acme',
      policy: {
        ...{ least: 'aal2', accepted: ['totp', 'phone'], countries: ['DK', 'SE'], resetDelaySeconds: 86_400 },
        ...{
          grace: { until: NOON + 86_400, snoozes: 5 },
          sessions: { aal2: { overall: 28_800, idle: 900 } },
        },
      },
      exempt: { reason: 'On leave', until: 4_000_000_000, by: 'Olive' },
    },
    { source: 'member', of: 'acme', policy: { must: ['totp'] } },
  ],
  sessions: { aal2: { overall: 28_800, idle: 900 } },
  next: 'may_put_off',
};

export const VIEW: MemberView = {
  member: ADA,
  factors: [
    {
      ...{ enrollmentId: 'e1', kind: 'totp', name: 'My phone', createdAt: NOON, lastUsedAt: NOON },
      ...{ failures: 0, isDisabled: false },
    },
    {
      ...{
        enrollmentId: 'e2',
        kind: 'email',
        name: 'Mail',
        destination: 'a•••@example.com',
        createdAt: NOON,
      },
      ...{ failures: 3, waitUntil: NOON + 30, isDisabled: false },
    },
  ],
  recoveryCodesLeft: 9,
  sessions: [
    {
      ...{ sid: 's1', createdAt: NOON, lastSeenAt: NOON, device: 'Firefox on Linux' },
      ...{ address: '192.0.2.1', country: 'DK', acr: 'aal2' },
    },
  ],
  must: 'totp',
  exemption: { reason: 'On leave', until: 4_000_000_000, by: 'Olive' },
  reset: RESET,
  pass: PASS,
  explanation: EXPLANATION,
  may: { changeRole: true, suspend: true, remove: true, reset: true, pass: true, exempt: true },
};

export const INVITE: InviteWire = {
  sub: 'sub-kim',
  email: 'kim@example.com',
  name: 'Kim',
  role: 'member',
  invitedAt: NOON,
  expiresAt: NOON + 604_800,
};

export const SITE: AdminSiteWire = {
  clientId: 'c1',
  name: 'Example site',
  isConfigured: false,
  redirectUris: ['https://a.example/x'],
  postLogoutRedirectUris: [],
  isPublic: false,
  policy: { least: 'aal2' },
  access: 'listed',
  listed: 3,
  listedMembers: ['kim', 'lee', 'mo'].map((name) => ({
    sub: `sub-${name}`,
    name,
    email: `${name}@example.com`,
  })),
};

export const NEW_SITE: NewSiteWire = { site: SITE, clientSecret: 'secret-2' };

export const POLICY: PolicyView = {
  policy: { required: true, least: 'aal2' },
  version: 4,
  floor: { required: true },
  kinds: ['totp', 'email'],
  countries: [],
};

export const TRIAL: PolicyTrialWire = {
  ...{ members: 120, fine: 80, mustEnroll: 30, mayPutOff: 30, exempt: 5, cannot: 5, incomplete: true },
  affected: [{ sub: ADAM.sub, name: ADAM.name, email: ADAM.email, effect: 'may_put_off' }],
};

export const ENTRY: AuditEntryWire = {
  id: '1-0',
  at: NOON,
  type: 'challenge.answer',
  result: 'wrong_code',
  requestId: 'r1',
  sub: ADA.sub,
  memberName: ADA.name,
  clientId: 'c1',
  address: '192.0.2.1',
  country: 'DK',
  details: { kind: 'totp' },
};
