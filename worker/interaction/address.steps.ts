// The code to the verified mailbox that a first enrolment needs beside the password (S48). It is no factor.
import type { SentCodeArgs } from '../factors/sent-code.lua.ts';
import { TRIES_A_CODE } from '../factors/limits.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import { INTERACTION } from './interaction.lua.ts';
import type { Asking, Refused, Snapshot } from './interaction.steps.ts';

/**
 * Lua `sendMailboxCode(interaction, account)`: nil, or the refusal. `mailboxSuspended(account)`: nil, or the refusal: whoever
 * replaced the password by mail has shown the mailbox already, and a mailbox alone sets no factor up (S07).
 */
export const MAILBOX_CODE = `
local function mailboxSuspended(account)
  local untilThen = tonumber(account.mailSuspendedUntil or '0')
  if untilThen > args.now then return { status = 'throttled', retryAt = untilThen } end
end

local function sendMailboxCode(interaction, account)
  return mailboxSuspended(account) or sendCode(challengeKey('mailbox'), {
    sub = interaction.sub, channel = 'mail', to = account.email, language = account.language or interaction.language,
    siteName = siteNameOf(interaction)
  }, args.code, k.interaction)
end
`;

export interface Throttled {
  readonly status: 'throttled';
  readonly retryAt: number;
}

/** Replaces the code by a new one, not before the wait is over (S18). */
export const issueAddressCode: Step<
  'interaction',
  Asking & { readonly code: SentCodeArgs },
  Snapshot | Throttled | Refused
> = defineStep({
  name: 'issueAddressCode',
  keys: ['interaction'],
  changes: true,
  lua: `${INTERACTION}${MAILBOX_CODE}
local interaction, refused = openInteraction('confirm_address')
if not interaction then return refused end
local account = accountOf(interaction)
if not account then return { status = 'ended' } end
return sendMailboxCode(interaction, account) or snapshot('ok')`,
});

/** Why a code that was typed is not the one that was sent. */
export type CodeRefusal =
  | { readonly status: 'wrong_code'; readonly triesLeft: number; readonly retryAt?: number }
  | { readonly status: 'code_expired' | 'no_code_sent' };

/**
 * Takes the code: the try is counted before the comparison, and a right code opens the enrolment once. One round
 * trip: both sides are HMACs, so the comparison may happen here.
 */
export const takeAddressCode: Step<
  'interaction',
  Asking & { readonly mac: string },
  Snapshot | CodeRefusal | Throttled | { readonly status: 'too_many' } | Refused
> = defineStep({
  name: 'takeAddressCode',
  keys: ['interaction'],
  changes: true,
  lua: `${INTERACTION}${MAILBOX_CODE}
local interaction, refused = openInteraction('confirm_address')
if not interaction then return refused end
local account = accountOf(interaction)
if not account then return { status = 'ended' } end
local suspended = mailboxSuspended(account)
if suspended then return suspended end
local retryAt = exceeded(interaction.email)
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local code = challengeKey('mailbox')
local wrong = takeCode(code, args.mac)
if wrong then
  -- Counted across resends (S11).
  local left = ${TRIES_A_CODE} - tonumber(redis.call('HGET', code, 'failures') or '0')
  if left <= 0 then
    closeInteraction()
    return { status = 'too_many' }
  end
  if wrong.triesLeft then wrong.triesLeft = math.min(wrong.triesLeft, left) end
  return wrong
end
advance({ step = 'enrollment', because = 'first', addressProvenAt = whole(args.now) })
return snapshot('ok')`,
});
