// The steps that move an interaction without a secret: one round trip each.
import { defineStep, type LuaList, type Step } from '../ports/redis.ts';
import type { FactorRecord } from '../factors/enrollment.lua.ts';
import type { SentCodeRecord } from '../factors/sent-code.lua.ts';
import type { Records } from '../session/session.steps.ts';
import { prefix } from '../storage-keys.ts';
import { INTERACTION } from './interaction.lua.ts';

/** Who asks: the browser's hash (S78) and the time. */
export interface Asking {
  readonly browser: string;
  readonly now: number;
}

export interface Snapshot {
  readonly status: 'ok';
  readonly interaction: Records;
  /** At a challenge or an enrolment. */
  readonly factors: LuaList<FactorRecord>;
  readonly recovery?: { readonly left: number; readonly madeAt: number };
  /** At an enrolment: what waits for its first code. */
  readonly pending?: Records;
  readonly pendingSent?: SentCodeRecord;
  readonly pendingResendAt?: number;
  /** At the proof of the mailbox. */
  readonly mailbox?: SentCodeRecord;
  readonly mailboxResendAt?: number;
}

export interface Refused {
  readonly status: 'ended' | 'wrong_step';
}

export type BeginResult =
  { readonly status: 'ok' } | { readonly status: 'throttled'; readonly retryAt: number };

/** Begins an interaction, unless its address began too many. */
export const beginInteraction: Step<
  'interaction',
  { readonly now: number; readonly fields: Readonly<Record<string, string>>; readonly ttlSeconds: number },
  BeginResult
> = defineStep({
  name: 'beginInteraction',
  keys: ['interaction'],
  changes: true,
  lua: `local retryAt = exceeded()
if retryAt then return { status = 'throttled', retryAt = retryAt } end
save(k.interaction, args.fields)
redis.call('EXPIRE', k.interaction, args.ttlSeconds + 60)
return { status = 'ok' }`,
});

/** Reads an interaction with what its screen shows. */
export const readInteraction: Step<'interaction', Asking, Snapshot | Refused> = defineStep({
  name: 'readInteraction',
  keys: ['interaction'],
  changes: false,
  lua: `${INTERACTION}
local interaction, refused = openInteraction()
if not interaction then return refused end
return snapshot('ok')`,
});

/** Notes who wants to sign in. Whether that account exists is not looked up: the answer must not tell (S19). */
export const identify: Step<'interaction', Asking & { readonly email: string }, Snapshot | Refused> =
  defineStep({
    name: 'identify',
    keys: ['interaction'],
    changes: true,
    lua: `${INTERACTION}
local interaction, refused = openInteraction('identify')
if not interaction then return refused end
advance({ step = 'first_factor', email = args.email })
return snapshot('ok')`,
  });

export interface ForgotPasswordArgs extends Asking {
  /** Hash of the link's token. */
  readonly hash: string;
  readonly expiresAt: number;
  readonly message: object;
}

/** Queues a mail with a link, if the address names an account that may sign in; only the newest link counts. */
export const forgotPassword: Step<
  'interaction' | 'reset',
  ForgotPasswordArgs,
  Snapshot | { readonly status: 'throttled'; readonly retryAt: number } | Refused
> = defineStep({
  name: 'forgotPassword',
  keys: ['interaction', 'reset'],
  changes: true,
  lua: `${INTERACTION}
local interaction, refused = openInteraction('first_factor')
if not interaction then return refused end
local retryAt = exceeded(interaction.email)
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local sub = redis.call('GET', '${prefix.address}' .. interaction.email)
local account = load('${prefix.account}' .. (sub or ''))
if account and account.status == 'active' then
  if event then event.sub = sub end
  redis.call('HSET', '${prefix.account}' .. sub, 'reset', args.hash)
  save(k.reset, { sub = sub, expiresAt = whole(args.expiresAt) })
  redis.call('EXPIRE', k.reset, args.expiresAt - args.now + 60)
  enqueue(args.message, {
    channel = 'mail', urgency = 'next', to = account.email, sub = sub, language = account.language,
    siteName = siteNameOf(interaction)
  })
end
advance({ resetRequested = '1' })
return snapshot('ok')`,
});

/** Lua that forgets who it was and what they proved. */
export const FORGET = `redis.call('HDEL', k.interaction, 'email', 'sub', 'methods', 'firstFactorAt', 'loginHint',
  'addressProvenAt', 'because', 'lost', 'kinds', 'ways', 'enrollmentKinds', 'enrollmentWays', 'helpRequested', 'resetRequested',
  'epoch', 'reasons', 'countries', 'phoneAlone', 'graceUntil', 'snoozes', 'snoozed', 'snoozeWay',
  'repeated')
-- The notice that waits stays: going on as somebody else must not keep it from whom it is for (S43).
redis.call('HDEL', k.interaction, 'failedNotice', 'lockedNotice')
-- What was sent to one person must not prove anything for the next.
redis.call('DEL', k.pending, challengeKey('mailbox'), challengeKey('pending:email'))`;

/** Forgets who it was and what they proved: "use another account". */
export const restart: Step<'interaction' | 'pending', Asking, Snapshot | Refused> = defineStep({
  name: 'restart',
  keys: ['interaction', 'pending'],
  changes: true,
  lua: `${INTERACTION}
local interaction, refused = openInteraction()
if not interaction then return refused end
if interaction.step == 'done' or interaction.step == 'recovery_codes' then return { status = 'wrong_step' } end
${FORGET}
redis.call('HDEL', k.interaction, 'denied')
advance({ step = 'identify' })
return snapshot('ok')`,
});

/** Ends the journey with a refusal that the relying party is told. */
export const cancel: Step<'interaction' | 'pending', Asking, Snapshot | Refused> = defineStep({
  name: 'cancel',
  keys: ['interaction', 'pending'],
  changes: true,
  lua: `${INTERACTION}
local interaction, refused = openInteraction()
if not interaction then return refused end
if interaction.step == 'done' or interaction.step == 'recovery_codes' then return { status = 'wrong_step' } end
${FORGET}
advance({ step = 'done', cancelled = '1' })
return snapshot('ok')`,
});
