import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { AccountView } from '../../worker/interaction/wire.ts';
import * as accounts from './screens.account.views.ts';
import { app, otherApp } from './screens.account.views.ts';
import { focused } from './screens.browser.ts';
import { setUpScreens, type Script } from './screens.play.ts';
import { refusal, view } from './screens.server.ts';
import * as views from './screens.views.ts';

const screens = setUpScreens();
const LOAD = 'GET /api/account';
const START = 'POST /api/account/enrollments';
const CONFIRM = 'POST /api/account/enrollments/confirm';

function open(script: Script): Promise<Page> {
  return screens.open(script, {}, '/account');
}

function bodies(route: string): readonly unknown[] {
  return screens.server.calls.filter((call) => call.route === route).map((call) => call.body);
}

function having(...enrollments: AccountView['enrollments']): AccountView {
  return { ...accounts.account, enrollments };
}

function button(page: Page | Locator, name: string | RegExp): Locator {
  return page.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) });
}

async function news(page: Page, words: string): Promise<void> {
  await page.getByRole('status').filter({ hasText: words }).waitFor();
}

async function addApp(page: Page): Promise<void> {
  await button(page, 'Add a method').click();
  await button(page, /^Authenticator app/).click();
  await page.getByLabel('Code', { exact: true }).fill('123456');
  await page.keyboard.press('Enter');
}

test('S44 whoever has added one is offered to sign out everywhere else', async () => {
  const END = 'POST /api/account/sessions/end-others';
  const added = having(app, otherApp);
  const page = await open({
    [LOAD]: view(having(app)),
    [START]: view(views.pending),
    [CONFIRM]: view(added),
    [END]: [refusal(503, 'unavailable'), view({ ...added, sessions: [accounts.thisSession] })],
  });
  await addApp(page);
  await news(page, 'Authenticator app 2 was added. Your other sessions stay signed in.');
  await screens.browser.expectAccessible(page);
  await screens.browser.expectNarrow(page);
  await expect.poll(() => focused(page)).toBe('mfa');
  const offer = button(page, 'Sign out everywhere else');
  expect(bodies(END)).toEqual([]);
  await offer.click();
  await page.getByRole('alert').filter({ hasText: 'out of order' }).waitFor();
  await offer.click();
  await news(page, 'All other sessions were ended.');
  await expect.poll(() => focused(page)).toBe('sessions');
  expect(await offer.count()).toBe(0);
  expect(bodies(END)).toEqual([{}, {}]);
});

test('S44 so is whoever has added the first one, once the recovery codes are saved', async () => {
  const bare: AccountView = { ...accounts.bare, sessions: accounts.account.sessions };
  const withApp: AccountView = { ...bare, enrollments: [app] };
  const page = await open({
    [LOAD]: view(bare),
    [START]: view(views.pending),
    [CONFIRM]: view(withApp),
    'POST /api/account/recovery-codes': view({
      codes: ['ABCDEFGHJKLMNPQRSTUVWXYZ'],
      account: { ...withApp, recoveryCodes: { left: 10, madeAt: views.NOW } },
    }),
  });
  await addApp(page);
  await page.getByLabel('I have saved these').check();
  await button(page, 'Continue').click();
  await news(page, 'Your other sessions stay signed in.');
  await button(page, 'Sign out everywhere else').waitFor();
  // A new set alone changes nothing for them.
  await button(page, 'Make a new set').click();
  await button(page.getByRole('dialog'), 'Make a new set').click();
  await page.getByLabel('I have saved these').check();
  await button(page, 'Continue').click();
  await news(page, 'Your recovery codes were made.');
  expect(await button(page, 'Sign out everywhere else').count()).toBe(0);
});

test('S44 nothing is offered to whoever is signed in nowhere else', async () => {
  const alone: AccountView = { ...having(app), sessions: [accounts.thisSession] };
  const page = await open({
    [LOAD]: view(alone),
    [START]: view(views.pending),
    [CONFIRM]: view({ ...alone, enrollments: [app, otherApp] }),
  });
  await addApp(page);
  await news(page, 'Authenticator app 2 was added.');
  expect(await button(page, 'Sign out everywhere else').count()).toBe(0);
  expect(await page.getByText('Your other sessions stay signed in.').count()).toBe(0);
});
