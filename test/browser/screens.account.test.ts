import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import * as accounts from './screens.account.views.ts';
import { focused } from './screens.browser.ts';
import { setUpScreens, type Script } from './screens.play.ts';
import { CSRF_TOKEN, refusal, view, type Answer } from './screens.server.ts';
import * as views from './screens.views.ts';

const screens = setUpScreens();
const LOAD = 'GET /api/account';

function open(path: string, script: Script): Promise<Page> {
  return screens.open(script, {}, path);
}

function bodies(route: string): readonly unknown[] {
  return screens.server.calls.filter((call) => call.route === route).map((call) => call.body);
}

describe('the account', () => {
  const START = 'POST /api/account/enrollments';

  test.each([
    ['as it mostly is', accounts.account],
    ['with all that can be the matter', accounts.troubled],
    ['of somebody who has just begun', accounts.bare],
  ])('%s: no axe violation, fits from 320 px to 1600', async (_, account) => {
    const page = await open('/account', { [LOAD]: view(account) });
    await page.getByRole('heading', { name: 'Recent activity' }).waitFor();
    await screens.browser.expectAccessible(page);
    for (const width of [320, 400, 640, 1600]) {
      await page.setViewportSize({ width, height: 800 });
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wider, `${width} px`).toBeLessThanOrEqual(0);
    }
  });

  test('is in Danish where the page is', async () => {
    screens.server.play({ [LOAD]: view(accounts.troubled) });
    screens.server.lang = 'da';
    const page = await screens.browser.open(`${screens.server.origin}/account`);
    await page.getByRole('heading', { name: 'Profil' }).waitFor();
    await page.getByText('2 koder tilbage').waitFor();
    await page.getByText('Danmark · 192.0.2.7').first().waitFor();
    await screens.browser.expectAccessible(page);
    await screens.browser.expectNarrow(page);
  });

  test('leads to its sections, beside them on a wide screen', async () => {
    const page = await open('/account', { [LOAD]: view(accounts.account) });
    const list = page.getByRole('navigation', { name: 'On this page' });
    await list.getByRole('link', { name: 'Sessions' }).press('Enter');
    await expect.poll(() => focused(page)).toBe('sessions');
    expect(page.url()).toBe(`${screens.server.origin}/account`);
    await page.setViewportSize({ width: 400, height: 800 });
    await list.waitFor({ state: 'hidden' });
  });

  test('S42 leads to a fresh sign-in before a change, back is possible, and what was wanted is open after it', async () => {
    const page = await open('/account', {
      [LOAD]: view(accounts.account),
      [START]: refusal(401, 'fresh_authentication_required', { continue: '/again' }),
    });
    const add = page.getByRole('button', { name: 'Add a method' });
    await add.click();
    await page.getByRole('button', { name: 'Authenticator app' }).click();
    await page.getByRole('heading', { name: 'Sign in again first' }).waitFor();
    await expect.poll(() => page.title()).toBe('Sign in again first · Penumbra');
    await screens.browser.expectAccessible(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await add.click();
    await page.getByRole('button', { name: 'Authenticator app' }).click();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.waitForURL('**/again');
    await page.goto(`${screens.server.origin}/account`);
    await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.reload();
    await add.waitFor();
  });

  test('stays as it is when a set-up is given up before the service has begun it', async () => {
    const begun = Promise.withResolvers<Answer>();
    const page = await open('/account', {
      [LOAD]: view(accounts.account),
      [START]: [{ hold: begun.promise }, refusal(503, 'unavailable')],
    });
    const add = page.getByRole('button', { name: 'Add a method' });
    await add.click();
    await page.getByRole('button', { name: /^Authenticator app/ }).click();
    await page.getByText('One moment').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await add.waitFor();
    const answered = page.waitForResponse('**/api/account/enrollments');
    begun.resolve(view(views.pending));
    await (await answered).finished();
    // Once the next thing is begun, the answer has been seen to.
    await add.click();
    await page.getByRole('button', { name: /^Authenticator app/ }).click();
    await page.getByRole('alert').filter({ hasText: 'out of order' }).waitFor();
    expect(await page.getByRole('img', { name: /QR code/ }).count()).toBe(0);
  });

  test('keeps nothing that was typed for after the fresh sign-in', async () => {
    const page = await open('/account', {
      [LOAD]: view(accounts.account),
      'POST /api/account/password': refusal(401, 'fresh_authentication_required', { continue: '/again' }),
    });
    await page.getByRole('button', { name: 'Change Password' }).click();
    await page.getByLabel('Current password').fill('the old secret');
    await page.getByLabel('New password').fill('the new secret');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sign in again first' }).waitFor();
    const kept = await page.evaluate(() => [
      ...Object.entries(sessionStorage),
      ...Object.entries(localStorage),
    ]);
    expect(kept).toEqual([['penumbra-account-task', '{"kind":"password"}']]);
    await page.reload();
    await page.getByRole('dialog', { name: 'Change password' }).waitFor();
    expect(await page.getByLabel('Current password').inputValue()).toBe('');
  });

  test('says when it can’t be loaded, and tries again', async () => {
    const page = await open('/account', { [LOAD]: [refusal(503, 'unavailable'), view(accounts.account)] });
    await page.getByRole('alert').filter({ hasText: 'out of order' }).waitFor();
    await screens.browser.expectAccessible(page);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Profile', exact: true }).waitFor();
  });

  test('goes to the sign-in when signed out, and signs out', async () => {
    const page = await open('/account', {
      [LOAD]: [view(accounts.account), refusal(401, 'login_required', { continue: '/anew' })],
      'POST /api/account/sign-out': view({ continue: '/signed-out' }),
    });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/signed-out');
    await page.goto(`${screens.server.origin}/account`);
    await page.waitForURL('**/anew');
  });

  test('never leaves for another origin, whatever the answer says', async () => {
    const page = await open('/account', {
      [LOAD]: view(accounts.account),
      'POST /api/account/sign-out': view({ continue: 'https://elsewhere.example/' }),
    });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect.poll(() => screens.browser.takeComplaints().join()).toContain('another origin');
    expect(page.url()).toBe(`${screens.server.origin}/account`);
  });
});

describe('the set-up page', () => {
  const INSPECT = 'POST /api/setup/inspect';
  const SAVE = 'POST /api/setup';

  test('takes the token out of the address, saves a password, and goes on', async () => {
    const page = await open('/setup#the-token', {
      [INSPECT]: view(views.setup),
      [SAVE]: [
        refusal(422, 'password_refused', { errors: [{ field: 'password', message: 'It is a common one.' }] }),
        view({ continue: '/account' }),
      ],
      [LOAD]: view(accounts.account),
    });
    const password = page.getByLabel('Password');
    await password.waitFor();
    expect(page.url()).toBe(`${screens.server.origin}/setup`);
    expect(await password.getAttribute('autocomplete')).toBe('new-password');
    await screens.browser.expectAccessible(page);
    // Seven code points, though fourteen UTF-16 units.
    await password.fill('🌘🌘🌘🌘🌘🌘🌘');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Use at least 8 characters.' }).waitFor();
    expect(bodies(SAVE)).toEqual([]);
    await password.fill('password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByRole('listitem').filter({ hasText: 'It is a common one.' }).waitFor();
    await password.fill('tangerine lantern orbit 47');
    await page.getByRole('button', { name: 'Save password' }).click();
    await page.waitForURL('**/account');
    expect(bodies(INSPECT)).toEqual([{ token: 'the-token' }]);
    expect(bodies(SAVE).at(-1)).toEqual({ token: 'the-token', password: 'tangerine lantern orbit 47' });
  });

  test.each([
    ['without a token', '/setup', 0],
    ['with one that was used', '/setup#used', 1],
  ])('%s it says where a new link comes from', async (_, path, calls) => {
    const page = await open(path, { [INSPECT]: refusal(410, 'setup_link_gone') });
    await page.getByRole('heading', { name: 'This link can’t be used' }).waitFor();
    await screens.browser.expectAccessible(page);
    expect(screens.server.calls.length).toBe(calls);
  });
});

describe('pages without elements', () => {
  test('a message is escaped, accessible, and its steps that change something are posts', async () => {
    const page = await open('/sign-out', {});
    await page.getByText('The path was <sign-out>.').waitFor();
    expect(await page.getByRole('link', { name: 'Back to the site' }).getAttribute('href')).toBe(
      '/site?a=1&b="2"',
    );
    await screens.browser.expectAccessible(page);
    await screens.browser.expectNarrow(page);
    const posted = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(new URLSearchParams((await posted).postData() ?? '').get('csrf')).toBe(CSRF_TOKEN);
  });

  test('OAuth form_post: the response is posted by itself, byte for byte', async () => {
    screens.server.play({});
    const page = await screens.browser.open('about:blank');
    const posted = page.waitForRequest((each) => each.method() === 'POST');
    await page.goto(`${screens.server.origin}/form-post`);
    const request = await posted;
    expect(new URL(request.url()).pathname).toBe('/arrived');
    expect(Object.fromEntries(new URLSearchParams(request.postData() ?? ''))).toEqual({
      state: `"><script>'&`,
      code: 'abc',
    });
  });
});
