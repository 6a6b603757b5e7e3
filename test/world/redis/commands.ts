import { RESP_TYPES } from 'redis';

export type Outcome = { readonly result: unknown } | { readonly error: string };
export type Encoding = 'base64' | 'text';

/** Runs commands and gives each answer in the shape of Upstash's REST API. */
export interface Runner {
  run(command: readonly string[], encoding: Encoding): Promise<Outcome>;
  /** Not atomic: each command has an outcome of its own. */
  pipeline(commands: readonly string[][], encoding: Encoding): Promise<readonly Outcome[]>;
  /** All at once; `error` when Redis refuses the transaction as a whole. */
  transaction(
    commands: readonly string[][],
    encoding: Encoding,
  ): Promise<readonly Outcome[] | { readonly error: string }>;
}

/** What is used of the `redis` client. */
export interface CommandSender {
  sendCommand(command: readonly string[], options?: typeof AS_BYTES): Promise<unknown>;
}

// All requests share one connection, so nothing may change its state or make it wait.
const REFUSED: ReadonlySet<string> = new Set(
  [
    'AUTH,BLPOP,BRPOP,BLMOVE,BLMPOP,BZPOPMIN,BZPOPMAX,BZMPOP,CLIENT,DISCARD,EXEC,HELLO,MONITOR,MULTI,PSUBSCRIBE',
    'PUNSUBSCRIBE,QUIT,RESET,SELECT,SHUTDOWN,SSUBSCRIBE,SUBSCRIBE,SUNSUBSCRIBE,UNSUBSCRIBE,UNWATCH,WATCH',
  ].flatMap((names) => names.split(',')),
);

// Bulk strings as bytes, since a value need not be UTF-8.
const AS_BYTES = { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } };

/** Makes a runner over a connected client that speaks RESP 2. */
export function createRunner(client: CommandSender): Runner {
  const run = async (command: readonly string[], encoding: Encoding): Promise<Outcome> => {
    const name = (command[0] ?? '').toUpperCase();
    if (REFUSED.has(name)) return { error: `ERR Command is not available: '${name}'` };
    try {
      return { result: encode(await client.sendCommand(command, AS_BYTES), encoding) };
    } catch (error) {
      return { error: messageOf(error) };
    }
  };
  return {
    run,
    // Sent without waiting in between: the client keeps their order on its one connection.
    pipeline: (commands, encoding) => Promise.all(commands.map((command) => run(command, encoding))),
    transaction: async (commands, encoding) => {
      // MULTI to EXEC leave in one turn of the event loop, so no other request's command gets between.
      const opened = client.sendCommand(['MULTI']);
      const queued = commands.map((command) =>
        client.sendCommand(command).then(
          () => undefined,
          (error: unknown) => messageOf(error),
        ),
      );
      const executed = client.sendCommand(['EXEC'], AS_BYTES);
      try {
        const [answers, refusals] = await Promise.all([
          executed.catch((error: unknown) => error),
          Promise.all(queued),
          opened,
        ]);
        if (Array.isArray(answers)) return answers.map((value: unknown) => outcomeOf(value, encoding));
        return { error: refusals.find((refusal) => refusal !== undefined) ?? messageOf(answers) };
      } catch (error) {
        return { error: messageOf(error) };
      }
    },
  };
}

function outcomeOf(value: unknown, encoding: Encoding): Outcome {
  return value instanceof Error ? { error: value.message } : { result: encode(value, encoding) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'ERR unknown';
}

// Upstash encodes every string but the status OK.
function encode(value: unknown, encoding: Encoding): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => encode(entry, encoding));
  if (Buffer.isBuffer(value)) return value.toString(encoding === 'base64' ? 'base64' : 'utf8');
  if (typeof value === 'string' && encoding === 'base64' && value !== 'OK') {
    return Buffer.from(value).toString('base64');
  }
  if (value instanceof Error) return value.message;
  return value;
}
