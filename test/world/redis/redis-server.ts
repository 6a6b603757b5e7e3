import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild, waitUntilReady, type Child } from '../child-process.ts';
import { findFreePort } from '../free-port.ts';
import { provideProgram, type Machine, type ProgramRequest } from '../system-program.ts';

export const REDIS_PROGRAM: ProgramRequest = {
  name: 'Redis',
  commands: ['redis-server', 'valkey-server'],
  debianPackages: ['redis-server'],
  unpackedPaths: ['usr/bin/redis-server'],
  variable: 'REDIS_URL',
  otherSystems: { dnf: 'valkey', brew: 'redis' },
};

export interface RedisServer {
  readonly url: string;
  /** What to tell people: where it came from. */
  readonly description: string;
  /** Absent where somebody else runs it. */
  readonly child?: Child;
  close(): Promise<void>;
}

/**
 * Gives the Redis that REDIS_URL names, else starts one; what is in it is kept, so this is for people, not for tests.
 * @throws as `startOwnRedis`.
 */
export function startRedis(machine: Machine): Promise<RedisServer> {
  const url = process.env['REDIS_URL'];
  if (url === undefined || url === '') return startOwnRedis(machine);
  return Promise.resolve({ url, description: 'the one of REDIS_URL', close: () => Promise.resolve() });
}

/**
 * Starts a Redis: empty, kept in memory only, on a free loopback port.
 * @throws when there is none and none can be had, with the command to install it.
 */
export async function startOwnRedis(machine: Machine): Promise<RedisServer> {
  const program = await provideProgram(REDIS_PROGRAM, machine);
  const port = await findFreePort();
  const folder = await mkdtemp(join(tmpdir(), 'penumbra-redis-'));
  const child = startChild({
    name: 'Redis',
    command: program.path,
    args: serverArguments(port, folder),
    env: { ...process.env, ...program.env },
    cwd: folder,
  });
  const close = async (): Promise<void> => {
    await child.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await waitUntilReady(child, 'Redis', 10, () => answersPing(port));
  } catch (error) {
    await close();
    throw error;
  }
  return { url: `redis://127.0.0.1:${port}`, description: `${program.path}, port ${port}`, child, close };
}

function serverArguments(port: number, folder: string): string[] {
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'no',
    daemonize: 'no',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1000, () => socket.destroy());
    socket.once('data', (data) => {
      resolve(data.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.once('error', () => undefined);
    socket.once('close', () => {
      resolve(false);
    });
  });
}
