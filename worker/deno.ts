// Entry on Deno: environment to configuration and ports.
import { fileURLToPath } from 'node:url';
import { createFolderAssets } from './adapters/assets/deno.ts';
import { createPorts } from './adapters/ports.ts';
import { createApp } from './app.ts';
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
  'RESEND_API_KEY',
  'RESEND_BASE_URL',
  'PENUMBRA_MAIL_FROM',
];

/** What tests put in the place of the product's own. */
export interface Seams {
  readonly clock?: ClockPort;
  /** Gives the address of the client, where it is not that of the connection. */
  readonly addressOf?: (request: Request) => string | undefined;
  /** Answers before the service does. */
  readonly before?: (request: Request) => Promise<Response | undefined>;
}

/** Starts the service on `PORT` (8787 without one) of the address `HOST`; without one this machine alone reaches it. */
export function serve(seams: Seams = {}): void {
  const parsed = parseConfig(Object.fromEntries(VARIABLES.map((name) => [name, Deno.env.get(name)])));
  if ('mistakes' in parsed) {
    console.error(`The configuration has mistakes:\n${parsed.mistakes.join('\n')}`);
    return Deno.exit(1);
  }
  const ports = createPorts(parsed.config, {
    assets: createFolderAssets(fileURLToPath(new URL('../dist/assets', import.meta.url))),
    log: (line) => {
      console.log(line);
    },
    ...(seams.clock ? { clock: seams.clock } : {}),
  });
  const app = createApp(parsed.config, ports, (_request, env) => env as Origin);
  const hostname = Deno.env.get('HOST') ?? '127.0.0.1';
  const port = Number(Deno.env.get('PORT') ?? '8787');
  Deno.serve({ hostname, port }, async (request, info) => {
    const address = seams.addressOf?.(request) ?? info.remoteAddr.hostname;
    return (await seams.before?.(request)) ?? app.fetch(request, { address } satisfies Origin);
  });
}

if (import.meta.main) serve();
