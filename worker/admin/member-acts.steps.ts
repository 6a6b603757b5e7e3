// What administrators do with a member who stays. One round trip each; every rule is checked in the step itself.
import { UNLOCK_PASSWORD } from '../accounts/password-lock.lua.ts';
import { FAILURES } from '../factors/limits.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import { prefix } from '../storage-keys.ts';
import type { Acting, NotActing } from './administration.lua.ts';
import { MEMBER } from './member.lua.ts';
import type { MemberSnapshot } from './members.steps.ts';

/**
 * Why an act was refused. `self`: nobody does this to themself. `not_allowed`: an admin may not change owners nor make one.
 * `not_home`: only the member's home may (S87). `invited`: they have not accepted yet. `last_owner`: there must be one.
 */
export interface MemberRefused {
  readonly status: 'self' | 'not_allowed' | 'not_home' | 'invited' | 'last_owner' | 'wrong_state' | 'unmet';
}

/**
 * `actOn(rules)`: who acts, the member's record and its key; or nil and the refusal. Rules: `home`, `others` (not oneself),
 * `ranked` (owners only by owners).
 *
 * `redecide(key)`: what was decided of the member's sessions is decided anew.
 */
export const MEMBER_ACT = `${MEMBER}
local function actOn(rules)
  local who, refused = administrator()
  if not who then return nil, refused end
  local member, key = personOf(args.sub)
  if not member or not member['member:' .. args.organization] then return nil, { status = 'unknown' } end
  concerning(args.sub)
  if member.status == 'invited' then return nil, { status = 'invited' } end
  if rules.home and not isHome(member) then return nil, { status = 'not_home' } end
  if rules.others and who.sub == args.sub then return nil, { status = 'self' } end
  if rules.ranked and who.role ~= 'owner' and member['member:' .. args.organization] == 'owner' then
    return nil, { status = 'not_allowed' }
  end
  return who, member, key
end

local function redecide(key)
  redis.call('HINCRBY', key, 'policyVersion', 1)
  redis.call('HINCRBY', key, 'version', 1)
end

local function organizationName()
  return redis.call('HGET', '${prefix.organization}' .. args.organization, 'name') or args.organization
end
`;

type Act<Args extends object> = Step<
  'session',
  { readonly sub: string } & Args & Acting,
  MemberSnapshot | MemberRefused | NotActing
>;

/** Gives another role. */
export const changeRole: Act<{ readonly role: string; readonly notice: object }> = defineStep({
  name: 'changeRole',
  keys: ['session'],
  changes: true,
  lua: `${MEMBER_ACT}
local who, member, key = actOn({ others = true, ranked = true })
if not who then return member end
local before = member['member:' .. args.organization]
if args.role == 'owner' and who.role ~= 'owner' then return { status = 'not_allowed' } end
if before == 'owner' and args.role ~= 'owner' and otherOwners(args.sub) == 0 then return { status = 'last_owner' } end
if before ~= args.role then
  redis.call('HSET', key, 'member:' .. args.organization, args.role)
  local administrators = '${prefix.administrators}' .. args.organization
  if args.role == 'member' then redis.call('SREM', administrators, args.sub)
  else redis.call('SADD', administrators, args.sub) end
  redecide(key)
  if event then event.before = before end
  notify(args.sub, member, args.notice, nil, nil, { by = who.by, subject = organizationName() })
  reindex(args.sub)
end
return memberSnapshot(who, args.sub)`,
});

/** Suspends: every session and token ends at once, and nobody signs in until it is lifted. */
export const suspendMember: Act<{ readonly reason: string; readonly notice: object }> = defineStep({
  name: 'suspendMember',
  keys: ['session'],
  changes: true,
  lua: `${MEMBER_ACT}
local who, member, key = actOn({ home = true, others = true, ranked = true })
if not who then return member end
if member['member:' .. args.organization] == 'owner' and otherOwners(args.sub) == 0 then return { status = 'last_owner' } end
if member.status ~= 'active' then return { status = 'wrong_state' } end
redis.call('HSET', key, 'status', 'suspended')
redis.call('HDEL', key, 'reset')
endSessions(args.sub)
notify(args.sub, member, args.notice, nil, nil, { by = who.by, reason = args.reason, subject = organizationName() })
reindex(args.sub)
return memberSnapshot(who, args.sub)`,
});

/** Lifts a suspension. */
export const restoreMember: Act<{ readonly notice: object }> = defineStep({
  name: 'restoreMember',
  keys: ['session'],
  changes: true,
  lua: `${MEMBER_ACT}
local who, member, key = actOn({ home = true, others = true, ranked = true })
if not who then return member end
if member.status ~= 'suspended' then return { status = 'wrong_state' } end
redis.call('HSET', key, 'status', 'active')
redis.call('HINCRBY', key, 'version', 1)
notify(args.sub, member, args.notice, nil, nil, { by = who.by, subject = organizationName() })
reindex(args.sub)
return memberSnapshot(who, args.sub)`,
});

/** Ends all sessions of a member (S53). */
export const endMemberSessions: Act<{ readonly notice: object }> = defineStep({
  name: 'endMemberSessions',
  keys: ['session'],
  changes: true,
  lua: `${MEMBER_ACT}
local who, member = actOn({ home = true, others = true, ranked = true })
if not who then return member end
endSessions(args.sub)
notify(args.sub, member, args.notice, nil, nil, { by = who.by, subject = organizationName() })
return memberSnapshot(who, args.sub)`,
});

/**
 * Ends the waits of a member's factors and of their password. A factor that is disabled stays so until it is bound anew (S14),
 * and a sign-in that was locked out stays dead (S54).
 */
export const unlockMember: Act<object> = defineStep({
  name: 'unlockMember',
  keys: ['session'],
  changes: true,
  lua: `${MEMBER_ACT}${UNLOCK_PASSWORD}
local who, member = actOn({ home = true })
if not who then return member end
for field in pairs(member) do
  if string.sub(field, 1, 11) == 'enrollment:' then
    local enrollment = '${prefix.enrollment}' .. string.sub(field, 12)
    local failures = tonumber(redis.call('HGET', enrollment, 'failures') or '')
    if failures and failures < ${FAILURES.disabledAt} then
      redis.call('HSET', enrollment, 'failures', '0')
      redis.call('HDEL', enrollment, 'waitUntil', 'lockedBefore')
    end
  end
end
unlockPassword(args.sub)
reindex(args.sub)
return memberSnapshot(who, args.sub)`,
});

/** Exempts a member from what this organisation demands, until a date; with 0 the exemption ends. */
export const exemptMember: Act<{ readonly reason: string; readonly lasts: number }> = defineStep({
  name: 'exemptMember',
  keys: ['session'],
  changes: true,
  lua: `${MEMBER_ACT}
local who, member, key = actOn({ others = true, ranked = true })
if not who then return member end
local field = 'exempt:' .. args.organization
if args.lasts == 0 then redis.call('HDEL', key, field)
else
  redis.call('HSET', key, field, cjson.encode({ reason = args.reason, ['until'] = args.lasts, by = who.by }))
end
redecide(key)
reindex(args.sub)
return memberSnapshot(who, args.sub)`,
});

/** Demands a kind of factor of this member alone, which they set up at the next sign-in; without one no more. */
export const demandOfMember: Act<{ readonly kind?: string }> = defineStep({
  name: 'demandOfMember',
  keys: ['session'],
  changes: true,
  lua: `${MEMBER_ACT}
local who, member, key = actOn({ others = true, ranked = true })
if not who then return member end
local field = 'policy:' .. args.organization
if not args.kind then redis.call('HDEL', key, field)
else
  -- What the organisation itself does not accept would let nobody in.
  local text = redis.call('HGET', '${prefix.organization}' .. args.organization, 'policy')
  local policy = text and cjson.decode(text) or {}
  local accepted = not policy.accepted
  for _, kind in ipairs(policy.accepted or {}) do accepted = accepted or kind == args.kind end
  local least = args.ranks[policy.least or (policy.required and '2fa') or '1fa']
  if not accepted or least > args.ranks[args.levels[args.kind]] then return { status = 'unmet' } end
  redis.call('HSET', key, field, cjson.encode({ must = { args.kind } }))
end
redecide(key)
return memberSnapshot(who, args.sub)`,
});

/** Answers a call for help without doing anything. */
export const dismissHelp: Act<object> = defineStep({
  name: 'dismissHelp',
  keys: ['session'],
  changes: true,
  lua: `${MEMBER_ACT}
local who, member = actOn({ home = true })
if not who then return member end
redis.call('ZREM', '${prefix.helpRequests}' .. args.organization, args.sub)
redis.call('DEL', '${prefix.help}' .. args.sub)
reindex(args.sub)
return memberSnapshot(who, args.sub)`,
});
