// Invitations: of somebody new, for whom an account is made that waits for its password, and of somebody who has an account
// elsewhere, of whom nothing is known here until they accept. Whoever invites sees no difference (S87). One round trip each.
import { defineStep, type LuaList, type Step } from '../ports/redis.ts';
import { prefix } from '../storage-keys.ts';
import type { Acting, NotActing } from './administration.lua.ts';
import { MEMBER } from './member.lua.ts';
import type { MemberRow } from './members.steps.ts';
import { ERASE } from './remove-member.steps.ts';

/** Invitations that wait, as a list shows them: the first by name. */
const MOST_LISTED = 1000;

/** The link of an invitation, and both mails that can carry it. */
export interface InviteLink {
  /** Hash of the token. */
  readonly hash: string;
  /** To somebody new. */
  readonly setupMail: object;
  /** To somebody who has an account. */
  readonly joinMail: object;
}

export interface NewInvite extends InviteLink {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly folded: string;
  readonly role: string;
}

export interface InvitesResult {
  readonly status: 'ok';
  readonly invites: LuaList<MemberRow>;
}

const INVITE = `
-- A new link voids the one before.
local function link(id, key, record, given)
  if record.setup then redis.call('DEL', '${prefix.setup}' .. record.setup) end
  save(key, { setup = given.hash, setupUntil = whole(args.lasts), invitedAt = whole(args.now) })
  save('${prefix.setup}' .. given.hash, { sub = id, expiresAt = whole(args.lasts) })
  redis.call('EXPIRE', '${prefix.setup}' .. given.hash, args.lasts - args.now + 60)
  reindex(id)
end

-- Without sub: whether one of theirs or somebody else gets it is not to be told by the trail of mails either.
local function mail(message, record, language, urgency)
  enqueue(message, {
    channel = 'mail', urgency = urgency, to = record.email, language = language, memberName = record.name,
    organizationName = redis.call('HGET', '${prefix.organization}' .. args.organization, 'name') or args.organization
  })
end

local function makeAccount(id, record)
  redis.call('SET', '${prefix.address}' .. record.email, id)
  redis.call('ZADD', '${prefix.members}' .. args.organization, whole(args.now), id)
  if record['member:' .. args.organization] ~= 'member' then
    redis.call('SADD', '${prefix.administrators}' .. args.organization, id)
  end
end

-- What came of it: \`invited\`, or \`member\` or \`pending\` for who is there already.
local function invite(one, urgency)
  local list = '${prefix.invites}' .. args.organization
  local owner = redis.call('GET', '${prefix.address}' .. one.email)
  local account = owner and load('${prefix.account}' .. owner)
  if account and account['member:' .. args.organization] then
    return account.status == 'invited' and 'pending' or 'member'
  end
  if redis.call('HEXISTS', list, one.email) == 1 then return 'pending' end
  local record = {
    email = one.email, name = one.name, folded = one.folded, status = 'invited', home = args.organization, epoch = 1,
    version = 1, createdAt = whole(args.now), ['member:' .. args.organization] = one.role
  }
  local key = (account and '${prefix.invite}' or '${prefix.account}') .. one.id
  save(key, record)
  if account then
    redis.call('HSET', key, 'for', owner)
    redis.call('HSET', list, one.email, one.id)
  else
    makeAccount(one.id, record)
  end
  link(one.id, key, record, one)
  mail(account and one.joinMail or one.setupMail, record, account and account.language, urgency)
  return 'invited'
end

local function invitesOf()
  local rows = {}
  local index = '${prefix.memberTexts}' .. args.organization .. ':invited'
  for _, entry in ipairs(redis.call('ZRANGEBYLEX', index, '[n', '(o', 'LIMIT', 0, ${MOST_LISTED})) do
    local sub = string.match(entry, '\\1(.*)$')
    local person = personOf(sub)
    if person and person.status == 'invited' then rows[#rows + 1] = rowOf(sub, person) end
  end
  return { status = 'ok', invites = rows }
end

-- An invitation that waits: who acts, its record and its key.
local function waiting()
  local who, refused = administrator()
  if not who then return nil, refused end
  local record, key = personOf(args.sub)
  if not record or record.status ~= 'invited' or record.home ~= args.organization then
    return nil, { status = 'unknown' }
  end
  concerning(args.sub)
  if record['member:' .. args.organization] == 'owner' and who.role ~= 'owner' then
    return nil, { status = 'not_allowed' }
  end
  return who, record, key
end
`;

/** Reads the invitations that wait, also those that are too old. */
export const listInvites: Step<'session', Acting, InvitesResult | NotActing> = defineStep({
  name: 'listInvites',
  keys: ['session'],
  changes: false,
  lua: `${MEMBER}${INVITE}
local who, refused = administrator()
if not who then return refused end
return invitesOf()`,
});

/** Invites. Each is told apart, so that a file with some bad lines invites the others. */
export const inviteMembers: Step<
  'session',
  { readonly invites: readonly NewInvite[]; readonly lasts: number; readonly urgency: string } & Acting,
  | { readonly status: 'ok'; readonly results: readonly ('invited' | 'member' | 'pending' | 'not_allowed')[] }
  | { readonly status: 'throttled'; readonly retryAt: number }
  | NotActing
> = defineStep({
  name: 'inviteMembers',
  keys: ['session'],
  changes: true,
  lua: `${MEMBER}${INVITE}
local who, refused = administrator()
if not who then return refused end
local retryAt = exceeded(args.organization)
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local results, invited = {}, {}
for i, one in ipairs(args.invites) do
  results[i] = (one.role == 'owner' and who.role ~= 'owner') and 'not_allowed' or invite(one, args.urgency)
  if results[i] == 'invited' then invited[#invited + 1] = one.id end
end
if event and #args.invites == 1 then concerning(invited[1])
elseif event then event.invited = table.concat(invited, ',') end
return { status = 'ok', results = results }`,
});

/** Sends an invitation again, with a new link. */
export const resendInvite: Step<
  'session',
  { readonly sub: string; readonly link: InviteLink; readonly lasts: number } & Acting,
  | InvitesResult
  | { readonly status: 'throttled'; readonly retryAt: number }
  | { readonly status: 'not_allowed' }
  | NotActing
> = defineStep({
  name: 'resendInvite',
  keys: ['session'],
  changes: true,
  lua: `${MEMBER}${INVITE}
local who, record, key = waiting()
if not who then return record end
local retryAt = exceeded(args.sub)
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local owner = record['for'] and redis.call('GET', '${prefix.address}' .. record.email)
-- The account that there was is gone: now it is somebody new.
if record['for'] and not owner then
  redis.call('RENAME', key, '${prefix.account}' .. args.sub)
  key = '${prefix.account}' .. args.sub
  redis.call('HDEL', key, 'for')
  redis.call('HDEL', '${prefix.invites}' .. args.organization, record.email)
  makeAccount(args.sub, record)
elseif owner then
  redis.call('HSET', key, 'for', owner)
end
link(args.sub, key, record, args.link)
local language = owner and redis.call('HGET', '${prefix.account}' .. owner, 'language') or nil
mail(owner and args.link.joinMail or args.link.setupMail, record, language, 'next')
return invitesOf()`,
});

/** Takes an invitation back: its link is void, and the account that never was is gone. */
export const revokeInvite: Step<
  'session',
  { readonly sub: string } & Acting,
  InvitesResult | { readonly status: 'not_allowed' } | NotActing
> = defineStep({
  name: 'revokeInvite',
  keys: ['session'],
  changes: true,
  lua: `${MEMBER}${INVITE}${ERASE}
local who, record = waiting()
if not who then return record end
if record['for'] then redis.call('HDEL', '${prefix.invites}' .. args.organization, record.email) end
erase(args.sub, record)
return invitesOf()`,
});
