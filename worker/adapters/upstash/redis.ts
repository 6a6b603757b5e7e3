// Runs atomic steps at Upstash (or what speaks its REST protocol). Owns the client, its deadline and the one
// retry. It must not know any step, and must not let the client's own errors out: their text holds the values.
import { Redis } from '@upstash/redis/cloudflare';
import type { RandomPort } from '../../ports/random.ts';
import { AUDIT_TRAIL_KEYS, type AuditTrailKeys } from '../../ports/audit-trail.lua.ts';
import { AUDIT_STREAM, key, prefix } from '../../storage-keys.ts';
import { StoreUnavailable } from '../../ports/redis.ts';
import type { RedisPort, RunOptions, Step, StepResult } from '../../ports/redis.ts';

const ATTEMPTS = 2;

const TRAIL: AuditTrailKeys = {
  stream: AUDIT_STREAM,
  activity: prefix.activity,
  account: prefix.account,
  log: prefix.auditLog,
  stats: prefix.stats,
  coverage: prefix.coverage,
  covered: prefix.covered,
  members: prefix.members,
};

export interface UpstashRedisOptions {
  readonly url: string;
  readonly token: string;
  readonly random: RandomPort;
  /** Milliseconds that one attempt may take. A step makes two at most, so the worst case is about twice this. */
  readonly attemptMs?: number;
}

/**
 * Makes the Redis port over `@upstash/redis`.
 *
 * A step that changes something keeps its answer under a random key, so that the retry after a lost connection or
 * a time-out gets the answer of the first attempt if that one did reach Redis.
 */
export function createUpstashRedis({ url, token, random, attemptMs = 900 }: UpstashRedisOptions): RedisPort {
  const client = new Redis({
    url,
    token,
    automaticDeserialization: false,
    enableAutoPipelining: false,
    enableTelemetry: false,
    responseEncoding: false,
    // `retry: false` still makes two attempts in this client.
    retry: { retries: 0 },
    // Only the function form throws; with a signal the client turns a time-out into an empty answer.
    signal: () => AbortSignal.timeout(attemptMs),
  });
  const digests = new WeakMap<object, Promise<string>>();

  function digestOf(step: { readonly lua: string }): Promise<string> {
    const known = digests.get(step);
    if (known) return known;
    const digest = sha1(step.lua);
    digests.set(step, digest);
    return digest;
  }

  async function attempt(lua: string, digest: string, keys: string[], argv: string[]): Promise<unknown> {
    try {
      return await client.evalsha<string[]>(digest, keys, argv);
    } catch (error) {
      if (!isUnknownScript(error)) throw error;
      return client.eval<string[]>(lua, keys, argv);
    }
  }

  return {
    async run(step, keys, args, options = {}) {
      const allKeys = keysOf(step, keys, options, random);
      const argv = [
        JSON.stringify(args),
        JSON.stringify(
          (options.limits ?? []).map(({ most, seconds, bySubject }) => ({ most, seconds, bySubject })),
        ),
        options.event ? JSON.stringify(options.event) : '',
      ];
      const digest = await digestOf(step);
      for (let attempts = 1; ; attempts += 1) {
        try {
          return parseAnswer(await attempt(step.lua, digest, allKeys, argv), step);
        } catch (error) {
          const reason = reasonOf(error);
          if (reason === 'refused' || attempts === ATTEMPTS) throw new StoreUnavailable(step.name, reason);
        }
      }
    },
  };
}

function keysOf<Key extends string, Args extends object, Result extends StepResult>(
  step: Step<Key, Args, Result>,
  keys: Readonly<Record<Key, string>>,
  options: RunOptions,
  random: RandomPort,
): string[] {
  if (!step.changes && (options.limits?.length || options.event)) {
    throw new TypeError(`${step.name} counts limits or writes an event: define it with changes: true.`);
  }
  const own = step.keys.map((name) => keys[name]);
  const limits = (options.limits ?? []).map((limit) => limit.key);
  if (!step.changes) return own;
  const id = Array.from(random.bytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [...own, ...limits, key.kept(id), ...AUDIT_TRAIL_KEYS.map((name) => TRAIL[name])];
}

function parseAnswer<Key extends string, Args extends object, Result extends StepResult>(
  answer: unknown,
  step: Step<Key, Args, Result>,
): Result {
  const result: unknown = typeof answer === 'string' ? parseJson(answer) : undefined;
  if (
    typeof result === 'object' &&
    result !== null &&
    'status' in result &&
    typeof result.status === 'string'
  ) {
    return result as Result;
  }
  throw new StoreUnavailable(step.name, 'refused');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isUnknownScript(error: unknown): boolean {
  return error instanceof Error && error.name === 'UpstashError' && error.message.startsWith('NOSCRIPT');
}

function reasonOf(error: unknown): 'timeout' | 'refused' | 'unreachable' {
  if (error instanceof StoreUnavailable) return 'refused';
  if (!(error instanceof Error)) return 'unreachable';
  if (error.name === 'UpstashError') return 'refused';
  return error.name === 'TimeoutError' || error.name === 'AbortError' ? 'timeout' : 'unreachable';
}

async function sha1(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
