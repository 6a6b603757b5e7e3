import { describe, expect, test } from 'vitest';
import { administer, button, EXAMPLE, problem } from './screens.admin.play.ts';
import * as admin from './screens.admin.views.ts';
import { setUpScreens } from './screens.play.ts';
import { refusal, view, type Answer } from './screens.server.ts';

const screens = setUpScreens();
const { open, searches } = administer(screens);
const MEMBERS = `GET ${EXAMPLE}/members`;

describe('members', () => {
  test('are a table on a wide screen, cards on a phone, with all that is known at a glance', async () => {
    const page = await open('members');
    const row = page.getByRole('row').filter({ hasText: 'Carl Carlsson' });
    expect((await row.innerText()).replace(/\s+/g, ' ')).toMatch(
      /Carl Carlsson carl@example.com Locked Asks for help Authenticator app Two factors, app or phone .+/,
    );
    await page.getByText('6 of 1,204 members shown').waitFor();
    await page.setViewportSize({ width: 400, height: 800 });
    const card = page.getByRole('list', { name: 'Members' }).getByRole('listitem').filter({ hasText: 'Bob' });
    await card.getByText(/^Exempt until/).waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
    await screens.browser.expectAccessible(page);
  });

  test('are narrowed by a filter that shows its count, as links or, on a phone, in a list', async () => {
    const page = await open('members');
    const filters = page.getByRole('navigation', { name: 'Show' });
    await filters.getByRole('link', { name: 'Weak second factor 88' }).press('Enter');
    await expect.poll(() => searches('members').at(-1)).toBe('?filter=weak&sort=name');
    await filters.locator('[aria-current="true"]', { hasText: 'Weak' }).waitFor();
    await page.setViewportSize({ width: 400, height: 800 });
    await page.getByRole('combobox', { name: 'Show' }).selectOption('Locked (2)');
    await expect.poll(() => searches('members').at(-1)).toBe('?filter=locked&sort=name');
    await page.goBack();
    await expect.poll(() => searches('members').at(-1)).toBe('?filter=weak&sort=name');
  });

  test('are searched while one types, once and not letter by letter; a late answer of before counts no more', async () => {
    const late = Promise.withResolvers<Answer>();
    const page = await open('members', {
      [MEMBERS]: [
        view(admin.memberPage),
        { hold: late.promise },
        view({ ...admin.morePage }),
        view({ ...admin.morePage, members: [] }),
      ],
    });
    await page.getByRole('link', { name: 'Ada Lovelace' }).waitFor();
    const search = page.getByRole('searchbox', { name: 'Search' });
    await search.pressSequentially('ad');
    await page.getByRole('status').filter({ hasText: 'Searching' }).waitFor();
    await search.fill('zo');
    await page.getByRole('link', { name: 'Zoe' }).waitFor();
    late.resolve(view(admin.memberPage));
    await page.getByRole('status').filter({ hasText: '1 member' }).waitFor();
    expect(await page.getByRole('link', { name: 'Ada Lovelace' }).count()).toBe(0);
    expect(searches('members').slice(1)).toEqual([
      '?filter=all&search=ad&sort=name',
      '?filter=all&search=zo&sort=name',
    ]);
    await search.and(page.locator(':focus')).waitFor();
    await search.fill('zox');
    await page.getByText('No name and no address begins with that.').waitFor();
    await screens.browser.expectAccessible(page);
    // What is searched for is there again after a reload.
    await page.reload();
    await expect.poll(() => search.inputValue()).toBe('zox');
  });

  test('are sorted, shown page by page with the focus on what is new, and exported as they are shown', async () => {
    const page = await open('members', {
      [MEMBERS]: [view(admin.memberPage), view(admin.memberPage), view(admin.morePage)],
    });
    await page.getByLabel('Sort by').selectOption('Last sign-in');
    await expect.poll(() => searches('members').at(-1)).toBe('?filter=all&sort=last_sign_in');
    await button(page, 'Show more').press('Enter');
    await page.getByRole('link', { name: 'Zoe' }).and(page.locator(':focus')).waitFor();
    expect(searches('members').at(-1)).toBe('?filter=all&sort=last_sign_in&cursor=cursor-2');
    expect(await button(page, 'Show more').count()).toBe(0);
    await page.getByText('7 members').waitFor();
    await page.getByRole('searchbox').fill('a&b');
    const file = page.getByRole('link', { name: 'Export as CSV' });
    await expect.poll(() => file.getAttribute('href')).toBe(`${EXAMPLE}/members.csv?filter=all&search=a%26b`);
  });

  test('a failed search leaves what was there, and says so', async () => {
    const page = await open('members', {
      [MEMBERS]: [view(admin.memberPage), refusal(503, 'busy'), view(admin.morePage)],
    });
    await page.getByRole('link', { name: 'Ada Lovelace' }).waitFor();
    await page.getByRole('searchbox').fill('z');
    await problem(page, 'very busy');
    await page.getByRole('link', { name: 'Ada Lovelace' }).waitFor();
    await page.getByRole('searchbox').fill('zo');
    await page.getByRole('link', { name: 'Zoe' }).waitFor();
    expect(await page.getByRole('alert').filter({ hasText: 'busy' }).count()).toBe(0);
  });

  test('nobody is said to be there where nobody is', async () => {
    const page = await open('members?filter=locked', { [MEMBERS]: view({ ...admin.morePage, members: [] }) });
    await page.getByText('Nobody is here.').waitFor();
  });
});
