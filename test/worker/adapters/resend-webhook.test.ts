// What Resend tells afterwards. The signature is held against the example of Svix's documentation.
import { describe, expect, test } from 'vitest';
import { createResendMailer } from '../../../worker/adapters/resend/mailer.ts';
import type { MailerPort } from '../../../worker/ports/mailer.ts';
import { svixHeaders } from '../../world/outbox/callbacks.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const EXAMPLE = {
  at: 1614265330,
  body: '{"test": 2432232314}',
  headers: {
    'svix-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'svix-timestamp': '1614265330',
    'svix-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  },
};
const NOW = 1_800_000_000;
const EVENT = { type: 'email.bounced', data: { to: ['editor@example.com'], bounce: { type: 'Permanent' } } };

type Report = Awaited<ReturnType<MailerPort['readReport']>>;

function read(body: string, headers: Record<string, string>, { now = NOW } = {}): Promise<Report> {
  const mailer = createResendMailer({ apiKey: 're_key', from: 'a@example.com', webhookSecret: SECRET });
  const url = 'https://login.example.com/webhooks/mail';
  return mailer.readReport(new Request(url, { method: 'POST', body, headers }), now);
}

const signed = (body: string): Record<string, string> => svixHeaders(SECRET, body, NOW);

describe('the signature', () => {
  test('the documented example is accepted, and says nothing of a mail', async () => {
    expect(await read(EXAMPLE.body, EXAMPLE.headers, { now: EXAMPLE.at })).toEqual({ status: 'ignored' });
    const { 'svix-id': id } = EXAMPLE.headers;
    expect(svixHeaders(SECRET, EXAMPLE.body, EXAMPLE.at, id)).toEqual(EXAMPLE.headers);
  });

  test.each([
    ['another body', { body: '{"test": 2432232315}' }],
    ['another id', { headers: { 'svix-id': 'msg_p5jXN8AQM9LWM0D4loKWxJel' } }],
    ['another time', { headers: { 'svix-timestamp': '1614265331' } }],
    ['no id', { headers: { 'svix-id': '' } }],
    ['no time', { headers: { 'svix-timestamp': '' } }],
    ['an odd time', { headers: { 'svix-timestamp': '1614265330.0' } }],
    ['no signature', { headers: { 'svix-signature': '' } }],
    [
      'another version',
      { headers: { 'svix-signature': EXAMPLE.headers['svix-signature'].replace('v1', 'v1a') } },
    ],
    ['no base64', { headers: { 'svix-signature': 'v1,***' } }],
    ['a part of it', { headers: { 'svix-signature': 'v1,g0hM9SsE' } }],
  ])(
    '%s is refused',
    async (_, { body = EXAMPLE.body, headers = {} }: { body?: string; headers?: object }) => {
      const answer = await read(body, { ...EXAMPLE.headers, ...headers }, { now: EXAMPLE.at });
      expect(answer).toEqual({ status: 'unsigned' });
    },
  );

  test('one right signature of several is enough, as while the secret changes', async () => {
    const other = svixHeaders(`whsec_${'B'.repeat(32)}`, EXAMPLE.body, EXAMPLE.at)['svix-signature'] ?? '';
    const headers = { ...EXAMPLE.headers, 'svix-signature': `${other} ${EXAMPLE.headers['svix-signature']}` };
    expect(await read(EXAMPLE.body, headers, { now: EXAMPLE.at })).toEqual({ status: 'ignored' });
    const wrong = { ...EXAMPLE.headers, 'svix-signature': other };
    expect(await read(EXAMPLE.body, wrong, { now: EXAMPLE.at })).toEqual({ status: 'unsigned' });
  });

  test('it is good for five minutes, before and after', async () => {
    for (const [seconds, status] of [
      [300, 'ignored'],
      [301, 'unsigned'],
      [-300, 'ignored'],
      [-301, 'unsigned'],
    ] as const) {
      const answer = await read(EXAMPLE.body, EXAMPLE.headers, { now: EXAMPLE.at + seconds });
      expect(answer, String(seconds)).toEqual({ status });
    }
  });

  test('without a secret nothing is believed', async () => {
    const mailer = createResendMailer({ apiKey: 're_key', from: 'a@example.com' });
    const body = JSON.stringify(EVENT);
    const request = new Request('https://a.example/', { method: 'POST', body, headers: signed(body) });
    expect(await mailer.readReport(request, NOW)).toEqual({ status: 'unsigned' });
  });

  test('S74 more than 256 KiB is not read', async () => {
    const fitting = JSON.stringify({ ...EVENT, more: '' });
    const padded = (length: number): string =>
      JSON.stringify({ ...EVENT, more: 'x'.repeat(length - fitting.length) });
    const [most, more] = [padded(256 * 1024), padded(256 * 1024 + 1)];
    expect(await read(most, signed(most))).toMatchObject({ status: 'report' });
    expect(await read(more, signed(more))).toEqual({ status: 'unsigned' });
  });
});

describe('the event', () => {
  const to = ['editor@example.com'];
  test.each([
    ['email.bounced', { to, trouble: 'bounced' }],
    ['email.suppressed', { to, trouble: 'bounced' }],
    ['email.complained', { to, trouble: 'complained' }],
    ['email.delivered', { to }],
  ])('%s is reported', async (type, report) => {
    const body = JSON.stringify({ ...EVENT, type });
    expect(await read(body, signed(body))).toEqual({ status: 'report', report });
  });

  test.each([
    '{"type":"email.delivery_delayed","data":{"to":["a@example.com"]}}',
    '{"type":"email.sent","data":{"to":["a@example.com"]}}',
    '{"type":"email.bounced","data":{"to":"a@example.com"}}',
    '{"type":"email.bounced"}',
    '{"type":["email.bounced"],"data":{"to":["a@example.com"]}}',
    '{"type":"toString","data":{"to":["a@example.com"]}}',
    'null',
    '[]',
    'not JSON',
    '',
  ])('S74 %s says nothing of use', async (body) => {
    expect(await read(body, signed(body))).toEqual({ status: 'ignored' });
  });
});
