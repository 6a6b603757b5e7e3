// The sites, the policy, the audit log and the numbers of an organisation, as the service tells them.

import type {
  AdminSiteWire,
  AuditEntryWire,
  OverviewWire,
  PolicyTrialWire,
  PolicyView,
} from '../../worker/interaction/wire.ts';
import { thisSession } from './screens.account.views.ts';
import { counts } from './screens.admin.views.ts';
import { NOW } from './screens.views.ts';

const DAY = 86_400;

export const site: AdminSiteWire = {
  clientId: 'site-1',
  name: 'www.example.com',
  isConfigured: false,
  redirectUris: ['https://www.example.com/umbraco-signin-penumbra'],
  postLogoutRedirectUris: ['https://www.example.com/umbraco'],
  isPublic: false,
  policy: { least: 'aal2' },
  access: 'listed',
  listed: 1,
  listedMembers: [{ sub: 'ada', name: 'Ada Lovelace', email: 'ada@example.com' }],
  createdAt: NOW - 90 * DAY,
};

export const sites: readonly AdminSiteWire[] = [
  site,
  {
    ...site,
    clientId: 'configured',
    name: 'Intranet',
    isConfigured: true,
    policy: {},
    access: 'members',
    listed: 0,
    listedMembers: [],
  },
];

export const policyView: PolicyView = {
  policy: { required: true, least: '2fa' },
  version: 7,
  floor: {
    required: true,
    least: '2fa',
    accepted: ['totp', 'phone', 'email'],
    sessions: { aal2: { overall: 12 * 3600, idle: 3600 } },
    resetDelaySeconds: 4 * 3600,
  },
  kinds: ['totp', 'phone', 'email'],
  countries: ['DK', 'SE', 'NO', 'DE', 'GB'],
};

export const trial: PolicyTrialWire = {
  members: 1204,
  fine: 980,
  mustEnroll: 219,
  mayPutOff: 200,
  exempt: 3,
  cannot: 2,
  affected: [
    { sub: 'bob', name: 'Bob', email: 'bob@example.com', effect: 'may_put_off' },
    { sub: 'dora', name: 'Dora', email: 'dora@example.com', effect: 'must_enroll' },
    { sub: 'carl', name: '', email: 'carl@example.com', effect: 'cannot' },
  ],
  incomplete: false,
};

export const entry: AuditEntryWire = {
  id: 'entry-1',
  at: NOW - 60,
  type: 'sign_in.challenge',
  result: 'ok',
  requestId: 'request-1',
  sub: 'ada',
  memberName: 'Ada Lovelace',
  address: '192.0.2.7',
  country: 'DK',
  device: thisSession.device,
  clientId: 'site-1',
  details: { kind: 'totp' },
};

export const entries: readonly AuditEntryWire[] = [
  entry,
  { ...entry, id: 'entry-2', result: 'wrong_code', at: NOW - 90 },
  {
    id: 'entry-3',
    at: NOW - 7200,
    type: 'admin.reset.request',
    result: 'ok',
    requestId: 'request-3',
    sub: 'eve',
    memberName: 'Eve Evans',
    by: 'Grace Hopper',
    details: { reason: 'Lost her bag with the phone in it' },
  },
  { id: 'entry-4', at: NOW - 9000, type: 'something.new', result: 'ok', requestId: 'request-4', details: {} },
];

function isoDay(ago: number): string {
  return new Date((NOW - ago * DAY) * 1000).toISOString().slice(0, 10);
}

export const overview: OverviewWire = {
  organization: { id: 'example', name: 'Example Ltd' },
  role: 'owner',
  counts,
  coverage: Array.from({ length: 30 }, (_value, index) => ({
    day: isoDay(29 - index),
    covered: 700 + index * 9 + (index % 5) * 3,
    members: 1150 + Math.floor(index * 1.8),
  })),
  signIns: Array.from({ length: 30 }, (_value, index) => index).flatMap((index) => [
    { day: isoDay(29 - index), kind: 'totp', result: 'ok' as const, count: 210 + ((index * 37) % 90) },
    { day: isoDay(29 - index), kind: 'totp', result: 'failed' as const, count: (index * 7) % 23 },
    { day: isoDay(29 - index), kind: 'email', result: 'ok' as const, count: 40 + ((index * 11) % 25) },
    { day: isoDay(29 - index), kind: 'phone', result: 'failed' as const, count: index === 21 ? 120 : 4 },
  ]),
  resets: 2,
  helpRequests: 1,
};
