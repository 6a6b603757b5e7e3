import { describe, expect, test } from 'vitest';
import { administer, button, EXAMPLE, news, problem } from './screens.admin.play.ts';
import * as pages from './screens.admin.pages.views.ts';
import { setUpScreens } from './screens.play.ts';
import { refusal, view } from './screens.server.ts';

const screens = setUpScreens();
const { open, posts } = administer(screens);
const SITES = `${EXAMPLE}/sites`;
const SECRET = 'secret-of-the-site-Zx81';

describe('sites', () => {
  test('one is added: mistakes at their fields, its secret shown once and nowhere kept', async () => {
    const page = await open('sites', {
      [`POST ${SITES}`]: [
        refusal(400, 'invalid_body', {
          errors: [{ field: 'redirectUris.0', message: 'It has to be https.' }],
        }),
        view({ site: { ...pages.site, clientId: 'site-3', name: 'shop.example.com' }, clientSecret: SECRET }),
      ],
    });
    await button(page, 'Add a site').click();
    const dialog = page.getByRole('dialog', { name: 'Add a site' });
    await screens.browser.expectAccessible(page);
    await button(dialog, 'Add a site').click();
    await problem(dialog, 'Give it a name.');
    await problem(dialog, 'Enter at least one.');
    await dialog.getByLabel('Name').fill('shop.example.com');
    await dialog.getByLabel('Redirect addresses').fill('shop.example.com/callback');
    await page.keyboard.press('Tab');
    await button(dialog, 'Add a site').click();
    await problem(dialog, 'Not a whole address: shop.example.com/callback');
    await dialog
      .getByLabel('Redirect addresses')
      .fill('http://shop.example.com/a\n\n https://shop.example.com/b ');
    await button(dialog, 'Add a site').click();
    await problem(dialog, 'It has to be https.');
    await dialog.getByLabel('Redirect addresses').and(page.locator(':focus')).waitFor();
    await dialog.getByRole('radio', { name: /^Without a secret/ }).check();
    await button(dialog, 'Add a site').click();
    const shown = page.getByRole('dialog', { name: 'Secret of shop.example.com' });
    await shown.getByText(SECRET).waitFor();
    await screens.browser.expectAccessible(page);
    const kept = await page.evaluate(() =>
      JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]),
    );
    expect(kept).not.toContain(SECRET);
    await button(shown, 'I have saved it').click();
    expect(await page.content()).not.toContain(SECRET);
    await page.getByRole('link', { name: 'shop.example.com' }).waitFor();
    const site = {
      name: 'shop.example.com',
      redirectUris: ['http://shop.example.com/a', 'https://shop.example.com/b'],
      postLogoutRedirectUris: [],
    };
    expect(posts().map(({ body }) => body)).toEqual([
      { ...site, isPublic: false },
      { ...site, isPublic: true },
    ]);
  });

  test('its details are changed', async () => {
    const page = await open('sites/site-1', {
      [`POST ${SITES}/site-1`]: view({ ...pages.site, name: 'Shop' }),
    });
    await button(page, 'Change').click();
    const dialog = page.getByRole('dialog', { name: 'Change www.example.com' });
    await screens.browser.expectAccessible(page);
    expect(await dialog.getByLabel('Redirect addresses').inputValue()).toBe(pages.site.redirectUris[0]);
    await dialog.getByLabel('Name').fill('Shop');
    await page.keyboard.press('Enter');
    await news(page, 'Shop was changed.');
    await expect.poll(() => page.title()).toBe('Shop · Penumbra');
    expect(posts()).toEqual([
      {
        path: 'sites/site-1',
        body: {
          name: 'Shop',
          redirectUris: pages.site.redirectUris,
          postLogoutRedirectUris: pages.site.postLogoutRedirectUris,
        },
      },
    ]);
  });

  test('a new secret takes a question, since the old one is void', async () => {
    const page = await open('sites/site-1', {
      [`POST ${SITES}/site-1/secret`]: view({ site: pages.site, clientSecret: SECRET }),
    });
    await button(page, 'New secret').click();
    const dialog = page.getByRole('dialog', { name: 'Make a new secret for www.example.com?' });
    await dialog.getByText('stops working at once').waitFor();
    await screens.browser.expectAccessible(page);
    await button(dialog, 'New secret').click();
    await page.getByText(SECRET).waitFor();
    await button(page, 'I have saved it').click();
    await news(page, 'A new secret was made.');
  });

  test('a site that is removed is said to be on the list of the others', async () => {
    const page = await open('sites/site-1', { [`POST ${SITES}/site-1/remove`]: view({ sites: [] }) });
    await button(page, 'Remove site').click();
    await button(page.getByRole('dialog', { name: 'Remove www.example.com?' }), 'Remove site').click();
    await news(page, 'www.example.com was removed.');
    await page.getByRole('heading', { name: 'Sites', level: 1 }).and(page.locator(':focus')).waitFor();
  });

  test('who may use it is chosen by name, with the consequence, and kept over a fresh sign-in', async () => {
    const page = await open('sites/site-1', {
      [`POST ${SITES}/site-1`]: [
        refusal(401, 'fresh_authentication_required', { continue: '/again' }),
        view({ ...pages.site, listed: 2 }),
      ],
    });
    expect(await button(page, 'Save').isDisabled()).toBe(true);
    await page.getByLabel('Add a member').fill('bo');
    await page.getByRole('button', { name: /^Bob/ }).press('Enter');
    await page
      .getByRole('list', { name: 'Only these members' })
      .getByText('Bob', { exact: true })
      .first()
      .waitFor();
    await screens.browser.expectAccessible(page);
    await button(page, 'Save').click();
    const dialog = page.getByRole('dialog', { name: 'Change who may use www.example.com?' });
    await dialog.getByText('only the members in the list can sign in there: 2.').waitFor();
    await button(dialog, 'Save').click();
    await button(page.getByRole('dialog', { name: 'Sign in again first' }), 'Sign in again').click();
    await page.waitForURL('**/again');
    await page.goto(`${screens.server.origin}/admin`);
    await button(page.getByRole('dialog'), 'Save').click();
    await news(page, 'Who may use the site was changed.');
    expect(posts().at(-1)?.body).toEqual({ access: 'listed', listed: ['ada', 'bob'] });
  });

  test('all members can be let in again', async () => {
    const page = await open('sites/site-1', {
      [`POST ${SITES}/site-1`]: view({ ...pages.site, access: 'members', listed: 0, listedMembers: [] }),
    });
    await page.getByRole('radio', { name: 'All members of the organisation' }).check();
    await button(page, 'Save').click();
    await button(page.getByRole('dialog'), 'Save').click();
    await news(page, 'Who may use the site was changed.');
    expect(posts()[0]?.body).toEqual({ access: 'members' });
  });

  test('what it demands beyond the organisation is edited as the organisation’s policy is', async () => {
    const page = await open('sites/site-1', {
      [`POST ${SITES}/site-1`]: view({ ...pages.site, policy: { least: 'aal2', accepted: ['totp'] } }),
    });
    await page.getByText('at least “Two factors, app or phone”').waitFor();
    await button(page, 'Change what it demands').click();
    await page.getByText('The service’s configuration says: a second factor is required.').waitFor();
    await screens.browser.expectAccessible(page);
    await page.getByRole('checkbox', { name: /^Phone/ }).uncheck();
    await page.getByRole('checkbox', { name: /^Email/ }).uncheck();
    await button(page, 'Save').last().click();
    const dialog = page.getByRole('dialog', { name: 'Save what www.example.com demands?' });
    await dialog.getByText('only these count: Authenticator app').waitFor();
    await screens.browser.expectAccessible(page);
    await button(dialog, 'Save').click();
    await news(page, 'What the site demands was saved.');
    expect(posts()).toEqual([
      { path: 'sites/site-1', body: { policy: { least: 'aal2', accepted: ['totp'] } } },
    ]);
    await page.getByText('only these count: Authenticator app').waitFor();
  });

  test('one of the configuration is shown, but not changed here; one that is gone is said to be', async () => {
    const page = await open('sites/configured');
    await page.getByText('stands in the service’s configuration and is changed there.').waitFor();
    expect(await button(page, 'Change').count()).toBe(0);
    expect(await button(page, 'Remove site').count()).toBe(0);
    await page.goto(`${screens.server.origin}/admin#/example/sites/gone`);
    await problem(page, 'does not exist any more');
  });
});
