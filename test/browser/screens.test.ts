import { describe, expect, test } from 'vitest';
import type { InteractionView } from '../../worker/interaction/wire.ts';
import { focused } from './screens.browser.ts';
import { API, LOAD, setUpScreens } from './screens.play.ts';
import { CSRF_TOKEN, refusal, view } from './screens.server.ts';
import * as views from './screens.views.ts';

const screens = setUpScreens();
const { open, posts } = screens;

describe('every step', () => {
  const steps: Readonly<Record<string, readonly [InteractionView, title: string, focus: string]>> = {
    identify: [views.identify, 'Sign in', 'email'],
    'identify, once more': [views.repeated, 'Sign in', 'email'],
    grace: [views.grace, 'A second factor is needed soon', 'heading'],
    'grace, the last one': [
      { ...views.grace, until: views.NOW + 3600, snoozesLeft: 0, because: 'demanded' },
      'Another second factor is needed soon',
      'heading',
    ],
    'enrollment, demanded': [{ ...views.kinds, because: 'demanded' }, 'Set up a second factor', 'heading'],
    'enrollment, with a pass': [{ ...views.kinds, because: 'pass' }, 'Set up a second factor', 'heading'],
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
    'enrollment, app not confirmed in time': [
      { ...views.enrolling, pending: { ...views.pending, expiresAt: views.NOW - 1 } },
      'Set up an authenticator app',
      'heading',
    ],
    'enrollment, mailbox not confirmed in time': [
      { ...views.kinds, pending: { ...views.pendingMailbox, expiresAt: views.NOW - 1 } },
      'Set up codes by mail',
      'heading',
    ],
    'enrollment, phone not confirmed in time': [
      { ...views.kinds, pending: { ...views.pendingPhone, expiresAt: views.NOW - 1 } },
      'Set up your phone',
      'heading',
    ],
    // The browser goes on at once; here it is told to stay.
    done: [{ ...views.done, continue: '/stay' }, 'Taking you to Umbraco Demo Site', 'heading'],
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
