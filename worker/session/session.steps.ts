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

/** Sessions of one account: more than anybody has browsers, and few enough to be listed in one step. */
const MOST_SESSIONS = 100;

/**
 * Lua `openSession(key, previous, account)`: writes the session in `args.session` under the account's epoch and
 * ends the one that this browser had before (S50). Fields that only the step knows (whose it is, how strong) are set in
 * `args.session` before. The account's list of sessions is kept with it, without those that ended by themselves; where there
 * are too many, the one that would end first gives way. Needs `reindex` (`MEMBER_INDEX`), since a sign-in is listed.
 */
export const OPEN_SESSION = `
-- Before the new one is in the list: it may well be the one that ends first.
local function makeRoom(list, account)
  if redis.call('ZCARD', list) < ${MOST_SESSIONS} then return end
  for _, key in ipairs(redis.call('ZRANGE', list, 0, -1)) do
    if redis.call('HGET', key, 'epoch') ~= tostring(account.epoch) then redis.call('ZREM', list, key) end
  end
  for _, key in ipairs(redis.call('ZRANGE', list, 0, -${MOST_SESSIONS})) do
    redis.call('DEL', key)
    redis.call('ZREM', list, key)
  end
end

local function openSession(key, previous, account)
  local record = args.session
  local list = '${prefix.sessions}' .. record.sub
  redis.call('DEL', previous)
  redis.call('ZREM', list, previous)
  redis.call('ZREMRANGEBYSCORE', list, '-inf', whole(args.now))
  makeRoom(list, account)
  record.epoch = account.epoch
  save(key, record)
  redis.call('EXPIRE', key, record.expiresAt - args.now + 60)
  redis.call('ZADD', list, whole(record.expiresAt), key)
  redis.call('HSET', '${prefix.account}' .. record.sub, 'lastSignInAt', whole(args.now))
  reindex(record.sub)
end
`;

/**
 * Lua `sessionsOf(sub, account, current)`: the live sessions of an account; `current` is the key of the one that asks.
 * Needs `LIVE_SESSION`'s rules, which it repeats without marking a session as seen.
 */
export const SESSIONS = `
local function sessionsOf(sub, account, current)
  local list, found = '${prefix.sessions}' .. sub, {}
  for _, key in ipairs(redis.call('ZRANGEBYSCORE', list, '(' .. whole(args.now), '+inf')) do
    local session = load(key)
    local lives = session and session.sub == sub and session.epoch == account.epoch
      and tonumber(session.expiresAt) > args.now
      and tonumber(session.lastSeenAt) + tonumber(session.idleSeconds) > args.now
    if lives then
      session.isThis = key == current
      session.key = key
      found[#found + 1] = session
    else
      redis.call('ZREM', list, key)
    end
  end
  return found
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
