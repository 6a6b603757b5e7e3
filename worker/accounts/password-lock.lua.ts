// The lock of an account after wrong passwords (S76). Strangers' guesses share one row of failures, and the account is closed
// to them for a rising time; a browser that its owner has used with a second factor is not stopped by it, so that a lock is
// no attack.
import { prefix } from '../storage-keys.ts';

/** Failures in a row from browsers that are not known. A day without one begins a new row. */
const FREE_FAILURES = 10;
const FIRST_LOCK_SECONDS = 60;
const LONGEST_LOCK_SECONDS = 3600;
const ROW_SECONDS = 86_400;
/** Seconds that a right password is given to take the lock back before the member is told of it. */
const NOTICE_DELAY_SECONDS = 5;
const TOLD_AGAIN_SECONDS = 86_400;

const MOST_KNOWN_BROWSERS = 20;
/** Seconds for which a browser is known after a sign-in. */
export const KNOWN_BROWSER_SECONDS = 90 * 86_400;

/** `unlockPassword(sub)`: ends the lock and forgets the failures that led to it. Needs nothing else. */
export const UNLOCK_PASSWORD = `
local function unlockPassword(sub)
  redis.call('HDEL', '${prefix.account}' .. sub, 'passwordFailures', 'passwordFailedAt', 'lockedUntil', 'lockNotice')
end
`;

/** `isKnownBrowser(sub, browser)` and `knowBrowser(sub, browser)`. */
export const KNOWN_BROWSERS = `
local function isKnownBrowser(sub, browser)
  local untilThen = redis.call('ZSCORE', '${prefix.knownBrowsers}' .. sub, browser)
  return untilThen and tonumber(untilThen) > args.now
end

local function knowBrowser(sub, browser)
  local key = '${prefix.knownBrowsers}' .. sub
  redis.call('ZREMRANGEBYSCORE', key, '-inf', whole(args.now))
  redis.call('ZADD', key, whole(args.now + ${KNOWN_BROWSER_SECONDS}), browser)
  redis.call('ZREMRANGEBYRANK', key, 0, -${MOST_KNOWN_BROWSERS + 1})
  redis.call('EXPIRE', key, ${KNOWN_BROWSER_SECONDS})
end
`;

/**
 * `lockedUntil(row)`: the end of the lock, or nil. `countFailure(key, row)`: counts a guess as wrong, before it is compared;
 * true when it locked. `row` is the account's record, or that of an address which names none, which is counted alike (S19).
 *
 * `tellLock(sub, account, notice, siteName)`: has the member told a moment later, once a day; `tellLockNow(sub)`: now, since
 * the password was wrong; true where there was something to tell. `rightPassword(sub, account, browser)`: takes back what strangers' guesses did, unless the browser
 * is a known one, which has a count of its own. Needs `QUEUE`.
 */
export const PASSWORD_LOCK = `${UNLOCK_PASSWORD}${KNOWN_BROWSERS}
local function lockedUntil(row)
  local untilThen = tonumber(row.lockedUntil or '0')
  return untilThen > args.now and untilThen or nil
end

local function countFailure(key, row)
  local isOver = tonumber(row.passwordFailedAt or '0') + ${ROW_SECONDS} <= args.now
  local failures = (isOver and 0 or tonumber(row.passwordFailures or '0')) + 1
  save(key, { passwordFailures = failures, passwordFailedAt = whole(args.now) })
  if failures < ${FREE_FAILURES} then return false end
  local wait = math.min(${FIRST_LOCK_SECONDS} * 2 ^ (failures - ${FREE_FAILURES}), ${LONGEST_LOCK_SECONDS})
  redis.call('HSET', key, 'lockedUntil', whole(args.now + wait))
  return true
end

local function countUnknown(email)
  local key = '${prefix.passwordFailures}' .. email
  countFailure(key, load(key) or {})
  redis.call('EXPIRE', key, ${ROW_SECONDS})
end

local function tellLock(sub, account, notice, siteName)
  if account.status ~= 'active' or tonumber(account.lockToldAt or '0') + ${TOLD_AGAIN_SECONDS} > args.now then return end
  notify(sub, account, notice, siteName, args.now + ${NOTICE_DELAY_SECONDS})
  save('${prefix.account}' .. sub, { lockNotice = notice.id, lockToldAt = whole(args.now) })
end

local function tellLockNow(sub)
  local key = '${prefix.account}' .. sub
  local notice = redis.call('HGET', key, 'lockNotice')
  if not notice then return nil end
  hasten(notice)
  redis.call('HDEL', key, 'lockNotice')
  return true
end

local function rightPassword(sub, account, browser)
  if isKnownBrowser(sub, browser) then return end
  if account.lockNotice then
    forget(account.lockNotice)
    redis.call('HDEL', '${prefix.account}' .. sub, 'lockToldAt')
  end
  unlockPassword(sub)
end
`;
