import { ENROLLMENT_TRIES, PENDING_ENROLLMENT } from '../factors/enrollment.lua.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import { OPEN_SESSION, type Records } from '../session/session.steps.ts';
import type { SessionRecord } from '../session/session.ts';
import { INTERACTION } from './interaction.lua.ts';
import type { Asking, Refused, Snapshot } from './interaction.steps.ts';

/** A reserved attempt, with the sealed secret to check it against. */
export interface Reserved {
  readonly status: 'reserved';
  readonly kind: string;
  readonly sealed: string;
  readonly triesLeft: number;
  /** With no try left: when the next one is allowed. */
  readonly retryAt?: number;
  readonly interaction: Records;
}

export type ReserveResult =
  | Reserved
  | { readonly status: 'throttled' | 'waiting'; readonly retryAt: number }
  | { readonly status: 'disabled' | 'missing' }
  | Refused;

/**
 * Reserves a try of an enrollment. A journey whose first factor is older than the enrollment's last lock is ended:
 * a pending sign-in must not outlive a lock-out (S54).
 */
export const reserveChallenge: Step<
  'interaction',
  Asking & { readonly enrollmentId: string },
  ReserveResult
> = defineStep({
  name: 'reserveChallenge',
  keys: ['interaction'],
  changes: true,
  lua: `${INTERACTION}${ENROLLMENT_TRIES}
local interaction, refused = openInteraction('challenge')
if not interaction then return refused end
local account = accountOf(interaction)
if not account then return { status = 'ended' } end
local retryAt = exceeded()
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local enrollment = enrollmentOf(account, interaction.sub, args.enrollmentId)
local isLocked = enrollment and tonumber(enrollment.lockedAt or '0') >= tonumber(interaction.firstFactorAt)
-- Not while the wait runs: the try that noted the lock-out may be the right one, still on its way, and of this journey.
if isLocked and tonumber(enrollment.waitUntil or '0') <= args.now then
  redis.call('DEL', k.interaction)
  return { status = 'ended' }
end
local result = reserveTry(account, interaction.sub, args.enrollmentId)
result.interaction = interaction
return result`,
});

/** Ends a journey whose last try was wrong; its tries were refused from the reservation on (S54). */
export const endLockedOut: Step<'interaction', Asking, Refused> = defineStep({
  name: 'endLockedOut',
  keys: ['interaction'],
  changes: true,
  lua: `${INTERACTION}
if openInteraction('challenge') then redis.call('DEL', k.interaction) end
return { status = 'ended' }`,
});

export interface AcceptSecondFactorArgs extends Asking {
  readonly version: number;
  readonly enrollmentId: string;
  /** The counter that matched. */
  readonly counter: number;
  readonly methods: string;
  readonly next: string;
  readonly denied?: string;
  readonly session?: SessionRecord;
}

export type AcceptResult = Snapshot | { readonly status: 'code_used' | 'missing' | 'pending_gone' } | Refused;

/** Commits a right code: only once for a counter (S33), and the session begins in the same trip. */
export const acceptChallenge: Step<
  'interaction' | 'session' | 'previous',
  AcceptSecondFactorArgs,
  AcceptResult
> = defineStep({
  name: 'acceptChallenge',
  keys: ['interaction', 'session', 'previous'],
  changes: true,
  lua: `${INTERACTION}${ENROLLMENT_TRIES}${OPEN_SESSION}
local interaction, refused = openInteraction('challenge')
if not interaction then return refused end
local account = accountOf(interaction)
if not account then return { status = 'ended' } end
local failed = acceptProof(account, interaction.sub, args.enrollmentId)
if failed then return { status = failed } end
if args.session then openSession(k.session, k.previous, account) end
local fields = { step = args.next, methods = args.methods }
if args.denied then fields.denied = args.denied end
advance(fields)
return snapshot('ok')`,
});

export interface StartEnrollmentArgs extends Asking {
  readonly id: string;
  readonly kind: string;
  readonly sealed: string;
  readonly sub: string;
  readonly pendingUntil: number;
  readonly renew?: boolean;
}

export type StartEnrollmentResult = (Snapshot & { readonly pending: Records }) | Refused;

/** Stores a new secret that waits for its first code, or gives the one that still waits. */
export const startEnrollment: Step<'interaction' | 'pending', StartEnrollmentArgs, StartEnrollmentResult> =
  defineStep({
    name: 'startEnrollment',
    keys: ['interaction', 'pending'],
    changes: true,
    lua: `${INTERACTION}${PENDING_ENROLLMENT}
local interaction, refused = openInteraction('enrollment')
if not interaction then return refused end
if not accountOf(interaction) or interaction.sub ~= args.sub then return { status = 'ended' } end
local pending = startPending(k.pending, interaction.sub)
local result = snapshot('ok')
result.pending = pending
return result`,
  });

export type ReservePendingResult =
  | { readonly status: 'reserved'; readonly pending: Records; readonly interaction: Records }
  | { readonly status: 'pending_gone' }
  | { readonly status: 'throttled'; readonly retryAt: number }
  | Refused;

/** Counts a try of the first code. */
export const reserveEnrollment: Step<
  'interaction' | 'pending',
  Asking & { readonly enrollmentId: string },
  ReservePendingResult
> = defineStep({
  name: 'reserveEnrollment',
  keys: ['interaction', 'pending'],
  changes: true,
  lua: `${INTERACTION}${PENDING_ENROLLMENT}
local interaction, refused = openInteraction('enrollment')
if not interaction then return refused end
local retryAt = exceeded()
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local pending = reservePending(k.pending, interaction.sub, args.enrollmentId)
if not pending then return { status = 'pending_gone' } end
return { status = 'reserved', pending = pending, interaction = interaction }`,
});

/** Binds the new factor and signs in with it, all or nothing. Refused when the account got a factor meanwhile. */
export const acceptEnrollment: Step<
  'interaction' | 'pending' | 'session' | 'previous',
  AcceptSecondFactorArgs & { readonly name: string },
  AcceptResult
> = defineStep({
  name: 'acceptEnrollment',
  keys: ['interaction', 'pending', 'session', 'previous'],
  changes: true,
  lua: `${INTERACTION}${PENDING_ENROLLMENT}${OPEN_SESSION}
local interaction, refused = openInteraction('enrollment')
if not interaction then return refused end
local account = accountOf(interaction)
if not account or not interaction.addressProvenAt then return { status = 'ended' } end
for field in pairs(account) do
  if string.sub(field, 1, 11) == 'enrollment:' then return { status = 'ended' } end
end
if not bindPending(k.pending, interaction.sub, args.enrollmentId) then return { status = 'pending_gone' } end
if args.session then openSession(k.session, k.previous, account) end
local fields = { step = args.next, methods = args.methods }
if args.denied then fields.denied = args.denied end
advance(fields)
return snapshot('ok')`,
});
