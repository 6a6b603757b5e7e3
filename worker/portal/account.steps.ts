import { ENROLLMENT_TRIES, PENDING_ENROLLMENT } from '../factors/enrollment.lua.ts';
import { defineStep, type LuaList, type Step } from '../ports/redis.ts';
import { LIVE_SESSION, type Records } from '../session/session.steps.ts';
import { prefix } from '../storage-keys.ts';

export interface EnrollmentRecord {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly createdAt: number;
  readonly lastUsedAt: number;
}

/** An account as its owner sees it. */
export interface AccountSnapshot {
  readonly status: 'ok';
  readonly session: Records;
  readonly account: Records;
  readonly organizationName: string;
  readonly enrollments: LuaList<EnrollmentRecord>;
}

export interface NoSession {
  readonly status: 'none';
}

const SNAPSHOT = `
local function accountSnapshot(session, account)
  local enrollments = {}
  for field, kind in pairs(account) do
    if string.sub(field, 1, 11) == 'enrollment:' then
      local id = string.sub(field, 12)
      local record = redis.call('HMGET', '${prefix.enrollment}' .. id, 'name', 'createdAt', 'lastUsedAt')
      enrollments[#enrollments + 1] = {
        id = id, kind = kind, name = record[1] or '', createdAt = tonumber(record[2] or '0') or 0,
        lastUsedAt = tonumber(record[3] or '0') or 0
      }
    end
  end
  account.password = nil
  return {
    status = 'ok', session = session, account = account, enrollments = enrollments,
    organizationName = redis.call('HGET', '${prefix.organization}' .. account.home, 'name') or ''
  }
end
`;

const COUNT_ENROLLMENTS = `
local function countEnrollments(account)
  local count = 0
  for field in pairs(account) do
    if string.sub(field, 1, 11) == 'enrollment:' then count = count + 1 end
  end
  return count
end
`;

/** Reads the account of the browser's session. One round trip. */
export const readAccount: Step<'session', { readonly now: number }, AccountSnapshot | NoSession> = defineStep(
  {
    name: 'readAccount',
    keys: ['session'],
    changes: false,
    lua: `${LIVE_SESSION}${SNAPSHOT}
local session, account = liveSession(k.session)
if not session then return { status = 'none' } end
return accountSnapshot(session, account)`,
  },
);

export interface StartArgs {
  readonly now: number;
  readonly sub: string;
  readonly id: string;
  readonly kind: string;
  readonly sealed: string;
  readonly pendingUntil: number;
  readonly renew?: boolean;
}

/** Stores a new secret that waits for its first code, or gives the one that still waits. */
export const startOwnEnrollment: Step<
  'session' | 'pending',
  StartArgs,
  { readonly status: 'ok'; readonly pending: Records } | NoSession
> = defineStep({
  name: 'startOwnEnrollment',
  keys: ['session', 'pending'],
  changes: true,
  lua: `${LIVE_SESSION}${PENDING_ENROLLMENT}
local session = liveSession(k.session)
if not session or session.sub ~= args.sub then return { status = 'none' } end
return { status = 'ok', pending = startPending(k.pending, session.sub) }`,
});

/** What a change of factors asks of the session (S42): when it was begun at the earliest, and how strong it is. */
export interface Freshness {
  readonly now: number;
  readonly authSince: number;
  readonly levels: readonly string[];
}

// `freshSession()`: as `liveSession`, or the answer to give. Checked before a try is counted.
const FRESH_SESSION = `
local function freshSession()
  local session, account = liveSession(k.session)
  if not session then return nil, nil, { status = 'none' } end
  local strong = false
  for _, level in ipairs(args.levels) do strong = strong or level == session.level end
  if not strong or tonumber(session.authTime) < args.authSince then return nil, nil, { status = 'stale' } end
  return session, account
end
`;

export interface Stale {
  readonly status: 'stale';
}

export type ReserveOwnResult =
  | {
      readonly status: 'reserved';
      readonly session: Records;
      readonly account: Records;
      readonly pending: Records;
    }
  | { readonly status: 'pending_gone' }
  | { readonly status: 'throttled'; readonly retryAt: number }
  | Stale
  | NoSession;

/** Counts a try of a new factor's first code. */
export const reserveOwnEnrollment: Step<
  'session' | 'pending',
  Freshness & { readonly enrollmentId: string },
  ReserveOwnResult
> = defineStep({
  name: 'reserveOwnEnrollment',
  keys: ['session', 'pending'],
  changes: true,
  lua: `${LIVE_SESSION}${FRESH_SESSION}${PENDING_ENROLLMENT}
local session, account, refused = freshSession()
if not session then return refused end
local retryAt = exceeded()
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local pending = reservePending(k.pending, session.sub, args.enrollmentId)
if not pending then return { status = 'pending_gone' } end
return { status = 'reserved', session = session, account = account, pending = pending }`,
});

/** Binds the new factor. Refused without one that is there already: the first one is enrolled in a sign-in (S48). */
export const bindOwnEnrollment: Step<
  'session' | 'pending',
  { readonly now: number; readonly enrollmentId: string; readonly name: string; readonly counter: number },
  AccountSnapshot | { readonly status: 'pending_gone' } | NoSession
> = defineStep({
  name: 'bindOwnEnrollment',
  keys: ['session', 'pending'],
  changes: true,
  lua: `${LIVE_SESSION}${PENDING_ENROLLMENT}${COUNT_ENROLLMENTS}${SNAPSHOT}
local session, account = liveSession(k.session)
if not session then return { status = 'none' } end
if countEnrollments(account) == 0 or not bindPending(k.pending, session.sub, args.enrollmentId) then
  return { status = 'pending_gone' }
end
return accountSnapshot(session, load('${prefix.account}' .. session.sub))`,
});

export type ReserveRemovalResult =
  | {
      readonly status: 'reserved';
      readonly session: Records;
      readonly account: Records;
      readonly kind: string;
      readonly sealed: string;
      readonly triesLeft: number;
      readonly retryAt?: number;
    }
  | { readonly status: 'throttled' | 'waiting'; readonly retryAt: number }
  | { readonly status: 'disabled' | 'missing' | 'unknown' | 'last_factor' }
  | Stale
  | NoSession;

/** Reserves a try of the factor that is to be disabled: the same count as in a sign-in (S14). */
export const reserveRemoval: Step<
  'session',
  Freshness & { readonly enrollmentId: string; readonly keepOne: boolean },
  ReserveRemovalResult
> = defineStep({
  name: 'reserveRemoval',
  keys: ['session'],
  changes: true,
  lua: `${LIVE_SESSION}${FRESH_SESSION}${ENROLLMENT_TRIES}${COUNT_ENROLLMENTS}
local session, account, refused = freshSession()
if not session then return refused end
if not account['enrollment:' .. args.enrollmentId] then return { status = 'unknown' } end
if args.keepOne and countEnrollments(account) <= 1 then return { status = 'last_factor' } end
local retryAt = exceeded()
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local result = reserveTry(account, session.sub, args.enrollmentId)
account.password = nil
result.session = session
result.account = account
return result`,
});

export interface RemoveArgs {
  readonly now: number;
  readonly enrollmentId: string;
  readonly counter: number;
  /** A policy demands that one remains (S45). */
  readonly keepOne: boolean;
}

/**
 * Disables a factor with its own code, and ends every other session of the account (S44): the account's epoch moves
 * on, and only this session with it.
 */
export const removeEnrollment: Step<
  'session',
  RemoveArgs,
  AccountSnapshot | { readonly status: 'code_used' | 'missing' | 'last_factor' } | NoSession
> = defineStep({
  name: 'removeEnrollment',
  keys: ['session'],
  changes: true,
  lua: `${LIVE_SESSION}${ENROLLMENT_TRIES}${COUNT_ENROLLMENTS}${SNAPSHOT}
local session, account = liveSession(k.session)
if not session then return { status = 'none' } end
if args.keepOne and countEnrollments(account) <= 1 then return { status = 'last_factor' } end
local failed = acceptProof(account, session.sub, args.enrollmentId)
if failed then return { status = failed } end
local key = '${prefix.account}' .. session.sub
redis.call('DEL', '${prefix.enrollment}' .. args.enrollmentId)
redis.call('HDEL', key, 'enrollment:' .. args.enrollmentId)
redis.call('HINCRBY', key, 'version', 1)
local epoch = redis.call('HINCRBY', key, 'epoch', 1)
redis.call('HSET', k.session, 'epoch', epoch)
return accountSnapshot(load(k.session), load(key))`,
});
