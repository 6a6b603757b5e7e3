// What the tests of the sign-in's screens share: a server and a browser of their own, one scripted sign-in.

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { ScreensBrowser } from './screens.browser.ts';
import { ScreensServer, type Answer } from './screens.server.ts';

export const API = '/api/interactions/one';
export const LOAD = `GET ${API}`;

export type Script = Readonly<Record<string, Answer | Answer[]>>;

export interface Screens {
  readonly server: ScreensServer;
  readonly browser: ScreensBrowser;
  /** Opens the sign-in, or another path of the login host, with the answers that the API is to give. */
  readonly open: (
    script: Script,
    options?: Parameters<ScreensBrowser['open']>[1],
    path?: string,
  ) => Promise<Page>;
  /** What was posted to the sign-in so far. */
  readonly posts: () => readonly { readonly step: string; readonly body: unknown }[];
  /** How often a route was called so far. */
  readonly count: (route: string) => number;
}

/** Starts a server and a browser for the tests of a file and ends them after it. */
export function setUpScreens(): Screens {
  let server: ScreensServer;
  let browser: ScreensBrowser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([ScreensServer.start(), ScreensBrowser.start()]);
  });
  afterAll(async () => {
    await Promise.all([server.close(), browser.close()]);
  });
  afterEach(() => browser.endTest());
  return {
    get server() {
      return server;
    },
    get browser() {
      return browser;
    },
    open(script, options, path = '/interaction/one') {
      server.play(script);
      return browser.open(server.origin + path, options);
    },
    posts: () =>
      server.calls
        .filter((call) => call.route.startsWith(`POST ${API}/`))
        .map((call) => ({ step: call.route.slice(`POST ${API}/`.length), body: call.body })),
    count: (route) => server.calls.filter((call) => call.route === route).length,
  };
}
