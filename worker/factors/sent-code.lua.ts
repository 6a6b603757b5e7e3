// Lua of codes that are sent: one record for each owner (an interaction or a session) and factor or address. A code is
// compared in the store, since both sides are keyed hashes; the try is counted before.
import { prefix } from '../storage-keys.ts';
import { FIRST_RESEND_SECONDS, TRIES_A_CODE } from './limits.ts';

/** As long as an interaction and a little more, so that a resend keeps its count. */
const CHALLENGE_SECONDS = 2400;
const NOT_ME_SECONDS = 3600;

/**
 * `sendCode(key, target, code, owner)`: replaces the code of the record `key` (S11) and queues its message; nil, or the
 * refusal. `target` has `sub`, `channel`, and `to` (an address) or the fields of a phone (`id`, `sealed`, `destination`,
 * `range`, `country`), and `siteName` where a site was to be entered. With `isNew` nobody has shown yet that the mailbox or
 * number is theirs: that is counted apart, or whoever knows it could lock its owner out. `owner` is the key that "this was
 * not me" ends. Needs `QUEUE`.
 *
 * `takeCode(key, mac)`: nil when it is the newest code and right, once (S10); else the refusal, with `triesLeft`.
 *
 * `codeOf(key)`: what a screen shows of the newest code, or nil; and when a code can be asked for.
 */
export const SENT_CODE = `
local function sendCode(key, target, code, owner)
  local resendAt = tonumber(redis.call('HGET', key, 'resendAt') or '0')
  if resendAt > args.now then return { status = 'throttled', retryAt = resendAt } end
  local isMail = target.channel == 'mail'
  local as = target.isNew and 'new:' or ''
  local retryAt = exceeded({
    account = target.sub, mailbox = target.to and as .. target.to, mailAddress = isMail and code.addressGroup,
    mailAll = isMail and 'all', destination = target.destination and as .. target.destination,
    range = target.isNew and target.range, newCountry = target.isNew and target.country,
    country = not target.isNew and target.country, phoneAddress = not isMail and code.addressGroup, phoneAll = not isMail and 'all'
  })
  if retryAt then return { status = 'throttled', retryAt = retryAt } end
  local sends = tonumber(redis.call('HGET', key, 'sends') or '0')
  redis.call('HDEL', key, 'provenAt')
  save(key, {
    mac = code.mac, expiresAt = whole(code.expiresAt), reference = code.reference, channel = target.channel,
    delivery = 'queued', sends = sends + 1, tries = 0, resendAt = whole(args.now + ${FIRST_RESEND_SECONDS} * 2 ^ sends)
  })
  redis.call('EXPIRE', key, ${CHALLENGE_SECONDS})
  if target.id then
    redis.call('SADD', '${prefix.sentTo}' .. target.id, key)
    redis.call('EXPIRE', '${prefix.sentTo}' .. target.id, ${CHALLENGE_SECONDS})
  end
  enqueue(code.message, {
    channel = target.channel, urgency = 'soon', to = target.to, destination = target.sealed, enrollment = target.id,
    sub = target.sub, language = target.language, siteName = target.siteName, challenge = key, reference = code.reference
  })
  if code.notMe and isMail then
    local notMe = '${prefix.notMe}' .. code.notMe
    save(notMe, {
      owner = owner, sub = target.sub, own = target.isNew and '0' or '1', expiresAt = whole(args.now + ${NOT_ME_SECONDS})
    })
    redis.call('EXPIRE', notMe, ${NOT_ME_SECONDS})
  end
  return nil
end

local function takeCode(key, mac)
  local code = load(key)
  if not code or not code.reference then return { status = 'no_code_sent' } end
  if not code.mac or tonumber(code.expiresAt) <= args.now then return { status = 'code_expired' } end
  local tries = redis.call('HINCRBY', key, 'tries', 1)
  if code.mac == mac and tries <= ${TRIES_A_CODE} then
    redis.call('HDEL', key, 'mac')
    return nil
  end
  redis.call('HINCRBY', key, 'failures', 1)
  local triesLeft = math.max(${TRIES_A_CODE} - tries, 0)
  if triesLeft == 0 then redis.call('HDEL', key, 'mac') end
  return { status = 'wrong_code', triesLeft = triesLeft }
end

local function codeOf(key)
  local code = load(key)
  if not code then return nil end
  local resendAt = tonumber(code.resendAt or '0')
  local provenAt = tonumber(code.provenAt or '0')
  if not code.reference then return nil, resendAt, provenAt end
  return {
    channel = code.channel, reference = code.reference, delivery = code.delivery, expiresAt = tonumber(code.expiresAt)
  }, resendAt, provenAt
end
`;

/** A new code as a step stores it: its keyed hash (S16), and the message that carries it. */
export interface SentCodeArgs {
  readonly mac: string;
  readonly expiresAt: number;
  readonly reference: string;
  /** What limits count the client by. */
  readonly addressGroup: string;
  readonly message: object;
  /** Hash of the token of "this was not me"; in mails. */
  readonly notMe?: string;
}

/** What a step tells of the newest code. */
export interface SentCodeRecord {
  readonly channel: string;
  readonly reference: string;
  readonly delivery: string;
  readonly expiresAt: number;
}
