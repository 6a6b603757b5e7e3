import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { addPhone, memberWithPhone, mobileNumber } from '../flow/factors.ts';
import { Portal } from '../flow/portal.ts';
import { member, memberWithApp } from '../flow/shortcut.ts';
import { expectFocus, expectGoodPage } from './support/look.ts';
import { enterPassword, letPass, openAccount, provideBrowserWorld } from './support/visits.ts';

const world = provideBrowserWorld();

/** What autofill of phones and of password managers looks for. */
async function expectAutofill(page: Page): Promise<void> {
  const field = page.getByLabel('Code', { exact: true });
  expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
  expect(await field.getAttribute('inputmode')).toBe('numeric');
}

describe('set up', () => {
  test('S24, S25, S22 a number is bound by a text, after its risk was told and a mistake corrected', async () => {
    const who = await member(world());
    const number = mobileNumber();
    const { visitor, page, signIn, site } = await enterPassword(world(), who);
    await signIn.proveMailbox(who);
    await signIn.reach('Set up a second factor');
    await signIn.choose('Phone');
    await signIn.reach('Set up your phone');
    await page.getByText('A phone number can be taken over').waitFor();
    await page.getByRole('button', { name: /^Authenticator app/ }).waitFor();
    await expectGoodPage(page);
    await signIn.button('Use my phone anyway').click();
    await expectFocus(page, 'number');
    await page.getByLabel('Country').selectOption('DK');
    await page.getByLabel('Phone number').fill('90 12 34 56');
    await signIn.button('Send a text').click();
    await page.getByRole('alert').filter({ hasText: 'number' }).waitFor();
    expect(visitor.takeRefusals()).toEqual(['422 POST /api/interactions/{id}/enrollment']);
    await expectGoodPage(page);
    await page.getByLabel('Phone number').fill(number.slice(3));
    await page.keyboard.press('Enter');
    await page.getByText(/^A text with a code was sent to \+45 /).waitFor();
    await expectFocus(page, 'code');
    await expectAutofill(page);
    await expectGoodPage(page);

    const text = await signIn.newestMessage(number);
    const code = await signIn.readCode(number);
    expect(text.text.trimEnd().split('\n').at(-1)).toBe(`@localhost #${code}`);
    await signIn.code.fill(code);
    await page.getByLabel('Name', { exact: true }).fill('Work phone');
    await signIn.button('Verify').click();
    await signIn.saveRecoveryCodes();
    expect((await site.answer()).get('code')).toBeTruthy();
  });

  test('S28 a number is bound by a call, which speaks the code after a key', async () => {
    const person = await memberWithApp(world());
    const number = mobileNumber();
    const { page, signIn, account } = await openAccount(world(), person.browser);
    await signIn.button('Add a method').click();
    await signIn.choose('Phone');
    await signIn.button('Use my phone anyway').click();
    await page.getByLabel('Country').selectOption('DK');
    await page.getByLabel('Phone number').fill(number.slice(3));
    await signIn.button('Call me').click();
    await page.getByText(/Answer and press any key; then the code is read out twice\.$/).waitFor();
    await signIn.code.fill(await signIn.hearCode(number));
    await signIn.button('Verify').click();
    await account.told('Phone was added.');
    expect(await account.methods()).toEqual(['My phone', 'Phone']);
  });
});

describe('a sign-in', () => {
  test('S22, S28 by a call, and by a text of which the newest counts', async () => {
    const who = await memberWithPhone(world());
    const { visitor, page, signIn, site } = await enterPassword(world(), who, { timed: true });
    await signIn.reach('Get a code on your phone');
    const before = world().outbox.messages(who.factor.to).length;
    await expectGoodPage(page);
    await signIn.button('Send a text').click();
    await page.getByText(/^A text with a code was sent to \+45 •+/).waitFor();
    await expectAutofill(page);
    const texted = await signIn.readCode(who.factor.to);
    expect(world().outbox.messages(who.factor.to).length).toBe(before + 1);
    expect(await signIn.button('Call me instead').isDisabled()).toBe(true);
    await letPass(world(), visitor, 60);
    await signIn.button('Call me instead').click();
    await page.getByText(/^You are being called at/).waitFor();
    await expectGoodPage(page);
    const spoken = await signIn.hearCode(who.factor.to);
    await signIn.code.fill(texted);
    await signIn.expectProblem('This code is wrong.');
    expect(visitor.takeRefusals()).toEqual(['401 POST /api/interactions/{id}/challenge']);
    await signIn.code.fill(spoken);
    expect((await site.answer()).get('code')).toBeTruthy();
  });

  test('S72 a text that can’t be sent is told within five seconds, and a new one can be asked for', async () => {
    const who = await memberWithPhone(world());
    const { visitor, page, signIn, site } = await enterPassword(world(), who, { timed: true });
    world().outbox.fail('sms', true);
    await signIn.button('Send a text').click();
    const told = page.getByText(/^The text to \+45 .* could not be delivered\.$/);
    await told.waitFor({ timeout: 5000 }).finally(() => {
      world().outbox.fail('sms', false);
    });
    await page.getByText('Nothing is lost: ask for a new code').waitFor();
    await expectGoodPage(page);
    await letPass(world(), visitor, 60);
    await signIn.button('Send a new text').click();
    await page.getByText(/^A text with a code was sent to/).waitFor();
    await signIn.code.fill(await signIn.readCode(who.factor.to));
    expect((await site.answer()).get('code')).toBeTruthy();
  });

  test('S22 a browser that hands texts to pages is asked for one, and the code needs no typing', async () => {
    const who = await memberWithPhone(world());
    const visit = await enterPassword(world(), who);
    const { page, signIn, site } = visit;
    await signIn.reach('Get a code on your phone');
    // Chromium on a computer has no texts: this is what a phone's does when one with our line comes.
    await page.evaluate(() => {
      Object.assign(globalThis, { OTPCredential: Object });
      navigator.credentials.get = (request) =>
        new Promise((resolve) => {
          Object.assign(globalThis, {
            textArrives: (code: string) => {
              resolve(Object.assign(Object.create(null) as Credential, { code, asked: request }));
            },
            textAsked: JSON.stringify(request),
          });
        });
    });
    await signIn.button('Send a text').click();
    const code = await signIn.readCode(who.factor.to);
    await page.waitForFunction(() => 'textAsked' in globalThis);
    expect(await page.evaluate(() => (globalThis as unknown as { textAsked: string }).textAsked)).toContain(
      '"otp":{"transport":["sms"]}',
    );
    await page.evaluate((given) => {
      (globalThis as unknown as { textArrives: (code: string) => void }).textArrives(given);
    }, code);
    expect((await site.answer()).get('code')).toBeTruthy();
  });
});

test('S42, S44 a phone is removed with a code that is sent to it', async () => {
  const person = await memberWithApp(world());
  const portal = new Portal(world(), person.browser);
  await portal.open();
  const phone = await addPhone(portal);
  const { page, signIn, account } = await openAccount(world(), person.browser);
  await account.remove('Another one').click();
  await page.getByRole('dialog', { name: 'Remove Another one?' }).waitFor();
  await expectGoodPage(page);
  await account.button('Send a text', account.dialog).click();
  await expectFocus(page, 'code');
  await account.dialogCode.fill(await signIn.readCode(phone.to));
  await account.button('Remove', account.dialog).click();
  await account.told('Another one was removed. Other sessions were ended.');
  expect(await account.methods()).toEqual(['My phone']);
});
