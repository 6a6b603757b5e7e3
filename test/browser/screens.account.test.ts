import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { focused, ScreensBrowser } from './screens.browser.ts';
import { CSRF_TOKEN, refusal, ScreensServer, view, type Answer } from './screens.server.ts';
import * as views from './screens.views.ts';

let server: ScreensServer;
let browser: ScreensBrowser;

beforeAll(async () => {
  [server, browser] = await Promise.all([ScreensServer.start(), ScreensBrowser.start()]);
});
afterAll(async () => {
  await Promise.all([server.close(), browser.close()]);
});
afterEach(() => browser.endTest());

async function open(path: string, script: Readonly<Record<string, Answer | Answer[]>>): Promise<Page> {
  server.play(script);
  return browser.open(server.origin + path);
}

function bodies(route: string): readonly unknown[] {
  return server.calls.filter((call) => call.route === route).map((call) => call.body);
}

describe('the account', () => {
  const LOAD = 'GET /api/account';
  const START = 'POST /api/account/enrollments';
  const CONFIRM = 'POST /api/account/enrollments/confirm';
  const DISABLE = 'POST /api/account/enrollments/app-2/disable';
  const [first, second] = views.account.enrollments;
  const alone = { ...views.account, enrollments: first ? [first] : [] };

  test('shows who one is, the apps and the session; no axe violation, fits 320 px', async () => {
    const page = await open('/account', { [LOAD]: view(views.account) });
    await page.getByText('editor@example.com').waitFor();
    await page.getByText('Example Ltd').waitFor();
    await page.getByText('Two factors: your password and a code from your authenticator app').waitFor();
    const apps = await page.getByRole('list').getByRole('listitem').allInnerTexts();
    expect(apps).toEqual([
      expect.stringMatching(/^Authenticator app\s+Added .* · Last used /),
      expect.stringMatching(/^1Password\s+Added .* · Not used yet/),
    ]);
    await browser.expectAccessible(page);
    await browser.expectNarrow(page);
  });

  test('adds an app under a name that is free, and says so', async () => {
    const page = await open('/account', {
      [LOAD]: view(alone),
      [START]: view(views.pending),
      [CONFIRM]: [refusal(401, 'wrong_code'), view(views.account)],
    });
    await page.getByRole('button', { name: 'Add an authenticator app' }).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    await expect.poll(() => page.title()).toBe('Set up an authenticator app · Penumbra');
    await browser.expectAccessible(page);
    const code = page.getByLabel('Code', { exact: true });
    await code.fill('123456');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'This code is wrong.' }).waitFor();
    await code.fill('654321');
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByRole('status').filter({ hasText: 'Authenticator app 2 was added.' }).waitFor();
    await expect.poll(() => focused(page)).toBe('mfa');
    expect(bodies(START)).toEqual([{ kind: 'totp' }]);
    expect(bodies(CONFIRM).at(-1)).toEqual({
      enrollmentId: 'pending-1',
      code: '654321',
      name: 'Authenticator app 2',
    });
  });

  test('S42 disables an app with a code of that app, after saying what that means', async () => {
    const page = await open('/account', {
      [LOAD]: view(views.account),
      [DISABLE]: [refusal(401, 'wrong_code', { triesLeft: 1 }), view(alone)],
    });
    const disable = page.getByRole('button', { name: 'Disable 1Password' });
    await disable.click();
    const dialog = page.getByRole('dialog', { name: 'Disable 1Password?' });
    await dialog.getByText('no longer be accepted').waitFor();
    await browser.expectAccessible(page);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await disable.click();
    await expect.poll(() => focused(page)).toBe('code');
    await page.keyboard.type('111111');
    expect(bodies(DISABLE)).toEqual([]);
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').filter({ hasText: 'One more try' }).waitFor();
    await page.keyboard.type('222222');
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: '1Password was removed.' }).waitFor();
    expect(bodies(DISABLE)).toEqual([{ code: '111111' }, { code: '222222' }]);
    expect(second?.enrollmentId).toBe('app-2');
  });

  test('S45 says why the last app can’t be removed where a policy demands one', async () => {
    const page = await open('/account', { [LOAD]: view(alone) });
    await page.getByText('This one can’t be removed').waitFor();
    expect(await page.getByRole('button', { name: /^Disable/ }).count()).toBe(0);
  });

  test('lets the last app be removed where none is demanded', async () => {
    const free = { ...alone, mfa: { ...alone.mfa, required: false, reasons: [] } };
    const page = await open('/account', { [LOAD]: view(free) });
    await page.getByRole('button', { name: 'Disable Authenticator app' }).waitFor();
  });

  test('S42 leads to a fresh sign-in before a change, and back is possible', async () => {
    const page = await open('/account', {
      [LOAD]: view(views.account),
      [START]: refusal(401, 'fresh_authentication_required', { continue: '/again' }),
    });
    const add = page.getByRole('button', { name: 'Add an authenticator app' });
    await add.click();
    await page.getByRole('heading', { name: 'Sign in again first' }).waitFor();
    await browser.expectAccessible(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await add.click();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.waitForURL('**/again');
  });

  test('goes to the sign-in when signed out, and signs out', async () => {
    const page = await open('/account', {
      [LOAD]: [view(views.account), refusal(401, 'login_required', { continue: '/anew' })],
      'POST /api/account/sign-out': view({ continue: '/signed-out' }),
    });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/signed-out');
    await page.goto(`${server.origin}/account`);
    await page.waitForURL('**/anew');
  });

  test('never leaves for another origin, whatever the answer says', async () => {
    const page = await open('/account', {
      [LOAD]: view(views.account),
      'POST /api/account/sign-out': view({ continue: 'https://elsewhere.example/' }),
    });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect.poll(() => browser.takeComplaints().join()).toContain('another origin');
    expect(page.url()).toBe(`${server.origin}/account`);
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
      'GET /api/account': view(views.account),
    });
    const password = page.getByLabel('Password');
    await password.waitFor();
    expect(page.url()).toBe(`${server.origin}/setup`);
    expect(await password.getAttribute('autocomplete')).toBe('new-password');
    await browser.expectAccessible(page);
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
    await browser.expectAccessible(page);
    expect(server.calls.length).toBe(calls);
  });
});

describe('pages without elements', () => {
  test('a message is escaped, accessible, and its steps that change something are posts', async () => {
    const page = await open('/sign-out', {});
    await page.getByText('The path was <sign-out>.').waitFor();
    expect(await page.getByRole('link', { name: 'Back to the site' }).getAttribute('href')).toBe(
      '/site?a=1&b="2"',
    );
    await browser.expectAccessible(page);
    await browser.expectNarrow(page);
    const posted = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(new URLSearchParams((await posted).postData() ?? '').get('csrf')).toBe(CSRF_TOKEN);
  });

  test('OAuth form_post: the response is posted by itself, byte for byte', async () => {
    server.play({});
    const page = await browser.open('about:blank');
    const posted = page.waitForRequest((each) => each.method() === 'POST');
    await page.goto(`${server.origin}/form-post`);
    const request = await posted;
    expect(new URL(request.url()).pathname).toBe('/arrived');
    expect(Object.fromEntries(new URLSearchParams(request.postData() ?? ''))).toEqual({
      state: `"><script>'&`,
      code: 'abc',
    });
  });
});
