import { POLICIES, type PoliciesRecord } from '../accounts/policy.lua.ts';
import { INTERACTION } from '../interaction/public.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import { LIVE_SESSION, type Records } from '../session/session.steps.ts';

export interface AuthorizeLoad {
  readonly status: 'ok';
  /** A site of the admin API. */
  readonly site?: Records;
  readonly session?: Records;
  readonly account?: Records;
  /** With the account: the policies that count for it here. */
  readonly policies?: PoliciesRecord;
}

/** Brings all that an authorization request is decided by at once. One round trip. */
export const loadAuthorize: Step<
  'site' | 'session',
  {
    readonly now: number;
    readonly clientId: string;
    /** Of a client of the configuration, of which the store knows nothing. */
    readonly organizationId?: string;
  },
  AuthorizeLoad
> = defineStep({
  name: 'loadAuthorize',
  keys: ['site', 'session'],
  changes: false,
  lua: `${LIVE_SESSION}${POLICIES}
local session, account = liveSession(k.session)
local site = load(k.site) or nil
local policies = nil
if session then
  local organization = args.organizationId or site and site.organization
  policies = policiesOf(session.sub, account, organization, args.clientId)
end
return { status = 'ok', site = site, session = session, account = account, policies = policies }`,
});

export type TakeResult =
  | {
      readonly status: 'taken';
      readonly interaction: Records;
      readonly session?: Records;
      readonly account?: Records;
      readonly policies?: PoliciesRecord;
    }
  | { readonly status: 'ended' | 'wrong_step' };

/** Takes the result of a finished interaction: once, and only by the browser that began it (S78). */
export const takeInteraction: Step<
  'interaction' | 'session',
  { readonly now: number; readonly browser: string },
  TakeResult
> = defineStep({
  name: 'takeInteraction',
  keys: ['interaction', 'session'],
  changes: true,
  lua: `${LIVE_SESSION}${INTERACTION}${POLICIES}
local interaction, refused = openInteraction('done')
if not interaction then return refused end
advance({ step = 'spent' })
interaction.browser = nil
local session, account = liveSession(k.session)
local policies = nil
if session then
  local target = cjson.decode(interaction.target)
  policies = policiesOf(session.sub, account, target.organizationId, target.clientId)
end
return { status = 'taken', interaction = interaction, session = session, account = account, policies = policies }`,
});

export interface RedeemArgs {
  readonly now: number;
  readonly clientId: string;
  /** Set when the configuration vouched for the client; else the site's record must match. */
  readonly trusted: boolean;
  readonly secretSha256: string;
  readonly authMethod: string;
  readonly sub: string;
  readonly grantUntil: number;
}

export type RedeemResult =
  | { readonly status: 'redeemed'; readonly account: Records }
  | { readonly status: 'invalid_client' | 'reused' | 'session_ended' };

/**
 * Marks a code as used and checks that its session still lives. A second use revokes what the first one gave (S57).
 * A client from the store is authenticated here too: its secret has 256 random bits, so the hashes may be compared.
 */
export const redeemAuthorizationCode: Step<'grant' | 'session' | 'site', RedeemArgs, RedeemResult> =
  defineStep({
    name: 'redeemAuthorizationCode',
    keys: ['grant', 'session', 'site'],
    changes: true,
    lua: `${LIVE_SESSION}
if not args.trusted then
  local site = load(k.site)
  if not site or site.authMethod ~= args.authMethod or (site.secretSha256 or '') ~= args.secretSha256 then
    return { status = 'invalid_client' }
  end
  if event then event.siteOrganization = site.organization end
end
local function keep(status)
  save(k.grant, {
    status = status, sub = args.sub, clientId = args.clientId, session = k.session, expiresAt = whole(args.grantUntil)
  })
  redis.call('EXPIRE', k.grant, args.grantUntil - args.now + 60)
end
if redis.call('EXISTS', k.grant) == 1 then
  keep('revoked')
  return { status = 'reused' }
end
local session, account = liveSession(k.session)
if not session or session.sub ~= args.sub then
  keep('revoked')
  return { status = 'session_ended' }
end
keep('active')
return { status = 'redeemed', account = account }`,
  });

export type GrantResult =
  { readonly status: 'active'; readonly account: Records } | { readonly status: 'revoked' };

/** Reads the account behind an access token while its grant and its session live. One round trip. */
export const readGrant: Step<'grant', { readonly now: number; readonly clientId: string }, GrantResult> =
  defineStep({
    name: 'readGrant',
    keys: ['grant'],
    changes: false,
    lua: `${LIVE_SESSION}
local grant = load(k.grant)
if not grant or grant.status ~= 'active' or grant.clientId ~= args.clientId or tonumber(grant.expiresAt) <= args.now then
  return { status = 'revoked' }
end
local session, account = liveSession(grant.session)
if not session or session.sub ~= grant.sub then return { status = 'revoked' } end
return { status = 'active', account = account }`,
  });

/** Marks a client assertion as seen, so that it counts once. One round trip. */
export const takeAssertion: Step<
  'assertion',
  { readonly now: number; readonly expiresAt: number },
  { readonly status: 'taken' | 'replayed' }
> = defineStep({
  name: 'takeAssertion',
  keys: ['assertion'],
  changes: true,
  lua: `local first = redis.call('SET', k.assertion, '1', 'NX', 'EX', math.max(1, args.expiresAt - args.now) + 60)
return { status = first and 'taken' or 'replayed' }`,
});
