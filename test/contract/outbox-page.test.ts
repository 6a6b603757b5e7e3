// The outbox for people, and what its providers tell the service afterwards: against the product's own adapters, which
// verify the signatures.
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { Resend } from 'resend';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createResendMailer } from '../../worker/adapters/resend/mailer.ts';
import { createTwilioPhone } from '../../worker/adapters/twilio/phone.ts';
import type { PhonePort } from '../../worker/ports/phone.ts';
import { CHROMIUM_ARGUMENTS, provideChromium } from '../world/chromium.ts';
import { listen } from '../world/cms/node-server.ts';
import { findFreePort } from '../world/free-port.ts';
import type { Message } from '../world/outbox/message-store.ts';
import { startOutbox, type Outbox } from '../world/outbox/outbox.ts';

const ACCOUNT = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'twilio-token' };
const SECRET = `whsec_${'A'.repeat(32)}`;
const MAIL = { from: 'Penumbra <login@penumbra.example>', to: 'a@example.com', subject: 'Hello' };
const CALL = { to: '+4520123456', language: 'en', greeting: 'Press a key.', idempotencyKey: 'j1' };
let outbox: Outbox;
let resend: Resend;
let phone: PhonePort;
let service: Awaited<ReturnType<typeof startService>>;

beforeAll(async () => {
  const port = await findFreePort();
  const mailWebhook = { url: `http://localhost:${port}/webhooks/mail`, secret: SECRET };
  outbox = await startOutbox({ port: 0, resendApiKey: 're_local', twilio: ACCOUNT, mailWebhook });
  resend = new Resend('re_local', { baseUrl: outbox.url });
  phone = createTwilioPhone({ ...ACCOUNT, from: '+15005550006', baseUrl: outbox.url, simSwap: false });
  service = await startService(port);
});

afterEach(() => {
  outbox.clear();
  service.heard.length = 0;
});

afterAll(async () => {
  await service.close();
  await outbox.close();
});

// What the service does with a callback, as far as its adapters go.
async function startService(port: number): Promise<{
  readonly url: string;
  readonly heard: unknown[];
  close(): Promise<void>;
}> {
  const url = `http://localhost:${port}`;
  const heard: unknown[] = [];
  const mailer = createResendMailer({ apiKey: 're_local', from: MAIL.from, webhookSecret: SECRET });
  const { close } = await listen(port, async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/webhooks/mail') {
      heard.push(await mailer.readReport(request, Math.floor(Date.now() / 1000)));
      return new Response(null, { status: 204 });
    }
    const callback = await phone.readCallback(request, url + pathname);
    heard.push(callback);
    if (callback?.kind !== 'key') return new Response(null, { status: callback ? 204 : 403 });
    return phone.speak({ language: 'en', lines: ['Your code is 0 1 2', 'Goodbye'] });
  });
  return { url, heard, close };
}

describe('what the providers tell afterwards', () => {
  const text = async (statusUrl: string): Promise<string> => {
    await phone.sendText({ to: '+4520123456', body: 'Code 012345', statusUrl, idempotencyKey: 'j1' });
    return outbox.messages()[0]?.id ?? '';
  };

  test('S28 a call is answered, a key is pressed, and the words are heard', async () => {
    await phone.startCall({ ...CALL, statusUrl: `${service.url}/status`, speakUrl: `${service.url}/speak` });
    const [call] = outbox.messages();
    expect(await outbox.answerCall(call?.id ?? '')).toEqual(['Your code is 0 1 2', 'Goodbye']);
    expect(await outbox.answerCall(call?.id ?? '', '#')).toHaveLength(2);
    expect(service.heard).toEqual([
      { kind: 'key', digits: '1' },
      { kind: 'key', digits: '#' },
    ]);
    expect(outbox.messages()[0]?.spoken).toEqual(['Your code is 0 1 2', 'Goodbye']);
  });

  test('a text was delivered, or not', async () => {
    const id = await text(`${service.url}/status`);
    expect(await outbox.report(id, 'delivered')).toBe(204);
    expect(await outbox.report(id, 'undelivered', 30003)).toBe(204);
    expect(service.heard).toEqual([
      { kind: 'status', status: 'delivered' },
      { kind: 'status', status: 'failed', trouble: 'unreachable' },
    ]);
  });

  test('a mail bounced, or was marked as spam', async () => {
    expect(await outbox.bounce('a@example.com')).toBe(204);
    expect(await outbox.complain('a@example.com')).toBe(204);
    const to = ['a@example.com'];
    expect(service.heard).toEqual([
      { status: 'report', report: { to, trouble: 'bounced' } },
      { status: 'report', report: { to, trouble: 'complained' } },
    ]);
  });

  test('nobody but this machine is called, and what can’t be done is said', async () => {
    const id = await text('https://login.example.com/status');
    await expect(outbox.report(id, 'delivered')).rejects.toThrow('nobody but this machine');
    await expect(outbox.answerCall(id)).rejects.toThrow('asks for no key');
    await expect(outbox.report('SM0', 'delivered')).rejects.toThrow('no text or call SM0');
  });
});

describe('for people', () => {
  test('the list is newest first, can be asked for one address, and can be emptied', async () => {
    for (const to of ['a@example.com', 'b@example.com', 'a@example.com']) {
      await resend.emails.send({ ...MAIL, to, text: to });
    }
    expect(await listed('?to=b%40example.com')).toHaveLength(1);
    const times = (await listed()).map((message) => message.at);
    expect(times).toEqual(times.toSorted().toReversed());
    expect((await fetch(`${outbox.url}/messages`, { method: 'DELETE' })).status).toBe(204);
    expect(await listed()).toEqual([]);
  });

  test('the page escapes what it shows and makes links of addresses', async () => {
    const text = 'See <b>this</b> http://localhost:8787/setup#a&b "now" <script>alert(1)</script>';
    await resend.emails.send({ ...MAIL, subject: '<img src=x>', text });
    const page = await (await fetch(outbox.url)).text();
    expect(page).toContain('&lt;img src=x&gt;');
    expect(page).toContain('See &lt;b&gt;this&lt;/b&gt; ');
    expect(page).toContain(
      '<a href="http://localhost:8787/setup#a&amp;b" target="_blank" rel="noopener noreferrer">',
    );
    expect(page).not.toContain('alert(1)</script>');
  });

  test('the page says that nothing was sent', async () => {
    expect(await (await fetch(outbox.url)).text()).toContain('Nothing was sent yet');
  });

  test('a change is announced at once', async () => {
    const stream = await fetch(`${outbox.url}/changes`);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain(': open');
    await resend.emails.send({ ...MAIL, text: 'x' });
    expect((await reader?.read())?.value).toContain('event: change');
    await reader?.cancel();
  });
});

describe('in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    const { path, env } = await provideChromium();
    const args = [...CHROMIUM_ARGUMENTS];
    browser = await chromium.launch({ executablePath: path, args, env: { ...process.env, ...env } });
  });

  afterAll(() => browser.close());

  test.each([
    [400, 'light'],
    [1600, 'dark'],
  ] as const)(
    '%i px, %s: it fits, has no violation of axe, and updates by itself',
    async (width, colorScheme) => {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
      await page.addInitScript({ content: axe.source });
      await page.goto(outbox.url);
      await page.getByText('Nothing was sent yet').waitFor();
      expect(await violations(page)).toEqual([]);

      const link = `http://localhost:8787/setup#${'long_token_'.repeat(12)}`;
      await resend.emails.send({ ...MAIL, text: `Choose a password: ${link}` });
      await page.getByRole('link', { name: link }).focus();
      await fetch(`${outbox.url}/2010-04-01/Accounts/${ACCOUNT.accountSid}/Messages.json`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${ACCOUNT.accountSid}:${ACCOUNT.authToken}`)}` },
        body: new URLSearchParams({ To: '+4512345678', From: '+4587654321', Body: 'Code 012345' }),
      });
      await page.getByRole('heading', { name: 'Text message' }).waitFor();
      await vi.waitFor(async () => {
        expect(await page.title()).toBe('Outbox (2)');
      });
      expect(await page.getByRole('status').textContent()).toContain('2 messages');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(link);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await violations(page)).toEqual([]);

      await page.getByRole('button', { name: 'Delete all' }).press('Enter');
      await page.getByText('Nothing was sent yet').waitFor();
      await page.close();
    },
  );

  test('a call is answered with a button, and what was spoken is shown', async () => {
    const page = await browser.newPage({ bypassCSP: true });
    await page.addInitScript({ content: axe.source });
    await page.goto(outbox.url);
    await phone.startCall({ ...CALL, statusUrl: service.url, speakUrl: `${service.url}/speak` });
    await page.getByRole('button', { name: 'Answer and press 1' }).press('Enter');
    await page.locator('.spoken').getByText('Your code is 0 1 2').waitFor();
    expect(await page.getByRole('status').textContent()).toContain('Heard: Your code is 0 1 2 Goodbye');
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  function violations(page: Page): Promise<string[]> {
    return page.evaluate(async () => {
      const page = globalThis as unknown as { axe: typeof axe };
      return (await page.axe.run()).violations.map(({ id }) => id);
    });
  }
});

async function listed(query = ''): Promise<readonly Message[]> {
  return (await (await fetch(`${outbox.url}/messages${query}`)).json()) as Message[];
}
