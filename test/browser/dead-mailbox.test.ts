import { expect, test } from 'vitest';
import { addEmail, memberWithEmail } from '../flow/factors.ts';
import type { Enrolled } from '../flow/person.ts';
import { Portal } from '../flow/portal.ts';
import { member, memberWithApp } from '../flow/shortcut.ts';
import { expectGoodPage } from './support/look.ts';
import { enterPassword, letPass, openAccount, provideBrowserWorld } from './support/visits.ts';

const world = provideBrowserWorld();
const IN_TIME = { timeout: 5000 };

/** Gives somebody whose mailbox is asked first and who has an app beside it. */
async function memberWithBoth(): Promise<Enrolled> {
  const person = await memberWithApp(world());
  const portal = new Portal(world(), person.browser);
  await portal.open();
  const { enrollmentId } = await addEmail(portal, person.email);
  await portal.post(`/enrollments/${enrollmentId}/default`, {});
  return person;
}

test.each(['fail', 'hang'] as const)(
  'S72 a mail provider that is down (%s) is told within five seconds, and another way leads in',
  async (outage) => {
    const person = await memberWithBoth();
    const { page, signIn, site } = await enterPassword(world(), person);
    await signIn.reach('Get a code by mail');
    world().outbox[outage]('email', true);
    try {
      await signIn.choose('Send a code to m');
      await page.getByText(/^The mail to m•+@example\.com could not be delivered\.$/).waitFor(IN_TIME);
      await page.getByText('Nothing is lost: ask for a new code, or use one of your other ways.').waitFor();
      await expectGoodPage(page);
      await signIn.button('Try another way').click();
      await signIn.choose('My phone');
      await signIn.giveCode(person.uri);
      expect((await site.answer()).get('code')).toBeTruthy();
    } finally {
      world().outbox[outage]('email', false);
    }
  },
);

test('S72 the code of a first sign-in that could not be mailed is told, and a new one goes on', async () => {
  const who = await member(world());
  world().outbox.fail('email', true);
  const { visitor, page, signIn } = await enterPassword(world(), who, { timed: true });
  await signIn.reach('Check your mail');
  await page
    .getByText(/could not be delivered\.$/)
    .waitFor(IN_TIME)
    .finally(() => {
      world().outbox.fail('email', false);
    });
  await expectGoodPage(page);
  await letPass(world(), visitor, 60);
  await signIn.button('Send a new code').click();
  await signIn.code.fill(await signIn.readCode(who.email));
  await signIn.reach('Set up a second factor');
});

test('issue 3, 2: a mailbox that mail comes back from is shown in the profile and at the next sign-in', async () => {
  const person = await memberWithBoth();
  expect(await world().outbox.bounce(person.email)).toBe(204);
  const { page, account } = await openAccount(world(), person.browser);
  await page.getByText(`A mail to ${person.email} did not arrive`).waitFor();
  await page.getByText('Check whether the mailbox still exists and has room. If you can’t read it').waitFor();
  await account.method('Another one').getByText('The last mail to it came back.').waitFor();
  await expectGoodPage(page);

  const next = await enterPassword(world(), person);
  await next.page.getByText('The last mail to it came back.').waitFor();
  await expectGoodPage(next.page);
  await next.signIn.button('Try another way').click();
  await next.signIn.choose('My phone');
  await next.signIn.giveCode(person.uri);
  expect((await next.site.answer()).get('code')).toBeTruthy();
});

test('issue 3, 6: whoever has nothing left asks the administrators from the sign-in, once', async () => {
  const who = await memberWithEmail(world());
  const { page, signIn } = await enterPassword(world(), who);
  await signIn.button('Try another way').click();
  await signIn.choose('I can’t use any of these');
  await page.getByRole('status').filter({ hasText: 'Your administrators were told.' }).waitFor();
  expect(await page.getByRole('button', { name: /^I can’t use any of these/ }).count()).toBe(0);
  await expectGoodPage(page);
  await page.reload();
  await signIn.button('Try another way').click();
  await page.getByText('Your administrators were told.').waitFor();
});
