// How long the worker takes from nothing to its first answer, beside a worker that does nothing.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { authorizeAttempt } from '../flow/person.ts';
import { FIRST_SITE } from '../flow/flow-world.ts';
import { startInProcess } from '../support/in-process.ts';
import { WALKED_SITE } from '../support/walk.ts';
import { findFreePort } from '../world/free-port.ts';
import { percentile, sendAll } from './load.ts';
import { startWorkerd } from './workerd.ts';
import type { WorkerBundle } from './worker-bundle.ts';

export interface ColdStart {
  /** From the start of the process to its first answer, the middle of all tries. */
  readonly emptyMilliseconds: number;
  readonly serviceMilliseconds: number;
  /** CPU of the process until then; absent where the system does not tell. */
  readonly emptyCpuMilliseconds?: number;
  readonly serviceCpuMilliseconds?: number;
  /** The first authorization request of a fresh process, which has the configuration, the keys and the scripts to load. */
  readonly firstAuthorizeMilliseconds: number;
}

const TRIES = 5;
const EMPTY = `export default { fetch: () => new Response('ok') };`;

/** Starts each worker a few times, one after the other. */
export async function measureColdStart(bundle: WorkerBundle): Promise<ColdStart> {
  await writeFile(join(bundle.folder, 'empty.js'), EMPTY);
  const service = await startInProcess({ clients: [WALKED_SITE] });
  try {
    await service.closeServer();
    const empty: Started[] = [];
    const own: Started[] = [];
    for (let count = 0; count < TRIES; count += 1) {
      empty.push(await startOnce(bundle.folder, 'empty.js', {}));
      await service.redis.scriptFlush();
      own.push(await startOnce(bundle.folder, 'cloudflare.js', service.variables, service.issuer));
    }
    return {
      emptyMilliseconds: middle(empty, 'startMs'),
      serviceMilliseconds: middle(own, 'startMs'),
      ...cpu('emptyCpuMilliseconds', empty),
      ...cpu('serviceCpuMilliseconds', own),
      firstAuthorizeMilliseconds: middle(own, 'firstMs'),
    };
  } finally {
    await service.stop();
  }
}

interface Started {
  readonly startMs: number;
  readonly cpuMs: number | undefined;
  readonly firstMs: number;
}

async function startOnce(
  folder: string,
  module: string,
  variables: Readonly<Record<string, string>>,
  issuer?: string,
): Promise<Started> {
  const port = await findFreePort();
  const workerd = await startWorkerd({ folder, module, port, variables, probe: '/healthz' });
  try {
    const cpuSeconds = await workerd.cpuSeconds();
    const url = new URL(
      issuer === undefined ? 'http://localhost/' : authorizeAttempt(issuer, FIRST_SITE).url,
    );
    const request = { method: 'GET', path: url.pathname + url.search, headers: { host: url.host } };
    const { p50Milliseconds } = await sendAll(port, [request], {
      atOnce: 1,
      status: issuer === undefined ? 200 : 303,
    });
    return {
      startMs: workerd.startMs,
      cpuMs: cpuSeconds === undefined ? undefined : cpuSeconds * 1000,
      firstMs: p50Milliseconds,
    };
  } finally {
    await workerd.stop();
  }
}

function middle(started: readonly Started[], field: 'startMs' | 'firstMs'): number {
  return percentile(
    started.map((one) => one[field]),
    50,
  );
}

function cpu<Name extends string>(name: Name, started: readonly Started[]): Partial<Record<Name, number>> {
  const known = started.flatMap(({ cpuMs }) => cpuMs ?? []);
  const result: Partial<Record<Name, number>> = {};
  if (known.length > 0) result[name] = percentile(known, 50);
  return result;
}
