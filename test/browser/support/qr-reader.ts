import jsQR from 'jsqr';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';

/** Reads the QR code that can be seen on the page, from a picture of it, as a phone does. @throws when there is none. */
export async function readQrCode(page: Page): Promise<string> {
  const picture = PNG.sync.read(await page.screenshot());
  const found = jsQR(new Uint8ClampedArray(picture.data), picture.width, picture.height, {
    inversionAttempts: 'dontInvert',
  });
  if (found === null) throw new Error('There is no readable QR code on the page.');
  return found.data;
}
