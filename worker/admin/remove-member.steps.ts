// The end of a membership, and of an account. One round trip.
import { FACTOR_RESET } from '../interaction/public.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import { prefix } from '../storage-keys.ts';
import type { Acting, NotActing } from './administration.lua.ts';
import { MEMBER_ACT, type MemberRefused } from './member-acts.steps.ts';

/**
 * Lua `leave(sub, person, organization)`: takes somebody out of an organisation. `erase(sub, person)`: no trace of an account
 * stays but its events: memberships, address, factors, recovery codes, sessions and what hangs on them, links.
 */
export const ERASE = `${FACTOR_RESET}
local function leave(sub, person, organization)
  unindex(sub, person, organization)
  redis.call('ZREM', '${prefix.members}' .. organization, sub)
  redis.call('SREM', '${prefix.administrators}' .. organization, sub)
  redis.call('ZREM', '${prefix.helpRequests}' .. organization, sub)
  for _, clientId in ipairs(redis.call('ZRANGE', '${prefix.sites}' .. organization, 0, -1)) do
    redis.call('SREM', '${prefix.siteMembers}' .. clientId, sub)
  end
end

local function dropAll(keys)
  for _, key in ipairs(keys) do redis.call('DEL', key) end
end

local function eraseSessions(sub)
  local list = '${prefix.sessions}' .. sub
  for _, session in ipairs(redis.call('ZRANGE', list, 0, -1)) do
    redis.call('DEL', session, '${prefix.pendingEnrollment}' .. session)
  end
  redis.call('DEL', list)
end

local function erase(sub, person)
  for field in pairs(person) do
    if string.sub(field, 1, 7) == 'member:' then leave(sub, person, string.sub(field, 8)) end
    if string.sub(field, 1, 11) == 'enrollment:' then redis.call('DEL', '${prefix.enrollment}' .. string.sub(field, 12)) end
  end
  eraseSessions(sub)
  if redis.call('GET', '${prefix.address}' .. person.email) == sub then redis.call('DEL', '${prefix.address}' .. person.email) end
  if person.noticeEmail then redis.call('SREM', '${prefix.noticeAddress}' .. person.noticeEmail, sub) end
  if person.setup then redis.call('DEL', '${prefix.setup}' .. person.setup) end
  if person.reset then redis.call('DEL', '${prefix.reset}' .. person.reset) end
  if person.factorReset then dropReset(person.factorReset) end
  dropAll(redis.call('SMEMBERS', '${prefix.pendingOf}' .. sub))
  redis.call('DEL', '${prefix.recoveryCodes}' .. sub, '${prefix.help}' .. sub, '${prefix.activity}' .. sub,
    '${prefix.account}' .. sub, '${prefix.invite}' .. sub, '${prefix.accessPass}' .. sub,
    '${prefix.knownBrowsers}' .. sub, '${prefix.pendingOf}' .. sub)
end
`;

/** Removes a member: of their home the account goes with all of its traces, elsewhere the membership alone ends (S87). */
export const removeMember: Step<
  'session',
  { readonly sub: string } & Acting,
  { readonly status: 'removed' } | MemberRefused | NotActing
> = defineStep({
  name: 'removeMember',
  keys: ['session'],
  changes: true,
  lua: `${MEMBER_ACT}${ERASE}
local who, member, key = actOn({ others = true, ranked = true })
if not who then return member end
local organization = args.organization
if member['member:' .. organization] == 'owner' and otherOwners(args.sub) == 0 then return { status = 'last_owner' } end
if isHome(member) then
  erase(args.sub, member)
  if event then event.email = member.email end
else
  leave(args.sub, member, organization)
  for _, field in ipairs({ 'member:', 'policy:', 'exempt:', 'indexed:' }) do redis.call('HDEL', key, field .. organization) end
  redecide(key)
end
return { status = 'removed' }`,
});
