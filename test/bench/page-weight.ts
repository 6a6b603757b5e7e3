// What a browser loads: the built screens of each page and the package of the backoffice.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { entryAssets, type ViteManifest } from '../../worker/pages/manifest.ts';
import { REPOSITORY_ROOT } from '../world/repository-root.ts';

/** Bytes of all scripts of the hosted login, compressed. */
export const LOGIN_SCRIPT_LIMIT = 60 * 1024;

export interface LoadedFile {
  readonly file: string;
  readonly kind: 'script' | 'style' | 'other';
  readonly bytes: number;
  readonly gzipBytes: number;
}

export interface PageWeight {
  readonly page: string;
  readonly files: readonly LoadedFile[];
}

const PAGES: readonly (readonly [entry: string, page: string])[] = [
  ['interaction', 'hosted login'],
  ['account', 'account'],
  ['admin', 'administration'],
  ['setup', 'set-up'],
];

/** Weighs what each page loads before anybody does anything: fonts and pictures come later and are not in it. */
export async function weighPages(): Promise<readonly PageWeight[]> {
  const folder = join(REPOSITORY_ROOT, 'dist/assets');
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as ViteManifest;
  return Promise.all(
    PAGES.map(async ([entry, page]) => {
      const { script, preloads, stylesheets } = entryAssets(manifest, entry);
      const addresses = [script, ...preloads, ...stylesheets];
      return {
        page,
        files: await Promise.all(addresses.map((path) => weigh(folder, path.slice('/assets/'.length)))),
      };
    }),
  );
}

/** Weighs the public package of the backoffice; source maps are not loaded by people. */
export async function weighPackage(): Promise<PageWeight> {
  const folder = join(REPOSITORY_ROOT, 'dist/App_Plugins/Penumbra');
  const names = (await readdir(folder)).filter((name) => !name.endsWith('.map')).sort();
  return { page: 'backoffice package', files: await Promise.all(names.map((name) => weigh(folder, name))) };
}

/** Adds up one kind of file, compressed. */
export function gzipBytesOf({ files }: PageWeight, kind: LoadedFile['kind']): number {
  return files.filter((file) => file.kind === kind).reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
}

async function weigh(folder: string, file: string): Promise<LoadedFile> {
  const content = await readFile(join(folder, file));
  const kind = file.endsWith('.js') ? 'script' : file.endsWith('.css') ? 'style' : 'other';
  return { file, kind, bytes: content.length, gzipBytes: gzipSync(content, { level: 9 }).length };
}
