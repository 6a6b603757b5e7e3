import { describe, expect, test } from 'vitest';
import { ACTS, DAY_VALUE, reason, suspended } from './screens.admin.acts.ts';
import { administer, button, EXAMPLE, news, problem } from './screens.admin.play.ts';
import * as admin from './screens.admin.views.ts';
import { setUpScreens } from './screens.play.ts';
import { refusal, view } from './screens.server.ts';
import { NOW } from './screens.views.ts';

const screens = setUpScreens();
const { open, posts } = administer(screens);
const ADA = `${EXAMPLE}/members/ada`;

describe('what an administrator does for a member', () => {
  test.each(ACTS)(
    '$what: the dialog names the consequence, sends it, and says that it was done',
    async (act) => {
      const { fill, path, body } = act;
      const page = await open('members/ada', {
        [`GET ${ADA}`]: view(act.of ?? admin.memberView),
        [`POST ${ADA}/${path}`]: view(act.of ?? admin.memberView),
      });
      await button(page, act.opener).press('Enter');
      const dialog = page.getByRole('dialog', { name: act.dialog });
      await dialog.getByText(act.consequence).waitFor();
      await screens.browser.expectAccessible(page);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await button(page, act.opener).and(page.locator(':focus')).waitFor();
      expect(posts()).toEqual([]);
      await page.keyboard.press('Enter');
      await fill?.(page);
      await button(dialog, act.confirm).click();
      await news(page, act.done);
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(posts()).toEqual([{ path: `members/ada/${path}`, body }]);
    },
  );

  test('S46 a reset that was asked for says who has to agree and when it happens', async () => {
    const reset = { ...admin.reset, approvals: [] };
    const page = await open('members/ada', {
      [`POST ${ADA}/reset`]: [
        view({ ...admin.memberView, reset }),
        view({ ...admin.memberView, reset: { ...reset, approvalsNeeded: 0 } }),
      ],
    });
    const ask = async (): Promise<void> => {
      await button(page, 'Reset all second factors').click();
      await reason(page);
      await button(page.getByRole('dialog'), 'Reset').click();
    };
    await ask();
    await news(
      page,
      'Ada Lovelace was told. All second factors are to be reset. 2 more administrators have to agree.',
    );
    // There is one already, so no other is offered.
    expect(await button(page, 'Reset all second factors').count()).toBe(0);
    await page.reload();
    await ask();
    await news(page, 'unless the member stops it.');
  });

  test('a request for help is marked as done without a question', async () => {
    const page = await open('members/ada', {
      [`GET ${ADA}`]: view(admin.troubledView),
      [`POST ${ADA}/help/dismiss`]: view(admin.memberView),
    });
    await button(page, 'Mark as done').click();
    await news(page, 'The request was marked as done.');
    expect(posts()).toEqual([{ path: 'members/ada/help/dismiss', body: {} }]);
    expect(await page.getByText('Asked for help on').count()).toBe(0);
  });

  test('a member who is removed is said to be on the list of the others', async () => {
    const page = await open('members/ada', { [`POST ${ADA}/remove`]: view({}) });
    await button(page, 'Remove').click();
    const dialog = page.getByRole('dialog', { name: 'Remove Ada Lovelace?' });
    await dialog.getByText('This can’t be taken back.').waitFor();
    await screens.browser.expectAccessible(page);
    await button(dialog, 'Remove').click();
    await news(page, 'Ada Lovelace was removed.');
    await page.getByRole('heading', { name: 'Members', level: 1 }).and(page.locator(':focus')).waitFor();
    expect(posts()).toEqual([{ path: 'members/ada/remove', body: {} }]);
  });

  test('S48a an access pass is shown once, copied, and nowhere kept', async () => {
    const code = 'K7Q2-M3XP-9TRV-W4HD';
    const page = await open('members/ada', {
      [`POST ${ADA}/pass`]: view({ code, pass: { ...admin.pass, notBefore: NOW + 600, approvalsNeeded: 1 } }),
    });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await button(page, 'Issue an access pass').click();
    const dialog = page.getByRole('dialog', { name: 'Issue an access pass for Ada Lovelace' });
    await dialog.getByText('Make sure who they are first').waitFor();
    await screens.browser.expectAccessible(page);
    await dialog.getByLabel('Good for').selectOption('30 minutes');
    await button(dialog, 'Issue').click();
    const shown = page.getByRole('dialog', { name: 'Access pass for Ada Lovelace' });
    await shown.getByText(code).waitFor();
    await shown.getByText('It is shown this one time.').waitFor();
    await shown.getByText('once the other administrators have agreed').waitFor();
    await screens.browser.expectAccessible(page);
    await button(shown, 'Copy').click();
    await shown.getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
    // Nothing but the button closes it.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await shown.getByText(code).waitFor();
    const kept = await page.evaluate(() =>
      JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage), location.href]),
    );
    expect(kept).not.toContain(code);
    await button(shown, 'I have saved it').click();
    await news(page, 'An access pass was issued for Ada Lovelace.');
    await page.getByText('An access pass waits. One more administrator has to agree.').waitFor();
    expect(await page.content()).not.toContain(code);
    expect(posts()).toEqual([{ path: 'members/ada/pass', body: { minutes: 30 } }]);
  });
});

describe('what goes wrong', () => {
  test('what is missing is said at its field, before anything is sent; what the service finds wrong, too', async () => {
    const page = await open('members/ada', {
      [`POST ${ADA}/exempt`]: refusal(400, 'invalid_body', {
        errors: [{ field: 'until', message: 'At most a year.' }],
      }),
    });
    await button(page, 'Exempt').click();
    const dialog = page.getByRole('dialog');
    await button(dialog, 'Exempt').click();
    await problem(dialog, 'Choose a day.');
    await problem(dialog, 'Say why.');
    await dialog.getByLabel('Until').and(page.locator(':focus')).waitFor();
    await screens.browser.expectAccessible(page);
    await dialog.getByLabel('Until').fill('2020-01-01');
    await reason(page);
    await button(dialog, 'Exempt').click();
    await problem(dialog, 'Choose a day that is not over.');
    expect(posts()).toEqual([]);
    await dialog.getByLabel('Until').fill(DAY_VALUE);
    await button(dialog, 'Exempt').click();
    await problem(dialog, 'At most a year.');
    expect(await dialog.getByLabel('Until').getAttribute('aria-invalid')).toBe('true');
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('She asked in person');
  });

  test.each([
    ['busy', 503, 'very busy'],
    ['not_found', 404, 'does not exist any more'],
    ['wrong_step', 409, 'Somebody else has changed this'],
    ['last_factor', 409, 'the last one that counts'],
  ] as const)('%s is told in the dialog, which stays with what was typed', async (code, status, words) => {
    const page = await open('members/ada', { [`POST ${ADA}/suspend`]: refusal(status, code) });
    await button(page, 'Suspend').click();
    await reason(page);
    await button(page.getByRole('dialog'), 'Suspend').click();
    await problem(page.getByRole('dialog'), words);
    expect(await page.getByLabel('Reason').inputValue()).toBe('She asked in person');
  });

  test('S42 a fresh sign-in is asked for, and leads back to the form with what was typed', async () => {
    const page = await open('members/ada', {
      [`POST ${ADA}/suspend`]: [
        refusal(401, 'fresh_authentication_required', { continue: '/again' }),
        view(suspended),
      ],
    });
    await button(page, 'Suspend').click();
    await reason(page);
    await button(page.getByRole('dialog'), 'Suspend').click();
    const dialog = page.getByRole('dialog', { name: 'Sign in again first' });
    await dialog.getByText('what you typed is kept').waitFor();
    await screens.browser.expectAccessible(page);
    await button(dialog, 'Sign in again').click();
    await page.waitForURL('**/again');
    await page.goto(`${screens.server.origin}/admin`);
    await page.getByRole('dialog', { name: 'Suspend Ada Lovelace?' }).waitFor();
    expect(await page.getByLabel('Reason').inputValue()).toBe('She asked in person');
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    await button(page.getByRole('dialog'), 'Suspend').click();
    await news(page, 'Ada Lovelace was suspended.');
  });

  test('a fresh sign-in that is not wanted is no harm', async () => {
    const page = await open('members/ada', {
      [`POST ${ADA}/suspend`]: refusal(401, 'fresh_authentication_required', { continue: '/again' }),
    });
    await button(page, 'Suspend').click();
    await reason(page);
    await button(page.getByRole('dialog'), 'Suspend').click();
    await button(page.getByRole('dialog', { name: 'Sign in again first' }), 'Cancel').click();
    await button(page, 'Suspend').and(page.locator(':focus')).waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });
});

describe('what is told of a member', () => {
  test('S20 factors with kind, masked destination, last use and failures; why they are asked, in words', async () => {
    const page = await open('members/ada');
    const factors = page.getByRole('list', { name: 'Second factors' }).getByRole('listitem');
    expect((await factors.nth(1).innerText()).replace(/\s+/g, ' ')).toMatch(
      /^Work phone Phone · \+45 •• •• •• 12 Added .* · Not used yet 4 wrong codes since it was last right Switched off/,
    );
    await page.getByText('Next sign-in: the password, then a second factor that they have.').waitFor();
    await page
      .getByText(/^From .* on: Two factors, app or phone, with .*They may put it off 3 more times\./)
      .waitFor();
    await page.getByText('Who says what').click();
    await page
      .getByRole('listitem')
      .filter({
        hasText: 'The organisation (Example Ltd): at least “Two factors, app or phone”, only these count',
      })
      .waitFor();
    await screens.browser.expectAccessible(page);
  });

  test('S87 of a guest it is said that their home decides, and nothing is offered that may not be done', async () => {
    const page = await open('members/guest');
    await page.getByText('This member’s home is another organisation.').waitFor();
    await page.getByText('There is nothing here that you may change.').waitFor();
    expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
  });
});
