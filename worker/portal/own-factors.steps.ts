// Adding, proving, changing and removing one's own factors.
import { ENROLLMENT_TRIES, PENDING_ENROLLMENT, SENT_PROOF } from '../factors/enrollment.lua.ts';
import type { SentCodeArgs } from '../factors/sent-code.lua.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import type { Records } from '../session/session.steps.ts';
import { prefix } from '../storage-keys.ts';
import { ACCOUNT } from './account.lua.ts';
import type { AccountSnapshot, Freshness, NoSession, Stale } from './account.steps.ts';

/** Seconds for which the proof of an old number lets a new one be given (S26). */
export const CHANGE_SECONDS = 600;

type Throttled = { readonly status: 'throttled'; readonly retryAt: number };
type CodeRefusal =
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
  | { readonly status: 'reserved'; readonly session: Records; readonly pending: Records }
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
  return { status = 'reserved', session = session, pending = pending }
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

/** Sends a code to a factor, to prove that it is theirs before it is changed or removed. */
export const askOwnCode: Step<
  'session',
  Freshness & { readonly enrollmentId: string; readonly channel: string; readonly code: SentCodeArgs },
  | AccountSnapshot
  | Throttled
  | { readonly status: 'unknown' | 'disabled' | 'missing' }
  | { readonly status: 'waiting'; readonly retryAt: number }
  | Stale
  | NoSession
> = defineStep({
  name: 'askOwnCode',
  keys: ['session'],
  changes: true,
  lua: `${ACCOUNT}${ENROLLMENT_TRIES}
local session, account, refused = freshSession()
if not session then return refused end
local kind = account['enrollment:' .. args.enrollmentId]
if kind ~= (args.channel == 'mail' and 'email' or 'phone') then return { status = 'unknown' } end
local target = enrollmentOf(account, session.sub, args.enrollmentId)
if not target then return { status = 'missing' } end
if tonumber(target.waitUntil or '0') > args.now then
  return { status = 'waiting', retryAt = tonumber(target.waitUntil) }
end
target.id = args.enrollmentId
target.channel = args.channel
target.to = kind == 'email' and account.email or nil
target.language = account.language
return sendCode(codeKey(args.enrollmentId), target, args.code, k.session) or accountSnapshot(session, account)`,
});

export type ProveOwnResult =
  | AccountSnapshot
  | CodeRefusal
  | Throttled
  | { readonly status: 'waiting'; readonly retryAt: number }
  | { readonly status: 'unknown' | 'disabled' | 'missing' }
  | Stale
  | NoSession;

/** Proves the old number: for ten minutes a new one may be given (S26). */
export const proveOldNumber: Step<
  'session',
  Freshness & { readonly enrollmentId: string; readonly mac: string },
  ProveOwnResult
> = defineStep({
  name: 'proveOldNumber',
  keys: ['session'],
  changes: true,
  lua: `${ACCOUNT}${ENROLLMENT_TRIES}${SENT_PROOF}
local session, account, refused = freshSession()
if not session then return refused end
if account['enrollment:' .. args.enrollmentId] ~= 'phone' then return { status = 'unknown' } end
local retryAt = exceeded()
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local wrong = proveSent(account, session.sub, args.enrollmentId, codeKey(args.enrollmentId), args.mac)
if wrong then return wrong end
redis.call('HSET', codeKey(args.enrollmentId), 'provenAt', whole(args.now))
return accountSnapshot(session, account)`,
});

export interface RemoveArgs extends Freshness {
  readonly enrollmentId: string;
  /** Kinds that satisfy the policy, where it demands a factor: one of them must stay (S45). */
  readonly mustKeep: readonly string[];
  readonly notice: object;
}

export type RemoveResult =
  | ProveOwnResult
  | {
      readonly status: 'reserved';
      readonly session: Records;
      readonly kind: string;
      readonly sealed: string;
      readonly triesLeft: number;
      readonly retryAt?: number;
    }
  | { readonly status: 'last_factor' | 'phone_alone' | 'code_used' };

// `mayRemove(account)`: nil, or why not. `remove(session, account)`: ends every other session too (S44).
const REMOVE = `
local function mayRemove(account)
  if not account['enrollment:' .. args.enrollmentId] then return { status = 'unknown' } end
  local left, phones, kept = 0, 0, false
  for field, kind in pairs(account) do
    if string.sub(field, 1, 11) == 'enrollment:' and string.sub(field, 12) ~= args.enrollmentId then
      left = left + 1
      if kind == 'phone' then phones = phones + 1 end
      for _, accepted in ipairs(args.mustKeep) do kept = kept or kind == accepted end
    end
  end
  if #args.mustKeep > 0 and not kept then return { status = 'last_factor' } end
  if left > 0 and phones == left and isAdministrator(account) then return { status = 'phone_alone' } end
  return nil
end

local function remove(session, account)
  removeFactor(session.sub, account, args.enrollmentId)
  if countEnrollments(account) == 0 then redis.call('DEL', '${prefix.recoveryCodes}' .. session.sub) end
  endOthers(session, account)
  notify(session.sub, account, args.notice)
end
`;

/** Takes a code of the factor that is to be removed: one that was sent removes it, for an app `removeOwnFactor` follows. */
export const answerRemoval: Step<'session', RemoveArgs & { readonly mac: string }, RemoveResult> = defineStep(
  {
    name: 'answerRemoval',
    keys: ['session'],
    changes: true,
    lua: `${ACCOUNT}${ENROLLMENT_TRIES}${SENT_PROOF}${REMOVE}
local session, account, refused = freshSession()
if not session then return refused end
local refusal = mayRemove(account)
if refusal then return refusal end
local retryAt = exceeded()
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local kind = account['enrollment:' .. args.enrollmentId]
if event then event.kind = kind end
if kind == 'totp' then
  local result = reserveTry(account, session.sub, args.enrollmentId)
  result.session = session
  if event then event.type = event.type .. '.try' end
  return result
end
local wrong = proveSent(account, session.sub, args.enrollmentId, codeKey(args.enrollmentId), args.mac)
if wrong then return wrong end
remove(session, account)
return changed(session)`,
  },
);

/** Removes an app with its own code. */
export const removeOwnFactor: Step<'session', RemoveArgs & { readonly counter: number }, RemoveResult> =
  defineStep({
    name: 'removeOwnFactor',
    keys: ['session'],
    changes: true,
    lua: `${ACCOUNT}${ENROLLMENT_TRIES}${REMOVE}
local session, account = liveSession(k.session)
if not session then return { status = 'none' } end
local refusal = mayRemove(account)
if refusal then return refusal end
local failed = acceptProof(account, session.sub, args.enrollmentId)
if failed then return { status = failed } end
remove(session, account)
return changed(session)`,
  });
