import { describe, expect, test } from 'vitest';
import { moment, text } from '../../backoffice-plugin/localization/localize.ts';
import type { InteractionView, ProblemCode } from '../../worker/interaction/wire.ts';
import { focused } from './screens.browser.ts';
import { API, LOAD, setUpScreens } from './screens.play.ts';
import { CSRF_TOKEN, refusal, view } from './screens.server.ts';
import * as views from './screens.views.ts';

const screens = setUpScreens();
const { open, posts } = screens;

describe('every step', () => {
  const steps: Readonly<Record<string, readonly [InteractionView, title: string, focus: string]>> = {
    identify: [views.identify, 'Sign in', 'email'],
    first_factor: [views.firstFactor, 'Enter your password', 'password'],
    'first_factor, reset asked for': [
      { ...views.firstFactor, resetRequested: true },
      'Enter your password',
      'password',
    ],
    confirm_address: [views.confirmAddress, 'Check your mail', 'code'],
    'confirm_address, not delivered': [
      { ...views.confirmAddress, delivery: 'failed', resendAt: views.NOW },
      'Check your mail',
      'code',
    ],
    'enrollment, kinds': [views.kinds, 'Set up a second factor', 'heading'],
    'enrollment, app': [views.enrolling, 'Set up an authenticator app', 'heading'],
    'enrollment, mailbox alone': [{ ...views.kinds, kinds: ['email'] }, 'Set up codes by mail', 'heading'],
    'enrollment, mailbox': [
      { ...views.kinds, pending: views.pendingMailbox },
      'Set up codes by mail',
      'code',
    ],
    'enrollment, phone alone': [{ ...views.kinds, kinds: ['phone'] }, 'Set up your phone', 'heading'],
    'enrollment, phone': [{ ...views.kinds, pending: views.pendingPhone }, 'Set up your phone', 'code'],
    'challenge, app': [views.choice, 'Enter your code', 'code'],
    'challenge, mail': [views.challenged(views.mailbox), 'Get a code by mail', 'heading'],
    'challenge, mail sent': [
      views.challenged(views.mailbox, views.sentBy('mail')),
      'Enter your code',
      'code',
    ],
    'challenge, phone': [views.challenged(views.phone), 'Get a code on your phone', 'heading'],
    'challenge, called': [views.challenged(views.phone, views.sentBy('call')), 'Enter your code', 'code'],
    'challenge, text not delivered': [
      views.challenged(views.phone, views.sentBy('text', { delivery: 'failed' })),
      'Enter your code',
      'code',
    ],
    'challenge, nothing usable': [
      { ...views.choice, factors: [{ ...views.app, unusable: 'disabled' }], helpRequested: true },
      'Choose a way to sign in',
      'heading',
    ],
    recovery_codes: [views.recoveryCodes, 'Save your recovery codes', 'heading'],
    'recovery_codes, gone': [
      { step: 'recovery_codes', site: views.recoveryCodes.site },
      'Save your recovery codes',
      'heading',
    ],
    denied: [views.denied, 'You can’t sign in to Umbraco Demo Site', 'heading'],
  };

  test.each(Object.entries(steps))(
    '%s: focus, title, no axe violation in light and dark, fits 320 px',
    async (_, [step, title, focus]) => {
      const page = await open({ [LOAD]: view(step) });
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await expect.poll(() => focused(page)).toBe(focus);
      await expect.poll(() => page.title()).toBe(`${title} · Umbraco Demo Site`);
      await screens.browser.expectAccessible(page);
      await screens.browser.expectNarrow(page);
    },
  );

  test('by keyboard alone, from the address to the site', async () => {
    const page = await open({
      [LOAD]: view(views.identify),
      [`POST ${API}/identify`]: view(views.firstFactor),
      [`POST ${API}/password`]: view(views.confirmAddress),
      [`POST ${API}/address`]: view(views.enrollment),
      [`POST ${API}/enrollment`]: view(views.enrolling),
      [`POST ${API}/enrollment/confirm`]: view(views.done),
    });
    await expect.poll(() => focused(page)).toBe('email');
    await page.keyboard.type('editor@example.com');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('password');
    await page.keyboard.type('tangerine lantern orbit 47');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('code');
    await page.keyboard.type('01234567');
    await page.getByText('JBSW').first().waitFor();
    await expect.poll(() => focused(page)).toBe('heading');
    while ((await focused(page)) !== 'code') await page.keyboard.press('Tab');
    await page.keyboard.type('123456');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('name');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('My phone');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/arrived?at=site');
    expect(posts()).toEqual([
      { step: 'identify', body: { email: 'editor@example.com' } },
      { step: 'password', body: { password: 'tangerine lantern orbit 47' } },
      { step: 'address', body: { code: '01234567' } },
      { step: 'enrollment', body: { kind: 'totp' } },
      { step: 'enrollment/confirm', body: { enrollmentId: 'pending-1', code: '123456', name: 'My phone' } },
    ]);
    expect(new Set(screens.server.calls.map((call) => call.csrfToken))).toEqual(
      new Set([undefined, CSRF_TOKEN]),
    );
  });
});

describe('every refusal', () => {
  const words = (code: ProblemCode): string => text(`problem.${code}`);
  // What the first factor shows for each code; a new code without an entry is a compile error.
  const shown: Readonly<Record<ProblemCode, string>> = {
    invalid_body: words('invalid_body'),
    forbidden_origin: words('forbidden_origin'),
    not_found: words('not_found'),
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

test('the clock of the service counts, not the one of the device', async () => {
  screens.server.play({ [LOAD]: view(views.confirmAddress) });
  // The device is an hour behind.
  screens.server.date = new Date(views.NOW * 1000);
  const page = await screens.browser.open(`${screens.server.origin}/interaction/one`, {
    at: views.NOW - 3600,
  });
  await page.getByText(/A new code can be sent in (60|5\d) seconds/).waitFor();
});

test('S06 the password form is what password managers look for', async () => {
  const page = await open({
    [LOAD]: view(views.firstFactor),
    [`POST ${API}/password`]: refusal(401, 'wrong_password'),
  });
  const password = page.getByLabel('Password');
  await password.fill('a password');
  const form = await password.evaluate((field: HTMLInputElement) =>
    Object.fromEntries(
      [...(field.form?.elements ?? [])].map((each) => [
        (each as HTMLInputElement).autocomplete,
        (each as HTMLInputElement).value,
      ]),
    ),
  );
  expect(form).toMatchObject({ username: 'editor@example.com', 'current-password': 'a password' });
  await page.getByRole('button', { name: 'Show password' }).click();
  expect(await password.getAttribute('type')).toBe('text');
  await page.getByRole('button', { name: 'Hide password' }).click();
  expect(await password.getAttribute('type')).toBe('password');
});

test.each([
  ['Not you? Use another account', 'restart', views.firstFactor],
  ['Use another account', 'restart', views.challenge],
  ['Use another account', 'restart', views.denied],
  ['Cancel', 'cancel', views.enrolling],
  ['Use another account', 'restart', views.confirmAddress],
  ['Cancel', 'cancel', views.challenge],
  ['Back to Umbraco Demo Site', 'cancel', views.denied],
] as const)('"%s" is a way out (%s)', async (name, action, step) => {
  const page = await open({
    [LOAD]: view(step),
    [`POST ${API}/restart`]: view(views.identify),
    [`POST ${API}/cancel`]: view(views.done),
  });
  await page.getByRole('button', { name, exact: true }).click();
  if (action === 'restart') await page.getByLabel('Email').waitFor();
  else await page.waitForURL('**/arrived?at=site');
  expect(posts()).toEqual([{ step: action, body: {} }]);
});
