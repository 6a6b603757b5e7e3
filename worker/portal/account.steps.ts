// The account as its owner reads it, and the changes that take no code.
import type { PoliciesRecord } from '../accounts/policy.lua.ts';
import type { FactorRecord } from '../factors/enrollment.lua.ts';
import type { SentCodeRecord } from '../factors/sent-code.lua.ts';
import type { Freshness } from '../interaction/public.ts';
import type { IssuedPassWire, PendingResetWire } from '../interaction/wire.ts';
import { defineStep, type LuaList, type Step } from '../ports/redis.ts';
import type { Records } from '../session/session.steps.ts';
import { prefix } from '../storage-keys.ts';
import { ACCOUNT } from './account.lua.ts';

export interface PendingAddressRecord {
  readonly email: string;
  readonly sent: SentCodeRecord;
  readonly resendAt: number;
}

/** An event as the member's list keeps it. */
export interface ActivityRecord {
  readonly type: string;
  readonly at: number;
  readonly result: string;
  readonly address?: string;
  readonly country?: string;
  readonly userAgent?: string;
}

/** A session as the list of its owner shows it. */
export type SessionListRecord = Records & { readonly isThis: boolean };

/** An account as its owner sees it. */
export interface AccountSnapshot {
  readonly status: 'ok';
  readonly session: Records;
  readonly account: Records;
  readonly organizationName: string;
  readonly policies: PoliciesRecord;
  readonly factors: LuaList<FactorRecord>;
  readonly recovery: { readonly left: number; readonly madeAt: number };
  readonly sessions: LuaList<SessionListRecord>;
  readonly activity: LuaList<ActivityRecord>;
  readonly factorReset?: PendingResetWire;
  readonly pass?: IssuedPassWire;
  readonly pending?: Records;
  readonly pendingSent?: SentCodeRecord;
  readonly pendingResendAt?: number;
  readonly pendingEmail?: PendingAddressRecord;
  readonly pendingNoticeEmail?: PendingAddressRecord;
}

export interface NoSession {
  readonly status: 'none';
}

export interface Stale {
  readonly status: 'stale';
}

/** Reads the account of the browser's session. One round trip. */
export const readAccount: Step<'session', { readonly now: number }, AccountSnapshot | NoSession> = defineStep(
  {
    name: 'readAccount',
    keys: ['session'],
    changes: false,
    lua: `${ACCOUNT}
local session, account = liveSession(k.session)
if not session then return { status = 'none' } end
return accountSnapshot(session, account)`,
  },
);

/** Changes the name or the language. */
export const changeProfile: Step<
  'session',
  Freshness & { readonly name?: string; readonly folded?: string; readonly language?: string },
  AccountSnapshot | NoSession
> = defineStep({
  name: 'changeProfile',
  keys: ['session'],
  changes: true,
  lua: `${ACCOUNT}
local session, _, refused = judgedSession()
if not session then return refused end
local key = '${prefix.account}' .. session.sub
if args.name then save(key, { name = args.name, folded = args.folded }) end
if args.language == '' then redis.call('HDEL', key, 'language')
elseif args.language then redis.call('HSET', key, 'language', args.language) end
redis.call('HINCRBY', key, 'version', 1)
return changed(session)`,
});

/** Ends one session of the account by its public name; one that is gone is no error. */
export const endOneSession: Step<
  'session',
  Freshness & { readonly sid: string },
  AccountSnapshot | NoSession
> = defineStep({
  name: 'endOneSession',
  keys: ['session'],
  changes: true,
  lua: `${ACCOUNT}
local session, account, refused = judgedSession()
if not session then return refused end
for _, other in ipairs(sessionsOf(session.sub, account, k.session)) do
  if other.sid == args.sid and not other.isThis then
    redis.call('DEL', other.key)
    redis.call('ZREM', '${prefix.sessions}' .. session.sub, other.key)
  end
end
return changed(session)`,
});

/** Ends every session of the account but this one. */
export const endOtherSessions: Step<'session', Freshness, AccountSnapshot | NoSession> = defineStep({
  name: 'endOtherSessions',
  keys: ['session'],
  changes: true,
  lua: `${ACCOUNT}
local session, account, refused = judgedSession()
if not session then return refused end
endOthers(session, account)
return changed(session)`,
});

/** Stops the reset that an administrator wants (S46); one that is gone is no error. */
export const stopOwnReset: Step<
  'session',
  Freshness & { readonly message: object },
  AccountSnapshot | NoSession
> = defineStep({
  name: 'stopOwnReset',
  keys: ['session'],
  changes: true,
  lua: `${ACCOUNT}
local session, account, refused = judgedSession()
if not session then return refused end
local reset = pendingReset(session.sub, account)
if reset then
  if event then event.organization = reset.organization end
  stopReset(account, reset, args.message)
else
  event = nil
end
return changed(session)`,
});

/** Renames a factor, or makes it the one that is asked first. */
export const describeFactor: Step<
  'session',
  Freshness & {
    readonly enrollmentId: string;
    readonly name?: string;
    readonly makeDefault?: boolean;
  },
  AccountSnapshot | { readonly status: 'unknown' } | NoSession
> = defineStep({
  name: 'describeFactor',
  keys: ['session'],
  changes: true,
  lua: `${ACCOUNT}
local session, account, refused = judgedSession()
if not session then return refused end
local enrollment = '${prefix.enrollment}' .. args.enrollmentId
if not account['enrollment:' .. args.enrollmentId] or redis.call('HGET', enrollment, 'sub') ~= session.sub then
  return { status = 'unknown' }
end
if args.name then redis.call('HSET', enrollment, 'name', args.name) end
if args.makeDefault then
  redis.call('HSET', '${prefix.account}' .. session.sub, 'defaultEnrollment', args.enrollmentId)
end
return changed(session)`,
});

/** Makes a new set of recovery codes, which voids the old one. Only beside a factor: they stand in for one. */
export const renewOwnRecoveryCodes: Step<
  'session',
  Freshness & { readonly sub: string; readonly hashes: readonly string[]; readonly notice: object },
  | AccountSnapshot
  | { readonly status: 'no_factor' }
  | { readonly status: 'throttled'; readonly retryAt: number }
  | Stale
  | NoSession
> = defineStep({
  name: 'renewOwnRecoveryCodes',
  keys: ['session'],
  changes: true,
  lua: `${ACCOUNT}
local session, account, refused = freshSession()
if not session then return refused end
if session.sub ~= args.sub then return { status = 'none' } end
if countEnrollments(account) == 0 then return { status = 'no_factor' } end
local retryAt = exceeded(session.sub)
if retryAt then return { status = 'throttled', retryAt = retryAt } end
storeRecoveryCodes(session.sub, args.hashes)
notify(session.sub, account, args.notice)
return accountSnapshot(session, account)`,
});
