// Joining another organisation with the account that one has: by a mailed link, signed in as whom it is for (S87).
import type { Freshness } from '../interaction/public.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import { prefix } from '../storage-keys.ts';
import { ACCOUNT } from './account.lua.ts';
import type { NoSession } from './account.steps.ts';

export type JoinResult =
  | { readonly status: 'ok'; readonly organizationName: string; readonly role: string }
  | { readonly status: 'gone' | 'another' }
  | { readonly status: 'throttled'; readonly retryAt: number }
  | NoSession;

// `openInvite()`: who is signed in, the invitation, its id and its organisation; or nil and the refusal. Nothing of it is told
// to whoever is signed in as somebody else.
const OPEN_INVITE = `
local function openInvite()
  local session, account, refused = judgedSession()
  if not session then return nil, refused end
  local retryAt = exceeded()
  if retryAt then return nil, { status = 'throttled', retryAt = retryAt } end
  local link = load(k.setup)
  if not link or tonumber(link.expiresAt) <= args.now then return nil, { status = 'gone' } end
  local invite = load('${prefix.invite}' .. link.sub)
  if not invite or invite.setup ~= args.hash then return nil, { status = 'gone' } end
  if invite['for'] ~= session.sub then return nil, { status = 'another' } end
  local organization = load('${prefix.organization}' .. invite.home)
  if not organization then return nil, { status = 'gone' } end
  return session, account, invite, link.sub, organization
end
`;

/** Reads what the invitation offers. */
export const readInvite: Step<'session' | 'setup', Freshness & { readonly hash: string }, JoinResult> =
  defineStep({
    name: 'readInvite',
    keys: ['session', 'setup'],
    changes: true,
    lua: `${ACCOUNT}${OPEN_INVITE}
local session, account, invite, _, organization = openInvite()
if not session then return account end
return { status = 'ok', organizationName = organization.name, role = invite['member:' .. invite.home] }`,
  });

/** Takes it, once: the account is a member there too; its home stays what it is. */
export const acceptInvite: Step<
  'session' | 'setup',
  Freshness & { readonly hash: string; readonly notice: object },
  JoinResult
> = defineStep({
  name: 'acceptInvite',
  keys: ['session', 'setup'],
  changes: true,
  lua: `${ACCOUNT}${OPEN_INVITE}
local session, account, invite, id, organization = openInvite()
if not session then return account end
local home = invite.home
local role = account['member:' .. home] or invite['member:' .. home]
local key = '${prefix.account}' .. session.sub
unindex(id, invite, home)
redis.call('DEL', k.setup, '${prefix.invite}' .. id)
redis.call('HDEL', '${prefix.invites}' .. home, invite.email)
redis.call('HSET', key, 'member:' .. home, role)
redis.call('HINCRBY', key, 'version', 1)
redis.call('HINCRBY', key, 'policyVersion', 1)
redis.call('ZADD', '${prefix.members}' .. home, 'NX', whole(args.now), session.sub)
if role ~= 'member' then redis.call('SADD', '${prefix.administrators}' .. home, session.sub) end
reindex(session.sub)
notify(session.sub, account, args.notice, nil, nil, { subject = organization.name })
if event then event.organization = home end
return { status = 'ok', organizationName = organization.name, role = role }`,
});
