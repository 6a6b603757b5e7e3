import { describe, expect, test } from 'vitest';
import { focused } from './screens.browser.ts';
import { API, LOAD, setUpScreens } from './screens.play.ts';
import { refusal, view } from './screens.server.ts';
import * as views from './screens.views.ts';

const screens = setUpScreens();
const { open, posts } = screens;

const START = `POST ${API}/enrollment`;
const SEND = `POST ${API}/enrollment/code`;
const CONFIRM = `POST ${API}/enrollment/confirm`;
const byPhone = { ...views.kinds, pending: views.pendingPhone };
const byMail = { ...views.kinds, pending: views.pendingMailbox };

test.each([
  ['first', 'Your organisation asks its members for a second factor.'],
  ['recovery', 'What you set up now takes the place of what you have lost.'],
  ['stronger', 'What you have set up so far is not strong enough'],
] as const)('it is said why a factor is set up (%s)', async (because, words) => {
  const page = await open({ [LOAD]: view({ ...views.kinds, because }) });
  await page.getByText(words).waitFor();
  const offered = await page.getByRole('listitem').allInnerTexts();
  expect(offered.map((each) => each.split('\n')[0])).toEqual(['Authenticator app', 'Email', 'Phone']);
  expect(posts()).toEqual([]);
});

test('a kind can be chosen, and another one instead', async () => {
  const page = await open({
    [LOAD]: view(views.kinds),
    [START]: [view({ ...views.kinds, pending: views.pending }), view(byMail)],
    [CONFIRM]: view(views.recoveryCodes),
  });
  await page.getByRole('button', { name: /^Authenticator app/ }).click();
  await page.getByRole('img', { name: /QR code/ }).waitFor();
  await expect.poll(() => page.title()).toBe('Set up an authenticator app · Umbraco Demo Site');
  await page.getByRole('button', { name: 'Choose something else' }).click();
  await expect.poll(() => focused(page)).toBe('heading');
  await page.getByRole('button', { name: /^Email/ }).click();
  await page.getByText('A mail with a code was sent to editor@example.com.').waitFor();
  await expect.poll(() => focused(page)).toBe('code');
  await page.getByLabel('Code', { exact: true }).fill('01234567');
  await page.getByRole('heading', { name: 'Save your recovery codes' }).waitFor();
  expect(posts()).toEqual([
    { step: 'enrollment', body: { kind: 'totp' } },
    { step: 'enrollment', body: { kind: 'email' } },
    { step: 'enrollment/confirm', body: { enrollmentId: 'pending-3', code: '01234567', name: 'Email' } },
  ]);
});

test('a mailbox that the service knows already is registered without another code', async () => {
  const page = await open({
    [LOAD]: view({ ...views.kinds, kinds: ['email'] }),
    [START]: view(views.recoveryCodes),
  });
  await page.getByRole('button', { name: 'Use my mailbox' }).click();
  await page.getByRole('heading', { name: 'Save your recovery codes' }).waitFor();
  expect(posts()).toEqual([{ step: 'enrollment', body: { kind: 'email' } }]);
});

test('S14 a wrong first code of an app says how many tries are left', async () => {
  const page = await open({
    [LOAD]: view(views.enrolling),
    [CONFIRM]: [2, 1].map((triesLeft) => refusal(401, 'wrong_code', { triesLeft })),
  });
  const code = page.getByLabel('Code', { exact: true });
  for (const words of ['2 more tries, then you have to wait.', 'One more try, then you have to wait.']) {
    await code.fill('123456');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: words }).waitFor();
    await expect.poll(() => focused(page)).toBe('code');
    expect(await code.inputValue()).toBe('');
  }
  await screens.browser.expectAccessible(page);
  await screens.browser.expectNarrow(page);
});

describe('a phone', () => {
  test('S24 its risk is told, with what is safer, before a number is asked for', async () => {
    const page = await open({ [LOAD]: view(views.kinds), [START]: view(views.enrolling) });
    await page.getByRole('button', { name: /^Phone/ }).click();
    await page.getByText('A phone number can be taken over').waitFor();
    expect(await page.getByLabel('Phone number').count()).toBe(0);
    await screens.browser.expectAccessible(page);
    await screens.browser.expectNarrow(page);
    await page.getByRole('button', { name: /^Authenticator app/ }).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    expect(posts()).toEqual([{ step: 'enrollment', body: { kind: 'totp' } }]);
  });

  test('S25 a number of a listed country, the likely one chosen; a refused one is told and can be corrected', async () => {
    const page = await open({
      [LOAD]: view(views.kinds),
      [START]: [refusal(422, 'phone_refused'), view(byPhone)],
      [CONFIRM]: view(views.done),
    });
    await page.getByRole('button', { name: /^Phone/ }).click();
    await page.getByRole('button', { name: 'Use my phone anyway' }).click();
    await expect.poll(() => focused(page)).toBe('number');
    const country = page.getByLabel('Country');
    expect(await country.locator('option').allInnerTexts()).toEqual([
      'Denmark (+45)',
      'Sweden (+46)',
      'United Kingdom (+44)',
    ]);
    expect(await country.inputValue()).toBe('DK');
    const number = page.getByLabel('Phone number');
    expect(await number.getAttribute('type')).toBe('tel');
    expect(await number.getAttribute('autocomplete')).toBe('tel-national');
    await page.getByRole('button', { name: 'Send a text' }).click();
    await page.getByRole('alert').filter({ hasText: 'Enter your phone number.' }).waitFor();
    expect(posts()).toEqual([]);
    await number.fill('20 12');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'ordinary number of one of the listed' }).waitFor();
    await screens.browser.expectAccessible(page);
    await screens.browser.expectNarrow(page);
    await number.fill('20 12 34 56');
    await page.getByRole('button', { name: 'Call me' }).click();
    await page.getByLabel('Code', { exact: true }).fill('012345');
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Phone');
    // A name is still to be given, so the last digit decides nothing.
    expect(posts().length).toBe(2);
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.waitForURL('**/arrived?at=site');
    expect(posts()).toEqual([
      { step: 'enrollment', body: { kind: 'phone', number: '20 12', country: 'DK', channel: 'text' } },
      { step: 'enrollment', body: { kind: 'phone', number: '20 12 34 56', country: 'DK', channel: 'call' } },
      { step: 'enrollment/confirm', body: { enrollmentId: 'pending-2', code: '012345', name: 'Phone' } },
    ]);
  });

  test.each([
    ['not_a_number', 'This is no complete phone number.'],
    ['country', 'Numbers of this country can’t be used here.'],
    ['kind', 'Numbers of this kind can’t be used.'],
    ['landline', 'This is a landline, which takes no texts. Choose a call instead.'],
    ['a_reason_of_a_later_service', 'ordinary number of one of the listed'],
  ])('S25 why a number is refused is told at its field (%s)', async (field, words) => {
    const errors = [{ field, message: 'In English, for programmers.' }];
    const page = await open({
      [LOAD]: view({ ...views.kinds, kinds: ['phone'] }),
      [START]: [refusal(422, 'phone_refused', { errors }), view(byPhone)],
    });
    await page.getByRole('button', { name: 'Use my phone anyway' }).click();
    const number = page.getByLabel('Phone number');
    await number.fill('33 12 34 56');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: words }).waitFor();
    await expect.poll(() => focused(page)).toBe('number');
    expect(await number.getAttribute('aria-invalid')).toBe('true');
    await screens.browser.expectAccessible(page);
    await screens.browser.expectNarrow(page);
    // What helps is a step away: nothing has to be typed again.
    await page.getByRole('button', { name: 'Call me' }).click();
    await page.getByLabel('Code', { exact: true }).waitFor();
    expect(posts().map(({ body }) => (body as { channel?: string }).channel)).toEqual(['text', 'call']);
  });

  test('the number can be changed while its code is waited for', async () => {
    const other = {
      ...views.pendingPhone,
      enrollmentId: 'pending-4',
      destination: '+45 20 12 34 57',
    };
    const page = await open({
      [LOAD]: view({ ...views.kinds, kinds: ['phone'] }),
      [START]: [view(byPhone), view({ ...byPhone, pending: other })],
    });
    await page.getByRole('button', { name: 'Use my phone anyway' }).click();
    await page.getByLabel('Phone number').fill('20123456');
    await page.keyboard.press('Enter');
    await page.getByText('was sent to +45 20 12 34 56.').waitFor();
    await page.getByRole('button', { name: 'Change the number' }).click();
    await expect.poll(() => focused(page)).toBe('number');
    expect(await page.getByLabel('Phone number').inputValue()).toBe('20123456');
    await page.getByLabel('Phone number').fill('20123457');
    await page.keyboard.press('Enter');
    await page.getByText('was sent to +45 20 12 34 57.').waitFor();
    await expect.poll(() => focused(page)).toBe('code');
  });

  test('S11 another channel and a new code, once the wait is over; a failed one is told', async () => {
    const queued = { ...views.pendingPhone, sent: views.sentBy('call', { delivery: 'queued' }) };
    const failed = { ...views.pendingPhone, sent: views.sentBy('call', { delivery: 'failed' }) };
    const page = await open(
      {
        [LOAD]: [view(byPhone), view({ ...views.kinds, pending: failed })],
        [SEND]: view({ ...views.kinds, pending: queued }),
      },
      { at: views.NOW },
    );
    await page.getByText('was sent to').waitFor();
    await page.clock.runFor(61_000);
    await page.getByRole('button', { name: 'Call me instead' }).click();
    await page.getByText('Calling +45 20 12 34 56.').waitFor();
    await page.clock.runFor(1100);
    await page.getByText('The call to +45 20 12 34 56 did not get through.').waitFor();
    expect(posts()).toEqual([{ step: 'enrollment/code', body: { channel: 'call' } }]);
  });

  test('S29 the phone alone may not be enough, and then something else can be chosen', async () => {
    const page = await open({ [LOAD]: view(byPhone), [CONFIRM]: refusal(409, 'phone_alone') });
    await page.getByLabel('Code', { exact: true }).fill('012345');
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByRole('alert').filter({ hasText: 'may not have a phone as the only' }).waitFor();
    await page.getByRole('button', { name: 'Choose something else' }).click();
    await page.getByRole('button', { name: /^Authenticator app/ }).waitFor();
  });

  test('S36 what was not confirmed in time is begun again', async () => {
    const pending = { ...views.pendingPhone, expiresAt: views.NOW + 600 };
    const page = await open({ [LOAD]: view({ ...views.kinds, pending }) }, { at: views.NOW });
    await page.getByLabel('Code', { exact: true }).waitFor();
    await page.clock.runFor(601_000);
    await page.getByRole('alert').filter({ hasText: 'Nothing was set up' }).waitFor();
    await page.getByRole('button', { name: 'Start again' }).click();
    await page.getByText('A phone number can be taken over').waitFor();
  });
});

test('countries are named and sorted in the reader’s language', async () => {
  screens.server.play({ [LOAD]: view({ ...views.kinds, kinds: ['phone'] }) });
  screens.server.lang = 'da';
  const page = await screens.browser.open(`${screens.server.origin}/interaction/one`);
  await page.getByRole('button', { name: 'Brug min telefon alligevel' }).click();
  expect(await page.getByLabel('Land').locator('option').allInnerTexts()).toEqual([
    'Danmark (+45)',
    'Storbritannien (+44)',
    'Sverige (+46)',
  ]);
});
