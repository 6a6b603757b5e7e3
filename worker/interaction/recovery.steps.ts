// The ways out of a lost factor: a recovery code (S39), and a call for help to the administrators.
import type { PoliciesRecord } from '../accounts/policy.lua.ts';
import { ENROLLMENT_TRIES } from '../factors/enrollment.lua.ts';
import { MOST_ADMINISTRATORS_TOLD } from '../factors/limits.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import { OPEN_SESSION, type Records } from '../session/session.steps.ts';
import { prefix } from '../storage-keys.ts';
import type { Throttled } from './address.steps.ts';
import { CHALLENGE } from './challenge.steps.ts';
import { POLICIES_AT } from './first-factor.steps.ts';
import { INTERACTION } from './interaction.lua.ts';
import type { Asking, Refused, Snapshot } from './interaction.steps.ts';

/** Counts a try of a recovery code and loads whose it would be. */
export const reserveRecovery: Step<
  'interaction',
  Asking,
  | {
      readonly status: 'reserved';
      readonly interaction: Records;
      readonly account: Records;
      readonly triesLeft: number;
      readonly policies: PoliciesRecord;
    }
  | Throttled
  | Refused
> = defineStep({
  name: 'reserveRecovery',
  keys: ['interaction'],
  changes: true,
  lua: `${INTERACTION}${POLICIES_AT}
local interaction, refused = openInteraction('challenge')
if not interaction then return refused end
local account = accountOf(interaction)
if not account then return { status = 'ended' } end
local retryAt = exceeded(interaction.sub)
if retryAt then return { status = 'throttled', retryAt = retryAt } end
account.password = nil
return {
  status = 'reserved', interaction = interaction, account = account, triesLeft = remaining(interaction.sub),
  policies = policiesAt(interaction, interaction.sub, account)
}`,
});

export interface RecoverArgs extends Asking {
  readonly version: number;
  /** Hashes under every key. */
  readonly hashes: readonly string[];
  readonly lost: readonly string[];
  readonly enrollmentKinds: string;
  readonly enrollmentWays: string;
  /** `1`: a phone would be an administrator's only factor (S29). */
  readonly phoneAlone: string;
  readonly usedNotice: object;
  readonly failedNotice: object;
}

/** Takes the code, once, and opens one enrolment that replaces what was lost. */
export const recover: Step<
  'interaction',
  RecoverArgs,
  Snapshot | { readonly status: 'wrong_code' } | Refused
> = defineStep({
  name: 'recover',
  keys: ['interaction'],
  changes: true,
  lua: `${INTERACTION}${ENROLLMENT_TRIES}${OPEN_SESSION}${CHALLENGE}
local interaction, refused = openInteraction('challenge')
if not interaction then return refused end
local account = accountOf(interaction)
if not account then return { status = 'ended' } end
if not takeRecoveryCode(interaction.sub, args.hashes) then
  failed(interaction, account)
  return { status = 'wrong_code' }
end
if interaction.failedNotice then forget(interaction.failedNotice) end
redis.call('HDEL', k.interaction, 'failedNotice')
redis.call('HDEL', '${prefix.account}' .. interaction.sub, 'mailSuspendedUntil')
notify(interaction.sub, account, args.usedNotice, siteNameOf(interaction))
advance({
  step = 'enrollment', because = 'recovery', lost = table.concat(args.lost, ','),
  enrollmentKinds = args.enrollmentKinds, enrollmentWays = args.enrollmentWays, phoneAlone = args.phoneAlone
})
return snapshot('ok')`,
});

/** Seconds that a call for help is kept as open. */
const HELP_SECONDS = 86_400;

export interface HelpArgs extends Asking {
  readonly address: string;
  /** To each administrator. */
  readonly message: { readonly id: string };
  readonly notice: object;
}

/** Asks the administrators of the account's home organisation for help, once a day. */
export const askForHelp: Step<
  'interaction',
  HelpArgs,
  Snapshot | { readonly status: 'help_requested' } | Refused
> = defineStep({
  name: 'askForHelp',
  keys: ['interaction'],
  changes: true,
  lua: `${INTERACTION}
local interaction, refused = openInteraction('challenge')
if not interaction then return refused end
local account = accountOf(interaction)
if not account then return { status = 'ended' } end
if exceeded(interaction.sub) then return { status = 'help_requested' } end
local help = '${prefix.help}' .. interaction.sub
save(help, { at = whole(args.now), address = args.address, organization = account.home })
redis.call('EXPIRE', help, ${HELP_SECONDS})
redis.call('ZADD', '${prefix.helpRequests}' .. account.home, whole(args.now), interaction.sub)
local organizationName = redis.call('HGET', '${prefix.organization}' .. account.home, 'name') or account.home
local told = 0
for _, sub in ipairs(redis.call('SMEMBERS', '${prefix.administrators}' .. account.home)) do
  local administrator = sub ~= interaction.sub and load('${prefix.account}' .. sub)
  if administrator and administrator.status == 'active' and told < ${MOST_ADMINISTRATORS_TOLD} then
    told = told + 1
    enqueue(args.message, {
      id = args.message.id .. '~' .. told, channel = 'mail', urgency = 'later', to = administrator.email, sub = sub,
      language = administrator.language, siteName = siteNameOf(interaction), memberName = account.name,
      memberEmail = account.email, organizationName = organizationName
    })
  end
end
notify(interaction.sub, account, args.notice, siteNameOf(interaction))
reindex(interaction.sub)
advance({ helpRequested = '1' })
return snapshot('ok')`,
});
