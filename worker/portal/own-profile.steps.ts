// Changing one's password and addresses.
import { UNLOCK_PASSWORD } from '../accounts/password-lock.lua.ts';
import type { PoliciesRecord } from '../accounts/policy.lua.ts';
import type { SentCodeArgs } from '../factors/sent-code.lua.ts';
import type { Freshness } from '../interaction/public.ts';
import { defineStep, type Step } from '../ports/redis.ts';
import type { Records } from '../session/session.steps.ts';
import { prefix } from '../storage-keys.ts';
import { ACCOUNT } from './account.lua.ts';
import type { AccountSnapshot, NoSession, Stale } from './account.steps.ts';

interface Throttled {
  readonly status: 'throttled';
  readonly retryAt: number;
}

/** Counts a guess of the password before anything is hashed (S76), and loads what it is checked against. */
export const reservePasswordChange: Step<
  'session',
  Freshness,
  | {
      readonly status: 'reserved';
      readonly session: Records;
      readonly account: Records;
      readonly organizationName: string;
      readonly policies: PoliciesRecord;
    }
  | Throttled
  | Stale
  | NoSession
> = defineStep({
  name: 'reservePasswordChange',
  keys: ['session'],
  changes: true,
  lua: `${ACCOUNT}
local session, account, refused = freshSession()
if not session then return refused end
local retryAt = exceeded(account.email)
if retryAt then return { status = 'throttled', retryAt = retryAt } end
return {
  status = 'reserved', session = session, account = account,
  organizationName = redis.call('HGET', '${prefix.organization}' .. account.home, 'name') or '',
  policies = policiesOf(session.sub, account)
}`,
});

/** Writes the new password, ends every other session and tells the member. */
export const changePassword: Step<
  'session',
  { readonly now: number; readonly version: number; readonly password: string; readonly notice: object },
  AccountSnapshot | NoSession
> = defineStep({
  name: 'changePassword',
  keys: ['session'],
  changes: true,
  lua: `${ACCOUNT}${UNLOCK_PASSWORD}
local session, account = liveSession(k.session)
if not session or tonumber(account.version) ~= args.version then return { status = 'none' } end
local key = '${prefix.account}' .. session.sub
redis.call('HSET', key, 'password', args.password)
redis.call('HDEL', key, 'reset')
unlockPassword(session.sub)
endOthers(session, account)
notify(session.sub, account, args.notice)
return changed(session)`,
});

/** Which address: the one that names the account, or the second one for notices. */
export type AddressKind = 'email' | 'notice-email';

/**
 * Mails a code to a new address. Whether it names an account already is not told here: only who reads that mailbox learns
 * it (S19). Never with a password alone: whoever has that could move the mailbox that a first factor asks for (S48).
 */
export const askNewAddress: Step<
  'session',
  Freshness & { readonly what: AddressKind; readonly email: string; readonly code: SentCodeArgs },
  AccountSnapshot | Throttled | Stale | NoSession
> = defineStep({
  name: 'askNewAddress',
  keys: ['session'],
  changes: true,
  lua: `${ACCOUNT}
local session, account, refused = freshSession(args.ranks['2fa'])
if not session then return refused end
local refusal = sendCode(codeKey(args.what), {
  sub = session.sub, channel = 'mail', to = args.email, isNew = true, language = account.language
}, args.code, k.session)
if refusal then return refusal end
redis.call('HSET', codeKey(args.what), 'email', args.email)
return accountSnapshot(session, account)`,
});

/** Takes the code of a new address. A changed address is told to the old one, and ends other sessions. */
export const confirmNewAddress: Step<
  'session',
  Freshness & { readonly what: AddressKind; readonly mac: string; readonly notice: object },
  | AccountSnapshot
  | { readonly status: 'wrong_code'; readonly triesLeft: number }
  | { readonly status: 'code_expired' | 'no_code_sent' | 'exists' }
  | Throttled
  | Stale
  | NoSession
> = defineStep({
  name: 'confirmNewAddress',
  keys: ['session'],
  changes: true,
  lua: `${ACCOUNT}
local session, account, refused = freshSession(args.ranks['2fa'])
if not session then return refused end
local retryAt = exceeded()
if retryAt then return { status = 'throttled', retryAt = retryAt } end
local email = redis.call('HGET', codeKey(args.what), 'email')
local wrong = takeCode(codeKey(args.what), args.mac)
if wrong then return wrong end
local key = '${prefix.account}' .. session.sub
redis.call('DEL', codeKey(args.what))
if args.what == 'notice-email' then
  notify(session.sub, account, args.notice, nil, nil, { subject = email })
  if account.noticeEmail then redis.call('SREM', '${prefix.noticeAddress}' .. account.noticeEmail, session.sub) end
  redis.call('SADD', '${prefix.noticeAddress}' .. email, session.sub)
  redis.call('HSET', key, 'noticeEmail', email)
  redis.call('HDEL', key, 'noticeMailTrouble', 'noticeMailTroubleAt')
  redis.call('HINCRBY', key, 'version', 1)
  return changed(session)
end
local owner = redis.call('GET', '${prefix.address}' .. email)
if owner and owner ~= session.sub then return { status = 'exists' } end
-- To the address that was: whoever reads it must hear of it.
notify(session.sub, account, args.notice, nil, nil, { subject = email })
redis.call('DEL', '${prefix.address}' .. account.email)
redis.call('SET', '${prefix.address}' .. email, session.sub)
redis.call('HSET', key, 'email', email)
redis.call('HDEL', key, 'mailTrouble', 'mailTroubleAt', 'reset')
endOthers(session, account)
return changed(session)`,
});

/** Gives the second address up. */
export const removeNoticeAddress: Step<
  'session',
  Freshness & { readonly notice: object },
  AccountSnapshot | Stale | NoSession
> = defineStep({
  name: 'removeNoticeAddress',
  keys: ['session'],
  changes: true,
  lua: `${ACCOUNT}
local session, account, refused = freshSession()
if not session then return refused end
if account.noticeEmail then
  notify(session.sub, account, args.notice, nil, nil, { subject = account.noticeEmail })
  redis.call('SREM', '${prefix.noticeAddress}' .. account.noticeEmail, session.sub)
  redis.call('HDEL', '${prefix.account}' .. session.sub, 'noticeEmail', 'noticeMailTrouble', 'noticeMailTroubleAt')
end
return changed(session)`,
});
