// The Redis adapter against a real Redis behind the REST bridge, and against a store that misbehaves.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Redis } from '@upstash/redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createUpstashRedis } from '../../../worker/adapters/upstash/redis.ts';
import { createRandom } from '../../../worker/adapters/web-crypto/random.ts';
import { countRoundTrips } from '../../../worker/ports/counting-redis.ts';
import { defineStep, type RedisPort, type StepResult } from '../../../worker/ports/redis.ts';
import { AUDIT_STREAM } from '../../../worker/storage-keys.ts';
import { STATE_FOLDER } from '../../world/repository-root.ts';
import { startBridge, type Bridge } from '../../world/redis/bridge.ts';
import { startRedis, type RedisServer } from '../../world/redis/redis-server.ts';
import { thisMachine } from '../../world/system-program.ts';

const TOKEN = 'adapter-token';
const SECRET = 'value-that-no-error-may-hold';
const NOW = 1_900_000_000;

interface Tally extends StepResult {
  readonly count: string;
}
const add = defineStep<'counter', { now: number; secret?: string }, Tally>({
  name: 'addOne',
  keys: ['counter'],
  changes: true,
  lua: `return { status = 'added', count = whole(redis.call('INCR', k.counter)) }`,
});
const read = defineStep<'counter', { now: number }, Tally>({
  name: 'readCount',
  keys: ['counter'],
  changes: false,
  lua: `return { status = 'read', count = redis.call('GET', k.counter) or '' }`,
});
const limited = defineStep<'counter', { now: number; sub: string }, StepResult & { retryAt?: number }>({
  name: 'addLimited',
  keys: ['counter'],
  changes: true,
  lua: `
    local retryAt = exceeded(args.sub)
    if retryAt then return { status = 'throttled', retryAt = retryAt } end
    redis.call('INCR', k.counter)
    return { status = 'added' }`,
});
const broken = defineStep<'counter', { secret: string }, StepResult>({
  name: 'breakDown',
  keys: ['counter'],
  changes: true,
  lua: `return redis.call('HGET', k.counter, args.secret, 'too', 'many')`,
});
const mute = defineStep<never, object, StepResult>({
  name: 'sayNothing',
  keys: [],
  changes: false,
  lua: `return {}`,
});

let server: RedisServer;
let bridge: Bridge;
let proxy: Server;
let redis: RedisPort;
let raw: Redis;

/** What the store between the adapter and the bridge does with the next requests, in order; then it works. */
let faults: ('lose request' | 'lose answer' | 'hang' | 'hang in the body' | 'gateway error')[] = [];
let commands: string[] = [];

function portUrl(listening: Server): string {
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

async function relay(body: string, authorization: string): Promise<{ status: number; text: string }> {
  const headers = { authorization, 'content-type': 'application/json' };
  const answer = await fetch(bridge.url, { method: 'POST', headers, body });
  return { status: answer.status, text: await answer.text() };
}

beforeAll(async () => {
  server = await startRedis(thisMachine(STATE_FOLDER, () => undefined));
  bridge = await startBridge({ redisUrl: server.url, token: TOKEN, port: 0 });
  raw = new Redis({ url: bridge.url, token: TOKEN, automaticDeserialization: false, enableTelemetry: false });
  proxy = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      commands.push((JSON.parse(body) as string[])[0] ?? '');
      const fault = faults.shift();
      if (fault === 'lose request') {
        request.socket.destroy();
        return;
      }
      if (fault === 'hang') return;
      if (fault === 'gateway error') {
        response.writeHead(502).end(`<html>${SECRET}</html>`);
        return;
      }
      void relay(body, request.headers.authorization ?? '').then((answer) => {
        if (fault === 'lose answer') {
          request.socket.destroy();
        } else if (fault === 'hang in the body') {
          response.writeHead(200, { 'content-length': '500' });
          response.write('{"result":');
        } else {
          response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.text);
        }
      });
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});

beforeEach(() => {
  redis = createUpstashRedis({ url: portUrl(proxy), token: TOKEN, random: createRandom() });
  commands = [];
});

afterEach(async () => {
  faults = [];
  proxy.closeAllConnections();
  await raw.flushdb();
});

afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await bridge.close();
  await server.close();
});

describe('running a step', () => {
  test('an unknown script is sent once, then only named', async () => {
    await raw.scriptFlush();
    expect(await redis.run(add, { counter: 'c' }, { now: NOW })).toEqual({ status: 'added', count: '1' });
    expect(await redis.run(add, { counter: 'c' }, { now: NOW })).toEqual({ status: 'added', count: '2' });
    expect(commands).toEqual(['evalsha', 'eval', 'evalsha']);
  });

  test('text that looks like a number stays text', async () => {
    await raw.set('c', '012345');
    expect(await redis.run(read, { counter: 'c' }, { now: NOW })).toEqual({
      status: 'read',
      count: '012345',
    });
  });

  test('a limit is counted with the step, also by subject, and says when it ends', async () => {
    const options = { limits: [{ key: 'limit:', most: 2, seconds: 60, bySubject: true }] };
    const run = (sub: string): Promise<StepResult> =>
      redis.run(limited, { counter: 'c' }, { now: NOW, sub }, options);
    expect((await run('ada')).status).toBe('added');
    expect((await run('ada')).status).toBe('added');
    expect(await run('ada')).toEqual({ status: 'throttled', retryAt: NOW + 60 });
    expect((await run('bo')).status).toBe('added');
    expect(await raw.get('c')).toBe('3');
    expect(await raw.ttl('limit:ada')).toBe(120);
  });

  test('S18, S76: no period of a limit’s length holds more than it allows, wherever it begins', async () => {
    const options = { limits: [{ key: 'limit:', most: 3, seconds: 60, bySubject: true }] };
    const at = async (seconds: number): Promise<StepResult> =>
      redis.run(limited, { counter: 'c' }, { now: NOW + seconds, sub: 'cy' }, options);
    for (const seconds of [0, 50, 59]) expect((await at(seconds)).status).toBe('added');
    // At the end of what would be a window: one of the three is forgotten, not all.
    expect(await at(59)).toEqual({ status: 'throttled', retryAt: NOW + 60 });
    expect((await at(60)).status).toBe('added');
    expect(await at(61)).toEqual({ status: 'throttled', retryAt: NOW + 110 });
    // Fifty at once, in one second, count one by one.
    const many = await Promise.all(
      Array.from({ length: 50 }, () =>
        redis.run(limited, { counter: 'c' }, { now: NOW, sub: 'di' }, options),
      ),
    );
    expect(many.filter(({ status }) => status === 'added')).toHaveLength(3);
  });

  test('S70 the event is written with its result in the same round trip', async () => {
    await raw.scriptFlush();
    await redis.run(add, { counter: 'c' }, { now: NOW });
    commands = [];
    const event = { type: 'added', at: NOW, requestId: 'r1', userAgent: 'a\n"b' };
    await redis.run(add, { counter: 'c' }, { now: NOW }, { event });
    expect(commands).toEqual(['evalsha']);
    const entries = await raw.xrange(AUDIT_STREAM, '-', '+');
    const written = Object.values(entries as unknown as Record<string, unknown>);
    expect(JSON.stringify(written)).toContain('result');
    expect(written).toHaveLength(1);
  });

  test('limits or an event on a step that only reads are a bug, and said so', async () => {
    const event = { type: 'read', at: NOW, requestId: 'r1' };
    await expect(redis.run(read, { counter: 'c' }, { now: NOW }, { event })).rejects.toThrow(TypeError);
  });

  test('countRoundTrips counts one for each step', async () => {
    const counted = countRoundTrips(redis);
    await counted.redis.run(add, { counter: 'c' }, { now: NOW });
    await counted.redis.run(read, { counter: 'c' }, { now: NOW });
    expect(counted.trips()).toBe(2);
  });
});

describe('S72 a store that fails', () => {
  const quick = (): RedisPort =>
    createUpstashRedis({ url: portUrl(proxy), token: TOKEN, random: createRandom(), attemptMs: 150 });

  test.each(['lose request', 'lose answer', 'gateway error', 'hang', 'hang in the body'] as const)(
    'one fault (%s): the step is carried out exactly once and gives its answer',
    async (fault) => {
      await redis.run(add, { counter: 'warm' }, { now: NOW });
      faults = [fault];
      expect(await quick().run(add, { counter: 'c' }, { now: NOW })).toEqual({ status: 'added', count: '1' });
      expect(await raw.get('c')).toBe('1');
    },
  );

  test('an answer lost twice: an error, though the step was carried out once', async () => {
    await redis.run(add, { counter: 'warm' }, { now: NOW });
    faults = ['lose answer', 'lose answer'];
    await expect(redis.run(add, { counter: 'c' }, { now: NOW })).rejects.toThrow(
      'The store did not carry out addOne: unreachable.',
    );
    expect(await raw.get('c')).toBe('1');
    expect(commands.filter((name) => name === 'evalsha')).toHaveLength(3);
  });

  test.each(['hang', 'hang in the body'] as const)('%s: a time-out that throws', async (fault) => {
    faults = [fault, fault];
    await expect(quick().run(read, { counter: 'c' }, { now: NOW })).rejects.toThrow(
      'The store did not carry out readCount: timeout.',
    );
  });

  test('it is not there at all', async () => {
    const nowhere = createUpstashRedis({ url: 'http://127.0.0.1:9', token: TOKEN, random: createRandom() });
    await expect(nowhere.run(read, { counter: 'c' }, { now: NOW })).rejects.toThrow(/unreachable/);
  });

  test('an answer without a status is refused, never taken for one', async () => {
    await expect(redis.run(mute, {}, {})).rejects.toThrow('The store did not carry out sayNothing: refused.');
  });
});

describe('S71 errors', () => {
  async function failureOf(attempt: Promise<unknown>): Promise<Error> {
    return attempt.then(
      () => new Error('it did not fail'),
      (error: unknown) => error as Error,
    );
  }

  test.each([
    ['a script that fails', (): Promise<unknown> => redis.run(broken, { counter: 'c' }, { secret: SECRET })],
    [
      'a wrong token',
      (): Promise<unknown> =>
        createUpstashRedis({ url: portUrl(proxy), token: 'wrong', random: createRandom() }).run(
          add,
          { counter: 'c' },
          { now: NOW, secret: SECRET },
        ),
    ],
    [
      'a gateway that repeats the request',
      (): Promise<unknown> => {
        faults = ['gateway error', 'gateway error'];
        return redis.run(add, { counter: 'c' }, { now: NOW, secret: SECRET });
      },
    ],
  ])('%s: names the step and holds no value', async (_, attempt) => {
    const error = await failureOf(attempt());
    expect(error.name).toBe('StoreUnavailable');
    expect(`${error.message} ${String(error.stack)} ${String(error.cause)}`).not.toContain(SECRET);
  });

  test('a refusal is not tried again', async () => {
    await failureOf(redis.run(mute, {}, {}));
    commands = [];
    await failureOf(redis.run(mute, {}, {}));
    expect(commands).toEqual(['evalsha']);
  });
});
