// The steps that move an interaction without a secret: one round trip each.
import { defineStep, type LuaList, type Step } from '../ports/redis.ts';
import type { Records } from '../session/session.steps.ts';
import { INTERACTION } from './interaction.lua.ts';

/** Who asks: the browser's hash (S78) and the time. */
export interface Asking {
  readonly browser: string;
  readonly now: number;
}

export interface FactorRecord {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly lastUsedAt: number;
}

export interface Snapshot {
  readonly status: 'ok';
  readonly interaction: Records;
  readonly factors: LuaList<FactorRecord>;
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

const FORGET = `redis.call('HDEL', k.interaction, 'email', 'sub', 'methods', 'firstFactorAt', 'loginHint',
  'addressProvenAt', 'mailMac', 'mailExpiresAt', 'mailReference', 'mailResendAt', 'mailDelivery', 'mailTries', 'mailSends')
redis.call('DEL', k.pending)`;

/** Forgets who it was and what they proved: "use another account". */
export const restart: Step<'interaction' | 'pending', Asking, Snapshot | Refused> = defineStep({
  name: 'restart',
  keys: ['interaction', 'pending'],
  changes: true,
  lua: `${INTERACTION}
local interaction, refused = openInteraction()
if not interaction then return refused end
if interaction.step == 'done' then return { status = 'wrong_step' } end
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
if interaction.step == 'done' then return { status = 'wrong_step' } end
${FORGET}
advance({ step = 'done', cancelled = '1' })
return snapshot('ok')`,
});
