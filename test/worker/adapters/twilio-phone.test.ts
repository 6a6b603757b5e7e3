// Texts and calls against the outbox, which takes them as Twilio documents, and against a server that answers anything.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createTwilioPhone } from '../../../worker/adapters/twilio/phone.ts';
import type { SendOutcome } from '../../../worker/ports/mailer.ts';
import type { PhonePort } from '../../../worker/ports/phone.ts';
import { startOutbox, type Outbox } from '../../world/outbox/outbox.ts';
import { parseTwiml } from '../../world/outbox/twiml.ts';

const ACCOUNT = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'twilio-token' };
const TO = '+4520123456';
const ISSUER = 'http://localhost:8787';
const TEXT = {
  to: TO,
  body: 'Your code is 012345 (AB12).\n\n@localhost #012345',
  statusUrl: `${ISSUER}/webhooks/phone/status/j1`,
  idempotencyKey: 'j1',
};
const CALL = {
  to: TO,
  language: 'da',
  greeting: 'Her er "Ø & Å" <login>. Tryk på en tast.',
  speakUrl: `${ISSUER}/webhooks/phone/speak/j2?a=1&b=2`,
  statusUrl: `${ISSUER}/webhooks/phone/status/j2`,
  idempotencyKey: 'j2',
};
let outbox: Outbox;
let phone: PhonePort;

beforeAll(async () => {
  outbox = await startOutbox({ port: 0, resendApiKey: 're_local', twilio: ACCOUNT });
  phone = createTwilioPhone({
    ...ACCOUNT,
    ...{ from: '+15005550006', baseUrl: outbox.url, lookupsBaseUrl: outbox.url, simSwap: true },
  });
});

afterEach(() => {
  for (const channel of ['sms', 'call'] as const) {
    outbox.fail(channel, false);
    outbox.rate(channel, false);
  }
  outbox.refuseNumber(TO, undefined);
  outbox.clear();
});

afterAll(() => outbox.close());

describe('a text', () => {
  test('is taken as Twilio documents it, and arrives word for word', async () => {
    const outcome = await phone.sendText(TEXT);
    const [message] = outbox.messages(TO);
    expect(message).toMatchObject({ channel: 'sms', to: TO, text: TEXT.body });
    expect(outcome).toEqual({ status: 'accepted', providerId: message?.id });
  });

  test('goes through the messaging service where there is one', async () => {
    const options = { ...ACCOUNT, from: '+15005550006', baseUrl: outbox.url, simSwap: false };
    const service = createTwilioPhone({ ...options, messagingServiceSid: `MG${'1'.repeat(32)}` });
    expect(await service.sendText(TEXT)).toMatchObject({ status: 'accepted' });
    expect(await service.startCall(CALL)).toMatchObject({ status: 'accepted' });
  });
});

describe('a call', () => {
  test('S28 greets twice in the language and asks for a key; no code is in it', async () => {
    expect(await phone.startCall(CALL)).toMatchObject({ status: 'accepted' });
    const [message] = outbox.messages(TO);
    expect(message?.text).toBe(`${CALL.greeting}\n${CALL.greeting}`);
    expect(message?.text).not.toMatch(/\d/);
  });

  test('S28 speaks each line with a pause behind it, then ends, and nothing of it is kept', async () => {
    const answer = phone.speak({ language: 'en', lines: ['Your code is', '0, 1 & 2', 'Good\u0000bye'] });
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const xml = await answer.text();
    expect(xml).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response>' +
        '<Say language="en-GB" voice="Polly.Amy">Your code is</Say><Pause length="1"/>' +
        '<Say language="en-GB" voice="Polly.Amy">0, 1 &amp; 2</Say><Pause length="1"/>' +
        '<Say language="en-GB" voice="Polly.Amy">Goodbye</Say><Pause length="1"/></Response>',
    );
    expect(parseTwiml(xml)).toEqual({ lines: ['Your code is', '0, 1 & 2', 'Goodbye'] });
  });

  test.each([
    ['da', 'language="da-DK" voice="Polly.Naja"'],
    ['da-DK', 'language="da-DK" voice="Polly.Naja"'],
    ['EN', 'language="en-GB" voice="Polly.Amy"'],
    ['sv-SE', 'language="sv-SE"'],
    ['x"><Dial>', 'language="x&quot;&gt;&lt;Dial&gt;"'],
  ])('speaks %s with a voice that can', async (language, attributes) => {
    expect(await phone.speak({ language, lines: ['x'] }).text()).toContain(`<Say ${attributes}>x</Say>`);
  });
});

describe('S72 what goes wrong is told', () => {
  const later: SendOutcome = { status: 'failed', retry: true };
  const never = (trouble?: 'blocked' | 'unreachable'): SendOutcome => ({
    ...{ status: 'failed', retry: false },
    ...(trouble ? { trouble } : {}),
  });

  test.each<readonly [number, SendOutcome]>([
    [21610, never('blocked')],
    [21211, never('unreachable')],
    [21214, never('unreachable')],
    [21408, never('unreachable')],
    [21612, never('unreachable')],
    [21614, never('unreachable')],
    [21635, never('unreachable')],
    [20404, never()],
  ])('error %i', async (code, outcome) => {
    outbox.refuseNumber(TO, code);
    expect(await phone.sendText(TEXT)).toEqual(outcome);
    expect(await phone.startCall(CALL)).toEqual(outcome);
  });

  test('an outage, and too many at once', async () => {
    outbox.fail('sms', true);
    outbox.rate('call', true);
    expect(await phone.sendText(TEXT)).toEqual(later);
    expect(await phone.startCall(CALL)).toEqual({ status: 'busy' });
  });

  test('a wrong token', async () => {
    const wrong = createTwilioPhone({
      ...{ accountSid: ACCOUNT.accountSid, authToken: 'wrong', from: '+15005550006', simSwap: true },
      ...{ baseUrl: outbox.url, lookupsBaseUrl: outbox.url },
    });
    // The operator's to mend, and the message is not to blame.
    expect(await wrong.sendText(TEXT)).toEqual(later);
    expect(await wrong.checkNumber(TO)).toBe('unknown');
  });

  describe('by a server that answers anything', () => {
    let server: Server;
    let odd: PhonePort;
    let answer: { status: number; body: string; headers?: Record<string, string> } | 'hang' | 'drop';

    beforeAll(async () => {
      server = createServer((request, response) => {
        request.resume();
        if (answer === 'drop') request.socket.destroy();
        else if (answer !== 'hang') response.writeHead(answer.status, answer.headers).end(answer.body);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      odd = createTwilioPhone({
        ...{ ...ACCOUNT, from: '+15005550006', baseUrl: url, lookupsBaseUrl: url, simSwap: true },
        ...{ deadlineMs: 200, lookupDeadlineMs: 200 },
      });
    });

    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });

    test.each<readonly [string, typeof answer, SendOutcome]>([
      ['hung', 'hang', later],
      ['dropped', 'drop', later],
      ['no JSON', { status: 200, body: '<html>' }, later],
      ['no id', { status: 201, body: '{"sid":5}' }, later],
      ['somewhere else', { status: 307, body: '', headers: { location: 'http://127.0.0.1:9/' } }, later],
      ['a refusal without a reason', { status: 400, body: 'no' }, never()],
      ['an odd reason', { status: 400, body: '{"code":["21610",1]}' }, never()],
      [
        'busy',
        { status: 429, body: '', headers: { 'retry-after': '7' } },
        { status: 'busy', retryAfterSeconds: 7 },
      ],
    ])('%s', async (_, given, outcome) => {
      const said = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'log')];
      answer = given;
      expect(await odd.sendText(TEXT)).toEqual(outcome);
      expect(await odd.checkNumber(TO)).toBe('unknown');
      for (const spy of said) expect(spy).not.toHaveBeenCalled();
      vi.restoreAllMocks();
    });

    test.each([
      '{}',
      '{"sim_swap":null}',
      '{"sim_swap":{"last_sim_swap":null,"error_code":60606}}',
      '[]',
      'null',
    ])('S27 %s tells nothing of the SIM', async (body) => {
      answer = { status: 200, body };
      expect(await odd.checkNumber(TO)).toBe('unknown');
    });
  });
});

describe('S27 the SIM', () => {
  test('is asked for before a send', async () => {
    expect(await phone.checkNumber(TO)).toBe('ok');
    outbox.swap(TO, true);
    expect(await phone.checkNumber(TO)).toBe('swapped');
    outbox.swap(TO, false);
  });

  test('is not asked for where that is switched off', async () => {
    const off = createTwilioPhone({
      ...{ ...ACCOUNT, from: '+15005550006', simSwap: false },
      ...{ baseUrl: outbox.url, lookupsBaseUrl: outbox.url },
    });
    outbox.swap(TO, true);
    expect(await off.checkNumber(TO)).toBe('unknown');
    outbox.swap(TO, false);
  });
});
