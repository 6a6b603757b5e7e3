import { describe, expect, test } from 'vitest';
import { administer, button, EXAMPLE, news, problem } from './screens.admin.play.ts';
import * as pages from './screens.admin.pages.views.ts';
import { setUpScreens } from './screens.play.ts';
import { refusal, view } from './screens.server.ts';
import { NOW } from './screens.views.ts';

const screens = setUpScreens();
const { open, posts } = administer(screens);
const LOAD = `GET ${EXAMPLE}/policy`;
const SAVE = `POST ${EXAMPLE}/policy`;
const TRY = `POST ${EXAMPLE}/policy/try`;

const day = new Date((NOW + 7 * 86_400) * 1000);
const DAY = [day.getFullYear(), day.getMonth() + 1, day.getDate()]
  .map((part) => String(part).padStart(2, '0'))
  .join('-');
const DAY_END = Math.floor(new Date(`${DAY}T23:59:59`).getTime() / 1000);

describe('the policy', () => {
  test('shows the floor of the configuration beside each setting, and offers nothing that is weaker', async () => {
    const page = await open('policy');
    await page
      .getByText('The service’s configuration says: a second factor is required. It can’t be weakened here.')
      .waitFor();
    const required = page.getByRole('checkbox', { name: 'Every member needs a second factor' });
    expect([await required.isChecked(), await required.isDisabled()]).toEqual([true, true]);
    const levels = page.getByRole('group', { name: 'Least strength' }).getByRole('radio');
    expect(await levels.evaluateAll((all) => all.map((each) => (each as HTMLInputElement).disabled))).toEqual(
      [false, true, false, false, false],
    );
    expect(await page.getByRole('checkbox', { name: /^Email/ }).isDisabled()).toBe(false);
    const longest = page
      .getByRole('group', { name: 'Two factors, app or phone' })
      .getByLabel('At most', { exact: true });
    await longest.fill('24');
    await page.getByLabel('Hours', { exact: true }).fill('1');
    await button(page, 'Review and save').click();
    await problem(page, 'At most 12 hours: the configuration allows no more.');
    await problem(page, 'From 4 to 720 hours.');
    await longest.and(page.locator(':focus')).waitFor();
    await screens.browser.expectAccessible(page);
    expect(posts()).toEqual([]);
  });

  test('a kind that the floor leaves out can’t be chosen', async () => {
    const { floor } = pages.policyView;
    const page = await open('policy', {
      [LOAD]: view({ ...pages.policyView, floor: { ...floor, accepted: ['totp', 'phone'] } }),
    });
    const email = page.getByRole('checkbox', { name: /^Email/ });
    expect([await email.isChecked(), await email.isDisabled()]).toEqual([false, true]);
    await page.getByText('only these count: Authenticator app and Phone').waitFor();
  });

  test('it is shown who would be affected before anything is saved, and what is saved is what was said', async () => {
    const wanted = {
      required: true,
      least: 'aal2',
      accepted: ['totp', 'phone'],
      grace: { until: DAY_END, snoozes: 5 },
      sessions: { aal2: { overall: 8 * 3600, idle: 1800 } },
      countries: ['DK', 'SE', 'NO', 'GB'],
      resetDelaySeconds: 24 * 3600,
    };
    const page = await open('policy', {
      [TRY]: view(pages.trial),
      [SAVE]: view({ ...pages.policyView, policy: wanted, version: 8 }),
    });
    await page.getByRole('radio', { name: /^Two factors, app or phone/ }).check();
    await page.getByRole('checkbox', { name: /^Email/ }).uncheck();
    await page.getByRole('checkbox', { name: 'Germany' }).uncheck();
    await page.getByRole('checkbox', { name: /may be put off/ }).check();
    await page.getByLabel('Until the end of').fill(DAY);
    await page.getByLabel('How often').fill('5');
    const session = page.getByRole('group', { name: 'Two factors, app or phone' });
    await session.getByLabel('At most', { exact: true }).fill('8');
    await session.getByLabel('Unused at most').fill('0.5');
    await page.getByLabel('Hours', { exact: true }).fill('24');
    await page.getByText('Not saved yet').waitFor();

    await button(page, 'Who would be affected?').click();
    await page.getByRole('heading', { name: 'Who would be affected' }).and(page.locator(':focus')).waitFor();
    await page
      .getByRole('row')
      .filter({ hasText: 'carl@example.com' })
      .getByText('Can’t sign in any more')
      .waitFor();
    await screens.browser.expectAccessible(page);

    await button(page, 'Review and save').click();
    const dialog = page.getByRole('dialog', { name: 'Save this policy?' });
    await dialog.getByText('219 have to set something up at the next sign-in.').waitFor();
    await dialog.getByText('2 could not sign in any more.').waitFor();
    await screens.browser.expectAccessible(page);
    expect(posts().map(({ path }) => path)).toEqual(['policy/try', 'policy/try']);
    await button(dialog, 'Save policy').click();
    await news(page, 'The policy was saved.');
    expect(posts().map(({ body }) => body)).toEqual([
      { policy: wanted },
      { policy: wanted },
      { policy: wanted, version: 7 },
    ]);
    await page.getByText('Nothing is changed').waitFor();
  });

  test.each([
    ['that no kind gives', /^Phishing-resistant/, [], 'Only passkeys are phishing-resistant'],
    [
      'with no kind at all',
      undefined,
      [/^Authenticator app/, /^Phone/, /^Email/],
      'No kind counts, so nobody could sign in.',
    ],
    [
      'that what counts is too weak for',
      /^Two factors, app or phone/,
      [/^Authenticator app/, /^Phone/],
      'None of the kinds that count (Email) gives “Two factors, app or phone”.',
    ],
  ] as const)('a demand %s is explained and can’t be saved', async (_, least, off, words) => {
    const page = await open('policy');
    if (least) await page.getByRole('radio', { name: least }).check();
    for (const kind of off) await page.getByRole('checkbox', { name: kind }).uncheck();
    await page.getByRole('status').filter({ hasText: words }).waitFor();
    expect(await button(page, 'Review and save').isDisabled()).toBe(true);
    await screens.browser.expectAccessible(page);
    await page.setViewportSize({ width: 640, height: 450 });
    await screens.browser.expectNarrow(page);
  });

  test('phones without a country, and a grace period that is over, are mistakes', async () => {
    const page = await open('policy');
    for (const country of ['Denmark', 'Sweden', 'Norway', 'Germany', 'United Kingdom'])
      await page.getByRole('checkbox', { name: country }).uncheck();
    await page.getByText('Phones count, but no country is left.').waitFor();
    await page.getByRole('checkbox', { name: 'Denmark' }).check();
    await page.getByRole('checkbox', { name: /may be put off/ }).check();
    await page.getByLabel('Until the end of').fill('2020-01-01');
    await page.getByLabel('How often').fill('2.5');
    await button(page, 'Who would be affected?').click();
    await problem(page, 'Choose a day that is not over.');
    await problem(page, 'A whole number from 0 to 100.');
    expect(posts()).toEqual([]);
  });

  test('what somebody else has saved meanwhile is shown beside one’s own: mine can be kept', async () => {
    const theirs = { ...pages.policyView, policy: { required: true, accepted: ['totp'] }, version: 8 };
    const page = await open('policy', {
      [LOAD]: [view(pages.policyView), view(theirs)],
      [TRY]: view(pages.trial),
      [SAVE]: [refusal(409, 'wrong_step'), view({ ...pages.policyView, version: 9 })],
    });
    await page.getByRole('radio', { name: /^Two factors, app or phone/ }).check();
    await button(page, 'Review and save').click();
    await button(page.getByRole('dialog'), 'Save policy').click();
    await page
      .getByRole('heading', { name: 'Somebody else has changed the policy' })
      .and(page.locator(':focus'))
      .waitFor();
    const row = page.getByRole('row').filter({ hasText: 'Kinds that count' });
    expect(await row.getByRole('cell').allInnerTexts()).toEqual([
      'only these count: Authenticator app',
      'Nothing',
    ]);
    await screens.browser.expectAccessible(page);
    await button(page, 'Keep mine and review').click();
    await button(page.getByRole('dialog'), 'Save policy').click();
    await news(page, 'The policy was saved.');
    expect(posts().at(-1)?.body).toEqual({ policy: { required: true, least: 'aal2' }, version: 8 });
  });

  test('or theirs taken', async () => {
    const theirs = { ...pages.policyView, policy: { required: true, accepted: ['totp'] }, version: 8 };
    const page = await open('policy', {
      [LOAD]: [view(pages.policyView), view(theirs)],
      [TRY]: view(pages.trial),
      [SAVE]: refusal(409, 'wrong_step'),
    });
    await page.getByRole('radio', { name: /^Two factors, app or phone/ }).check();
    await button(page, 'Review and save').click();
    await button(page.getByRole('dialog'), 'Save policy').click();
    await button(page, 'Take theirs').click();
    await news(page, 'This is the policy that was saved.');
    expect(await page.getByRole('checkbox', { name: /^Email/ }).isChecked()).toBe(false);
    expect(await page.getByRole('radio', { name: /^Two factors, app or phone/ }).isChecked()).toBe(false);
  });

  test('S42 a fresh sign-in leads back to the same policy, reviewed again', async () => {
    const page = await open('policy', {
      [TRY]: view(pages.trial),
      [SAVE]: [refusal(401, 'fresh_authentication_required', { continue: '/again' }), view(pages.policyView)],
    });
    await page.getByRole('radio', { name: /^Two factors, app or phone/ }).check();
    await button(page, 'Review and save').click();
    await button(page.getByRole('dialog'), 'Save policy').click();
    await button(page.getByRole('dialog', { name: 'Sign in again first' }), 'Sign in again').click();
    await page.waitForURL('**/again');
    await page.goto(`${screens.server.origin}/admin`);
    await button(page.getByRole('dialog', { name: 'Save this policy?' }), 'Save policy').click();
    await news(page, 'The policy was saved.');
    expect(posts().at(-1)?.body).toEqual({ policy: { required: true, least: 'aal2' }, version: 7 });
  });

  test('what the service refuses is told', async () => {
    const page = await open('policy', {
      [TRY]: refusal(400, 'invalid_body', {
        errors: [{ field: 'policy.least', message: 'Nothing gives that.' }],
      }),
    });
    await button(page, 'Who would be affected?').click();
    await problem(page, 'Nothing gives that.');
  });
});
