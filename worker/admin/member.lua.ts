// Lua that draws members for who administers them: as a row of a list, and one alone.
import { FAILURES } from '../factors/limits.ts';
import { RECOVERY_CODES_LUA } from '../factors/recovery-code/recovery-codes.lua.ts';
import { SESSIONS } from '../session/session.steps.ts';
import { prefix } from '../storage-keys.ts';
import { ADMINISTRATION } from './administration.lua.ts';

/**
 * With `ADMINISTRATION`.
 *
 * `rowOf(sub, person)`: somebody as `args.organization` may see them. Locks and calls for help are their home's alone (S87).
 *
 * `memberSnapshot(who, sub, clientId)`: what `MemberView` is drawn from; of an organisation that is not their home no name or
 * number of a factor, and no session.
 *
 * `otherOwners(sub)`: how many more owners there are who can sign in.
 */
export const MEMBER = `${ADMINISTRATION}${SESSIONS}${RECOVERY_CODES_LUA}
local function rowOf(sub, person)
  local organization = args.organization
  local kinds, seen, home = {}, {}, isHome(person)
  for field, kind in pairs(person) do
    if string.sub(field, 1, 11) == 'enrollment:' and not seen[kind] then
      seen[kind] = true
      kinds[#kinds + 1] = kind
    end
  end
  return {
    sub = sub, email = person.email, name = person.name, role = person['member:' .. organization], status = person.status,
    isHome = home, kinds = kinds, lastSignInAt = tonumber(person.lastSignInAt or nil),
    exemptUntil = exemptUntil(person, organization), locked = home and lockOf(sub, person) or nil,
    helpAskedAt = home and helpAskedAt(sub, organization) or nil,
    invitedAt = tonumber(person.invitedAt or nil),
    inviteExpiresAt = person.status == 'invited' and tonumber(person.setupUntil or person.createdAt or '0') or nil
  }
end

local function otherOwners(sub)
  local count = 0
  for _, other in ipairs(redis.call('SMEMBERS', '${prefix.administrators}' .. args.organization)) do
    if other ~= sub then
      local found = redis.call('HMGET', '${prefix.account}' .. other, 'status', 'member:' .. args.organization)
      if found[1] == 'active' and found[2] == 'owner' then count = count + 1 end
    end
  end
  return count
end

local function factorsFor(account, home)
  local factors = {}
  for field, kind in pairs(account) do
    if string.sub(field, 1, 11) == 'enrollment:' then
      local id = string.sub(field, 12)
      local record = load('${prefix.enrollment}' .. id) or {}
      local failures = tonumber(record.failures or '0')
      factors[#factors + 1] = {
        enrollmentId = id, kind = kind, name = home and record.name or '', destination = home and record.masked or nil,
        createdAt = tonumber(record.createdAt or '0'), lastUsedAt = tonumber(record.lastUsedAt or nil),
        failures = home and failures or 0, waitUntil = home and tonumber(record.waitUntil or nil) or nil,
        isDisabled = failures >= ${FAILURES.disabledAt} or not record.sub
      }
    end
  end
  return factors
end

local function memberSnapshot(who, sub, clientId)
  local person = personOf(sub)
  local home = isHome(person)
  local result = {
    status = 'ok', row = rowOf(sub, person), factors = factorsFor(person, home), sessions = {}, recoveryCodesLeft = 0,
    policies = policiesOf(sub, person, args.organization, clientId), policy = person['policy:' .. args.organization],
    exemption = person['exempt:' .. args.organization], otherOwners = otherOwners(sub),
    who = { role = who.role, isSelf = who.sub == sub }
  }
  if home then
    result.sessions = sessionsOf(sub, person, '')
    result.recoveryCodesLeft = recoveryCodesOf(sub).left
  end
  person.password = nil
  person.setup = nil
  person.reset = nil
  result.account = person
  return result
end
`;
