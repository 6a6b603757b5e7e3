import type { Context } from 'hono';
import { amrOf } from '../assurance/authentication-method.ts';
import type { AppEnv } from '../http/app-env.ts';
import type { RequestContext } from '../http/request-context.ts';
import type { Service } from '../http/service.ts';
import {
  enrollableKinds,
  factorWire,
  judge,
  phoneRules,
  presentSent,
  reasonsOf,
  sentWire,
} from '../interaction/public.ts';
import type {
  AccountView,
  ActivityWire,
  EnrollmentWire,
  PendingAddressWire,
  SessionWire,
  TroubleWire,
} from '../interaction/wire.ts';
import { LANGUAGES } from '../localization/language.ts';
import { MAIL_CODE_LENGTH } from '../factors/one-time-code.ts';
import { listOf } from '../ports/redis.ts';
import type {
  AccountSnapshot,
  ActivityRecord,
  PendingAddressRecord,
  SessionListRecord,
} from './account.steps.ts';
import { isAdministrator, type OwnAccount } from './own-account.ts';
import { CHANGE_SECONDS } from './own-factors.steps.ts';
import { minimumPasswordLength } from './password-rules.ts';
import { loginRequired } from './refusals.ts';

/** Answers with the account as it is now; a session that is too weak for what is demanded sees nothing. */
export async function answerAccount(
  c: Context<AppEnv>,
  service: Service,
  snapshot: AccountSnapshot,
): Promise<Response> {
  const { request } = c.var;
  const own = judge(service, snapshot.session, snapshot.account, snapshot.policies, request.now);
  return own.isEnough ? c.json(await accountView(service, request, own, snapshot)) : loginRequired();
}

/** Draws the account for its owner. */
export async function accountView(
  service: Service,
  request: RequestContext,
  own: OwnAccount,
  snapshot: AccountSnapshot,
): Promise<AccountView> {
  const { session, account, policy } = own;
  const { sub, email } = account;
  const { language, noticeEmail } = snapshot.account;
  const mailTrouble = mailTroubleOf(snapshot.account, 'mailTrouble');
  const noticeMailTrouble = mailTroubleOf(snapshot.account, 'noticeMailTrouble');
  const enrolled = [...account.enrollments.values()];
  const kinds = enrollableKinds(account, policy.accepted).filter(
    (kind) => kind !== 'email' || !enrolled.includes('email'),
  );
  const { pendingEmail, pendingNoticeEmail, recovery } = snapshot;
  const pending = snapshot.pending
    ? await presentSent(
        service,
        { sub, email },
        snapshot.pending,
        snapshot.pendingSent,
        snapshot.pendingResendAt,
      )
    : undefined;
  return {
    email,
    name: account.name,
    ...(language ? { language } : {}),
    languages: LANGUAGES,
    organizationName: snapshot.organizationName,
    administers: isAdministrator(account),
    ...(pendingEmail ? { pendingEmail: pendingAddress(pendingEmail) } : {}),
    ...(noticeEmail ? { noticeEmail } : {}),
    ...(pendingNoticeEmail ? { pendingNoticeEmail: pendingAddress(pendingNoticeEmail) } : {}),
    ...(mailTrouble ? { mailTrouble } : {}),
    ...(noticeEmail && noticeMailTrouble ? { noticeMailTrouble } : {}),
    mfa: {
      required: policy.required,
      reasons: reasonsOf(policy),
      kinds,
      accepted: policy.accepted,
      least: policy.least,
      ...(kinds.includes('phone') ? { phone: phoneRules(service, request, kinds, policy.countries) } : {}),
    },
    enrollments: enrollmentsOf(service, snapshot, email),
    ...(snapshot.factorReset ? { factorReset: snapshot.factorReset } : {}),
    ...(snapshot.pass ? { pass: snapshot.pass } : {}),
    ...(pending ? { pending } : {}),
    recoveryCodes: { left: recovery.left, ...(recovery.left > 0 ? { madeAt: recovery.madeAt } : {}) },
    minimumPasswordLength: minimumPasswordLength(policy),
    sessions: listOf(snapshot.sessions).map(sessionWire).toSorted(bySeen),
    activity: listOf(snapshot.activity).map(activityWire),
    session: { authTime: session.authTime, acr: session.level, amr: amrOf(session.methods) },
  };
}

function mailTroubleOf(
  account: Readonly<Record<string, string>>,
  field: 'mailTrouble' | 'noticeMailTrouble',
): AccountView['mailTrouble'] {
  const trouble = account[field];
  return trouble ? { trouble: trouble as TroubleWire, at: Number(account[`${field}At`]) } : undefined;
}

function enrollmentsOf(service: Service, snapshot: AccountSnapshot, email: string): EnrollmentWire[] {
  return listOf(snapshot.factors)
    .map((record): EnrollmentWire => {
      const until = record.provenAt + CHANGE_SECONDS;
      return {
        ...factorWire(service, record, email),
        createdAt: record.createdAt,
        ...(record.lastUsedAt > 0 ? { lastUsedAt: record.lastUsedAt } : {}),
        ...(until >= record.seenAt ? { changeUntil: until } : {}),
      };
    })
    .toSorted((one, other) => one.createdAt - other.createdAt);
}

function pendingAddress({ email, sent, resendAt }: PendingAddressRecord): PendingAddressWire {
  return { email, sent: sentWire(sent), resendAt, codeLength: MAIL_CODE_LENGTH };
}

function sessionWire(record: SessionListRecord): SessionWire {
  const { sid = '', createdAt, lastSeenAt, device = '', address = '', country, level = '', isThis } = record;
  return {
    sid,
    isThis,
    createdAt: Number(createdAt),
    lastSeenAt: Number(lastSeenAt),
    device,
    address,
    ...(country ? { country } : {}),
    acr: level,
  };
}

function bySeen(one: SessionWire, other: SessionWire): number {
  return Number(other.isThis) - Number(one.isThis) || other.lastSeenAt - one.lastSeenAt;
}

/** Each step has words of its own for what went well. */
const DONE: ReadonlySet<string> = new Set(['ok', 'taken', 'ended', 'redeemed', 'noted', 'done', 'stopped']);

/** Draws an event for whom it happened to. */
export function activityWire(record: ActivityRecord): ActivityWire {
  const { type, at, address = '', country, userAgent = '' } = record;
  const result = DONE.has(record.result) ? 'ok' : record.result;
  return { type, at, result, address, ...(country ? { country } : {}), device: userAgent };
}
