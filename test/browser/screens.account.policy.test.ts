import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { AccountView } from '../../worker/interaction/wire.ts';
import * as accounts from './screens.account.views.ts';
import { app, mailbox, otherApp, phone } from './screens.account.views.ts';
import { setUpScreens } from './screens.play.ts';
import { view } from './screens.server.ts';

const screens = setUpScreens();

type Mfa = AccountView['mfa'];
type Enrollments = AccountView['enrollments'];

function open(mfa: Partial<Mfa>, enrollments: Enrollments = [app, mailbox]): Promise<Page> {
  const account = { ...accounts.account, mfa: { ...accounts.account.mfa, ...mfa }, enrollments };
  return screens.open({ 'GET /api/account': view(account) }, {}, '/account');
}

function methods(page: Page): Locator {
  return page.getByRole('list', { name: 'Your methods' }).getByRole('listitem');
}

async function demand(page: Page): Promise<string[]> {
  await methods(page).first().waitFor();
  return (await page.locator('#section-mfa .lead').allInnerTexts()).slice(1);
}

describe('what is demanded is said in words', () => {
  const organization = 'Your organisation asks its members for a second factor.';

  test.each<readonly [string, Partial<Mfa>, readonly string[]]>([
    ['any', {}, [organization, 'It takes an authenticator app, codes by mail or a phone.']],
    [
      'more than mail',
      { accepted: ['totp', 'phone'], least: 'aal2' },
      [organization, 'It takes an authenticator app or a phone. Codes by mail are not enough.'],
    ],
    ['one kind', { accepted: ['totp'] }, [organization, 'It takes an authenticator app.']],
    [
      'by several, a passkey',
      { accepted: [], least: 'phr', reasons: ['service', 'member'] },
      [
        'This sign-in service asks everyone for a second factor.',
        'An administrator asks you for a second factor.',
        'Only a passkey is strong enough.',
      ],
    ],
    [
      'a strength of a later service',
      { least: 'aal4', accepted: ['phone'] },
      [organization, 'It takes a phone.'],
    ],
    ['none', { required: false, reasons: [], least: '1fa' }, []],
  ])('%s', async (_, mfa, words) => {
    const page = await open(mfa);
    expect(await demand(page)).toEqual(words);
  });

  test('in Danish, too', async () => {
    screens.server.play({
      'GET /api/account': view(accounts.troubled),
    });
    screens.server.lang = 'da';
    const page = await screens.browser.open(`${screens.server.origin}/account`);
    await page
      .getByText('Det skal være en godkendelsesapp eller en telefon. Koder på mail er ikke nok.')
      .waitFor();
    await page.getByText('Godkendes ikke her').waitFor();
    await screens.browser.expectNarrow(page);
  });
});

describe('a factor that is not accepted', () => {
  const mfa: Partial<Mfa> = { accepted: ['totp', 'phone'], least: 'aal2' };

  test('is marked, can’t become the default, and can be removed', async () => {
    const page = await open(mfa);
    expect(await methods(page).allInnerTexts()).toEqual([
      expect.not.stringContaining('Not accepted here'),
      expect.stringMatching(/^Work mail\s+Not accepted here/),
    ]);
    await screens.browser.expectAccessible(page);
    await screens.browser.expectNarrow(page);
    expect(await page.getByRole('button', { name: 'Make default Work mail' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Remove Work mail' }).waitFor();
  });

  test.each<readonly [string, Enrollments, number]>([
    ['the last that counts, though there is mail', [app, mailbox], 1],
    ['one of two that count', [app, phone, mailbox], 0],
    ['one of two of a kind', [app, otherApp], 0],
  ])('S45 does not stand in for one that is: %s', async (_, enrollments, kept) => {
    const page = await open(mfa, enrollments);
    await methods(page).first().waitFor();
    expect(await page.getByText('This one can’t be removed').count()).toBe(kept);
    const removable = page.getByRole('button', { name: /^Remove (?!the)/ });
    expect(await removable.count()).toBe(enrollments.length - kept);
  });
});
