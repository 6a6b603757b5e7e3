// Stands for the mail provider (Resend) and the voice and text provider (Twilio): takes what the service sends and
// shows it. Owns routing; what a provider's request looks like is in `resend.ts` and `twilio.ts`, what the providers tell
// afterwards in `callbacks.ts`.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCallbacks, type MailWebhook } from './callbacks.ts';
import { control, type Controls } from './controls.ts';
import {
  createMessageStore,
  type Channel,
  type Message,
  type MessageStore,
  type StoredMessage,
} from './message-store.ts';
import { createOutages } from './outages.ts';
import { outboxPage } from './page.ts';
import type { ProviderAnswer, ProviderRequest } from './provider.ts';
import { createResend, tooManyRequests } from './resend.ts';
import { createTwilio, twilioTooManyRequests, type TwilioAccount } from './twilio.ts';

export interface OutboxOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** The key that mails must carry. */
  readonly resendApiKey: string;
  readonly twilio: TwilioAccount;
  /** Where the service hears of bounces and complaints. */
  readonly mailWebhook?: MailWebhook;
}

/**
 * What was sent, and what the providers can be made to do: `fail` (500), `hang` (no answer) and `rate` (429) from now on
 * or no more; `limitRate` for Resend's two requests a second, off at first.
 */
export interface Outbox extends Controls {
  readonly url: string;
  /** The same as `GET /messages`, without the request. */
  messages(to?: string): readonly Message[];
  /**
   * Resolves with the newest message that fits, now or once it comes.
   * @throws when none came within `timeoutSeconds` (10 if not given).
   */
  next(fits: (message: Message) => boolean, timeoutSeconds?: number): Promise<Message>;
  clear(): void;
  close(): Promise<void>;
}

const LARGEST_BODY = 1024 * 1024;

/** Starts the outbox on 127.0.0.1. */
export async function startOutbox(options: OutboxOptions): Promise<Outbox> {
  const store = createMessageStore();
  const outages = createOutages();
  const resend = createResend(options.resendApiKey, store);
  const twilio = createTwilio(options.twilio, store);
  const controls: Controls = {
    ...createCallbacks(store, options.twilio, options.mailWebhook),
    fail: (channel, on) => {
      outages.set(channel, 'fail', on);
    },
    hang: (channel, on) => {
      outages.set(channel, 'hang', on);
    },
    rate: (channel, on) => {
      outages.set(channel, 'rate', on);
    },
    limitRate: (limits) => {
      resend.limitRate(limits);
    },
    swap: (number, swapped) => {
      twilio.swap(number, swapped);
    },
    refuseNumber: (number, code) => {
      twilio.refuseNumber(number, code);
    },
  };

  const provide = (channel: Channel, request: ProviderRequest): ProviderAnswer => {
    const outage = outages.of(channel);
    if (outage === 'fail') {
      return { status: 500, body: { statusCode: 500, message: 'Switched off by a test' } };
    }
    if (outage === 'rate') return channel === 'email' ? tooManyRequests() : twilioTooManyRequests();
    if (channel === 'email') return resend.receiveEmail(request);
    return channel === 'sms' ? twilio.receiveText(request) : twilio.receiveCall(request);
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://outbox');
    const channel =
      request.method === 'POST' ? channelOf(url.pathname, options.twilio.accountSid) : undefined;
    if (channel === undefined) return answerOthers(request, response, url);
    const body = await readBody(request);
    if (outages.of(channel) === 'hang') outages.hold(channel, response);
    else sendAnswer(response, provide(channel, { headers: request.headers, body }));
  };

  const answerOthers = async (
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<void> => {
    const to = url.searchParams.get('to') ?? undefined;
    const route = `${request.method ?? 'GET'} ${url.pathname}`;
    const [, number] = /^GET \/v2\/PhoneNumbers\/([^/]+)$/.exec(route) ?? [];
    const [, name] = /^POST \/controls\/([a-z-]+)$/.exec(route) ?? [];
    if (number !== undefined) {
      const asked = { headers: request.headers, body: '' };
      sendAnswer(response, twilio.lookUp(asked, decodeURIComponent(number), url.searchParams.get('Fields')));
    } else if (name !== undefined) {
      // A form of another site could send no JSON without being asked for first.
      const isJson = request.headers['content-type'] === 'application/json';
      const done = isJson ? await control(controls, name, await readBody(request)) : undefined;
      sendJson(response, done ? 200 : 404, done ?? { message: 'The outbox has no such control.' });
    } else if (route === 'GET /messages') sendJson(response, 200, store.list(to).map(publicPart));
    else if (route === 'DELETE /messages') {
      store.clear();
      response.writeHead(204).end();
    } else if (route === 'GET /') sendHtml(response, outboxPage(store.list(to)));
    else if (route === 'GET /changes') sendChanges(response, store);
    else sendJson(response, 404, { message: 'The outbox has nothing at this address.' });
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      sendJson(response, 400, { message: error instanceof Error ? error.message : 'Bad request' });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return {
    ...controls,
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    messages: (to) => store.list(to).map(publicPart),
    next: async (fits, timeoutSeconds = 10) =>
      publicPart(await store.next(fits, AbortSignal.timeout(timeoutSeconds * 1000))),
    clear: () => {
      store.clear();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function channelOf(path: string, accountSid: string): Channel | undefined {
  if (path === '/emails') return 'email';
  if (path === `/2010-04-01/Accounts/${accountSid}/Messages.json`) return 'sms';
  if (path === `/2010-04-01/Accounts/${accountSid}/Calls.json`) return 'call';
  return undefined;
}

function publicPart({ id, channel, to, subject, text, at, spoken }: StoredMessage): Message {
  return {
    ...{ id, channel, to },
    ...(subject === undefined ? {} : { subject }),
    ...{ text, at },
    ...(spoken === undefined ? {} : { spoken }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_BODY) throw new Error('The body is larger than 1 MiB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function sendAnswer(response: ServerResponse, { status, body, headers }: ProviderAnswer): void {
  sendJson(response, status, body, headers);
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

function sendHtml(response: ServerResponse, html: string): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'",
    'referrer-policy': 'no-referrer',
  });
  response.end(html);
}

// Server-sent events: one for each change, so that the page can fetch itself anew.
function sendChanges(response: ServerResponse, store: MessageStore): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': open\n\n');
  const stop = store.subscribe(() => response.write('event: change\ndata: {}\n\n'));
  response.once('close', stop);
}
