import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { AccountView } from '../../worker/interaction/wire.ts';
import * as accounts from './screens.account.views.ts';
import { app, mailbox, otherApp, pendingPhone, phone, sent } from './screens.account.views.ts';
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

describe('the second factors', () => {
  test('are listed with kind, masked destination, times and what is the matter with them', async () => {
    const page = await open({ [LOAD]: view(accounts.troubled) });
    const factors = await page
      .getByRole('list', { name: 'Your methods' })
      .getByRole('listitem')
      .allInnerTexts();
    expect(factors).toEqual([
      expect.stringMatching(
        /^Authenticator app\s+Default\s+Added .* · Last used .*\s+Too many wrong codes\. .* again at/,
      ),
      expect.stringMatching(
        /^Work mail\s+Not accepted here\s+Email · e•••••@example\.com\s+Added .* · Not used yet\s+The last mail to it came back/,
      ),
      expect.stringMatching(
        /^My phone\s+Phone · \+45 •• •• •• 12\s+Added .*\s+Codes by phone are not offered/,
      ),
    ]);
    await page.getByText('Your organisation asks its members for a second factor.').waitFor();
    expect(await button(page, /^Change number/).count()).toBe(0);
  });

  test('an app is added under a name that is free, and the page says so', async () => {
    const page = await open({
      [LOAD]: view(having(app)),
      [START]: view(views.pending),
      [CONFIRM]: [refusal(401, 'wrong_code', { triesLeft: 3 }), view(having(app, otherApp))],
    });
    await button(page, 'Add a method').click();
    await screens.browser.expectAccessible(page);
    await button(page, /^Authenticator app/).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    await expect.poll(() => page.title()).toBe('Set up an authenticator app · Penumbra');
    const code = page.getByLabel('Code', { exact: true });
    await code.fill('123456');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'This code is wrong. 3 more tries' }).waitFor();
    await code.fill('654321');
    await button(page, 'Verify').click();
    await news(page, 'Authenticator app 2 was added.');
    await expect.poll(() => focused(page)).toBe('mfa');
    expect(bodies(START)).toEqual([{ kind: 'totp' }]);
    expect(bodies(CONFIRM).at(-1)).toEqual({
      enrollmentId: 'pending-1',
      code: '654321',
      name: 'Authenticator app 2',
    });
  });

  test('S38 the first one comes with recovery codes, which are shown once', async () => {
    const codes = Array.from({ length: 10 }, (_, index) => `ABCDEFGHJKLMNPQRSTUVWX${index}Z`);
    const withApp = { ...accounts.bare, enrollments: [app] };
    const page = await open({
      [LOAD]: view({ ...accounts.bare, mfa: { ...accounts.bare.mfa, kinds: ['totp'] } }),
      [START]: view(views.pending),
      [CONFIRM]: view(withApp),
      'POST /api/account/recovery-codes': view({
        codes,
        account: { ...withApp, recoveryCodes: { left: 10, madeAt: views.NOW } },
      }),
    });
    await button(page, 'Add a method').click();
    await page.getByLabel('Code', { exact: true }).fill('123456');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Save your recovery codes' }).waitFor();
    expect(await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').count()).toBe(10);
    await screens.browser.expectAccessible(page);
    await page.getByLabel('I have saved these').check();
    await button(page, 'Continue').click();
    await page.getByText('10 codes left').waitFor();
    await expect.poll(() => focused(page)).toBe('codes');
    expect(await page.content()).not.toContain(codes[0]);
  });

  test('one is renamed, and another becomes the default', async () => {
    const page = await open({
      [LOAD]: view(accounts.account),
      'POST /api/account/enrollments/app-2/rename': view(having(app, { ...otherApp, name: 'Tablet' })),
      'POST /api/account/enrollments/app-2/default': view(having({ ...otherApp, isDefault: true }, app)),
    });
    await button(page, 'Rename 1Password').click();
    const dialog = page.getByRole('dialog', { name: 'Rename 1Password' });
    expect(await dialog.getByLabel('Name').inputValue()).toBe('1Password');
    await screens.browser.expectAccessible(page);
    await dialog.getByLabel('Name').fill(' ');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').filter({ hasText: 'Give it a name' }).waitFor();
    await dialog.getByLabel('Name').fill('Tablet');
    await page.keyboard.press('Enter');
    await news(page, 'It is now called Tablet.');
    expect(bodies('POST /api/account/enrollments/app-2/rename')).toEqual([{ name: 'Tablet' }]);
    await button(page, 'Make default Tablet').click();
    await news(page, 'is asked for first');
    expect(bodies('POST /api/account/enrollments/app-2/default')).toEqual([{}]);
  });

  test('S42 an app is removed with a code of that app, after it is said what that means', async () => {
    const DISABLE = 'POST /api/account/enrollments/app-2/disable';
    const page = await open({
      [LOAD]: view(accounts.account),
      [DISABLE]: [refusal(401, 'wrong_code', { triesLeft: 1 }), view(having(app))],
    });
    const remove = button(page, 'Remove 1Password');
    await remove.click();
    const dialog = page.getByRole('dialog', { name: 'Remove 1Password?' });
    await dialog.getByText('Its codes won’t be accepted any more').waitFor();
    await screens.browser.expectAccessible(page);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await remove.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('code');
    // The last digit decides nothing: it can still be corrected.
    await page.keyboard.type('111119');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').filter({ hasText: 'One more try' }).waitFor();
    await page.keyboard.type('222222');
    await page.keyboard.press('Enter');
    await news(page, '1Password was removed.');
    expect(bodies(DISABLE)).toEqual([{ code: '111111' }, { code: '222222' }]);
  });

  test('S42 a mailbox is removed with a code that is mailed to it; a failed send is told', async () => {
    const SEND = 'POST /api/account/enrollments/mail-1/code';
    const withSent = (more: Parameters<typeof sent>[0]): AccountView =>
      having(app, { ...mailbox, sent: sent(more), resendAt: views.NOW - 1 });
    const page = await open({
      [LOAD]: [view(having(app, mailbox)), view(withSent({ delivery: 'failed' }))],
      [SEND]: [view(withSent({ delivery: 'queued' })), view(withSent({ reference: 'NEW1' }))],
      'POST /api/account/enrollments/mail-1/disable': view(having(app)),
    });
    await button(page, 'Remove Work mail').click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('Code', { exact: true }).count()).toBe(0);
    await button(dialog, 'Send a code to e•••••@example.com').click();
    await dialog.getByText('could not be delivered').waitFor();
    await screens.browser.expectAccessible(page);
    await button(dialog, 'Send a new code').click();
    await dialog.getByText('NEW1').waitFor();
    await dialog.getByLabel('Code', { exact: true }).fill('12345678');
    await page.keyboard.press('Enter');
    await news(page, 'Work mail was removed.');
    expect(bodies(SEND)).toEqual([{}, {}]);
  });

  test('S45 it is said why the last one can’t be removed where a policy demands one', async () => {
    const page = await open({ [LOAD]: view(having(app)) });
    await page.getByText('This one can’t be removed').waitFor();
    expect(await button(page, /^Remove/).count()).toBe(0);
  });

  test('S45 so does the dialog when only the service knows', async () => {
    const page = await open({
      [LOAD]: view(accounts.account),
      'POST /api/account/enrollments/app-2/disable': refusal(409, 'last_factor'),
    });
    await button(page, 'Remove 1Password').click();
    await page.keyboard.type('111111');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('alert').filter({ hasText: 'Add another one first' }).waitFor();
  });

  test('the last one can be removed where none is demanded', async () => {
    const page = await open({ [LOAD]: view({ ...accounts.bare, enrollments: [app] }) });
    await button(page, 'Remove Authenticator app').waitFor();
  });
});

describe('a phone', () => {
  test('is added by number and code, and waits where it was left when the page is loaded again', async () => {
    const waiting = { ...having(app), pending: pendingPhone };
    const page = await open({
      [LOAD]: [view(having(app)), view(waiting)],
      [START]: view({ ...pendingPhone, sent: sent({ channel: 'text', delivery: 'queued' }) }),
      [CONFIRM]: view(having(app, phone)),
    });
    await button(page, 'Add a method').click();
    await button(page, /^Phone/).click();
    await button(page, 'Use my phone anyway').click();
    await page.getByLabel('Phone number').fill('12 34 56 99');
    await button(page, 'Send a text').click();
    // On its way at first, there when the account was looked at again.
    await page.getByText('A text with a code was sent to +45 12 34 56 99.').waitFor();
    await page.reload();
    await expect.poll(() => focused(page)).toBe('code');
    await page.getByText('+45 12 34 56 99').first().waitFor();
    await page.keyboard.type('123456');
    await page.keyboard.press('Enter');
    await news(page, 'Phone was added.');
    expect(bodies(START)).toEqual([{ kind: 'phone', number: '12 34 56 99', country: 'DK', channel: 'text' }]);
  });

  test('that was begun elsewhere is offered to go on with', async () => {
    const page = await open({ [LOAD]: view({ ...having(app), pending: pendingPhone }) });
    await page.getByText('You have begun to add +45 12 34 56 99.').waitFor();
    await button(page, 'Go on adding it').click();
    await page.getByLabel('Code', { exact: true }).waitFor();
  });

  test('S26 gets another number by a code to the old one, then one to the new one', async () => {
    const SEND = 'POST /api/account/enrollments/phone-1/code';
    const VERIFY = 'POST /api/account/enrollments/phone-1/verify';
    const withSent = having(app, { ...phone, sent: sent({ channel: 'call' }), resendAt: views.NOW + 60 });
    const page = await open({
      [LOAD]: view(having(app, phone)),
      [SEND]: view(withSent),
      [VERIFY]: [
        refusal(401, 'wrong_code', { triesLeft: 3 }),
        view(having(app, { ...phone, changeUntil: views.NOW + 86_400 })),
      ],
      [START]: view(pendingPhone),
      [CONFIRM]: view(having(app, { ...phone, destination: '+45 •• •• •• 99' })),
    });
    await button(page, 'Change number My phone').click();
    const dialog = page.getByRole('dialog', { name: 'Change the phone number' });
    await dialog.getByText('before you give the old number up').waitFor();
    await dialog.getByText('ask an administrator').waitFor();
    await screens.browser.expectAccessible(page);
    await button(dialog, 'Call me').click();
    await expect.poll(() => focused(page)).toBe('code');
    await page.keyboard.type('111111');
    await dialog.getByRole('alert').filter({ hasText: '3 more tries' }).waitFor();
    await page.keyboard.type('222222');
    await page.getByText('Step 2 of 3').waitFor();
    await screens.browser.expectAccessible(page);
    await button(page, 'Use my phone anyway').click();
    await page.getByLabel('Phone number').fill('12 34 56 99');
    await button(page, 'Send a text').click();
    await page.getByText('Step 3 of 3').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('My phone');
    await screens.browser.expectAccessible(page);
    await screens.browser.expectNarrow(page);
    await page.getByLabel('Code', { exact: true }).fill('333333');
    await page.keyboard.press('Enter');
    await news(page, 'Both numbers were told');
    expect(bodies(SEND)).toEqual([{ channel: 'call' }]);
    expect(bodies(VERIFY)).toEqual([{ code: '111111' }, { code: '222222' }]);
    expect(bodies(START)).toEqual([
      { kind: 'phone', number: '12 34 56 99', country: 'DK', channel: 'text', replaces: 'phone-1' },
    ]);
    expect(bodies(CONFIRM)).toEqual([{ enrollmentId: 'pending-2', code: '333333', name: 'My phone' }]);
  });

  test('S24 whoever turns to another kind while changing a number keeps the number', async () => {
    const page = await open({
      [LOAD]: view(having(app, { ...phone, changeUntil: views.NOW + 86_400 })),
      [START]: view(views.pending),
    });
    await button(page, 'Change number My phone').click();
    await button(page, /^Authenticator app/).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    expect(await page.getByText(/Step \d of 3/).count()).toBe(0);
    expect(bodies(START)).toEqual([{ kind: 'totp' }]);
  });
});
