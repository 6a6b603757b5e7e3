// `npm run bench`: measures the service on this machine and prints tables, or with --json the figures as JSON.
// Everything stays at the loopback address. Ends with 1 when something is over its limit.
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { ensureBuilds } from '../world/builds.ts';
import { createProgress } from '../world/progress.ts';
import { measureColdStart } from './cold-start.ts';
import { weighPackage, weighPages } from './page-weight.ts';
import { measureOrganization } from './organization-cost.ts';
import { draw, type Figures, overLimit } from './report.ts';
import { measureService } from './service-load.ts';
import { measureSteps } from './step-cost.ts';
import { buildWorkerBundle, WORKER_LIMIT } from './worker-bundle.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
// Beside the figures, so that `--json` can be read by a program.
const progress = createProgress((line) => {
  console.error(line);
});
const figures = await measure();
console.log(values.json ? JSON.stringify(figures, undefined, 2) : `\n${draw(figures)}\n`);
for (const line of overLimit(figures)) console.error(line);
process.exitCode = overLimit(figures).length === 0 ? 0 : 1;

async function measure(): Promise<Figures> {
  const started = performance.now();
  const [loadBefore = 0] = loadavg();
  const done = (): string => 'measured';
  await progress.step('screens and plugin', ensureBuilds, (built) =>
    built.length === 0 ? 'up to date' : `built ${built.join(', ')}`,
  );
  const bundle = await progress.step('worker', buildWorkerBundle, () => 'bundled');
  try {
    const pages = [...(await weighPages()), await weighPackage()];
    const coldStart = await progress.step('cold start', () => measureColdStart(bundle), done);
    const service = await progress.step('load under workerd', () => measureService(bundle), done);
    const steps = await progress.step('round trips', measureSteps, done);
    const organizations = await progress.step('organisations of two sizes', measureOrganization, done);
    const { bytes, gzipBytes, parts } = bundle;
    return {
      machine: {
        cpu: cpus()[0]?.model ?? 'unknown',
        cores: cpus().length,
        node: process.versions.node,
        loadBefore,
      },
      seconds: (performance.now() - started) / 1000,
      steps,
      organizations,
      pages,
      worker: { bytes, gzipBytes, limit: WORKER_LIMIT, parts },
      service,
      coldStart,
    };
  } finally {
    await bundle.remove();
  }
}
