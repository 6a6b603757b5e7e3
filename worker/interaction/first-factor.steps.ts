import { defineStep, type Step } from '../ports/redis.ts';
import { OPEN_SESSION, type Records } from '../session/session.steps.ts';
import type { SessionRecord } from '../session/session.ts';
import { prefix } from '../storage-keys.ts';
import type { SentCodeArgs } from '../factors/sent-code.lua.ts';
import { MAILBOX_CODE } from './address.steps.ts';
import { INTERACTION } from './interaction.lua.ts';
import type { Asking, Refused, Snapshot } from './interaction.steps.ts';

export type ReservePasswordResult =
  | {
      readonly status: 'reserved';
      readonly interaction: Records;
      readonly sub?: string;
      /** Absent when the address names no account. */
      readonly account?: Records;
    }
  | { readonly status: 'throttled'; readonly retryAt: number }
  | Refused;

/** Counts a guess before anything is hashed (S76) and loads what it is checked against. */
export const reservePasswordGuess: Step<'interaction', Asking, ReservePasswordResult> = defineStep({
  name: 'reservePasswordGuess',
  keys: ['interaction'],
  changes: true,
  lua: `${INTERACTION}
local interaction, refused = openInteraction('first_factor')
if not interaction then return refused end
local sub = redis.call('GET', '${prefix.address}' .. interaction.email)
if sub and event then event.sub = sub end
local retryAt = exceeded(interaction.email)
if retryAt then return { status = 'throttled', retryAt = retryAt } end
if not sub then return { status = 'reserved', interaction = interaction } end
return {
  status = 'reserved', interaction = interaction, sub = sub, account = load('${prefix.account}' .. sub) or nil
}`,
});

export interface AcceptFirstFactorArgs extends Asking {
  readonly version: number;
  readonly sub: string;
  readonly accountVersion: number;
  readonly methods: string;
  readonly next: string;
  readonly denied?: string;
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
  lua: `${INTERACTION}${OPEN_SESSION}${MAILBOX_CODE}
local interaction, refused = openInteraction('first_factor')
if not interaction then return refused end
interaction.sub = args.sub
local account = accountOf(interaction)
if not account or tonumber(account.version) ~= args.accountVersion
  or redis.call('GET', '${prefix.address}' .. interaction.email) ~= args.sub then
  return { status = 'wrong_step' }
end
if event then event.sub = args.sub end
local fields = { step = args.next, sub = args.sub, methods = args.methods, firstFactorAt = whole(args.now), epoch = account.epoch }
for _, field in ipairs({ 'denied', 'kinds', 'ways', 'enrollmentKinds', 'enrollmentWays' }) do fields[field] = args[field] end
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
