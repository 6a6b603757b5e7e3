// What every step that changes something leaves behind: its event in the one stream, in the logs of the organisations that
// may read it, in the member's own list and in the counters of the overview. Append-only: nothing here is ever taken back.

/** Events that a member is shown of their own account, at most. */
const MOST_ACTIVITY = 100;

/** Seconds for which the counters of a day are kept. */
const STATS_SECONDS = 400 * 86_400;

/** `groupOf(type)`: what people filter by, from the beginning of an event's type (`AuditGroupWire`). */
export const AUDIT_GROUPS = `
local GROUPS = {
  sign_in = 'sign_in', sign_out = 'sign_in',
  factor = 'factor', recovery_codes = 'factor',
  account = 'account', profile = 'account', password = 'account', email = 'account', notice_email = 'account',
  session = 'account', sessions = 'account', help = 'account',
  policy = 'policy', ['admin.policy'] = 'policy',
  admin = 'admin', member = 'admin', invite = 'admin', reset = 'admin', pass = 'admin', exemption = 'admin',
  message = 'message', mail = 'message',
  site = 'site', ['admin.site'] = 'site', oidc = 'site'
}
local function groupOf(type)
  return GROUPS[string.match(type, '^[^.]+%.[^.]+') or ''] or GROUPS[string.match(type, '^[^.]+')] or 'other'
end
`;

/**
 * `writeEvent(result, isNothing, trail)`: `trail` are the keys in the order of `auditTrailKeys`. `isNothing`: nobody did
 * anything; then only the log of the account is told.
 *
 * An organisation reads what is about its home members and what its administrators did (`event.organization`). Of others it
 * reads the sign-ins at its own sites (`event.siteOrganization`, which is not kept), and nothing else of them (S87). Only
 * where they are members it can ask for them by name.
 */
export const AUDIT_TRAIL = `${AUDIT_GROUPS}
-- A day's counters are fields of one hash; days count from 1970-01-01 UTC.
local function count(trail, organization, field)
  local key = trail.stats .. organization .. ':' .. whole(math.floor(event.at / 86400))
  redis.call('HINCRBY', key, field, 1)
  redis.call('EXPIRE', key, ${STATS_SECONDS})
end

-- By what somebody signed in or failed to; nil for a step that only leads to the next.
local function signInOf()
  local kinds = {
    ['sign_in.password'] = 'password', ['sign_in.recovery'] = 'recovery_code', ['sign_in.pass'] = 'access_pass',
    ['sign_in.challenge'] = event.kind or 'other', ['sign_in.locked_out'] = event.kind or 'other'
  }
  local kind = kinds[event.type]
  if not kind then return nil end
  if event.result == 'ok' then
    local leadsOn = event.type == 'sign_in.password' and event.next ~= 'done' and event.next ~= 'grace'
    return not leadsOn and kind .. ':ok' or nil
  end
  local failed = string.find(event.result, '^wrong') or event.result == 'locked_out' or event.result == 'code_used'
  return failed and kind .. ':failed' or nil
end

-- How many of an organisation have a second factor, as it is at the end of the day.
local function cover(trail)
  local account = load(trail.account .. event.sub) or {}
  local hasFactor, organizations = false, { [event.organization or ''] = true }
  for field in pairs(account) do
    local id = string.match(field, '^member:(.+)$')
    if id then organizations[id] = true end
    if string.find(field, '^enrollment:') then hasFactor = true end
  end
  for id in pairs(organizations) do
    if id ~= '' then
      local counts = hasFactor and account['member:' .. id]
      redis.call(counts and 'SADD' or 'SREM', trail.covered .. id, event.sub)
      redis.call('HSET', trail.coverage .. id, whole(math.floor(event.at / 86400)),
        redis.call('SCARD', trail.covered .. id) .. '/' .. redis.call('ZCARD', trail.members .. id))
    end
  end
end

local function index(id, siteOrganization, trail)
  -- That a try was reserved says nothing that its outcome does not say.
  if string.find(event.type, '%.try$') and (event.result == 'reserved' or event.result == 'ok') then return end
  local group, signIn = groupOf(event.type), signInOf()
  local at = whole(event.at)
  local function add(organization, about)
    local log = trail.log .. organization
    redis.call('ZADD', log, at, id)
    redis.call('ZADD', log .. ':group:' .. group, at, id)
    if about then redis.call('ZADD', log .. ':member:' .. about, at, id) end
    if event.by and event.by ~= about then redis.call('ZADD', log .. ':member:' .. event.by, at, id) end
    if signIn then count(trail, organization, signIn) end
  end
  local account = event.sub and trail.account .. event.sub
  local home = event.organization or account and redis.call('HGET', account, 'home')
  if home then add(home, event.sub) end
  if siteOrganization and siteOrganization ~= home and (group == 'sign_in' or group == 'site') then
    local isMember = account and redis.call('HEXISTS', account, 'member:' .. siteOrganization) == 1
    add(siteOrganization, isMember and event.sub)
  end
  if event.sub and (group == 'factor' or group == 'account' or group == 'admin' or group == 'other') then cover(trail) end
end

-- What the member is shown: outcomes, not that something was tried or begun, or which message went out.
local function noteActivity(trail)
  local isStep = string.find(event.type, '%.try$') or string.find(event.type, '%.start$')
    or string.find(event.type, 'code$') or string.find(event.type, '^message%.') or string.find(event.type, '^admin%.')
  if not event.sub or isStep then return end
  local activity = trail.activity .. event.sub
  -- Whoever knows the address can guess, and who is in can rename all day: the like in a row are one entry, or they would
  -- push out all others.
  local isRepeatable = string.find(event.result, '^wrong') or ({
    ['profile.change'] = 1, ['factor.rename'] = 1, ['factor.default'] = 1, ['session.end'] = 1, ['sessions.end_others'] = 1
  })[event.type]
  local last = isRepeatable and redis.call('LINDEX', activity, 0)
  if last then
    last = cjson.decode(last)
    if last.type == event.type and last.result == event.result then redis.call('LPOP', activity) end
  end
  redis.call('LPUSH', activity, cjson.encode({
    type = event.type, at = event.at, result = event.result, address = event.address, country = event.country,
    userAgent = event.userAgent, operator = event.operator
  }))
  redis.call('LTRIM', activity, 0, ${MOST_ACTIVITY - 1})
end

local function writeEvent(result, isNothing, trail)
  event.result = result.status
  local siteOrganization = event.siteOrganization
  event.siteOrganization = nil
  local id = redis.call('XADD', trail.stream, '*', 'event', cjson.encode(event))
  result.subject = event.sub
  result.eventType = event.type
  result.eventKind = event.kind
  result.eventClientId = event.clientId
  index(id, siteOrganization, trail)
  if not isNothing then noteActivity(trail) end
end
`;

/** The keys of the trail, in the order in which a step gets them: a stream, and prefixes for the rest. */
export const AUDIT_TRAIL_KEYS = [
  'stream',
  'activity',
  'account',
  'log',
  'stats',
  'coverage',
  'covered',
  'members',
] as const;

export type AuditTrailKeys = Readonly<Record<(typeof AUDIT_TRAIL_KEYS)[number], string>>;
