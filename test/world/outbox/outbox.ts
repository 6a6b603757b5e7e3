// Stands for the mail provider (Resend) and the voice and text provider (Twilio): takes what the service sends and
// shows it. Owns routing and outages; what a provider's request looks like is in `resend.ts` and `twilio.ts`.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createMessageStore,
  type Channel,
  type Message,
  type MessageStore,
  type StoredMessage,
} from './message-store.ts';
import { outboxPage } from './page.ts';
import { receiveEmail } from './resend.ts';
import { receiveCall, receiveText } from './twilio.ts';

export interface OutboxOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** The key that mails must carry. */
  readonly resendApiKey: string;
  readonly twilio: { readonly accountSid: string; readonly authToken: string };
}

export interface Outbox {
  readonly url: string;
  /** The same as `GET /messages`, without the request. */
  messages(to?: string): readonly Message[];
  /**
   * Resolves with the newest message that fits, now or once it comes.
   * @throws when none came within `timeoutSeconds` (10 if not given).
   */
  next(fits: (message: Message) => boolean, timeoutSeconds?: number): Promise<Message>;
  clear(): void;
  /** From now on the provider of that channel answers 500 (or works again). */
  fail(channel: Channel, fails: boolean): void;
  /** From now on the provider of that channel never answers (or works again; what hung is dropped). */
  hang(channel: Channel, hangs: boolean): void;
  close(): Promise<void>;
}

/** A provider's answer to the service. */
export interface ProviderAnswer {
  readonly status: number;
  readonly body: object;
}

const LARGEST_BODY = 1024 * 1024;

/** Starts the outbox on 127.0.0.1. */
export async function startOutbox(options: OutboxOptions): Promise<Outbox> {
  const store = createMessageStore();
  const failing = new Set<Channel>();
  const hanging = new Map<Channel, Set<ServerResponse>>();

  const provide = (request: IncomingMessage, channel: Channel, body: string): ProviderAnswer => {
    if (channel === 'email') return receiveEmail(request.headers, body, options.resendApiKey, store);
    const receive = channel === 'sms' ? receiveText : receiveCall;
    return receive(request.headers, body, options.twilio, store);
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://outbox');
    const channel =
      request.method === 'POST' ? channelOf(url.pathname, options.twilio.accountSid) : undefined;
    if (channel === undefined) {
      answerReader(request, response, url);
      return;
    }
    const body = await readBody(request);
    const held = hanging.get(channel);
    if (held !== undefined) held.add(response);
    else if (failing.has(channel))
      sendJson(response, 500, { statusCode: 500, message: 'Switched off by a test' });
    else {
      const answer = provide(request, channel, body);
      sendJson(response, answer.status, answer.body);
    }
  };

  const answerReader = (request: IncomingMessage, response: ServerResponse, url: URL): void => {
    const to = url.searchParams.get('to') ?? undefined;
    const route = `${request.method ?? 'GET'} ${url.pathname}`;
    if (route === 'GET /messages') sendJson(response, 200, store.list(to).map(withoutHtml));
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
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    messages: (to) => store.list(to).map(withoutHtml),
    next: async (fits, timeoutSeconds = 10) =>
      withoutHtml(await store.next(fits, AbortSignal.timeout(timeoutSeconds * 1000))),
    clear: () => {
      store.clear();
    },
    fail: (channel, fails) => {
      if (fails) failing.add(channel);
      else failing.delete(channel);
    },
    hang: (channel, hangs) => {
      for (const response of hanging.get(channel) ?? []) response.destroy();
      if (hangs) hanging.set(channel, new Set());
      else hanging.delete(channel);
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

function withoutHtml(message: StoredMessage): Message {
  const { id, channel, to, subject, text, at } = message;
  return { id, channel, to, ...(subject === undefined ? {} : { subject }), text, at };
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

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
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
