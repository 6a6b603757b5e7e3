// What is demanded soon: set up now, or put off. One round trip each.
import { ENROLLMENT_TRIES } from '../factors/enrollment.lua.ts';
import type { SentCodeArgs } from '../factors/sent-code.lua.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import { OPEN_SESSION } from '../session/session.steps.ts';
import type { BeginningSession } from '../session/session.ts';
import { prefix } from '../storage-keys.ts';
import { MAILBOX_CODE } from './address.steps.ts';
import { CHALLENGE } from './challenge.steps.ts';
import { INTERACTION } from './interaction.lua.ts';
import type { Asking, Refused, Snapshot } from './interaction.steps.ts';

/** Puts it off, once more, and signs in with what was proven. Counted for the account, so that no number of sign-ins at once has more. */
export const snooze: Step<
  'interaction' | 'session' | 'previous',
  Asking & { readonly session: BeginningSession },
  Snapshot | { readonly status: 'none_left' } | Refused
> = defineStep({
  name: 'snooze',
  keys: ['interaction', 'session', 'previous'],
  changes: true,
  lua: `${INTERACTION}${ENROLLMENT_TRIES}${OPEN_SESSION}${CHALLENGE}
local interaction, refused = openInteraction('grace')
if not interaction then return refused end
local account = accountOf(interaction)
if not account then return { status = 'ended' } end
local count = account.snoozedFor == interaction.graceUntil and tonumber(account.snoozes or '0') or 0
if count >= tonumber(interaction.snoozes) or tonumber(interaction.graceUntil) <= args.now then
  return { status = 'none_left' }
end
save('${prefix.account}' .. interaction.sub, { snoozes = count + 1, snoozedFor = interaction.graceUntil })
begin(interaction, account, interaction.methods, cjson.decode(interaction.snoozeWay))
advance({ step = 'done' })
return snapshot('ok')`,
});

/** Goes on to set one up: with a code to the mailbox where it is the first (S48). */
export const setUpNow: Step<'interaction', Asking & { readonly code: SentCodeArgs }, Snapshot | Refused> =
  defineStep({
    name: 'setUpNow',
    keys: ['interaction'],
    changes: true,
    lua: `${INTERACTION}${MAILBOX_CODE}
local interaction, refused = openInteraction('grace')
if not interaction then return refused end
local account = accountOf(interaction)
if not account then return { status = 'ended' } end
if countEnrollments(account) > 0 then
  advance({ step = 'enrollment' })
  return snapshot('ok')
end
local refusal = sendMailboxCode(interaction, account)
if refusal then
  save(challengeKey('mailbox'), { resendAt = whole(refusal.retryAt) })
  redis.call('EXPIRE', challengeKey('mailbox'), 2400)
end
advance({ step = 'confirm_address' })
return snapshot('ok')`,
  });
