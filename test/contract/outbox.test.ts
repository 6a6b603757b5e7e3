// The outbox against the real Resend SDK, and against Twilio's documented requests.
import { Resend } from 'resend';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../world/outbox/message-store.ts';
import { startOutbox, type Outbox } from '../world/outbox/outbox.ts';

const ACCOUNT = { accountSid: 'AC00000000000000000000000000000000', authToken: 'twilio-token' };
const MAIL = { from: 'Penumbra <login@penumbra.example>', to: 'a@example.com', subject: 'Hello' };
const TEXT = { To: '+4512345678', From: '+4587654321', Body: 'Code 012345' };
const SAY = '<Response><Say>Hello</Say></Response>';
const CALL = { To: '+4512345678', From: '+4587654321', Twiml: SAY };
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
    outbox.rate(channel, false);
  }
  outbox.limitRate(false);
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

  test('the same idempotency key is the same mail, and none for another', async () => {
    const send = (text: string): ReturnType<typeof resend.emails.send> =>
      resend.emails.send({ ...MAIL, text }, { idempotencyKey: 'key-1' });
    const answers = await Promise.all([send('once'), send('once'), send('once')]);
    expect(new Set(answers.map(({ data }) => data?.id)).size).toBe(1);
    expect((await send('other')).error).toMatchObject({
      name: 'invalid_idempotent_request',
      statusCode: 409,
    });
    expect(await listed()).toHaveLength(1);
  });

  test('more than two requests a second are refused as documented, where that is on', async () => {
    outbox.limitRate(true);
    const send = (): ReturnType<typeof resend.emails.send> => resend.emails.send({ ...MAIL, text: 'x' });
    const answers = await Promise.all([send(), send(), send(), send()]);
    const refused = answers.filter(({ error }) => error !== null);
    expect(refused).toHaveLength(2);
    expect(refused[0]?.error).toMatchObject({ name: 'rate_limit_exceeded', statusCode: 429 });
    expect(refused[0]?.headers).toMatchObject({
      ...{ 'ratelimit-limit': '2', 'ratelimit-remaining': '0', 'ratelimit-reset': '1', 'retry-after': '1' },
    });
    expect(await listed()).toHaveLength(2);
  });

  test('a wrong key is refused with a reason', async () => {
    const wrong = await new Resend('re_wrong', { baseUrl: outbox.url }).emails.send({ ...MAIL, text: 'x' });
    expect(wrong.error?.name).toBe('invalid_api_key');
    expect(await listed()).toEqual([]);
  });

  test.each([
    [{ to: [] }, 'missing_required_field'],
    [{ to: undefined }, 'missing_required_field'],
    [{ text: undefined }, 'missing_required_field'],
    [{ subject: undefined }, 'missing_required_field'],
    [{ from: undefined }, 'missing_required_field'],
    [{ from: 'Penumbra' }, 'invalid_from_address'],
    [{ from: 'a@example.com\r\nBcc: b@example.com' }, 'invalid_from_address'],
    [{ to: 'a@example.com, b@example.com' }, 'validation_error'],
    [{ to: Array.from({ length: 51 }, () => 'a@example.com') }, 'validation_error'],
    [{ subject: 'a\nb' }, 'validation_error'],
    [{ subject: ['a'] }, 'validation_error'],
    [{ text: 5 }, 'validation_error'],
    [{ sender: 'a@example.com' }, 'validation_error'],
  ])('a wrong shape is refused with a reason: %j', async (change, name) => {
    const answer = await fetch(`${outbox.url}/emails`, {
      method: 'POST',
      headers: { authorization: 'Bearer re_local', 'content-type': 'application/json' },
      body: JSON.stringify({ ...MAIL, text: 'x', ...change }),
    });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ name, statusCode: 422 });
    expect(await listed()).toEqual([]);
  });
});

describe('as Twilio', () => {
  test('a text and a call are queued and kept, named as Twilio names them', async () => {
    const text = await post('Messages', TEXT);
    expect(text.status).toBe(201);
    const { sid, status, to } = (await text.json()) as { sid: string; status: string; to: string };
    expect({ status, to }).toEqual({ status: 'queued', to: '+4512345678' });
    expect(sid).toMatch(/^SM[0-9a-f]{32}$/);
    const call = await post('Calls', CALL);
    expect(await call.json()).toMatchObject({
      status: 'queued',
      sid: expect.stringMatching(/^CA[0-9a-f]{32}$/) as string,
    });
    expect(await listed()).toMatchObject([
      { channel: 'call', to: '+4512345678', text: 'Hello' },
      { id: sid, channel: 'sms', to: '+4512345678', text: 'Code 012345' },
    ]);
  });

  test('a wrong token is refused', async () => {
    for (const resource of ['Messages', 'Calls']) {
      expect((await post(resource, TEXT, 'wrong')).status).toBe(401);
    }
    expect((await fetch(`${outbox.url}/v2/PhoneNumbers/%2B4512345678?Fields=sim_swap`)).status).toBe(401);
    expect(await listed()).toEqual([]);
  });

  const gather = (attributes: string): string =>
    `<Response><Gather ${attributes}><Say>Hello</Say></Gather></Response>`;
  test.each<readonly [string, number, Record<string, string | undefined>]>([
    ['Messages', 21604, { ...TEXT, To: undefined }],
    ['Messages', 21211, { ...TEXT, To: '12345678' }],
    ['Messages', 21603, { ...TEXT, From: undefined }],
    ['Messages', 21212, { ...TEXT, From: 'Penumbra' }],
    ['Messages', 21701, { ...TEXT, From: undefined, MessagingServiceSid: 'MG1' }],
    ['Messages', 21602, { ...TEXT, Body: undefined }],
    ['Messages', 21617, { ...TEXT, Body: 'x'.repeat(1601) }],
    ['Messages', 21609, { ...TEXT, StatusCallback: '/webhooks/phone' }],
    ['Messages', 21609, { ...TEXT, StatusCallback: 'ftp://localhost/' }],
    ['Messages', 20001, { ...TEXT, Text: 'x' }],
    ['Calls', 21201, { ...CALL, To: undefined }],
    ['Calls', 21211, { ...CALL, To: '+4512' }],
    ['Calls', 21213, { ...CALL, From: undefined }],
    ['Calls', 21212, { ...CALL, From: '004512345678' }],
    ['Calls', 21205, { ...CALL, Twiml: undefined }],
    ['Calls', 20001, { ...CALL, Url: 'http://localhost/' }],
    ['Calls', 20001, { ...CALL, Twiml: `<Response><Say>${'x'.repeat(4000)}</Say></Response>` }],
    ['Calls', 12100, { ...CALL, Twiml: '<Response><Say>Hello</Response>' }],
    ['Calls', 12100, { ...CALL, Twiml: '<Response><Speak>Hello</Speak></Response>' }],
    ['Calls', 12100, { ...CALL, Twiml: 'Hello' }],
    ['Calls', 12100, { ...CALL, Twiml: gather('digits="1"') }],
    ['Calls', 21205, { ...CALL, Twiml: gather('action="/speak"') }],
    ['Calls', 21609, { ...CALL, StatusCallback: 'http://under_score.example/' }],
    ['Calls', 21626, { ...CALL, StatusCallbackEvent: 'answered completed' }],
    ['Calls', 20001, { ...CALL, Body: 'x' }],
  ])('a wrong shape is refused with a code: %s, %i (%#)', async (resource, code, form) => {
    const given = Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const answer = await post(resource, Object.fromEntries(given));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code });
    expect(await listed()).toEqual([]);
  });
});

describe('outages on demand', () => {
  test('a failing provider answers 500 and keeps nothing', async () => {
    outbox.fail('email', true);
    expect((await resend.emails.send({ ...MAIL, text: 'x' })).error?.statusCode).toBe(500);
    expect((await post('Messages', TEXT)).status).toBe(201);
    outbox.fail('email', false);
    expect((await resend.emails.send({ ...MAIL, text: 'x' })).error).toBeNull();
    expect(await listed()).toHaveLength(2);
  });

  test('a provider that is too busy answers 429 and keeps nothing', async () => {
    for (const channel of ['email', 'sms', 'call'] as const) outbox.rate(channel, true);
    expect((await resend.emails.send({ ...MAIL, text: 'x' })).headers?.['retry-after']).toBe('1');
    expect(await (await post('Messages', TEXT)).json()).toMatchObject({ status: 429, code: 20429 });
    expect((await post('Calls', CALL)).status).toBe(429);
    expect(await listed()).toEqual([]);
  });

  test('a hanging provider never answers', async () => {
    outbox.hang('sms', true);
    await expect(post('Messages', TEXT, undefined, AbortSignal.timeout(150))).rejects.toThrow(/timeout/);
    outbox.hang('sms', false);
    expect((await post('Messages', TEXT)).status).toBe(201);
  });

  test('tests in another process and the page can do the same', async () => {
    const control = (name: string, body: object, type = 'application/json'): Promise<Response> =>
      fetch(`${outbox.url}/controls/${name}`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify(body),
      });
    expect((await control('outage', { channel: 'sms', outage: 'fail', on: true })).status).toBe(200);
    expect((await post('Messages', TEXT)).status).toBe(500);
    await control('outage', { channel: 'sms', outage: 'fail', on: false });
    await control('refuse', { to: TEXT.To, errorCode: 21610 });
    expect(await (await post('Messages', TEXT)).json()).toMatchObject({ code: 21610 });
    await control('refuse', { to: TEXT.To });
    expect((await post('Messages', TEXT)).status).toBe(201);
    expect((await control('outage', { channel: 'fax', outage: 'fail' })).status).toBe(400);
    expect((await control('nothing', {})).status).toBe(404);
    expect((await control('limit-rate', { on: true }, 'text/plain')).status).toBe(404);
  });
});

async function listed(): Promise<readonly Message[]> {
  return (await (await fetch(`${outbox.url}/messages`)).json()) as Message[];
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
