// Links that were mailed: a new password for a forgotten one (S07), and "this was not me".
import { UNLOCK_PASSWORD } from '../accounts/password-lock.lua.ts';
import { POLICIES } from '../accounts/policy.lua.ts';
import { QUEUE } from '../jobs/queue.lua.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import type { SetupResult } from '../accounts/member.steps.ts';
import { prefix } from '../storage-keys.ts';

// A link counts while it is the newest one of an account that may sign in.
const OPEN_RESET = `
local function openReset()
  local reset = load(k.reset)
  if not reset or tonumber(reset.expiresAt) <= args.now then return nil end
  local account = load('${prefix.account}' .. reset.sub)
  if not account or account.status ~= 'active' or account.reset ~= args.hash then return nil end
  if event then event.sub = reset.sub end
  return reset.sub, account
end
`;

/** Reads whom a reset link is for, and counts the try. */
export const readReset: Step<'reset', { readonly now: number; readonly hash: string }, SetupResult> =
  defineStep({
    name: 'readReset',
    keys: ['reset'],
    changes: true,
    lua: `${OPEN_RESET}${POLICIES}
local retryAt = exceeded()
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local sub, account = openReset()
if not sub then return { status = 'gone' } end
return {
  status = 'ok', sub = sub, account = account,
  organizationName = redis.call('HGET', '${prefix.organization}' .. account.home, 'name') or '',
  policies = policiesOf(sub, account)
}`,
  });

export interface TakeResetArgs {
  readonly now: number;
  readonly hash: string;
  readonly password: string;
  /** Until when codes by mail don't count: the mailbox gave the password already, and is no second factor beside it. */
  readonly mailSuspendedUntil: number;
  readonly notice: object;
}

/** Takes the link: the password is new and every session ends. It signs nobody in (S07). */
export const takeReset: Step<'reset', TakeResetArgs, { readonly status: 'taken' | 'gone' }> = defineStep({
  name: 'takeReset',
  keys: ['reset'],
  changes: true,
  lua: `${OPEN_RESET}${QUEUE}${UNLOCK_PASSWORD}
local sub, account = openReset()
if not sub then return { status = 'gone' } end
local key = '${prefix.account}' .. sub
save(key, { password = args.password, mailSuspendedUntil = whole(args.mailSuspendedUntil) })
redis.call('HDEL', key, 'reset')
unlockPassword(sub)
redis.call('HINCRBY', key, 'version', 1)
redis.call('HINCRBY', key, 'epoch', 1)
redis.call('DEL', k.reset)
notify(sub, account, args.notice)
return { status = 'taken' }`,
});

/**
 * "This was not me": ends the sign-in or the session whose code the mail held. Where that has led on to another session, or
 * is gone so that nobody knows, all sessions of the account end: whoever reads its mailbox may do that.
 */
export const takeNotMe: Step<
  'notMe',
  { readonly now: number },
  { readonly status: 'taken' | 'gone' } | { readonly status: 'throttled'; readonly retryAt: number }
> = defineStep({
  name: 'takeNotMe',
  keys: ['notMe'],
  changes: true,
  lua: `local retryAt = exceeded()
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local link = load(k.notMe)
if not link or tonumber(link.expiresAt) <= args.now then return { status = 'gone' } end
if event then event.sub = link.sub end
local isGone = redis.call('EXISTS', link.owner) == 0
local ledOn = isGone or redis.call('HEXISTS', link.owner, 'session') == 1
redis.call('DEL', link.owner, k.notMe)
redis.call('ZREM', '${prefix.sessions}' .. link.sub, link.owner)
local account = '${prefix.account}' .. link.sub
if ledOn and link.own == '1' and redis.call('EXISTS', account) == 1 then
  redis.call('HINCRBY', account, 'version', 1)
  redis.call('HINCRBY', account, 'epoch', 1)
end
return { status = 'taken' }`,
});
