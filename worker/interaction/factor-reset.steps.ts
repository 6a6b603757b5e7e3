import { MEMBER_INDEX } from '../accounts/member-index.lua.ts';
import { FACTORS } from '../factors/enrollment.lua.ts';
import { SENT_CODE } from '../factors/sent-code.lua.ts';
import { QUEUE } from '../jobs/queue.lua.ts';
import { defineStep, type LuaList, type Step } from '../ports/redis.ts';
import { DUE_RESETS, prefix } from '../storage-keys.ts';
import { FACTOR_RESET } from './factor-reset.lua.ts';

const RESET = `${MEMBER_INDEX}${QUEUE}${SENT_CODE}${FACTORS}${FACTOR_RESET}`;

/** Carries a reset out, if it is due: all of it or nothing. */
export const carryOutReset: Step<
  never,
  { readonly now: number; readonly id: string },
  { readonly status: 'done' | 'gone' }
> = defineStep({
  name: 'carryOutReset',
  keys: [],
  changes: true,
  lua: `${RESET}
local reset = resetOf(args.id)
local account = reset and load('${prefix.account}' .. reset.sub)
if not account or account.factorReset ~= args.id then
  dropReset(args.id)
  return { status = 'gone' }
end
if not isDue(reset) then return { status = 'gone' } end
if event then
  event.sub = reset.sub
  event.organization = reset.organization
  event.by = reset.byId
end
local ids = carryOut(reset, account)
if event then event.enrollments = table.concat(ids, ',') end
return { status = 'done' }`,
});

/** Reads which resets are due, the oldest first. */
export const readDueResets: Step<
  never,
  { readonly now: number; readonly most: number },
  { readonly status: 'ok'; readonly ids: LuaList<string> }
> = defineStep({
  name: 'readDueResets',
  keys: [],
  changes: false,
  lua: `return {
  status = 'ok', ids = redis.call('ZRANGEBYSCORE', '${DUE_RESETS}', '-inf', whole(args.now), 'LIMIT', 0, args.most)
}`,
});

/** Stops a reset by the link that the member was mailed. */
export const stopResetByLink: Step<
  'stop',
  { readonly now: number; readonly message: object },
  { readonly status: 'stopped' | 'gone' } | { readonly status: 'throttled'; readonly retryAt: number }
> = defineStep({
  name: 'stopResetByLink',
  keys: ['stop'],
  changes: true,
  lua: `${RESET}
local retryAt = exceeded()
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local id = redis.call('GET', k.stop)
local reset = id and resetOf(id)
local account = reset and load('${prefix.account}' .. reset.sub)
if not account or account.factorReset ~= id then return { status = 'gone' } end
if event then
  event.sub = reset.sub
  event.organization = reset.organization
end
stopReset(account, reset, args.message)
return { status = 'stopped' }`,
});
