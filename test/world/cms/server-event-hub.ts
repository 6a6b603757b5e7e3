import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { accessCookie, redacted, requireUser } from './bearer.ts';
import type { SiteEnv, SiteState } from './site-context.ts';

/** SignalR ends each message with the record separator. */
const separator = '\u001e';
/** Milliseconds. SignalR's client gives up after 30 seconds of silence. */
const pingInterval = 10_000;

type Send = (message: object) => void;

/**
 * Keeps the client's SignalR connection open over server-sent events (the hub protocol's JSON form), so that the
 * backoffice does not report a lost connection. Nothing ever happens on this site, so nothing is ever sent.
 * @see https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/TransportProtocols.md
 */
export function serverEventRoutes(state: SiteState): Hono<SiteEnv> {
  const waiting = new Set<string>();
  const open = new Map<string, Send>();
  const app = new Hono<SiteEnv>();
  app.post('/negotiate', requireUser(state), (c) => {
    const connectionToken = randomBytes(16).toString('base64url');
    waiting.add(connectionToken);
    return c.json({
      negotiateVersion: 1,
      connectionId: randomBytes(16).toString('base64url'),
      connectionToken,
      availableTransports: [{ transport: 'ServerSentEvents', transferFormats: ['Text'] }],
    });
  });
  app.get('/', (c) => {
    // An EventSource can't set headers: the redacted bearer comes in the address, the token itself in the cookie.
    const isUser = state.tokens.userOf(getCookie(c, accessCookie) ?? '') !== undefined;
    if (c.req.query('access_token') !== redacted || !isUser) return c.text('Sign in first.', 401);
    const id = c.req.query('id') ?? '';
    if (!waiting.delete(id)) return c.text('Negotiate first.', 404);
    const stream = eventStream(
      (send) => open.set(id, send),
      () => open.delete(id),
    );
    return c.body(stream, 200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  });
  app.post('/', async (c) => {
    // The connection token proves enough here: the client says goodbye with it after its tokens were revoked.
    const send = open.get(c.req.query('id') ?? '');
    if (!send) return c.text('Connect first.', 404);
    for (const message of (await c.req.text()).split(separator).filter(Boolean)) answer(message, send);
    return c.body(null, 202);
  });
  return app;
}

function answer(message: string, send: Send): void {
  const content = JSON.parse(message) as { protocol?: string; invocationId?: string };
  if (content.protocol === 'json') send({});
  else if (content.invocationId !== undefined) send({ type: 3, invocationId: content.invocationId });
}

function eventStream(opened: (send: Send) => void, closed: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let ping: NodeJS.Timeout | undefined;
  return new ReadableStream({
    start(controller): void {
      const send: Send = (message) => {
        controller.enqueue(encoder.encode(`data: ${JSON.stringify(message)}${separator}\r\n\r\n`));
      };
      ping = setInterval(send, pingInterval, { type: 6 }).unref();
      controller.enqueue(encoder.encode(':\r\n\r\n'));
      opened(send);
    },
    cancel(): void {
      clearInterval(ping);
      closed();
    },
  });
}
