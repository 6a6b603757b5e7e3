import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { administer, button, EXAMPLE, news, problem } from './screens.admin.play.ts';
import * as admin from './screens.admin.views.ts';
import { setUpScreens } from './screens.play.ts';
import { refusal, view } from './screens.server.ts';
import { NOW } from './screens.views.ts';

const screens = setUpScreens();
const { open, posts } = administer(screens);
const ADA = `${EXAMPLE}/members/ada`;

/** A day in a week, as a date field takes it. */
const DAY = new Date((NOW + 7 * 86_400) * 1000);
const DAY_VALUE = [DAY.getFullYear(), DAY.getMonth() + 1, DAY.getDate()]
  .map((part) => String(part).padStart(2, '0'))
  .join('-');
const DAY_END = Math.floor(new Date(`${DAY_VALUE}T23:59:59`).getTime() / 1000);

interface Act {
  readonly what: string;
  readonly of?: typeof admin.memberView;
  readonly opener: string;
  readonly dialog: string;
  readonly consequence: string;
  readonly fill?: (page: Page) => Promise<void>;
  readonly confirm: string;
  readonly path: string;
  readonly body: object;
  readonly done: string;
}

const suspended = { ...admin.memberView, member: { ...admin.member, status: 'suspended' as const } };
const reason = (page: Page): Promise<void> => page.getByLabel('Reason').fill('She asked in person');

const ACTS: readonly Act[] = [
  {
    what: 'the role',
    opener: 'Change role',
    dialog: 'Change the role of Ada Lovelace',
    consequence: 'from the next request on',
    fill: (page) => page.getByRole('radio', { name: /^Administrator/ }).check(),
    confirm: 'Save',
    path: 'role',
    body: { role: 'admin' },
    done: 'Ada Lovelace is now: Administrator.',
  },
  {
    what: 'a suspension',
    opener: 'Suspend',
    dialog: 'Suspend Ada Lovelace?',
    consequence: 'All sessions end at once',
    fill: reason,
    confirm: 'Suspend',
    path: 'suspend',
    body: { reason: 'She asked in person' },
    done: 'Ada Lovelace was suspended.',
  },
  {
    what: 'its end',
    of: suspended,
    opener: 'Restore',
    dialog: 'Restore Ada Lovelace?',
    consequence: 'They can sign in again',
    confirm: 'Restore',
    path: 'restore',
    body: {},
    done: 'Ada Lovelace can sign in again.',
  },
  {
    what: 'a lock',
    of: admin.troubledView,
    opener: 'Unlock',
    dialog: 'Unlock Ada Lovelace?',
    consequence: 'a lock may mean that somebody guesses',
    confirm: 'Unlock',
    path: 'unlock',
    body: {},
    done: 'Ada Lovelace was unlocked.',
  },
  {
    what: 'the sessions',
    opener: 'End all sessions',
    dialog: 'End all sessions of Ada Lovelace?',
    consequence: 'Every browser has to sign in again',
    confirm: 'End all sessions',
    path: 'sessions/end',
    body: {},
    done: 'All sessions of Ada Lovelace were ended.',
  },
  {
    what: 'an exemption',
    opener: 'Exempt',
    dialog: 'Exempt Ada Lovelace?',
    consequence: 'their password alone is enough',
    fill: async (page) => {
      await page.getByLabel('Until').fill(DAY_VALUE);
      await reason(page);
    },
    confirm: 'Exempt',
    path: 'exempt',
    body: { reason: 'She asked in person', until: DAY_END },
    done: 'Ada Lovelace is exempt until',
  },
  {
    what: 'the end of one',
    of: admin.troubledView,
    opener: 'End the exemption',
    dialog: 'End the exemption of Ada Lovelace?',
    consequence: 'demanded of them again',
    confirm: 'End it',
    path: 'exempt',
    body: { until: 0 },
    done: 'Ada Lovelace is no longer exempt.',
  },
  {
    what: 'a kind that is demanded',
    opener: 'Demand a kind',
    dialog: 'Demand a second factor of Ada Lovelace',
    consequence: 'At the next sign-in they are made to set it up',
    fill: (page) => page.getByRole('radio', { name: /^Email/ }).check(),
    confirm: 'Save',
    path: 'must',
    body: { kind: 'email' },
    done: 'this is demanded of Ada Lovelace: Email.',
  },
  {
    what: 'no kind any more',
    of: admin.troubledView,
    opener: 'Change it',
    dialog: 'Demand a second factor of Ada Lovelace',
    consequence: 'At the next sign-in',
    fill: (page) => page.getByRole('radio', { name: 'No kind in particular' }).check(),
    confirm: 'Save',
    path: 'must',
    body: {},
    done: 'No kind in particular is demanded of Ada Lovelace any more.',
  },
  {
    what: 'a reset of one factor',
    opener: 'Reset Work phone',
    dialog: 'Reset “Work phone” of Ada Lovelace?',
    consequence: 'may stop it during the time that the policy gives',
    fill: reason,
    confirm: 'Reset',
    path: 'reset',
    body: { reason: 'She asked in person', enrollmentId: 'phone-1' },
    done: 'The reset was asked for.',
  },
  {
    what: 'a reset of all',
    opener: 'Reset all second factors',
    dialog: 'Reset all second factors of Ada Lovelace?',
    consequence: 'All second factors and recovery codes stop working',
    fill: reason,
    confirm: 'Reset',
    path: 'reset',
    body: { reason: 'She asked in person' },
    done: 'The reset was asked for.',
  },
  {
    what: 'a reset of an administrator, to which others agree',
    of: { ...admin.memberView, member: { ...admin.member, role: 'owner' } },
    opener: 'Reset all second factors',
    dialog: 'Reset all second factors of Ada Lovelace?',
    consequence: 'others have to agree before anything happens',
    fill: reason,
    confirm: 'Reset',
    path: 'reset',
    body: { reason: 'She asked in person' },
    done: 'The reset was asked for.',
  },
  {
    what: 'agreeing to a pass',
    of: admin.troubledView,
    opener: 'Agree',
    dialog: 'Agree to the access pass for Ada Lovelace?',
    consequence: 'Agree only if you know yourself that it is them',
    confirm: 'Agree',
    path: 'pass/approve',
    body: {},
    done: 'You agreed to the access pass',
  },
  {
    what: 'the end of a pass',
    of: admin.troubledView,
    opener: 'Revoke the pass',
    dialog: 'Revoke the access pass of Ada Lovelace?',
    consequence: 'The code stops working at once',
    confirm: 'Revoke',
    path: 'pass/revoke',
    body: {},
    done: 'The access pass of Ada Lovelace was revoked.',
  },
];

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
      JSON.stringify([{ ...sessionStorage }, { ...localStorage }, location.href]),
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
