import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { memberWithPhone, mobileNumber, otherThan } from '../flow/factors.ts';
import { readMail } from '../support/outbox-reader.ts';
import { expectFocus, expectGoodPage } from './support/look.ts';
import { openAccount, provideBrowserWorld } from './support/visits.ts';

const world = provideBrowserWorld();

test('S26 proof on the old number first, then on the new one; both are told, and the new one is what counts', async () => {
  const who = await memberWithPhone(world());
  const old = who.factor.to;
  const { visitor, page, signIn, account } = await openAccount(world(), who.portal.browser);
  await account.button('Change number My number').click();
  await page.getByRole('dialog', { name: 'Change the phone number' }).waitFor();
  await account.dialog.getByText('Do this before you give the old number up').waitFor();
  await account.dialog.getByText('Is the old number gone already? Then ask an administrator').waitFor();
  await account.dialog.getByText('Step 1 of 3').waitFor();
  await expectGoodPage(page);

  await account.button('Send a text', account.dialog).click();
  await expectFocus(page, 'code');
  const proof = await signIn.readCode(old);
  await account.dialogCode.fill(otherThan(proof));
  await account.dialog.getByRole('alert').filter({ hasText: 'This code is wrong.' }).waitFor();
  expect(visitor.takeRefusals()).toEqual(['401 POST /api/account/enrollments/{id}/verify']);
  await account.dialogCode.fill(proof);
  await page.getByText('Step 2 of 3').waitFor();
  await page.getByText(/You have shown that \+45 .* is yours\./).waitFor();
  await expectGoodPage(page);

  // The way so far is kept: whoever loads the page again need not prove the old number anew.
  await page.reload();
  await page.getByText('Step 2 of 3').waitFor();
  const number = mobileNumber();
  await giveNumber(page, number);
  await page.getByText('Step 3 of 3').waitFor();
  await expectGoodPage(page);
  await signIn.code.fill(await signIn.readCode(number));
  await signIn.button('Verify').click();
  await account.told('The number of My number was changed. Both numbers were told');
  await account
    .method('My number')
    .getByText(`+45 •• •• •• ${number.slice(-2)}`)
    .waitFor();

  await world().workOff();
  for (const told of [old, number]) {
    await world().outbox.next(({ to, text }) => to === told && text.includes('was changed'));
  }
  await readMail(world().outbox, who.email, /second factor of your account was changed/);
});

test('S26 a change that is given up half way leaves the old number as it is', async () => {
  const who = await memberWithPhone(world());
  const { page, signIn, account } = await openAccount(world(), who.portal.browser);
  await account.button('Change number My number').click();
  await page.keyboard.press('Escape');
  await account.dialog.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('penumbra-account');

  await account.button('Change number My number').click();
  await account.button('Call me', account.dialog).click();
  await account.dialogCode.fill(await signIn.hearCode(who.factor.to));
  await page.getByText('Step 2 of 3').waitFor();
  const number = mobileNumber();
  await giveNumber(page, number);
  await page.getByText('Step 3 of 3').waitFor();
  await signIn.button('Cancel').click();
  await signIn.reach('Profile');
  await account
    .method('My number')
    .getByText(`+45 •• •• •• ${who.factor.to.slice(-2)}`)
    .waitFor();
  expect((await who.portal.view()).enrollments).toHaveLength(1);
});

/** Gives another number; the risk of phones is told before, as with the first one. */
async function giveNumber(page: Page, number: string): Promise<void> {
  const anyway = page.getByRole('button', { name: /^Use my phone/ });
  const field = page.getByLabel('Phone number');
  await anyway.or(field).first().waitFor();
  if (await anyway.isVisible()) await anyway.click();
  await page.getByLabel('Country').selectOption('DK');
  await field.fill(number.slice(3));
  await page.getByRole('button', { name: 'Send a text', exact: true }).click();
}
