// Where a program comes from when npm can't bring it: the order, what is asked of Debian's tools, and what people are
// told. The tools are small scripts in a folder that stands for the PATH, so nothing is installed or downloaded.
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { REDIS_PROGRAM, startRedis } from '../world/redis/redis-server.ts';
import { provideProgram, type Machine } from '../world/system-program.ts';

let folder: string;
let bin: string;
let notes: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'penumbra-provision-'));
  bin = join(folder, 'bin');
  notes = [];
  await mkdir(bin);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

function machine(isRoot: boolean): Machine {
  return { path: bin, isRoot, folder: join(folder, 'state'), report: (line) => notes.push(line) };
}

async function addTool(name: string, script: string): Promise<void> {
  await writeFile(join(bin, name), `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
  await chmod(join(bin, name), 0o755);
}

const calls = async (): Promise<string[]> =>
  (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n');

describe('on the PATH', () => {
  test('redis-server is taken before valkey-server', async () => {
    await addTool('valkey-server', '');
    expect((await provideProgram(REDIS_PROGRAM, machine(true))).path).toBe(join(bin, 'valkey-server'));
    await addTool('redis-server', '');
    const program = await provideProgram(REDIS_PROGRAM, machine(true));
    expect(program).toEqual({ path: join(bin, 'redis-server'), env: {}, origin: 'path' });
  });

  test('a file that is no program is passed over', async () => {
    await writeFile(join(bin, 'redis-server'), '');
    await addTool('valkey-server', '');
    expect((await provideProgram(REDIS_PROGRAM, machine(true))).path).toBe(join(bin, 'valkey-server'));
  });
});

describe('with root', () => {
  test('the package is installed, with fresh lists when the first try fails', async () => {
    await addTool(
      'apt-get',
      `echo "$*" >> ${folder}/calls
       if [ "$1" = update ]; then touch ${folder}/lists; exit 0; fi
       [ -e ${folder}/lists ] || { echo 'E: Unable to locate package' >&2; exit 100; }
       printf '#!/bin/sh\\n' > ${bin}/redis-server; chmod +x ${bin}/redis-server`,
    );
    const program = await provideProgram(REDIS_PROGRAM, machine(true));
    expect(program).toEqual({ path: join(bin, 'redis-server'), env: {}, origin: 'installed' });
    const install = 'install --yes --no-install-recommends redis-server';
    expect(await calls()).toEqual([install, 'update', install]);
    expect(notes).toEqual(['installing the Debian package redis-server']);
  });
});

describe('without root', () => {
  // The packages are empty files; what stands for dpkg-deb makes of each what the real package would hold.
  const apt = (): string => `
    echo "$*" >> ${folder}/calls
    case "$*" in
      *--simulate*) printf 'NOTE: This is only a simulation!\\nInst libfoo1 (1.0)\\nInst redis-server (7.0)\\nConf libfoo1\\n' ;;
      *download*) touch libfoo1_1.0_amd64.deb redis-server_7.0_amd64.deb ;;
    esac`;
  const dpkg = `
    case "$2" in
      *libfoo1*) mkdir -p "$3/usr/lib/x86_64-linux-gnu"; touch "$3/usr/lib/x86_64-linux-gnu/libfoo.so.1" ;;
      *) mkdir -p "$3/usr/bin"; printf '#!/bin/sh\\n' > "$3/usr/bin/redis-server"; chmod +x "$3/usr/bin/redis-server" ;;
    esac`;

  test('the package and the libraries that are missing are unpacked, once', async () => {
    await addTool('apt-get', apt());
    await addTool('dpkg-deb', dpkg);
    const program = await provideProgram(REDIS_PROGRAM, machine(false));
    const root = join(folder, 'state/redis-server');
    expect(program).toEqual({
      path: join(root, 'usr/bin/redis-server'),
      env: { LD_LIBRARY_PATH: join(root, 'usr/lib/x86_64-linux-gnu') },
      origin: 'unpacked',
    });
    const made = await calls();
    expect(made.map((line) => line.replace(/^(-o \S+ )+/, ''))).toEqual([
      'update',
      'install --simulate --no-install-recommends redis-server',
      'download libfoo1 redis-server',
    ]);
    expect(made.every((line) => line.includes(`Dir::State::Lists=${folder}/state/apt/lists`))).toBe(true);

    expect(await provideProgram(REDIS_PROGRAM, machine(false))).toEqual(program);
    expect(await calls()).toEqual(made);
  });

  test('what was interrupted is begun anew', async () => {
    await addTool('apt-get', apt());
    await addTool('dpkg-deb', 'exit 1');
    await expect(provideProgram(REDIS_PROGRAM, machine(false))).rejects.toThrow(/could not get it/);
    await addTool('dpkg-deb', dpkg);
    expect((await provideProgram(REDIS_PROGRAM, machine(false))).origin).toBe('unpacked');
  });
});

describe('nowhere', () => {
  test('the error names the command for each system, and the variable', async () => {
    const refusal = provideProgram(REDIS_PROGRAM, machine(false));
    await expect(refusal).rejects.toThrow(
      /^Redis was not found[^]*REDIS_URL[^]*apt-get install redis-server[^]*dnf install valkey[^]*brew install redis/,
    );
  });

  test("the error repeats the package tools' own reason", async () => {
    await addTool('apt-get', "echo 'E: No network' >&2; exit 100");
    await expect(provideProgram(REDIS_PROGRAM, machine(true))).rejects.toThrow(/E: No network/);
  });
});

test('REDIS_URL is believed, and nothing is started', async () => {
  vi.stubEnv('REDIS_URL', 'redis://127.0.0.1:1');
  const server = await startRedis(machine(false));
  expect(server.url).toBe('redis://127.0.0.1:1');
  expect(server.child).toBeUndefined();
  await server.close();
});
