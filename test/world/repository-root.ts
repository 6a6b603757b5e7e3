import { join, resolve } from 'node:path';

/** The folder of package.json. */
export const REPOSITORY_ROOT: string = resolve(import.meta.dirname, '../..');

/** Where the local world keeps what outlives one start; git ignores it. */
export const STATE_FOLDER: string = join(REPOSITORY_ROOT, '.penumbra');

/** Node 24 from the dev dependencies; the machine's own may be older. */
export const NODE_24: string = join(REPOSITORY_ROOT, 'node_modules/node/bin/node');
