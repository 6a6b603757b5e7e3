import { readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { AssetsPort } from '../../ports/assets.ts';
import { contentTypeOf } from './asset-path.ts';

/** Makes the assets port from the files below a folder. Links that lead out of it are not followed. */
export function createFolderAssets(folder: string): AssetsPort {
  return {
    async read(path) {
      const contentType = contentTypeOf(path);
      if (contentType === undefined) return undefined;
      try {
        const root = await realpath(folder);
        const file = await realpath(join(root, path));
        if (!file.startsWith(root + sep)) return undefined;
        return { body: new Uint8Array(await readFile(file)), contentType };
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
  };
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}
