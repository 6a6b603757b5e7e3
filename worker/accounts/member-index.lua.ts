// The index of an organisation's members: what lists, searches and counts read, so that a page of ten thousand members costs
// what a page of ten costs. It is kept by every step that changes what it holds; what is indexed of somebody stands in their
// own record, so that only differences are written.
import { LEVEL_BY_KIND } from '../assurance/policy.ts';
import { FAILURES } from '../factors/limits.ts';
import { prefix } from '../storage-keys.ts';

/** What lists can be narrowed to. */
export const MEMBER_FILTERS = [
  'all',
  'no_factor',
  'weak',
  'totp',
  'phone',
  'email',
  'invited',
  'exempt',
  'locked',
  'suspended',
  'administrators',
  'needs_help',
] as const;

export type MemberFilter = (typeof MEMBER_FILTERS)[number];

/** A kind alone that gives more than `2fa`, as a Lua table. */
const STRONG_KINDS = Object.entries(LEVEL_BY_KIND)
  .filter(([, level]) => level === 'aal2' || level === 'phr')
  .map(([kind]) => `${kind} = 1`)
  .join(', ');

/** Words of a name after its first that can be searched for. */
const LATER_WORDS = 5;

/** Ends of a lock, an exemption or the like that one step clears away. */
const MOST_ENDED = 200;

/**
 * `personOf(sub)`: the record of an account, and its key. An invitation of somebody who has an account already has the shape
 * of one and stands in for it, so that nobody sees the difference (S87).
 *
 * `lockOf(sub, person)`: why an account can't sign in for now, `{ why, lasts }`, or nil.
 *
 * `reindex(sub)`: brings the index up to date in each organisation of somebody; at the end of every step that changes a name,
 * an address, a role, a status, factors, locks, exemptions, calls for help or the last sign-in.
 * `unindex(sub, person, organization)`: takes somebody out of it.
 *
 * `tidyIndex(organization)`: clears what has ended by time since, so much in one step.
 *
 * Texts are `n` and the name, `w` and the name from a later word on, `a` and the address, each with the account behind it.
 */
export const MEMBER_INDEX = `
local STRONG_KINDS = { ${STRONG_KINDS} }

local function personOf(sub)
  local key = '${prefix.account}' .. sub
  local person = load(key)
  if person then return person, key end
  key = '${prefix.invite}' .. sub
  return load(key), key
end

-- What strangers' guesses have locked.
local function passwordLock(person)
  local lasts = tonumber(person.lockedUntil or '0')
  return lasts > args.now and { why = 'password', lasts = lasts } or nil
end

local function lockOf(sub, person)
  local lasts = 0
  for field in pairs(person) do
    if string.sub(field, 1, 11) == 'enrollment:' then
      local found = redis.call('HMGET', '${prefix.enrollment}' .. string.sub(field, 12), 'failures', 'waitUntil')
      if tonumber(found[1] or '0') >= ${FAILURES.disabledAt} then return { why = 'disabled' } end
      lasts = math.max(lasts, tonumber(found[2] or '0'))
    end
  end
  if lasts > args.now then return { why = 'second_factor', lasts = lasts } end
  return passwordLock(person)
end

local function exemptUntil(person, organization)
  local text = person['exempt:' .. organization]
  local lasts = text and tonumber(cjson.decode(text)['until']) or 0
  return lasts > args.now and lasts or nil
end

local function helpAskedAt(sub, organization)
  return tonumber(redis.call('ZSCORE', '${prefix.helpRequests}' .. organization, sub) or nil)
end

-- In which lists somebody is, and when that changes by itself.
local function flagsOf(sub, person, organization)
  local flags, due = { 'all' }, nil
  local function add(flag, lasts)
    flags[#flags + 1] = flag
    if lasts and (not due or lasts < due) then due = lasts end
  end
  local kinds, strong = {}, false
  for field, kind in pairs(person) do
    if string.sub(field, 1, 11) == 'enrollment:' then
      kinds[kind] = true
      strong = strong or STRONG_KINDS[kind] ~= nil
    end
  end
  if not next(kinds) then add('no_factor') elseif not strong then add('weak') end
  for _, kind in ipairs({ 'totp', 'phone', 'email' }) do
    if kinds[kind] then add(kind) end
  end
  if person.status == 'invited' then add('invited') end
  if person.status == 'suspended' then add('suspended') end
  if person['member:' .. organization] ~= 'member' then add('administrators') end
  local exempt = exemptUntil(person, organization)
  if exempt then add('exempt', exempt) end
  if person.home == organization then
    local lock = lockOf(sub, person)
    if lock then add('locked', lock.lasts) end
    if helpAskedAt(sub, organization) then add('needs_help') end
  end
  return table.concat(flags, ','), due
end

local function laterWords(name)
  local words = {}
  for at in string.gmatch(name, '%s()%S') do
    if #words == ${LATER_WORDS} then break end
    words[#words + 1] = string.sub(name, at)
  end
  return words
end

local function textsOf(sub, name, email)
  local texts = { 'n' .. name .. '\\1' .. sub, 'a' .. email .. '\\1' .. sub }
  for _, word in ipairs(laterWords(name)) do texts[#texts + 1] = 'w' .. word .. '\\1' .. sub end
  return texts
end

local function parseIndexed(text)
  local flags, name, email, seen, due =
    string.match(text or '', '^([^\\1]*)\\1([^\\1]*)\\1([^\\1]*)\\1([^\\1]*)\\1([^\\1]*)$')
  local parsed = { flags = {}, name = name, email = email, seen = seen, due = due or '' }
  for flag in string.gmatch(flags or '', '[^,]+') do parsed.flags[flag] = true end
  return parsed
end

local function writeIndex(organization, sub, before, after)
  local old, new = parseIndexed(before), parseIndexed(after)
  local sameText = old.name == new.name and old.email == new.email
  for flag in pairs(old.flags) do
    if not new.flags[flag] then redis.call('ZREM', '${prefix.memberSignIns}' .. organization .. ':' .. flag, sub) end
    if not new.flags[flag] or not sameText then
      redis.call('ZREM', '${prefix.memberTexts}' .. organization .. ':' .. flag, unpack(textsOf(sub, old.name, old.email)))
    end
  end
  for flag in pairs(new.flags) do
    if not old.flags[flag] or old.seen ~= new.seen then
      redis.call('ZADD', '${prefix.memberSignIns}' .. organization .. ':' .. flag, new.seen, sub)
    end
    if not old.flags[flag] or not sameText then
      local scored = {}
      for _, text in ipairs(textsOf(sub, new.name, new.email)) do
        scored[#scored + 1] = 0
        scored[#scored + 1] = text
      end
      redis.call('ZADD', '${prefix.memberTexts}' .. organization .. ':' .. flag, unpack(scored))
    end
  end
  if new.due ~= '' then redis.call('ZADD', '${prefix.memberEnds}' .. organization, new.due, sub)
  else redis.call('ZREM', '${prefix.memberEnds}' .. organization, sub) end
end

local function reindex(sub)
  local person, key = personOf(sub)
  for field in pairs(person or {}) do
    if string.sub(field, 1, 7) == 'member:' then
      local organization = string.sub(field, 8)
      local flags, due = flagsOf(sub, person, organization)
      local name = person.folded or string.lower(person.name or '')
      local indexed = table.concat(
        { flags, name, person.email, person.lastSignInAt or '0', due and whole(due) or '' }, '\\1'
      )
      local before = person['indexed:' .. organization]
      if indexed ~= before then
        writeIndex(organization, sub, before, indexed)
        redis.call('HSET', key, 'indexed:' .. organization, indexed)
      end
    end
  end
end

local function unindex(sub, person, organization)
  writeIndex(organization, sub, person['indexed:' .. organization], nil)
end

local function tidyIndex(organization)
  local ended = '${prefix.memberEnds}' .. organization
  for _, sub in ipairs(redis.call('ZRANGEBYSCORE', ended, '-inf', whole(args.now), 'LIMIT', 0, ${MOST_ENDED})) do
    redis.call('ZREM', ended, sub)
    reindex(sub)
  end
end
`;
