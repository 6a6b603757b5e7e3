// Lua with which a step puts a message on the queue in its own trip: what is to be sent is then as sure as what was
// changed. This folder owns the queue, its leases and what becomes of a send; it must not know why something is sent.
import { prefix } from '../storage-keys.ts';

/**
 * `enqueue(message, job)`: queues a sealed message (`SealedMessage` of the arguments). `job` says where it goes: `channel`
 * with `to` (an address) or `destination` (a sealed number) of `sub` and `enrollment`; `urgency`; and with a code the
 * `challenge` (a key) and `reference` whose delivery is told.
 *
 * `notify(sub, account, notice, siteName, dueAt, about)`: queues a notice to every address of the account (S43), later with
 * `dueAt`. `about` holds what only the step knows of it: `factors` (JSON), `subject`, or `by` and
 * `reason` of what an administrator did.
 * `forget(id)`: drops a notice that is not wanted any more; `hasten(id)`: one that waits is due now.
 */
export const QUEUE = `
local function enqueue(message, job)
  local id = job.id or message.id
  job.id = nil
  job.sealed = message.sealed
  job.expiresAt = whole(message.expiresAt)
  job.createdAt = whole(args.now)
  job.requestId = message.requestId
  job.attempts = 0
  job.lane = job.channel == 'mail' and 'mail' or 'phone'
  job.language = job.language or message.language
  local dueAt = job.dueAt or args.now
  job.dueAt = nil
  save('${prefix.job}' .. id, job)
  redis.call('EXPIRE', '${prefix.job}' .. id, message.expiresAt - args.now + 86400)
  redis.call('ZADD', '${prefix.jobs}' .. job.lane .. ':' .. job.urgency, whole(dueAt), id)
end

local function addressesOf(account)
  local addresses = { account.email }
  if account.noticeEmail then addresses[2] = account.noticeEmail end
  return addresses
end

local function notify(sub, account, notice, siteName, dueAt, about)
  if not notice then return end
  for i, to in ipairs(addressesOf(account)) do
    enqueue(notice, {
      id = notice.id .. '~' .. i, channel = 'mail', urgency = 'later', to = to, sub = sub, language = account.language,
      siteName = siteName, dueAt = dueAt, factors = about and about.factors, subject = about and about.subject,
      by = about and about.by, reason = about and about.reason
    })
  end
end

local function hasten(id)
  for i = 1, 2 do redis.call('ZADD', '${prefix.jobs}mail:later', 'XX', whole(args.now), id .. '~' .. i) end
end

local function forget(id)
  for i = 1, 2 do
    redis.call('ZREM', '${prefix.jobs}mail:later', id .. '~' .. i)
    redis.call('DEL', '${prefix.job}' .. id .. '~' .. i)
  end
end

`;
