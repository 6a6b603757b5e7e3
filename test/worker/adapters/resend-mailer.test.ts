import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createResendMailer } from '../../../worker/adapters/resend/mailer.ts';
import type { SendOutcome } from '../../../worker/ports/mailer.ts';

const MAIL = {
  to: 'editor@example.com',
  subject: 'Your set-up link',
  text: 'text',
  html: '<p>text</p>',
  idempotencyKey: 'setup/1',
};
interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Record<string, string>;
}
let server: Server;
let url: string;
let answer: Answer | 'hang' | 'drop';
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
        response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
        response.end(answer.body);
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

const mailer = (deadlineMs = 3500): ReturnType<typeof createResendMailer> =>
  createResendMailer({
    apiKey: 're_key',
    from: 'Penumbra <no-reply@example.com>',
    baseUrl: `${url}/`,
    deadlineMs,
  });

describe('what becomes of a mail', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('S23 it is handed over with its idempotency key', async () => {
    answer = { status: 200, body: '{"id":"1"}' };
    expect(await mailer().send(MAIL)).toEqual({ status: 'accepted', providerId: '1' });
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

  const refusal = (status: number, name: string, headers: Record<string, string> = {}): Answer => ({
    status,
    body: JSON.stringify({ name, message: 'no', statusCode: status }),
    headers,
  });
  const later: SendOutcome = { status: 'failed', retry: true };
  const never: SendOutcome = { status: 'failed', retry: false };
  test.each<readonly [string, Answer | 'hang' | 'drop', SendOutcome]>([
    ['refused', refusal(422, 'validation_error'), never],
    ['a wrong key', refusal(403, 'invalid_api_key'), later],
    ['a key that is no more', refusal(401, 'restricted_api_key'), later],
    ['another mail with this key', refusal(409, 'invalid_idempotent_request'), never],
    ['the same mail at this moment', refusal(409, 'concurrent_idempotent_requests'), later],
    [
      'too many',
      refusal(429, 'rate_limit_exceeded', { 'retry-after': '2' }),
      { status: 'busy', retryAfterSeconds: 2 },
    ],
    ['too many, until when is not said', refusal(429, 'rate_limit_exceeded'), { status: 'busy' }],
    ['the quota of the day is used up', refusal(429, 'daily_quota_exceeded'), later],
    ['down', refusal(500, 'internal_server_error'), later],
    ['no JSON', { status: 502, body: '<html>' }, later],
    ['an odd success', { status: 200, body: 'ok' }, later],
    ['dropped', 'drop', later],
    ['hung', 'hang', later],
  ])('S72 %s: told within the deadline, without a throw or a word in the log', async (_, given, outcome) => {
    const said = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'log')];
    answer = given;
    expect(await mailer(200).send(MAIL)).toEqual(outcome);
    for (const spy of said) expect(spy).not.toHaveBeenCalled();
  });
});
