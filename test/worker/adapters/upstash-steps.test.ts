// What every step does beside its own work, against a real Redis: limits by what the step learned, and what a member is shown.
import { Redis } from '@upstash/redis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createUpstashRedis } from '../../../worker/adapters/upstash/redis.ts';
import { createRandom } from '../../../worker/adapters/web-crypto/random.ts';
import { defineStep, type RedisPort, type StepResult } from '../../../worker/ports/redis.ts';
import { STATE_FOLDER } from '../../world/repository-root.ts';
import { startBridge, type Bridge } from '../../world/redis/bridge.ts';
import { startRedis, type RedisServer } from '../../world/redis/redis-server.ts';
import { thisMachine } from '../../world/system-program.ts';

const TOKEN = 'adapter-token';
const NOW = 1_900_000_000;

const sent = defineStep<
  'counter',
  { now: number; subjects: Readonly<Record<string, string | false>> },
  StepResult & { retryAt?: number }
>({
  name: 'sendLimited',
  keys: ['counter'],
  changes: true,
  lua: `
    local retryAt = exceeded(args.subjects)
    if retryAt then return { status = 'throttled', retryAt = retryAt } end
    return { status = 'sent' }`,
});
const about = defineStep<'counter', { now: number; sub: string; type?: string }, StepResult>({
  name: 'tellAbout',
  keys: ['counter'],
  changes: true,
  lua: `
    if event then
      event.sub = args.sub
      if args.type then event.type = args.type end
    end
    return { status = 'done' }`,
});

let server: RedisServer;
let bridge: Bridge;
let redis: RedisPort;
let raw: Redis;

beforeAll(async () => {
  server = await startRedis(thisMachine(STATE_FOLDER, () => undefined));
  bridge = await startBridge({ redisUrl: server.url, token: TOKEN, port: 0 });
  raw = new Redis({ url: bridge.url, token: TOKEN, automaticDeserialization: false, enableTelemetry: false });
  redis = createUpstashRedis({ url: bridge.url, token: TOKEN, random: createRandom() });
});

afterEach(async () => {
  await raw.flushdb();
});

afterAll(async () => {
  await bridge.close();
  await server.close();
});

describe('beside the work of a step', () => {
  test('S18 limits by named subjects: each counts its own, and one without its subject does not count', async () => {
    const options = {
      limits: [
        { key: 'limit:account:', most: 3, seconds: 60, bySubject: 'account' },
        { key: 'limit:destination:', most: 2, seconds: 600, bySubject: 'destination' },
        { key: 'limit:country:', most: 1, seconds: 900, bySubject: 'country' },
      ],
    };
    const run = (subjects: Readonly<Record<string, string | false>>): Promise<StepResult> =>
      redis.run(sent, { counter: 'c' }, { now: NOW, subjects }, options);
    const mail = { account: 'ada', destination: 'a@example.com', country: false } as const;
    expect(await run(mail)).toEqual({ status: 'sent' });
    expect(await run(mail)).toEqual({ status: 'sent' });
    expect(await run(mail)).toEqual({ status: 'throttled', retryAt: NOW + 600 });
    // What was refused counted nowhere, so the account has one left, to another destination.
    expect(await run({ account: 'ada', destination: 'b@example.com', country: 'DK' })).toEqual({
      status: 'sent',
    });
    expect(await run({ account: 'bo', country: 'DK' })).toEqual({ status: 'throttled', retryAt: NOW + 900 });
    expect(await run({ account: 'ada' })).toEqual({ status: 'throttled', retryAt: NOW + 60 });
    expect((await raw.keys('limit:*')).sort()).toEqual([
      'limit:account:ada',
      'limit:country:DK',
      'limit:destination:a@example.com',
      'limit:destination:b@example.com',
    ]);
  });

  test('S70, S53 what happened to an account is in its list, newest first, a hundred at most', async () => {
    const tell = (type: string, at: number, renamed?: string): Promise<StepResult> =>
      redis.run(
        about,
        { counter: 'c' },
        { now: at, sub: 'ada', ...(renamed ? { type: renamed } : {}) },
        { event: { type, at, requestId: 'r', address: '10.0.0.1', country: 'DK', userAgent: 'Agent' } },
      );
    await tell('factor.disable', NOW);
    // Neither that something was tried nor which message went out is a thing that a member is shown.
    await tell('sign_in.challenge.try', NOW);
    await tell('sign_in.challenge', NOW, 'sign_in.challenge.try');
    await tell('message.send', NOW);
    const nobody = { type: 'x', at: NOW, requestId: 'r' };
    await redis.run(sent, { counter: 'c' }, { now: NOW, subjects: {} }, { event: nobody });
    const list = (await raw.lrange('activity:ada', 0, -1)).map((text) => JSON.parse(text) as unknown);
    expect(list).toEqual([
      {
        type: 'factor.disable',
        at: NOW,
        result: 'done',
        address: '10.0.0.1',
        country: 'DK',
        userAgent: 'Agent',
      },
    ]);
    for (let count = 1; count <= 105; count += 1) await tell('sign_out', NOW + count);
    const full = (await raw.lrange('activity:ada', 0, -1)).map((text) => JSON.parse(text) as { at: number });
    expect(full.map(({ at }) => at)).toEqual(Array.from({ length: 100 }, (_one, index) => NOW + 105 - index));
    expect(await raw.keys('activity:*')).toEqual(['activity:ada']);
  }, 20_000);
});
