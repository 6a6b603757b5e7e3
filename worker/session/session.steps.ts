import { defineStep, type Step, type StepResult } from '../ports/redis.ts';
import { prefix } from '../storage-keys.ts';

/**
 * Lua `liveSession(key)`: the session's record and its account's, or nil when it has expired, idled, was revoked
 * (its epoch is not the account's) or the account may not sign in. Marks the session as seen, once a minute.
 */
export const LIVE_SESSION = `
local function liveSession(key)
  local session = load(key)
  if not session then return nil end
  if tonumber(session.expiresAt) <= args.now then return nil end
  if tonumber(session.lastSeenAt) + tonumber(session.idleSeconds) <= args.now then return nil end
  local account = load('${prefix.account}' .. session.sub)
  if not account or account.status ~= 'active' or account.epoch ~= session.epoch then return nil end
  if tonumber(session.lastSeenAt) + 60 <= args.now then redis.call('HSET', key, 'lastSeenAt', whole(args.now)) end
  if event then event.sub = session.sub end
  return session, account
end
`;

/**
 * Lua `openSession(key, previous, account)`: writes the session in `args.session` under the account's epoch and
 * ends the one that this browser had before (S50).
 */
export const OPEN_SESSION = `
local function openSession(key, previous, account)
  redis.call('DEL', previous)
  local record = args.session
  record.epoch = account.epoch
  save(key, record)
  redis.call('EXPIRE', key, record.expiresAt - args.now + 60)
end
`;

export type Records = Readonly<Record<string, string>>;

export type LiveSessionResult =
  | { readonly status: 'live'; readonly session: Records; readonly account: Records }
  | { readonly status: 'none' };

/** Reads the browser's session with its account. One round trip. */
export const readSession: Step<'session', { readonly now: number }, LiveSessionResult> = defineStep({
  name: 'readSession',
  keys: ['session'],
  changes: false,
  lua: `${LIVE_SESSION}
local session, account = liveSession(k.session)
if not session then return { status = 'none' } end
return { status = 'live', session = session, account = account }`,
});

/** Ends one session. One round trip; a session that is gone already is no error. */
export const endSession: Step<'session', { readonly now: number }, StepResult> = defineStep({
  name: 'endSession',
  keys: ['session'],
  changes: true,
  lua: `local session = load(k.session)
if session and event then event.sub = session.sub end
redis.call('DEL', k.session)
return { status = session and 'ended' or 'none' }`,
});
