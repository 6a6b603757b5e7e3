import { join } from 'node:path';
import { startChild, type Child } from './child-process.ts';
import { REPOSITORY_ROOT } from './repository-root.ts';
import { waitUntilHealthy, type WorkerOptions } from './worker.ts';

/** Starts the worker on Deno with the permissions that it needs and no more. */
export async function startOnDeno(options: WorkerOptions): Promise<Child> {
  const variables = { ...options.variables, PORT: String(options.port) };
  const reachable = [
    'UPSTASH_REDIS_REST_URL',
    'RESEND_BASE_URL',
    'TWILIO_BASE_URL',
    'TWILIO_LOOKUPS_BASE_URL',
  ]
    .map((name) => options.variables[name] ?? '')
    .filter((address) => address !== '')
    .map((address) => new URL(address).host);
  const child = startChild({
    name: 'Deno',
    command: join(REPOSITORY_ROOT, 'node_modules/deno/deno'),
    args: [
      'run',
      '--no-prompt',
      '--cached-only',
      '--node-modules-dir=manual',
      `--allow-net=${[`127.0.0.1:${options.port}`, ...reachable].join(',')}`,
      '--allow-env=PENUMBRA_*,UPSTASH_*,RESEND_*,TWILIO_*,HOST,PORT',
      `--allow-read=${join(REPOSITORY_ROOT, 'dist/assets')}`,
      options.entry ?? join(REPOSITORY_ROOT, 'worker/deno.ts'),
    ],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DENO_DIR: join(REPOSITORY_ROOT, '.penumbra/deno'),
      DENO_NO_UPDATE_CHECK: '1',
      NO_COLOR: '1',
      ...variables,
    },
    cwd: REPOSITORY_ROOT,
    ...(options.onOutput === undefined ? {} : { onOutput: options.onOutput }),
  });
  try {
    await waitUntilHealthy(child, 'The service on Deno', options);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return child;
}
