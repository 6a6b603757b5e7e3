// What each request asks of the store, and how long the store itself works for it.
import { startInProcess, type InProcessService } from '../support/in-process.ts';
import { makeOrganization } from '../support/in-process-person.ts';
import { walk, WALKED_SITE } from '../support/walk.ts';
import { percentile } from './load.ts';

export interface StepCost {
  readonly request: string;
  readonly roundTrips: number;
  /** Time that Redis worked on scripts, the middle of all walks. */
  readonly redisMicroseconds: number;
  /** Time of the whole request in this process, the middle of all walks. */
  readonly milliseconds: number;
}

const WALKS = 3;

/** Walks through every request, once so that scripts and keys are known and then to measure. */
export async function measureSteps(): Promise<readonly StepCost[]> {
  const service = await startInProcess({ clients: [WALKED_SITE] });
  try {
    await makeOrganization(service);
    await walk(service, (_name, _status, request) => request());
    const samples = new Map<string, StepCost[]>();
    for (let count = 0; count < WALKS; count += 1) await measureWalk(service, samples);
    return [...samples].map(([request, costs]) => ({
      request,
      roundTrips: Math.max(...costs.map(({ roundTrips }) => roundTrips)),
      redisMicroseconds: percentile(
        costs.map(({ redisMicroseconds }) => redisMicroseconds),
        50,
      ),
      milliseconds: percentile(
        costs.map(({ milliseconds }) => milliseconds),
        50,
      ),
    }));
  } finally {
    await service.stop();
  }
}

async function measureWalk(service: InProcessService, samples: Map<string, StepCost[]>): Promise<void> {
  await walk(service, async (name, status, request) => {
    const before = { steps: service.steps(), redis: await scriptMicroseconds(service) };
    const started = performance.now();
    const answer = await request();
    const milliseconds = performance.now() - started;
    if (answer.status !== status) throw new Error(`${name}: ${answer.status} ${answer.text}`);
    const cost: StepCost = {
      request: name,
      roundTrips: service.steps() - before.steps,
      redisMicroseconds: (await scriptMicroseconds(service)) - before.redis,
      milliseconds,
    };
    samples.set(name, [...(samples.get(name) ?? []), cost]);
    return answer;
  });
}

async function scriptMicroseconds({ redis }: InProcessService): Promise<number> {
  const stats = await redis.info('commandstats');
  return [...stats.matchAll(/^cmdstat_eval(?:sha)?:calls=\d+,usec=(\d+)/gm)].reduce(
    (sum, [, microseconds]) => sum + Number(microseconds),
    0,
  );
}
