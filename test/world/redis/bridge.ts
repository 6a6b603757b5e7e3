// The Upstash REST protocol before a real Redis, for development and tests only: one command, pipelines and
// transactions as JSON over HTTP. Owns the wire format; must not know what the service stores.
// Source: https://upstash.com/docs/redis/features/restapi
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient } from 'redis';
import { createRunner, type Runner } from './commands.ts';

export interface BridgeOptions {
  readonly redisUrl: string;
  readonly token: string;
  /** 0 takes a free one. */
  readonly port: number;
}

export interface Bridge {
  readonly url: string;
  /** Requests are accepted and never answered (a hung store), from now on. */
  pause(): void;
  /** Connections are dropped without an answer (a store that is down), from now on. */
  refuse(): void;
  /** Carries the next commands out, but drops the connection instead of answering (an answer that got lost). */
  loseAnswers(count: number): void;
  /** How many of them are still to come. */
  answersToLose(): number;
  /** Works again; requests that came while paused are dropped. */
  resume(): void;
  close(): Promise<void>;
}

const LARGEST_BODY = 10 * 1024 * 1024;

/** Starts the bridge on 127.0.0.1, connected to Redis. */
export async function startBridge(options: BridgeOptions): Promise<Bridge> {
  const client = await connectTo(options.redisUrl);
  const runner = createRunner({
    sendCommand: (command, settings) => client.sendCommand([...command], settings),
  });
  const isAllowed = makeTokenCheck(options.token);
  let mode: 'working' | 'paused' | 'refusing' = 'working';
  const held = new Set<IncomingMessage>();
  let answersToLose = 0;
  const takeLoss = (): boolean => {
    if (answersToLose === 0) return false;
    answersToLose -= 1;
    return true;
  };

  const server = createServer((request, response) => {
    if (mode === 'refusing') {
      request.socket.destroy();
    } else if (mode === 'paused') {
      held.add(request);
      response.once('close', () => held.delete(request));
    } else {
      void answer(request, response, runner, isAllowed, takeLoss);
    }
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pause: () => {
      mode = 'paused';
    },
    refuse: () => {
      mode = 'refusing';
      server.closeAllConnections();
    },
    loseAnswers: (count) => {
      answersToLose = count;
    },
    answersToLose: () => answersToLose,
    resume: () => {
      mode = 'working';
      answersToLose = 0;
      for (const request of held) request.socket.destroy();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      client.destroy();
    },
  };
}

type Client = ReturnType<typeof makeClient>;

// RESP 2 since that is what Upstash's answers look like; no queue, so that a lost Redis is an error at once.
function makeClient(url: string, isConnected: () => boolean) {
  return createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 5000,
      reconnectStrategy: (retries) => isConnected() && Math.min(20 * 2 ** retries, 500),
    },
  });
}

async function connectTo(url: string): Promise<Client> {
  let isConnected = false;
  const client = makeClient(url, () => isConnected);
  client.on('error', () => undefined); // Each command that fails says so to its caller.
  try {
    await client.connect();
  } catch (error) {
    const { host } = new URL(url); // Without the password that an address may hold.
    throw new Error(`Redis can't be reached at ${host}. If REDIS_URL is set, check it.`, { cause: error });
  }
  isConnected = true;
  return client;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  runner: Runner,
  isAllowed: (header: string | undefined) => boolean,
  takeLoss: () => boolean,
): Promise<void> {
  try {
    if (!isAllowed(request.headers.authorization)) {
      send(response, 401, { error: 'WRONGPASS invalid or missing auth token' });
      return;
    }
    const body = await readJson(request);
    const encoding = request.headers['upstash-encoding'] === 'base64' ? 'base64' : 'text';
    const path = (request.url ?? '/').replace(/(?<=.)\/$/, '');
    if (request.method !== 'POST') {
      send(response, 405, { error: 'ERR only POST is supported' });
    } else if (path === '/') {
      const outcome = await runner.run(parseCommand(body), encoding);
      // What Redis refuses (a script that it does not know yet) was not carried out and is no lost answer.
      if (!('error' in outcome) && takeLoss()) request.socket.destroy();
      else send(response, 'error' in outcome ? 400 : 200, outcome);
    } else if (path === '/pipeline') {
      send(response, 200, await runner.pipeline(parseCommands(body), encoding));
    } else if (path === '/multi-exec') {
      const outcome = await runner.transaction(parseCommands(body), encoding);
      send(response, 'error' in outcome ? 400 : 200, outcome);
    } else {
      send(response, 404, { error: 'ERR unknown path' });
    }
  } catch (error) {
    send(response, 400, { error: error instanceof Error ? error.message : 'ERR failed' });
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_BODY) throw new Error('ERR max request size exceeded');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    throw new Error('ERR failed to parse the body as JSON');
  }
}

// Redis takes text only: numbers and booleans become what they look like, as Upstash does it.
function parseCommand(body: unknown): string[] {
  if (!Array.isArray(body) || body.length === 0) throw new Error('ERR empty command');
  return body.map((part: unknown) => {
    if (typeof part === 'string') return part;
    if (typeof part === 'number' || typeof part === 'boolean') return String(part);
    throw new Error('ERR a command holds only strings, numbers and booleans');
  });
}

function parseCommands(body: unknown): string[][] {
  if (!Array.isArray(body) || body.length === 0) throw new Error('ERR empty pipeline');
  return body.map(parseCommand);
}

function makeTokenCheck(token: string): (header: string | undefined) => boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const expected = digest(`Bearer ${token}`);
  return (header) => header !== undefined && timingSafeEqual(digest(header), expected);
}
