// What every page has to be like, whatever it shows: usable with a screen reader and by keyboard, in light and in dark,
// on a phone, on a wide screen and enlarged.
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** A phone, 200 % zoom of a window of 1280, a wide screen. */
const WIDTHS = [400, 640, 1600];

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Where PENUMBRA_LOOKS names a folder, all that is looked at is kept there as pictures, for people to look at too. */
const LOOKS = process.env['PENUMBRA_LOOKS'];

/** Expects no axe violation in light and in dark, and nothing wider than the window at any width. */
export async function expectGoodPage(page: Page): Promise<void> {
  const viewport = page.viewportSize();
  const problems: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await settle(page);
    problems.push(...(await violations(page)).map((problem) => `${colorScheme}: ${problem}`));
    await keepLook(page, colorScheme);
  }
  await page.emulateMedia({ colorScheme: null });
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wider > 0) problems.push(`at ${width} px the page is ${wider} px wider than the window`);
  }
  if (viewport) await page.setViewportSize(viewport);
  expect(problems, await page.title()).toEqual([]);
}

let looks = 0;

async function keepLook(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  if (LOOKS === undefined || LOOKS === '') return;
  await mkdir(LOOKS, { recursive: true });
  const before = page.viewportSize();
  for (const width of [400, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    looks += 1;
    const name = (await page.title()).replace(/[^\w]+/g, '-');
    const number = String(looks).padStart(3, '0');
    await page.screenshot({
      path: join(LOOKS, `${number}-${name}-${width}-${colorScheme}.png`),
      fullPage: true,
    });
  }
  if (before) await page.setViewportSize(before);
}

/** Waits until no transition runs, since half a transition has the contrast of neither end. Spinners may go on. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const rootsIn = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => [
      root,
      ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? rootsIn(shadowRoot) : [])),
    ];
    const running = rootsIn(document)
      .flatMap((root) => root.getAnimations())
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(running.map((animation) => animation.finished));
  });
}

async function violations(page: Page): Promise<string[]> {
  // Through the debugger, since the policy lets no foreign script in.
  await page.evaluate(await axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (root: Document) => Promise<axe.AxeResults> } };
    const results = await axe.run(document);
    return results.violations.map(
      ({ id, help, nodes }) => `${id} (${help}): ${nodes.map(({ html }) => html).join(' ')}`,
    );
  });
}

/** Waits until the focus is on the element with that id (that name, where it has none), through all shadow roots. */
export async function expectFocus(page: Page, element: string): Promise<void> {
  await expect.poll(() => focusedElement(page), { timeout: 10_000 }).toBe(element);
}

function focusedElement(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element === null ? '' : element.id || element.localName;
  });
}
