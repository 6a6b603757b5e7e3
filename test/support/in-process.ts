// The service inside the test's own process: the product's app and adapters over a real Redis, with a clock that tests
// move, a mailbox and a log that they read, and a count of what goes to the store. It must not know any single request.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createClient, type RedisClientType } from 'redis';
import { createFolderAssets } from '../../worker/adapters/assets/deno.ts';
import { createPorts } from '../../worker/adapters/ports.ts';
import { createApp } from '../../worker/app.ts';
import { type Config, parseConfig } from '../../worker/config.ts';
import { finishJob, leaseJobs } from '../../worker/jobs/queue.steps.ts';
import { countRoundTrips } from '../../worker/ports/counting-redis.ts';
import type { BackgroundPort } from '../../worker/ports/background.ts';
import type { Mail } from '../../worker/ports/mailer.ts';
import type { PhoneCall, PhonePort, PhoneText } from '../../worker/ports/phone.ts';
import type { Ports } from '../../worker/ports/ports.ts';
import { ensureBuilds } from '../world/builds.ts';
import { listen } from '../world/cms/node-server.ts';
import { findFreePort } from '../world/free-port.ts';
import { createIdentity, type Identity, type OperatorFile } from '../world/identity.ts';
import { startBridge, type Bridge } from '../world/redis/bridge.ts';
import { startOwnRedis } from '../world/redis/redis-server.ts';
import { REPOSITORY_ROOT, STATE_FOLDER } from '../world/repository-root.ts';
import { thisMachine } from '../world/system-program.ts';
import { type ClientRegistration, workerVariables } from '../world/worker-variables.ts';

export interface InProcessOptions {
  readonly clients?: readonly ClientRegistration[];
  /** Variables of the worker that differ. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Ports that differ from the product's own. */
  readonly ports?: Partial<Ports>;
  /**
   * Whether an answer is held back until nothing is done in the background any more, so that a test finds the mail that a
   * request sent; true if not given. False where a test looks at what comes after the answer.
   */
  readonly answersWait?: boolean;
  /** Epoch seconds at which the clock stands at first; it moves only when it is told to. */
  readonly startAt?: number;
}

export interface InProcessService {
  readonly issuer: string;
  readonly config: Config;
  readonly identity: Identity;
  readonly variables: Readonly<Record<string, string>>;
  readonly operator: OperatorFile;
  /** A connection of the test's own. */
  readonly redis: RedisClientType;
  readonly bridge: Bridge;
  /** Every mail, oldest first. */
  readonly mails: readonly Mail[];
  /** Every text message, oldest first. */
  readonly texts: readonly PhoneText[];
  /** Every call, oldest first. */
  readonly calls: readonly PhoneCall[];
  /** Every line of the operator's log, oldest first. */
  readonly log: readonly string[];
  now(): number;
  /** Resolves once nothing is done in the background any more: what was to be sent is sent. */
  settled(): Promise<void>;
  advance(seconds: number): void;
  /** As if the operator had deployed the service anew with this policy, over the same Redis. */
  demand(policy: Config['policy']): void;
  /** Steps that the service asked of its Redis port so far; those of the queue, in the background, are not counted. */
  steps(): number;
  /** HTTP requests that reached the bridge so far, without those of the queue. */
  requests(): number;
  /** Stops answering at the issuer's port, so that another process may; Redis and its bridge stay. */
  closeServer(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the service with an empty Redis of its own. */
export async function startInProcess(options: InProcessOptions = {}): Promise<InProcessService> {
  await ensureBuilds();
  const identity = await createIdentity();
  const server = await startOwnRedis(thisMachine(STATE_FOLDER, () => undefined));
  const bridge = await startBridge({ redisUrl: server.url, token: identity.redisToken, port: 0 });
  const counter = countRequests(bridge.url);
  const port = await findFreePort();
  const issuer = `http://localhost:${port}`;
  // The outbox is never asked: mail goes to the recording port.
  const addresses = { issuer, bridge: bridge.url, outbox: 'http://127.0.0.1:9' };
  const variables = { ...workerVariables(addresses, identity, options.clients ?? []), ...options.variables };
  const parsed = parseConfig(variables);
  if ('mistakes' in parsed) throw new Error(parsed.mistakes.join('\n'));
  const { config } = parsed;

  const mails: Mail[] = [];
  const texts: PhoneText[] = [];
  const calls: PhoneCall[] = [];
  const log: string[] = [];
  const { background, idle, settled } = countBackground();
  let now = options.startAt ?? Math.floor(Date.now() / 1000);
  const platform = {
    assets: createFolderAssets(join(REPOSITORY_ROOT, 'dist/assets')),
    log: (line: string) => log.push(line),
    background,
    clock: { now: () => now },
  };
  const made = createPorts(config, platform);
  const counted = countRoundTrips(made.redis);
  const queue = createPorts({ ...config, redis: uncounted(config.redis) }, platform);
  const mailer: Ports['mailer'] = {
    ...made.mailer,
    send: (mail) => {
      mails.push(mail);
      return Promise.resolve({ status: 'accepted', providerId: `mail-${mails.length}` });
    },
  };
  const phone = made.phone && recordPhone(made.phone, texts, calls);
  const ports: Ports = {
    ...{ ...made, mailer },
    ...(phone ? { phone } : {}),
    ...options.ports,
    redis: {
      run: (step, ...rest) =>
        ([leaseJobs.name, finishJob.name].includes(step.name) ? queue : counted).redis.run(step, ...rest),
    },
  };
  const deploy = (policy: Config['policy']): ReturnType<typeof createApp> =>
    createApp({ ...config, policy }, ports, (request) => ({
      address: request.headers.get('x-test-address') ?? undefined,
    }));
  let app = deploy(config.policy);
  const http = await listen(port, async (request) => {
    const answer = await app.fetch(request);
    if (options.answersWait !== false) await idle();
    return answer;
  });
  const redis: RedisClientType = createClient({ url: server.url });
  await redis.connect();
  let open = true;
  const closeServer = async (): Promise<void> => {
    if (open) await http.close();
    open = false;
  };
  return {
    issuer,
    config,
    identity,
    variables,
    operator: { url: `http://127.0.0.1:${port}`, issuer, key: identity.operatorKey },
    redis,
    bridge,
    mails,
    texts,
    calls,
    log,
    now: () => now,
    settled,
    advance: (seconds) => {
      now += seconds;
    },
    demand: (policy) => {
      app = deploy(policy);
    },
    steps: counted.trips,
    requests: counter.requests,
    closeServer,
    stop: async () => {
      await closeServer();
      try {
        await settled();
      } finally {
        counter.stop();
        redis.destroy();
        await bridge.close();
        await server.close();
      }
    },
  };
}

// Callbacks and spoken words stay the product's own.
function recordPhone(real: PhonePort, texts: PhoneText[], calls: PhoneCall[]): PhonePort {
  return {
    ...real,
    sendText: (text) => {
      texts.push(text);
      return Promise.resolve({ status: 'accepted', providerId: `text-${texts.length}` });
    },
    startCall: (call) => {
      calls.push(call);
      return Promise.resolve({ status: 'accepted', providerId: `call-${calls.length}` });
    },
    checkNumber: () => Promise.resolve('ok'),
  };
}

function countBackground(): {
  readonly background: BackgroundPort;
  readonly idle: () => Promise<void>;
  readonly settled: () => Promise<void>;
} {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running);
  };
  return {
    idle,
    background: {
      run(work) {
        const kept = work
          .catch((error: unknown) => {
            failures.push(error);
          })
          .finally(() => running.delete(kept));
        running.add(kept);
      },
      // Tests move the clock themselves.
      pause: () =>
        new Promise((resolve) => {
          setImmediate(resolve);
        }),
    },
    settled: async () => {
      await idle();
      const failed = failures.splice(0);
      if (failed.length > 0) throw new AggregateError(failed, 'Work in the background threw.');
    },
  };
}

// The same bridge under its other name: requests to it are told apart by the host that they ask for.
function uncounted(redis: Config['redis']): Config['redis'] {
  const url = new URL(redis.url);
  url.hostname = url.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  return { ...redis, url: url.origin };
}

// The bridge runs in this process too, and Node tells of each request that one of its servers gets.
function countRequests(url: string): { readonly requests: () => number; readonly stop: () => void } {
  const channel = 'http.server.request.start';
  const { host } = new URL(url);
  let requests = 0;
  const count = (message: unknown): void => {
    const { request } = message as { readonly request: IncomingMessage };
    if (request.headers.host === host) requests += 1;
  };
  subscribe(channel, count);
  return { requests: () => requests, stop: () => void unsubscribe(channel, count) };
}
