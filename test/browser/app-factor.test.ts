import { expect, test } from 'vitest';
import { addPhone } from '../flow/factors.ts';
import { Portal } from '../flow/portal.ts';
import { memberWithApp } from '../flow/shortcut.ts';
import { totpCode, wrongTotpCode } from '../support/totp.ts';
import { expectFocus, expectGoodPage } from './support/look.ts';
import { enterPassword, openAccount, provideBrowserWorld } from './support/visits.ts';

const world = provideBrowserWorld();

test('S42, S44 moving to a new phone: the new app is added and tried, then the old one goes', async () => {
  const person = await memberWithApp(world());
  const { page, signIn, account } = await openAccount(world(), person.browser);
  await page.getByText('Add it there first, check that it works, then remove the old one.').waitFor();
  await signIn.button('Add a method').click();
  await signIn.chooseApp();
  const uri = await signIn.scanKey();
  expect(uri).not.toBe(person.uri);
  await signIn.confirmApp(uri, 'New phone');
  await account.told('New phone was added.');
  expect(await account.methods()).toEqual(['My phone', 'New phone']);
  await account.button('Make default New phone').click();
  await account.told('New phone is asked for first from now on.');
  await expectFocus(page, 'mfa');

  const elsewhere = await enterPassword(world(), person);
  await elsewhere.page.getByText('Open New phone and type the 6 digits').waitFor();
  await elsewhere.signIn.giveCode(uri);
  await elsewhere.site.answer();

  await page.reload();
  await signIn.reach('Profile');
  await account
    .method('New phone')
    .getByText(/Last used/)
    .waitFor();
  await account.remove('My phone').click();
  await account.dialogCode.fill(totpCode(person.uri, world().now()));
  await account.button('Remove', account.dialog).click();
  await account.told('My phone was removed. Other sessions were ended.');
  expect(await account.methods()).toEqual(['New phone']);

  // S44: the browser elsewhere has to sign in again, and the old app is worth nothing.
  await world().advance(30);
  await elsewhere.page.goto(`${world().issuer}/account`);
  await elsewhere.signIn.giveFirstFactor(person);
  await elsewhere.signIn.reach('Enter your code');
  await elsewhere.signIn.code.fill(totpCode(person.uri, world().now()));
  await elsewhere.signIn.expectProblem('This code is wrong.');
  expect(elsewhere.visitor.takeRefusals()).toEqual(['401 POST /api/interactions/{id}/challenge']);
  await elsewhere.signIn.giveCode(uri);
  await elsewhere.signIn.reach('Profile');
});

test('issue 3, 6: with several apps either opens the sign-in, each by its name', async () => {
  const person = await memberWithApp(world());
  const portal = new Portal(world(), person.browser);
  await portal.open();
  await portal.addApp();
  const { page, signIn, site } = await enterPassword(world(), person);
  // The one that was used last is asked for first.
  await page.getByText('Open My tablet and type the 6 digits').waitFor();
  await signIn.button('Try another way').click();
  await signIn.reach('Choose a way to sign in');
  await expectGoodPage(page);
  await signIn.choose('My phone');
  await page.getByText('Open My phone and type the 6 digits').waitFor();
  await expectFocus(page, 'code');
  await signIn.giveCode(person.uri);
  expect((await site.answer()).get('code')).toBeTruthy();
});

test('S14 five wrong codes make an app wait, which is said, and another way stays open', async () => {
  const person = await memberWithApp(world());
  const portal = new Portal(world(), person.browser);
  await portal.open();
  const phone = await addPhone(portal);
  const { visitor, page, signIn } = await enterPassword(world(), person);
  await signIn.button('Try another way').click();
  await signIn.choose('My phone');
  await signIn.reach('Enter your code');
  for (const left of ['4 more tries', '3 more tries', '2 more tries', 'One more try']) {
    await signIn.code.fill(wrongTotpCode(person.uri, world().now()));
    await signIn.expectProblem(left);
  }
  await signIn.code.fill(wrongTotpCode(person.uri, world().now()));
  await signIn.reach('This sign-in is over');
  await signIn.expectProblem(/^Too many wrong codes.* You can try again at \d+ \w+ \d{4}, \d\d:\d\d/);
  await signIn.button('Start again').waitFor();
  await expectGoodPage(page);
  expect(visitor.takeRefusals()).toEqual([
    ...Array<string>(4).fill('401 POST /api/interactions/{id}/challenge'),
    '410 POST /api/interactions/{id}/challenge',
  ]);

  const again = await enterPassword(world(), person);
  await again.signIn.reach('Get a code on your phone');
  await again.signIn.button('Try another way').click();
  await again.page.getByText(/Too many wrong codes\. It can be used again at/).waitFor();
  await expectGoodPage(again.page);
  await again.signIn.choose('Another one');
  await again.signIn.button('Send a text').click();
  await again.signIn.code.fill(await again.signIn.readCode(phone.to));
  expect((await again.site.answer()).get('code')).toBeTruthy();
});

test('issue 3, 1: an app is renamed, and a sign-in asks for it by that name', async () => {
  const person = await memberWithApp(world());
  const { page, account } = await openAccount(world(), person.browser);
  await account.button('Rename My phone').click();
  await account.dialog.getByLabel('Name').fill('Pixel in the drawer');
  await page.keyboard.press('Enter');
  await account.told('It is now called Pixel in the drawer.');
  expect(await account.methods()).toEqual(['Pixel in the drawer']);
  const { page: next } = await enterPassword(world(), person);
  await next.getByText('Open Pixel in the drawer and type the 6 digits').waitFor();
});
