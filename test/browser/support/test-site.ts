// A site that is nothing but its callback: for sign-ins where it does not matter what the site does afterwards. The
// browser itself answers for it, so that no server is needed.
import type { Page, Request } from 'playwright-core';
import { authorizeAttempt } from '../../flow/person.ts';
import { FIRST_SITE } from '../../flow/flow-world.ts';
import type { BrowserWorld } from './browser-world.ts';

export interface TestSite {
  /** Where a sign-in begins. */
  readonly url: string;
  /** Waits until the browser is back, and gives what the service said, once `state` is found to be the right one. */
  answer(): Promise<URLSearchParams>;
}

/** Makes a site for a tab; the service posts its answer there (`form_post`). */
export async function createTestSite(world: BrowserWorld, page: Page): Promise<TestSite> {
  const attempt = authorizeAttempt(world.issuer, FIRST_SITE, { response_mode: 'form_post' });
  const arrived = Promise.withResolvers<Request>();
  await page.route(FIRST_SITE.callback, async (route) => {
    arrived.resolve(route.request());
    await route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><title>Site</title><h1>Back</h1>',
    });
  });
  return {
    url: attempt.url,
    answer: async () => {
      const answer = new URLSearchParams((await arrived.promise).postData() ?? '');
      if (answer.get('state') !== attempt.state) throw new Error('The answer belongs to another sign-in.');
      await page.getByRole('heading', { name: 'Back' }).waitFor();
      return answer;
    },
  };
}
