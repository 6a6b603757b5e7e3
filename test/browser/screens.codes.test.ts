import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { focused } from './screens.browser.ts';
import { API, LOAD, setUpScreens } from './screens.play.ts';
import { refusal, view, type Answer } from './screens.server.ts';
import * as views from './screens.views.ts';

const screens = setUpScreens();
const { open, posts } = screens;

describe('codes', () => {
  test('S08 a pasted code with spaces and a leading zero is sent once, by itself', async () => {
    const held = Promise.withResolvers<Answer>();
    const page = await open({
      [LOAD]: view(views.challenge),
      [`POST ${API}/challenge`]: { hold: held.promise },
    });
    const field = page.getByLabel('Code', { exact: true });
    expect(await field.getAttribute('inputmode')).toBe('numeric');
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
    await field.fill('012 345');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Verify' }).click();
    held.resolve(view(views.done));
    await page.waitForURL('**/arrived?at=site');
    expect(posts()).toEqual([{ step: 'challenge', body: { enrollmentId: 'app-1', code: '012345' } }]);
  });

  test('a wrong code is taken away, the tries left are told, and a short one is not sent', async () => {
    const page = await open({
      [LOAD]: view(views.challenge),
      [`POST ${API}/challenge`]: refusal(401, 'wrong_code', { triesLeft: 3 }),
    });
    const field = page.getByLabel('Code', { exact: true });
    await field.fill('123456');
    await page.getByRole('alert').filter({ hasText: '3 more tries' }).waitFor();
    await expect.poll(() => field.inputValue()).toBe('');
    expect(await focused(page)).toBe('code');
    await page.keyboard.type('123');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'The code has 6 digits.' }).waitFor();
    expect(posts().length).toBe(1);
  });

  test('S11 a new code by mail can be asked for when its wait is over', async () => {
    const again = { ...views.confirmAddress, reference: 'M3X9', resendAt: views.NOW + 300 };
    const page = await open(
      { [LOAD]: view(views.confirmAddress), [`POST ${API}/address-code`]: view(again) },
      { at: views.NOW },
    );
    await page.getByText('K7Q2').waitFor();
    const resend = page.getByRole('button', { name: 'Send a new code' });
    expect(await resend.isDisabled()).toBe(true);
    await page.clock.runFor(61_000);
    await resend.click();
    await page.getByText('M3X9').waitFor();
    expect(await resend.isDisabled()).toBe(true);
  });

  test('the first code by mail is sent without being asked for', async () => {
    const { reference, ...unsent } = views.confirmAddress;
    const page = await open({
      [LOAD]: view({ ...unsent, delivery: 'none' }),
      [`POST ${API}/address-code`]: view(views.confirmAddress),
    });
    await page.getByText(reference ?? '').waitFor();
    expect(posts()).toEqual([{ step: 'address-code', body: {} }]);
  });
});

describe('setting an authenticator app up', () => {
  test.each([true, false])('the QR code is readable on a screenshot (dark: %s)', async (dark) => {
    const page = await open({ [LOAD]: view(views.enrolling) }, { width: 400, dark });
    await page.getByRole('img', { name: /QR code/ }).scrollIntoViewIfNeeded();
    const shot = PNG.sync.read(await page.screenshot());
    const found = jsQR(new Uint8ClampedArray(shot.data), shot.width, shot.height, {
      inversionAttempts: 'dontInvert',
    });
    expect(found?.data).toBe(views.URI);
  });

  test('of a hostile picture only plain shapes are shown', async () => {
    const qrSvg =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="document.title=1"><script>document.title=2</script>' +
      '<style>*{display:none}</style><image href="/x"/><path d="M0 0h1v1z" fill="url(/y)" onclick="1"/></svg>';
    const page = await open({ [LOAD]: view({ ...views.enrolling, pending: { ...views.pending, qrSvg } }) });
    const picture = page.getByRole('img', { name: /QR code/ });
    expect(await picture.innerHTML()).toBe('<path d="M0 0h1v1z"></path>');
    expect(await picture.getAttribute('onload')).toBe(null);
    expect(await page.title()).toBe('Set up an authenticator app · Umbraco Demo Site');
    // The policy holds inside the parsed text too, and says so.
    expect(screens.browser.takeComplaints().join()).toContain('Content Security Policy');
  });

  test('the key can be copied, and a key that is gone is made anew', async () => {
    const page = await open({
      [LOAD]: view(views.enrolling),
      [`POST ${API}/enrollment/confirm`]: refusal(410, 'pending_enrollment_gone'),
      [`POST ${API}/enrollment`]: view(views.enrolling),
    });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy key' }).click();
    await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      views.pending.secret.replaceAll(' ', ''),
    );
    await page.getByLabel('Code', { exact: true }).fill('123456');
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByRole('button', { name: 'Start again' }).click();
    await page.getByLabel('Code', { exact: true }).waitFor();
    expect(posts().at(-1)).toEqual({ step: 'enrollment', body: { kind: 'totp', renew: true } });
  });
});

test('S36 a key that was not confirmed in time is taken off the screen', async () => {
  const pending = { ...views.pending, expiresAt: views.NOW + 600 };
  const page = await open({ [LOAD]: view({ ...views.enrolling, pending }) }, { at: views.NOW });
  await page.getByText('JBSW').first().waitFor();
  await page.clock.runFor(601_000);
  await page.getByRole('alert').filter({ hasText: 'not confirmed in time' }).waitFor();
  expect(await page.getByText('JBSW').count()).toBe(0);
});
