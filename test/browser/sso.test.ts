import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { enrolledPerson } from '../flow/person.ts';
import { startBrowserWorld, type BrowserWorld } from './support/browser-world.ts';
import { expectGoodPage } from './support/look.ts';
import { SignInPage } from './support/sign-in-page.ts';

let world: BrowserWorld;

beforeAll(async () => {
  world = await startBrowserWorld();
});
afterAll(() => world.stop());
afterEach(() => world.endVisits());

test('issue 2, 8: whoever signed in to the portal enters the backoffice unasked, until signing out of the portal', async () => {
  const person = await enrolledPerson(world);
  const visitor = await world.visitor();
  const { page } = visitor;
  const signIn = new SignInPage(world, page);
  await page.goto(`${world.issuer}/account`);
  await signIn.giveFirstFactor(person);
  await signIn.giveCode(person.uri);
  await signIn.reach('Profile');

  visitor.takeVisits();
  await signIn.chooseAtSite();
  await signIn.reachBackoffice();
  const visits = visitor.takeVisits();
  expect(visits).toContain(`${world.issuer}/authorize`);
  expect(visits).not.toContain(`${world.issuer}/interaction/{id}`);

  await page.goto(`${world.issuer}/account`);
  await signIn.button('Sign out').click();
  await signIn.reach('You are signed out');
  await page.goto(world.backoffice);
  await signIn.reachBackoffice();
  await signIn.signOutOfBackoffice();
  await page.getByRole('button', { name: 'Sign in with Penumbra' }).click();
  await signIn.reach('Sign in');
}, 180_000);

test('issue 2, 8: whoever signed in at the backoffice is known to the portal, and signing out there ends both', async () => {
  const person = await enrolledPerson(world);
  const visitor = await world.visitor();
  const { page } = visitor;
  const signIn = new SignInPage(world, page);
  await signIn.beginAtSite();
  await signIn.giveFirstFactor(person);
  await signIn.giveCode(person.uri);
  await signIn.reachBackoffice();

  visitor.takeVisits();
  await page.goto(`${world.issuer}/account`);
  await signIn.reach('Profile');
  expect(visitor.takeVisits()).toEqual([`${world.issuer}/account`]);

  await page.goto(world.backoffice);
  await signIn.reachBackoffice();
  visitor.takeVisits();
  await signIn.signOutOfBackoffice();
  expect(visitor.takeVisits().slice(-2)).toEqual([
    `${world.issuer}/end_session`,
    `${world.backoffice}/logout`,
  ]);
  await page.goto(`${world.issuer}/account`);
  await signIn.reach('Sign in');
}, 180_000);

test('S63 a link to sign out is asked about first, and does nothing until it is answered', async () => {
  const person = await enrolledPerson(world);
  const { page } = await world.visitor();
  const signIn = new SignInPage(world, page);
  await page.goto(`${world.issuer}/account`);
  await signIn.giveFirstFactor(person);
  await signIn.giveCode(person.uri);
  await signIn.reach('Profile');
  await page.goto(`${world.issuer}/end_session`);
  await signIn.reach('Sign out?');
  await expectGoodPage(page);
  await page.getByRole('link', { name: 'Stay signed in' }).click();
  await signIn.reach('Profile');
  await page.goBack();
  await signIn.button('Sign out').click();
  await signIn.reach('You are signed out');
  await page.goto(`${world.issuer}/account`);
  await signIn.reach('Sign in');
});
