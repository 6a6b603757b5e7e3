// The worker as it is deployed: bundled and minified by wrangler, measured, with what it is made of.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startChild } from '../world/child-process.ts';
import { NODE_24, REPOSITORY_ROOT } from '../world/repository-root.ts';

/** Bytes, compressed. */
export const WORKER_LIMIT = 300 * 1024;

export interface BundlePart {
  readonly name: string;
  /** Minified, not compressed: compression has no parts. */
  readonly bytes: number;
}

export interface WorkerBundle {
  /** Path of the module, in a folder that `remove` deletes. */
  readonly file: string;
  readonly folder: string;
  readonly bytes: number;
  readonly gzipBytes: number;
  /** Largest first. */
  readonly parts: readonly BundlePart[];
  remove(): Promise<void>;
}

interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
        readonly bytes: number;
      }
    >
  >;
}

/**
 * Bundles the worker into a folder of its own; nothing leaves this machine.
 * @throws when the bundle can't be made, with what wrangler said.
 */
export async function buildWorkerBundle(): Promise<WorkerBundle> {
  const folder = await mkdtemp(join(tmpdir(), 'penumbra-bundle-'));
  const metafile = join(folder, 'metafile.json');
  const child = startChild({
    name: 'wrangler deploy --dry-run',
    command: NODE_24,
    args: [
      join(REPOSITORY_ROOT, 'node_modules/wrangler/bin/wrangler.js'),
      ...['deploy', '--dry-run', '--minify', '--env='],
      ...['--config', join(REPOSITORY_ROOT, 'wrangler.toml')],
      ...['--outdir', folder, '--metafile', metafile],
    ],
    env: {
      ...process.env,
      CI: '1',
      NO_COLOR: '1',
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_LOG_PATH: join(folder, 'logs'),
    },
    cwd: REPOSITORY_ROOT,
  });
  const end = await child.ended;
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  if (!end.isSuccess) {
    await remove();
    throw new Error(end.text);
  }
  const file = join(folder, 'cloudflare.js');
  const code = await readFile(file);
  const { outputs } = JSON.parse(await readFile(metafile, 'utf8')) as Metafile;
  const output = Object.entries(outputs).find(([path]) => path.endsWith('cloudflare.js'))?.[1];
  return {
    file,
    folder,
    bytes: code.length,
    gzipBytes: gzipSync(code, { level: 9 }).length,
    parts: sumParts(output?.inputs ?? {}),
    remove,
  };
}

function sumParts(inputs: Metafile['outputs'][string]['inputs']): BundlePart[] {
  const parts = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const name = partOf(path);
    parts.set(name, (parts.get(name) ?? 0) + bytesInOutput);
  }
  return [...parts].map(([name, bytes]) => ({ name, bytes })).sort((one, other) => other.bytes - one.bytes);
}

function partOf(path: string): string {
  const package_ = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  if (package_ !== undefined) return package_;
  return path.includes('worker/accounts/generated/') ? 'common passwords' : 'the service itself';
}
