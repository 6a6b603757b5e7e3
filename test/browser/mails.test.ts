// The mails as a mail program with a browser engine shows them: accessible in light and in dark, nothing wider than a
// phone, and nothing that is fetched.
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LANGUAGES } from '../../worker/localization/language.ts';
import { renderMail } from '../../worker/messages/mail.ts';
import { CHROMIUM_ARGUMENTS, provideChromium } from '../world/chromium.ts';
import { codeContent, everyContent, SENDER } from '../worker/messages/contents.ts';
import { expectGoodPage } from './support/look.ts';

let browser: Browser;
let page: Page;
const fetched: string[] = [];

beforeAll(async () => {
  const { path, env } = await provideChromium();
  browser = await chromium.launch({
    executablePath: path,
    env: { ...process.env, ...env },
    args: [...CHROMIUM_ARGUMENTS],
  });
  page = await browser.newPage();
  page.on('request', (request) => fetched.push(request.url()));
});

afterAll(() => browser.close());

const templates = Map.groupBy(everyContent(), ({ template }) => template);
const longest = codeContent('sign_in', {
  circumstances: {
    siteName: 'Kommunernes_Landsforening_og_Museernes_Fællesråd_uden_et_eneste_mellemrum',
    at: 1_900_000_000,
    address: '2001:0db8:0000:0000:0000:ff00:0042:8329',
    country: 'DK',
    device: 'Firefox/1 Linux',
  },
  notMePath: '/not-me#token',
});
const mails = LANGUAGES.flatMap((language) =>
  [...[...templates.values()].flatMap((contents) => contents.slice(-1)), longest].map((content) => ({
    language,
    content,
    template: content.template,
  })),
);

test.each(mails)('a mail is for everybody: $template in $language', async ({ language, content }) => {
  await page.setContent(renderMail(content, language, SENDER).html);
  await expectGoodPage(page);
  expect(fetched).toEqual([]);
});
