import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { enrolledPerson } from '../flow/person.ts';
import { totpCode, wrongTotpCode } from '../support/totp.ts';
import { AccountPage } from './support/account-page.ts';
import { startBrowserWorld, type BrowserWorld } from './support/browser-world.ts';
import { expectFocus, expectGoodPage } from './support/look.ts';
import { SignInPage } from './support/sign-in-page.ts';

let world: BrowserWorld;

beforeAll(async () => {
  world = await startBrowserWorld();
});
afterAll(() => world.stop());
afterEach(() => world.endVisits());

test('S42, S45 a second app is added, the first goes with a code of its own, and the last one stays', async () => {
  const person = await enrolledPerson(world);
  const visitor = await world.visitor();
  const { page } = visitor;
  const signIn = new SignInPage(world, page);
  const account = new AccountPage(page);
  await page.goto(`${world.issuer}/account`);
  await signIn.giveFirstFactor(person);
  await signIn.giveCode(person.uri);
  await signIn.reach('Profile');
  expect(await account.methods()).toEqual(['My phone']);
  await page.getByText('This one can’t be removed').waitFor();
  await expectGoodPage(page);

  await signIn.button('Add a method').click();
  await signIn.reach('Set up a second factor');
  await expectGoodPage(page);
  await signIn.chooseApp();
  const uri = await signIn.scanKey();
  expect(await signIn.readKey()).toBe(new URL(uri).searchParams.get('secret'));
  await expectGoodPage(page);
  await signIn.confirmApp(uri, 'Work tablet');
  await page.getByRole('status').filter({ hasText: 'Work tablet was added.' }).waitFor();
  expect(await account.methods()).toEqual(['My phone', 'Work tablet']);

  await account.remove('My phone').click();
  await expectFocus(page, 'code');
  await expectGoodPage(page);
  await account.dialogCode.fill(wrongTotpCode(person.uri, world.now()));
  await page.keyboard.press('Enter');
  await signIn.expectProblem('4 more tries');
  await account.dialogCode.fill(totpCode(uri, world.now()));
  await page.keyboard.press('Enter');
  await signIn.expectProblem('3 more tries');
  expect(visitor.takeRefusals()).toEqual(Array(2).fill('401 POST /api/account/enrollments/{id}/disable'));
  await page.keyboard.press('Escape');
  await account.dialog.waitFor({ state: 'detached' });
  expect(await account.methods()).toEqual(['My phone', 'Work tablet']);

  await account.remove('My phone').click();
  await account.dialogCode.fill(totpCode(person.uri, world.now()));
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'My phone was removed.' }).waitFor();
  await expectFocus(page, 'mfa');
  expect(await account.methods()).toEqual(['Work tablet']);
  await page
    .getByText('This one can’t be removed: it is the last that counts, and a second factor is demanded.')
    .waitFor();
  expect(await account.remove('Work tablet').count()).toBe(0);
});

test('S42 a change takes a sign-in of the last five minutes, which leads back to the account', async () => {
  const person = await enrolledPerson(world);
  const visitor = await world.visitor();
  const { page } = visitor;
  const signIn = new SignInPage(world, page);
  await page.goto(`${world.issuer}/account`);
  await signIn.giveFirstFactor(person);
  await signIn.giveCode(person.uri);
  await signIn.reach('Profile');

  await world.advance(300);
  await signIn.button('Add a method').click();
  await signIn.chooseApp();
  await signIn.reach('Sign in again first');
  expect(visitor.takeRefusals()).toEqual(['401 POST /api/account/enrollments']);
  await expectGoodPage(page);
  await signIn.button('Sign in again').click();
  await signIn.reach('Sign in');
  expect(await signIn.email.inputValue()).toBe(person.email);
  await page.keyboard.press('Enter');
  await signIn.reach('Enter your password');
  await signIn.givePassword(person.password);
  await signIn.giveCode(person.uri);
  await signIn.chooseApp();
  await signIn.reach('Set up an authenticator app');
  await signIn.button('Cancel').click();
  await signIn.reach('Profile');
});

test('S53 signing out ends the session at once, in every tab', async () => {
  const person = await enrolledPerson(world);
  const visitor = await world.visitor();
  const { page } = visitor;
  const signIn = new SignInPage(world, page);
  await page.goto(`${world.issuer}/account`);
  await signIn.giveFirstFactor(person);
  await signIn.giveCode(person.uri);
  await signIn.reach('Profile');
  const other = await visitor.context.newPage();
  await other.goto(`${world.issuer}/account`);
  await signIn.button('Sign out').click();
  await signIn.reach('You are signed out');
  await expectGoodPage(page);

  const left = new SignInPage(world, other);
  await left.button('Add a method').click();
  await left.chooseApp();
  await left.reach('Sign in');
  expect(visitor.takeRefusals()).toEqual(['401 POST /api/account/enrollments']);
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await signIn.reach('Sign in');
});
