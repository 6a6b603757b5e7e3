// Lua of resets: an administrator takes a member's factors away, after a delay in which the member may stop it (S46).
import { DUE_RESETS, prefix } from '../storage-keys.ts';

/** Seconds for which the member is told that it was carried out. */
const NOTICE_SECONDS = 86_400;

/**
 * `pendingReset(sub, account)`: the reset that is pending, or nil. One that was never approved ends by itself; one that has
 * enough approvals never does. `isApproved(record)`, `isDue(reset)`.
 */
export const PENDING_RESET = `
local function isApproved(record) return #cjson.decode(record.approvers) >= tonumber(record.approvalsNeeded) end

local function isDue(reset) return isApproved(reset) and tonumber(reset.notBefore) <= args.now end

local function resetOf(id)
  local reset = load('${prefix.factorReset}' .. id)
  if not reset or (not isApproved(reset) and tonumber(reset.expiresAt) <= args.now) then return nil end
  reset.id = id
  return reset
end

local function pendingReset(sub, account)
  local reset = account.factorReset and resetOf(account.factorReset)
  return reset and reset.sub == sub and reset or nil
end
`;

/**
 * `dropReset(id)`: takes a reset away with everything that points to it. `answerHelp(sub, account)`: a call for help has been
 * answered. `carryOut(reset, account)`: deletes every trace of the factor, or of all, ends what was begun with them, and tells
 * the member. `stopReset(account, reset, message)`: ends it, and tells the administrators who wanted it. Needs `MEMBER_INDEX`,
 * `QUEUE` and `FACTORS`.
 */
export const FACTOR_RESET = `${PENDING_RESET}
local function dropReset(id)
  local key = '${prefix.factorReset}' .. id
  local reset = load(key)
  redis.call('DEL', key)
  redis.call('ZREM', '${DUE_RESETS}', id)
  if not reset then return end
  redis.call('ZREM', '${prefix.factorResets}' .. reset.organization, id)
  redis.call('DEL', '${prefix.resetStop}' .. reset.stop)
  local account = '${prefix.account}' .. reset.sub
  if redis.call('HGET', account, 'factorReset') == id then redis.call('HDEL', account, 'factorReset') end
end

local function answerHelp(sub, account)
  redis.call('DEL', '${prefix.help}' .. sub)
  redis.call('ZREM', '${prefix.helpRequests}' .. account.home, sub)
  reindex(sub)
end

local function dropKeys(list, keys)
  for _, key in ipairs(keys) do redis.call('DEL', key) end
  redis.call('DEL', list)
end

local function carryOut(reset, account)
  local sub = reset.sub
  local ids = {}
  for field in pairs(account) do
    local id = string.sub(field, 1, 11) == 'enrollment:' and string.sub(field, 12)
    if id and (not reset.enrollment or id == reset.enrollment) then ids[#ids + 1] = id end
  end
  local about = aboutFactors(account, ids)
  for _, id in ipairs(ids) do removeFactor(sub, account, id) end
  if not reset.enrollment then
    redis.call('DEL', '${prefix.recoveryCodes}' .. sub, '${prefix.knownBrowsers}' .. sub)
    redis.call('HDEL', '${prefix.account}' .. sub, 'defaultEnrollment', 'codesOwed')
  end
  local pending, sessions = '${prefix.pendingOf}' .. sub, '${prefix.sessions}' .. sub
  dropKeys(pending, redis.call('SMEMBERS', pending))
  dropKeys(sessions, redis.call('ZRANGE', sessions, 0, -1))
  -- Sign-ins that are under way end by it, too.
  endSessions(sub)
  answerHelp(sub, account)
  dropReset(reset.id)
  local notice = cjson.decode(reset.notice)
  notice.expiresAt = args.now + ${NOTICE_SECONDS}
  notify(sub, account, notice, nil, nil, about)
  return ids
end

local function stopReset(account, reset, message)
  local asked = cjson.decode(reset.approvers)
  asked[#asked + 1] = reset.byId
  dropReset(reset.id)
  local told = 0
  for _, id in ipairs(asked) do
    local administrator = load('${prefix.account}' .. id)
    if administrator and administrator.status == 'active' then
      told = told + 1
      enqueue(message, {
        id = message.id .. '~' .. told, channel = 'mail', urgency = 'later', to = administrator.email, sub = id,
        language = administrator.language, memberName = account.name, memberEmail = account.email,
        organizationName = redis.call('HGET', '${prefix.organization}' .. reset.organization, 'name') or ''
      })
    end
  end
end
`;
