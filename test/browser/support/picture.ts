import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { REPOSITORY_ROOT } from '../../world/repository-root.ts';
import { settle } from './look.ts';

const FOLDER = join(REPOSITORY_ROOT, 'docs/images');

/**
 * Writes what can be seen of the page to docs/images, where PENUMBRA_PICTURES=1 asks for it: a rerun must not change
 * files that nobody wanted changed.
 */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env['PENUMBRA_PICTURES'] !== '1') return;
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await settle(page);
  const picture = PNG.sync.read(await page.screenshot({ animations: 'disabled' }));
  await mkdir(FOLDER, { recursive: true });
  // Chromium packs in a hurry; a repository keeps every byte for good. The filter is the one that suits gradients.
  await writeFile(
    join(FOLDER, `${name}.png`),
    PNG.sync.write(picture, { colorType: 2, deflateLevel: 9, deflateStrategy: 0, filterType: 1 }),
  );
}
