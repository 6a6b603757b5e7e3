import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { PendingAddressWire } from '../../worker/interaction/wire.ts';
import * as accounts from './screens.account.views.ts';
import { account, happened, sent, thisSession } from './screens.account.views.ts';
import { focused } from './screens.browser.ts';
import { setUpScreens, type Script } from './screens.play.ts';
import { refusal, view } from './screens.server.ts';
import { NOW } from './screens.views.ts';

const screens = setUpScreens();
const LOAD = 'GET /api/account';
const PROFILE = 'POST /api/account/profile';

function open(script: Script): Promise<Page> {
  return screens.open(script, {}, '/account');
}

function bodies(route: string): readonly unknown[] {
  return screens.server.calls.filter((call) => call.route === route).map((call) => call.body);
}

function button(page: Page | Locator, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

async function news(page: Page, words: string): Promise<void> {
  await page.getByRole('status').filter({ hasText: words }).waitFor();
}

const pendingEmail: PendingAddressWire = {
  email: 'new@example.com',
  sent: sent(),
  resendAt: NOW - 1,
  codeLength: 8,
};

describe('the details', () => {
  test('the name is changed', async () => {
    const page = await open({ [LOAD]: view(account), [PROFILE]: view({ ...account, name: 'Edith E.' }) });
    await button(page, 'Change Name').click();
    const name = page.getByRole('dialog').getByLabel('Name');
    await screens.browser.expectAccessible(page);
    await name.fill('');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Enter your name.' }).waitFor();
    await name.fill('Edith E.');
    await page.keyboard.press('Enter');
    await news(page, 'Your name was changed.');
    await expect.poll(() => focused(page)).toBe('details');
    expect(bodies(PROFILE)).toEqual([{ name: 'Edith E.' }]);
  });

  test('the page is loaded anew in the language that was chosen', async () => {
    const page = await open({ [LOAD]: view(account), [PROFILE]: view({ ...account, language: 'da' }) });
    await button(page, 'Change Language').click();
    const choice = page.getByLabel('Language', { exact: true });
    await expect.poll(() => focused(page)).toBe('language');
    const languages = await choice.getByRole('option').allTextContents();
    expect(languages.map((name) => name.trim())).toEqual(['As the browser asks', 'English', 'Dansk']);
    await screens.browser.expectAccessible(page);
    await choice.selectOption('Dansk');
    await Promise.all([page.waitForEvent('load'), button(page, 'Save').click()]);
    await page.getByRole('heading', { name: 'Profile', exact: true }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(bodies(PROFILE)).toEqual([{ language: 'da' }]);
  });

  test('a new address is proven by a code that is mailed to it, and the old one is told', async () => {
    const EMAIL = 'POST /api/account/email';
    const CONFIRM = 'POST /api/account/email/confirm';
    const queued = { ...pendingEmail, sent: sent({ delivery: 'queued' }) };
    const page = await open({
      [LOAD]: [view(account), view({ ...account, pendingEmail })],
      [EMAIL]: view({ ...account, pendingEmail: queued }),
      [CONFIRM]: [
        refusal(401, 'wrong_code', { triesLeft: 2 }),
        view({ ...account, email: 'new@example.com' }),
      ],
    });
    await button(page, 'Change Email').click();
    const dialog = page.getByRole('dialog', { name: 'Change your email address' });
    await dialog.getByText('editor@example.com gets a notice of the change.').waitFor();
    await screens.browser.expectAccessible(page);
    await page.keyboard.type('nothing');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').filter({ hasText: 'Enter an email address.' }).waitFor();
    await page.keyboard.type('new@example.com');
    await page.keyboard.press('Enter');
    await dialog.getByText('A mail with a code is on its way to new@example.com.').waitFor();
    await dialog.getByText('A mail with a code was sent to new@example.com.').waitFor();
    await expect.poll(() => focused(page)).toBe('code');
    await screens.browser.expectAccessible(page);
    await page.keyboard.type('11111111');
    await dialog.getByRole('alert').filter({ hasText: '2 more tries' }).waitFor();
    await page.keyboard.type('22222222');
    await news(page, 'You sign in with new@example.com from now on. Your old address was told.');
    expect(bodies(EMAIL)).toEqual([{ email: 'new@example.com' }]);
    expect(bodies(CONFIRM)).toEqual([{ code: '11111111' }, { code: '22222222' }]);
  });

  test('an address that waits for its code is said to, and another one can be given instead', async () => {
    const EMAIL = 'POST /api/account/email';
    const other = { ...pendingEmail, email: 'other@example.com', sent: sent({ reference: 'OTHR' }) };
    const page = await open({
      [LOAD]: view({ ...account, pendingEmail }),
      [EMAIL]: view({ ...account, pendingEmail: other }),
    });
    await page.getByText('new@example.com takes its place once').waitFor();
    await button(page, 'Enter code Email').click();
    await button(page, 'Use another address').click();
    await expect.poll(() => focused(page)).toBe('email');
    await page.keyboard.type('other@example.com');
    await page.keyboard.press('Enter');
    await page.getByText('OTHR').waitFor();
    await expect.poll(() => focused(page)).toBe('code');
  });

  test('a second address for notices is added and removed', async () => {
    const withNotice = { ...account, noticeEmail: 'edith@home.example' };
    const page = await open({
      [LOAD]: view(account),
      'POST /api/account/notice-email': view({
        ...account,
        pendingNoticeEmail: { ...pendingEmail, email: 'edith@home.example' },
      }),
      'POST /api/account/notice-email/confirm': view(withNotice),
      'POST /api/account/notice-email/remove': view(account),
    });
    await button(page, 'Add Address for notices').click();
    await page.getByText('It can’t be used to sign in').waitFor();
    await page.keyboard.type('edith@home.example');
    await page.keyboard.press('Enter');
    await page.getByText('A mail with a code was sent').waitFor();
    await expect.poll(() => focused(page)).toBe('code');
    await page.keyboard.type('12345678');
    await news(page, 'Notices go to edith@home.example, too.');
    await button(page, 'Remove Address for notices').click();
    const dialog = page.getByRole('dialog', { name: 'Remove the address for notices?' });
    await screens.browser.expectAccessible(page);
    await button(dialog, 'Remove').click();
    await news(page, 'The address for notices was removed.');
  });

  test('the password is changed with the current one; what is wrong with the new one is listed', async () => {
    const PASSWORD = 'POST /api/account/password';
    const page = await open({
      [LOAD]: view(account),
      [PASSWORD]: [
        refusal(401, 'wrong_password'),
        refusal(422, 'password_refused', { errors: [{ field: 'password', message: 'It is a common one.' }] }),
        view(account),
      ],
    });
    await button(page, 'Change Password').click();
    const dialog = page.getByRole('dialog', { name: 'Change password' });
    const [current, next] = [dialog.getByLabel('Current password'), dialog.getByLabel('New password')];
    await dialog.getByText('At least 12 characters.').waitFor();
    await screens.browser.expectAccessible(page);
    await page.keyboard.type('the wrong one');
    await next.fill('short');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').filter({ hasText: 'Use at least 12 characters' }).waitFor();
    await expect.poll(() => focused(page)).toBe('new');
    await dialog.getByLabel('Show passwords').check();
    expect([await current.getAttribute('type'), await next.getAttribute('type')]).toEqual(['text', 'text']);
    await next.fill('password1234');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').filter({ hasText: 'The current password is wrong.' }).waitFor();
    await expect.poll(() => focused(page)).toBe('current');
    await current.fill('the right one');
    await page.keyboard.press('Enter');
    await dialog.getByRole('listitem').filter({ hasText: 'It is a common one.' }).waitFor();
    await screens.browser.expectAccessible(page);
    await next.fill('tangerine lantern orbit 47');
    await page.keyboard.press('Enter');
    await news(page, 'Your password was changed. Other sessions were ended.');
    expect(bodies(PASSWORD).at(-1)).toEqual({
      current: 'the right one',
      password: 'tangerine lantern orbit 47',
    });
  });

  test('mail that does not arrive is told, with what to do', async () => {
    const page = await open({ [LOAD]: view(accounts.troubled) });
    await page.getByText('A mail to editor@example.com did not arrive').waitFor();
    await page.getByText('A mail to edith@home.example did not arrive').waitFor();
    await page.getByText('change your address here').first().waitFor();
  });
});

describe('recovery codes', () => {
  const NEW = 'POST /api/account/recovery-codes';

  test('S38 three or fewer are a warning; a new set takes a confirmation and is shown', async () => {
    const page = await open({
      [LOAD]: view(accounts.troubled),
      [NEW]: view({ codes: ['ABCDEFGHJKLMNPQRSTUVWXYZ'], account }),
    });
    await page.getByText('2 codes left').waitFor();
    await page.getByText('Make a new set before they run out.').waitFor();
    await button(page, 'Make a new set').click();
    const dialog = page.getByRole('dialog', { name: 'Make new recovery codes?' });
    await dialog.getByText('stop working at once').waitFor();
    await screens.browser.expectAccessible(page);
    expect(bodies(NEW)).toEqual([]);
    await button(dialog, 'Make a new set').click();
    await page.getByRole('heading', { name: 'Save your recovery codes' }).waitFor();
    await page.getByText('ABCD-EFGH').waitFor();
    expect(await page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)))).toBe('[]');
  });

  test('S38 four are no warning, one is said in the singular, none can be made for whoever has a factor', async () => {
    const { troubled, bare } = accounts;
    const withLeft = (left: number): Script => ({
      [LOAD]: view({ ...troubled, recoveryCodes: { left, madeAt: NOW } }),
    });
    const page = await open(withLeft(4));
    await page.getByText('4 codes left').waitFor();
    expect(await page.getByText('before they run out').count()).toBe(0);
    screens.server.play(withLeft(1));
    await page.reload();
    await page.getByText('1 code left', { exact: true }).waitFor();
    screens.server.play({
      [LOAD]: view({ ...bare, enrollments: [accounts.app] }),
      [NEW]: refusal(503, 'unavailable'),
    });
    await page.reload();
    await button(page, 'Make recovery codes').click();
    await page.getByRole('alert').filter({ hasText: 'out of order' }).waitFor();
  });
});

describe('sessions and activity', () => {
  test('S53 each session is told with device, place and last use, this one first; another is ended', async () => {
    const page = await open({
      [LOAD]: view(account),
      'POST /api/account/sessions/session-2/end': view({ ...account, sessions: [thisSession] }),
    });
    const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
    expect(await sessions.allInnerTexts()).toEqual([
      expect.stringMatching(
        /^Chrome on Windows\s+This one\s+Denmark · 192\.0\.2\.7\s+Last seen .*\s+Two factors/,
      ),
      expect.stringMatching(/^Safari on iPhone\s+Unknown place · 2001:db8::12\s+Last seen/),
    ]);
    await button(page, 'End Safari on iPhone, Unknown place · 2001:db8::12').click();
    await news(page, 'The session on Safari on iPhone was ended.');
    await page.getByText('You are signed in nowhere else.').waitFor();
    expect(await sessions.count()).toBe(1);
  });

  test('S53 all others are ended after a question', async () => {
    const END = 'POST /api/account/sessions/end-others';
    const page = await open({ [LOAD]: view(account), [END]: view({ ...account, sessions: [thisSession] }) });
    await button(page, 'End all others').click();
    const dialog = page.getByRole('dialog', { name: 'End all other sessions?' });
    await screens.browser.expectAccessible(page);
    await button(dialog, 'Cancel').click();
    await button(page, 'End all others').and(page.locator(':focus')).waitFor();
    expect(bodies(END)).toEqual([]);
    await button(page, 'End all others').click();
    await button(dialog, 'End all others').click();
    await news(page, 'All other sessions were ended.');
    await expect.poll(() => focused(page)).toBe('sessions');
  });

  test('what happened is told in words, ten at a time', async () => {
    const activity = [
      happened('password.change', { result: 'wrong_password' }),
      happened('something.new'),
      ...Array.from({ length: 10 }, () => happened('sign_out')),
    ];
    const page = await open({ [LOAD]: view({ ...account, activity }) });
    const items = page.getByRole('list', { name: 'Recent activity' }).getByRole('listitem');
    await items.first().waitFor();
    expect((await items.allInnerTexts()).slice(0, 2)).toEqual([
      expect.stringMatching(
        /^The password was not changed\s+.*\s+Chrome on Windows · Denmark · 192\.0\.2\.7/,
      ),
      expect.stringMatching(/^Something about your account/),
    ]);
    expect(await items.count()).toBe(10);
    await button(page, 'Show more').press('Enter');
    await expect.poll(() => items.count()).toBe(12);
    await items.nth(10).and(page.locator(':focus')).waitFor();
    expect(await button(page, 'Show more').count()).toBe(0);
  });
});
