// What the tests of the whole path stand on: the local world with its CMS site and a clock that can be moved, and one
// Chromium for all visits. It must not know what is on a page.
import { chromium } from 'playwright-core';
import { startFlowWorld, type FlowWorld } from '../../flow/flow-world.ts';
import { CHROMIUM_ARGUMENTS, provideChromium } from '../../world/chromium.ts';
import { Visitor, type VisitorOptions } from './visitor.ts';

export interface BrowserWorld extends FlowWorld {
  /** Where the backoffice of the CMS site begins. */
  readonly backoffice: string;
  /** A browser profile of its own, with one tab open. */
  visitor(options?: VisitorOptions): Promise<Visitor>;
  /**
   * Closes the profiles that a test opened.
   * @throws when a page complained on its console, or was refused something that the test did not ask about.
   */
  endVisits(): Promise<void>;
}

export async function startBrowserWorld({ site = true } = {}): Promise<BrowserWorld> {
  const [world, program] = await Promise.all([
    startFlowWorld('workerd', { site, seed: site }),
    provideChromium(),
  ]);
  const browser = await chromium.launch({
    executablePath: program.path,
    env: { ...process.env, ...program.env },
    args: [...CHROMIUM_ARGUMENTS],
  });
  const visitors: Visitor[] = [];
  return {
    ...world,
    backoffice: `${world.site?.origin ?? ''}/umbraco`,
    visitor: async (options) => {
      const visitor = await Visitor.arrive(browser, world.issuer, options);
      visitors.push(visitor);
      return visitor;
    },
    endVisits: async () => {
      const complaints = await Promise.all(visitors.splice(0).map((visitor) => visitor.leave()));
      const all = complaints.flat();
      if (all.length > 0) throw new Error(`What no page may do:\n${all.join('\n')}`);
    },
    stop: async () => {
      await browser.close();
      await world.stop();
    },
  };
}
