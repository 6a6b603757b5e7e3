import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { administer, button, EXAMPLE, news, problem } from './screens.admin.play.ts';
import * as pages from './screens.admin.pages.views.ts';
import * as admin from './screens.admin.views.ts';
import { setUpScreens } from './screens.play.ts';
import { refusal, view } from './screens.server.ts';

const screens = setUpScreens();
const { open, posts, searches } = administer(screens);
const INVITES = `${EXAMPLE}/invites`;
const RESETS = `${EXAMPLE}/resets`;

describe('invitations', () => {
  test('one is invited', async () => {
    const made = { ...admin.invites[0], sub: 'gus', email: 'gus@example.com', name: 'Gus' };
    const page = await open('invites', { [`POST ${INVITES}`]: [refusal(409, 'exists'), view(made)] });
    await button(page, 'Invite one').click();
    const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
    await screens.browser.expectAccessible(page);
    await page.keyboard.type('gus');
    await page.keyboard.press('Enter');
    await problem(dialog, 'Enter their email address.');
    await problem(dialog, 'Enter their name.');
    await dialog.getByLabel('Email').fill('gus@example.com');
    await dialog.getByLabel('Name').fill('Gus');
    await dialog.getByRole('radio', { name: /^Administrator/ }).check();
    await button(dialog, 'Send invitation').click();
    await problem(dialog, 'There is one already.');
    await button(dialog, 'Send invitation').click();
    await news(page, 'gus@example.com was invited.');
    await page.getByRole('list', { name: 'Invitations' }).getByText('Gus', { exact: true }).waitFor();
    expect(posts()[1]).toEqual({
      path: 'invites',
      body: { email: 'gus@example.com', name: 'Gus', role: 'admin' },
    });
  });

  test('many are invited from a file, with a report of every bad line', async () => {
    const csv = 'email,name,role\ngus@example.com,Gus,member\nnobody,Nobody,member\n';
    const file = join(tmpdir(), 'penumbra-invites.csv');
    await writeFile(file, csv);
    const page = await open('invites', {
      [`POST ${INVITES}/bulk`]: view({ invited: 1, problems: [{ line: 3, message: 'This is no address.' }] }),
    });
    await button(page, 'Invite many').click();
    const dialog = page.getByRole('dialog', { name: 'Invite many' });
    await screens.browser.expectAccessible(page);
    await button(dialog, 'Invite all').click();
    await problem(dialog, 'Paste some lines, or choose a file.');
    await dialog.getByLabel('Or take them from a file').setInputFiles(file);
    await expect.poll(() => dialog.getByLabel('Lines').inputValue()).toBe(csv);
    await button(dialog, 'Invite all').click();
    await news(page, '1 member was invited.');
    await page.getByRole('heading', { name: '1 line was not invited' }).waitFor();
    await page.getByRole('row', { name: '3 This is no address.' }).waitFor();
    await screens.browser.expectAccessible(page);
    expect(posts()).toEqual([{ path: 'invites/bulk', body: { csv: csv.trim() } }]);
  });

  test('one is sent again or withdrawn, with the consequence', async () => {
    const page = await open('invites', {
      [`POST ${INVITES}/finn/resend`]: view({ invites: admin.invites }),
      [`POST ${INVITES}/finn/revoke`]: view({ invites: admin.invites.slice(0, 1) }),
    });
    await page.getByText('Expired', { exact: true }).waitFor();
    await button(page, 'Send again finn@example.com').click();
    const again = page.getByRole('dialog', { name: 'Send finn@example.com a new invitation?' });
    await again.getByText('The one before stops working at once.').waitFor();
    await button(again, 'Send again').click();
    await news(page, 'A new invitation was sent to finn@example.com.');
    await button(page, 'Withdraw finn@example.com').click();
    await screens.browser.expectAccessible(page);
    await button(page.getByRole('dialog'), 'Withdraw').click();
    await news(page, 'The invitation of finn@example.com was withdrawn.');
    expect(await page.getByText('Finn', { exact: true }).count()).toBe(0);
  });

  test('an administrator who is no owner can invite none; nobody may be invited yet', async () => {
    const page = await open('invites', {
      'GET /api/organizations': view({ organizations: [{ ...admin.organization, role: 'admin' }] }),
      [`GET ${INVITES}`]: view({ invites: [] }),
    });
    await page.getByText('Nobody is invited at the moment.').waitFor();
    await button(page, 'Invite one').click();
    expect(await page.getByRole('radio', { name: /^Owner/ }).count()).toBe(0);
  });
});

describe('requests', () => {
  test('S46 a reset is agreed to, or cancelled, with who asked, why, and when it happens', async () => {
    const page = await open('requests', {
      [`POST ${RESETS}/reset-1/approve`]: view({ ...admin.requests, resets: admin.requests.resets.slice(1) }),
      [`POST ${RESETS}/reset-2/cancel`]: view({ ...admin.requests, resets: [] }),
    });
    const resets = page.getByRole('list', { name: 'Resets that wait' }).getByRole('listitem');
    expect((await resets.nth(0).innerText()).replace(/\s+/g, ' ')).toMatch(
      /All second factors are to be reset\. One more administrator has to agree\. Reason: Lost her bag .* Asked for by Grace Hopper, .* Agreed: Mary Jackson/,
    );
    expect((await resets.nth(1).innerText()).replace(/\s+/g, ' ')).toMatch(
      /“Old tablet” is to be reset\. It happens at .*, unless the member stops it\. .*Somebody else has to agree/,
    );
    await button(page, 'Agree Eve Evans').click();
    const dialog = page.getByRole('dialog', { name: 'Agree to the reset for Eve Evans?' });
    await dialog.getByText('Reason: Lost her bag with the phone in it').waitFor();
    await screens.browser.expectAccessible(page);
    await button(dialog, 'Agree').click();
    await news(page, 'You agreed to the reset for Eve Evans.');
    await button(page, 'Cancel reset Eve Evans').click();
    await button(
      page.getByRole('dialog', { name: 'Cancel the reset for Eve Evans?' }),
      'Cancel reset',
    ).click();
    await news(page, 'The reset for Eve Evans was cancelled.');
    await page.getByText('No reset waits.').waitFor();
    expect(posts().map(({ path }) => path)).toEqual(['resets/reset-1/approve', 'resets/reset-2/cancel']);
  });

  test('a member who asked for help is led to, and marked as done', async () => {
    const page = await open('requests', {
      [`POST ${EXAMPLE}/members/carl/help/dismiss`]: view(admin.memberView),
    });
    const link = page.getByRole('link', { name: 'Carl Carlsson' });
    expect(await link.getAttribute('href')).toBe('#/example/members/carl');
    await button(page, 'Mark as done Carl Carlsson').click();
    await news(page, 'The request of Carl Carlsson was marked as done.');
    await page.getByText('Nobody asks for help.').waitFor();
  });
});

describe('the audit log', () => {
  test('S70 is filtered by kind, days and member, and exported as it is shown', async () => {
    const page = await open('audit');
    await page.getByText('A reset was asked for', { exact: true }).waitFor();
    await page.getByLabel('Kind of event').selectOption('Administration');
    await page.getByLabel('From').fill('2026-01-02');
    await page.getByLabel('To').fill('2026-01-03');
    const [from, to] = ['2026-01-02T00:00:00', '2026-01-03T23:59:59'].map(
      (at) => new Date(at).getTime() / 1000,
    );
    await expect.poll(() => searches('audit').at(-1)).toBe(`?group=admin&from=${from}&to=${to}`);
    await page.getByLabel('Member', { exact: true }).fill('ada');
    await page.getByRole('button', { name: /^Ada Lovelace/ }).click();
    await page.getByText('Only Ada Lovelace').waitFor();
    const query = `?member=ada&group=admin&from=${from}&to=${to}`;
    await expect.poll(() => searches('audit').at(-1)).toBe(query);
    const file = (name: string): Promise<string | null> =>
      page.getByRole('link', { name }).getAttribute('href');
    expect(await file('Export as CSV')).toBe(`${EXAMPLE}/audit.csv${query}`);
    expect(await file('Export as JSON lines')).toBe(`${EXAMPLE}/audit.jsonl${query}`);
    await screens.browser.expectAccessible(page);
    await button(page, 'Show everybody').click();
    await expect.poll(() => searches('audit').at(-1)).toBe(`?group=admin&from=${from}&to=${to}`);
  });

  test('tells each event in words, with all that is known of it; more is added below, with the focus on it', async () => {
    const page = await open('audit', {
      [`GET ${EXAMPLE}/audit`]: [
        view({ entries: pages.entries, next: 'cursor-2' }),
        view({ entries: [{ ...pages.entry, id: 'entry-9', type: 'sign_out' }] }),
      ],
    });
    const entries = page.getByRole('list', { name: 'Audit log' }).getByRole('listitem');
    await entries.nth(1).getByText('Refused').waitFor();
    await entries.nth(1).getByText('A wrong code was entered at a sign-in').first().waitFor();
    await entries.nth(2).getByText('By Grace Hopper').waitFor();
    await entries.nth(2).getByText('More').click();
    await entries.nth(2).getByText('Lost her bag with the phone in it').waitFor();
    await entries.nth(2).getByText('request-3').waitFor();
    // What has no words here is told as it is written.
    await entries.nth(3).getByText('something.new').first().waitFor();
    await screens.browser.expectAccessible(page);
    await button(page, 'Show more').press('Enter');
    await entries.nth(4).and(page.locator(':focus')).waitFor();
    expect(searches('audit').at(-1)).toBe('?cursor=cursor-2');
    expect(await button(page, 'Show more').count()).toBe(0);
  });

  test('shows what happened to one member, from their page', async () => {
    const page = await open('members/ada', { [`GET ${EXAMPLE}/audit`]: view({ entries: [] }) });
    await page.getByRole('link', { name: 'What happened' }).click();
    await page.getByText('Only Ada Lovelace').waitFor();
    await page.getByText('Nothing happened that fits.').waitFor();
    expect(searches('audit')).toEqual(['?member=ada']);
  });
});
