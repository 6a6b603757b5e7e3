// A real Chromium for the tests of the screens: opens pages, and watches for what must never happen on any of them.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { CHROMIUM_ARGUMENTS, provideChromium } from '../world/chromium.ts';

export class ScreensBrowser {
  readonly #browser: Browser;
  readonly #axe: string;
  readonly #complaints: string[] = [];
  #context: BrowserContext | undefined;

  private constructor(browser: Browser, axeSource: string) {
    this.#browser = browser;
    this.#axe = axeSource;
  }

  static async start(): Promise<ScreensBrowser> {
    const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const { path, env } = await provideChromium();
    const browser = await chromium.launch({
      executablePath: path,
      env: { ...process.env, ...env },
      args: [...CHROMIUM_ARGUMENTS],
    });
    return new ScreensBrowser(browser, axeSource);
  }

  /** Opens a page in a context of its own, which ends with `endTest`. */
  async open(
    url: string,
    options: {
      readonly width?: number;
      readonly dark?: boolean;
      readonly at?: number;
      /** Whoever uses it has not asked for less motion. */
      readonly motion?: boolean;
    } = {},
  ): Promise<Page> {
    this.#context ??= await this.#browser.newContext({
      viewport: { width: options.width ?? 1280, height: 900 },
      colorScheme: options.dark ? 'dark' : 'light',
      reducedMotion: options.motion ? 'no-preference' : 'reduce',
      locale: 'en-GB',
    });
    const page = await this.#context.newPage();
    // What the policy refuses is told on the console; so are the warnings of Lit and of UUI.
    page.on('console', (message) => {
      const text = message.text();
      const ours = message.type() === 'error' || message.type() === 'warning';
      if (ours && !text.startsWith('Failed to load resource')) this.#complaints.push(text);
    });
    page.on('pageerror', (error) => this.#complaints.push(error.message));
    if (options.at !== undefined) await page.clock.install({ time: options.at * 1000 });
    await page.goto(url);
    return page;
  }

  /** Runs axe on the page in light and in dark and expects no violation. */
  async expectAccessible(page: Page): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(nextFrames);
      // Through the debugger, since the policy lets no foreign script in.
      await page.evaluate(this.#axe);
      const violations = await page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: { run: (root: Document, options: axe.RunOptions) => Promise<axe.AxeResults> };
        };
        const results = await axe.run(document, { resultTypes: ['violations'] });
        return results.violations.map(
          (each) =>
            `${each.id}: ${each.nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`).join('\n')}`,
        );
      });
      expect(violations, colorScheme).toEqual([]);
    }
  }

  /** Expects that nothing is wider than the window, at a width that 400 % zoom gives a window of 1280. */
  async expectNarrow(page: Page): Promise<void> {
    await page.setViewportSize({ width: 320, height: 640 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  }

  /** Gives what the console complained of so far, and forgets it. */
  takeComplaints(): readonly string[] {
    return this.#complaints.splice(0);
  }

  /** Closes the test's pages and expects that no console complained, be it of the policy, of Lit or of UUI. */
  async endTest(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
    expect(this.takeComplaints()).toEqual([]);
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/** Waits until what changed is on the screen: colours are computed with the next frame. */
function nextFrames(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        resolve();
      });
    });
  });
}

/** Which element has the focus: its id, else its name, through all shadow roots. */
export async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.id ?? '';
  });
}
