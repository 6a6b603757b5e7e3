import { AUDIT_GROUPS } from '../ports/audit-trail.lua.ts';
import { type AuditEvent, defineStep, type LuaList, type Step } from '../ports/redis.ts';
import { AUDIT_STREAM, prefix } from '../storage-keys.ts';
import { type Acting, ADMINISTRATION, type NotActing } from './administration.lua.ts';

/** What of the log is asked for. Times are epoch seconds, both included. */
export interface AuditFilters {
  readonly member?: string;
  readonly group?: string;
  readonly from?: number;
  readonly to?: number;
  /** Id of the last entry that was read. */
  readonly cursor?: string;
}

export interface AuditRecord {
  readonly id: string;
  readonly event: AuditEvent & { readonly result: string };
  /** Names of whom it is about and of who acted, where they still have an account. */
  readonly name?: string;
  readonly byName?: string;
  /** It is about a home member of the organisation or about what its administrators did. */
  readonly isOwn: boolean;
  /** It is about somebody who was a member then. */
  readonly isMembers: boolean;
}

export interface AuditRecords {
  readonly status: 'ok';
  readonly records: LuaList<AuditRecord>;
  readonly next?: string;
}

/** Entries that one step looks at, at most, to find those that both a member's and a group's. */
const MOST_LOOKED_AT = 2000;

/**
 * Reads a page of an organisation's log, newest first. One round trip. With a member and a group few of many may fit: then
 * the page is short and its cursor goes on.
 */
export const readAudit: Step<
  'session',
  Acting & AuditFilters & { readonly count: number },
  AuditRecords | { readonly status: 'unknown_cursor' } | NotActing
> = defineStep({
  name: 'readAudit',
  keys: ['session'],
  changes: false,
  lua: `${ADMINISTRATION}${AUDIT_GROUPS}
local acting, refused = administrator()
if not acting then return refused end
local all = '${prefix.auditLog}' .. args.organization
local log = all
if args.member then log = all .. ':member:' .. args.member
elseif args.group then log = all .. ':group:' .. args.group end
local at = 0
if args.cursor then
  local rank = redis.call('ZREVRANK', log, args.cursor)
  if not rank then return { status = 'unknown_cursor' } end
  at = rank + 1
elseif args.to then at = redis.call('ZCOUNT', log, '(' .. whole(args.to), '+inf') end

local people = {}
local function person(sub)
  if not sub then return {} end
  if not people[sub] then
    local found = redis.call('HMGET', '${prefix.account}' .. sub, 'name', 'home', 'member:' .. args.organization)
    people[sub] = { name = found[1] or nil, isGone = not found[2], isHome = found[2] == args.organization, isMember = found[3] }
  end
  return people[sub]
end

local records, last, looked, more = {}, nil, 0, true
while more and #records < args.count and looked < ${MOST_LOOKED_AT} do
  local wanted = args.count - #records
  local page = redis.call('ZREVRANGE', log, at, at + wanted, 'WITHSCORES')
  more = #page > wanted * 2
  for i = 1, math.min(#page, wanted * 2), 2 do
    local id = page[i]
    if args.from and tonumber(page[i + 1]) < args.from then
      more = false
      break
    end
    last = id
    looked = looked + 1
    at = at + 1
    local entry = redis.call('XRANGE', '${AUDIT_STREAM}', id, id)[1]
    local found = entry and cjson.decode(entry[2][2])
    if found and not (args.member and args.group and groupOf(found.type) ~= args.group) then
      local about, by = person(found.sub), person(found.by)
      local isOwn = found.organization == args.organization or about.isHome or about.isGone
      local isMembers = found.sub and redis.call('ZSCORE', all .. ':member:' .. found.sub, id) and true or false
      records[#records + 1] = {
        id = id, event = found, byName = by.name, isOwn = isOwn or false, isMembers = isMembers,
        name = about.isMember and about.name or nil
      }
    end
  end
end
return { status = 'ok', records = records, next = more and last or nil }`,
});
