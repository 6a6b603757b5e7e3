// Throughput, latency and CPU of the deployed bundle under workerd, over a real Redis.
import { startInProcess, type InProcessService } from '../support/in-process.ts';
import { makeOrganization } from '../support/in-process-person.ts';
import { WALKED_SITE } from '../support/walk.ts';
import { type LoadResult, type Prepared, type Reply, sendAll } from './load.ts';
import {
  CHEAP_HASHER,
  enroll,
  type Enrolled,
  prepareAuthorize,
  prepareChallenge,
  preparePassword,
  prepareToken,
} from './people.ts';
import { startWorkerd, type Workerd } from './workerd.ts';
import type { WorkerBundle } from './worker-bundle.ts';

export interface LoadFigures extends Omit<LoadResult, 'replies'> {
  readonly request: string;
  readonly roundTrips: number;
  /** CPU of the workerd process for one request; absent where the system does not tell. */
  readonly cpuMilliseconds?: number;
}

export interface ServiceFigures {
  /** The first one needs no store: what all others have on top. */
  readonly load: readonly LoadFigures[];
  /** One password step at a time, whose cost is the hash. */
  readonly password: LoadFigures;
  readonly memoryBytes?: number;
}

const AUTHORIZE = 1200;
const CHALLENGES = 120;
const PASSWORDS = 8;
const WARM_UP = 200;
const AT_ONCE = 16;
const PREPARED_AT_ONCE = 6;

/** Makes people in this process, hands the store and the port over to workerd, and loads that. */
export async function measureService(bundle: WorkerBundle): Promise<ServiceFigures> {
  const realNow = Math.floor(Date.now() / 1000);
  const service = await startInProcess({
    clients: [WALKED_SITE],
    ports: { passwords: CHEAP_HASHER },
    // In the past, so that the codes of now are still unused when workerd, with the real time, gets them.
    startAt: realNow - 600,
  });
  try {
    const prepared = await prepare(service);
    await service.closeServer();
    const port = Number(new URL(service.issuer).port);
    const workerd = await startWorkerd({
      folder: bundle.folder,
      module: 'cloudflare.js',
      port,
      variables: service.variables,
      probe: '/healthz',
    });
    try {
      return await measure(service, workerd, port, prepared);
    } finally {
      await workerd.stop();
    }
  } finally {
    await service.stop();
  }
}

interface PreparedLoad {
  readonly someone: Enrolled;
  readonly challenges: readonly ((at: number) => Prepared)[];
  readonly passwords: readonly Prepared[];
}

async function prepare(service: InProcessService): Promise<PreparedLoad> {
  await makeOrganization(service);
  const someone = await enroll(service);
  const enrolled: Enrolled[] = [];
  // One after another, each some seconds later: mail goes out at the rate of the provider.
  while (enrolled.length < CHALLENGES) {
    service.advance(2);
    enrolled.push(await enroll(service));
  }
  const challenges = await inParallel(enrolled, (person) => prepareChallenge(service, person));
  const passwords = await inParallel(Array.from({ length: PASSWORDS }).keys(), (index) =>
    preparePassword(service, index),
  );
  return { someone, challenges, passwords };
}

async function measure(
  service: InProcessService,
  workerd: Workerd,
  port: number,
  { someone, challenges, passwords }: PreparedLoad,
): Promise<ServiceFigures> {
  const run = async (
    request: string,
    roundTrips: number,
    prepared: readonly Prepared[],
    { atOnce = AT_ONCE, status }: { readonly atOnce?: number; readonly status: number },
  ): Promise<{ readonly figures: LoadFigures; readonly replies: readonly Reply[] }> => {
    const before = await workerd.cpuSeconds();
    const { replies, ...result } = await sendAll(port, prepared, { atOnce, status });
    const after = await workerd.cpuSeconds();
    const cpu =
      before === undefined || after === undefined
        ? {}
        : { cpuMilliseconds: ((after - before) * 1000) / prepared.length };
    return { figures: { request, roundTrips, ...result, ...cpu }, replies };
  };
  const authorizations = (count: number): ReturnType<typeof prepareAuthorize> =>
    prepareAuthorize(service, someone.browser, count);

  // Once unmeasured: scripts are loaded, code is compiled.
  await run(
    '',
    1,
    authorizations(WARM_UP).map(({ request }) => request),
    { status: 303 },
  );
  const health: Prepared = { method: 'GET', path: '/healthz', headers: {} };
  const floor = await run(
    'health',
    0,
    Array.from({ length: AUTHORIZE }, () => health),
    { status: 200 },
  );

  const attempts = authorizations(AUTHORIZE);
  const byState = new Map(attempts.map(({ attempt }) => [attempt.state, attempt]));
  const authorize = await run(
    'authorize with a live session',
    1,
    attempts.map(({ request }) => request),
    {
      status: 303,
    },
  );
  const codes = authorize.replies.map(({ location }) => {
    const attempt = byState.get(new URL(location ?? '').searchParams.get('state') ?? '');
    if (!attempt) throw new Error('An answer belongs to no request.');
    return prepareToken(attempt, location);
  });
  const [warmUp, measured] = [codes.slice(0, WARM_UP), codes.slice(WARM_UP)];
  await run('', 1, warmUp, { status: 200 });
  const token = await run('code for tokens', 1, measured, { status: 200 });
  const now = Math.floor(Date.now() / 1000);
  const challenge = await run(
    'code of the app',
    2,
    challenges.map((at) => at(now)),
    { status: 200 },
  );
  const password = await run('password (wrong; the same cost)', 2, passwords, { atOnce: 1, status: 401 });
  const memory = await workerd.memoryBytes();
  return {
    load: [floor.figures, authorize.figures, token.figures, challenge.figures],
    password: password.figures,
    ...(memory === undefined ? {} : { memoryBytes: memory }),
  };
}

async function inParallel<From, To>(from: Iterable<From>, make: (one: From) => Promise<To>): Promise<To[]> {
  const made: To[] = [];
  const left = from[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = left.next(); next.done !== true; next = left.next()) made.push(await make(next.value));
  };
  await Promise.all(Array.from({ length: PREPARED_AT_ONCE }, worker));
  return made;
}
