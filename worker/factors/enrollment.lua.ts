// Lua that steps on enrollments share. The attempt is reserved (counted as a failure) by the load and given back by
// the commit, so that a thousand parallel guesses get no more tries than one after another (S14).
import { prefix } from '../storage-keys.ts';
import { FAILURES } from './limits.ts';

/**
 * `reserveTry(account, sub, id)`: status `reserved` with the sealed secret, `waiting` with `retryAt`, `disabled`, or
 * `missing` when the account does not list the enrollment or its record is not there (S47).
 *
 * `acceptProof(sub, id)`: nil, or `code_used` when `args.counter` is not above the one accepted last (S33). Resets
 * the failures of this enrollment alone (S15).
 *
 * The try that uses up the free ones notes the lock-out with its reservation, so that nobody escapes it by hanging up
 * before the answer (S54); if it proves right after all, `lockedAt` becomes what it was before. An earlier lock-out is
 * never forgotten: a sign-in that waited then must not come back to life by a later success.
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
  return {
    status = 'reserved', kind = enrollment.kind, sealed = enrollment.sealed, retryAt = retryAt,
    triesLeft = math.max(${FAILURES.free} - failures, 0)
  }
end

local function acceptProof(account, sub, id)
  local enrollment = enrollmentOf(account, sub, id)
  if not enrollment then return 'missing' end
  if tonumber(enrollment.counter or '-1') >= args.counter then return 'code_used' end
  local key = '${prefix.enrollment}' .. id
  save(key, {
    counter = whole(args.counter), failures = 0, lastUsedAt = whole(args.now),
    lockedAt = enrollment.lockedBefore or enrollment.lockedAt or '0'
  })
  redis.call('HDEL', key, 'waitUntil', 'lockedBefore')
  return nil
end
`;

const PENDING_TRIES = 10;

/**
 * `startPending(key, sub)`: the pending enrollment of an owner; one that is still good is kept, so that a reload
 * shows the secret that was scanned, unless `args.renew`.
 *
 * `reservePending(key, sub, id)`: the pending enrollment with one try counted, or nil.
 *
 * `bindPending(key, sub, id)`: makes it an enrollment of the account with `args.name` and `args.counter`; false when
 * it is gone.
 */
export const PENDING_ENROLLMENT = `
local function pendingOf(key, sub)
  local pending = load(key)
  if not pending or pending.sub ~= sub or tonumber(pending.expiresAt) <= args.now then return nil end
  return pending
end

local function startPending(key, sub)
  local pending = pendingOf(key, sub)
  local usable = pending and pending.kind == args.kind and tonumber(pending.tries) < ${PENDING_TRIES}
  if usable and not args.renew then return pending end
  redis.call('DEL', key)
  pending = {
    id = args.id, sub = sub, kind = args.kind, sealed = args.sealed,
    expiresAt = whole(args.pendingUntil), tries = '0'
  }
  save(key, pending)
  redis.call('EXPIRE', key, args.pendingUntil - args.now + 60)
  return pending
end

local function reservePending(key, sub, id)
  local pending = pendingOf(key, sub)
  if not pending or pending.id ~= id then return nil end
  -- Left where it is: the last try that was counted may be the right one and is still on its way.
  if tonumber(pending.tries) >= ${PENDING_TRIES} then return nil end
  redis.call('HINCRBY', key, 'tries', 1)
  return pending
end

local function bindPending(key, sub, id)
  local pending = pendingOf(key, sub)
  if not pending or pending.id ~= id then return false end
  save('${prefix.enrollment}' .. id, {
    sub = sub, kind = pending.kind, name = args.name, sealed = pending.sealed, createdAt = whole(args.now),
    lastUsedAt = whole(args.now), counter = whole(args.counter), failures = 0
  })
  redis.call('HSET', '${prefix.account}' .. sub, 'enrollment:' .. id, pending.kind)
  redis.call('HINCRBY', '${prefix.account}' .. sub, 'version', 1)
  redis.call('DEL', key)
  return true
end
`;
