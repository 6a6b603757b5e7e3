import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Language } from '../../worker/localization/language.ts';
import * as accounts from './screens.account.views.ts';
import { LOAD, setUpScreens, type Script } from './screens.play.ts';
import { refusal, view } from './screens.server.ts';
import * as views from './screens.views.ts';

const screens = setUpScreens();

function open(
  script: Script,
  { path = '/interaction/one', name, lang = 'en' }: { path?: string; name?: string; lang?: Language } = {},
): Promise<Page> {
  screens.server.play(script);
  screens.server.serviceName = name;
  screens.server.lang = lang;
  return screens.browser.open(screens.server.origin + path);
}

test.each([
  ['as it is configured', 'Håndværk & Søn <A/S> {length}'],
  ['as Penumbra where the page says nothing', undefined],
  ['as Penumbra where the page says nothing but spaces', ' '],
])('a code is asked for under the name that an app shows: %s', async (_, name) => {
  const page = await open({ [LOAD]: view(views.challenge) }, name === undefined ? {} : { name });
  const shown = name?.trim() ? name : 'Penumbra';
  await page.getByText(`Open Work phone and type the 6 digits that it shows for ${shown}.`).waitFor();
});

test.each([
  ['the account', '/account', { 'GET /api/account': view(accounts.account) }, 'Profile'],
  [
    'a link from a mail',
    '/setup#spent',
    { 'POST /api/setup/inspect': refusal(410, 'setup_link_gone') },
    'This link can’t be used',
  ],
  ['“this was not me”', '/not-me#token', {}, 'Was this not you?'],
  [
    'a sign-in that is over',
    '/interaction/one',
    { [LOAD]: refusal(410, 'interaction_ended') },
    'This sign-in is over',
  ],
] as const)('the title of a page without a site bears it: %s', async (_, path, script, heading) => {
  const page = await open(script, { path, name: 'Acme Login' });
  await expect.poll(() => page.title()).toBe(`${heading} · Acme Login`);
});

test.each([
  ['en', 'Acme Login', 'Download', 'acme-login-recovery-codes.txt', 'Acme Login recovery codes of '],
  ['da', 'Søn / Co.', 'Download', 'søn-co-gendannelseskoder.txt', 'Gendannelseskoder til Søn / Co., '],
  ['en', '!?', 'Download', 'recovery-codes.txt', '!? recovery codes of '],
] as const)('recovery codes are kept under it (%s, %s)', async (lang, name, download, file, title) => {
  const page = await open({ [LOAD]: view(views.recoveryCodes) }, { name, lang });
  const downloaded = page.waitForEvent('download');
  await page.getByRole('button', { name: download }).click();
  const kept = await downloaded;
  expect(kept.suggestedFilename()).toBe(file);
  expect((await readFile(await kept.path(), 'utf8')).startsWith(title)).toBe(true);
});
