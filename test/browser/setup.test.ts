import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readSetupLink } from '../support/outbox-reader.ts';
import { openOperatorApi } from '../world/operator-api.ts';
import { startBrowserWorld, type BrowserWorld } from './support/browser-world.ts';
import { expectFocus, expectGoodPage } from './support/look.ts';
import { SignInPage } from './support/sign-in-page.ts';

let world: BrowserWorld;

beforeAll(async () => {
  world = await startBrowserWorld();
});
afterAll(() => world.stop());
afterEach(() => world.endVisits());

test('S01, S28 a new member sets the password up with the link from the mail, which works once', async () => {
  const email = 'nora@example.com';
  const api = await openOperatorApi(world.operator, world.now());
  await api.create('members', { organization: 'example', email, name: 'Nora New', role: 'member' });
  const link = await readSetupLink(world.outbox, email);
  const visitor = await world.visitor();
  const { page } = visitor;
  const signIn = new SignInPage(world, page);

  await page.goto(link);
  await signIn.reach('Choose your password');
  await page
    .getByText(`Welcome, Nora New. This is the password of ${email}, your account at Example.`)
    .waitFor();
  expect(page.url()).toBe(`${world.issuer}/setup`);
  await expectFocus(page, 'password');
  await expectGoodPage(page);

  await signIn.givePassword('short');
  await signIn.expectProblem('Use at least 8 characters.');
  await signIn.givePassword('nora@example.com');
  await signIn.expectProblem('This is made of your name, address, organisation or this service.');
  await expectFocus(page, 'password');
  await expectGoodPage(page);
  await signIn.givePassword('password123');
  await signIn.expectProblem('This is one of the passwords that are tried first.');
  expect(visitor.takeRefusals()).toEqual(['422 POST /api/setup', '422 POST /api/setup']);

  const password = 'seven violet harbours';
  await signIn.givePassword(password);
  await signIn.reach('Sign in');
  await signIn.giveFirstFactor({ email, password });
  await signIn.reach('Check your mail');

  await page.goto(link);
  await signIn.reach('This link can’t be used');
  await page.getByText('It was used already, is too old, or is not complete.').waitFor();
  await expectGoodPage(page);
  expect(visitor.takeRefusals()).toEqual(['410 POST /api/setup/inspect']);
});

test.each([
  ['without its token', '/setup', []],
  ['that the mail program cut off', '/setup#dGhlIGZpcnN0', ['400 POST /api/setup/inspect']],
  ['that was made up', `/setup#${'A'.repeat(43)}`, ['410 POST /api/setup/inspect']],
])('a set-up link %s says what to do', async (_, path, refusals) => {
  const visitor = await world.visitor();
  await visitor.page.goto(world.issuer + path);
  await new SignInPage(world, visitor.page).reach('This link can’t be used');
  await visitor.page.getByText('ask your administrator for a new one').waitFor();
  expect(visitor.takeRefusals()).toEqual(refusals);
});
