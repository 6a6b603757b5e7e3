import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { memberWithEmail } from '../flow/factors.ts';
import { memberWithApp } from '../flow/shortcut.ts';
import { readMail } from '../support/outbox-reader.ts';
import { expectFocus, expectGoodPage } from './support/look.ts';
import type { SignInPage } from './support/sign-in-page.ts';
import { enterPassword, openAccount, provideBrowserWorld } from './support/visits.ts';

const world = provideBrowserWorld();
const NEW = 'eleven quiet lanterns';

/** Asks for a new password in a sign-in, and gives the link that was mailed. */
async function askForLink(signIn: SignInPage, page: Page, email: string): Promise<string> {
  await signIn.button('Forgot your password?').click();
  await page.getByText(`If there is an account for ${email}, a mail with a link is on its way`).waitFor();
  const mail = await readMail(world().outbox, email, /Choose a new password/);
  return /https?:\/\/\S+\/reset#[\w-]+/.exec(mail.text)?.[0] ?? '';
}

test('S07 a new password by mail signs nobody in, the app is still asked for, and the old one is void', async () => {
  const person = await memberWithApp(world());
  const wrong = { ...person, password: 'what was it again' };
  const { visitor, page, signIn, site } = await enterPassword(world(), wrong);
  await signIn.expectProblem('The email address or the password is wrong.');
  expect(visitor.takeRefusals()).toEqual(['401 POST /api/interactions/{id}/password']);
  const link = await askForLink(signIn, page, person.email);
  await expectGoodPage(page);

  const mailed = await visitor.context.newPage();
  await mailed.goto(link);
  await mailed.getByRole('heading', { level: 1, name: 'Choose a new password' }).waitFor();
  await mailed.getByText('your second factor is still asked for').waitFor();
  // What is in the address bar may be seen by others, so the link's secret leaves it.
  expect(mailed.url()).toBe(`${world().issuer}/reset`);
  await expectFocus(mailed, 'password');
  await expectGoodPage(mailed);
  await mailed.getByLabel('Password', { exact: true }).fill('short');
  await mailed.keyboard.press('Enter');
  await mailed.getByRole('alert').filter({ hasText: 'Use at least 8 characters.' }).waitFor();
  await mailed.getByLabel('Password', { exact: true }).fill(NEW);
  await mailed.keyboard.press('Enter');
  await mailed.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  expect((await visitor.context.cookies()).map(({ name }) => name)).not.toContain('__Host-penumbra-session');

  // The sign-in that was begun goes on, with the new password alone.
  await signIn.givePassword(person.password);
  await signIn.expectProblem('The email address or the password is wrong.');
  expect(visitor.takeRefusals()).toEqual(['401 POST /api/interactions/{id}/password']);
  await signIn.givePassword(NEW);
  await signIn.giveCode(person.uri);
  expect((await site.answer()).get('code')).toBeTruthy();
  await world().workOff();
  await readMail(world().outbox, person.email, /Your password was replaced/);

  await mailed.goto('about:blank');
  await mailed.goto(link);
  await mailed.getByRole('heading', { level: 1, name: 'This link can’t be used' }).waitFor();
  await expectGoodPage(mailed);
  expect(visitor.takeRefusals()).toEqual(['410 POST /api/reset/inspect']);
  expect(await mailed.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe('/account');
});

test('S07 codes by mail are paused after a reset by mail: a mailbox alone is never two factors', async () => {
  const who = await memberWithEmail(world());
  const wrong = { ...who, password: 'what was it again' };
  const { visitor, page, signIn } = await enterPassword(world(), wrong);
  await signIn.expectProblem('wrong');
  expect(visitor.takeRefusals()).toEqual(['401 POST /api/interactions/{id}/password']);
  const link = await askForLink(signIn, page, who.email);
  await page.goto(link);
  await signIn.reach('Choose a new password');
  await signIn.givePassword(NEW);
  await signIn.reach('Sign in');

  const next = await enterPassword(world(), { ...who, password: NEW });
  await next.signIn.reach('Choose a way to sign in');
  await next.page.getByText('None of your ways can be used right now.').waitFor();
  await next.page.getByText(/^Paused until .*, since your password was reset by mail\.$/).waitFor();
  await expectGoodPage(next.page);
  await next.signIn.choose('Use a recovery code');
  await next.page.getByLabel('Recovery code', { exact: true }).fill(who.recoveryCodes[0] ?? '');
  await next.page.keyboard.press('Enter');
  await next.signIn.reach('Set up a second factor');
  await next.signIn.chooseApp();
  await next.signIn.confirmApp(await next.signIn.scanKey());
  expect((await next.site.answer()).get('code')).toBeTruthy();
});

test('S07 the same is said where there is no account', async () => {
  const nobody = { email: 'nobody-at-all@example.com', password: 'whatever it may be' };
  const { visitor, page, signIn } = await enterPassword(world(), nobody);
  await signIn.expectProblem('The email address or the password is wrong.');
  await signIn.button('Forgot your password?').click();
  await page
    .getByText(`If there is an account for ${nobody.email}, a mail with a link is on its way`)
    .waitFor();
  expect(world().outbox.messages(nobody.email)).toHaveLength(0);
  expect(visitor.takeRefusals()).toEqual(['401 POST /api/interactions/{id}/password']);
});

test('S44 a password is changed in the profile with the one there is', async () => {
  const person = await memberWithApp(world());
  const { visitor, page, account } = await openAccount(world(), person.browser);
  await account.button('Change Password').click();
  await expectGoodPage(page);
  await account.dialog.getByLabel('Current password').fill('not this one');
  await account.dialog.getByLabel('New password').fill(NEW);
  await page.keyboard.press('Enter');
  await account.dialog.getByRole('alert').filter({ hasText: 'The current password is wrong.' }).waitFor();
  expect(visitor.takeRefusals()).toEqual(['401 POST /api/account/password']);
  await account.dialog.getByLabel('Current password').fill(person.password);
  await page.keyboard.press('Enter');
  await account.told('Your password was changed. Other sessions were ended.');
  await expectFocus(page, 'details');
  const next = await enterPassword(world(), { ...person, password: NEW });
  await next.signIn.reach('Enter your code');
});
