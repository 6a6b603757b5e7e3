// How resets and access passes are drawn, and what administrators are told when help is refused.
import type { Context } from 'hono';
import { parseAccount } from '../accounts/account.ts';
import { strongestOf } from '../assurance/policy.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import type { AccessPassWire, FactorResetWire, MemberView, MemberWire } from '../interaction/wire.ts';
import type { Records } from '../session/session.steps.ts';
import { act, type AdminEnv, idIn } from './acting.ts';
import {
  type HelpRecords,
  type NotHelped,
  type PassRecord,
  readHelp,
  type ResetRecord,
} from './help-desk.steps.ts';
import { memberView } from './member-view.ts';
import { type MemberSnapshot, readMember } from './members.steps.ts';

/** Draws a reset for administrators. */
export function resetWire(record: ResetRecord): FactorResetWire {
  const {
    id = '',
    sub = '',
    memberName = '',
    memberEmail = '',
    enrollment,
    factorName,
    reason = '',
  } = record;
  return {
    id,
    sub,
    memberName,
    memberEmail,
    ...(enrollment === undefined ? {} : { enrollmentId: enrollment }),
    ...(factorName === undefined ? {} : { factorName }),
    reason,
    ...approvalWire(record),
  };
}

/** Draws an access pass for administrators. */
export function passWire(record: PassRecord): AccessPassWire {
  return {
    ...approvalWire(record),
    expiresAt: Number(record['expiresAt']),
    ...(record['usedAt'] === undefined ? {} : { usedAt: Number(record['usedAt']) }),
  };
}

/** Draws what is being done for a member. */
export function helpWire({ reset, pass }: HelpRecords): Pick<MemberView, 'reset' | 'pass'> {
  return { ...(reset ? { reset: resetWire(reset) } : {}), ...(pass ? { pass: passWire(pass) } : {}) };
}

function approvalWire(
  record: ResetRecord | PassRecord,
): Pick<FactorResetWire, 'by' | 'at' | 'approvalsNeeded' | 'approvals' | 'notBefore' | 'mayApprove'> {
  const { by = '', at, approvalsNeeded, approvals = '[]', notBefore } = record;
  // Written by the step as a list of names; an empty one of Lua is an object.
  const names = JSON.parse(approvals) as unknown;
  return {
    by,
    at: Number(at),
    approvalsNeeded: Number(approvalsNeeded),
    approvals: Array.isArray(names) ? (names as string[]) : [],
    notBefore: Number(notBefore),
    mayApprove: record.mayApprove,
  };
}

/** Draws a member who called for help. */
export function helpedMember(
  sub: string,
  record: Records,
  organization: string,
  askedAt: number,
): MemberWire {
  const account = parseAccount(sub, record);
  const kinds = [...new Set(account.enrollments.values())];
  const strength = strongestOf(kinds);
  return {
    sub,
    email: account.email,
    name: account.name,
    role: account.memberships.get(organization) ?? 'member',
    status: account.status,
    isHome: account.home === organization,
    kinds,
    strength: strength === '1fa' ? 'none' : strength,
    helpAskedAt: askedAt,
  };
}

/**
 * Answers with a member and what is being done for them. The latter is a round trip of its own: both scripts in one would
 * pass the 200 locals that Lua allows.
 */
export async function answerMember(
  c: Context<AdminEnv>,
  service: Service,
  snapshot: MemberSnapshot,
): Promise<Response> {
  const { isHome, status } = snapshot.row;
  const mayBeHelped = isHome && status !== 'invited';
  const read = mayBeHelped
    ? await act(c, service, readHelp, {}, { sub: idIn(c, 'sub') }, { fresh: false })
    : { help: {} };
  if (read instanceof Response) return read;
  return c.json(
    memberView(service, idIn(c, 'organization'), snapshot, c.var.request.now, helpWire(read.help)),
  );
}

/** Answers with the member of the path as they are now. */
export async function showMember(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const read = await act(c, service, readMember, {}, { sub: idIn(c, 'sub') }, { fresh: false });
  return read instanceof Response ? read : answerMember(c, service, read);
}

/** Maps why help was refused to its answer. */
export function refuseHelp({ status }: NotHelped): Response {
  switch (status) {
    case 'not_allowed':
      return problem('not_allowed');
    case 'no_factor':
      return problem('not_found', { detail: 'This member has no second factor that could be reset.' });
    case 'exists':
      return problem('exists', { detail: 'A reset of this member is pending. Call it off first.' });
    case 'changed':
      return problem('busy');
  }
}
