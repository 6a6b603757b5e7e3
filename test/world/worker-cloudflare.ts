import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild, type Child } from './child-process.ts';
import { writePrivately } from './identity.ts';
import { NODE_24, REPOSITORY_ROOT } from './repository-root.ts';
import { waitUntilHealthy, type WorkerOptions } from './worker.ts';

/** Starts the worker in workerd, through `wrangler dev`, without network and without questions. */
export async function startOnCloudflare(options: WorkerOptions): Promise<Child> {
  const folder = join(options.stateFolder, 'wrangler');
  await mkdir(folder, { recursive: true });
  const variables = await writePrivately(options.stateFolder, 'worker.env', dotenv(options.variables));
  const child = startChild({
    name: 'wrangler dev',
    command: NODE_24,
    args: [
      join(REPOSITORY_ROOT, 'node_modules/wrangler/bin/wrangler.js'),
      'dev',
      ...(options.entry === undefined ? [] : [options.entry]),
      ...['--config', join(REPOSITORY_ROOT, 'wrangler.toml')],
      ...['--env-file', variables],
      ...['--ip', '127.0.0.1', '--port', String(options.port), '--inspector-port', '0'],
      ...['--persist-to', join(folder, 'state'), '--local', '--show-interactive-dev-session=false'],
    ],
    env: {
      ...process.env,
      CI: '1', // No questions.
      NO_COLOR: '1',
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      WRANGLER_LOG_PATH: join(folder, 'logs'),
      WRANGLER_REGISTRY_PATH: join(folder, 'registry'),
    },
    cwd: REPOSITORY_ROOT,
    ...(options.onOutput === undefined ? {} : { onOutput: options.onOutput }),
  });
  try {
    await waitUntilHealthy(child, 'The service on workerd', options);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return child;
}

// Single quotes keep everything as it is, but a `$` would be taken as a variable.
function dotenv(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => {
      if (/['$\n\\]/.test(value)) throw new Error(`${name} holds a character that an env file can't carry.`);
      return `${name}='${value}'\n`;
    })
    .join('');
}
