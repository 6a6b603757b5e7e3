// Adding one's own factors, and putting one number in the place of another.
import { PENDING_ENROLLMENT } from '../factors/enrollment.lua.ts';
import type { SentCodeArgs } from '../factors/sent-code.lua.ts';
import type { Freshness } from '../interaction/public.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import type { Records } from '../session/session.steps.ts';
import { prefix } from '../storage-keys.ts';
import { ACCOUNT } from './account.lua.ts';
import type { AccountSnapshot, NoSession, Stale } from './account.steps.ts';

/** Seconds for which the proof of an old number lets a new one be given (S26). */
export const CHANGE_SECONDS = 600;

export interface Throttled {
  readonly status: 'throttled';
  readonly retryAt: number;
}
export type CodeRefusal =
  | { readonly status: 'wrong_code'; readonly triesLeft: number; readonly retryAt?: number }
  | { readonly status: 'code_expired' | 'no_code_sent' };

export interface StartOwnArgs extends Freshness {
  readonly sub: string;
  readonly id: string;
  readonly kind: string;
  readonly pendingUntil: number;
  readonly renew?: boolean;
  readonly sealed?: string;
  readonly masked?: string;
  readonly country?: string;
  readonly destination?: string;
  readonly range?: string;
  /** A phone that this one takes the place of. */
  readonly replaces?: string;
  readonly channel?: string;
  readonly code?: SentCodeArgs;
}

/** Stores a new secret or number that waits for its first code, or gives the one that still waits; sends the code. */
export const startOwnEnrollment: Step<
  'session' | 'pending',
  StartOwnArgs,
  | AccountSnapshot
  | Throttled
  | { readonly status: 'already_enrolled' | 'old_number_first' }
  | Stale
  | NoSession
> = defineStep({
  name: 'startOwnEnrollment',
  keys: ['session', 'pending'],
  changes: true,
  lua: `${ACCOUNT}${PENDING_ENROLLMENT}
local session, account, refused = freshSession()
if not session then return refused end
if session.sub ~= args.sub then return { status = 'none' } end
if args.kind == 'email' and keepsMailbox(account) then return { status = 'already_enrolled' } end
if args.replaces then
  local provenAt = tonumber(redis.call('HGET', codeKey(args.replaces), 'provenAt') or '0')
  if account['enrollment:' .. args.replaces] ~= 'phone' or provenAt + ${CHANGE_SECONDS} < args.now then
    return { status = 'old_number_first' }
  end
end
if args.code then
  local refusal = sendCode(codeKey(pendingCode(args)), pendingTarget(k.pending, account), args.code, k.session)
  if refusal then return refusal end
else
  local retryAt = exceeded(session.sub)
  if retryAt then return { status = 'throttled', retryAt = retryAt } end
end
startPending(k.pending, session.sub)
return accountSnapshot(session, account)`,
});

/** Sends the pending mailbox or phone a new code. */
export const resendOwnCode: Step<
  'session' | 'pending',
  { readonly now: number; readonly channel: string; readonly code: SentCodeArgs },
  AccountSnapshot | Throttled | { readonly status: 'pending_gone' } | NoSession
> = defineStep({
  name: 'resendOwnCode',
  keys: ['session', 'pending'],
  changes: true,
  lua: `${ACCOUNT}${PENDING_ENROLLMENT}
local session, account = liveSession(k.session)
if not session then return { status = 'none' } end
local target, pending = resendTarget(k.pending, session.sub, account)
if not target then return { status = 'pending_gone' } end
return sendCode(codeKey(pendingCode(pending)), target, args.code, k.session) or accountSnapshot(session, account)`,
});

// `bindOwn(session, account)`: binds the pending factor, in place of another where it replaces one, and tells the member.
// Refused without a factor that is there already: the first one is enrolled in a sign-in (S48).
const BIND_OWN = `
local function tellPhone(session, account, message, id)
  local phone = load('${prefix.enrollment}' .. id)
  if not phone or not message then return end
  enqueue(message, {
    channel = 'text', urgency = 'later', destination = phone.sealed, enrollment = id, sub = session.sub,
    country = phone.country, language = account.language
  })
end

local function bindOwn(session, account, pending)
  if countEnrollments(account) == 0 then return false end
  local old = pending.replaces
  if old and account['enrollment:' .. old] ~= 'phone' then return false end
  if old then args.name = redis.call('HGET', '${prefix.enrollment}' .. old, 'name') or args.name end
  if not bindPending(k.pending, session.sub, pending.id) then return false end
  if old then
    -- The number that is given up is told as well (S26).
    tellPhone(session, account, args.oldPhoneNotice, old)
    tellPhone(session, account, args.newPhoneNotice, pending.id)
    if account.defaultEnrollment == old then
      redis.call('HSET', '${prefix.account}' .. session.sub, 'defaultEnrollment', pending.id)
      account.defaultEnrollment = pending.id
    end
    removeFactor(session.sub, account, old)
    endOthers(session, account)
    if event then event.type = 'factor.change' end
  end
  notify(session.sub, account, old and args.changedNotice or args.addedNotice)
  return true
end
`;

export interface ConfirmOwnArgs extends Freshness {
  readonly enrollmentId: string;
  readonly name: string;
  readonly addedNotice: object;
  readonly changedNotice: object;
  readonly oldPhoneNotice: object;
  readonly newPhoneNotice: object;
}

export type ConfirmOwnResult =
  | AccountSnapshot
  | {
      readonly status: 'reserved';
      readonly session: Records;
      readonly pending: Records;
      readonly triesLeft: number;
    }
  | { readonly status: 'pending_gone' }
  | CodeRefusal
  | Throttled
  | Stale
  | NoSession;

/** Counts a try of a new factor's first code, and binds one whose code was sent; `bindOwnEnrollment` follows for an app. */
export const confirmOwnEnrollment: Step<
  'session' | 'pending',
  ConfirmOwnArgs & { readonly mac: string },
  ConfirmOwnResult
> = defineStep({
  name: 'confirmOwnEnrollment',
  keys: ['session', 'pending'],
  changes: true,
  lua: `${ACCOUNT}${PENDING_ENROLLMENT}${BIND_OWN}
local session, account, refused = freshSession()
if not session then return refused end
local retryAt = exceeded()
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local pending = reservePending(k.pending, session.sub, args.enrollmentId)
if not pending then return { status = 'pending_gone' } end
if event then event.kind = pending.kind end
if pending.kind == 'totp' then
  if event then event.type = event.type .. '.try' end
  return { status = 'reserved', session = session, pending = pending, triesLeft = pending.triesLeft }
end
local wrong = takeCode(codeKey(pendingCode(pending)), args.mac)
if wrong then return wrong end
if not bindOwn(session, account, pending) then return { status = 'pending_gone' } end
return changed(session)`,
});

/** Binds an app whose code was right. */
export const bindOwnEnrollment: Step<
  'session' | 'pending',
  ConfirmOwnArgs & { readonly counter: number },
  AccountSnapshot | { readonly status: 'pending_gone' } | NoSession
> = defineStep({
  name: 'bindOwnEnrollment',
  keys: ['session', 'pending'],
  changes: true,
  lua: `${ACCOUNT}${PENDING_ENROLLMENT}${BIND_OWN}
local session, account = liveSession(k.session)
if not session then return { status = 'none' } end
local pending = pendingOf(k.pending, session.sub)
if not pending or pending.id ~= args.enrollmentId or not bindOwn(session, account, pending) then
  return { status = 'pending_gone' }
end
return changed(session)`,
});
