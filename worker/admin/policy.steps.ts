import type { PoliciesRecord } from '../accounts/policy.lua.ts';
import { defineStep, type LuaList, type Step } from '../ports/redis.ts';
import { prefix } from '../storage-keys.ts';
import { type Acting, ADMINISTRATION, type NotActing } from './administration.lua.ts';

export interface KeptPolicy {
  readonly status: 'ok';
  /** JSON; absent while nothing was ever demanded. */
  readonly policy?: string;
  /** Counts changes. */
  readonly version: number;
}

const KEPT = `
local organization = '${prefix.organization}' .. args.organization
local function kept()
  local found = redis.call('HMGET', organization, 'policy', 'policyVersion')
  return { status = 'ok', policy = found[1] or nil, version = tonumber(found[2] or '0') }
end
`;

/** Reads what an organisation demands. One round trip. */
export const readPolicy: Step<'session', Acting, KeptPolicy | NotActing> = defineStep({
  name: 'readPolicy',
  keys: ['session'],
  changes: false,
  lua: `${ADMINISTRATION}${KEPT}
local acting, refused = administrator()
if not acting then return refused end
return kept()`,
});

/** Administrators who are told of a change, at most. */
const MOST_TOLD = 50;

/**
 * Changes what an organisation demands, unless somebody else did since `version`. It counts at once: what was decided of a
 * session names the version that it was decided by. Its administrators are told, at every address of theirs.
 */
export const changePolicy: Step<
  'session',
  Acting & { readonly policy: string; readonly version: number; readonly notice: object },
  KeptPolicy | { readonly status: 'wrong_step' } | NotActing
> = defineStep({
  name: 'changePolicy',
  keys: ['session'],
  changes: true,
  lua: `${ADMINISTRATION}${KEPT}
local acting, refused = administrator()
if not acting then return refused end
if kept().version ~= args.version then return { status = 'wrong_step' } end
save(organization, { policy = args.policy, policyVersion = whole(args.version + 1) })
local name, told = redis.call('HGET', organization, 'name') or args.organization, 0
for _, sub in ipairs(redis.call('SMEMBERS', '${prefix.administrators}' .. args.organization)) do
  local account = told < ${MOST_TOLD} and load('${prefix.account}' .. sub)
  if account and account.status == 'active' then
    told = told + 1
    local notice = {}
    for field, value in pairs(args.notice) do notice[field] = value end
    notice.id = notice.id .. '~' .. told
    notify(sub, account, notice, nil, nil, { subject = name })
  end
end
return kept()`,
});

/** A member as the dry run looks at them. */
export interface TrialRecord {
  readonly sub: string;
  /** What of the account a policy goes by, with name and address. */
  readonly account: Readonly<Record<string, string>>;
  readonly policies: PoliciesRecord;
}

/** Reads what a dry run needs of some members, in the order in which they joined. One round trip. */
export const readTrialMembers: Step<
  'session',
  Acting & { readonly offset: number; readonly count: number },
  { readonly status: 'ok'; readonly total: number; readonly members: LuaList<TrialRecord> } | NotActing
> = defineStep({
  name: 'readTrialMembers',
  keys: ['session'],
  changes: false,
  lua: `${ADMINISTRATION}
local acting, refused = administrator()
if not acting then return refused end
local members, list = {}, '${prefix.members}' .. args.organization
local known = { email = 1, name = 1, status = 1, home = 1, version = 1, snoozes = 1, snoozedFor = 1 }
for _, sub in ipairs(redis.call('ZRANGE', list, args.offset, args.offset + args.count - 1)) do
  local account = memberOf(sub)
  -- Whoever is only invited is no member: some of them have an account elsewhere, and that is not told (S87).
  if account and account.status ~= 'invited' then
    local needed = {}
    for field, value in pairs(account) do
      if known[field] or string.find(field, '^member:') or string.find(field, '^enrollment:') then needed[field] = value end
    end
    members[#members + 1] = { sub = sub, account = needed, policies = policiesOf(sub, account, args.organization) }
  end
end
return { status = 'ok', total = redis.call('ZCARD', list), members = members }`,
});
