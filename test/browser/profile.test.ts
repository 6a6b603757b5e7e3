import { describe, expect, test } from 'vitest';
import { member, memberWithApp } from '../flow/shortcut.ts';
import { readMail } from '../support/outbox-reader.ts';
import { expectFocus, expectGoodPage } from './support/look.ts';
import { SignInPage } from './support/sign-in-page.ts';
import { enterPassword, openAccount, provideBrowserWorld } from './support/visits.ts';

const world = provideBrowserWorld();

describe('one’s own details', () => {
  test('issue 3, 1: the name is changed, and the page says so', async () => {
    const person = await memberWithApp(world());
    const { page, account } = await openAccount(world(), person.browser);
    await account.button('Change Name').click();
    await account.dialog.getByLabel('Name').fill('Robin Renamed');
    await page.keyboard.press('Enter');
    await account.told('Your name was changed.');
    await expectFocus(page, 'details');
    await account.detail('Name').getByText('Robin Renamed').waitFor();
  });

  test('issue 3, 10: in Danish the page speaks Danish, and so do the next sign-in’s mails', async () => {
    const person = await memberWithApp(world());
    const { page, signIn, account } = await openAccount(world(), person.browser);
    await account.button('Change Language').click();
    await account.dialog.getByLabel('Language', { exact: true }).selectOption('da');
    await expectGoodPage(page);
    await account.button('Save', account.dialog).click();
    await signIn.reach(/^Profil$/);
    expect(await page.locator('html').getAttribute('lang')).toBe('da');
    await expectGoodPage(page);
    await page.getByRole('button', { name: 'Tilføj en metode', exact: true }).click();
    await signIn.choose('Mail');
    await page.locator('.reference').waitFor();
    expect((await signIn.newestMessage(person.email)).text).toContain('kode');
  });

  test('S43 another address counts once its code was entered; the old one is told, the new one signs in', async () => {
    const person = await memberWithApp(world());
    const email = `new-${person.email}`;
    const { visitor, page, signIn, account } = await openAccount(world(), person.browser);
    await account.button('Change Email').click();
    await account.dialog.getByText(`${person.email} gets a notice of the change.`).waitFor();
    await account.dialog.getByLabel('New email address').fill(email);
    await account.button('Send code', account.dialog).click();
    await expectFocus(page, 'code');
    await expectGoodPage(page);
    await page.keyboard.press('Escape');
    await account.detail('Email').getByText(`${email} takes its place once you enter the code`).waitFor();
    await account.button('Enter code Email').click();
    await account.dialogCode.fill('12345678');
    await account.dialog.getByRole('alert').filter({ hasText: 'This code is wrong.' }).waitFor();
    expect(visitor.takeRefusals()).toEqual(['401 POST /api/account/email/confirm']);
    await account.dialogCode.fill(await signIn.readCode(email));
    await account.told(`You sign in with ${email} from now on. Your old address was told.`);
    await world().workOff();
    await readMail(world().outbox, person.email, /address of your account was changed/);
    const next = await enterPassword(world(), { email, password: person.password });
    await next.signIn.reach('Enter your code');
  });

  test('S43 a second address gets notices, and is told when it is removed', async () => {
    const person = await memberWithApp(world());
    const second = `second-${person.email}`;
    const { page, signIn, account } = await openAccount(world(), person.browser);
    await account.button('Add Address for notices').click();
    await account.dialog.getByLabel('New email address').fill(second);
    await page.keyboard.press('Enter');
    await expectFocus(page, 'code');
    await account.dialogCode.fill(await signIn.readCode(second));
    await account.told(`Notices go to ${second}, too.`);
    await account.button('Make a new set').click();
    await account.button('Make a new set', account.dialog).click();
    await signIn.saveRecoveryCodes();
    await world().workOff();
    await readMail(world().outbox, second, /new recovery codes/);
    await account.button('Remove Address for notices').click();
    await expectGoodPage(page);
    await account.button('Remove', account.dialog).click();
    await account.told('The address for notices was removed.');
    await world().workOff();
    await readMail(world().outbox, second, /address for notices was changed/);
  });
});

describe('sessions and what happened', () => {
  test('S53 another browser’s session is seen, is ended, and is over at once there', async () => {
    const person = await memberWithApp(world());
    const other = await enterPassword(world(), person);
    await other.signIn.giveCode(person.uri);
    await other.site.answer();
    await other.page.goto(`${world().issuer}/account`);
    await other.signIn.reach('Profile');

    const { page, account } = await openAccount(world(), person.browser);
    const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
    await expect.poll(() => sessions.count()).toBe(2);
    await sessions.first().getByText('This one').waitFor();
    await sessions.nth(1).getByText('Chrome on Linux', { exact: true }).waitFor();
    await expectGoodPage(page);
    await sessions.nth(1).getByRole('button', { name: /^End/ }).click();
    await account.told(/The session on .*Chrome on Linux was ended\./);
    expect(await sessions.count()).toBe(1);
    await page.getByText('You are signed in nowhere else.').waitFor();
    await other.page.reload();
    await other.signIn.reach('Sign in');
  });

  test('S53 all others are ended at once, after a question', async () => {
    const person = await memberWithApp(world());
    const other = await enterPassword(world(), person);
    await other.signIn.giveCode(person.uri);
    await other.site.answer();
    const { page, account } = await openAccount(world(), person.browser);
    await account.button('End all others').click();
    await expectGoodPage(page);
    await account.button('End all others', account.dialog).click();
    await account.told('All other sessions were ended.');
    await expectFocus(page, 'sessions');
    await other.page.goto(`${world().issuer}/account`);
    await other.signIn.reach('Sign in');
  });

  test('S70 what happened is listed, newest first, with where it came from', async () => {
    const person = await memberWithApp(world());
    const vain = await enterPassword(world(), { ...person, password: 'not the password of anybody' });
    await vain.signIn.expectProblem('wrong');
    vain.visitor.takeRefusals();
    const { page, account } = await openAccount(world(), person.browser);
    await page.getByText('A wrong password was entered at a sign-in').waitFor();
    await account.button('Rename My phone').click();
    await account.dialog.getByLabel('Name').fill('Old phone');
    await page.keyboard.press('Enter');
    await account.told('It is now called Old phone.');
    await page.reload();
    const items = page.locator('penumbra-activity li');
    await items.first().getByText('A second factor was renamed').waitFor();
    expect(await items.first().innerText()).toMatch(/127\.0\.0\.1|::1|Unknown place/);
  });
});

test('issue 3, 11: a whole first sign-in by keyboard alone, from the address to the site', async () => {
  const who = await member(world());
  const visitor = await world().visitor();
  const { page } = visitor;
  const signIn = new SignInPage(world(), page);
  await page.goto(`${world().issuer}/account`);
  await expectFocus(page, 'email');
  await page.keyboard.type(who.email);
  await page.keyboard.press('Enter');
  await expectFocus(page, 'password');
  await page.keyboard.type(who.password);
  await page.keyboard.press('Enter');
  await signIn.reach('Check your mail');
  await expectFocus(page, 'code');
  await page.keyboard.type(await signIn.readCode(who.email));
  await signIn.reach('Set up a second factor');
  await tabTo('Email');
  await page.keyboard.press('Enter');
  await signIn.reach('Save your recovery codes');
  await tabTo('I have saved these');
  await page.keyboard.press('Space');
  await tabTo('Continue');
  await page.keyboard.press('Enter');
  await signIn.reach('Profile');

  async function tabTo(name: string): Promise<void> {
    for (let presses = 0; presses < 12; presses += 1) {
      await page.keyboard.press('Tab');
      const here = await page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        const host = element?.getRootNode();
        const inButton = host instanceof ShadowRoot ? host.host.textContent : '';
        return `${element?.textContent ?? ''} ${element?.closest('label')?.textContent ?? ''} ${inButton}`;
      });
      if (here.includes(name)) return;
    }
    throw new Error(`${name} is not reached with Tab.`);
  }
});
