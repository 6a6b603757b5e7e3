// The command line as an operator runs it: a program of its own, against the service.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY_ROOT } from '../world/repository-root.ts';
import type { FlowWorld } from './flow-world.ts';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `penumbra` with these variables and no others of its own, without a terminal. */
export async function penumbra(
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<Ran> {
  const program = join(REPOSITORY_ROOT, 'worker/cli/penumbra.mjs');
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...variables },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, out, err };
}

/** A folder with the operator's key, and a service whose time is that of this machine: the program signs with that. */
export interface OperatorDesk {
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Moves the service's time back to this machine's, after a test moved it on. */
  settle(): Promise<void>;
  /** Leaves the time as other tests had it. */
  leave(): Promise<void>;
}

export async function openDesk(world: FlowWorld): Promise<OperatorDesk> {
  const settle = async (): Promise<number> => {
    const moved = world.now() - Math.floor(Date.now() / 1000);
    if (moved !== 0) await world.advance(-moved);
    return moved;
  };
  const moved = await settle();
  const folder = await mkdtemp(join(tmpdir(), 'penumbra-cli-'));
  const keyFile = join(folder, 'operator-key.json');
  await writeFile(keyFile, JSON.stringify(world.operator.key));
  return {
    folder,
    variables: {
      PENUMBRA_URL: world.operator.url,
      PENUMBRA_ISSUER: world.operator.issuer,
      PENUMBRA_OPERATOR_KEY_FILE: keyFile,
    },
    settle: async () => {
      await settle();
    },
    leave: async () => {
      await settle();
      await world.advance(moved);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
