import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Bytes. No request of the client's that the site answers comes near it. */
const largestBody = 1_000_000;

/** Listens on the loopback address and hands each request to `answer` as a web-standard Request. */
export async function listen(
  port: number,
  answer: (request: Request) => Response | Promise<Response>,
): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing, answer).catch((error: unknown) => {
      console.error('The site failed to answer', incoming.method, error);
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function handle(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: (request: Request) => Response | Promise<Response>,
): Promise<void> {
  const url = `http://${incoming.headers.host ?? ''}${incoming.url ?? '/'}`;
  if (!incoming.url?.startsWith('/') || !URL.canParse(url)) {
    outgoing.writeHead(400).end();
    return;
  }
  const body = await readBody(incoming);
  if (!body) {
    outgoing.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headersDistinct)) {
    // Several Cookie lines are one list of cookies; joined by a comma, as other headers are, it would break.
    headers.set(name, (value ?? []).join(name === 'cookie' ? '; ' : ', '));
  }
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const request = new Request(
    url,
    hasBody ? { method, headers, body: new Uint8Array(body) } : { method, headers },
  );
  const response = await answer(request);
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') outgoing.setHeader(name, value);
  // Cookies stay apart: merged into one header line a browser would see a single broken one.
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
  outgoing.flushHeaders();
  if (response.body) await send(response.body, outgoing);
  else outgoing.end();
}

/** Passes the body on as it comes, and cancels its source when the browser has gone. */
async function send(body: ReadableStream<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  const reader = body.getReader();
  outgoing.once('close', () => {
    reader.cancel().catch(() => undefined);
  });
  for (let part = await reader.read(); !part.done && !outgoing.destroyed; part = await reader.read()) {
    outgoing.write(part.value);
  }
  outgoing.end();
}

async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > largestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  server.closeAllConnections();
  await closed;
}
