// Lua that the account's steps share.
import { FACTORS } from '../factors/enrollment.lua.ts';
import { RECOVERY_CODES_LUA } from '../factors/recovery-code/recovery-codes.lua.ts';
import { SENT_CODE } from '../factors/sent-code.lua.ts';
import { QUEUE } from '../jobs/queue.lua.ts';
import { LIVE_SESSION, SESSIONS } from '../session/session.steps.ts';
import { prefix } from '../storage-keys.ts';

/** Events that the page shows. */
const SHOWN_ACTIVITY = 50;

/**
 * `strongSession()`: as `liveSession`, and as strong as policy demands now (S54): one that was begun before may be weaker.
 *
 * `freshSession()`: as `liveSession`, or the answer to give (S42): begun since `args.authSince`, and as strong as the
 * strongest factor of the account that is accepted, or as `rank`. Checked before a try is counted.
 *
 * `codeKey(what)`: the record of a code of this session. `accountSnapshot(session, account)`: what the page is drawn from.
 * `endOthers(session, account)`: ends every other session of the account (S44).
 */
export const ACCOUNT = `${LIVE_SESSION}${SESSIONS}${QUEUE}${SENT_CODE}${FACTORS}${RECOVERY_CODES_LUA}
local function isProven(session)
  if not args.proofs then return true end
  for _, proof in ipairs(args.proofs) do
    if string.find(',' .. session.methods .. ',', ',' .. proof .. ',', 1, true) then return true end
  end
  return false
end

local function strongSession()
  local session, account = liveSession(k.session)
  if not session or args.ranks[session.level] < args.ranks[args.least] or not isProven(session) then return nil end
  return session, account
end

local function freshSession(rank)
  local session, account = liveSession(k.session)
  if not session then return nil, nil, { status = 'none' } end
  local needed = math.max(args.ranks[args.least], rank or 0)
  for field, kind in pairs(account) do
    local level = string.sub(field, 1, 11) == 'enrollment:' and args.levels[kind]
    if level then needed = math.max(needed, args.ranks[level]) end
  end
  if args.ranks[session.level] < needed or not isProven(session) or tonumber(session.authTime) < args.authSince then
    return nil, nil, { status = 'stale' }
  end
  return session, account
end

local function codeKey(what) return '${prefix.challenge}' .. k.session .. ':' .. what end
local function pendingCode(pending) return 'pending:' .. (pending.destination or pending.kind) end

local function pendingAddress(what)
  local sent, resendAt = codeOf(codeKey(what))
  if not sent or redis.call('HEXISTS', codeKey(what), 'mac') == 0 or sent.expiresAt <= args.now then return nil end
  return { email = redis.call('HGET', codeKey(what), 'email') or '', sent = sent, resendAt = resendAt }
end

local function accountSnapshot(session, account)
  account.password = nil
  account.setup = nil
  account.reset = nil
  local result = {
    status = 'ok', session = session, account = account, factors = factorsOf(session.sub, account, k.session),
    organizationName = redis.call('HGET', '${prefix.organization}' .. account.home, 'name') or '',
    recovery = recoveryCodesOf(session.sub), sessions = sessionsOf(session.sub, account, k.session),
    pendingEmail = pendingAddress('email'), pendingNoticeEmail = pendingAddress('notice-email'), activity = {}
  }
  for i, text in ipairs(redis.call('LRANGE', '${prefix.activity}' .. session.sub, 0, ${SHOWN_ACTIVITY - 1})) do
    result.activity[i] = cjson.decode(text)
  end
  local pending = load('${prefix.pendingEnrollment}' .. k.session)
  if pending and tonumber(pending.expiresAt) > args.now then
    result.pending = pending
    result.pendingSent, result.pendingResendAt = codeOf(codeKey(pendingCode(pending)))
  end
  return result
end

local function endOthers(session, account)
  account.epoch = tostring(endSessions(session.sub))
  session.epoch = account.epoch
  redis.call('HSET', k.session, 'epoch', account.epoch)
end

local function changed(session)
  return accountSnapshot(load(k.session), load('${prefix.account}' .. session.sub))
end
`;
