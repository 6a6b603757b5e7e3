import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { focused } from './screens.browser.ts';
import { API, LOAD, setUpScreens } from './screens.play.ts';
import { refusal, view } from './screens.server.ts';
import * as views from './screens.views.ts';

const screens = setUpScreens();
const { open, posts } = screens;

const codes = views.recoveryCodes.codes ?? [];
const CODE = 'ADGK-NRVY-258B-DGKP-RVY3-58BE';

describe('S38 recovery codes', () => {
  test('are shown once; one goes on when they are said to be saved', async () => {
    const page = await open({
      [LOAD]: view(views.recoveryCodes),
      [`POST ${API}/recovery-codes`]: view(views.done),
    });
    expect(await page.getByRole('listitem').allInnerTexts()).toEqual(codes);
    const goOn = page.getByRole('button', { name: 'Continue' });
    expect(await goOn.isDisabled()).toBe(true);
    await page.getByLabel('I have saved these').check();
    await goOn.click();
    await page.waitForURL('**/arrived?at=site');
    expect(posts()).toEqual([{ step: 'recovery-codes', body: {} }]);
  });

  test('can be copied and downloaded', async () => {
    const page = await open({ [LOAD]: view(views.recoveryCodes) });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(codes.join('\n'));
    const downloaded = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    const download = await downloaded;
    expect(download.suggestedFilename()).toBe('penumbra-recovery-codes.txt');
    const file = await readFile(await download.path(), 'utf8');
    expect(file.split('\r\n').slice(0, 2)).toEqual([
      expect.stringMatching(/^Penumbra recovery codes of /),
      '',
    ]);
    expect(file).toContain(codes.join('\n'));
  });

  test('are printed, and nothing else is', async () => {
    const page = await open({ [LOAD]: view(views.recoveryCodes) });
    await page.getByRole('button', { name: 'Print' }).waitFor();
    await page.evaluate(() => {
      window.print = () => {
        document.documentElement.dataset['printed'] = 'yes';
      };
    });
    await page.getByRole('button', { name: 'Print' }).click();
    expect(await page.locator('html').getAttribute('data-printed')).toBe('yes');
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    expect(await page.getByRole('listitem').first().isVisible()).toBe(true);
    await page.getByText(/^Penumbra recovery codes of/).waitFor();
    for (const each of [
      page.getByRole('heading'),
      page.getByText('I have saved'),
      page.locator('.split-brand'),
    ])
      expect(await each.isVisible()).toBe(false);
    const box = await page.getByRole('list').boundingBox();
    expect(box?.y).toBeLessThan(100);
  });

  test('after a reload they are gone: they were saved, or a new set is made', async () => {
    const { step, site } = views.recoveryCodes;
    const page = await open({
      [LOAD]: view({ step, site }),
      [`POST ${API}/recovery-codes/renew`]: view(views.recoveryCodes),
      [`POST ${API}/recovery-codes`]: view(views.done),
    });
    await page.getByText('can’t be shown again').waitFor();
    await page.getByRole('button', { name: 'Make a new set' }).click();
    await page.getByText(codes[0] ?? '').waitFor();
    await expect.poll(() => focused(page)).toBe('heading');
    await page.reload();
    await page.getByRole('button', { name: 'I have saved them' }).click();
    await page.waitForURL('**/arrived?at=site');
  });
});

describe('S39 a recovery code', () => {
  const USE = `POST ${API}/recovery`;

  async function openRecovery(script: Parameters<typeof open>[0]): ReturnType<typeof open> {
    const page = await open({ [LOAD]: view(views.choice), ...script });
    await page.getByRole('button', { name: 'Try another way' }).click();
    await page.getByRole('button', { name: /^Use a recovery code/ }).click();
    await expect.poll(() => focused(page)).toBe('code');
    return page;
  }

  test('opens the set-up that replaces what is lost, which is everything unless said otherwise', async () => {
    const page = await openRecovery({ [USE]: view({ ...views.kinds, because: 'recovery' }) });
    await expect.poll(() => page.title()).toBe('Use a recovery code · Umbraco Demo Site');
    await screens.browser.expectAccessible(page);
    await screens.browser.expectNarrow(page);
    for (const name of ['Work phone', 'Email', 'Phone'])
      expect(await page.getByRole('checkbox', { name: new RegExp(`^${name}`) }).isChecked()).toBe(true);
    await page.getByRole('checkbox', { name: /^Email/ }).uncheck();
    await page.getByLabel('Recovery code').fill(` ${CODE.toLowerCase().replaceAll('-', ' ')} `);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('takes the place of what you have lost').waitFor();
    expect(posts()).toEqual([
      { step: 'recovery', body: { code: CODE.replaceAll('-', ''), lost: ['app-1', 'phone-1'] } },
    ]);
  });

  test('needs to be whole and to replace something, and a wrong one is told', async () => {
    const page = await openRecovery({ [USE]: refusal(401, 'wrong_code', { triesLeft: 1 }) });
    const field = page.getByLabel('Recovery code');
    await field.fill('ADGK-NRVY');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: '24 letters and digits' }).waitFor();
    for (const box of await page.getByRole('checkbox').all()) await box.uncheck();
    await field.fill(CODE);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Tick at least one' }).waitFor();
    expect(posts()).toEqual([]);
    await page.getByRole('checkbox', { name: /^Phone/ }).check();
    await field.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'One more try' }).waitFor();
    await page.getByRole('button', { name: 'Back to the other ways' }).click();
    await page.getByRole('button', { name: /^Work phone/ }).click();
    await page.getByLabel('Code', { exact: true }).waitFor();
    expect(await page.getByText('One more try').count()).toBe(0);
  });

  test('is not offered when none is left', async () => {
    const page = await open({ [LOAD]: view(views.challenge) });
    await page.getByRole('button', { name: 'Try another way' }).click();
    await page.getByRole('button', { name: /^I can’t use/ }).waitFor();
    expect(await page.getByText('recovery code').count()).toBe(0);
  });
});
