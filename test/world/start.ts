// `npm start`: starts the local world, says where everything is, and ends it all on Ctrl-C.
import { parseArgs } from 'node:util';
import { createProgress } from './progress.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './seed.ts';
import { startWorld, type Runtime, type World } from './world.ts';

const { values } = parseArgs({ options: { runtime: { type: 'string', default: 'workerd' } } });
let world: World | undefined;
const stopping = new AbortController();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
// The channel to setup.mjs: it closes when that is gone, however it ended.
process.on('disconnect', () => void end(0));
process.channel?.unref();

try {
  world = await startWorld({
    runtime: parseRuntime(values.runtime),
    ports: 'default',
    seed: true,
    progress: createProgress(console.log),
  });
  if (!stopping.signal.aborted) {
    printAddresses(world);
    void world.died.then(async (what) => {
      if (stopping.signal.aborted) return;
      console.error(`\n${what}\nOne part of the local world is gone, so all of it ends.`);
      await end(1);
    });
  }
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

async function end(exitCode: number): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  // While it is still starting there is nothing to stop in order: the parts end when we do.
  if (world === undefined) process.exit(130);
  await world.stop();
  process.exit(exitCode);
}

function parseRuntime(name: string): Runtime {
  if (name === 'workerd' || name === 'deno') return name;
  throw new Error(`There is no runtime '${name}'. Runtimes: workerd, deno.`);
}

function printAddresses({ issuer, site, outbox }: World): void {
  const width = Math.max(...DEMO_ACCOUNTS.map(({ email }) => email.length));
  console.log(`
  login service   ${issuer}/account
  CMS site        ${site?.origin ?? ''}/umbraco
  outbox          ${outbox.url}

  accounts (password for each: ${DEMO_PASSWORD})
${DEMO_ACCOUNTS.map(({ email, role }) => `    ${email.padEnd(width)}   ${role}`).join('\n')}

ready in ${process.uptime().toFixed(1)} s; Ctrl-C ends it`);
}
