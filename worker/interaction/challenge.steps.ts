import { KNOWN_BROWSERS } from '../accounts/password-lock.lua.ts';
import { ENROLLMENT_TRIES, SENT_PROOF } from '../factors/enrollment.lua.ts';
import type { SentCodeArgs } from '../factors/sent-code.lua.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import { OPEN_SESSION, type Records } from '../session/session.steps.ts';
import type { BeginningSession } from '../session/session.ts';
import { prefix } from '../storage-keys.ts';
import { FAILURES } from '../factors/limits.ts';
import type { CodeRefusal, Throttled } from './address.steps.ts';
import { INTERACTION } from './interaction.lua.ts';
import type { Asking, Refused, Snapshot } from './interaction.steps.ts';

/** Seconds after which a second factor that failed is told, unless the sign-in succeeded meanwhile (S43). */
const FAILED_NOTICE_SECONDS = 600;
/** Seconds that the answer to a reserved try is given before a lock-out is told. */
const RESERVED_NOTICE_SECONDS = 5;

/**
 * Lua of a challenge. `wayOf(interaction, name)`: what a proof leads to, decided at the first factor.
 * `factorAt(account, interaction, id)`: the kind of a factor that may answer here, or nil and the refusal; a journey whose
 * first factor is older than the factor's last lock is ended: a pending sign-in must not outlive a lock-out (S54).
 * `begin(interaction, account, methods, way)`: opens the session. `pass(…)`: commits a right proof.
 * `failed(interaction, account)`: has the member told later (S43). `lockOut(interaction, account)`: ends the journey.
 */
export const CHALLENGE = `${KNOWN_BROWSERS}
local function wayOf(interaction, ways, name)
  return cjson.decode(interaction[ways] or '{}')[name]
end

local function factorAt(account, interaction, id)
  local enrollment = enrollmentOf(account, interaction.sub, id)
  if not enrollment then return nil, { status = 'missing' } end
  local accepted = string.find(',' .. (interaction.kinds or '') .. ',', ',' .. enrollment.kind .. ',', 1, true)
  if not accepted then return nil, { status = 'missing' } end
  if event then event.kind = enrollment.kind end
  if enrollment.kind == 'email' and tonumber(account.mailSuspendedUntil or '0') > args.now then
    return nil, { status = 'suspended', retryAt = tonumber(account.mailSuspendedUntil) }
  end
  local isLocked = tonumber(enrollment.lockedAt or '0') >= tonumber(interaction.firstFactorAt)
  -- Not while the wait runs: the try that noted the lock-out may be the right one, still on its way, and of this journey.
  if isLocked and tonumber(enrollment.waitUntil or '0') <= args.now then
    closeInteraction()
    return nil, { status = 'ended' }
  end
  return enrollment
end

local function begin(interaction, account, methods, way)
  local session = args.session
  session.sub = interaction.sub
  session.methods = methods
  session.level = way.level
  session.idleSeconds = whole(way.idleSeconds)
  session.expiresAt = args.now + way.overallSeconds
  openSession(k.session, k.previous, account)
  redis.call('HSET', k.interaction, 'session', k.session)
  if way.level ~= '1fa' then knowBrowser(interaction.sub, interaction.browser) end
end

local function pass(interaction, account, kind, way)
  local methods = interaction.methods .. ',' .. way.method
  if kind ~= 'email' then redis.call('HDEL', '${prefix.account}' .. interaction.sub, 'mailSuspendedUntil') end
  if interaction.failedNotice then forget(interaction.failedNotice) end
  if interaction.lockedNotice then forget(interaction.lockedNotice) end
  local fields = { step = way.step, methods = methods }
  -- With an access pass no recovery codes could be shown: here is who may have them.
  if way.step == 'done' and account.codesOwed and recoveryCodesOf(interaction.sub).left == 0 then
    fields.step = 'recovery_codes'
  end
  if way.step == 'done' then begin(interaction, account, methods, way)
  else fields.because = way.because or 'stronger' end
  if way.step == 'grace' then
    fields.snoozeWay = cjson.encode({
      level = way.level, idleSeconds = way.idleSeconds, overallSeconds = way.overallSeconds
    })
  end
  redis.call('HDEL', k.interaction, 'failedNotice', 'lockedNotice')
  advance(fields)
end

local function failed(interaction, account)
  if interaction.failedNotice or not args.failedNotice then return end
  notify(interaction.sub, account, args.failedNotice, siteNameOf(interaction), args.now + ${FAILED_NOTICE_SECONDS})
  redis.call('HSET', k.interaction, 'failedNotice', args.failedNotice.id)
end

-- Of a try that is checked outside: its owner is told although whoever tried hangs up or begins again before the answer.
local function tellReserved(interaction, account, triesLeft)
  failed(interaction, account)
  if triesLeft > 0 then return end
  notify(interaction.sub, account, args.lockedNotice, siteNameOf(interaction), args.now + ${RESERVED_NOTICE_SECONDS})
  redis.call('HSET', k.interaction, 'lockedNotice', args.lockedNotice.id)
end

local function lockOut(interaction, account)
  if interaction.failedNotice then forget(interaction.failedNotice) end
  -- It waits already where the try was reserved.
  if interaction.lockedNotice then hasten(interaction.lockedNotice)
  else notify(interaction.sub, account, args.lockedNotice, siteNameOf(interaction)) end
  closeInteraction()
end
`;

/** Who asks, and what the member is told if it was wrong. */
export interface Answering extends Asking {
  readonly enrollmentId: string;
  readonly failedNotice: object;
  readonly lockedNotice: object;
}

/** A factor that can't be used: the record is not there or not accepted, or it is disabled or suspended. */
export interface Unusable {
  readonly status: 'missing' | 'disabled' | 'suspended';
  readonly retryAt?: number;
}

/** Replaces the code of a factor by a new one and queues its message. One round trip. */
export const askForCode: Step<
  'interaction',
  Asking & { readonly enrollmentId: string; readonly channel: string; readonly code: SentCodeArgs },
  Snapshot | Throttled | Unusable | { readonly status: 'waiting'; readonly retryAt: number } | Refused
> = defineStep({
  name: 'askForCode',
  keys: ['interaction'],
  changes: true,
  lua: `${INTERACTION}${ENROLLMENT_TRIES}${OPEN_SESSION}${CHALLENGE}
local interaction, refused = openInteraction('challenge')
if not interaction then return refused end
local account = accountOf(interaction)
if not account then return { status = 'ended' } end
local enrollment, unusable = factorAt(account, interaction, args.enrollmentId)
if not enrollment then return unusable end
if tonumber(enrollment.failures or '0') >= ${FAILURES.disabledAt} then return { status = 'disabled' } end
if tonumber(enrollment.waitUntil or '0') > args.now then
  return { status = 'waiting', retryAt = tonumber(enrollment.waitUntil) }
end
local isMail = args.channel == 'mail'
if enrollment.kind ~= (isMail and 'email' or 'phone') then return { status = 'missing' } end
local target = isMail and { to = account.email } or enrollment
target.id = args.enrollmentId
target.sub = interaction.sub
target.channel = args.channel
target.language = account.language or interaction.language
target.siteName = siteNameOf(interaction)
return sendCode(challengeKey(args.enrollmentId), target, args.code, k.interaction) or snapshot('ok')`,
});

/** A reserved attempt of a factor with a secret, which is checked outside the store. */
export interface Reserved {
  readonly status: 'reserved';
  readonly kind: string;
  readonly sealed: string;
  readonly triesLeft: number;
  /** With no try left: when the next one is allowed. */
  readonly retryAt?: number;
  readonly interaction: Records;
}

export type AnswerResult =
  | Reserved
  | Snapshot
  | CodeRefusal
  | Throttled
  | { readonly status: 'waiting'; readonly retryAt: number }
  | { readonly status: 'locked_out'; readonly retryAt: number }
  | Unusable
  | Refused;

/**
 * Takes an answer to the challenge. A code that was sent is compared and committed here, in this one trip. For a factor with
 * a secret the try is reserved and the secret given out; `acceptChallenge` or `refuseChallenge` follows.
 */
export const answerChallenge: Step<
  'interaction' | 'session' | 'previous',
  Answering & { readonly mac: string; readonly session: BeginningSession },
  AnswerResult
> = defineStep({
  name: 'answerChallenge',
  keys: ['interaction', 'session', 'previous'],
  changes: true,
  lua: `${INTERACTION}${ENROLLMENT_TRIES}${SENT_PROOF}${OPEN_SESSION}${CHALLENGE}
local interaction, refused = openInteraction('challenge')
if not interaction then return refused end
local account = accountOf(interaction)
if not account then return { status = 'ended' } end
local retryAt = exceeded()
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local enrollment, unusable = factorAt(account, interaction, args.enrollmentId)
if not enrollment then return unusable end
if enrollment.kind == 'totp' then
  local result = reserveTry(account, interaction.sub, args.enrollmentId)
  result.interaction = interaction
  if result.status == 'reserved' then tellReserved(interaction, account, result.triesLeft) end
  if event then event.type = event.type .. '.try' end
  return result
end
local code = challengeKey(args.enrollmentId)
local channel = redis.call('HGET', code, 'channel') or 'mail'
local wrong = proveSent(account, interaction.sub, args.enrollmentId, code, args.mac)
if not wrong then
  pass(interaction, account, enrollment.kind, wayOf(interaction, 'ways', channel))
  return snapshot('ok')
end
if wrong.status == 'wrong_code' then
  if wrong.retryAt then
    lockOut(interaction, account)
    if event then event.type = 'sign_in.locked_out' end
    return { status = 'locked_out', retryAt = wrong.retryAt }
  end
  failed(interaction, account)
end
return wrong`,
});

export interface AcceptArgs extends Asking {
  readonly version: number;
  readonly enrollmentId: string;
  /** The counter that matched. */
  readonly counter: number;
  readonly session: BeginningSession;
}

/** Commits a right code of a factor with a secret: only once for a counter (S33), and the session begins in the same trip. */
export const acceptChallenge: Step<
  'interaction' | 'session' | 'previous',
  AcceptArgs,
  Snapshot | { readonly status: 'code_used' | 'missing' } | Refused
> = defineStep({
  name: 'acceptChallenge',
  keys: ['interaction', 'session', 'previous'],
  changes: true,
  lua: `${INTERACTION}${ENROLLMENT_TRIES}${OPEN_SESSION}${CHALLENGE}
local interaction, refused = openInteraction('challenge')
if not interaction then return refused end
local account = accountOf(interaction)
if not account then return { status = 'ended' } end
local failure = acceptProof(account, interaction.sub, args.enrollmentId)
if failure then return { status = failure } end
pass(interaction, account, account['enrollment:' .. args.enrollmentId], wayOf(interaction, 'ways', 'app'))
return snapshot('ok')`,
});

/** Notes a wrong code of a factor with a secret; with no try left it ends the journey (S54). */
export const refuseChallenge: Step<
  'interaction',
  Answering & { readonly isLast: boolean; readonly refusal: 'wrong_code' | 'unreadable' },
  { readonly status: 'wrong_code' | 'unreadable' | 'locked_out' } | Refused
> = defineStep({
  name: 'refuseChallenge',
  keys: ['interaction'],
  changes: true,
  lua: `${INTERACTION}${ENROLLMENT_TRIES}${OPEN_SESSION}${CHALLENGE}
local interaction, refused = openInteraction('challenge')
if not interaction then return refused end
local account = accountOf(interaction)
if not account then return { status = 'ended' } end
if args.isLast then
  lockOut(interaction, account)
  return { status = 'locked_out' }
end
return { status = args.refusal }`,
});
