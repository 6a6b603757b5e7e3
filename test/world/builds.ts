// Builds what the worker and the site serve, when its sources changed since the last build.
import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild } from './child-process.ts';
import { NODE_24, REPOSITORY_ROOT, STATE_FOLDER } from './repository-root.ts';

interface Build {
  readonly name: string;
  readonly config: string;
  /** Below the repository; its presence shows that the output was not deleted. */
  readonly output: string;
}

const BUILDS: readonly Build[] = [
  { name: 'screens', config: 'vite.config.ts', output: 'dist/assets/manifest.json' },
  {
    name: 'plugin',
    config: 'vite.plugin.config.ts',
    output: 'dist/App_Plugins/Penumbra/umbraco-package.json',
  },
];

// Whatever a build may read. Too much only builds once more.
const SOURCES = [
  'backoffice-plugin',
  'worker/interaction/wire.ts',
  'worker/pages/manifest.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];

/**
 * Brings the screens and the plugin up to date; gives the names of what was built.
 * @throws when a build fails, with what it said.
 */
export async function ensureBuilds(): Promise<readonly string[]> {
  const built = await Promise.all(
    BUILDS.map(async (build) => {
      const stamp = join(STATE_FOLDER, 'builds', `${build.name}.sha256`);
      const hash = await hashSources([...SOURCES, build.config]);
      const before = await readFile(stamp, 'utf8').catch(() => '');
      if (before === hash && (await exists(join(REPOSITORY_ROOT, build.output)))) return undefined;
      await runVite(build);
      await mkdir(join(STATE_FOLDER, 'builds'), { recursive: true });
      await writeFile(stamp, hash);
      return build.name;
    }),
  );
  return built.filter((name) => name !== undefined);
}

async function runVite(build: Build): Promise<void> {
  const vite = join(REPOSITORY_ROOT, 'node_modules/vite/bin/vite.js');
  const child = startChild({
    name: `The build of the ${build.name}`,
    command: NODE_24,
    args: [vite, 'build', '--config', join(REPOSITORY_ROOT, build.config), '--logLevel', 'warn'],
    env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
    cwd: REPOSITORY_ROOT,
  });
  const end = await child.ended;
  if (!end.isSuccess) throw new Error(end.text);
}

async function hashSources(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await listFiles(join(REPOSITORY_ROOT, path))) {
      hash.update(`${file.slice(REPOSITORY_ROOT.length)}\n`).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

async function listFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
