import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { enrolledPerson, Journey, type Enrolled } from '../flow/person.ts';
import { Browser } from '../support/browser.ts';
import { totpCode, wrongTotpCode } from '../support/totp.ts';
import { DEMO_PASSWORD } from '../world/seed.ts';
import { startBrowserWorld, type BrowserWorld } from './support/browser-world.ts';
import { expectFocus, expectGoodPage } from './support/look.ts';
import { takePicture } from './support/picture.ts';
import { SignInPage } from './support/sign-in-page.ts';
import { createTestSite, type TestSite } from './support/test-site.ts';
import type { Visitor } from './support/visitor.ts';

let world: BrowserWorld;

beforeAll(async () => {
  world = await startBrowserWorld();
});
afterAll(() => world.stop());
afterEach(() => world.endVisits());

const CHALLENGE = 'POST /api/interactions/{id}/challenge';

describe('the whole path', () => {
  test('issue 2: from the site, through mailbox and app, into the backoffice; with a code the next time', async () => {
    const editor = { email: 'editor@example.com', password: DEMO_PASSWORD };
    const first = new SignInPage(world, (await world.visitor()).page);
    await first.beginAtSite();
    await expectGoodPage(first.page);
    await first.giveEmail(editor.email);
    await expectGoodPage(first.page);
    await first.givePassword(editor.password);
    await first.reach('Check your mail');
    await expectGoodPage(first.page);
    await first.proveMailbox(editor);
    await first.reach('Set up a second factor');
    await expectGoodPage(first.page);
    await first.chooseApp();
    const uri = await first.scanKey();
    expect(await first.readKey()).toBe(new URL(uri).searchParams.get('secret'));
    await expectGoodPage(first.page);
    await first.confirmApp(uri);
    await first.reach('Save your recovery codes');
    await expectGoodPage(first.page);
    await first.saveRecoveryCodes();
    await first.reachBackoffice();
    await first.page.goBack();
    await first.reachBackoffice();

    const next = new SignInPage(world, (await world.visitor({ scale: 1.5 })).page);
    await next.beginAtSite();
    await next.giveFirstFactor(editor);
    await next.reach('Enter your code');
    await expectGoodPage(next.page);
    await next.code.fill('493');
    await takePicture(next.page, 'challenge');
    await next.page.emulateMedia({ colorScheme: 'dark' });
    await takePicture(next.page, 'challenge-dark');
    await next.page.emulateMedia({ colorScheme: null });
    await next.giveCode(uri);
    await next.reachBackoffice();
    await next.page.getByRole('tab', { name: 'Users' }).waitFor();
    await next.page.getByText('Master Umbraco with official training').waitFor();
    await takePicture(next.page, 'backoffice');
  }, 240_000);

  test('by keyboard alone, from the address to the site', async () => {
    const person = await enrolledPerson(world);
    const { page } = await world.visitor();
    const site = await createTestSite(world, page);
    await page.goto(site.url);
    await expectFocus(page, 'email');
    await page.keyboard.type(person.email);
    await page.keyboard.press('Enter');
    await expectFocus(page, 'password');
    await page.keyboard.type(person.password);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expectFocus(page, 'code');
    await page.keyboard.type(totpCode(person.uri, world.now()));
    expect((await site.answer()).get('code')).toBeTruthy();
    await world.advance(30);
  });
});

describe('what is refused', () => {
  test('S19 a wrong password is told without saying whether the address is known, and can be typed again', async () => {
    const { email, password } = await world.person();
    const visitor = await world.visitor();
    const signIn = new SignInPage(world, visitor.page);
    await visitor.page.goto(`${world.issuer}/account`);
    await signIn.giveFirstFactor({ email, password: 'not the password of anybody' });
    await signIn.expectProblem('The email address or the password is wrong.');
    await expectFocus(visitor.page, 'password');
    await signIn.givePassword(password);
    await signIn.reach('Check your mail');
    expect(visitor.takeRefusals()).toEqual(['401 POST /api/interactions/{id}/password']);
  });

  test('S14 a wrong code is told with the tries that are left, and the next one can be typed at once', async () => {
    const { visitor, signIn, site, person } = await atChallenge();
    await signIn.code.fill(wrongTotpCode(person.uri, world.now()));
    await signIn.expectProblem('This code is wrong. 4 more tries, then you have to wait.');
    await expectFocus(visitor.page, 'code');
    expect(await signIn.code.inputValue()).toBe('');
    expect(visitor.takeRefusals()).toEqual([`401 ${CHALLENGE}`]);
    await visitor.page.keyboard.type(totpCode(person.uri, world.now()));
    expect((await site.answer()).get('code')).toBeTruthy();
  });

  test('S33 a code that somebody has used is refused, and told so', async () => {
    const { visitor, signIn, person } = await atChallenge();
    const elsewhere = await Journey.begin(new Browser(), `${world.issuer}/account`);
    await elsewhere.firstFactor(person.email, person.password);
    const code = totpCode(person.uri, world.now());
    await elsewhere.go('challenge', { enrollmentId: person.enrollmentId, code });
    await signIn.code.fill(code);
    await signIn.expectProblem('This code was used already. Wait until your app shows the next one.');
    expect(visitor.takeRefusals()).toEqual([`401 ${CHALLENGE}`]);
  });

  test('RFC 6749 4.1.2.1: a site that is not registered is told on a page of the service', async () => {
    const visitor = await world.visitor();
    await visitor.page.goto(`${world.issuer}/authorize?client_id=nobody&redirect_uri=http://localhost:9/`);
    await new SignInPage(world, visitor.page).reach('This sign-in can’t be started');
    await expectGoodPage(visitor.page);
    expect(visitor.takeRefusals()).toEqual(['400 GET /authorize']);
  });

  test('S86 whoever may not use the site is told so, and cancelling leads back to the site with its message', async () => {
    const stranger = await world.person({ organization: 'elsewhere' });
    const visitor = await world.visitor();
    const { page } = visitor;
    const signIn = new SignInPage(world, page);
    await signIn.beginAtSite();
    await signIn.button('Cancel').click();
    await page.getByText('access_denied (The person cancelled the sign-in.)').waitFor();
    await page.getByRole('link', { name: 'Try again' }).click();
    await signIn.giveFirstFactor(stranger);
    await signIn.reach('You can’t sign in to Example site');
    await page.getByText(`${stranger.email} is not a member of the organisation`).waitFor();
    await expectGoodPage(page);
    await signIn.button('Use another account').click();
    await signIn.giveFirstFactor(stranger);
    await signIn.button('Back to Example site').click();
    await page.getByText('access_denied (This account may not use this site.)').waitFor();
    expect(visitor.takeRefusals()).toEqual([
      '403 POST /umbraco-signin-penumbra',
      '403 POST /umbraco-signin-penumbra',
    ]);
  }, 90_000);
});

describe('one sign-in, wherever the browser goes', () => {
  test('S78, bug 16: an interaction that is finished is over, and says how to go on', async () => {
    const { visitor, signIn, site, person } = await atChallenge();
    const address = visitor.page.url();
    await signIn.giveCode(person.uri);
    await site.answer();
    await visitor.page.goto(address);
    await signIn.reach('This sign-in is over');
    await expectGoodPage(visitor.page);
    await signIn.button('Start again').click();
    await signIn.reach('Profile');
    expect(visitor.takeRefusals()).toEqual(['410 GET /api/interactions/{id}']);
  });

  test('S69 a second tab finds out where the sign-in is, and that it is over', async () => {
    const person = await enrolledPerson(world);
    const visitor = await world.visitor();
    const here = new SignInPage(world, visitor.page);
    const site = await createTestSite(world, visitor.page);
    await visitor.page.goto(site.url);
    await here.giveEmail(person.email);
    const there = new SignInPage(world, await visitor.context.newPage());
    await there.page.goto(visitor.page.url());
    await there.reach('Enter your password');
    await here.givePassword(person.password);
    await here.reach('Enter your code');

    await there.givePassword(person.password);
    await there.reach('Enter your code');
    expect(visitor.takeRefusals()).toEqual(['409 POST /api/interactions/{id}/password']);

    await here.giveCode(person.uri);
    expect((await site.answer()).get('code')).toBeTruthy();
    await there.code.fill(totpCode(person.uri, world.now()));
    await there.reach('This sign-in is over');
    expect(visitor.takeRefusals()).toEqual([`410 ${CHALLENGE}`]);
    await there.button('Start again').click();
    await there.reach('Profile');
  });

  test('S69 back, forward and reload keep each step where it was, and the key that is being set up', async () => {
    const person = await world.person();
    const visitor = await world.visitor();
    const { page } = visitor;
    const signIn = new SignInPage(world, page);
    const site = await createTestSite(world, page);
    const leaveAndReturn = async (heading: string): Promise<void> => {
      await page.goBack();
      await page.goForward();
      await signIn.reach(heading);
      await page.reload();
      await signIn.reach(heading);
    };
    await page.goto(`${world.issuer}/signed-out`);
    await page.goto(site.url);
    await leaveAndReturn('Sign in');
    await signIn.giveEmail(person.email);
    await leaveAndReturn('Enter your password');
    await signIn.givePassword(person.password);
    await signIn.reach('Check your mail');
    await leaveAndReturn('Check your mail');
    await signIn.proveMailbox(person);
    await leaveAndReturn('Set up a second factor');
    await signIn.chooseApp();
    const uri = await signIn.scanKey();
    // The key is shown to whoever asks for it, not to whoever looks.
    await leaveAndReturn('Set up a second factor');
    await signIn.chooseApp();
    expect(await signIn.scanKey()).toBe(uri);
    await signIn.confirmApp(uri);
    await leaveAndReturn('Save your recovery codes');
    await signIn.button('I have saved them').click();
    expect((await site.answer()).get('code')).toBeTruthy();
    await page.goBack();
    await signIn.reach('This sign-in is over');
    expect(visitor.takeRefusals()).toEqual(['410 GET /api/interactions/{id}']);
  });
});

/** Makes a person with an app who has typed the password of a sign-in to a site. */
async function atChallenge(): Promise<{
  readonly visitor: Visitor;
  readonly signIn: SignInPage;
  readonly site: TestSite;
  readonly person: Enrolled;
}> {
  const [person, visitor] = await Promise.all([enrolledPerson(world), world.visitor()]);
  const signIn = new SignInPage(world, visitor.page);
  const site = await createTestSite(world, visitor.page);
  await visitor.page.goto(site.url);
  await signIn.giveFirstFactor(person);
  await signIn.reach('Enter your code');
  return { visitor, signIn, site, person };
}
