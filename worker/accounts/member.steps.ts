// Making organisations, members and sites, and the link with which a new member chooses a password. One round trip each.
import { defineStep, type LuaList, type Step } from '../ports/redis.ts';
import { MEMBER_INDEX } from './member-index.lua.ts';
import { POLICIES, type PoliciesRecord } from './policy.lua.ts';
import { ORGANIZATIONS, prefix } from '../storage-keys.ts';

type Records = Readonly<Record<string, string>>;

export const createOrganization: Step<
  'organization',
  { readonly now: number; readonly id: string; readonly name: string },
  { readonly status: 'created' | 'exists' }
> = defineStep({
  name: 'createOrganization',
  keys: ['organization'],
  changes: true,
  lua: `if redis.call('EXISTS', k.organization) == 1 then return { status = 'exists' } end
save(k.organization, { name = args.name, createdAt = whole(args.now) })
redis.call('ZADD', '${ORGANIZATIONS}', args.now, args.id)
return { status = 'created' }`,
});

export interface CreateMemberArgs {
  readonly now: number;
  readonly sub: string;
  readonly email: string;
  readonly name: string;
  /** `foldName` of it. */
  readonly folded: string;
  readonly role: string;
  readonly organization: string;
  readonly setupHash: string;
  readonly setupUntil: number;
}

export type CreateMemberResult =
  | { readonly status: 'created' | 'invited_again'; readonly sub: string; readonly organizationName: string }
  | { readonly status: 'exists' }
  | { readonly status: 'no_organization' };

/**
 * Makes a member with a set-up link. One that was invited to the same organisation and has not answered gets a new
 * link, which voids the old one; any other account of that address is left alone.
 */
export const createMember: Step<
  'organization' | 'address' | 'account' | 'members' | 'setup',
  CreateMemberArgs,
  CreateMemberResult
> = defineStep({
  name: 'createMember',
  keys: ['organization', 'address', 'account', 'members', 'setup'],
  changes: true,
  lua: `${MEMBER_INDEX}
local organization = load(k.organization)
if not organization then return { status = 'no_organization' } end
local function link(sub)
  save(k.setup, { sub = sub, expiresAt = whole(args.setupUntil) })
  redis.call('EXPIRE', k.setup, args.setupUntil - args.now + 60)
  save('${prefix.account}' .. sub, { setupUntil = whole(args.setupUntil), invitedAt = whole(args.now) })
  reindex(sub)
end
local sub = redis.call('GET', k.address)
if sub then
  local account = load('${prefix.account}' .. sub)
  if not account or account.status ~= 'invited' or account.home ~= args.organization then
    return { status = 'exists' }
  end
  redis.call('HSET', '${prefix.account}' .. sub, 'setup', args.setupHash)
  link(sub)
  return { status = 'invited_again', sub = sub, organizationName = organization.name }
end
save(k.account, {
  email = args.email, name = args.name, folded = args.folded, status = 'invited', home = args.organization, epoch = 1, version = 1,
  createdAt = whole(args.now), setup = args.setupHash, ['member:' .. args.organization] = args.role
})
redis.call('SET', k.address, args.sub)
redis.call('ZADD', k.members, args.now, args.sub)
if args.role ~= 'member' then redis.call('SADD', '${prefix.administrators}' .. args.organization, args.sub) end
link(args.sub)
return { status = 'created', sub = args.sub, organizationName = organization.name }`,
});

export interface MemberRecord {
  readonly sub: string;
  readonly account: Records;
}

/** Reads one page of an organisation's members, oldest first. */
export const listMembers: Step<
  'organization' | 'members',
  { readonly now: number; readonly offset: number; readonly count: number },
  | {
      readonly status: 'ok';
      readonly total: number;
      readonly members: LuaList<MemberRecord>;
    }
  | { readonly status: 'no_organization' }
> = defineStep({
  name: 'listMembers',
  keys: ['organization', 'members'],
  changes: false,
  lua: `if redis.call('EXISTS', k.organization) == 0 then return { status = 'no_organization' } end
local members = {}
for _, sub in ipairs(redis.call('ZRANGE', k.members, args.offset, args.offset + args.count - 1)) do
  local account = load('${prefix.account}' .. sub)
  if account then
    account.password = nil
    account.setup = nil
    members[#members + 1] = { sub = sub, account = account }
  end
end
return { status = 'ok', total = redis.call('ZCARD', k.members), members = members }`,
});

export const createSite: Step<
  'organization' | 'site',
  { readonly now: number; readonly clientId: string; readonly fields: Records },
  { readonly status: 'created' | 'exists' | 'no_organization' }
> = defineStep({
  name: 'createSite',
  keys: ['organization', 'site'],
  changes: true,
  lua: `if redis.call('EXISTS', k.organization) == 0 then return { status = 'no_organization' } end
if redis.call('EXISTS', k.site) == 1 then return { status = 'exists' } end
save(k.site, args.fields)
save(k.site, { createdAt = whole(args.now) })
redis.call('ZADD', '${prefix.sites}' .. args.fields.organization, whole(args.now), args.clientId)
return { status = 'created' }`,
});

// A link counts while its account is invited and names it as the newest one.
const OPEN_LINK = `
local function openLink()
  local setup = load(k.setup)
  if not setup or tonumber(setup.expiresAt) <= args.now then return nil end
  local account = load('${prefix.account}' .. setup.sub)
  if not account or account.status ~= 'invited' or account.setup ~= args.hash then return nil end
  if event then event.sub = setup.sub end
  return setup, account
end
`;

export type SetupResult =
  | {
      readonly status: 'ok';
      readonly sub: string;
      readonly account: Records;
      readonly organizationName: string;
      readonly policies: PoliciesRecord;
    }
  | { readonly status: 'gone' }
  | { readonly status: 'throttled'; readonly retryAt: number };

/** Reads what a set-up link is for, and counts the try. */
export const readSetup: Step<'setup', { readonly now: number; readonly hash: string }, SetupResult> =
  defineStep({
    name: 'readSetup',
    keys: ['setup'],
    changes: true,
    lua: `${OPEN_LINK}${POLICIES}
local retryAt = exceeded()
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local setup, account = openLink()
if not setup then return { status = 'gone' } end
return {
  status = 'ok', sub = setup.sub, account = account,
  organizationName = redis.call('HGET', '${prefix.organization}' .. account.home, 'name') or '',
  policies = policiesOf(setup.sub, account)
}`,
  });

/** Takes the link: the account becomes active with this password, and its address is proven. */
export const takeSetup: Step<
  'setup',
  { readonly now: number; readonly hash: string; readonly password: string },
  { readonly status: 'taken' | 'gone' }
> = defineStep({
  name: 'takeSetup',
  keys: ['setup'],
  changes: true,
  lua: `${MEMBER_INDEX}${OPEN_LINK}
local setup = openLink()
if not setup then return { status = 'gone' } end
local key = '${prefix.account}' .. setup.sub
save(key, { status = 'active', emailVerified = 1, password = args.password })
redis.call('HDEL', key, 'setup', 'setupUntil')
redis.call('HINCRBY', key, 'version', 1)
redis.call('DEL', k.setup)
reindex(setup.sub)
return { status = 'taken' }`,
});
