import { parseExemption } from '../interaction/public.ts';
import { FACTOR_KINDS, type FactorKind, strongestOf } from '../assurance/policy.ts';
import { parseStoredPolicy } from '../assurance/policy-schema.ts';
import type { Service } from '../http/service.ts';
import type {
  AccessPassWire,
  FactorResetWire,
  MemberFactorWire,
  MemberRoleWire,
  MemberSessionWire,
  MemberView,
  MemberWire,
} from '../interaction/wire.ts';
import type { EpochSeconds } from '../ports/clock.ts';
import { type LuaList, listOf } from '../ports/redis.ts';
import type { Records } from '../session/session.steps.ts';
import { explainPolicy } from './explain.ts';
import type { MemberFactorRecord, MemberRow, MemberSnapshot } from './members.steps.ts';

/** What else is drawn of a member: the reset that was asked for, and the pass that is good. */
export interface MemberExtras {
  readonly reset?: FactorResetWire;
  readonly pass?: AccessPassWire;
}

/** Draws a member as a list shows them. */
export function memberWire(row: MemberRow): MemberWire {
  const { sub, email, name, isHome, lastSignInAt, exemptUntil, locked, helpAskedAt, inviteExpiresAt } = row;
  const kinds = kindsIn(row.kinds);
  return {
    sub,
    email,
    name,
    role: row.role as MemberRoleWire,
    status: row.status as MemberWire['status'],
    isHome,
    kinds,
    strength: kinds.length === 0 ? 'none' : (strongestOf(kinds) as MemberWire['strength']),
    ...(lastSignInAt === undefined ? {} : { lastSignInAt }),
    ...(exemptUntil === undefined ? {} : { exemptUntil }),
    ...(locked === undefined
      ? {}
      : {
          locked: {
            why: locked.why as NonNullable<MemberWire['locked']>['why'],
            ...(locked.lasts === undefined ? {} : { until: locked.lasts }),
          },
        }),
    ...(helpAskedAt === undefined ? {} : { helpAskedAt }),
    ...(inviteExpiresAt === undefined ? {} : { inviteExpiresAt }),
  };
}

/** Draws a member alone. */
export function memberView(
  service: Service,
  organization: string,
  snapshot: MemberSnapshot,
  now: EpochSeconds,
  extras: MemberExtras = {},
): MemberView {
  const { row, account, policies, policy, exemption } = snapshot;
  const must = policy === undefined ? undefined : parseStoredPolicy('member', policy).must?.[0];
  const exempt = exemption === undefined ? undefined : parseExemption(exemption);
  return {
    member: memberWire(row),
    factors: listOf(snapshot.factors)
      .map(factorWire)
      .toSorted((one, other) => one.createdAt - other.createdAt),
    recoveryCodesLeft: snapshot.recoveryCodesLeft,
    sessions: listOf(snapshot.sessions)
      .map(sessionWire)
      .toSorted((one, other) => other.lastSeenAt - one.lastSeenAt),
    ...(exempt && exempt.until > now ? { exemption: exempt } : {}),
    ...(must === undefined ? {} : { must }),
    ...extras,
    explanation: explainPolicy(service, { sub: row.sub, account, policies, organization }, now),
    may: mayOf(snapshot),
  };
}

/** What the steps would refuse is not offered; they check it all the same. */
function mayOf({ row, who, otherOwners }: MemberSnapshot): MemberView['may'] {
  const isThere = row.status !== 'invited';
  const mayChange = isThere && !who.isSelf && (who.role === 'owner' || row.role !== 'owner');
  const isLastOwner = row.role === 'owner' && otherOwners === 0;
  const mayEnd = mayChange && !isLastOwner;
  const atHome = isThere && row.isHome && !who.isSelf;
  return {
    changeRole: mayEnd,
    suspend: mayEnd && row.isHome,
    remove: mayEnd,
    reset: atHome,
    pass: atHome,
    exempt: mayChange,
  };
}

function factorWire(record: MemberFactorRecord): MemberFactorWire {
  return { ...record, kind: kindsIn([record.kind])[0] ?? 'totp' };
}

function sessionWire(record: Records): MemberSessionWire {
  const { sid = '', createdAt, lastSeenAt, device = '', address = '', country, level = '' } = record;
  return {
    sid,
    createdAt: Number(createdAt),
    lastSeenAt: Number(lastSeenAt),
    device,
    address,
    ...(country ? { country } : {}),
    acr: level,
  };
}

/** In the order in which they are offered. */
function kindsIn(kinds: LuaList<string>): readonly FactorKind[] {
  const known = listOf(kinds);
  return FACTOR_KINDS.filter((kind) => known.includes(kind));
}
