// The sites of an organisation. One round trip each. A secret is never read from here, only its hash written.
import { defineStep, type LuaList, type Step } from '../ports/redis.ts';
import type { Records } from '../session/session.steps.ts';
import { prefix } from '../storage-keys.ts';
import { ADMINISTRATION, type Acting, type NotActing } from './administration.lua.ts';

/** Sites that a list shows. */
const MOST_SITES = 500;
/** Members on the list of a site that a list shows. */
const MOST_SHOWN = 200;

/** A site as a step tells of it. */
export interface SiteRecord {
  readonly clientId: string;
  readonly fields: Records;
  readonly listed: number;
  readonly members: LuaList<{ readonly sub: string; readonly name: string; readonly email: string }>;
}

export interface SiteResult {
  readonly status: 'ok';
  readonly site: SiteRecord;
  /** What the organisation itself demands, as JSON, and its version. */
  readonly policy?: string;
  readonly policyVersion: string;
}

export interface SitesResult {
  readonly status: 'ok';
  readonly sites: LuaList<SiteRecord>;
}

const SITE = `${ADMINISTRATION}
local function siteOf(clientId)
  local fields = load('${prefix.site}' .. clientId)
  if not fields or fields.organization ~= args.organization then return nil end
  if event then event.clientId = clientId end
  return fields
end

local function recordOf(clientId, fields)
  fields.secretSha256 = nil
  local list = '${prefix.siteMembers}' .. clientId
  local members = {}
  for _, sub in ipairs(redis.call('SRANDMEMBER', list, ${MOST_SHOWN})) do
    local found = redis.call('HMGET', '${prefix.account}' .. sub, 'name', 'email')
    if found[2] then members[#members + 1] = { sub = sub, name = found[1] or '', email = found[2] } end
  end
  return { clientId = clientId, fields = fields, listed = redis.call('SCARD', list), members = members }
end

local function siteResult(clientId)
  local found = redis.call('HMGET', '${prefix.organization}' .. args.organization, 'policy', 'policyVersion')
  return {
    status = 'ok', site = recordOf(clientId, load('${prefix.site}' .. clientId)), policy = found[1] or nil,
    policyVersion = found[2] or '0'
  }
end

local function sitesOf()
  local sites = {}
  for _, clientId in ipairs(redis.call('ZRANGE', '${prefix.sites}' .. args.organization, 0, ${MOST_SITES - 1})) do
    local fields = load('${prefix.site}' .. clientId)
    if fields then sites[#sites + 1] = recordOf(clientId, fields) end
  end
  return { status = 'ok', sites = sites }
end
`;

/** Reads the sites that were made here. */
export const listSites: Step<'session', Acting, SitesResult | NotActing> = defineStep({
  name: 'listSites',
  keys: ['session'],
  changes: false,
  lua: `${SITE}
local who, refused = administrator()
if not who then return refused end
return sitesOf()`,
});

/** Reads one, with what the organisation demands beside it. */
export const readSite: Step<'session', { readonly clientId: string } & Acting, SiteResult | NotActing> =
  defineStep({
    name: 'readSite',
    keys: ['session'],
    changes: false,
    lua: `${SITE}
local who, refused = administrator()
if not who then return refused end
if not siteOf(args.clientId) then return { status = 'unknown' } end
return siteResult(args.clientId)`,
  });

/** Makes a site. */
export const addSite: Step<
  'session',
  { readonly clientId: string; readonly fields: Records } & Acting,
  SiteResult | { readonly status: 'too_many' } | NotActing
> = defineStep({
  name: 'addSite',
  keys: ['session'],
  changes: true,
  lua: `${SITE}
local who, refused = administrator()
if not who then return refused end
if event then event.clientId = args.clientId end
local list = '${prefix.sites}' .. args.organization
if redis.call('ZCARD', list) >= ${MOST_SITES} then return { status = 'too_many' } end
save('${prefix.site}' .. args.clientId, args.fields)
save('${prefix.site}' .. args.clientId, { organization = args.organization, createdAt = whole(args.now) })
redis.call('ZADD', list, whole(args.now), args.clientId)
return siteResult(args.clientId)`,
});

export interface ChangeSiteArgs {
  readonly clientId: string;
  readonly fields: Records;
  /** With a policy: the version of the organisation's that it was checked beside. */
  readonly besideVersion?: string;
  /** Who may use it, where that is given; each a member. */
  readonly listed?: readonly string[];
}

/** Changes a site: what is decided of sessions there is decided anew. */
export const changeSite: Step<
  'session',
  ChangeSiteArgs & Acting,
  | SiteResult
  | { readonly status: 'changed' }
  | { readonly status: 'no_member'; readonly at: number }
  | NotActing
> = defineStep({
  name: 'changeSite',
  keys: ['session'],
  changes: true,
  lua: `${SITE}
local who, refused = administrator()
if not who then return refused end
if not siteOf(args.clientId) then return { status = 'unknown' } end
local beside = redis.call('HGET', '${prefix.organization}' .. args.organization, 'policyVersion') or '0'
if args.besideVersion and args.besideVersion ~= beside then return { status = 'changed' } end
for at, sub in ipairs(args.listed or {}) do
  if not memberOf(sub) then return { status = 'no_member', at = at - 1 } end
end
local key, list = '${prefix.site}' .. args.clientId, '${prefix.siteMembers}' .. args.clientId
save(key, args.fields)
if args.listed then
  redis.call('DEL', list)
  for _, sub in ipairs(args.listed) do redis.call('SADD', list, sub) end
end
redis.call('HINCRBY', key, 'policyVersion', 1)
return siteResult(args.clientId)`,
});

/** Puts a new secret in the place of the old one, which is void at once. */
export const renewSecret: Step<
  'session',
  { readonly clientId: string; readonly secretSha256: string } & Acting,
  SiteResult | { readonly status: 'public' } | NotActing
> = defineStep({
  name: 'renewSecret',
  keys: ['session'],
  changes: true,
  lua: `${SITE}
local who, refused = administrator()
if not who then return refused end
local fields = siteOf(args.clientId)
if not fields then return { status = 'unknown' } end
if fields.authMethod == 'none' then return { status = 'public' } end
redis.call('HSET', '${prefix.site}' .. args.clientId, 'secretSha256', args.secretSha256)
return siteResult(args.clientId)`,
});

/** Removes a site: nobody signs in to it any more. */
export const removeSite: Step<'session', { readonly clientId: string } & Acting, SitesResult | NotActing> =
  defineStep({
    name: 'removeSite',
    keys: ['session'],
    changes: true,
    lua: `${SITE}
local who, refused = administrator()
if not who then return refused end
local fields = siteOf(args.clientId)
if not fields then return { status = 'unknown' } end
if event then event.name = fields.name end
redis.call('DEL', '${prefix.site}' .. args.clientId, '${prefix.siteMembers}' .. args.clientId)
redis.call('ZREM', '${prefix.sites}' .. args.organization, args.clientId)
return sitesOf()`,
  });
