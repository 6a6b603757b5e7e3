// An organisation with some of everything, as the service tells it to the administration.

import type {
  AccessPassWire,
  FactorResetWire,
  InviteWire,
  MemberFactorWire,
  MemberFilterWire,
  MemberPage,
  MemberView,
  MemberWire,
  OrganizationWire,
  PolicyExplanationWire,
} from '../../worker/interaction/wire.ts';
import { otherSession, thisSession } from './screens.account.views.ts';
import { NOW } from './screens.views.ts';

const DAY = 86_400;

export const organization: OrganizationWire = { id: 'example', name: 'Example Ltd', role: 'owner' };
export const otherOrganization: OrganizationWire = { id: 'agency', name: 'The Agency', role: 'admin' };

export const counts: Readonly<Record<MemberFilterWire, number>> = {
  all: 1204,
  no_factor: 212,
  weak: 88,
  totp: 790,
  phone: 310,
  email: 140,
  invited: 14,
  exempt: 3,
  locked: 2,
  suspended: 5,
  administrators: 6,
  needs_help: 1,
};

export const member: MemberWire = {
  sub: 'ada',
  email: 'ada@example.com',
  name: 'Ada Lovelace',
  role: 'member',
  status: 'active',
  isHome: true,
  kinds: ['totp', 'phone'],
  strength: 'aal2',
  lastSignInAt: NOW - 3600,
};

export const members: readonly MemberWire[] = [
  member,
  {
    ...member,
    sub: 'bob',
    email: 'bob.with.a.rather.long.address@subsidiary.example.com',
    name: 'Bob',
    kinds: ['email'],
    strength: '2fa',
    exemptUntil: NOW + 20 * DAY,
  },
  {
    ...member,
    sub: 'carl',
    email: 'carl@example.com',
    name: 'Carl Carlsson',
    kinds: ['totp'],
    locked: { why: 'second_factor', until: NOW + 600 },
    helpAskedAt: NOW - 900,
  },
  {
    sub: 'dora',
    email: 'dora@example.com',
    name: 'Dora',
    role: 'member',
    status: 'invited',
    isHome: true,
    kinds: [],
    strength: 'none',
    inviteExpiresAt: NOW + DAY,
  },
  { ...member, sub: 'eve', email: 'eve@example.com', name: 'Eve Evans', role: 'admin', status: 'suspended' },
  { ...member, sub: 'olga', email: 'olga@agency.example', name: 'Olga', role: 'owner', isHome: false },
];

export const memberPage: MemberPage = { members, total: counts.all, counts, next: 'cursor-2' };

export const morePage: MemberPage = {
  members: [{ ...member, sub: 'zoe', email: 'zoe@example.com', name: 'Zoe' }],
  total: counts.all,
  counts,
};

export const app: MemberFactorWire = {
  enrollmentId: 'app-1',
  kind: 'totp',
  name: 'My phone’s app',
  createdAt: NOW - 90 * DAY,
  lastUsedAt: NOW - 3600,
  failures: 0,
  isDisabled: false,
};

export const phone: MemberFactorWire = {
  enrollmentId: 'phone-1',
  kind: 'phone',
  name: 'Work phone',
  destination: '+45 •• •• •• 12',
  createdAt: NOW - 10 * DAY,
  failures: 4,
  isDisabled: true,
};

export const explanation: PolicyExplanationWire = {
  required: true,
  least: '2fa',
  accepted: ['totp', 'phone', 'email'],
  must: [],
  coming: {
    until: NOW + 7 * DAY,
    snoozes: 5,
    snoozesLeft: 3,
    least: 'aal2',
    accepted: ['totp', 'phone'],
    must: [],
  },
  layers: [
    { source: 'service', policy: { required: true, least: '2fa' } },
    {
      source: 'organization',
      of: 'Example Ltd',
      policy: {
        least: 'aal2',
        accepted: ['totp', 'phone'],
        grace: { until: NOW + 7 * DAY, snoozes: 5 },
        sessions: { aal2: { overall: 8 * 3600 } },
      },
    },
    { source: 'member', policy: { must: ['totp'] } },
  ],
  sessions: { aal2: { overall: 8 * 3600, idle: 3600 } },
  next: 'challenge',
};

const ALL = { changeRole: true, suspend: true, remove: true, reset: true, pass: true, exempt: true };

/** As most are. */
export const memberView: MemberView = {
  member,
  factors: [app, phone],
  recoveryCodesLeft: 7,
  sessions: [thisSession, otherSession],
  explanation,
  may: ALL,
};

export const reset: FactorResetWire = {
  id: 'reset-1',
  sub: 'eve',
  memberName: 'Eve Evans',
  memberEmail: 'eve@example.com',
  reason: 'Lost her bag with the phone in it',
  by: 'Grace Hopper',
  at: NOW - 7200,
  approvalsNeeded: 2,
  approvals: ['Mary Jackson'],
  notBefore: NOW + DAY,
  mayApprove: true,
};

export const pass: AccessPassWire = {
  by: 'Grace Hopper',
  at: NOW - 60,
  expiresAt: NOW + 3600,
  approvalsNeeded: 0,
  approvals: [],
  notBefore: NOW - 60,
  mayApprove: false,
};

/** Everything that can be the matter at once. */
export const troubledView: MemberView = {
  ...memberView,
  member: {
    ...member,
    role: 'admin',
    locked: { why: 'second_factor', until: NOW + 600 },
    helpAskedAt: NOW - 900,
    exemptUntil: NOW + 20 * DAY,
  },
  exemption: { reason: 'On a ship without coverage', until: NOW + 20 * DAY, by: 'Grace Hopper' },
  must: 'totp',
  reset: { ...reset, sub: 'ada', memberName: 'Ada Lovelace', memberEmail: 'ada@example.com' },
  pass: { ...pass, approvalsNeeded: 1, mayApprove: true },
  explanation: { ...explanation, next: 'may_put_off', must: ['totp'] },
};

/** A guest, of whom nothing may be changed but the membership. */
export const guestView: MemberView = {
  ...memberView,
  member: { ...member, isHome: false },
  factors: [],
  sessions: [],
  recoveryCodesLeft: 0,
  may: { changeRole: false, suspend: false, remove: false, reset: false, pass: false, exempt: false },
};

export const invites: readonly InviteWire[] = [
  {
    sub: 'dora',
    email: 'dora@example.com',
    name: 'Dora',
    role: 'member',
    invitedAt: NOW - DAY,
    expiresAt: NOW + DAY,
  },
  {
    sub: 'finn',
    email: 'finn@example.com',
    name: 'Finn',
    role: 'admin',
    invitedAt: NOW - 9 * DAY,
    expiresAt: NOW - 2 * DAY,
  },
];

export const requests = {
  resets: [
    reset,
    {
      ...reset,
      id: 'reset-2',
      enrollmentId: 'app-1',
      factorName: 'Old tablet',
      approvalsNeeded: 0,
      approvals: [],
      mayApprove: false,
    },
  ],
  help: [
    { ...member, sub: 'carl', name: 'Carl Carlsson', email: 'carl@example.com', helpAskedAt: NOW - 900 },
  ],
};
