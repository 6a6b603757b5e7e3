import { ENROLLMENT_TRIES, PENDING_ENROLLMENT } from '../factors/enrollment.lua.ts';
import type { SentCodeArgs } from '../factors/sent-code.lua.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import { LIVE_SESSION, OPEN_SESSION, type Records } from '../session/session.steps.ts';
import type { BeginningSession } from '../session/session.ts';
import { prefix } from '../storage-keys.ts';
import type { CodeRefusal, Throttled } from './address.steps.ts';
import { CHALLENGE } from './challenge.steps.ts';
import { INTERACTION } from './interaction.lua.ts';
import { type Asking, FORGET, type Refused, type Snapshot } from './interaction.steps.ts';

// `enroll(interaction, account, id, kind, way, bind)`: binds a proven factor on the ground on which the journey came here,
// signs in with it and tells the member; nil, or the refusal. Without recovery codes a set is made next (S38).
//
// `repeatSignIn(…)`: what an access pass opened ends here: no session begins, and the journey goes back to its beginning, to
// be gone with the new factor (S48a). Recovery codes are for whoever has shown that one.
const ENROLL = `
local function repeatSignIn(interaction, account, id, kind)
  account['enrollment:' .. id] = kind
  notify(interaction.sub, account, args.notice, siteNameOf(interaction), nil, aboutFactors(account, { id }))
  if recoveryCodesOf(interaction.sub).left == 0 then
    redis.call('HSET', '${prefix.account}' .. interaction.sub, 'codesOwed', 1)
  end
  reindex(interaction.sub)
  local email = interaction.email
  ${FORGET}
  advance({ step = 'identify', loginHint = email, repeated = '1' })
end

local function enroll(interaction, account, id, kind, way, bind)
  if interaction.because == 'first' then
    if not interaction.addressProvenAt or countEnrollments(account) > 0 then return { status = 'ended' } end
  elseif not ({ recovery = 1, stronger = 1, demanded = 1, pass = 1 })[interaction.because or ''] then
    return { status = 'ended' }
  end
  local allowed = string.find(',' .. (interaction.enrollmentKinds or '') .. ',', ',' .. kind .. ',', 1, true)
  if not allowed then return { status = 'pending_gone' } end
  if not bind() then return { status = 'pending_gone' } end
  if interaction.because == 'pass' then
    repeatSignIn(interaction, account, id, kind)
    return nil
  end
  if interaction.because == 'recovery' then
    if event then event.replaced = interaction.lost end
    local lost = {}
    for id in string.gmatch(interaction.lost or '', '[^,]+') do lost[#lost + 1] = id end
    local about = aboutFactors(account, lost)
    for _, id in ipairs(lost) do removeFactor(interaction.sub, account, id) end
    if about then notify(interaction.sub, account, args.removedNotice, siteNameOf(interaction), nil, about) end
  end
  -- What was begun without a second factor, or with a lost one, ends (S44).
  if interaction.because == 'first' or interaction.because == 'recovery' then
    account.epoch = endSessions(interaction.sub)
    redis.call('HSET', k.interaction, 'epoch', account.epoch)
  end
  local methods = interaction.methods .. ',' .. way.method
  begin(interaction, account, methods, way)
  account['enrollment:' .. id] = kind
  notify(interaction.sub, account, args.notice, siteNameOf(interaction), nil, aboutFactors(account, { id }))
  local step = 'done'
  if recoveryCodesOf(interaction.sub).left == 0 then
    step = 'recovery_codes'
    if args.recoveryHashes then storeRecoveryCodes(interaction.sub, args.recoveryHashes) end
  end
  redis.call('HDEL', k.interaction, 'lost')
  advance({ step = step, methods = methods })
  return nil
end
`;

export interface StartArgs extends Asking {
  readonly id: string;
  readonly kind: string;
  readonly sub: string;
  readonly pendingUntil: number;
  readonly renew?: boolean;
  readonly sealed?: string;
  readonly masked?: string;
  readonly country?: string;
  readonly destination?: string;
  readonly range?: string;
  /** For a kind that codes are sent to. */
  readonly channel?: string;
  readonly code?: SentCodeArgs;
}

export type StartResult = Snapshot | Throttled | { readonly status: 'already_enrolled' } | Refused;

/** Stores a new secret or number that waits for its first code, or gives the one that still waits; sends the code. */
export const startEnrollment: Step<'interaction' | 'pending', StartArgs, StartResult> = defineStep({
  name: 'startEnrollment',
  keys: ['interaction', 'pending'],
  changes: true,
  lua: `${INTERACTION}${PENDING_ENROLLMENT}
local interaction, refused = openInteraction('enrollment')
if not interaction then return refused end
local account = accountOf(interaction)
if not account or interaction.sub ~= args.sub then return { status = 'ended' } end
if args.kind == 'email' and keepsMailbox(account, interaction.lost) then return { status = 'already_enrolled' } end
if args.code then
  local refusal = sendCode(
    challengeKey(pendingCode(args)),
    pendingTarget(k.pending, account, interaction.language, siteNameOf(interaction)), args.code, k.interaction
  )
  if refusal then return refusal end
end
startPending(k.pending, interaction.sub)
return snapshot('ok')`,
});

/** Sends the pending mailbox or phone a new code. */
export const resendEnrollmentCode: Step<
  'interaction' | 'pending',
  Asking & { readonly channel: string; readonly code: SentCodeArgs },
  Snapshot | Throttled | { readonly status: 'pending_gone' } | Refused
> = defineStep({
  name: 'resendEnrollmentCode',
  keys: ['interaction', 'pending'],
  changes: true,
  lua: `${INTERACTION}${PENDING_ENROLLMENT}
local interaction, refused = openInteraction('enrollment')
if not interaction then return refused end
local account = accountOf(interaction)
if not account then return { status = 'ended' } end
local target, pending = resendTarget(k.pending, interaction.sub, account, interaction.language, siteNameOf(interaction))
if not target then return { status = 'pending_gone' } end
return sendCode(challengeKey(pendingCode(pending)), target, args.code, k.interaction) or snapshot('ok')`,
});

export interface ConfirmArgs extends Asking {
  readonly enrollmentId: string;
  readonly name: string;
  readonly session: BeginningSession;
  readonly notice: object;
  /** Of what the new factor takes the place of. */
  readonly removedNotice: object;
}

export type ConfirmResult =
  | Snapshot
  | {
      readonly status: 'reserved';
      readonly pending: Records;
      readonly interaction: Records;
      readonly triesLeft: number;
    }
  | CodeRefusal
  | Throttled
  | { readonly status: 'pending_gone' }
  | Refused;

/**
 * Counts a try of a new factor's first code. One that was sent is compared here, and the factor bound in this one trip; for
 * one with a secret `acceptEnrollment` follows.
 */
export const confirmEnrollment: Step<
  'interaction' | 'pending' | 'session' | 'previous',
  ConfirmArgs & { readonly mac: string },
  ConfirmResult
> = defineStep({
  name: 'confirmEnrollment',
  keys: ['interaction', 'pending', 'session', 'previous'],
  changes: true,
  lua: `${INTERACTION}${ENROLLMENT_TRIES}${PENDING_ENROLLMENT}${OPEN_SESSION}${CHALLENGE}${ENROLL}
local interaction, refused = openInteraction('enrollment')
if not interaction then return refused end
local account = accountOf(interaction)
if not account then return { status = 'ended' } end
local retryAt = exceeded()
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local pending = reservePending(k.pending, interaction.sub, args.enrollmentId)
if not pending then return { status = 'pending_gone' } end
if event then event.kind = pending.kind end
if pending.kind == 'totp' then
  if event then event.type = event.type .. '.try' end
  return { status = 'reserved', pending = pending, interaction = interaction, triesLeft = pending.triesLeft }
end
local code = challengeKey(pendingCode(pending))
local channel = redis.call('HGET', code, 'channel')
local wrong = takeCode(code, args.mac)
if wrong then return wrong end
local refusal = enroll(interaction, account, args.enrollmentId, pending.kind, wayOf(interaction, 'enrollmentWays', channel), function()
  return bindPending(k.pending, interaction.sub, args.enrollmentId)
end)
return refusal or snapshot('ok')`,
});

/** Binds the new factor and signs in with it, all or nothing. */
export const acceptEnrollment: Step<
  'interaction' | 'pending' | 'session' | 'previous',
  ConfirmArgs & {
    readonly version: number;
    readonly counter: number;
    readonly recoveryHashes: readonly string[];
  },
  Snapshot | { readonly status: 'pending_gone' } | Refused
> = defineStep({
  name: 'acceptEnrollment',
  keys: ['interaction', 'pending', 'session', 'previous'],
  changes: true,
  lua: `${INTERACTION}${ENROLLMENT_TRIES}${PENDING_ENROLLMENT}${OPEN_SESSION}${CHALLENGE}${ENROLL}
local interaction, refused = openInteraction('enrollment')
if not interaction then return refused end
local account = accountOf(interaction)
if not account then return { status = 'ended' } end
local refusal = enroll(interaction, account, args.enrollmentId, 'totp', wayOf(interaction, 'enrollmentWays', 'app'), function()
  return bindPending(k.pending, interaction.sub, args.enrollmentId)
end)
return refusal or snapshot('ok')`,
});

/** Binds the mailbox that was proven in this very journey (S48): a second code to it would prove nothing more. */
export const enrollProvenMailbox: Step<
  'interaction' | 'session' | 'previous',
  ConfirmArgs,
  Snapshot | { readonly status: 'pending_gone' } | Refused
> = defineStep({
  name: 'enrollProvenMailbox',
  keys: ['interaction', 'session', 'previous'],
  changes: true,
  lua: `${INTERACTION}${ENROLLMENT_TRIES}${PENDING_ENROLLMENT}${OPEN_SESSION}${CHALLENGE}${ENROLL}
local interaction, refused = openInteraction('enrollment')
if not interaction then return refused end
local account = accountOf(interaction)
if not account or interaction.because ~= 'first' then return { status = 'ended' } end
local refusal = enroll(interaction, account, args.enrollmentId, 'email', wayOf(interaction, 'enrollmentWays', 'mail'), function()
  bindFactor(interaction.sub, args.enrollmentId, { kind = 'email' })
  return true
end)
return refusal or snapshot('ok')`,
});

/** Makes a new set of recovery codes for a sign-in in which they are being saved; the old one is void. */
export const renewRecoveryCodes: Step<
  'interaction',
  Asking & { readonly sub: string; readonly hashes: readonly string[] },
  Snapshot | Refused
> = defineStep({
  name: 'renewRecoveryCodes',
  keys: ['interaction'],
  changes: true,
  lua: `${INTERACTION}${LIVE_SESSION}
local interaction, refused = openInteraction('recovery_codes')
if not interaction then return refused end
if not accountOf(interaction) or interaction.sub ~= args.sub then return { status = 'ended' } end
-- Signed out meanwhile: whoever sits at this browser now gets no codes.
if not liveSession(interaction.session) then return { status = 'ended' } end
storeRecoveryCodes(interaction.sub, args.hashes)
advance({})
return snapshot('ok')`,
});

/** "I have saved these": the journey is done. */
export const acknowledgeRecoveryCodes: Step<'interaction', Asking, Snapshot | Refused> = defineStep({
  name: 'acknowledgeRecoveryCodes',
  keys: ['interaction'],
  changes: true,
  lua: `${INTERACTION}
local interaction, refused = openInteraction('recovery_codes')
if not interaction then return refused end
advance({ step = 'done' })
return snapshot('ok')`,
});
