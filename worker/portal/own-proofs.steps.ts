// Proving one's own factor, to give another number or to remove it.
import { ENROLLMENT_TRIES, SENT_PROOF } from '../factors/enrollment.lua.ts';
import { FAILURES } from '../factors/limits.ts';
import type { SentCodeArgs } from '../factors/sent-code.lua.ts';
import type { Freshness } from '../interaction/public.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import type { Records } from '../session/session.steps.ts';
import { prefix } from '../storage-keys.ts';
import { ACCOUNT } from './account.lua.ts';
import type { AccountSnapshot, NoSession, Stale } from './account.steps.ts';
import type { CodeRefusal, Throttled } from './own-factors.steps.ts';

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
if tonumber(target.failures or '0') >= ${FAILURES.disabledAt} then return { status = 'disabled' } end
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

// `tellLocked(sub, account, refusal)`: tells the member where a wrong code was the last one before a wait (S43).
const TELL_LOCKED = `
local function tellLocked(sub, account, refusal)
  if refusal.retryAt and refusal.status == 'wrong_code' then notify(sub, account, args.lockedNotice) end
end
`;

/** Proves the old number: for ten minutes a new one may be given (S26). */
export const proveOldNumber: Step<
  'session',
  Freshness & { readonly enrollmentId: string; readonly mac: string; readonly lockedNotice: object },
  ProveOwnResult
> = defineStep({
  name: 'proveOldNumber',
  keys: ['session'],
  changes: true,
  lua: `${ACCOUNT}${ENROLLMENT_TRIES}${SENT_PROOF}${TELL_LOCKED}
local session, account, refused = freshSession()
if not session then return refused end
if account['enrollment:' .. args.enrollmentId] ~= 'phone' then return { status = 'unknown' } end
local retryAt = exceeded()
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local wrong = proveSent(account, session.sub, args.enrollmentId, codeKey(args.enrollmentId), args.mac)
if wrong then
  tellLocked(session.sub, account, wrong)
  return wrong
end
redis.call('HSET', codeKey(args.enrollmentId), 'provenAt', whole(args.now))
return changed(session)`,
});

export interface RemoveArgs extends Freshness {
  readonly enrollmentId: string;
  readonly notice: object;
  readonly lockedNotice: { readonly id: string };
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

// `mayRemove(session, account)`: nil, or why not. `remove(session, account)`: ends every other session too (S44).
const REMOVE = `
-- One that policy accepts must stay where it demands a factor, and each kind that this member has to have (S45).
local function mayRemove(session, account)
  if not account['enrollment:' .. args.enrollmentId] then return { status = 'unknown' } end
  local left, phones, kept, another = 0, 0, false, false
  local removed = account['enrollment:' .. args.enrollmentId]
  for field, kind in pairs(account) do
    if string.sub(field, 1, 11) == 'enrollment:' and string.sub(field, 12) ~= args.enrollmentId then
      left = left + 1
      if kind == 'phone' then phones = phones + 1 end
      kept = kept or listed(session.judgedAccepted, kind)
      if kind == removed then another = true end
    end
  end
  if session.judgedRequired == '1' and not kept then return { status = 'last_factor' } end
  if listed(session.judgedMust, removed) and not another then return { status = 'last_factor' } end
  if left > 0 and phones == left and isAdministrator(account) then return { status = 'phone_alone' } end
  return nil
end

local function remove(session, account)
  local about = aboutFactors(account, { args.enrollmentId })
  removeFactor(session.sub, account, args.enrollmentId)
  if countEnrollments(account) == 0 then redis.call('DEL', '${prefix.recoveryCodes}' .. session.sub) end
  endOthers(session, account)
  notify(session.sub, account, args.notice, nil, nil, about)
end
`;

/** Takes a code of the factor that is to be removed: one that was sent removes it, for an app `removeOwnFactor` follows. */
export const answerRemoval: Step<'session', RemoveArgs & { readonly mac: string }, RemoveResult> = defineStep(
  {
    name: 'answerRemoval',
    keys: ['session'],
    changes: true,
    lua: `${ACCOUNT}${ENROLLMENT_TRIES}${SENT_PROOF}${TELL_LOCKED}${REMOVE}
local session, account, refused = freshSession()
if not session then return refused end
local refusal = mayRemove(session, account)
if refusal then return refusal end
local retryAt = exceeded()
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local kind = account['enrollment:' .. args.enrollmentId]
if event then event.kind = kind end
if kind == 'totp' then
  local result = reserveTry(account, session.sub, args.enrollmentId)
  result.session = session
  -- The answer is given a moment: a right code takes it back.
  if result.status == 'reserved' and result.triesLeft == 0 then
    notify(session.sub, account, args.lockedNotice, nil, args.now + 5)
  end
  if event then event.type = event.type .. '.try' end
  return result
end
local wrong = proveSent(account, session.sub, args.enrollmentId, codeKey(args.enrollmentId), args.mac)
if wrong then
  tellLocked(session.sub, account, wrong)
  return wrong
end
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
local refusal = mayRemove(session, account)
if refusal then return refusal end
local failed = acceptProof(account, session.sub, args.enrollmentId)
if failed then return { status = failed } end
forget(args.lockedNotice.id)
remove(session, account)
return changed(session)`,
  });
