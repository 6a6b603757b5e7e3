// The local world: Redis behind its bridge, the outbox, the worker and a CMS site, started together and ended
// together. `npm start` shows it to people, tests start their own. How a part starts is in `parts.ts`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Site } from './cms/site.ts';
import { findFreePort } from './free-port.ts';
import {
  createIdentity,
  keepIdentity,
  writeOperatorFile,
  type Identity,
  type OperatorFile,
} from './identity.ts';
import type { Outbox } from './outbox/outbox.ts';
import { startDemoSite, startMail, startStore, startWorker } from './parts.ts';
import { configuredPorts, freePorts, type WorldPorts } from './ports.ts';
import { SILENT, type Progress } from './progress.ts';
import type { Bridge } from './redis/bridge.ts';
import { STATE_FOLDER } from './repository-root.ts';
import { DEMO_ACCOUNTS, seedDemo } from './seed.ts';
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
  const closing: (() => Promise<void>)[] = [];
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

async function assemble(
  options: WorldOptions,
  closing: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<World> {
  const progress = options.progress ?? SILENT;
  const isShared = options.ports === 'default';
  const ports = await (isShared ? configuredPorts(process.env) : freePorts());
  const bridgePort = await findFreePort();
  const identity = await (isShared ? keepIdentity(STATE_FOLDER) : createIdentity());
  const stateFolder = isShared ? STATE_FOLDER : await mkdtemp(join(tmpdir(), 'penumbra-world-'));
  if (!isShared) closing.push(() => rm(stateFolder, { recursive: true, force: true }));

  const issuer = `http://localhost:${ports.service}`;
  const addresses = {
    issuer,
    bridge: `http://127.0.0.1:${bridgePort}`,
    outbox: `http://127.0.0.1:${ports.outbox}`,
  };
  const clients = [siteClient(ports, identity), ...(options.clients ?? [])];
  const failure = new AbortController();
  const workerOptions = {
    port: ports.service,
    variables: { ...workerVariables(addresses, identity, clients), ...options.variables },
    stateFolder,
    signal: failure.signal,
    ...(options.entry === undefined ? {} : { entry: options.entry }),
    ...(options.onWorkerOutput === undefined ? {} : { onOutput: options.onWorkerOutput }),
  };
  const plan = { progress, ports: { ...ports, bridge: bridgePort }, identity, isShared, closing };
  const [{ redis, bridge }, outbox, worker, site] = await allOrNone(failure, [
    startStore(plan),
    startMail(plan),
    startWorker(plan, options.runtime, workerOptions),
    options.site === false ? Promise.resolve(undefined) : startDemoSite(plan, issuer),
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
  // For people as with the real provider; tests turn it on where they mean it.
  if (isShared) outbox.limitRate(true);
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

// The first failure tells the others to give up, and is thrown once none of them is still starting.
async function allOrNone<T extends readonly unknown[]>(
  failure: AbortController,
  parts: { readonly [Index in keyof T]: Promise<T[Index]> },
): Promise<T> {
  for (const part of parts) {
    part.catch((error: unknown) => {
      failure.abort(error);
    });
  }
  await Promise.allSettled(parts);
  if (failure.signal.aborted) throw failure.signal.reason;
  return await Promise.all(parts);
}
