import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { REPOSITORY_ROOT } from '../../world/repository-root.ts';
import { settle } from './look.ts';

/**
 * Writes what can be seen of the page to docs/images, where PENUMBRA_PICTURES=1 asks for it: a rerun must not change
 * files that nobody wanted changed.
 */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env['PENUMBRA_PICTURES'] !== '1') return;
  await settle(page);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({
    path: join(REPOSITORY_ROOT, 'docs/images', `${name}.png`),
    animations: 'disabled',
  });
}
