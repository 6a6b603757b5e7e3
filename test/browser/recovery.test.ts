import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { addPhone, memberWithAppAndCodes, memberWithPhone } from '../flow/factors.ts';
import { member } from '../flow/shortcut.ts';
import { readMail } from '../support/outbox-reader.ts';
import { expectFocus, expectGoodPage } from './support/look.ts';
import { enterPassword, openAccount, provideBrowserWorld } from './support/visits.ts';

const world = provideBrowserWorld();
const CODE = /^(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}$/;

test('S38 codes come once with the first factor, are copied and downloaded, and a new set takes their place', async () => {
  const who = await member(world());
  const { visitor, page, signIn, site } = await enterPassword(world(), who);
  await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn.proveMailbox(who);
  await signIn.reach('Set up a second factor');
  await signIn.choose('Email');
  await signIn.reach('Save your recovery codes');
  const shown = await page
    .getByRole('list', { name: 'Recovery codes' })
    .getByRole('listitem')
    .allInnerTexts();
  expect(new Set(shown).size).toBe(10);
  for (const code of shown) expect(code).toMatch(CODE);
  await expectGoodPage(page);

  await signIn.button('Copy').click();
  await page.getByText('Copied').waitFor();
  expect((await page.evaluate(() => navigator.clipboard.readText())).split('\n')).toEqual(shown);
  const downloading = page.waitForEvent('download');
  await signIn.button('Download').click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe('penumbra-recovery-codes.txt');
  const kept = await readFile(await file.path(), 'utf8');
  for (const code of shown) expect(kept).toContain(code);

  await page.reload();
  await page.getByText('The codes were shown once and can’t be shown again.').waitFor();
  expect(await page.content()).not.toContain(shown[0]);
  await expectGoodPage(page);
  await signIn.button('Make a new set').click();
  await page.getByRole('list', { name: 'Recovery codes' }).waitFor();
  expect(await signIn.button('Continue').isDisabled()).toBe(true);
  const renewed = await signIn.saveRecoveryCodes();
  expect(renewed).toHaveLength(10);
  expect(renewed).not.toContain(shown[0]);
  expect((await site.answer()).get('code')).toBeTruthy();
});

test('S39 whoever lost the app gets in by a code, and what is set up takes its place; the phone stays', async () => {
  const { person, portal, recoveryCodes } = await memberWithAppAndCodes(world());
  await addPhone(portal);
  const { visitor, page, signIn, site } = await enterPassword(world(), person);
  await signIn.button('Try another way').click();
  await page.getByText('When you have lost what you sign in with. Codes left: 10').waitFor();
  await signIn.choose('Use a recovery code');
  await signIn.reach('Use a recovery code');
  await expectFocus(page, 'code');
  await expectGoodPage(page);
  const field = page.getByLabel('Recovery code', { exact: true });
  await field.fill('ABCD-EFGH');
  await page.keyboard.press('Enter');
  await signIn.expectProblem('A recovery code has 24 letters and digits.');
  await field.fill('0000-0000-0000-0000-0000-0000');
  await page.keyboard.press('Enter');
  await signIn.expectProblem('This code is wrong.');
  expect(visitor.takeRefusals()).toEqual(['401 POST /api/interactions/{id}/recovery']);
  await page.getByRole('checkbox', { name: /Another one/ }).uncheck();
  // As people type it from paper.
  await field.fill((recoveryCodes[0] ?? '').toLowerCase().replaceAll('-', ' '));
  await page.keyboard.press('Enter');
  await signIn.reach('Set up a second factor');
  await page.getByText('What you set up now takes the place of what you have lost.').waitFor();
  await expectGoodPage(page);
  await signIn.chooseApp();
  await signIn.confirmApp(await signIn.scanKey(), 'New phone');
  expect((await site.answer()).get('code')).toBeTruthy();

  await page.goto(`${world().issuer}/account`);
  await signIn.reach('Profile');
  const methods = page.getByRole('list', { name: 'Your methods' }).locator('strong');
  expect((await methods.allInnerTexts()).toSorted()).toEqual(['Another one', 'New phone']);
  await page.getByText('9 codes left').waitFor();
  await world().workOff();
  await readMail(world().outbox, person.email, /recovery code of your account was used/);
});

test('S38 a new set in the profile, of which the codes are shown once and the old ones are void', async () => {
  const { portal, recoveryCodes, email, password } = await memberWithPhone(world());
  const { page, signIn, account } = await openAccount(world(), portal.browser);
  await page.getByText('10 codes left').waitFor();
  await account.button('Make a new set').click();
  await page.getByRole('dialog', { name: 'Make new recovery codes?' }).waitFor();
  await expectGoodPage(page);
  await account.button('Make a new set', account.dialog).click();
  const shown = await signIn.saveRecoveryCodes();
  await account.told('Your recovery codes were made.');
  await expectFocus(page, 'codes');
  expect(shown).not.toContain(recoveryCodes[0]);
  await page.reload();
  await signIn.reach('Profile');
  expect(await page.content()).not.toContain(shown[0]);

  const next = await enterPassword(world(), { email, password });
  await next.signIn.button('Try another way').click();
  await next.signIn.choose('Use a recovery code');
  await next.page.getByLabel('Recovery code', { exact: true }).fill(recoveryCodes[0] ?? '');
  await next.page.keyboard.press('Enter');
  await next.signIn.expectProblem('This code is wrong.');
  expect(next.visitor.takeRefusals()).toEqual(['401 POST /api/interactions/{id}/recovery']);
  await next.page.getByLabel('Recovery code', { exact: true }).fill(shown[0] ?? '');
  await next.page.keyboard.press('Enter');
  await next.signIn.reach('Set up a second factor');
});
