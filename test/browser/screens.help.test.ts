import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { AccountView } from '../../worker/interaction/wire.ts';
import * as accounts from './screens.account.views.ts';
import { focused } from './screens.browser.ts';
import { API, LOAD, setUpScreens } from './screens.play.ts';
import { refusal, view } from './screens.server.ts';
import * as views from './screens.views.ts';

const screens = setUpScreens();
const { open, posts } = screens;

const PASS = '7K3M-Q2XV-9ABC-DEFG';

describe('what is demanded soon', () => {
  test('says from when on, how many days that is, how often it can be put off, and what it takes', async () => {
    const page = await open({ [LOAD]: view(views.grace) }, { at: views.NOW });
    await page.getByText('Your organisation asks its members for a second factor.').waitFor();
    await page.getByText(/^From .* on, you can’t sign in without it\.$/).waitFor();
    await page.getByText('12 days are left. You can put it off 3 more times.').waitFor();
    await page.getByText('It takes an authenticator app or a phone.').waitFor();
    await screens.browser.expectNarrow(page);
  });

  test.each([
    [1, 86_460, 'One day is left. You can put it off once more.'],
    [0, 3600, 'Less than a day is left.'],
  ])('with %i snoozes and %i seconds left', async (snoozesLeft, seconds, words) => {
    const soon = { ...views.grace, snoozesLeft, until: views.NOW + seconds };
    const page = await open({ [LOAD]: view(soon) }, { at: views.NOW });
    await page.getByText(words).waitFor();
    expect(await page.getByRole('button', { name: 'Later' }).count()).toBe(snoozesLeft);
  });

  test('is put off, or set up at once', async () => {
    const later = await open({ [LOAD]: view(views.grace), [`POST ${API}/grace/snooze`]: view(views.done) });
    await later.getByRole('button', { name: 'Later' }).click();
    await later.waitForURL('**/arrived?at=site');
    expect(posts()).toEqual([{ step: 'grace/snooze', body: {} }]);
    const now = await open({
      [LOAD]: view(views.grace),
      [`POST ${API}/grace/set-up`]: view(views.confirmAddress),
    });
    await now.getByRole('button', { name: 'Set it up now' }).click();
    await now.getByRole('heading', { name: 'Check your mail' }).waitFor();
    expect(posts()).toEqual([{ step: 'grace/set-up', body: {} }]);
  });

  test('says where the last snooze was used in another sign-in', async () => {
    const page = await open({
      [LOAD]: view(views.grace),
      [`POST ${API}/grace/snooze`]: refusal(410, 'interaction_ended', { continue: '/account' }),
    });
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByRole('heading', { name: 'This sign-in is over' }).waitFor();
  });

  test('in Danish, too', async () => {
    screens.server.play({ [LOAD]: view(views.grace) });
    screens.server.lang = 'da';
    const page = await screens.browser.open(`${screens.server.origin}/interaction/one`, { at: views.NOW });
    await page.getByText('Der er 12 dage tilbage. Du kan udskyde det 3 gange til.').waitFor();
    await page.getByRole('button', { name: 'Senere' }).waitFor();
    await screens.browser.expectNarrow(page);
  });
});

describe('S48a an access pass', () => {
  async function type(page: Page, code: string): Promise<void> {
    await page.getByLabel('Access pass').fill(code);
    await page.keyboard.press('Enter');
  }

  test('is entered in the place of a second factor', async () => {
    const page = await open({
      [LOAD]: view(views.choice),
      [`POST ${API}/pass`]: [
        refusal(401, 'wrong_code', { triesLeft: 9 }),
        view({ ...views.kinds, because: 'pass' }),
      ],
    });
    await page.getByRole('button', { name: 'Try another way' }).click();
    await page.getByRole('button', { name: /^Use an access pass/ }).click();
    await page.getByRole('heading', { name: 'Use an access pass' }).waitFor();
    expect(await focused(page)).toBe('code');
    await screens.browser.expectAccessible(page);
    await screens.browser.expectNarrow(page);
    await type(page, '7K3M');
    await page.getByRole('alert').filter({ hasText: 'An access pass has 16 letters and digits.' }).waitFor();
    expect(posts()).toEqual([]);
    await type(page, ` ${PASS.toLowerCase().replaceAll('-', ' ')}`);
    await page.getByRole('alert').filter({ hasText: 'This code is wrong. 9 more tries' }).waitFor();
    // What the pass was answered says nothing about the other ways.
    await page.getByRole('button', { name: 'Back to the other ways' }).click();
    expect(await page.getByText('This code is wrong').count()).toBe(0);
    await page.getByRole('button', { name: /^Use an access pass/ }).click();
    await type(page, PASS);
    await page.getByText('Your access pass was accepted.').waitFor();
    const body = { code: PASS.replaceAll('-', '') };
    expect(posts()).toEqual([
      { step: 'pass', body },
      { step: 'pass', body },
    ]);
  });

  test('is entered in the place of the code from the mailbox, and back', async () => {
    const page = await open({
      [LOAD]: view(views.confirmAddress),
      [`POST ${API}/pass`]: [refusal(401, 'wrong_code', { triesLeft: 1 })],
    });
    await page.getByRole('button', { name: 'Use an access pass' }).click();
    await page.getByRole('heading', { name: 'Use an access pass' }).waitFor();
    expect(await focused(page)).toBe('code');
    await screens.browser.expectAccessible(page);
    await type(page, PASS);
    await page.getByRole('alert').filter({ hasText: 'This code is wrong. One more try' }).waitFor();
    await page.getByRole('button', { name: 'Use the code from the mail' }).click();
    await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
    expect(await page.getByText('This code is wrong').count()).toBe(0);
    expect(await focused(page)).toBe('code');
  });

  test('is followed by a sign-in with what was set up', async () => {
    const page = await open({ [LOAD]: view(views.repeated) });
    await page.getByRole('status').filter({ hasText: 'Sign in once more' }).waitFor();
    expect(await page.getByLabel('Email').inputValue()).toBe('editor@example.com');
  });
});

describe('what administrators do, in the profile', () => {
  const GET = 'GET /api/account';
  const factorReset: NonNullable<AccountView['factorReset']> = {
    by: 'Ada Admin',
    reason: 'Lost phone',
    at: views.NOW,
    notBefore: views.NOW + 86_400,
    waits: false,
  };

  test('S46 a reset that is pending is told, and stopped', async () => {
    const page = await screens.open(
      {
        [GET]: view({ ...accounts.account, factorReset }),
        'POST /api/account/reset/stop': view(accounts.account),
      },
      {},
      '/account',
    );
    await page.getByText('Ada Admin, an administrator, wants your second factors reset').waitFor();
    await page.getByText('The reason: Lost phone').waitFor();
    await screens.browser.expectAccessible(page);
    await screens.browser.expectNarrow(page);
    await page.getByRole('button', { name: 'Stop it' }).click();
    await page.getByRole('status').filter({ hasText: 'The reset was stopped.' }).waitFor();
    expect(await page.getByText('The reason: Lost phone').count()).toBe(0);
    expect(screens.count('POST /api/account/reset/stop')).toBe(1);
  });

  test('S46 of one factor, while another administrator has to agree', async () => {
    const waiting = { ...factorReset, factorName: 'Work phone', waits: true };
    const page = await screens.open(
      { [GET]: view({ ...accounts.account, factorReset: waiting }) },
      {},
      '/account',
    );
    await page
      .getByText('wants Work phone reset: it is deleted, and you set up a new one. That happens once another')
      .waitFor();
  });

  test.each([
    [{}, 'issued an access pass for your account'],
    [{ usedAt: views.NOW }, 'that Ada Admin issued for your account was used'],
  ])('S48a a pass that was issued is told: %o', async (more, words) => {
    const pass = { by: 'Ada Admin', at: views.NOW, expiresAt: views.NOW + 3600, ...more };
    const page = await screens.open({ [GET]: view({ ...accounts.account, pass }) }, {}, '/account');
    await page.getByText(words).waitFor();
    await screens.browser.expectAccessible(page);
  });
});
