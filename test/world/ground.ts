// What the worker stands on: Redis behind its bridge, the outbox and the builds, all started at once.
import { ensureBuilds } from './builds.ts';
import { ensureClientBundle } from './cms/client-bundle.ts';
import type { Identity } from './identity.ts';
import { startOutbox, type Outbox } from './outbox/outbox.ts';
import type { WorldPorts } from './ports.ts';
import type { Progress } from './progress.ts';
import { startBridge, type Bridge } from './redis/bridge.ts';
import { startOwnRedis, startRedis, type RedisServer } from './redis/redis-server.ts';
import { STATE_FOLDER } from './repository-root.ts';
import { thisMachine } from './system-program.ts';

/** What must be ended, in the order in which it was started. */
export type Closing = (() => Promise<void>)[];

export interface Ground {
  readonly redis: RedisServer;
  readonly bridge: Bridge;
  readonly outbox: Outbox;
}

/** Starts the ground, with the Redis of REDIS_URL if it `isShared`; what it started is in `closing` even when it throws. */
export async function startGround(
  closing: Closing,
  progress: Progress,
  ports: WorldPorts,
  identity: Identity,
  isShared: boolean,
): Promise<Ground> {
  const [store, outbox] = await allOrNone([
    startStore(closing, progress, identity, isShared ? startRedis : startOwnRedis),
    startMail(closing, progress, ports, identity),
    progress.step('screens and plugin', ensureBuilds, (built) =>
      built.length === 0 ? 'up to date' : `built ${built.join(', ')}`,
    ),
    progress.step(
      'backoffice client',
      () => ensureClientBundle(),
      () => 'bundled',
    ),
  ]);
  return { ...store, outbox };
}

/** Waits for all of them before it throws the first failure, so that nothing is still starting by then. */
export async function allOrNone<T extends readonly unknown[]>(parts: {
  readonly [Index in keyof T]: Promise<T[Index]>;
}): Promise<T> {
  await Promise.allSettled(parts);
  return await Promise.all(parts);
}

async function startStore(
  closing: Closing,
  progress: Progress,
  identity: Identity,
  start: typeof startRedis,
): Promise<{ redis: RedisServer; bridge: Bridge }> {
  const machine = thisMachine(STATE_FOLDER, (line) => {
    progress.note(line);
  });
  const redis = await progress.step(
    'Redis',
    () => start(machine),
    (server) => server.description,
  );
  closing.push(() => redis.close());
  const bridge = await progress.step(
    'Redis bridge',
    () => startBridge({ redisUrl: redis.url, token: identity.redisToken, port: 0 }),
    ({ url }) => url,
  );
  closing.push(() => bridge.close());
  return { redis, bridge };
}

async function startMail(
  closing: Closing,
  progress: Progress,
  ports: WorldPorts,
  identity: Identity,
): Promise<Outbox> {
  const twilio = { accountSid: 'AC00000000000000000000000000000000', authToken: identity.twilioAuthToken };
  const outbox = await progress.step(
    'outbox',
    () => startOutbox({ port: ports.outbox, resendApiKey: identity.resendApiKey, twilio }),
    ({ url }) => url,
  );
  closing.push(() => outbox.close());
  return outbox;
}
