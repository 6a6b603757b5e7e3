// Resets of a member's factors (S46): asked for, agreed to, called off. What becomes of them: interaction/factor-reset.ts.
import { defineStep, type LuaList, type Step } from '../ports/redis.ts';
import type { Records } from '../session/session.steps.ts';
import { DUE_RESETS, prefix } from '../storage-keys.ts';
import type { Acting, NotActing } from './administration.lua.ts';
import { APPROVAL_SECONDS } from './approval.lua.ts';
import { HELP_DESK, type NotHelped, type ResetRecord } from './help-desk.steps.ts';

/** Resets and calls for help that are listed. */
const MOST_LISTED = 100;
/** Seconds for which the link that stops a reset is kept. */
const STOP_SECONDS = 14 * 86_400;

export interface RequestResetArgs {
  readonly sub: string;
  readonly id: string;
  /** Absent: all factors. */
  readonly enrollmentId?: string;
  readonly reason: string;
  readonly approvalsNeeded: number;
  readonly leastDelay: number;
  /** Of the policies that the delay was decided by. */
  readonly stamp: string;
  readonly delaySeconds: number;
  /** Hash of the token of the link that stops it. */
  readonly stopHash: string;
  readonly askedMessage: object;
  readonly doneMessage: object;
}

/** Files a reset and tells the member, unless another one is pending. */
export const requestReset: Step<
  'session' | 'stop',
  RequestResetArgs & Acting,
  { readonly status: 'ok'; readonly isDue: boolean } | NotHelped | NotActing
> = defineStep({
  name: 'requestReset',
  keys: ['session', 'stop'],
  changes: true,
  lua: `${HELP_DESK}
local actor, refused = administrator()
if not actor then return refused end
local account, unhelpable = helpable(actor, args.sub)
if not account then return unhelpable end
local ids, factorName = {}, nil
if args.enrollmentId then
  if not account['enrollment:' .. args.enrollmentId] then return { status = 'unknown' } end
  ids = { args.enrollmentId }
  factorName = redis.call('HGET', '${prefix.enrollment}' .. args.enrollmentId, 'name') or ''
else
  for field in pairs(account) do
    if string.sub(field, 1, 11) == 'enrollment:' then ids[#ids + 1] = string.sub(field, 12) end
  end
  if #ids == 0 and recoveryCodesOf(args.sub).left == 0 then return { status = 'no_factor' } end
end
if pendingReset(args.sub, account) then return { status = 'exists' } end
if account.factorReset then dropReset(account.factorReset) end
local needed, delay = approvalRule(actor, args.sub, account)
if needed ~= args.approvalsNeeded or delay ~= args.leastDelay then return { status = 'changed' } end
if policiesOf(args.sub, account).stamp ~= args.stamp then return { status = 'changed' } end
local notBefore = args.now + args.delaySeconds
local reset = {
  sub = args.sub, organization = args.organization, enrollment = args.enrollmentId, factorName = factorName,
  reason = args.reason, by = actor.by, byId = actorId(actor), at = whole(args.now), approvalsNeeded = needed,
  approvals = '[]', approvers = '[]', delaySeconds = whole(args.delaySeconds), notBefore = whole(notBefore),
  expiresAt = whole(args.now + ${APPROVAL_SECONDS}), stop = args.stopHash, notice = cjson.encode(args.doneMessage)
}
save('${prefix.factorReset}' .. args.id, reset)
redis.call('HSET', '${prefix.account}' .. args.sub, 'factorReset', args.id)
redis.call('ZADD', '${prefix.factorResets}' .. args.organization, whole(args.now), args.id)
if needed == 0 then redis.call('ZADD', '${DUE_RESETS}', whole(notBefore), args.id) end
local due = isDue(reset)
if not due then
  redis.call('SET', k.stop, args.id, 'EX', ${STOP_SECONDS})
  notify(args.sub, account, args.askedMessage, nil, nil, aboutFactors(account, ids))
end
return { status = 'ok', isDue = due }`,
});

/** Agrees to a reset. The delay counts from when the member was told. */
export const approveReset: Step<
  'session',
  { readonly id: string } & Acting,
  { readonly status: 'ok'; readonly isDue: boolean } | NotHelped | NotActing
> = defineStep({
  name: 'approveReset',
  keys: ['session'],
  changes: true,
  lua: `${HELP_DESK}
local actor, refused = administrator()
if not actor then return refused end
local reset = resetHere(args.id)
if not reset then return { status = 'unknown' } end
concerning(reset.sub)
if not mayAgree(reset, reset.sub, actor) then return { status = 'not_allowed' } end
agree(reset, actor)
local fields = { approvers = reset.approvers, approvals = reset.approvals }
if isApproved(reset) then
  reset.notBefore = whole(math.max(args.now, tonumber(reset.at) + tonumber(reset.delaySeconds)))
  fields.notBefore = reset.notBefore
  redis.call('ZADD', '${DUE_RESETS}', reset.notBefore, args.id)
end
save('${prefix.factorReset}' .. args.id, fields)
return { status = 'ok', isDue = isDue(reset) }`,
});

/** Reads what the member is told when a reset is called off. */
export const readReset: Step<
  'session',
  { readonly id: string } & Acting,
  | {
      readonly status: 'ok';
      readonly by: string;
      readonly organizationName: string;
      readonly reason: string;
    }
  | NotActing
> = defineStep({
  name: 'readFactorReset',
  keys: ['session'],
  changes: false,
  lua: `${HELP_DESK}
local actor, refused = administrator()
if not actor then return refused end
local reset = resetHere(args.id)
if not reset then return { status = 'unknown' } end
return { status = 'ok', by = actor.by, organizationName = organizationName(), reason = reset.reason }`,
});

/** Calls a reset off and tells the member. */
export const cancelReset: Step<
  'session',
  { readonly id: string; readonly message: object } & Acting,
  { readonly status: 'ok' } | NotActing
> = defineStep({
  name: 'cancelReset',
  keys: ['session'],
  changes: true,
  lua: `${HELP_DESK}
local actor, refused = administrator()
if not actor then return refused end
local reset, account = resetHere(args.id)
if not reset then return { status = 'unknown' } end
concerning(reset.sub)
dropReset(args.id)
notify(reset.sub, account, args.message)
return { status = 'ok' }`,
});

/** Reads what is pending: resets, and members who called for help. One round trip. */
export const listResets: Step<
  'session',
  Acting,
  | {
      readonly status: 'ok';
      readonly resets: LuaList<ResetRecord>;
      readonly help: LuaList<{ readonly sub: string; readonly account: Records; readonly askedAt: number }>;
    }
  | NotActing
> = defineStep({
  name: 'listResets',
  keys: ['session'],
  changes: false,
  lua: `${HELP_DESK}
local actor, refused = administrator()
if not actor then return refused end
local result = { status = 'ok', resets = {}, help = {} }
local pending, asked = '${prefix.factorResets}' .. args.organization, '${prefix.helpRequests}' .. args.organization
for _, id in ipairs(redis.call('ZRANGE', pending, 0, ${MOST_LISTED - 1})) do
  local reset, account = resetHere(id)
  if reset then result.resets[#result.resets + 1] = shownReset(reset, account, actor)
  else
    dropReset(id)
    redis.call('ZREM', pending, id)
  end
end
for _, sub in ipairs(redis.call('ZREVRANGE', asked, 0, ${MOST_LISTED - 1})) do
  local account = memberOf(sub)
  local at = redis.call('HGET', '${prefix.help}' .. sub, 'at')
  if account and at then
    account.password = nil
    result.help[#result.help + 1] = { sub = sub, account = account, askedAt = tonumber(at) }
  else
    redis.call('ZREM', asked, sub)
  end
end
return result`,
});
