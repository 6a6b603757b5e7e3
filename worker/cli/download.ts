// Where a long answer goes: standard output, or a file of its own. A file is whole, or it is not there.
import { open, rm } from 'node:fs/promises';
import { UsedWrongly, type Outcome, type Tools } from './command.ts';

export interface Output {
  /** Has it written. A file that can't be filled to its end is removed. */
  readonly fill: (source: (write: (text: string) => Promise<void>) => Promise<void>) => Promise<Outcome>;
}

/**
 * Opens the file that was named, readable by its owner only, or gives standard output.
 * @throws UsedWrongly when it is there already or can't be made
 */
export async function outputFor(path: string | undefined, tools: Pick<Tools, 'write'>): Promise<Output> {
  if (path === undefined) {
    return {
      fill: async (source) => {
        await source(tools.write);
        return { lines: () => [] };
      },
    };
  }
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UsedWrongly(
      code === 'EEXIST'
        ? `The file ${path} is there already, and nothing is overwritten. Name another one.`
        : `The file ${path} can not be written (${code}). Name another one.`,
    );
  });
  return {
    fill: async (source) => {
      try {
        await source((text) => file.appendFile(text));
      } catch (error) {
        await file.close();
        await rm(path, { force: true });
        throw error;
      }
      await file.close();
      return { lines: () => [`It is in ${path}, readable by you alone.`] };
    },
  };
}
