// Entry on Deno: environment to configuration and ports.
import { fileURLToPath } from 'node:url';
import { createFolderAssets } from './adapters/assets/deno.ts';
import { createBackground } from './adapters/background.ts';
import { createPorts } from './adapters/ports.ts';
import { createApp, runQueue } from './app.ts';
import { parseConfig } from './config.ts';
import type { Origin } from './http/request-context.ts';
import type { ClockPort } from './ports/clock.ts';

interface NetworkAddress {
  readonly hostname: string;
}

/** The part of Deno that is used here. */
interface DenoRuntime {
  readonly env: { get(name: string): string | undefined };
  exit(code: number): never;
  /** Where the platform has a clock of its own. */
  cron?(name: string, schedule: string, handler: () => Promise<void>): unknown;
  serve(
    options: { readonly hostname: string; readonly port: number },
    handler: (
      request: Request,
      info: { readonly remoteAddr: NetworkAddress },
    ) => Response | Promise<Response>,
  ): unknown;
}

declare const Deno: DenoRuntime;

const VARIABLES = [
  'PENUMBRA_ISSUER',
  'PENUMBRA_SERVICE_NAME',
  'UPSTASH_REDIS_REST_URL',
  'UPSTASH_REDIS_REST_TOKEN',
  'PENUMBRA_ROOT_KEYS',
  'PENUMBRA_SIGNING_KEYS',
  'PENUMBRA_OPERATOR_KEYS',
  'PENUMBRA_CLIENTS',
  'PENUMBRA_POLICY',
  'PENUMBRA_SESSIONS',
  'PENUMBRA_TOTP_NEXT_CODE',
  'RESEND_API_KEY',
  'RESEND_BASE_URL',
  'RESEND_WEBHOOK_SECRET',
  'PENUMBRA_MAIL_FROM',
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_FROM',
  'TWILIO_MESSAGING_SERVICE_SID',
  'TWILIO_BASE_URL',
  'TWILIO_LOOKUPS_BASE_URL',
  'TWILIO_SIM_SWAP',
  'PENUMBRA_PHONE_COUNTRIES',
];

/** How often the queue is looked at where nothing woke it. */
const EVERY_MS = 60_000;

/** What tests put in the place of the product's own. */
export interface Seams {
  readonly clock?: ClockPort;
  /** Gives the address of the client, where it is not that of the connection. */
  readonly addressOf?: (request: Request) => string | undefined;
  /** Answers before the service does. */
  readonly before?: (request: Request, workOff: () => Promise<void>) => Promise<Response | undefined>;
}

/** Starts the service on `PORT` (8787 without one) of the address `HOST`; without one this machine alone reaches it. */
export function serve(seams: Seams = {}): void {
  const parsed = parseConfig(Object.fromEntries(VARIABLES.map((name) => [name, Deno.env.get(name)])));
  if ('mistakes' in parsed) {
    console.error(`The configuration has mistakes:\n${parsed.mistakes.join('\n')}`);
    return Deno.exit(1);
  }
  const log = (line: string): void => {
    console.log(line);
  };
  const ports = createPorts(parsed.config, {
    assets: createFolderAssets(fileURLToPath(new URL('../dist/assets', import.meta.url))),
    log,
    // The process goes on by itself.
    background: createBackground(() => undefined, log),
    ...(seams.clock ? { clock: seams.clock } : {}),
  });
  const app = createApp(parsed.config, ports, (_request, env) => env as Origin);
  const workOff = (): Promise<void> => runQueue(parsed.config, ports);
  if (Deno.cron) void Deno.cron('queue', '* * * * *', workOff);
  else setInterval(() => void workOff(), EVERY_MS);
  const hostname = Deno.env.get('HOST') ?? '127.0.0.1';
  const port = Number(Deno.env.get('PORT') ?? '8787');
  Deno.serve({ hostname, port }, async (request, info) => {
    const address = seams.addressOf?.(request) ?? info.remoteAddr.hostname;
    return (await seams.before?.(request, workOff)) ?? app.fetch(request, { address } satisfies Origin);
  });
}

if (import.meta.main) serve();
