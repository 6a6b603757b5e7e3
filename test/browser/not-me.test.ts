import { expect, test } from 'vitest';
import { memberWithEmail } from '../flow/factors.ts';
import { expectGoodPage } from './support/look.ts';
import { SignInPage } from './support/sign-in-page.ts';
import { enterPassword, provideBrowserWorld } from './support/visits.ts';

const world = provideBrowserWorld();

test('issue 3, 2: the link in a mail ends the sign-in that asked for its code, by its button only', async () => {
  const who = await memberWithEmail(world());
  const thief = await enterPassword(world(), who);
  await thief.signIn.choose('Send a code to m');
  await thief.signIn.reach('Enter your code');
  const mail = await thief.signIn.newestMessage(who.email);
  const code = await thief.signIn.readCode(who.email);
  const link = /https?:\/\/\S+\/not-me#[\w-]+/.exec(mail.text)?.[0] ?? '';
  expect(link.startsWith(world().issuer)).toBe(true);

  const visitor = await world().visitor();
  const { page } = visitor;
  const owner = new SignInPage(world(), page);
  await page.goto(link);
  await owner.reach('Was this not you?');
  expect(page.url()).toBe(`${world().issuer}/not-me`);
  await expectGoodPage(page);
  // Mail scanners follow links: so far nothing has happened.
  await thief.page.reload();
  await thief.signIn.reach('Enter your code');

  await owner.button('This was not me').click();
  await owner.reach('It was ended');
  await page.getByText('Whoever asked for it probably knew your password, so change it now.').waitFor();
  await expectGoodPage(page);
  await thief.signIn.code.fill(code);
  await thief.signIn.reach('This sign-in is over');
  expect(thief.visitor.takeRefusals()).toEqual(['410 POST /api/interactions/{id}/challenge']);

  await page.goto('about:blank');
  await page.goto(link);
  await owner.reach('Was this not you?');
  await owner.button('This was not me').click();
  await owner.reach('There is nothing to end');
  await expectGoodPage(page);
  expect(visitor.takeRefusals()).toEqual([expect.stringMatching(/^4\d\d POST \/api\/not-me$/)]);
  await page.getByRole('link', { name: 'Change your password' }).click();
  await owner.reach('Sign in');
});

test('a link that the mail program cut off says that there is nothing to end', async () => {
  const visitor = await world().visitor();
  const owner = new SignInPage(world(), visitor.page);
  await visitor.page.goto(`${world().issuer}/not-me`);
  await owner.reach('There is nothing to end');
  await visitor.page.getByText('change your password all the same').waitFor();
});
