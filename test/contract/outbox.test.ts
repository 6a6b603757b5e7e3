// The outbox against the real Resend SDK, and against Twilio's documented requests.
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { Resend } from 'resend';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { CHROMIUM_ARGUMENTS, provideChromium } from '../world/chromium.ts';
import { startOutbox, type Outbox } from '../world/outbox/outbox.ts';

const ACCOUNT = { accountSid: 'AC00000000000000000000000000000000', authToken: 'twilio-token' };
const MAIL = { from: 'Penumbra <login@penumbra.example>', to: 'a@example.com', subject: 'Hello' };
let outbox: Outbox;
let resend: Resend;

beforeAll(async () => {
  outbox = await startOutbox({ port: 0, resendApiKey: 're_local', twilio: ACCOUNT });
  resend = new Resend('re_local', { baseUrl: outbox.url });
});

afterEach(() => {
  for (const channel of ['email', 'sms', 'call'] as const) {
    outbox.fail(channel, false);
    outbox.hang(channel, false);
  }
  outbox.clear();
});

afterAll(() => outbox.close());

describe('as Resend', () => {
  test('a mail is answered with an id and kept', async () => {
    const { data, error } = await resend.emails.send({ ...MAIL, text: 'Code 012345', html: '<p>Code</p>' });
    expect(error).toBeNull();
    const [message] = await listed();
    expect(message).toEqual({
      id: data?.id,
      channel: 'email',
      to: 'a@example.com',
      subject: 'Hello',
      text: 'Code 012345',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
    });
  });

  test('the same idempotency key is the same mail', async () => {
    const send = (): Promise<string | undefined> =>
      resend.emails.send({ ...MAIL, text: 'once' }, { idempotencyKey: 'key-1' }).then(({ data }) => data?.id);
    const ids = new Set(await Promise.all([send(), send(), send()]));
    expect(ids.size).toBe(1);
    expect(await listed()).toHaveLength(1);
  });

  test('a wrong key and a mail without a text are refused with a reason', async () => {
    const wrong = await new Resend('re_wrong', { baseUrl: outbox.url }).emails.send({ ...MAIL, text: 'x' });
    expect(wrong.error?.name).toBe('invalid_api_key');
    const empty = await resend.emails.send({ ...MAIL, to: [], text: 'x' });
    expect(empty.error?.name).toBe('missing_required_field');
    expect(await listed()).toEqual([]);
  });
});

describe('as Twilio', () => {
  test('a text and a call are queued and kept', async () => {
    const text = await post('Messages', { To: '+4512345678', From: '+4587654321', Body: 'Code 012345' });
    expect(text.status).toBe(201);
    expect(await text.json()).toMatchObject({
      status: 'queued',
      to: '+4512345678',
      sid: expect.stringMatching(/^SM[0-9a-f]{32}$/) as string,
    });
    const twiml = '<Response><Say>0 1 2</Say></Response>';
    const call = await post('Calls', { To: '+4512345678', From: '+4587654321', Twiml: twiml });
    expect(await call.json()).toMatchObject({
      status: 'queued',
      sid: expect.stringMatching(/^CA[0-9a-f]{32}$/) as string,
    });
    expect(await listed()).toMatchObject([
      { channel: 'call', to: '+4512345678', text: twiml },
      { channel: 'sms', to: '+4512345678', text: 'Code 012345' },
    ]);
  });

  test('a wrong token and a missing number are refused with a code', async () => {
    const wrong = await post('Messages', { To: '+451', From: '+452', Body: 'x' }, 'wrong');
    expect(wrong.status).toBe(401);
    expect(await (await post('Messages', { From: '+452', Body: 'x' })).json()).toMatchObject({ code: 21604 });
    expect(await listed()).toEqual([]);
  });
});

describe('outages on demand', () => {
  test('a failing provider answers 500 and keeps nothing', async () => {
    outbox.fail('email', true);
    expect((await resend.emails.send({ ...MAIL, text: 'x' })).error?.statusCode).toBe(500);
    expect((await post('Messages', { To: '+451', From: '+452', Body: 'x' })).status).toBe(201);
    outbox.fail('email', false);
    expect((await resend.emails.send({ ...MAIL, text: 'x' })).error).toBeNull();
    expect(await listed()).toHaveLength(2);
  });

  test('a hanging provider never answers', async () => {
    outbox.hang('sms', true);
    const form = { To: '+451', From: '+452', Body: 'x' };
    await expect(post('Messages', form, undefined, AbortSignal.timeout(150))).rejects.toThrow(/timeout/);
    outbox.hang('sms', false);
    expect((await post('Messages', form)).status).toBe(201);
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
      await post('Messages', { To: '+451', From: '+452', Body: 'Code 012345' });
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

  function violations(page: Page): Promise<string[]> {
    return page.evaluate(async () => {
      const page = globalThis as unknown as { axe: typeof axe };
      return (await page.axe.run()).violations.map(({ id }) => id);
    });
  }
});

async function listed(query = ''): Promise<readonly { at: string }[]> {
  return (await (await fetch(`${outbox.url}/messages${query}`)).json()) as { at: string }[];
}

function post(
  resource: string,
  form: Record<string, string>,
  authToken = ACCOUNT.authToken,
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(`${outbox.url}/2010-04-01/Accounts/${ACCOUNT.accountSid}/${resource}.json`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${ACCOUNT.accountSid}:${authToken}`)}` },
    body: new URLSearchParams(form),
    ...(signal === undefined ? {} : { signal }),
  });
}
