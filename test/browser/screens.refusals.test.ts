import { describe, expect, test } from 'vitest';
import { moment, text } from '../../backoffice-plugin/localization/localize.ts';
import type { ProblemCode } from '../../worker/interaction/wire.ts';
import { focused } from './screens.browser.ts';
import { API, LOAD, setUpScreens } from './screens.play.ts';
import { refusal, view } from './screens.server.ts';
import * as views from './screens.views.ts';

const screens = setUpScreens();
const { open, posts } = screens;

describe('every refusal', () => {
  const words = (code: ProblemCode): string => text(`problem.${code}`);
  // What the first factor shows for each code; a new code without an entry is a compile error.
  const shown: Readonly<Record<ProblemCode, string>> = {
    invalid_body: words('invalid_body'),
    forbidden_origin: words('forbidden_origin'),
    not_found: words('not_found'),
    not_allowed: words('not_allowed'),
    method_not_allowed: words('method_not_allowed'),
    wrong_password: words('wrong_password'),
    wrong_code: words('wrong_code'),
    code_used: words('code_used'),
    code_expired: words('code_expired'),
    throttled: words('throttled'),
    wrong_step: words('wrong_step'),
    interaction_ended: text('ended.locked', { moment: moment(views.NOW + 3600) }),
    pending_enrollment_gone: words('pending_enrollment_gone'),
    factor_unusable: words('factor_unusable'),
    no_code_sent: words('no_code_sent'),
    phone_refused: words('phone_refused'),
    phone_alone: words('phone_alone'),
    already_enrolled: words('already_enrolled'),
    old_number_first: words('old_number_first'),
    help_requested: words('help_requested'),
    exists: words('exists'),
    last_factor: words('last_factor'),
    password_refused: words('password_refused'),
    setup_link_gone: words('setup_link_gone'),
    login_required: words('login_required'),
    fresh_authentication_required: words('fresh_authentication_required'),
    too_large: words('too_large'),
    busy: words('busy'),
    unavailable: words('unavailable'),
  };

  test.each(Object.keys(shown) as ProblemCode[])('%s is told as an alert', async (code) => {
    const page = await open({
      [LOAD]: view(views.firstFactor),
      [`POST ${API}/password`]: refusal(400, code, { continue: '/anew', retryAt: views.NOW + 3600 }),
    });
    await page.getByLabel('Password').fill('a password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: shown[code] }).waitFor();
    // All are drawn alike but for their words, so one stands for them.
    if (code === 'wrong_password') await screens.browser.expectAccessible(page);
  });

  test('a broken connection and a foreign 502 lose nothing', async () => {
    const page = await open({
      [LOAD]: view(views.firstFactor),
      [`POST ${API}/password`]: [{ drop: true }, { status: 502, body: 'Bad gateway' }, view(views.challenge)],
    });
    await page.getByLabel('Password').fill('a password');
    for (const attempt of [1, 2]) {
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect.poll(() => posts().length).toBe(attempt);
      await page
        .getByRole('alert')
        .filter({ hasText: 'The service can’t be reached. Nothing is lost' })
        .waitFor();
      expect(await page.getByLabel('Password').inputValue()).toBe('a password');
    }
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Enter your code' }).waitFor();
  });

  test('a sign-in that could not be loaded is tried again', async () => {
    const page = await open({ [LOAD]: [refusal(503, 'unavailable'), view(views.identify)] });
    await page.getByRole('heading', { name: 'This page could not be loaded' }).waitFor();
    await screens.browser.expectAccessible(page);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('Email').waitFor();
  });

  test('wrong_step draws where the sign-in really is', async () => {
    const page = await open({
      [LOAD]: view(views.firstFactor),
      [`POST ${API}/password`]: refusal(409, 'wrong_step', { view: views.challenge }),
    });
    await page.getByLabel('Password').fill('a password');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('code');
    await expect.poll(() => page.title()).toBe('Enter your code · Umbraco Demo Site');
  });

  test('a sign-in that ended leads to where one starts anew', async () => {
    const page = await open({ [LOAD]: refusal(410, 'interaction_ended', { continue: '/anew' }) });
    await page.getByRole('button', { name: 'Start again' }).click();
    await page.waitForURL('**/anew');
  });

  test('S14 one that too many wrong codes have ended says until when to wait', async () => {
    const retryAt = views.NOW + 900;
    const page = await open(
      {
        [LOAD]: view(views.challenge),
        [`POST ${API}/challenge`]: refusal(410, 'interaction_ended', { continue: '/anew', retryAt }),
      },
      { at: views.NOW },
    );
    await page.getByLabel('Code', { exact: true }).fill('123456');
    await page.getByRole('heading', { name: 'This sign-in is over' }).waitFor();
    const told = page.getByRole('alert').filter({ hasText: 'Too many wrong codes' });
    expect(await told.innerText()).toContain(`You can try again at ${moment(retryAt)}`);
    await screens.browser.expectAccessible(page);
    await screens.browser.expectNarrow(page);
    await page.getByRole('button', { name: 'Start again' }).click();
    await page.waitForURL('**/anew');
  });

  test('S76 a wait is counted down for the eye, told once, and over by itself', async () => {
    const page = await open(
      {
        [LOAD]: view(views.firstFactor),
        [`POST ${API}/password`]: [
          refusal(429, 'throttled', { retryAt: views.NOW + 90 }),
          view(views.challenge),
        ],
      },
      { at: views.NOW },
    );
    await page.getByLabel('Password').fill('a password');
    await page.keyboard.press('Enter');
    const alert = page.getByRole('alert').filter({ hasText: 'Too many tries.' });
    await alert.waitFor();
    const told = await alert.textContent();
    await page.clock.pauseAt((views.NOW + 40) * 1000);
    await page.getByText('You can try again in 50 seconds.').waitFor();
    expect(await alert.textContent()).toBe(told);
    await page.keyboard.press('Enter');
    expect(posts().length).toBe(1);
    await page.clock.runFor(51_000);
    await page.getByRole('alert').filter({ hasText: 'You can try again now.' }).waitFor();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Enter your code' }).waitFor();
  });
});
