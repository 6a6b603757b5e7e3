// The bridge against the real client of the store and a real Redis: what Upstash promises must hold here too.
import { Redis } from '@upstash/redis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { STATE_FOLDER } from '../world/repository-root.ts';
import { startBridge, type Bridge } from '../world/redis/bridge.ts';
import { startOwnRedis, type RedisServer } from '../world/redis/redis-server.ts';
import { thisMachine } from '../world/system-program.ts';

const TOKEN = 'bridge-token';
let server: RedisServer;
let bridge: Bridge;
let redis: Redis;

function connect(
  settings: { token?: string; responseEncoding?: false; signal?: () => AbortSignal } = {},
): Redis {
  const { token = TOKEN, ...rest } = settings;
  return new Redis({
    url: bridge.url,
    token,
    automaticDeserialization: false,
    enableAutoPipelining: false,
    enableTelemetry: false,
    retry: false,
    ...rest,
  });
}

beforeAll(async () => {
  server = await startOwnRedis(thisMachine(STATE_FOLDER, () => undefined));
  bridge = await startBridge({ redisUrl: server.url, token: TOKEN, port: 0 });
  redis = connect();
});

afterEach(async () => {
  bridge.resume();
  await redis.flushdb();
});

afterAll(async () => {
  await bridge.close();
  await server.close();
});

describe('values', () => {
  test.each([
    '012345',
    '123456',
    '',
    'OK',
    'null',
    '{"a":1}',
    'naïve – ключ – 鍵 – 🔑',
    'T0s=',
    'line\r\nbreak\u0000nul"quote\\',
  ])('the string %j comes back as it was', async (value) => {
    expect(await redis.set('key', value)).toBe('OK');
    expect(await redis.get('key')).toBe(value);
    expect(await connect({ responseEncoding: false }).get('key')).toBe(value);
  });

  test('what is not there is null', async () => {
    expect(await redis.get('nothing')).toBeNull();
    expect(await redis.eval('return {1, false, "x"}', [], [])).toEqual([1, null, 'x']);
  });

  test('whole numbers are numbers', async () => {
    expect(await redis.incrby('counter', 41)).toBe(41);
    expect(await redis.ttl('counter')).toBe(-1);
    expect(await redis.del('counter', 'nothing')).toBe(1);
  });

  test('a status other than OK is text', async () => {
    expect(await redis.ping()).toBe('PONG');
  });

  test('arrays keep their depth', async () => {
    const id = await redis.xadd('stream', '*', { event: 'é', count: '007' });
    const entries = await redis.eval('return redis.call("XRANGE", KEYS[1], "-", "+")', ['stream'], []);
    expect(entries).toEqual([[id, ['event', 'é', 'count', '007']]]);
  });

  test('bytes that are not UTF-8 arrive as base64 where the caller asks for it', async () => {
    await redis.eval('redis.call("SET", KEYS[1], "\\255\\0\\254")', ['bytes'], []);
    const answer = await post('/', ['GET', 'bytes'], { 'upstash-encoding': 'base64' });
    expect(Buffer.from(String(answer.body['result']), 'base64')).toEqual(Buffer.from([255, 0, 254]));
  });

  test('a large value passes', async () => {
    const value = 'penumbra'.repeat(100_000);
    await redis.set('large', value);
    expect(await redis.get('large')).toBe(value);
  });
});

describe('scripts', () => {
  const script = 'return {KEYS[1], ARGV[1], tonumber(ARGV[2]) + 1}';

  test('EVALSHA of an unknown script says NOSCRIPT, and works once EVAL has brought it', async () => {
    const fresh = `${script} -- ${crypto.randomUUID()}`;
    const sha = await sha1(fresh);
    await expect(redis.evalsha(sha, ['k'], ['v', '1'])).rejects.toThrow(/^NOSCRIPT No matching script/);
    expect(await redis.eval(fresh, ['k'], ['v', '1'])).toEqual(['k', 'v', 2]);
    expect(await redis.evalsha(sha, ['k'], ['v', '1'])).toEqual(['k', 'v', 2]);
  });

  test("an error inside a script is Redis's own text with status 400", async () => {
    const answer = await post('/', ['EVAL', 'return redis.error_reply("WRONG thing")', 0]);
    expect(answer).toEqual({ status: 400, body: { error: 'WRONG thing' } });
  });
});

describe('many commands', () => {
  test('a pipeline answers each command, errors among them', async () => {
    const answer = await post('/pipeline', [
      ['SET', 'a', 1],
      ['LPUSH', 'a', 'x'],
      ['GET', 'a'],
    ]);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual([
      { result: 'OK' },
      { error: 'WRONGTYPE Operation against a key holding the wrong kind of value' },
      { result: '1' },
    ]);
    expect(await redis.pipeline().set('b', '012345').get('b').exec()).toEqual(['OK', '012345']);
  });

  test('a transaction is all or nothing where a command is unknown', async () => {
    expect(await redis.multi().set('a', '1').incr('a').exec()).toEqual(['OK', 2]);
    const answer = await post('/multi-exec', [['SET', 'a', '9'], ['NOSUCH']]);
    expect(answer.status).toBe(400);
    expect(await redis.get('a')).toBe('2');
  });

  test('a hundred callers at once each get their own answer', async () => {
    const values = Array.from({ length: 100 }, (_, index) => `value ${index}`);
    await Promise.all(values.map((value, index) => redis.set(`key:${index}`, value)));
    expect(await Promise.all(values.map((_, index) => redis.get(`key:${index}`)))).toEqual(values);
  });
});

describe('refusals', () => {
  test('a wrong or missing token is 401', async () => {
    await expect(connect({ token: 'wrong' }).get('key')).rejects.toThrow(/WRONGPASS/);
    const answer = await fetch(bridge.url, { method: 'POST', body: '["PING"]' });
    expect(answer.status).toBe(401);
  });

  test('commands that would change the shared connection are refused', async () => {
    for (const command of [['MULTI'], ['subscribe', 'x'], ['BLPOP', 'x', 0], ['SELECT', 1]]) {
      expect((await post('/', command)).status).toBe(400);
    }
    expect(await redis.ping()).toBe('PONG');
  });

  test.each([
    ['not JSON', '{'],
    ['no array', '"GET"'],
    ['empty', '[]'],
    ['nested', '["GET",{}]'],
  ])('a body that is %s is 400', async (_, body) => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect((await fetch(bridge.url, { method: 'POST', body, headers })).status).toBe(400);
  });
});

describe('outages on demand', () => {
  test('refusing drops connections until it works again', async () => {
    await redis.set('key', 'kept');
    bridge.refuse();
    await expect(redis.get('key')).rejects.toThrow('fetch failed');
    bridge.resume();
    expect(await redis.get('key')).toBe('kept');
  });

  test('pausing takes requests and never answers them', async () => {
    bridge.pause();
    const held = connect({ signal: () => AbortSignal.timeout(150) }).get('key');
    await expect(held).rejects.toThrow(/timeout/);
    bridge.resume();
    expect(await redis.get('key')).toBeNull();
  });
});

test('a Redis that is not there is told at once, without its password', async () => {
  const attempt = startBridge({ redisUrl: 'redis://:secret@127.0.0.1:1', token: TOKEN, port: 0 });
  await expect(attempt).rejects.toThrow(/^Redis can't be reached at 127\.0\.0\.1:1\./);
});

async function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(bridge.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function sha1(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text))).toString('hex');
}
