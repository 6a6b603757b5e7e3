// Draws what was measured as tables for people, with what has to be known to read them.
import type { ColdStart } from './cold-start.ts';
import type { OrganizationCost } from './organization-cost.ts';
import { gzipBytesOf, LOGIN_SCRIPT_LIMIT, type PageWeight } from './page-weight.ts';
import type { LoadFigures, ServiceFigures } from './service-load.ts';
import type { StepCost } from './step-cost.ts';
import { type BundlePart, WORKER_LIMIT } from './worker-bundle.ts';

export interface Figures {
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly node: string;
    /** Processes that ran or waited to run in the minute before, on average. */
    readonly loadBefore: number;
  };
  readonly seconds: number;
  readonly steps: readonly StepCost[];
  readonly organizations: readonly OrganizationCost[];
  readonly pages: readonly PageWeight[];
  readonly worker: {
    readonly bytes: number;
    readonly gzipBytes: number;
    readonly limit: number;
    readonly parts: readonly BundlePart[];
  };
  readonly service: ServiceFigures;
  readonly coldStart: ColdStart;
}

type Row = readonly (string | number)[];

/** Writes all tables as one text. */
export function draw(figures: Figures): string {
  const { machine, seconds, steps, organizations, pages, worker, service, coldStart } = figures;
  return [
    `Penumbra on ${machine.cores} cores (${machine.cpu}), Node ${machine.node}; measured in ${seconds.toFixed(0)} s.\n` +
      busyNote(machine),
    section(
      'Round trips to the store',
      ['request', 'round trips', 'Redis', 'request in all'],
      steps.map(({ request, roundTrips, redisMicroseconds, milliseconds }) => [
        request,
        roundTrips,
        `${redisMicroseconds} µs`,
        ms(milliseconds),
      ]),
      'Redis: time that it worked on scripts. In all: in one Node process with the store on the same machine; a password\n' +
        'takes its hash. At the edge each round trip adds the way to the store, which is most of what a person waits.',
    ),
    section(
      'Administration as an organisation grows',
      ['request', 'members', 'entries', 'round trips', 'Redis', 'request in all', 'answer'],
      organizations.flatMap(({ members, entries, pages: costs }) =>
        costs.map(({ request, roundTrips, redisMicroseconds, milliseconds, bytes }): Row => [
          ...[request, members, entries, roundTrips, `${redisMicroseconds} µs`],
          ...[ms(milliseconds), kib(bytes)],
        ]),
      ),
      'A page has a hundred entries. Exports take 500 at a time, the dry run 500 members.',
    ),
    section(
      'Memory of Redis as an organisation grows',
      ['members', 'entries', 'in all', 'an entry: stream', 'its log', 'by group', 'by member'],
      organizations.map(({ members, entries, memoryBytes, bytesAnEntry }) => [
        ...[members, entries, mib(memoryBytes), `${bytesAnEntry.stream} B`, `${bytesAnEntry.all} B`],
        ...[`${bytesAnEntry.group} B`, `${bytesAnEntry.member} B`],
      ]),
      'In all: with the members’ accounts, factors and their own lists. By member it is less while each has few entries.',
    ),
    section(
      'What a browser loads (gzip -9)',
      ['page', 'scripts', 'styles', 'limit', 'files'],
      pages.map(pageRow),
      'Fonts and pictures load later and are not in it; source maps are not loaded at all. A site compresses the package\n' +
        'as it likes.',
    ),
    section(
      'The worker as it is deployed',
      ['part', 'minified'],
      [
        ...worker.parts.slice(0, 8).map(({ name, bytes }): Row => [name, kib(bytes)]),
        ['all', kib(worker.bytes)],
        [`all, gzip -9 (limit ${kib(worker.limit)})`, kib(worker.gzipBytes)],
      ],
    ),
    section(
      'Under workerd serve',
      ['request', 'round trips', 'count', 'at once', 'a second', 'p50', 'p99', 'CPU of workerd'],
      service.load.map(loadRow),
      'The bundle that is deployed, without the development proxy of wrangler. The store’s bridge and the load come from\n' +
        'one Node process on the same cores, which is the limit here: throughput and latency are no promise for the edge,\n' +
        'CPU and round trips are what carries over. With few requests p99 is nearly the slowest one.\n' +
        `Memory of the process after the load: ${service.memoryBytes === undefined ? 'not told by this system' : mib(service.memoryBytes)}.`,
    ),
    section(
      'Password hash under workerd (scrypt N=2^15 r=8 p=3)',
      ['request', 'round trips', 'count', 'at once', 'a second', 'p50', 'p99', 'CPU of workerd'],
      [loadRow(service.password)],
      'One at a time. A right, a wrong and an unknown address’s password do the same work.',
    ),
    section(
      'Cold start (the middle of five)',
      ['from the start of the process', 'an empty worker', 'the service', 'what the service adds'],
      [
        [
          'to the first answer',
          ms(coldStart.emptyMilliseconds),
          ms(coldStart.serviceMilliseconds),
          ms(coldStart.serviceMilliseconds - coldStart.emptyMilliseconds),
        ],
        ['CPU until then', ...cpuCells(coldStart)],
        ['first authorize after it', '', ms(coldStart.firstAuthorizeMilliseconds), ''],
      ],
      'workerd compiles the module when it starts; Cloudflare keeps the runtime running and starts an isolate alone, so what\n' +
        'the service adds is the part that counts. CPU is told in steps of 10 ms. The first authorize begins a sign-in: two\n' +
        'round trips, each sent twice since the store does not know the scripts yet.',
    ),
  ].join('\n\n');
}

function busyNote({ cores, loadBefore }: Figures['machine']): string {
  const load = `Load average before: ${loadBefore.toFixed(1)}.`;
  if (loadBefore < cores / 4) return load;
  return `${load} Other programs were at work: times are longer and throughput is lower than this machine can do.`;
}

/** Gives what is over its limit. */
export function overLimit({ pages, worker }: Figures): readonly string[] {
  const login = pages.find(({ page }) => page === 'hosted login');
  return [
    ...(worker.gzipBytes < WORKER_LIMIT ? [] : ['The worker is over its limit.']),
    ...(login && gzipBytesOf(login, 'script') < LOGIN_SCRIPT_LIMIT
      ? []
      : ['The scripts of the hosted login are over their limit.']),
  ];
}

function pageRow(page: PageWeight): Row {
  const limit = page.page === 'hosted login' ? kib(LOGIN_SCRIPT_LIMIT) : '';
  const files = page.files.filter(({ kind }) => kind !== 'other');
  return [
    page.page,
    kib(gzipBytesOf(page, 'script')),
    kib(gzipBytesOf(page, 'style')),
    limit,
    files.map(({ file, gzipBytes }) => `${file.replace(/-[\w-]{8}(?=\.)/, '')} ${kib(gzipBytes)}`).join(', '),
  ];
}

function loadRow(figures: LoadFigures): Row {
  const { request, roundTrips, requests, atOnce, perSecond, cpuMilliseconds } = figures;
  return [
    request,
    roundTrips,
    requests,
    atOnce,
    perSecond.toFixed(perSecond < 10 ? 1 : 0),
    ms(figures.p50Milliseconds),
    ms(figures.p99Milliseconds),
    cpuMilliseconds === undefined ? 'not told' : ms(cpuMilliseconds),
  ];
}

function cpuCells({ emptyCpuMilliseconds: empty, serviceCpuMilliseconds: service }: ColdStart): string[] {
  if (empty === undefined || service === undefined) return ['not told', 'not told', ''];
  return [ms(empty), ms(service), ms(service - empty)];
}

function section(title: string, head: Row, rows: readonly Row[], note?: string): string {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const isNumber = (column: number): boolean =>
    rows.every((row) => /^-?[\d.,]*( (µs|ms|B|KiB|MiB))?$|^not told$/.test(String(row[column] ?? '')));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isNumber(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('   ')
      .trimEnd(),
  );
  const [top = '', ...body] = lines;
  const table = [
    title,
    '='.repeat(title.length),
    top,
    '-'.repeat(Math.max(...lines.map((line) => line.length))),
    ...body,
  ];
  return [...table, ...(note === undefined ? [] : ['', note])].join('\n');
}

function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}

function mib(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms`;
}
