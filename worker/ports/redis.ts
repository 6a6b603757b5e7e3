// The one store. What the service asks of it are atomic steps: Lua scripts with a name that says their intent.
// This file owns the shape of a step and the text that every step shares; it must not know any single step.

import { AUDIT_TRAIL, AUDIT_TRAIL_KEYS } from './audit-trail.lua.ts';

/** A count that a step keeps before it does its work: so many in any period of `seconds`, wherever that begins. */
export interface Limit {
  /** The Redis key: a sorted set of the times at which it let something through. */
  readonly key: string;
  /** How many are allowed in the period. */
  readonly most: number;
  readonly seconds: number;
  /**
   * The step appends the subject to the key: it learns only on its way whom it counts for. A name picks one of several
   * subjects (account, destination, country); a limit whose subject there is none of does not count.
   */
  readonly bySubject?: boolean | string;
}

/** An entry of the audit stream. `result` is added by the step; a step may also learn `sub` on its way. */
export interface AuditEvent {
  readonly type: string;
  readonly at: number;
  readonly requestId: string;
  readonly sub?: string;
  readonly clientId?: string;
  /** The organisation of that site, which may read it too; not kept with the event. */
  readonly siteOrganization?: string;
  readonly address?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  readonly userAgent?: string;
  readonly [detail: string]: string | number | undefined;
}

/** What every step answers: `status` says which way it went, the rest belongs to the step. */
export interface StepResult {
  readonly status: string;
  /** Whom the step's event is about, what it became, of which factor and at which site, where the step learned that on its way. */
  readonly subject?: string;
  readonly eventType?: string;
  readonly eventKind?: string;
  readonly eventClientId?: string;
}

/** An atomic step. `Key` are the names of its declared keys; `Args` and `Result` exist for the compiler alone. */
export interface Step<Key extends string, Args extends object, Result extends StepResult> {
  readonly name: string;
  readonly keys: readonly Key[];
  /** The whole script. */
  readonly lua: string;
  /** True when it writes; then its answer is kept for two minutes so that a retry gets the same one. */
  readonly changes: boolean;
  readonly types?: { readonly args: Args; readonly result: Result };
}

/** A list in a step's answer. An empty one arrives as `{}`, since Lua has one kind of table. */
export type LuaList<T> = readonly T[] | Readonly<Record<string, never>>;

/** Gives the list as an array. */
export function listOf<T>(list: LuaList<T>): readonly T[] {
  return Array.isArray(list) ? (list as readonly T[]) : [];
}

export interface RunOptions {
  readonly limits?: readonly Limit[];
  readonly event?: AuditEvent;
}

/** Runs steps. One call is one round trip once the script is known to Redis. */
export interface RedisPort {
  /**
   * Runs one atomic step and gives its answer, parsed.
   * @throws StoreUnavailable when Redis is down, slow or refuses; nothing may be assumed to have happened.
   */
  run<Key extends string, Args extends object, Result extends StepResult>(
    step: Step<Key, Args, Result>,
    keys: Readonly<Record<Key, string>>,
    args: Args,
    options?: RunOptions,
  ): Promise<Result>;
}

/** Redis could not be asked. Carries no command and no value: the client's own error text holds both. */
export class StoreUnavailable extends Error {
  constructor(step: string, reason: 'timeout' | 'refused' | 'unreachable') {
    super(`The store did not carry out ${step}: ${reason}.`);
    this.name = 'StoreUnavailable';
  }
}

/** Lua that reads and writes records: `load(key)`, `save(key, record)`, `whole(number)`. */
export const RECORDS = `
-- A hash as a table of strings, or nil when there is none.
local function load(key)
  local flat = redis.call('HGETALL', key)
  if #flat == 0 then return nil end
  local record = {}
  for i = 1, #flat, 2 do record[flat[i]] = flat[i + 1] end
  return record
end

-- Writes a table of scalars as fields of a hash.
local function save(key, record)
  local flat = {}
  for field, value in pairs(record) do
    flat[#flat + 1] = field
    flat[#flat + 1] = tostring(value)
  end
  if #flat > 0 then redis.call('HSET', key, unpack(flat)) end
end

-- Whole numbers as text: Lua would write large ones with an exponent.
local function whole(number) return string.format('%.0f', number) end
`;

// KEYS: the step's own in order, then one for each limit, then (for steps that change something) the kept
// answer and what the audit trail is written to (`AUDIT_TRAIL_KEYS`). ARGV: 1 the arguments, 2 the limits, 3 the audit event or ''.
const PRELUDE = `
local args = cjson.decode(ARGV[1])
local limits = cjson.decode(ARGV[2])
local event = ARGV[3] ~= '' and cjson.decode(ARGV[3]) or nil

${RECORDS}
-- The key of limit \`i\`, or nil where there is no subject for it. The subject is a text, or a table of them by name.
local function counterOf(i, subject)
  local by = limits[i].bySubject
  if not by then return KEYS[OWN + i] end
  local name = subject
  if type(subject) == 'table' then name = subject[by] end
  return name and KEYS[OWN + i] .. name
end

-- Counts every limit, unless one is used up: then nothing is counted and the time at which it lets something through again
-- is given.
local function exceeded(subject)
  local retryAt = nil
  for i, limit in ipairs(limits) do
    local key = counterOf(i, subject)
    if key then
      redis.call('ZREMRANGEBYSCORE', key, '-inf', whole(args.now - limit.seconds))
      local over = redis.call('ZCARD', key) - limit.most
      if over >= 0 then
        local frees = redis.call('ZRANGE', key, over, over, 'WITHSCORES')
        local at = tonumber(frees[2]) + limit.seconds
        if retryAt == nil or at > retryAt then retryAt = at end
      end
    end
  end
  if retryAt then return retryAt end
  local now = whole(args.now)
  for i, limit in ipairs(limits) do
    local key = counterOf(i, subject)
    if key then
      redis.call('ZADD', key, now, now .. ':' .. redis.call('ZCOUNT', key, now, now))
      redis.call('EXPIRE', key, limit.seconds + 60)
    end
  end
  return nil
end

-- How many the limits still let through.
local function remaining(subject)
  local least = nil
  for i, limit in ipairs(limits) do
    local key = counterOf(i, subject)
    local left = key and limit.most - redis.call('ZCARD', key)
    if left and (least == nil or left < least) then least = left end
  end
  return least and math.max(least, 0)
end
`;

const KEPT_SECONDS = 120;

const TRAIL = AUDIT_TRAIL_KEYS.map((name, index) => `${name} = KEYS[OWN + #limits + ${index + 2}]`).join(
  ', ',
);

/**
 * Makes a step from a Lua body. The body sees its keys by name (`k.account`), its arguments (`args.now`), the
 * functions of the prelude, and returns a table with `status`. Pointers that it follows (session to account)
 * use prefixes from `storage-keys.ts`: all keys live on one shard.
 */
export function defineStep<Key extends string, Args extends object, Result extends StepResult>(definition: {
  readonly name: string;
  readonly keys: readonly Key[];
  readonly changes: boolean;
  readonly lua: string;
}): Step<Key, Args, Result> {
  const names = definition.keys.map((name, index) => `${name} = KEYS[${index + 1}]`).join(', ');
  const open = `-- ${definition.name}\nlocal OWN = ${definition.keys.length}\nlocal k = { ${names} }\n${PRELUDE}`;
  const body = `local function step()\n${definition.lua}\nend\n${definition.changes ? AUDIT_TRAIL : ''}`;
  const close = definition.changes
    ? `local kept = KEYS[OWN + #limits + 1]
local before = redis.call('GET', kept)
if before then return before end
local result = step()
local isNothing = ({
  throttled = 1, waiting = 1, no_code_sent = 1, code_expired = 1, wrong_step = 1, ended = 1, gone = 1
})[result.status]
-- What nobody did to no account is the operator's log's alone: else whoever asks often enough would fill the store.
if event and result.status ~= 'unjudged' and (event.sub or not isNothing) then
  writeEvent(result, isNothing, { ${TRAIL} })
end
local text = cjson.encode(result)
redis.call('SET', kept, text, 'EX', ${KEPT_SECONDS})
return text`
    : `return cjson.encode(step())`;
  return {
    name: definition.name,
    keys: definition.keys,
    changes: definition.changes,
    lua: open + body + close,
  };
}
