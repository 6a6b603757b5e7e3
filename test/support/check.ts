// `npm run check`: format, lint, types and tests. All of them run even when one fails, so that one run tells everything.
// Leaves the sum in .penumbra/reports/summary.json for CI.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY_ROOT, STATE_FOLDER } from '../world/repository-root.ts';
import { countTests, type Count } from './test-report.ts';

const REPORTS = join(STATE_FOLDER, 'reports');
const CHECKS = ['format:check', 'lint', 'types'];
const running = new Set<ChildProcess>();

const stopping = new AbortController();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
// The channel to setup.mjs: it closes when that is gone, however it ended.
process.on('disconnect', stop);
process.channel?.unref();

await rm(REPORTS, { recursive: true, force: true });
await mkdir(REPORTS, { recursive: true });
const checks = await Promise.all(CHECKS.map(runCheck));
if (stopping.signal.aborted) process.exit(130);
const tests = await runTests();
const sum = [...checks, tests].reduce((before, count) => ({
  passed: before.passed + count.passed,
  failed: before.failed + count.failed,
}));
await writeFile(join(REPORTS, 'summary.json'), `${JSON.stringify(sum)}\n`);
console.log(`\n${sum.passed} checks and tests passed, ${sum.failed} failed`);
process.exitCode = sum.failed === 0 ? 0 : 1;

function stop(): void {
  stopping.abort();
  for (const child of running) child.kill('SIGTERM');
}

async function runCheck(script: string): Promise<Count> {
  const started = performance.now();
  const { code, output } = await runScript(script, 'pipe');
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`  ${script}: ${code === 0 ? 'passed' : 'FAILED'} (${seconds} s)`);
  if (code !== 0) console.log(output);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function runTests(): Promise<Count> {
  const { code } = await runScript('test:only', 'inherit');
  const report = await readFile(join(REPORTS, 'vitest.json'), 'utf8').catch(() => undefined);
  return countTests(report, code, Boolean(process.env['CI']));
}

function runScript(script: string, stdio: 'pipe' | 'inherit'): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', script], {
      cwd: REPOSITORY_ROOT,
      stdio: ['ignore', stdio, stdio],
    });
    running.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    const done = (code: number): void => {
      running.delete(child);
      resolve({ code, output });
    };
    child.once('error', (error) => {
      output += error.message;
      done(127);
    });
    child.once('close', (code) => {
      done(code ?? 1);
    });
  });
}
