// What npm scripts call on a bare clone: plain JavaScript for whichever Node (20 or newer) is there, no package needed.
// Installs the dependencies when they don't match the lock file, then hands over to the Node 24 among them.
// Must not know what the local world consists of.
//
//   node test/world/setup.mjs start [--runtime=workerd|deno]   the local world
//   node test/world/setup.mjs test                            set-up, then every check and every test
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const binaries = join(root, 'node_modules', '.bin');
const node24 = join(root, 'node_modules', 'node', 'bin', 'node');

const programs = {
  start: ['test/world/start.ts'],
  test: ['test/world/prepare.ts', 'test/support/check.ts'],
};

const [task = '', ...options] = process.argv.slice(2);
const sequence = programs[task];
if (sequence === undefined) {
  console.error(`There is no task '${task}'. Tasks: ${Object.keys(programs).join(', ')}.`);
  process.exit(64);
}

let running;
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    isStopping = true;
    // The terminal already told the whole group of Ctrl-C; telling twice does no harm.
    running?.kill(signal);
  });
}

let exitCode = await ensureDependencies();
for (const program of sequence) {
  if (exitCode !== 0 || isStopping) break;
  exitCode = await run(
    node24,
    ['--disable-warning=ExperimentalWarning', join(root, program), ...options],
    [binaries, ...searchPath()],
  );
}
process.exit(exitCode === 0 && isStopping && task !== 'start' ? 130 : exitCode);

/** Runs `npm ci` unless what is installed is what the lock file says. Gives an exit code. */
async function ensureDependencies() {
  const started = Date.now();
  if (isInstalled()) {
    report('dependencies', 'up to date', started);
    return 0;
  }
  console.log('  dependencies: npm ci, this takes a minute ...');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  // Not with the Node below node_modules: it is about to be replaced.
  const node = process.env.npm_node_execpath ?? process.execPath;
  const path = searchPath().filter((folder) => resolve(folder) !== binaries);
  const isScript =
    npm !== undefined && /npm-cli\.c?js$/.test(npm) && !node.startsWith(join(root, 'node_modules'));
  const code = isScript ? await run(node, [npm, ...args], path) : await run('npm', args, path);
  if (code !== 0) {
    if (!isStopping) console.error('npm ci failed; its reason is above.');
    return code;
  }
  report('dependencies', 'installed', started);
  return 0;
}

// npm keeps what it really installed in a lock file of its own; a folder that was interrupted has none.
function isInstalled() {
  const installedFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile) || !existsSync(node24)) return false;
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(installedFile);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found === undefined) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

function searchPath() {
  return (process.env.PATH ?? '').split(delimiter);
}

/** Runs a program to its end and gives its exit code; 128 and the signal's number when a signal ended it. */
function run(command, args, path) {
  return new Promise((done) => {
    running = spawn(command, args, {
      cwd: root,
      // Node 24 learns by the channel that we are gone, however we ended.
      stdio: command === node24 ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
      env: {
        ...process.env,
        PATH: path.join(delimiter),
        // Large programs (wrangler) start faster from compiled code; Node keeps it up to date by itself.
        NODE_COMPILE_CACHE: join(root, '.penumbra', 'compiled'),
      },
    });
    running.once('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      done(127);
    });
    running.once('exit', (code, signal) => {
      running = undefined;
      done(code ?? { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal] ?? 1);
    });
  });
}

function report(name, detail, started) {
  console.log(`  ${name}: ${detail} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}
