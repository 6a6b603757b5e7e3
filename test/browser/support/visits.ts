// Visits that begin where a test begins: the world of a file, somebody whose password was right, somebody signed in.
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Browser } from '../../support/browser.ts';
import { AccountPage } from './account-page.ts';
import { startBrowserWorld, type BrowserWorld } from './browser-world.ts';
import { type Person, SignInPage } from './sign-in-page.ts';
import { createTestSite, type TestSite } from './test-site.ts';
import type { Visitor, VisitorOptions } from './visitor.ts';

/** Starts a world without a CMS site for the tests of a file, and ends it after them. */
export function provideBrowserWorld(): () => BrowserWorld {
  let world: BrowserWorld;
  beforeAll(async () => {
    world = await startBrowserWorld({ site: false });
  });
  afterAll(() => world.stop());
  afterEach(() => world.endVisits());
  return () => world;
}

export interface Visit {
  readonly visitor: Visitor;
  readonly page: Visitor['page'];
  readonly signIn: SignInPage;
}

/** Begins a sign-in to a site and gives the password: the next screen is the service's to choose. */
export async function enterPassword(
  world: BrowserWorld,
  person: Person,
  options?: VisitorOptions,
): Promise<Visit & { readonly site: TestSite }> {
  const visitor = await world.visitor(options);
  const { page } = visitor;
  const signIn = new SignInPage(world, page);
  const site = await createTestSite(world, page);
  await page.goto(site.url);
  await signIn.giveFirstFactor(person);
  return { visitor, page, signIn, site };
}

/** Opens the account of whoever is signed in with those requests. */
export async function openAccount(
  world: BrowserWorld,
  browser: Browser,
  options?: VisitorOptions,
): Promise<Visit & { readonly account: AccountPage }> {
  const visitor = await world.visitor({ ...options, as: browser });
  const { page } = visitor;
  const signIn = new SignInPage(world, page);
  await page.goto(`${world.issuer}/account`);
  await signIn.reach('Profile');
  return { visitor, page, signIn, account: new AccountPage(page) };
}

/** Lets time pass, for the service and on the pages of a timed visitor. */
export async function letPass(world: BrowserWorld, visitor: Visitor, seconds: number): Promise<void> {
  await world.advance(seconds);
  await visitor.wait(seconds);
}
