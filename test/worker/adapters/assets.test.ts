import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCloudflareAssets } from '../../../worker/adapters/assets/cloudflare.ts';
import { createFolderAssets } from '../../../worker/adapters/assets/deno.ts';
import type { AssetsPort } from '../../../worker/ports/assets.ts';

const FILES: Readonly<Record<string, string>> = {
  'login-abc.js': 'script',
  'fonts/a.woff2': 'font',
  'manifest.json': '{}',
};
let outside: string;
let folder: string;

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'penumbra-assets-'));
  folder = join(outside, 'assets');
  await mkdir(join(folder, 'fonts'), { recursive: true });
  await mkdir(join(folder, 'folder.js'));
  await writeFile(join(outside, 'secret.txt'), 'secret');
  await symlink(join(outside, 'secret.txt'), join(folder, 'link.txt'));
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
});

afterAll(() => rm(outside, { recursive: true, force: true }));

const binding = {
  fetch: (url: string): Promise<Response> => {
    const path = new URL(url).pathname.replace('/built/', '');
    const found = FILES[path];
    return Promise.resolve(found === undefined ? new Response('gone', { status: 404 }) : new Response(found));
  },
};
const adapters: [string, () => AssetsPort][] = [
  ['Workers', () => createCloudflareAssets(binding, 'built')],
  ['Deno', () => createFolderAssets(folder)],
];

describe.each(adapters)('assets on %s', (_, make) => {
  test.each([
    ['login-abc.js', 'text/javascript; charset=utf-8', 'script'],
    ['fonts/a.woff2', 'font/woff2', 'font'],
    ['manifest.json', 'application/json', '{}'],
  ])('%s', async (path, contentType, text) => {
    const asset = await make().read(path);
    expect(asset?.contentType).toBe(contentType);
    expect(await new Response(asset?.body).text()).toBe(text);
  });

  test.each([
    'absent.js',
    '',
    '/login-abc.js',
    '../secret.txt',
    'fonts/../../secret.txt',
    'fonts/..%2f..%2fsecret.txt',
    '..\\secret.txt',
    './login-abc.js',
    'fonts//a.woff2',
    'link.txt',
    'folder.js',
    'login-abc.js/x.js',
    'fonts',
    '.vite/manifest.json',
    'login-abc.js\0.txt',
    'file.constructor',
  ])('nothing for %j', async (path) => {
    expect(await make().read(path)).toBeUndefined();
  });
});
