// The code to the verified mailbox that a first enrolment needs beside the password (S48). It is no factor.
import { FIRST_RESEND_SECONDS, TRIES_A_CODE } from '../factors/limits.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import { INTERACTION } from './interaction.lua.ts';
import type { Asking, Refused, Snapshot } from './interaction.steps.ts';

/** A new code: its HMAC (S16), when it ends, and the reference that the message repeats. */
export interface MailboxCodeArgs {
  readonly mac: string;
  readonly expiresAt: number;
  readonly reference: string;
}

/**
 * Lua `issueCode(interaction, fields)`: adds a new code to the fields that are about to be written, and gives true;
 * or, where a limit is used up, only the time of the next try. The failure count stays (S11).
 */
export const MAILBOX_CODE = `
local function issueCode(interaction, fields)
  local retryAt = exceeded(interaction.email)
  if retryAt then
    fields.mailResendAt = whole(retryAt)
    return false
  end
  local sends = tonumber(interaction.mailSends or '0')
  fields.mailMac = args.mail.mac
  fields.mailExpiresAt = whole(args.mail.expiresAt)
  fields.mailReference = args.mail.reference
  fields.mailDelivery = 'sent'
  fields.mailSends = sends + 1
  fields.mailResendAt = whole(args.now + ${FIRST_RESEND_SECONDS} * 2 ^ sends)
  return true
end
`;

export type IssueResult = Snapshot | { readonly status: 'throttled'; readonly retryAt: number } | Refused;

/** Replaces the code by a new one, not before the wait is over (S18). */
export const issueAddressCode: Step<'interaction', Asking & { readonly mail: MailboxCodeArgs }, IssueResult> =
  defineStep({
    name: 'issueAddressCode',
    keys: ['interaction'],
    changes: true,
    lua: `${INTERACTION}${MAILBOX_CODE}
local interaction, refused = openInteraction('confirm_address')
if not interaction then return refused end
local resendAt = tonumber(interaction.mailResendAt or '0')
if resendAt > args.now then return { status = 'throttled', retryAt = resendAt } end
local fields = {}
if not issueCode(interaction, fields) then return { status = 'throttled', retryAt = tonumber(fields.mailResendAt) } end
advance(fields)
return snapshot('ok')`,
  });

/** Notes that the newest mail could not be handed over, so that it may be asked for again soon. */
export const noteFailedDelivery: Step<
  'interaction',
  Asking & { readonly reference: string; readonly resendAt: number },
  Snapshot | Refused
> = defineStep({
  name: 'noteFailedDelivery',
  keys: ['interaction'],
  changes: true,
  lua: `${INTERACTION}
local interaction, refused = openInteraction('confirm_address')
if not interaction then return refused end
if interaction.mailReference == args.reference then
  advance({ mailDelivery = 'failed', mailResendAt = whole(args.resendAt) })
end
return snapshot('ok')`,
});

export type AddressCodeResult =
  | Snapshot
  | { readonly status: 'wrong_code'; readonly triesLeft: number }
  | { readonly status: 'code_expired' | 'too_many' }
  | { readonly status: 'throttled'; readonly retryAt: number }
  | Refused;

/**
 * Takes the code: the try is counted before the comparison, and a right code opens the enrolment once. One round
 * trip: both sides are HMACs, so the comparison may happen here.
 */
export const takeAddressCode: Step<'interaction', Asking & { readonly mac: string }, AddressCodeResult> =
  defineStep({
    name: 'takeAddressCode',
    keys: ['interaction'],
    changes: true,
    lua: `${INTERACTION}
local interaction, refused = openInteraction('confirm_address')
if not interaction then return refused end
local retryAt = exceeded(interaction.email)
if retryAt then return { status = 'throttled', retryAt = retryAt } end
if not interaction.mailMac or tonumber(interaction.mailExpiresAt) <= args.now then return { status = 'code_expired' } end
local tries = redis.call('HINCRBY', k.interaction, 'mailTries', 1)
if tries > ${TRIES_A_CODE} then
  redis.call('DEL', k.interaction)
  return { status = 'too_many' }
end
if interaction.mailMac ~= args.mac then
  local triesLeft = ${TRIES_A_CODE} - tries
  if triesLeft == 0 then redis.call('DEL', k.interaction) end
  return { status = triesLeft == 0 and 'too_many' or 'wrong_code', triesLeft = triesLeft }
end
redis.call('HDEL', k.interaction, 'mailMac')
if not accountOf(interaction) then return { status = 'ended' } end
advance({ step = 'enrollment', addressProvenAt = whole(args.now) })
return snapshot('ok')`,
  });
