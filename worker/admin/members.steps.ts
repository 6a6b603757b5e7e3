// Reading the members of an organisation. One round trip each, however many there are.
import { MEMBER_FILTERS, type MemberFilter } from '../accounts/member-index.lua.ts';
import type { PoliciesRecord } from '../accounts/policy.lua.ts';
import { JUDGED_SESSION } from '../interaction/public.ts';
import { defineStep, type LuaList, type Step } from '../ports/redis.ts';
import type { Records } from '../session/session.steps.ts';
import { ORGANIZATIONS, prefix } from '../storage-keys.ts';
import type { Acting, NotActing } from './administration.lua.ts';
import { MEMBER } from './member.lua.ts';

/** Entries of the index that one search looks at: of those that match, some name the same member. */
const MOST_LOOKED_AT = 5000;
/** Organisations that one list shows. */
const MOST_ORGANIZATIONS = 1000;

/** A member as a step tells of them. */
export interface MemberRow {
  readonly sub: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly status: string;
  readonly isHome: boolean;
  readonly kinds: LuaList<string>;
  readonly lastSignInAt?: number;
  readonly exemptUntil?: number;
  readonly locked?: { readonly why: string; readonly lasts?: number };
  readonly helpAskedAt?: number;
  readonly invitedAt?: number;
  readonly inviteExpiresAt?: number;
}

export interface MemberFactorRecord {
  readonly enrollmentId: string;
  readonly kind: string;
  readonly name: string;
  readonly destination?: string;
  readonly createdAt: number;
  readonly lastUsedAt?: number;
  readonly failures: number;
  readonly waitUntil?: number;
  readonly isDisabled: boolean;
}

/** What `MemberView` is drawn from. */
export interface MemberSnapshot {
  readonly status: 'ok';
  readonly row: MemberRow;
  readonly factors: LuaList<MemberFactorRecord>;
  readonly sessions: LuaList<Records>;
  readonly recoveryCodesLeft: number;
  readonly account: Records;
  readonly policies: PoliciesRecord;
  /** What this organisation demands of this member alone, and its exemption; JSON. */
  readonly policy?: string;
  readonly exemption?: string;
  readonly otherOwners: number;
  readonly who: { readonly role: string; readonly isSelf: boolean };
}

export interface ListArgs {
  readonly filter: MemberFilter;
  /** Folded; '' for all. With one the order is that of names. */
  readonly search: string;
  readonly sort: 'name' | 'last_sign_in';
  readonly count: number;
  /** Where the last page ended: an entry of the index by name; by sign-in the account, its time and its place. */
  readonly after: string;
  readonly afterAt: number;
  readonly afterPlace: number;
}

export interface ListedMembers {
  readonly status: 'ok';
  readonly rows: LuaList<MemberRow>;
  readonly total: number;
  readonly counts: Readonly<Record<MemberFilter, number>>;
  /** Absent on the last page. */
  readonly next?: { readonly after: string; readonly afterAt: number; readonly afterPlace: number };
}

/** Lua `countsOf(organization)`: how many each filter has. */
export const MEMBER_COUNTS = `
local FILTERS = { ${MEMBER_FILTERS.map((filter) => `'${filter}'`).join(', ')} }

local function countsOf(organization)
  local counts = {}
  for _, filter in ipairs(FILTERS) do
    counts[filter] = redis.call('ZCARD', '${prefix.memberSignIns}' .. organization .. ':' .. filter)
  end
  return counts
end
`;

const LIST = `
-- Whether an earlier entry of the same member matches as well, so that each is listed once.
local function isRepeated(entry, person)
  local kind = string.sub(entry, 1, 1)
  if kind == 'n' then return false end
  local name = person.folded or string.lower(person.name or '')
  local length = #args.search
  if string.sub(name, 1, length) == args.search then return true end
  for _, word in ipairs(laterWords(name)) do
    if kind == 'w' and 'w' .. word == string.match(entry, '^([^\\1]*)') then return false end
    if string.sub(word, 1, length) == args.search then return true end
  end
  return false
end

-- So many that match, in the order of names, words and addresses, and where it ended.
local function matching(key, kinds)
  local found, looked, started = {}, 0, args.after == ''
  for _, kind in ipairs(kinds) do
    -- What comes before was shown already.
    if started or string.sub(args.after, 1, 1) == kind then
      local from = '[' .. kind .. args.search
      if not started then from = '(' .. args.after end
      started = true
      local to = '(' .. kind .. args.search .. '\\255'
      while true do
        local entries = redis.call('ZRANGEBYLEX', key, from, to, 'LIMIT', 0, args.count + 1)
        for _, entry in ipairs(entries) do
          if #found == args.count or looked == ${MOST_LOOKED_AT} then return found, from end
          looked = looked + 1
          from = '(' .. entry
          local sub = string.match(entry, '\\1(.*)$')
          local person = personOf(sub)
          if person and (args.search == '' or not isRepeated(entry, person)) then
            found[#found + 1] = { sub = sub, person = person }
          end
        end
        if #entries <= args.count then break end
      end
    end
  end
  return found, nil
end

local function bySignIn(key)
  local start = 0
  if args.after ~= '' then
    local at = tonumber(redis.call('ZSCORE', key, args.after) or nil)
    start = at == args.afterAt and redis.call('ZREVRANK', key, args.after) + 1 or args.afterPlace
  end
  local found, subs = {}, redis.call('ZREVRANGE', key, start, start + args.count)
  for i = 1, math.min(#subs, args.count) do
    local person = personOf(subs[i])
    if person then found[#found + 1] = { sub = subs[i], person = person } end
  end
  if #subs <= args.count then return found, nil end
  local last = subs[args.count]
  return found, {
    after = last, afterAt = tonumber(redis.call('ZSCORE', key, last)), afterPlace = start + args.count
  }
end
`;

/** Reads a page of members: by filter, and by name, or by the last sign-in, or those who match what is searched for. */
export const pageOfMembers: Step<'session', ListArgs & Acting, ListedMembers | NotActing> = defineStep({
  name: 'pageOfMembers',
  keys: ['session'],
  changes: false,
  lua: `${MEMBER}${MEMBER_COUNTS}${LIST}
local who, refused = administrator()
if not who then return refused end
tidyIndex(args.organization)
local of = args.organization .. ':' .. args.filter
local found, next
if args.sort == 'last_sign_in' and args.search == '' then
  found, next = bySignIn('${prefix.memberSignIns}' .. of)
else
  local last
  found, last = matching('${prefix.memberTexts}' .. of, args.search == '' and { 'n' } or { 'n', 'w', 'a' })
  next = last and { after = string.sub(last, 2), afterAt = 0, afterPlace = 0 } or nil
end
local rows, counts = {}, countsOf(args.organization)
for _, one in ipairs(found) do
  local row = rowOf(one.sub, one.person)
  -- What has ended since, where there was too much to clear it all away.
  local hasEnded = args.filter == 'locked' and not row.locked or args.filter == 'exempt' and not row.exemptUntil
  if not hasEnded then rows[#rows + 1] = row end
end
return { status = 'ok', rows = rows, total = counts[args.filter], counts = counts, next = next }`,
});

/** Reads one member, at a site of the organisation where one is named. */
export const readMember: Step<
  'session',
  { readonly sub: string; readonly clientId?: string; readonly isConfigured?: boolean } & Acting,
  MemberSnapshot | NotActing
> = defineStep({
  name: 'readMember',
  keys: ['session'],
  changes: false,
  lua: `${MEMBER}
local who, refused = administrator()
if not who then return refused end
local person = personOf(args.sub)
if not person or not person['member:' .. args.organization] then return { status = 'unknown' } end
if args.clientId and not args.isConfigured then
  if redis.call('HGET', '${prefix.site}' .. args.clientId, 'organization') ~= args.organization then
    return { status = 'unknown' }
  end
end
return memberSnapshot(who, args.sub, args.clientId)`,
});

/** Reads the organisations that somebody administers; for an operator all. */
export const listOrganizations: Step<
  'session',
  Acting,
  | {
      readonly status: 'ok';
      readonly organizations: LuaList<{ readonly id: string; readonly name: string; readonly role: string }>;
    }
  | NotActing
> = defineStep({
  name: 'listOrganizations',
  keys: ['session'],
  changes: false,
  lua: `${JUDGED_SESSION}
local organizations = {}
local function add(id, role)
  local name = redis.call('HGET', '${prefix.organization}' .. id, 'name')
  if name then organizations[#organizations + 1] = { id = id, name = name, role = role } end
end
if args.operator then
  for _, id in ipairs(redis.call('ZRANGE', '${ORGANIZATIONS}', 0, ${MOST_ORGANIZATIONS - 1})) do add(id, 'owner') end
  return { status = 'ok', organizations = organizations }
end
local session, account, refused = judgedSession()
if not session then return refused end
for field, role in pairs(account) do
  if string.sub(field, 1, 7) == 'member:' and role ~= 'member' then add(string.sub(field, 8), role) end
end
return { status = 'ok', organizations = organizations }`,
});
