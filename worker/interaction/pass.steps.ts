import { ENROLLMENT_TRIES, PENDING_ENROLLMENT } from '../factors/enrollment.lua.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import { OPEN_SESSION } from '../session/session.steps.ts';
import { prefix } from '../storage-keys.ts';
import type { Throttled } from './address.steps.ts';
import { CHALLENGE } from './challenge.steps.ts';
import { PENDING_RESET } from './factor-reset.lua.ts';
import { INTERACTION } from './interaction.lua.ts';
import type { Asking, Refused, Snapshot } from './interaction.steps.ts';

/** Seconds for which administrators still see that a pass was used. */
const SEEN_SECONDS = 86_400;

/**
 * Takes an access pass in the place of the second factor, once: it opens an enrolment and raises nothing by itself (S48a).
 * Both sides are keyed hashes, so that they are compared here, in one round trip, after the try was counted. A wrong one, one
 * that is void and one that lacks an approval are one answer.
 */
export const takePass: Step<
  'interaction',
  Asking & {
    /** Hashes under every key. */
    readonly macs: readonly string[];
    readonly usedNotice: object;
    readonly failedNotice: object;
  },
  | Snapshot
  | { readonly status: 'wrong_code'; readonly triesLeft: number }
  | { readonly status: 'missing' }
  | Throttled
  | Refused
> = defineStep({
  name: 'takePass',
  keys: ['interaction'],
  changes: true,
  lua: `${INTERACTION}${ENROLLMENT_TRIES}${PENDING_ENROLLMENT}${OPEN_SESSION}${CHALLENGE}${PENDING_RESET}
local interaction, refused = openInteraction()
if not interaction then return refused end
if interaction.step ~= 'challenge' and interaction.step ~= 'confirm_address' then return { status = 'wrong_step' } end
local account = accountOf(interaction)
if not account then return { status = 'ended' } end
local retryAt = exceeded(interaction.sub)
if retryAt then return { status = 'throttled', retryAt = retryAt } end
-- There is one mailbox, so one factor of it.
local kinds = {}
for kind in string.gmatch(interaction.enrollmentKinds or '', '[^,]+') do
  if kind ~= 'email' or not keepsMailbox(account) then kinds[#kinds + 1] = kind end
end
local key = '${prefix.accessPass}' .. interaction.sub
local pass = load(key)
local isRight = false
if pass and pass.mac and pass.organization == account.home and isApproved(pass) and tonumber(pass.expiresAt) > args.now then
  for _, mac in ipairs(args.macs) do isRight = isRight or mac == pass.mac end
end
if not isRight then
  failed(interaction, account)
  return { status = 'wrong_code', triesLeft = remaining(interaction.sub) }
end
if tonumber(pass.notBefore) > args.now then return { status = 'throttled', retryAt = tonumber(pass.notBefore) } end
if #kinds == 0 then return { status = 'missing' } end
redis.call('HDEL', key, 'mac')
redis.call('HSET', key, 'usedAt', whole(args.now))
redis.call('EXPIRE', key, ${SEEN_SECONDS})
if event then event.by = pass.byId end
if interaction.failedNotice then forget(interaction.failedNotice) end
redis.call('HDEL', k.interaction, 'failedNotice', 'lost', 'addressProvenAt')
redis.call('HDEL', '${prefix.account}' .. interaction.sub, 'mailSuspendedUntil')
notify(interaction.sub, account, args.usedNotice, siteNameOf(interaction))
advance({ step = 'enrollment', because = 'pass', enrollmentKinds = table.concat(kinds, ',') })
return snapshot('ok')`,
});
