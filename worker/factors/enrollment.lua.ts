// Lua that steps on enrollments share. The attempt is reserved (counted as a failure) by the load and given back by
// the commit, so that a thousand parallel guesses get no more tries than one after another (S14).
import { prefix } from '../storage-keys.ts';
import { FAILURES, TRIES_OF_A_NEW_FACTOR } from './limits.ts';
import type { SentCodeRecord } from './sent-code.lua.ts';

/**
 * `reserveTry(account, sub, id)`: status `reserved` with the sealed secret, `waiting` with `retryAt`, `disabled`, or
 * `missing` when the account does not list the enrollment or its record is not there (S47).
 *
 * `acceptProof(account, sub, id)`: nil, or `code_used` when `args.counter` is not above the one accepted last (S33); a
 * factor without a counter has codes that are taken once. Resets the failures of this enrollment alone (S15).
 *
 * The try that uses up the free ones notes the lock-out with its reservation, so that nobody escapes it by hanging up
 * before the answer (S54); if it proves right after all, `lockedAt` becomes what it was before. An earlier lock-out is
 * never forgotten: a sign-in that waited then must not come back to life by a later success.
 *
 * Needs `reindex` (`MEMBER_INDEX`), as `FACTORS` does: locks are listed.
 */
export const ENROLLMENT_TRIES = `
local function enrollmentOf(account, sub, id)
  local kind = account['enrollment:' .. id]
  local enrollment = load('${prefix.enrollment}' .. id)
  if not kind or not enrollment or enrollment.sub ~= sub or enrollment.kind ~= kind then return nil end
  return enrollment
end

local function reserveTry(account, sub, id)
  local enrollment = enrollmentOf(account, sub, id)
  if not enrollment then return { status = 'missing' } end
  local failures = tonumber(enrollment.failures or '0')
  if failures >= ${FAILURES.disabledAt} then return { status = 'disabled' } end
  local waitUntil = tonumber(enrollment.waitUntil or '0')
  if waitUntil > args.now then
    return { status = 'waiting', retryAt = waitUntil }
  end
  failures = failures + 1
  local fields = { failures = failures }
  local retryAt = nil
  if failures >= ${FAILURES.free} then
    local wait = math.min(${FAILURES.firstWaitSeconds} * 2 ^ (failures - ${FAILURES.free}), ${FAILURES.longestWaitSeconds})
    retryAt = args.now + wait
    fields.waitUntil = whole(retryAt)
    fields.lockedAt = whole(args.now)
    fields.lockedBefore = enrollment.lockedAt or '0'
  end
  save('${prefix.enrollment}' .. id, fields)
  if retryAt then reindex(sub) end
  return {
    status = 'reserved', kind = enrollment.kind, sealed = enrollment.sealed, retryAt = retryAt,
    triesLeft = math.max(${FAILURES.free} - failures, 0)
  }
end

local function acceptProof(account, sub, id)
  local enrollment = enrollmentOf(account, sub, id)
  if not enrollment then return 'missing' end
  if args.counter then
    if tonumber(enrollment.counter or '-1') >= args.counter then return 'code_used' end
    redis.call('HSET', '${prefix.enrollment}' .. id, 'counter', whole(args.counter))
  end
  local key = '${prefix.enrollment}' .. id
  save(key, {
    failures = 0, lastUsedAt = whole(args.now), lockedAt = enrollment.lockedBefore or enrollment.lockedAt or '0'
  })
  redis.call('HDEL', key, 'waitUntil', 'lockedBefore')
  return nil
end
`;

/**
 * `proveSent(account, sub, id, code, mac)`: proves a factor by the code that was sent to it (`SENT_CODE`, record `code`),
 * tries counted as `reserveTry` does; nil, or the refusal. Nothing is counted while no code waits.
 */
export const SENT_PROOF = `
local function proveSent(account, sub, id, code, mac)
  local waiting = codeOf(code)
  if not waiting then return { status = 'no_code_sent' } end
  if waiting.expiresAt <= args.now or redis.call('HEXISTS', code, 'mac') == 0 then return { status = 'code_expired' } end
  local reserved = reserveTry(account, sub, id)
  if reserved.status ~= 'reserved' then return reserved end
  local wrong = takeCode(code, mac)
  if wrong then
    wrong.triesLeft = math.min(wrong.triesLeft or 0, reserved.triesLeft)
    if reserved.triesLeft == 0 then wrong.retryAt = reserved.retryAt end
    return wrong
  end
  acceptProof(account, sub, id)
  return nil
end
`;

/**
 * `factorsOf(sub, account, owner)`: every factor of the account, as screens show it, with the newest code of this owner.
 *
 * `aboutFactors(account, ids)`: what a notice says of them (`about` of `notify`), or nil where there is none.
 *
 * `removeFactor(sub, account, id)` and `endSessions(sub)`: what a change takes away (S44). Other sessions end by the
 * account's epoch, which is given back.
 */
export const FACTORS = `
local function factorsOf(sub, account, owner)
  local factors = {}
  for field, kind in pairs(account or {}) do
    if string.sub(field, 1, 11) == 'enrollment:' then
      local id = string.sub(field, 12)
      local record = load('${prefix.enrollment}' .. id) or {}
      local sent, resendAt, provenAt = codeOf('${prefix.challenge}' .. owner .. ':' .. id)
      local suspendedUntil = tonumber(account.mailSuspendedUntil or '0')
      factors[#factors + 1] = {
        id = id, kind = kind, name = record.name or '', createdAt = tonumber(record.createdAt or '0'),
        lastUsedAt = tonumber(record.lastUsedAt or '0'), masked = record.masked,
        trouble = kind == 'email' and account.mailTrouble or record.trouble,
        waitUntil = tonumber(record.waitUntil or '0'), seenAt = args.now,
        isDisabled = tonumber(record.failures or '0') >= ${FAILURES.disabledAt} or record.sub ~= sub,
        suspendedUntil = kind == 'email' and suspendedUntil > args.now and suspendedUntil or 0,
        isDefault = account.defaultEnrollment == id, sent = sent, resendAt = resendAt or 0, provenAt = provenAt or 0
      }
    end
  end
  return factors
end

local function aboutFactors(account, ids)
  local factors = {}
  for _, id in ipairs(ids) do
    local kind = account['enrollment:' .. id]
    local record = kind and load('${prefix.enrollment}' .. id)
    if record then factors[#factors + 1] = { kind = kind, name = record.name or '', masked = record.masked } end
  end
  if #factors == 0 then return nil end
  return { factors = cjson.encode(factors) }
end

local function removeFactor(sub, account, id)
  local key = '${prefix.account}' .. sub
  redis.call('DEL', '${prefix.enrollment}' .. id)
  for _, code in ipairs(redis.call('SMEMBERS', '${prefix.sentTo}' .. id)) do redis.call('DEL', code) end
  redis.call('DEL', '${prefix.sentTo}' .. id)
  redis.call('HDEL', key, 'enrollment:' .. id)
  if account.defaultEnrollment == id then redis.call('HDEL', key, 'defaultEnrollment') end
  account['enrollment:' .. id] = nil
  reindex(sub)
end

local function endSessions(sub)
  redis.call('HINCRBY', '${prefix.account}' .. sub, 'version', 1)
  return redis.call('HINCRBY', '${prefix.account}' .. sub, 'epoch', 1)
end

local function countEnrollments(account)
  local count, kinds = 0, {}
  for field, kind in pairs(account) do
    if string.sub(field, 1, 11) == 'enrollment:' then
      count = count + 1
      kinds[kind] = (kinds[kind] or 0) + 1
    end
  end
  return count, kinds
end

local function isAdministrator(account)
  for field, role in pairs(account) do
    if string.sub(field, 1, 7) == 'member:' and role ~= 'member' then return true end
  end
  return false
end
`;

/** What a step tells of a factor. */
export interface FactorRecord {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly createdAt: number;
  readonly lastUsedAt: number;
  readonly masked?: string;
  readonly trouble?: string;
  readonly waitUntil: number;
  /** The time of the request. */
  readonly seenAt: number;
  readonly isDisabled: boolean;
  readonly suspendedUntil: number;
  readonly isDefault: boolean;
  readonly sent?: SentCodeRecord;
  readonly resendAt: number;
  readonly provenAt: number;
}

/**
 * `startPending(key, sub)`: the pending enrollment of an owner; one that is still good is kept, so that a reload
 * shows the secret that was scanned, unless `args.renew`.
 *
 * `pendingTarget`, `resendTarget`: where the code of a pending mailbox or phone goes, for `sendCode`. `keepsMailbox`: the
 * account has the mailbox as a factor and does not give it up.
 *
 * `reservePending(key, sub, id)`: the pending enrollment with one try counted, or nil.
 *
 * `bindFactor(sub, id, fields)`: makes an enrollment of the account, with `args.name`; `bindPending(key, sub, id)`: makes it one of the pending record and `args.counter`; false when
 * it is gone.
 */
export const PENDING_ENROLLMENT = `
local function bindFactor(sub, id, fields)
  fields.sub = sub
  fields.name = args.name
  fields.createdAt = whole(args.now)
  fields.lastUsedAt = whole(args.now)
  fields.failures = 0
  save('${prefix.enrollment}' .. id, fields)
  redis.call('HSET', '${prefix.account}' .. sub, 'enrollment:' .. id, fields.kind)
  redis.call('HINCRBY', '${prefix.account}' .. sub, 'version', 1)
end

local function pendingOf(key, sub)
  local pending = load(key)
  if not pending or pending.sub ~= sub or tonumber(pending.expiresAt) <= args.now then return nil end
  return pending
end

local function startPending(key, sub)
  local pending = pendingOf(key, sub)
  local usable = pending and pending.kind == args.kind and tonumber(pending.tries) < ${TRIES_OF_A_NEW_FACTOR}
    and pending.replaces == args.replaces
  -- Another number is another start.
  if usable and not args.renew and pending.destination == args.destination then return pending end
  redis.call('DEL', key)
  pending = {
    id = args.id, sub = sub, kind = args.kind, sealed = args.sealed, masked = args.masked, country = args.country,
    destination = args.destination, range = args.range, replaces = args.replaces,
    expiresAt = whole(args.pendingUntil), tries = '0'
  }
  save(key, pending)
  redis.call('EXPIRE', key, args.pendingUntil - args.now + 60)
  redis.call('SADD', '${prefix.pendingOf}' .. sub, key)
  redis.call('EXPIRE', '${prefix.pendingOf}' .. sub, args.pendingUntil - args.now + 60)
  return pending
end

-- Where the first code of what is being started goes: to the number that waits already, if it is the same one.
local function targetOf(record, sub, account, language, siteName)
  return {
    id = record.id, sealed = record.sealed, destination = record.destination, range = record.range,
    country = record.country, to = record.kind == 'email' and account.email or nil, isNew = record.kind == 'phone',
    sub = sub, channel = args.channel, language = account.language or language, siteName = siteName
  }
end

local function pendingTarget(key, account, language, siteName)
  local pending = pendingOf(key, args.sub)
  local same = pending and pending.kind == args.kind and pending.destination == args.destination
  return targetOf(same and not args.renew and pending or args, args.sub, account, language, siteName)
end

local function resendTarget(key, sub, account, language, siteName)
  local pending = pendingOf(key, sub)
  if not pending or (pending.kind == 'email') ~= (args.channel == 'mail') or pending.kind == 'totp' then return nil end
  return targetOf(pending, sub, account, language, siteName), pending
end

-- There is one mailbox, so one factor of it; unless it is among the lost ones.
local function keepsMailbox(account, lost)
  for field, kind in pairs(account) do
    if kind == 'email' and string.sub(field, 1, 11) == 'enrollment:' then
      if not string.find(',' .. (lost or '') .. ',', ',' .. string.sub(field, 12) .. ',', 1, true) then return true end
    end
  end
  return false
end

local function reservePending(key, sub, id)
  local pending = pendingOf(key, sub)
  if not pending or pending.id ~= id then return nil end
  -- Left where it is: the last try that was counted may be the right one and is still on its way.
  if tonumber(pending.tries) >= ${TRIES_OF_A_NEW_FACTOR} then return nil end
  pending.triesLeft = ${TRIES_OF_A_NEW_FACTOR} - redis.call('HINCRBY', key, 'tries', 1)
  return pending
end

local function bindPending(key, sub, id)
  local pending = pendingOf(key, sub)
  if not pending or pending.id ~= id then return false end
  bindFactor(sub, id, {
    kind = pending.kind, sealed = pending.sealed, masked = pending.masked, country = pending.country,
    destination = pending.destination, range = pending.range, counter = args.counter and whole(args.counter)
  })
  redis.call('DEL', key)
  return true
end
`;
