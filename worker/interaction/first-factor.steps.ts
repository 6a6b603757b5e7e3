import { PASSWORD_LOCK } from '../accounts/password-lock.lua.ts';
import { POLICIES, type PoliciesRecord } from '../accounts/policy.lua.ts';
import { QUEUE } from '../jobs/queue.lua.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import { OPEN_SESSION, type Records } from '../session/session.steps.ts';
import type { SessionRecord } from '../session/session.ts';
import { prefix } from '../storage-keys.ts';
import type { SentCodeArgs } from '../factors/sent-code.lua.ts';
import { MAILBOX_CODE } from './address.steps.ts';
import { PENDING_RESET } from './factor-reset.lua.ts';
import { INTERACTION } from './interaction.lua.ts';
import type { Asking, Refused, Snapshot } from './interaction.steps.ts';

/** Lua `policiesAt(interaction, sub, account)`: the policies that count where this sign-in leads (`POLICIES`). */
export const POLICIES_AT = `${POLICIES}
local function policiesAt(interaction, sub, account)
  local target = cjson.decode(interaction.target)
  return policiesOf(sub, account, target.organizationId, target.clientId)
end
`;

export type ReservePasswordResult =
  | {
      readonly status: 'reserved';
      readonly interaction: Records;
      readonly sub?: string;
      /** Absent when the address names no account; the policies go with it. */
      readonly account?: Records;
      readonly policies?: PoliciesRecord;
    }
  | { readonly status: 'throttled'; readonly retryAt: number }
  /** A reset is to be carried out before anything is said of the account (S46). */
  | { readonly status: 'reset_due'; readonly reset: string }
  | Refused;

/**
 * Counts a guess as wrong before anything is hashed (S76) and loads what it is checked against. A browser that is known to
 * the account is counted alone; any other one also in the account's row of failures, which locks it for them.
 */
export const reservePasswordGuess: Step<
  'interaction',
  Asking & { readonly addressGroup: string; readonly lockNotice: object },
  ReservePasswordResult
> = defineStep({
  name: 'reservePasswordGuess',
  keys: ['interaction'],
  changes: true,
  lua: `${INTERACTION}${POLICIES_AT}${PASSWORD_LOCK}${PENDING_RESET}
local interaction, refused = openInteraction('first_factor')
if not interaction then return refused end
local sub = redis.call('GET', '${prefix.address}' .. interaction.email)
local account = sub and load('${prefix.account}' .. sub)
if account and event then event.sub = sub end
local reset = account and pendingReset(sub, account)
if reset and isDue(reset) then return { status = 'reset_due', reset = account.factorReset } end
local isKnown = account and isKnownBrowser(sub, args.browser)
local row = account or load('${prefix.passwordFailures}' .. interaction.email) or {}
local locked = not isKnown and lockedUntil(row)
if locked then return { status = 'throttled', retryAt = locked } end
local retryAt = exceeded({
  email = interaction.email, address = not isKnown and args.addressGroup, all = not isKnown and 'all'
})
if retryAt then return { status = 'throttled', retryAt = retryAt } end
if not account then
  countUnknown(interaction.email)
  return { status = 'reserved', interaction = interaction }
end
if not isKnown and countFailure('${prefix.account}' .. sub, account) then
  tellLock(sub, account, args.lockNotice, siteNameOf(interaction))
  reindex(sub)
end
return {
  status = 'reserved', interaction = interaction, sub = sub, account = account,
  policies = policiesAt(interaction, sub, account)
}`,
});

/** Writes into the audit stream that the password was wrong, and tells the member if that locked the account. */
export const refusePassword: Step<
  never,
  { readonly now: number; readonly sub?: string },
  { readonly status: 'wrong_password'; readonly told?: boolean }
> = defineStep({
  name: 'refusePassword',
  keys: [],
  changes: true,
  lua: `${QUEUE}${PASSWORD_LOCK}
return { status = 'wrong_password', told = args.sub and tellLockNow(args.sub) }`,
});

export interface AcceptFirstFactorArgs extends Asking {
  readonly version: number;
  readonly sub: string;
  readonly accountVersion: number;
  readonly methods: string;
  readonly next: string;
  readonly denied?: string;
  /** `stamp` of the policies that it was decided by. */
  readonly stamp: string;
  readonly reasons: string;
  readonly countries?: string;
  /** `1`: a phone would be an administrator's only factor (S29). */
  readonly phoneAlone?: string;
  /** With `grace`: what may be put off, and with `next` = `grace` the session that is begun then (as JSON). */
  readonly graceUntil?: number;
  readonly snoozes?: number;
  readonly snoozed?: number;
  readonly snoozeWay?: string;
  /** With `next` = `challenge`: kinds, and what each proof leads to (`Ways`, as JSON). */
  readonly kinds?: string;
  readonly ways?: string;
  readonly enrollmentKinds?: string;
  readonly enrollmentWays?: string;
  /** With `next` = `confirm_address`: the first code. */
  readonly code?: SentCodeArgs;
  /** With `next` = `done`. */
  readonly session?: SessionRecord;
}

/** Commits a right first factor, and what follows from it, in the same trip. Refused if anything changed since the load. */
export const acceptFirstFactor: Step<
  'interaction' | 'session' | 'previous',
  AcceptFirstFactorArgs,
  Snapshot | Refused
> = defineStep({
  name: 'acceptFirstFactor',
  keys: ['interaction', 'session', 'previous'],
  changes: true,
  lua: `${INTERACTION}${OPEN_SESSION}${MAILBOX_CODE}${POLICIES_AT}${PASSWORD_LOCK}
local interaction, refused = openInteraction('first_factor')
if not interaction then return refused end
interaction.sub = args.sub
local account = accountOf(interaction)
if not account or tonumber(account.version) ~= args.accountVersion
  or redis.call('GET', '${prefix.address}' .. interaction.email) ~= args.sub then
  return { status = 'wrong_step' }
end
if policiesAt(interaction, args.sub, account).stamp ~= args.stamp then return { status = 'wrong_step' } end
if event then event.sub = args.sub end
rightPassword(args.sub, account, args.browser)
if account.lockedUntil then reindex(args.sub) end
local fields = { step = args.next, sub = args.sub, methods = args.methods, firstFactorAt = whole(args.now), epoch = account.epoch }
for _, field in ipairs({
  'denied', 'kinds', 'ways', 'enrollmentKinds', 'enrollmentWays', 'reasons', 'countries', 'phoneAlone', 'snoozeWay'
}) do fields[field] = args[field] end
if args.graceUntil then
  fields.graceUntil = whole(args.graceUntil)
  fields.snoozes = whole(args.snoozes)
  fields.snoozed = whole(args.snoozed)
end
-- Over a limit nothing is sent, and the screen says when it can be.
if args.code then
  local refused = sendMailboxCode(interaction, account)
  if refused then
    save(challengeKey('mailbox'), { resendAt = whole(refused.retryAt) })
    redis.call('EXPIRE', challengeKey('mailbox'), 2400)
  end
end
if args.session then openSession(k.session, k.previous, account) end
advance(fields)
return snapshot('ok')`,
});
