// Sends prepared requests, a number of them at once, and tells how long each took. It must not know what they are for.
import { Agent, request } from 'node:http';

export interface Prepared {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Reply {
  readonly status: number;
  readonly location: string | undefined;
  readonly text: string;
  readonly milliseconds: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly atOnce: number;
  readonly perSecond: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
  readonly replies: readonly Reply[];
}

/**
 * Sends every request once, `atOnce` at a time, over as many connections to the loopback port.
 * @throws when one is not answered with `status`: a benchmark of refusals says nothing.
 */
export async function sendAll(
  port: number,
  prepared: readonly Prepared[],
  { atOnce, status }: { readonly atOnce: number; readonly status: number },
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const replies: Reply[] = [];
  const waiting = prepared.values();
  const started = performance.now();
  const worker = async (): Promise<void> => {
    for (const next of waiting) {
      const reply = await send(agent, port, next);
      if (reply.status !== status) {
        throw new Error(`${next.method} ${next.path}: ${reply.status} ${reply.text.slice(0, 500)}`);
      }
      replies.push(reply);
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, worker));
  } finally {
    agent.destroy();
  }
  const seconds = (performance.now() - started) / 1000;
  const times = replies.map(({ milliseconds }) => milliseconds);
  return {
    requests: replies.length,
    atOnce,
    perSecond: replies.length / seconds,
    p50Milliseconds: percentile(times, 50),
    p99Milliseconds: percentile(times, 99),
    replies,
  };
}

/** Gives the value that `percent` of all are not above (nearest rank). */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

function send(agent: Agent, port: number, { method, path, headers, body }: Prepared): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const outgoing = request(
      { agent, host: '127.0.0.1', port, path, method, headers: { ...headers, ...length } },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.once('error', reject);
        incoming.once('end', () => {
          resolve({
            status: incoming.statusCode ?? 0,
            location: incoming.headers.location,
            text: Buffer.concat(chunks).toString(),
            milliseconds: performance.now() - started,
          });
        });
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
