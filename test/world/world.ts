// The local world: Redis behind its bridge, the outbox, the worker and a CMS site, started together and ended
// together. `npm start` shows it to people, tests start their own. Each part is in a file of its own.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Child } from './child-process.ts';
import { startSite, type Site } from './cms/site.ts';
import { allOrNone, startGround, type Closing } from './ground.ts';
import {
  createIdentity,
  keepIdentity,
  writeOperatorFile,
  type Identity,
  type OperatorFile,
} from './identity.ts';
import type { Outbox } from './outbox/outbox.ts';
import { configuredPorts, freePorts, type WorldPorts } from './ports.ts';
import { SILENT, type Progress } from './progress.ts';
import type { Bridge } from './redis/bridge.ts';
import { REPOSITORY_ROOT, STATE_FOLDER } from './repository-root.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, seedDemo } from './seed.ts';
import type { WorkerOptions } from './worker.ts';
import { startOnCloudflare } from './worker-cloudflare.ts';
import { startOnDeno } from './worker-deno.ts';
import { siteClient, workerVariables, type ClientRegistration } from './worker-variables.ts';

export type Runtime = 'workerd' | 'deno';

export interface WorldOptions {
  readonly runtime: Runtime;
  /** `default`: those of the variables, keys kept in .penumbra. `free`: whichever are free, keys for this world only. */
  readonly ports: 'default' | 'free';
  /** Whether to make the demo organisation and its accounts. */
  readonly seed: boolean;
  /** Whether to start the CMS site; true if not given. */
  readonly site?: boolean;
  /** An entry of the worker to use instead of the product's own. */
  readonly entry?: string;
  /** Sites beside the CMS site. */
  readonly clients?: readonly ClientRegistration[];
  /** Variables of the worker that differ. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly progress?: Progress;
  /** Gets what the worker writes. */
  readonly onWorkerOutput?: (text: string) => void;
}

export interface World {
  readonly issuer: string;
  /** Absent when the options leave it out. */
  readonly site?: Site;
  readonly outbox: Outbox;
  readonly bridge: Bridge;
  readonly redisUrl: string;
  readonly operator: OperatorFile;
  readonly identity: Identity;
  readonly ports: WorldPorts;
  /** Resolves when a part ended that nobody stopped, with its name and what it said last. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
}

const NEVER = new Promise<never>(() => undefined);

/**
 * Starts a world and resolves once all of it works.
 * @throws when a part can't start, with what to do; what was already started is ended.
 */
export async function startWorld(options: WorldOptions): Promise<World> {
  const closing: Closing = [];
  const stop = async (): Promise<void> => {
    // Last started, first ended: what asks goes before what answers.
    for (let close = closing.pop(); close !== undefined; close = closing.pop()) await close();
  };
  try {
    return await assemble(options, closing, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assemble(options: WorldOptions, closing: Closing, stop: () => Promise<void>): Promise<World> {
  const progress = options.progress ?? SILENT;
  const isShared = options.ports === 'default';
  const ports = await (isShared ? configuredPorts(process.env) : freePorts());
  const identity = await (isShared ? keepIdentity(STATE_FOLDER) : createIdentity());
  const stateFolder = isShared ? STATE_FOLDER : await mkdtemp(join(tmpdir(), 'penumbra-world-'));
  if (!isShared) closing.push(() => rm(stateFolder, { recursive: true, force: true }));

  const { redis, bridge, outbox } = await startGround(closing, progress, ports, identity, isShared);
  const issuer = `http://localhost:${ports.service}`;
  const clients = [siteClient(ports, identity), ...(options.clients ?? [])];
  const addresses = { issuer, bridge: bridge.url, outbox: outbox.url };
  const [worker, site] = await allOrNone([
    startWorker(closing, progress, options, {
      port: ports.service,
      variables: { ...workerVariables(addresses, identity, clients), ...options.variables },
      stateFolder,
      ...(options.entry === undefined ? {} : { entry: options.entry }),
      ...(options.onWorkerOutput === undefined ? {} : { onOutput: options.onWorkerOutput }),
    }),
    options.site === false
      ? Promise.resolve(undefined)
      : startDemoSite(closing, progress, ports, issuer, identity),
  ]);

  const operator = { url: issuer, issuer, key: identity.operatorKey };
  await writeOperatorFile(stateFolder, operator);
  if (options.seed) {
    await progress.step(
      'demo accounts',
      () => seedDemo(operator, outbox),
      () => `${DEMO_ACCOUNTS.length}`,
    );
  }
  return {
    issuer,
    ...(site === undefined ? {} : { site }),
    outbox,
    bridge,
    redisUrl: redis.url,
    operator,
    identity,
    ports,
    died: Promise.race([worker, redis.child].map((child) => child?.ended ?? NEVER)).then(({ text }) => text),
    stop,
  };
}

async function startWorker(
  closing: Closing,
  progress: Progress,
  { runtime }: WorldOptions,
  settings: WorkerOptions,
): Promise<Child> {
  const worker = await progress.step(
    `service on ${runtime}`,
    () => (runtime === 'workerd' ? startOnCloudflare : startOnDeno)(settings),
    () => `http://localhost:${settings.port}`,
  );
  closing.push(() => worker.stop());
  return worker;
}

async function startDemoSite(
  closing: Closing,
  progress: Progress,
  ports: WorldPorts,
  issuer: string,
  identity: Identity,
): Promise<Site> {
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
    (started) => started.origin,
  );
  closing.push(() => site.close());
  return site;
}
