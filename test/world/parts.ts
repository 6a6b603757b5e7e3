// The parts of a local world, each started by a function of its own so that all can start at once: where each will
// be is known before any of them is there. Must not know in which order they become ready.
import { join } from 'node:path';
import { ensureBuilds } from './builds.ts';
import type { Child } from './child-process.ts';
import { ensureClientBundle } from './cms/client-bundle.ts';
import { startSite, type Site } from './cms/site.ts';
import { TWILIO_ACCOUNT_SID, type Identity } from './identity.ts';
import { startOutbox, type Outbox } from './outbox/outbox.ts';
import type { WorldPorts } from './ports.ts';
import type { Progress } from './progress.ts';
import { startBridge, type Bridge } from './redis/bridge.ts';
import { startOwnRedis, startRedis, type RedisServer } from './redis/redis-server.ts';
import { REPOSITORY_ROOT, STATE_FOLDER } from './repository-root.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './seed.ts';
import { thisMachine } from './system-program.ts';
import { startOnCloudflare } from './worker-cloudflare.ts';
import { startOnDeno } from './worker-deno.ts';
import type { WorkerOptions } from './worker.ts';

/** What every part needs to know of the world that it belongs to. */
export interface Plan {
  readonly progress: Progress;
  readonly ports: WorldPorts & { readonly bridge: number };
  readonly identity: Identity;
  /** True for the one of `npm start`, which may use the Redis of REDIS_URL. */
  readonly isShared: boolean;
  /** What must be ended, in the order in which it was started. */
  readonly closing: (() => Promise<void>)[];
}

/** Starts Redis and the bridge before it. */
export async function startStore(plan: Plan): Promise<{ redis: RedisServer; bridge: Bridge }> {
  const { progress, closing } = plan;
  const machine = thisMachine(STATE_FOLDER, (line) => {
    progress.note(line);
  });
  const redis = await progress.step(
    'Redis',
    () => (plan.isShared ? startRedis : startOwnRedis)(machine),
    ({ description }) => description,
  );
  closing.push(() => redis.close());
  const bridge = await progress.step(
    'Redis bridge',
    () => startBridge({ redisUrl: redis.url, token: plan.identity.redisToken, port: plan.ports.bridge }),
    ({ url }) => url,
  );
  closing.push(() => bridge.close());
  return { redis, bridge };
}

/** Starts what stands for the mail, text and voice providers. */
export async function startMail({ progress, ports, identity, closing }: Plan): Promise<Outbox> {
  const outbox = await progress.step(
    'outbox',
    () =>
      startOutbox({
        port: ports.outbox,
        resendApiKey: identity.resendApiKey,
        twilio: { accountSid: TWILIO_ACCOUNT_SID, authToken: identity.twilioAuthToken },
        mailWebhook: {
          url: `http://localhost:${ports.service}/webhooks/mail`,
          secret: identity.resendWebhookSecret,
        },
      }),
    ({ url }) => url,
  );
  closing.push(() => outbox.close());
  return outbox;
}

/** Builds the screens and the plugin if they are outdated, then starts the worker. */
export async function startWorker(
  { progress, closing }: Plan,
  runtime: 'workerd' | 'deno',
  options: WorkerOptions,
): Promise<Child> {
  await progress.step('screens and plugin', ensureBuilds, (built) =>
    built.length === 0 ? 'up to date' : `built ${built.join(', ')}`,
  );
  options.signal?.throwIfAborted();
  const worker = await progress.step(
    `service on ${runtime}`,
    () => (runtime === 'workerd' ? startOnCloudflare : startOnDeno)(options),
    () => `http://localhost:${options.port}`,
  );
  closing.push(() => worker.stop());
  return worker;
}

/** Starts the CMS site with users of the same names and password as the demo accounts. */
export async function startDemoSite(
  { progress, ports, identity, closing }: Plan,
  issuer: string,
): Promise<Site> {
  await progress.step(
    'backoffice client',
    () => ensureClientBundle(),
    () => 'bundled',
  );
  const site = await progress.step(
    'CMS site',
    () =>
      startSite({
        port: ports.site,
        issuer,
        clientId: 'site',
        clientSecret: identity.siteClientSecret,
        pluginFolder: join(REPOSITORY_ROOT, 'dist/App_Plugins'),
        users: DEMO_ACCOUNTS.map(({ email, name }) => ({ email, name, password: DEMO_PASSWORD })),
      }),
    ({ origin }) => `${origin}/umbraco`,
  );
  closing.push(() => site.close());
  return site;
}
