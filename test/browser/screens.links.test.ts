import { describe, expect, test } from 'vitest';
import { API, LOAD, setUpScreens } from './screens.play.ts';
import { refusal, view } from './screens.server.ts';
import * as views from './screens.views.ts';

const screens = setUpScreens();
const { open, posts } = screens;

function bodies(route: string): readonly unknown[] {
  return screens.server.calls.filter((call) => call.route === route).map((call) => call.body);
}

test('S07 a mail for a new password is asked for where the password is, and nothing is told of the account', async () => {
  const page = await open({
    [LOAD]: view(views.firstFactor),
    [`POST ${API}/forgot-password`]: view({ ...views.firstFactor, resetRequested: true }),
  });
  await page.getByRole('button', { name: 'Forgot your password?' }).click();
  const told = page.getByRole('status').filter({ hasText: 'If there is an account for editor@example.com' });
  await told.waitFor();
  expect(await told.innerText()).toContain('Your second factor will still be asked for.');
  expect(posts()).toEqual([{ step: 'forgot-password', body: {} }]);
});

describe('S07 the page for a new password', () => {
  const INSPECT = 'POST /api/reset/inspect';
  const SAVE = 'POST /api/reset';

  test('says that it signs nobody in, takes the token out of the address, saves the password and goes on', async () => {
    const page = await open(
      {
        [INSPECT]: view(views.setup),
        [SAVE]: [refusal(422, 'password_refused', { errors: [] }), view({ continue: '/sign-in' })],
      },
      undefined,
      '/reset#the-token',
    );
    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    await page.getByText('your second factor is still asked for').waitFor();
    await expect.poll(() => page.title()).toBe('Choose a new password · Penumbra');
    expect(page.url()).toBe(`${screens.server.origin}/reset`);
    await screens.browser.expectAccessible(page);
    await screens.browser.expectNarrow(page);
    const password = page.getByLabel('Password');
    await password.fill('password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'This password can’t be used.' }).waitFor();
    await password.fill('tangerine lantern orbit 47');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sign-in');
    expect(bodies(INSPECT)).toEqual([{ token: 'the-token' }]);
    expect(bodies(SAVE).at(-1)).toEqual({ token: 'the-token', password: 'tangerine lantern orbit 47' });
  });

  test.each([
    ['without a token', '/reset', 0],
    ['with one that was used', '/reset#used', 1],
  ])('%s it says where a new link comes from', async (_, path, calls) => {
    const page = await open({ [INSPECT]: refusal(410, 'setup_link_gone') }, undefined, path);
    await page.getByRole('heading', { name: 'This link can’t be used' }).waitFor();
    await page.getByText('choose “Forgot your password?” again').waitFor();
    await screens.browser.expectAccessible(page);
    expect(screens.server.calls.length).toBe(calls);
  });
});

describe('“this was not me”', () => {
  const REPORT = 'POST /api/not-me';

  test('ends the sign-in by a press, never by the page being opened, and says what to do', async () => {
    const page = await open(
      { [REPORT]: [refusal(503, 'unavailable'), view({})] },
      undefined,
      '/not-me#the-token',
    );
    await page.getByRole('heading', { name: 'Was this not you?' }).waitFor();
    await expect.poll(() => page.title()).toBe('Was this not you? · Penumbra');
    expect(page.url()).toBe(`${screens.server.origin}/not-me`);
    await screens.browser.expectAccessible(page);
    await screens.browser.expectNarrow(page);
    expect(screens.server.calls).toEqual([]);
    const button = page.getByRole('button', { name: 'This was not me' });
    await button.click();
    await page.getByRole('alert').filter({ hasText: 'out of order for a moment' }).waitFor();
    await button.click();
    await page.getByRole('heading', { name: 'It was ended' }).waitFor();
    await screens.browser.expectAccessible(page);
    expect(await page.getByRole('link', { name: 'Change your password' }).getAttribute('href')).toBe(
      '/account',
    );
    expect(bodies(REPORT)).toEqual([{ token: 'the-token' }, { token: 'the-token' }]);
  });

  test.each([
    ['without its token', '/not-me', 0],
    ['whose token is spent', '/not-me#spent', 1],
  ])('a link %s still says what to do', async (_, path, calls) => {
    const page = await open({ [REPORT]: refusal(410, 'setup_link_gone') }, undefined, path);
    if (calls > 0) await page.getByRole('button', { name: 'This was not me' }).click();
    await page.getByRole('heading', { name: 'There is nothing to end' }).waitFor();
    await page.getByRole('link', { name: 'Change your password' }).waitFor();
    expect(screens.server.calls.length).toBe(calls);
  });
});

describe('S46 the page that stops a reset', () => {
  const STOP = 'POST /api/stop';

  test('stops it by a press, never by the page being opened, and says what it means', async () => {
    const page = await open(
      { [STOP]: [refusal(503, 'unavailable'), view({})] },
      undefined,
      '/stop#the-token',
    );
    await page.getByRole('heading', { name: 'Stop the reset?' }).waitFor();
    await expect.poll(() => page.title()).toBe('Stop the reset? · Penumbra');
    expect(page.url()).toBe(`${screens.server.origin}/stop`);
    await screens.browser.expectAccessible(page);
    await screens.browser.expectNarrow(page);
    expect(screens.server.calls).toEqual([]);
    const button = page.getByRole('button', { name: 'Stop the reset' });
    await button.click();
    await page.getByRole('alert').filter({ hasText: 'out of order for a moment' }).waitFor();
    await button.click();
    await page.getByRole('heading', { name: 'The reset was stopped' }).waitFor();
    await page.getByText('Talk to an administrator whom you know').waitFor();
    await screens.browser.expectAccessible(page);
    expect(bodies(STOP)).toEqual([{ token: 'the-token' }, { token: 'the-token' }]);
  });

  test.each([
    ['without its token', '/stop', 0],
    ['whose reset is over', '/stop#over', 1],
  ])('a link %s says so', async (_, path, calls) => {
    const page = await open({ [STOP]: refusal(410, 'setup_link_gone') }, undefined, path);
    if (calls > 0) await page.getByRole('button', { name: 'Stop the reset' }).click();
    await page.getByRole('heading', { name: 'There is nothing to stop' }).waitFor();
    expect(await page.getByRole('link', { name: 'Go to your account' }).getAttribute('href')).toBe(
      '/account',
    );
    await screens.browser.expectAccessible(page);
    expect(screens.server.calls.length).toBe(calls);
  });
});

test('pages are in the language that they were asked for in', async () => {
  screens.server.play({});
  screens.server.lang = 'da';
  const page = await screens.browser.open(`${screens.server.origin}/not-me#the-token`);
  await page.getByRole('button', { name: 'Det var ikke mig' }).waitFor();
  await expect.poll(() => page.title()).toBe('Var det ikke dig? · Penumbra');
});
