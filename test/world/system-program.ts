// Gets a program that npm can't install (Redis, Chromium): from the PATH, else from Debian's packages.
// Must not know what the programs are for.
import { execFile } from 'node:child_process';
import { access, constants, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export interface ProgramRequest {
  /** How people call it. */
  readonly name: string;
  /** File names to look for, best first. */
  readonly commands: readonly string[];
  /** The package that holds it, then those that it is of no use without. */
  readonly debianPackages: readonly [string, ...string[]];
  /** Paths below the unpacked package, best first; a package may hide the program behind a script or a link. */
  readonly unpackedPaths: readonly string[];
  /** The variable that names a program to use instead. */
  readonly variable: string;
  /** Names of the package elsewhere, for the error. */
  readonly otherSystems: { readonly dnf: string; readonly brew: string };
}

export interface Program {
  readonly path: string;
  /** To be added to the environment of the program. */
  readonly env: Readonly<Record<string, string>>;
  readonly origin: 'path' | 'installed' | 'unpacked';
}

export interface Machine {
  readonly path: string;
  readonly isRoot: boolean;
  /** Where packages are unpacked without root. */
  readonly folder: string;
  readonly report: (line: string) => void;
}

/** Describes this machine, with packages below `folder`. */
export function thisMachine(folder: string, report: (line: string) => void): Machine {
  return { path: process.env['PATH'] ?? '', isRoot: process.getuid?.() === 0, folder, report };
}

/**
 * Finds the program, or gets it.
 * @throws when there is no way, with the command to type on this system.
 */
export async function provideProgram(request: ProgramRequest, machine: Machine): Promise<Program> {
  const present = await findOnPath(request.commands, machine.path);
  if (present !== undefined) return { path: present, env: {}, origin: 'path' };
  const unpacked = await findUnpacked(request, machine);
  if (unpacked !== undefined) return unpacked;
  if ((await findOnPath(['apt-get'], machine.path)) === undefined)
    throw new Error(explain(request, 'not found'));
  try {
    if (!machine.isRoot) return await unpack(request, machine);
    await install(request, machine);
    const installed = await findOnPath(request.commands, machine.path);
    if (installed !== undefined) return { path: installed, env: {}, origin: 'installed' };
  } catch (error) {
    throw new Error(explain(request, `not found, and apt-get could not get it: ${lastLines(error)}`), {
      cause: error,
    });
  }
  throw new Error(explain(request, `not found, not even after installing ${request.debianPackages[0]}`));
}

async function install(request: ProgramRequest, machine: Machine): Promise<void> {
  const env = { ...aptEnvironment(machine), DEBIAN_FRONTEND: 'noninteractive' };
  const args = ['install', '--yes', '--no-install-recommends', ...request.debianPackages];
  machine.report(`installing the Debian package ${request.debianPackages[0]}`);
  try {
    await execute('apt-get', args, { env });
  } catch {
    // The usual reason: no package lists, or stale ones.
    await execute('apt-get', ['update'], { env });
    await execute('apt-get', args, { env });
  }
}

// Without root: lists of our own, the package and whatever it needs that is not installed, unpacked side by side.
async function unpack(request: ProgramRequest, machine: Machine): Promise<Program> {
  const env = aptEnvironment(machine);
  const apt = join(machine.folder, 'apt');
  const work = join(machine.folder, `${request.debianPackages[0]}.part`);
  await rm(work, { recursive: true, force: true });
  for (const folder of [
    join(apt, 'lists/partial'),
    join(apt, 'cache/archives/partial'),
    join(work, 'root'),
  ]) {
    await mkdir(folder, { recursive: true });
  }
  machine.report(`unpacking the Debian package ${request.debianPackages[0]} into .penumbra`);
  const own = [
    '-o',
    `Dir::State::Lists=${apt}/lists`,
    '-o',
    `Dir::Cache=${apt}/cache`,
    '-o',
    'Debug::NoLocking=1',
  ];
  await execute('apt-get', [...own, 'update'], { env });
  const plan = await execute(
    'apt-get',
    [...own, 'install', '--simulate', '--no-install-recommends', ...request.debianPackages],
    { env, maxBuffer: 16 * 1024 * 1024 },
  );
  const packages = [...plan.stdout.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name ?? '');
  await execute('apt-get', [...own, 'download', ...packages], { env, cwd: work });
  for (const file of (await readdir(work)).filter((name) => name.endsWith('.deb'))) {
    await execute('dpkg-deb', ['--extract', join(work, file), join(work, 'root')], { env });
    await rm(join(work, file));
  }
  const target = join(machine.folder, request.debianPackages[0]);
  await rm(target, { recursive: true, force: true });
  await rename(join(work, 'root'), target);
  await writeFile(join(target, '.libraries'), (await libraryFolders(target)).join('\n'));
  await rm(work, { recursive: true, force: true });
  const program = await findUnpacked(request, machine);
  if (program === undefined) throw new Error(`${request.debianPackages[0]} holds none of its programs`);
  return program;
}

async function findUnpacked(request: ProgramRequest, machine: Machine): Promise<Program | undefined> {
  const root = join(machine.folder, request.debianPackages[0]);
  const libraries = await readFile(join(root, '.libraries'), 'utf8').catch(() => undefined);
  if (libraries === undefined) return undefined;
  const folders = libraries.split('\n').map((folder) => join(root, folder));
  for (const relative of request.unpackedPaths) {
    const path = join(root, relative);
    if (await isExecutable(path)) {
      return { path, env: { LD_LIBRARY_PATH: folders.join(delimiter) }, origin: 'unpacked' };
    }
  }
  return undefined;
}

async function libraryFolders(root: string): Promise<string[]> {
  const found = new Set<string>();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const folder = entry.parentPath.slice(root.length + 1);
    if (/\.so(\.|$)/.test(entry.name) && /^(usr\/)?lib\b/.test(folder)) found.add(folder);
  }
  return [...found];
}

async function findOnPath(names: readonly string[], path: string): Promise<string | undefined> {
  for (const name of names) {
    for (const folder of path.split(delimiter).filter((entry) => entry !== '')) {
      const candidate = join(folder, name);
      if (await isExecutable(candidate)) return candidate;
    }
  }
  return undefined;
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function aptEnvironment(machine: Machine): NodeJS.ProcessEnv {
  return { ...process.env, PATH: machine.path, LC_ALL: 'C' };
}

function explain(request: ProgramRequest, problem: string): string {
  const { dnf, brew } = request.otherSystems;
  return [
    `${request.name} was ${problem}`,
    `Install it, or set ${request.variable}:`,
    `  Debian, Ubuntu   sudo apt-get install ${request.debianPackages.join(' ')}`,
    `  Fedora           sudo dnf install ${dnf}`,
    `  macOS            brew install ${brew}`,
  ].join('\n');
}

function lastLines(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  return text.trim().split('\n').slice(-3).join('\n  ');
}
