// Set-up for the tests: everything that they need and npm does not bring. Never the Redis of REDIS_URL: tests empty
// theirs.
import { ensureBuilds } from './builds.ts';
import { provideChromium } from './chromium.ts';
import { ensureClientBundle } from './cms/client-bundle.ts';
import { createProgress } from './progress.ts';
import { REDIS_PROGRAM } from './redis/redis-server.ts';
import { STATE_FOLDER } from './repository-root.ts';
import { provideProgram, thisMachine } from './system-program.ts';

const progress = createProgress(console.log);
const report = (line: string): void => {
  progress.note(line);
};

try {
  // One after the other: both may need Debian's package tools, which work for one at a time.
  await progress.step(
    'Redis',
    () => provideProgram(REDIS_PROGRAM, thisMachine(STATE_FOLDER, report)),
    ({ path }) => path,
  );
  await progress.step(
    'Chromium',
    () => provideChromium(report),
    ({ path }) => path,
  );
  await progress.step('screens and plugin', ensureBuilds, (built) =>
    built.length === 0 ? 'up to date' : `built ${built.join(', ')}`,
  );
  await progress.step(
    'backoffice client',
    () => ensureClientBundle(),
    () => 'bundled',
  );
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
