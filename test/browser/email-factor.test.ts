import { expect, test } from 'vitest';
import { addEmail, memberWithEmail, otherThan } from '../flow/factors.ts';
import { Portal } from '../flow/portal.ts';
import { member, memberWithApp } from '../flow/shortcut.ts';
import { readMail } from '../support/outbox-reader.ts';
import { expectFocus, expectGoodPage } from './support/look.ts';
import { enterPassword, letPass, openAccount, provideBrowserWorld } from './support/visits.ts';

const world = provideBrowserWorld();

test('S48 the mailbox that was just proven becomes the second factor without another code', async () => {
  const who = await member(world());
  const { signIn, site } = await enterPassword(world(), who);
  await signIn.proveMailbox(who);
  await signIn.reach('Set up a second factor');
  await signIn.choose('Email');
  await signIn.saveRecoveryCodes();
  expect((await site.answer()).get('code')).toBeTruthy();
  expect(
    world()
      .outbox.messages(who.email)
      .filter(({ subject }) => (subject ?? '').startsWith('Confirm')),
  ).toHaveLength(1);
});

test('S13, S18 a code is mailed when it is asked for, the newest counts, and a wrong one is told', async () => {
  const who = await memberWithEmail(world());
  const { visitor, page, signIn, site } = await enterPassword(world(), who, { timed: true });
  await signIn.reach('Get a code by mail');
  await page.getByText('Nothing has been sent yet.').waitFor();
  const codes = (): number =>
    world()
      .outbox.messages(who.email)
      .filter(({ subject }) => (subject ?? '').includes('code to sign in')).length;
  expect(codes()).toBe(0);
  await expectGoodPage(page);

  await signIn.choose('Send a code to m');
  await signIn.reach('Enter your code');
  await expectFocus(page, 'code');
  await page.getByText(/^A mail with a code was sent to m•+@example\.com\.$/).waitFor();
  const first = await signIn.newestMessage(who.email);
  expect(first.subject).toContain('sign in to The first site');
  const old = await signIn.readCode(who.email);
  await signIn.code.fill(otherThan(old));
  await signIn.expectProblem('This code is wrong. 4 more tries, then you have to wait.');
  expect(await signIn.code.inputValue()).toBe('');
  await expectGoodPage(page);

  await page.getByText(/A new code can be sent in/).waitFor();
  expect(await signIn.button('Send a new code').isDisabled()).toBe(true);
  await letPass(world(), visitor, 60);
  const shown = await page.locator('.reference').innerText();
  await signIn.button('Send a new code').click();
  await expect.poll(() => page.locator('.reference').innerText()).not.toBe(shown);
  await signIn.code.fill(old);
  await signIn.expectProblem('This code is wrong. 3 more tries');
  const refused = 'POST /api/interactions/{id}/challenge';
  expect(visitor.takeRefusals()).toEqual([`401 ${refused}`, `401 ${refused}`]);
  await signIn.code.fill(await signIn.readCode(who.email));
  expect((await site.answer()).get('code')).toBeTruthy();
  expect(codes()).toBe(2);
});

test('S18 a page that is loaded again while a code is on its way waits for that one', async () => {
  const who = await memberWithEmail(world());
  const { page, signIn, site } = await enterPassword(world(), who);
  await signIn.choose('Send a code to m');
  await signIn.reach('Enter your code');
  await page.reload();
  await signIn.reach('Enter your code');
  await signIn.code.fill(await signIn.readCode(who.email));
  expect((await site.answer()).get('code')).toBeTruthy();
});

test('S42, S43 a mailbox is added beside an app and removed with a code of its own; both are told by mail', async () => {
  const person = await memberWithApp(world());
  const { visitor, page, signIn, account } = await openAccount(world(), person.browser);
  await signIn.button('Add a method').click();
  await signIn.choose('Email');
  await signIn.reach('Set up codes by mail');
  await page.getByText(/^A mail with a code was sent to/).waitFor();
  await expectGoodPage(page);
  const code = await signIn.readCode(person.email);
  await signIn.code.fill(otherThan(code));
  await signIn.expectProblem('This code is wrong.');
  expect(visitor.takeRefusals()).toEqual(['401 POST /api/account/enrollments/confirm']);
  await signIn.code.fill(code);
  await account.told('Email was added.');
  await expectFocus(page, 'mfa');
  expect(await account.methods()).toEqual(['My phone', 'Email']);

  await account.remove('Email').click();
  await page.getByRole('dialog', { name: 'Remove Email?' }).waitFor();
  await expectGoodPage(page);
  await account.dialog.getByRole('button', { name: /^Send a code to/ }).click();
  await expectFocus(page, 'code');
  await account.dialogCode.fill(await signIn.readCode(person.email));
  await account.button('Remove', account.dialog).click();
  await account.told('Email was removed. Other sessions were ended.');
  expect(await account.methods()).toEqual(['My phone']);
  await world().workOff();
  await readMail(world().outbox, person.email, /second factor was added/);
  await readMail(world().outbox, person.email, /second factor was removed/);
});

test('S45 the mailbox that is not the last can be given up, the last one can’t', async () => {
  const { portal } = await memberWithEmail(world());
  const { page, account } = await openAccount(world(), portal.browser);
  await page.getByText('it is the last that counts, and a second factor is demanded.').waitFor();
  expect(await account.remove('Email').count()).toBe(0);
  expect((await portal.view()).enrollments.map(({ kind }) => kind)).toEqual(['email']);

  const other = await memberWithApp(world());
  const second = new Portal(world(), other.browser);
  await second.open();
  await addEmail(second, other.email);
  const both = await openAccount(world(), other.browser);
  expect(await both.account.remove('Another one').count()).toBe(1);
});
