// The worker under `workerd serve`: the runtime that Cloudflare deploys, without the development proxy of wrangler.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { startChild, type Child } from '../world/child-process.ts';
import { REPOSITORY_ROOT } from '../world/repository-root.ts';

export interface Workerd {
  /** Milliseconds from the start of the process to its first answer. */
  readonly startMs: number;
  /** Seconds of CPU that the process used so far; `undefined` where the system does not tell. */
  cpuSeconds(): Promise<number | undefined>;
  /** Bytes of memory that the process holds; `undefined` where the system does not tell. */
  memoryBytes(): Promise<number | undefined>;
  stop(): Promise<void>;
}

export interface WorkerdOptions {
  /** Where the module is; the configuration is written there. */
  readonly folder: string;
  readonly module: string;
  readonly port: number;
  readonly variables: Readonly<Record<string, string>>;
  /** Asked until it answers. */
  readonly probe: string;
}

// Linux counts CPU time in ticks, a hundred a second wherever Node runs.
const TICKS_PER_SECOND = 100;
const START_MILLISECONDS = 20_000;

/** Starts workerd and waits for its first answer. It may reach the loopback address and nothing else. */
export async function startWorkerd(options: WorkerdOptions): Promise<Workerd> {
  const config = join(options.folder, `${options.module}.capnp`);
  await writeFile(config, await writeConfig(options));
  const started = performance.now();
  const child = startChild({
    name: 'workerd serve',
    command: '/bin/sh',
    args: ['-c', 'echo "pid=$$"; exec "$@"', 'sh', workerdPath(), 'serve', config],
    env: { PATH: process.env['PATH'] },
    cwd: options.folder,
  });
  const url = `http://127.0.0.1:${options.port}${options.probe}`;
  try {
    await waitForAnswer(child, url);
  } catch (error) {
    await child.stop();
    throw error;
  }
  const startMs = performance.now() - started;
  const pid = pidOf(child);
  return {
    startMs,
    cpuSeconds: async () => {
      const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
      // After the name in parentheses, which may hold spaces: user and system time are fields 14 and 15.
      const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
      return fields ? (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND : undefined;
    },
    memoryBytes: async () => {
      const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1];
      return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
    },
    stop: () => child.stop(),
  };
}

function pidOf(child: Child): string {
  return /^pid=(\d+)$/m.exec(child.lastOutput())?.[1] ?? '';
}

function workerdPath(): string {
  const { default: path } = createRequire(import.meta.url)('workerd') as { readonly default: string };
  return path;
}

// Asks every two milliseconds, since the time until the first answer is measured; a refused connection costs little.
async function waitForAnswer(child: Child, url: string): Promise<void> {
  const deadline = performance.now() + START_MILLISECONDS;
  let end: string | undefined;
  void child.ended.then(({ text }) => {
    end = text;
  });
  while (!(await answers(url))) {
    if (end !== undefined) throw new Error(end);
    if (performance.now() > deadline) throw new Error(`workerd did not answer.\n${child.lastOutput()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

async function writeConfig({ module, port, variables }: WorkerdOptions): Promise<string> {
  const wrangler = await readFile(join(REPOSITORY_ROOT, 'wrangler.toml'), 'utf8');
  const date = /^compatibility_date = "([^"]+)"/m.exec(wrangler)?.[1] ?? '';
  const flags = /^compatibility_flags = (\[.*\])/m.exec(wrangler)?.[1] ?? '[]';
  const bindings = Object.entries(variables).map(
    ([name, value]) => `(name = "${name}", text = ${quote(value)})`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = .worker),
    (name = "assets", disk = (path = ${quote(join(REPOSITORY_ROOT, 'dist/assets'))})),
    (name = "loopback", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "worker")],
);
const worker :Workerd.Worker = (
  modules = [(name = "${module}", esModule = embed "${module}")],
  compatibilityDate = "${date}",
  compatibilityFlags = ${flags},
  bindings = [${[...bindings, '(name = "ASSETS", service = "assets")'].join(', ')}],
  globalOutbound = "loopback",
);
`;
}

/** Cap'n Proto's texts escape as C does; of what JSON writes it lacks only \\u. */
function quote(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new Error('A variable holds a character that is not plain ASCII.');
  return JSON.stringify(text);
}
