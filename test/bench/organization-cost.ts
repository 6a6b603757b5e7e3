// What the administration costs as an organisation grows: pages, exports and the dry run of a policy, and the store's memory.
import { startInProcess, type InProcessService } from '../support/in-process.ts';
import { makeOrganization } from '../support/in-process-person.ts';
import { openOperatorApi } from '../world/operator-api.ts';
import { AUDIT_STREAM, prefix } from '../../worker/storage-keys.ts';
import { growOrganization, type OrganizationSize, subOf } from './load-organization.ts';
import { percentile } from './load.ts';

export interface PageCost {
  readonly request: string;
  readonly roundTrips: number;
  readonly redisMicroseconds: number;
  readonly milliseconds: number;
  readonly bytes: number;
}

export interface OrganizationCost extends OrganizationSize {
  readonly pages: readonly PageCost[];
  /** All that Redis uses for data. */
  readonly memoryBytes: number;
  /** By what holds it: for each entry of the log. */
  readonly bytesAnEntry: Readonly<Record<'stream' | 'all' | 'group' | 'member', number>>;
}

export const SIZES: readonly OrganizationSize[] = [
  { members: 1000, entries: 10_000 },
  { members: 10_000, entries: 100_000 },
];

const ORGANIZATION = 'grown';
const TIMES = 9;

/** Fills an organisation and measures, size by size. */
export async function measureOrganization(): Promise<readonly OrganizationCost[]> {
  const service = await startInProcess();
  try {
    await makeOrganization(service, ORGANIZATION);
    const costs: OrganizationCost[] = [];
    let size: OrganizationSize = { members: 0, entries: 0 };
    for (const next of SIZES) {
      await growOrganization(service.redis, ORGANIZATION, size, next, service.now());
      size = next;
      costs.push({
        ...size,
        pages: await measurePages(service, size),
        memoryBytes: await memoryOf(service),
        bytesAnEntry: await bytesAnEntry(service, size),
      });
    }
    return costs;
  } finally {
    await service.stop();
  }
}

async function measurePages(service: InProcessService, size: OrganizationSize): Promise<PageCost[]> {
  const { token } = await openOperatorApi(service.operator, service.now());
  const ask = async (path: string, body?: object): Promise<string> => {
    const answer = await fetch(`${service.operator.url}/api/admin/organizations/${ORGANIZATION}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text.slice(0, 300)}`);
    return text;
  };
  const member = subOf(Math.floor(size.members / 2));
  const log = `${prefix.auditLog}${ORGANIZATION}`;
  const [middle = ''] = await service.redis.zRange(
    log,
    Math.floor(size.entries / 2),
    Math.floor(size.entries / 2),
  );
  const requests: readonly (readonly [string, string, (object | undefined)?, number?])[] = [
    ['page of the log, the newest', '/audit'],
    ['page of the log, in the middle', `/audit?cursor=${middle}`],
    ['page of the log, one group', '/audit?group=factor'],
    ['page of the log, one member', `/audit?member=${member}`],
    ['page of the log, one group of a member', `/audit?member=${member}&group=factor`],
    ['overview', '/overview'],
    ['policy, tried out', '/policy/try', { policy: { least: 'aal2' } }, 3],
    ['the whole log as CSV', '/audit.csv', undefined, 1],
  ];
  const costs: PageCost[] = [];
  for (const [request, path, body, times = TIMES] of requests) {
    if (times > 1) await ask(path, body);
    const samples: PageCost[] = [];
    for (let count = 0; count < times; count += 1) {
      const before = { steps: service.steps(), redis: await scriptMicroseconds(service) };
      const started = performance.now();
      const text = await ask(path, body);
      samples.push({
        request,
        milliseconds: performance.now() - started,
        roundTrips: service.steps() - before.steps,
        redisMicroseconds: (await scriptMicroseconds(service)) - before.redis,
        bytes: Buffer.byteLength(text),
      });
    }
    const middleOf = (field: 'milliseconds' | 'redisMicroseconds' | 'bytes'): number =>
      percentile(
        samples.map((sample) => sample[field]),
        50,
      );
    costs.push({
      request,
      roundTrips: Math.max(...samples.map(({ roundTrips }) => roundTrips)),
      redisMicroseconds: middleOf('redisMicroseconds'),
      milliseconds: middleOf('milliseconds'),
      bytes: middleOf('bytes'),
    });
  }
  return costs;
}

async function scriptMicroseconds({ redis }: InProcessService): Promise<number> {
  const stats = await redis.info('commandstats');
  return [...stats.matchAll(/^cmdstat_eval(?:sha)?:calls=\d+,usec=(\d+)/gm)].reduce(
    (sum, [, microseconds]) => sum + Number(microseconds),
    0,
  );
}

async function memoryOf({ redis }: InProcessService): Promise<number> {
  return Number(/^used_memory_dataset:(\d+)/m.exec(await redis.info('memory'))?.[1]);
}

async function bytesAnEntry(
  { redis }: InProcessService,
  { entries }: OrganizationSize,
): Promise<OrganizationCost['bytesAnEntry']> {
  const log = `${prefix.auditLog}${ORGANIZATION}`;
  const sums = {
    stream: (await redis.memoryUsage(AUDIT_STREAM, { SAMPLES: 0 })) ?? 0,
    all: 0,
    group: 0,
    member: 0,
  };
  for await (const keys of redis.scanIterator({ MATCH: `${log}*`, COUNT: 1000 })) {
    for (const name of keys) {
      const part = name.startsWith(`${log}:group:`) ? 'group' : name === log ? 'all' : 'member';
      sums[part] += (await redis.memoryUsage(name, { SAMPLES: 0 })) ?? 0;
    }
  }
  const each = (bytes: number): number => Math.round(bytes / entries);
  return {
    stream: each(sums.stream),
    all: each(sums.all),
    group: each(sums.group),
    member: each(sums.member),
  };
}
