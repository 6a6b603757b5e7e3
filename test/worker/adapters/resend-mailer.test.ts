import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createResendMailer } from '../../../worker/adapters/resend/mailer.ts';

const MAIL = {
  to: 'editor@example.com',
  subject: 'Your set-up link',
  text: 'text',
  html: '<p>text</p>',
  idempotencyKey: 'setup/1',
};
let server: Server;
let url: string;
let answer: { status: number; body: string } | 'hang' | 'drop';
let seen: { path: string | undefined; headers: IncomingHttpHeaders; body: unknown } | undefined;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen = {
        path: request.url,
        headers: request.headers,
        body: JSON.parse(Buffer.concat(chunks).toString()),
      };
      if (answer === 'drop') request.socket.destroy();
      else if (answer !== 'hang') {
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const mailer = (deadlineMs = 4500): ReturnType<typeof createResendMailer> =>
  createResendMailer({
    apiKey: 're_key',
    from: 'Penumbra <no-reply@example.com>',
    baseUrl: `${url}/`,
    deadlineMs,
  });

test('S23 hands the mail over with its idempotency key', async () => {
  answer = { status: 200, body: '{"id":"1"}' };
  expect(await mailer().send(MAIL)).toEqual({ status: 'accepted' });
  expect(seen?.path).toBe('/emails');
  expect(seen?.headers['idempotency-key']).toBe('setup/1');
  expect(seen?.headers.authorization).toBe('Bearer re_key');
  expect(seen?.body).toEqual({
    from: 'Penumbra <no-reply@example.com>',
    to: ['editor@example.com'],
    subject: 'Your set-up link',
    text: 'text',
    html: '<p>text</p>',
  });
});

test.each([
  ['refused', { status: 422, body: '{"name":"validation_error","message":"no","statusCode":422}' }],
  ['too many', { status: 429, body: '{"name":"rate_limit_exceeded","message":"no","statusCode":429}' }],
  ['no JSON', { status: 502, body: '<html>' }],
  ['an odd success', { status: 200, body: 'ok' }],
  ['dropped', 'drop'],
  ['hung', 'hang'],
] as const)('S72 %s: failed, within the deadline, without a throw or a word in the log', async (_, given) => {
  const said = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'log')];
  answer = given;
  expect(await mailer(200).send(MAIL)).toEqual({ status: 'failed' });
  for (const spy of said) expect(spy).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
