import { describe, expect, test } from 'vitest';
import * as accounts from './screens.account.views.ts';
import { administer, ANSWERS, API, button, EXAMPLE, problem } from './screens.admin.play.ts';
import * as pages from './screens.admin.pages.views.ts';
import * as admin from './screens.admin.views.ts';
import { setUpScreens } from './screens.play.ts';
import { refusal, view } from './screens.server.ts';

const screens = setUpScreens();
const { open } = administer(screens);

const PAGES: readonly (readonly [path: string, heading: string, ready: string])[] = [
  ['overview', 'Overview', 'Coverage over time'],
  ['members', 'Members', 'Ada Lovelace'],
  ['members/ada', 'Ada Lovelace', 'Why they are asked'],
  ['members/troubled', 'Ada Lovelace', 'What there is to know now'],
  ['members/guest', 'Ada Lovelace', 'No second factor is set up.'],
  ['invites', 'Invitations', 'Dora'],
  ['requests', 'Requests', 'Resets that wait'],
  ['sites', 'Sites', 'www.example.com'],
  ['sites/site-1', 'www.example.com', 'Who may use it'],
  ['sites/configured', 'Intranet', 'stands in the service’s configuration'],
  ['policy', 'Policy', 'Length of sessions'],
  ['audit', 'Audit log', 'A reset was asked for'],
];

describe('every page of the administration', () => {
  test.each(PAGES)(
    '%s: no axe violation, fits from 320 px to 1600, says what it is',
    async (path, heading, ready) => {
      const page = await open(path);
      await page.getByText(ready).first().waitFor();
      await expect.poll(() => page.title()).toBe(`${heading} · Penumbra`);
      await screens.browser.expectAccessible(page);
      for (const width of [320, 400, 640, 1600]) {
        await page.setViewportSize({ width, height: 800 });
        // What is measured is drawn with the next frame.
        await page.evaluate(() => new Promise(requestAnimationFrame));
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wider, `${width} px`).toBeLessThanOrEqual(0);
      }
      await page.setViewportSize({ width: 400, height: 800 });
      await screens.browser.expectAccessible(page);
    },
  );

  test.each(PAGES)('%s: is in Danish where the page is', async (path) => {
    screens.server.play(ANSWERS);
    screens.server.lang = 'da';
    const page = await screens.browser.open(`${screens.server.origin}/admin#/example/${path}`);
    await page
      .getByRole('navigation', { name: 'Administration' })
      .getByRole('link', { name: 'Medlemmer' })
      .waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await screens.browser.expectNarrow(page);
  });

  test.each(PAGES)('%s: says when it can’t be loaded, and tries again', async (path, _heading, ready) => {
    const first = path.split('/').slice(0, 2).join('/');
    const route =
      { requests: 'resets', 'sites/site-1': 'sites', 'sites/configured': 'sites' }[first] ?? first;
    const answer = ANSWERS[`GET ${EXAMPLE}/${route}`];
    if (!answer || Array.isArray(answer)) throw new Error(route);
    const page = await open(path, { [`GET ${EXAMPLE}/${route}`]: [refusal(503, 'unavailable'), answer] });
    await problem(page, 'out of order');
    await button(page, 'Try again').click();
    await page.getByText(ready).first().waitFor();
  });
});

describe('the administration', () => {
  test('leads from page to page by keyboard, with the focus on what was opened, and back', async () => {
    const page = await open('overview');
    const pages = page.getByRole('navigation', { name: 'Administration' });
    await pages.getByRole('link', { name: 'Sites' }).press('Enter');
    await page.getByRole('heading', { name: 'Sites', level: 1 }).and(page.locator(':focus')).waitFor();
    expect(await pages.getByRole('link', { name: 'Sites' }).getAttribute('aria-current')).toBe('page');
    await page.getByRole('link', { name: 'Intranet' }).press('Enter');
    await page.getByRole('heading', { name: 'Intranet' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Sites', level: 1 }).waitFor();
    expect(await page.getByRole('link', { name: 'Your own profile' }).getAttribute('href')).toBe('/account');
  });

  test('switches between organisations and stays on the kind of page', async () => {
    const page = await open('members/ada', {
      [`GET ${API}/agency/members`]: view({ ...admin.morePage }),
    });
    await page.getByLabel('Organisation').selectOption('The Agency');
    await page.getByRole('link', { name: 'Zoe' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#/agency/members');
    await page.getByText('Administrator', { exact: true }).first().waitFor();
  });

  test('has nothing to switch where there is one organisation, and begins with the overview', async () => {
    screens.server.play({ ...ANSWERS, [`GET ${API}`]: view({ organizations: [admin.organization] }) });
    const page = await screens.browser.open(`${screens.server.origin}/admin`);
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(await page.getByLabel('Organisation').count()).toBe(0);
  });

  test('says so where there is none, and where it can’t be loaded', async () => {
    const LOAD = `GET ${API}`;
    const page = await open('overview', {
      [LOAD]: [refusal(503, 'unavailable'), view({ organizations: [] })],
    });
    await problem(page, 'out of order');
    await screens.browser.expectAccessible(page);
    await button(page, 'Try again').click();
    await page.getByText('You administer no organisation.').waitFor();
    await screens.browser.expectAccessible(page);
  });

  test('goes to the sign-in when signed out', async () => {
    const page = await open('members', {
      [`GET ${EXAMPLE}/members`]: refusal(401, 'login_required', { continue: '/anew' }),
    });
    await page.waitForURL('**/anew');
  });

  test('is linked from the account of who administers, and of nobody else', async () => {
    const page = await screens.open(
      { 'GET /api/account': view({ ...accounts.account, administers: true }) },
      {},
      '/account',
    );
    const link = page.getByRole('link', { name: 'Administer your organisation' });
    expect(await link.getAttribute('href')).toBe('/admin');
    await screens.browser.expectAccessible(page);
    screens.server.play({ 'GET /api/account': view(accounts.account) });
    await page.reload();
    await page.getByRole('heading', { name: 'Profile', exact: true }).waitFor();
    expect(await link.count()).toBe(0);
  });
});

describe('the overview', () => {
  test('counts lead to the members that they count, requests to what waits', async () => {
    const page = await open('overview');
    await page.getByText('One member asks for help. 2 resets wait.').waitFor();
    const href = (name: RegExp): Promise<string | null> =>
      page.getByRole('link', { name }).getAttribute('href');
    expect(await href(/^212 No second factor/)).toBe('#/example/members?filter=no_factor');
    expect(await href(/^1,204 All members/)).toBe('#/example/members');
    expect(await href(/^See the requests/)).toBe('#/example/requests');
  });

  test('each chart says what is to be seen, and has all its numbers in a table', async () => {
    const page = await open('overview');
    await page.getByRole('img', { name: /^81% of members have a second factor: 973 of 1,202\./ }).waitFor();
    await page.getByText('Show the numbers').first().click();
    const coverage = page.getByRole('table', { name: 'Coverage over time' });
    expect(await coverage.getByRole('row').count()).toBe(31);
    await page.getByText('Show the numbers').nth(1).click();
    const signIns = page.getByRole('table', { name: 'Sign-ins by kind and result' });
    expect(await signIns.getByRole('row').count()).toBe(32);
    await screens.browser.expectAccessible(page);
    const chart = page.getByRole('img', { name: /succeeded and .* failed since/ });
    const before = await chart.getAttribute('aria-label');
    await page.getByLabel('Kind', { exact: true }).selectOption('Phone');
    await expect.poll(() => chart.getAttribute('aria-label')).not.toBe(before);
    // What failed is hatched, so it is told without its colour.
    expect(await chart.locator('rect[fill="url(#hatch)"]').count()).toBeGreaterThan(0);
  });

  test('a young organisation has nothing to draw yet', async () => {
    const page = await open('overview', {
      [`GET ${EXAMPLE}/overview`]: view({
        ...pages.overview,
        coverage: [],
        signIns: [],
        resets: 0,
        helpRequests: 0,
      }),
    });
    await page.getByText('There is nothing to show yet.').first().waitFor();
    expect(await page.getByRole('link', { name: 'See the requests' }).count()).toBe(0);
  });
});
