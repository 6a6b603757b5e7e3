import { describe, expect, test } from 'vitest';
import { focused } from './screens.browser.ts';
import { API, LOAD, setUpScreens } from './screens.play.ts';
import { refusal, view, type Answer } from './screens.server.ts';
import * as views from './screens.views.ts';

const screens = setUpScreens();
const { open, posts } = screens;

const SEND = `POST ${API}/challenge/code`;
const VERIFY = `POST ${API}/challenge`;

describe('one factor is open at a time', () => {
  test('the first that can be used; the others are a step away, with the reason where one can’t be used', async () => {
    const factors = [
      { ...views.app, unusable: 'waiting', retryAt: views.NOW + 1800 } as const,
      { ...views.phone, trouble: 'unreachable' } as const,
      { ...views.mailbox, unusable: 'suspended' } as const,
    ];
    const page = await open({
      [LOAD]: view({ ...views.choice, factors }),
      [SEND]: view({
        ...views.choice,
        factors: [factors[0], { ...views.phone, sent: views.sentBy('text') }, factors[2]],
      }),
      [VERIFY]: view(views.done),
    });
    await page.getByRole('heading', { name: 'Get a code on your phone' }).waitFor();
    await page.getByText('It could not be reached the last time.').waitFor();
    await page.getByRole('button', { name: 'Try another way' }).click();
    await expect.poll(() => focused(page)).toBe('heading');
    await expect.poll(() => page.title()).toBe('Choose a way to sign in · Umbraco Demo Site');
    const ways = await page.getByRole('listitem').allInnerTexts();
    expect(ways).toEqual([
      expect.stringMatching(
        /^Work phone\s+Authenticator app\s+Too many wrong codes\. It can be used again at /,
      ),
      expect.stringMatching(/^Phone\s+\+45 •• •• •• 12\s+It could not be reached the last time\./),
      expect.stringMatching(/^Email\s+e•••••@example.com\s+Paused for a while/),
      expect.stringMatching(/^Use a recovery code\s+.*Codes left: 9/),
      expect.stringMatching(/^Use an access pass/),
      expect.stringMatching(/^I can’t use any of these/),
    ]);
    expect(await page.getByRole('button', { name: /^(Work phone|Email)/ }).count()).toBe(0);
    await screens.browser.expectAccessible(page);
    await screens.browser.expectNarrow(page);
    expect(posts()).toEqual([]);
    await page.getByRole('button', { name: /^Phone/ }).click();
    await page.getByRole('button', { name: 'Send a text' }).click();
    await page.getByLabel('Code', { exact: true }).fill('012345');
    await page.waitForURL('**/arrived?at=site');
    expect(posts()).toEqual([
      { step: 'challenge/code', body: { enrollmentId: 'phone-1', channel: 'text' } },
      { step: 'challenge', body: { enrollmentId: 'phone-1', code: '012345' } },
    ]);
  });

  test('what one way answered is not said of another', async () => {
    const page = await open({
      [LOAD]: view(views.choice),
      [VERIFY]: [refusal(429, 'throttled', { retryAt: views.NOW + 3600 }), view(views.done)],
      [SEND]: view(views.challenged(views.mailbox, views.sentBy('mail'))),
    });
    await page.getByLabel('Code', { exact: true }).fill('123456');
    await page
      .getByText(/You can try again in \d+ minutes/)
      .last()
      .waitFor();
    await page.getByRole('button', { name: 'Try another way' }).click();
    await page.getByRole('heading', { name: 'Choose a way to sign in' }).waitFor();
    expect(await page.getByText('Too many tries').count()).toBe(0);
    await page.getByRole('button', { name: /^Email/ }).click();
    await page.getByRole('button', { name: 'Send a code to e•••••@example.com' }).click();
    await page.getByLabel('Code', { exact: true }).fill('01234567');
    await page.waitForURL('**/arrived?at=site');
  });

  test('by keyboard alone, to another way and through it', async () => {
    const page = await open({
      [LOAD]: view(views.choice),
      [SEND]: view(views.challenged(views.mailbox, views.sentBy('mail'))),
      [VERIFY]: view(views.done),
    });
    await expect.poll(() => focused(page)).toBe('code');
    while ((await focused(page)) !== 'others') await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('heading');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Get a code by mail' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await expect.poll(() => focused(page)).toBe('code');
    await page.keyboard.type('01234567');
    await page.waitForURL('**/arrived?at=site');
  });

  test('whoever can use none of them asks the administrators, once', async () => {
    const page = await open({
      [LOAD]: view(views.choice),
      [`POST ${API}/help`]: view({ ...views.choice, helpRequested: true }),
    });
    await page.getByRole('button', { name: 'Try another way' }).click();
    await page.getByRole('button', { name: 'I can’t use any of these' }).click();
    await page.getByRole('status').filter({ hasText: 'Your administrators were told.' }).waitFor();
    expect(await page.getByRole('button', { name: 'I can’t use any of these' }).count()).toBe(0);
    expect(posts()).toEqual([{ step: 'help', body: {} }]);
  });
});

describe('a code that is sent', () => {
  test('S11, S20 goes by the channel that was chosen; destination, channel and reference are told', async () => {
    const page = await open(
      {
        [LOAD]: view(views.challenged(views.phone)),
        [SEND]: [
          view(views.challenged(views.phone, views.sentBy('text'))),
          view(views.challenged(views.phone, views.sentBy('call'))),
        ],
      },
      { at: views.NOW },
    );
    await page.getByRole('button', { name: 'Send a text' }).click();
    await page.getByText('A text with a code was sent to +45 •• •• •• 12.').waitFor();
    await page.getByText('The newest message shows the reference K7Q2').waitFor();
    const call = page.getByRole('button', { name: 'Call me instead' });
    expect(await call.isDisabled()).toBe(true);
    await page.clock.runFor(61_000);
    await call.click();
    // S28: the code is spoken only then.
    await page.getByText('Answer and press any key; then the code is read out twice.').waitFor();
    await expect.poll(() => posts().length).toBe(2);
    expect(posts().map((each) => each.body)).toEqual([
      { enrollmentId: 'phone-1', channel: 'text' },
      { enrollmentId: 'phone-1', channel: 'call' },
    ]);
  });

  test('S72 is looked after until it is known to have failed, and what is typed meanwhile stays', async () => {
    const queued = views.challenged(views.mailbox, views.sentBy('mail', { delivery: 'queued' }));
    const failed = views.challenged(views.mailbox, views.sentBy('mail', { delivery: 'failed' }));
    const page = await open(
      {
        [LOAD]: [view(views.challenged(views.mailbox)), view(queued), view(failed)],
        [SEND]: view(queued),
      },
      { at: views.NOW },
    );
    await page.getByRole('button', { name: /^Send a code/ }).click();
    await page.getByText('A mail with a code is on its way to e•••••@example.com.').waitFor();
    await page.getByLabel('Code', { exact: true }).fill('0123');
    await page.clock.runFor(1100);
    await expect.poll(() => screens.count(LOAD)).toBe(2);
    await page.clock.runFor(1100);
    await page.getByText('The mail to e•••••@example.com could not be delivered.').waitFor();
    await page.getByText('or use one of your other ways').waitFor();
    expect(await page.getByLabel('Code', { exact: true }).inputValue()).toBe('0123');
    await page.clock.runFor(5000);
    expect(screens.count(LOAD)).toBe(3);
  });

  test('is looked after eight times at most, and not while nobody sees the page', async () => {
    const queued = views.challenged(views.mailbox, views.sentBy('mail', { delivery: 'queued' }));
    const page = await open({ [LOAD]: view(queued) }, { at: views.NOW });
    await page.getByText('is on its way').waitFor();
    const see = (hidden: boolean): Promise<void> =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { configurable: true, value });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await see(true);
    const before = screens.count(LOAD);
    await page.clock.runFor(3000);
    expect(screens.count(LOAD)).toBe(before);
    await see(false);
    const look = async (): Promise<number> => {
      await page.clock.runFor(500);
      return screens.count(LOAD);
    };
    await expect.poll(look, { timeout: 20_000 }).toBe(9);
    await page.clock.runFor(5000);
    expect(screens.count(LOAD)).toBe(9);
  });

  test.each(['code_expired', 'no_code_sent'] as const)('%s: a new one can be asked for', async (code) => {
    const again = views.challenged(views.mailbox, views.sentBy('mail', { reference: 'M3X9' }));
    const page = await open({
      [LOAD]: view({
        ...again,
        factors: [{ ...views.mailbox, sent: views.sentBy('mail') }],
      }),
      [VERIFY]: refusal(401, code),
      [SEND]: view(again),
    });
    await page.getByLabel('Code', { exact: true }).fill('01234567');
    await page.getByRole('alert').filter({ hasText: 'Ask for a new one.' }).waitFor();
    await page.getByRole('button', { name: 'Send a new code' }).click();
    await page.getByText('M3X9').waitFor();
    expect(await focused(page)).toBe('code');
    expect(posts().at(-1)).toEqual({ step: 'challenge/code', body: { enrollmentId: 'mail-1' } });
  });

  test('S09 one that is too old is said to be', async () => {
    const sent = views.sentBy('text', { expiresAt: views.NOW + 300 });
    const page = await open({ [LOAD]: view(views.challenged(views.phone, sent)) }, { at: views.NOW });
    await page.getByText('was sent to').waitFor();
    await page.clock.runFor(301_000);
    await page.getByText('The code that was sent is no longer valid. Ask for a new one.').waitFor();
  });

  test('S18 a limit on sends does not keep a code that has arrived from being typed', async () => {
    const page = await open({
      [LOAD]: view({ ...views.challenge, factors: [{ ...views.phone, sent: views.sentBy('text') }] }),
      [SEND]: refusal(429, 'throttled', { retryAt: views.NOW + 3600 }),
      [VERIFY]: view(views.done),
    });
    await page.getByRole('button', { name: 'Send a new text' }).click();
    await page.getByRole('alert').filter({ hasText: 'Too many tries.' }).waitFor();
    expect(await page.getByRole('button', { name: 'Send a new text' }).isDisabled()).toBe(true);
    await page.getByLabel('Code', { exact: true }).fill('012345');
    await page.waitForURL('**/arrived?at=site');
  });
});

describe('S22 a texted code', () => {
  const sent = views.challenged(views.phone, views.sentBy('text'));

  /** Plays a browser that hands texted codes to pages. */
  async function openWithTexts(script: Parameters<typeof open>[0], code?: string): ReturnType<typeof open> {
    const page = await open({ [LOAD]: refusal(503, 'unavailable') });
    await page.addInitScript((texted) => {
      Object.assign(window, {
        OTPCredential: function OTPCredential() {
          return undefined;
        },
        asked: [] as unknown[],
      });
      navigator.credentials.get = (options) => {
        const { signal, ...rest } = options ?? {};
        (window as unknown as { asked: unknown[] }).asked.push(rest);
        return new Promise((resolve, reject) => {
          signal?.addEventListener('abort', () => {
            (window as unknown as { asked: unknown[] }).asked.push('aborted');
            reject(new DOMException('', 'AbortError'));
          });
          if (typeof texted === 'string') resolve({ code: texted } as unknown as Credential);
        });
      };
    }, code);
    screens.server.play(script);
    await page.reload();
    return page;
  }

  const asked = (page: Awaited<ReturnType<typeof open>>): Promise<unknown> =>
    page.evaluate(() => (window as unknown as { asked: unknown[] }).asked);

  test('is taken from the browser and sent by itself', async () => {
    const page = await openWithTexts({ [LOAD]: view(sent), [VERIFY]: view(views.done) }, '012345');
    await page.waitForURL('**/arrived?at=site');
    expect(posts()).toEqual([{ step: 'challenge', body: { enrollmentId: 'phone-1', code: '012345' } }]);
  });

  test('is waited for once, and no longer once the person goes another way', async () => {
    const page = await openWithTexts({ [LOAD]: view(sent) });
    await page.getByLabel('Code', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Try another way' }).click();
    await page.getByRole('heading', { name: 'Choose a way to sign in' }).waitFor();
    expect(await asked(page)).toEqual([{ otp: { transport: ['sms'] } }, 'aborted']);
  });

  test('is not waited for when the code is read out in a call', async () => {
    const page = await openWithTexts({
      [LOAD]: view(views.challenged(views.phone, views.sentBy('call'))) satisfies Answer,
    });
    await page.getByLabel('Code', { exact: true }).waitFor();
    expect(await asked(page)).toEqual([]);
  });
});
