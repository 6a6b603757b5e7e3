// What the tests of the administration share: an API that answers all its pages, and how its dialogs are used.

import type { Locator, Page } from 'playwright-core';
import * as pages from './screens.admin.pages.views.ts';
import * as admin from './screens.admin.views.ts';
import type { Screens, Script } from './screens.play.ts';
import { view } from './screens.server.ts';

export const API = '/api/organizations';
export const EXAMPLE = `${API}/example`;

/** Answers everything that a page asks for when it is opened. */
export const ANSWERS: Script = {
  [`GET ${API}`]: view({ organizations: [admin.organization, admin.otherOrganization] }),
  [`GET ${EXAMPLE}/overview`]: view(pages.overview),
  [`GET ${EXAMPLE}/members`]: view(admin.memberPage),
  [`GET ${EXAMPLE}/members/ada`]: view(admin.memberView),
  [`GET ${EXAMPLE}/members/troubled`]: view(admin.troubledView),
  [`GET ${EXAMPLE}/members/guest`]: view(admin.guestView),
  [`GET ${EXAMPLE}/invites`]: view({ invites: admin.invites }),
  [`GET ${EXAMPLE}/resets`]: view(admin.requests),
  [`GET ${EXAMPLE}/sites`]: view({ sites: pages.sites }),
  [`GET ${EXAMPLE}/policy`]: view(pages.policyView),
  [`GET ${EXAMPLE}/audit`]: view({ entries: pages.entries, next: 'cursor-2' }),
};

export interface Administration {
  /** Opens a page of the organisation: for example `members/ada`. */
  readonly open: (path: string, script?: Script) => Promise<Page>;
  /** What was posted so far, without what was only asked for. */
  readonly posts: () => readonly { readonly path: string; readonly body: unknown }[];
  /** With what a list was asked for so far. */
  readonly searches: (path: string) => readonly string[];
}

/** Uses a server and a browser for the administration of one organisation. */
export function administer(screens: Screens): Administration {
  return {
    open: (path, script = {}) => screens.open({ ...ANSWERS, ...script }, {}, `/admin#/example/${path}`),
    posts: () =>
      screens.server.calls
        .filter(({ route }) => route.startsWith(`POST ${EXAMPLE}/`))
        .map(({ route, body }) => ({ path: route.slice(`POST ${EXAMPLE}/`.length), body })),
    searches: (path) =>
      screens.server.calls
        .filter(({ route }) => route === `GET ${EXAMPLE}/${path}`)
        .map(({ search }) => search),
  };
}

export function button(within: Page | Locator, name: string): Locator {
  return within.getByRole('button', { name, exact: true });
}

/** Waits until it is said what was done. */
export async function news(page: Page, words: string): Promise<void> {
  await page.getByRole('status').filter({ hasText: words }).waitFor();
}

export async function problem(within: Page | Locator, words: string): Promise<void> {
  await within.getByRole('alert').filter({ hasText: words }).waitFor();
}
