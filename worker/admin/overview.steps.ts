import type { MemberFilter } from '../accounts/member-index.lua.ts';
import { defineStep, type LuaList, type Step } from '../ports/redis.ts';
import { prefix } from '../storage-keys.ts';
import { type Acting, ADMINISTRATION, type NotActing } from './administration.lua.ts';
import { MEMBER_COUNTS } from './members.steps.ts';

/** Days count from 1970-01-01 UTC. */
export interface OverviewRecord {
  readonly status: 'ok';
  readonly name: string;
  readonly role: string;
  /** Of the days on which it changed, oldest first; the first may lie before those that were asked for. */
  readonly coverage: LuaList<{ readonly day: number; readonly covered: number; readonly members: number }>;
  /** Field: `{kind}:ok` or `{kind}:failed`. */
  readonly signIns: LuaList<{ readonly day: number; readonly field: string; readonly count: number }>;
  readonly covered: number;
  readonly members: number;
  readonly counts: Readonly<Record<MemberFilter, number>>;
  readonly resets: number;
}

/** Reads what the charts of an organisation are drawn from. One round trip; nothing is scanned. */
export const readOverview: Step<
  'session',
  Acting & { readonly today: number; readonly coverageDays: number; readonly signInDays: number },
  OverviewRecord | NotActing
> = defineStep({
  name: 'readOverview',
  keys: ['session'],
  changes: false,
  lua: `${ADMINISTRATION}${MEMBER_COUNTS}
local acting, refused = administrator()
if not acting then return refused end
local id = args.organization
local first = args.today - args.coverageDays + 1
local coverage, before = {}, nil
local function add(list, day, value)
  local covered, members = string.match(value, '^(%d+)/(%d+)$')
  list[#list + 1] = { day = day, covered = tonumber(covered), members = tonumber(members) }
end
local changes = load('${prefix.coverage}' .. id) or {}
for day in pairs(changes) do
  day = tonumber(day)
  if day < first and (not before or day > before) then before = day end
end
if before then add(coverage, before, changes[whole(before)]) end
for day = first, args.today do
  if changes[whole(day)] then add(coverage, day, changes[whole(day)]) end
end

local signIns = {}
for day = args.today - args.signInDays + 1, args.today do
  local counted = redis.call('HGETALL', '${prefix.stats}' .. id .. ':' .. whole(day))
  for i = 1, #counted, 2 do
    signIns[#signIns + 1] = { day = day, field = counted[i], count = tonumber(counted[i + 1]) }
  end
end
return {
  status = 'ok', role = acting.role, name = redis.call('HGET', '${prefix.organization}' .. id, 'name') or id,
  coverage = coverage, signIns = signIns, covered = redis.call('SCARD', '${prefix.covered}' .. id),
  members = redis.call('ZCARD', '${prefix.members}' .. id),
  counts = countsOf(id), resets = redis.call('ZCARD', '${prefix.factorResets}' .. id)
}`,
});
