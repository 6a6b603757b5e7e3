// The steps of the queue. One round trip each, all of them after an answer or in a provider's callback.
import { defineStep, type LuaList, type Step } from '../ports/redis.ts';
import { prefix } from '../storage-keys.ts';

export type Records = Readonly<Record<string, string>>;

/** A queue to one provider with its rate: `rate` is the key of a counter that lasts until `endsAt`. */
export interface Lane {
  readonly name: 'mail' | 'phone';
  readonly rate: string;
  readonly most: number;
}

export interface LeaseArgs {
  readonly now: number;
  /** When another may take a job whose sender vanished. */
  readonly leaseUntil: number;
  readonly lanes: readonly Lane[];
}

export interface LeaseResult {
  readonly status: 'ok';
  /** Records with `id`. */
  readonly jobs: LuaList<Records>;
  /** When it is worth asking again; absent when nothing waits. */
  readonly comeBackAt?: number;
}

/** Takes what is due and what the providers' rates allow: codes, then links that were asked for, then notices. What has expired or was replaced dies here, with its code. */
export const leaseJobs: Step<never, LeaseArgs, LeaseResult> = defineStep({
  name: 'leaseJobs',
  keys: [],
  changes: true,
  lua: `local jobs, comeBackAt = {}, nil
local function later(at)
  if comeBackAt == nil or at < comeBackAt then comeBackAt = at end
end
local function take(lane, queue, left)
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', queue, '-inf', whole(args.now), 'LIMIT', 0, 50)) do
    local key = '${prefix.job}' .. id
    local job = load(key)
    -- A code that was replaced opens nothing, and its message would only mislead.
    local isStale = job and job.challenge and redis.call('HGET', job.challenge, 'reference') ~= job.reference
    if not job or not job.sealed or tonumber(job.expiresAt) <= args.now or isStale then
      redis.call('ZREM', queue, id)
      redis.call('DEL', key)
    elseif left > 0 then
      left = left - 1
      redis.call('INCR', lane.rate)
      redis.call('EXPIRE', lane.rate, 5)
      redis.call('ZADD', queue, whole(args.leaseUntil), id)
      job.attempts = redis.call('HINCRBY', key, 'attempts', 1)
      job.id = id
      jobs[#jobs + 1] = job
    else
      later(args.now + 1)
      break
    end
  end
  local after = redis.call('ZRANGEBYSCORE', queue, '(' .. whole(args.now), '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
  if after[2] then later(tonumber(after[2])) end
  return left
end
for _, lane in ipairs(args.lanes) do
  local left = lane.most - tonumber(redis.call('GET', lane.rate) or '0')
  for _, urgency in ipairs({ 'soon', 'next', 'later' }) do
    left = take(lane, '${prefix.jobs}' .. lane.name .. ':' .. urgency, left)
  end
end
return { status = 'ok', jobs = jobs, comeBackAt = comeBackAt }`,
});

// `tell(job, delivery)`: notes for the screen what became of a code, if that code is still the newest.
// `trouble(job, what)`: notes at the factor that messages don't arrive; nil: they do.
const DELIVERY = `
local function tell(job, delivery)
  if job.challenge and redis.call('HGET', job.challenge, 'reference') == job.reference then
    redis.call('HSET', job.challenge, 'delivery', delivery)
  end
end
local function trouble(job, what)
  if not job.enrollment then return end
  local key = '${prefix.enrollment}' .. job.enrollment
  if redis.call('EXISTS', key) == 0 then return end
  if what then redis.call('HSET', key, 'trouble', what) else redis.call('HDEL', key, 'trouble') end
end
`;

export interface FinishArgs {
  readonly now: number;
  readonly outcome: 'accepted' | 'busy' | 'failed';
  /** When it is tried again; absent: never. */
  readonly retryAt?: number;
  readonly trouble?: string;
}

/** Seconds that a busy provider is given before the screen says that the code could not be sent. */
const PATIENCE_SECONDS = 3;

/**
 * Notes what became of a send. A code that could not be handed over is told at once, and still tried until it expires.
 * The words go as soon as they are not needed: only a call keeps its code until it was spoken or has expired.
 */
export const finishJob: Step<
  'job',
  FinishArgs & { readonly id: string },
  { readonly status: 'sent' | 'retry' | 'failed' | 'gone' }
> = defineStep({
  name: 'finishJob',
  keys: ['job'],
  changes: true,
  lua: `${DELIVERY}
local job = load(k.job)
if not job or not job.sealed then return { status = 'gone' } end
if event then event.sub = job.sub end
local queue = '${prefix.jobs}' .. job.lane .. ':' .. job.urgency
if args.outcome == 'accepted' then
  redis.call('ZREM', queue, args.id)
  if job.channel == 'call' then
    redis.call('EXPIRE', k.job, math.max(1, tonumber(job.expiresAt) - args.now) + 60)
  else
    redis.call('HDEL', k.job, 'sealed', 'to', 'destination', 'factors', 'subject', 'by', 'reason')
  end
  tell(job, 'sent')
  return { status = 'sent' }
end
if args.retryAt and args.retryAt < tonumber(job.expiresAt) then
  redis.call('ZADD', queue, whole(args.retryAt), args.id)
  if args.outcome == 'failed' or tonumber(job.createdAt) + ${PATIENCE_SECONDS} <= args.now then tell(job, 'failed') end
  return { status = 'retry' }
end
redis.call('ZREM', queue, args.id)
redis.call('HDEL', k.job, 'sealed', 'to', 'destination', 'factors', 'subject', 'by', 'reason')
tell(job, 'failed')
if args.trouble then trouble(job, args.trouble) end
return { status = 'failed' }`,
});

/** Notes what the provider told about a text or call that it had taken. */
export const noteDelivery: Step<
  'job',
  { readonly now: number; readonly delivery: 'delivered' | 'failed'; readonly trouble?: string },
  { readonly status: 'noted' | 'unknown' }
> = defineStep({
  name: 'noteDelivery',
  keys: ['job'],
  changes: true,
  lua: `${DELIVERY}
local job = load(k.job)
if not job then return { status = 'unknown' } end
if event then event.sub = job.sub end
if args.delivery == 'delivered' then
  trouble(job, nil)
else
  tell(job, 'failed')
  trouble(job, args.trouble or 'unreachable')
end
return { status = 'noted' }`,
});

/** Reads the code of a call that somebody took and pressed a key in, while it is the newest code and has not expired. */
export const readCall: Step<
  'job',
  { readonly now: number },
  | { readonly status: 'ok'; readonly sealed: string; readonly language: string }
  | { readonly status: 'gone'; readonly language?: string }
> = defineStep({
  name: 'readCall',
  keys: ['job'],
  changes: true,
  lua: `local job = load(k.job)
if not job or not job.sealed or job.channel ~= 'call' or tonumber(job.expiresAt) <= args.now
  or redis.call('HGET', job.challenge, 'reference') ~= job.reference then
  return { status = 'gone', language = job and job.language }
end
if event then event.sub = job.sub end
return { status = 'ok', sealed = job.sealed, language = job.language }`,
});

/**
 * Notes at the account that mail to its address does not arrive, or that it does again; the same for every account that
 * has it as its second address.
 */
export const noteMailReport: Step<
  'address' | 'noticeAddress',
  { readonly now: number; readonly trouble?: string },
  { readonly status: 'noted' | 'unknown' }
> = defineStep({
  name: 'noteMailReport',
  keys: ['address', 'noticeAddress'],
  changes: true,
  lua: `local status = 'unknown'
local function note(sub, field)
  local key = '${prefix.account}' .. sub
  if redis.call('EXISTS', key) == 0 then return end
  status = 'noted'
  if event then event.sub = sub end
  if args.trouble then
    save(key, { [field] = args.trouble, [field .. 'At'] = whole(args.now) })
  else
    redis.call('HDEL', key, field, field .. 'At')
  end
end
for _, sub in ipairs(redis.call('SMEMBERS', k.noticeAddress)) do note(sub, 'noticeMailTrouble') end
local owner = redis.call('GET', k.address)
if owner then note(owner, 'mailTrouble') end
return { status = status }`,
});
