// Entry on Cloudflare Workers: bindings to configuration and ports.
import { waitUntil } from 'cloudflare:workers';
import { type AssetsBinding, createCloudflareAssets } from './adapters/assets/cloudflare.ts';
import { createBackground } from './adapters/background.ts';
import { createPorts } from './adapters/ports.ts';
import { createApp, runQueue } from './app.ts';
import { type Config, parseConfig } from './config.ts';
import type { Origin } from './http/request-context.ts';
import type { ClockPort } from './ports/clock.ts';
import type { Ports } from './ports/ports.ts';

interface Bindings extends Record<string, unknown> {
  readonly ASSETS: AssetsBinding;
}

interface Started {
  readonly app: ReturnType<typeof createApp>;
  readonly config: Config;
  readonly ports: Ports;
}

/** Makes the entry. Bindings come with the first request of an isolate, and stay the same for all that follow. */
export function createWorker(clock?: ClockPort): {
  fetch(request: Request, env: Bindings): Promise<Response>;
  /** Called by the platform every minute. */
  scheduled(event: unknown, env: Bindings): Promise<void>;
} {
  let started: Started | undefined;
  return {
    async fetch(request, env) {
      started ??= start(env, clock);
      return started.app.fetch(request);
    },
    scheduled(_event, env) {
      started ??= start(env, clock);
      return runQueue(started.config, started.ports);
    },
  };
}

function start(env: Bindings, clock?: ClockPort): Started {
  const parsed = parseConfig(env);
  if ('mistakes' in parsed) throw new Error(`The configuration has mistakes:\n${parsed.mistakes.join('\n')}`);
  const ports = createPorts(parsed.config, {
    assets: createCloudflareAssets(env.ASSETS),
    log,
    background: createBackground(waitUntil, log),
    ...(clock ? { clock } : {}),
  });
  return { app: createApp(parsed.config, ports, originOf), config: parsed.config, ports };
}

/** The platform collects what is written here. */
function log(line: string): void {
  console.log(line);
}

/** Cloudflare sets these itself and drops what a client sends under the same names. */
function originOf(request: Request): Origin {
  return {
    address: request.headers.get('cf-connecting-ip') ?? undefined,
    country: request.headers.get('cf-ipcountry') ?? undefined,
  };
}

export default createWorker();
