// Entry on Cloudflare Workers: bindings to configuration and ports.
import { type AssetsBinding, createCloudflareAssets } from './adapters/assets/cloudflare.ts';
import { createPorts } from './adapters/ports.ts';
import { createApp } from './app.ts';
import { parseConfig } from './config.ts';
import type { Origin } from './http/request-context.ts';
import type { ClockPort } from './ports/clock.ts';

interface Bindings extends Record<string, unknown> {
  readonly ASSETS: AssetsBinding;
}

type App = ReturnType<typeof createApp>;

/** Makes the entry. Bindings come with the first request of an isolate, and stay the same for all that follow. */
export function createWorker(clock?: ClockPort): {
  fetch(request: Request, env: Bindings): Promise<Response>;
} {
  let app: App | undefined;
  return {
    async fetch(request, env) {
      app ??= start(env, clock);
      return app.fetch(request);
    },
  };
}

function start(env: Bindings, clock?: ClockPort): App {
  const parsed = parseConfig(env);
  if ('mistakes' in parsed) throw new Error(`The configuration has mistakes:\n${parsed.mistakes.join('\n')}`);
  const ports = createPorts(parsed.config, {
    assets: createCloudflareAssets(env.ASSETS),
    log: (line) => {
      // The platform collects what is written here.
      console.log(line);
    },
    ...(clock ? { clock } : {}),
  });
  return createApp(parsed.config, ports, originOf);
}

/** Cloudflare sets these itself and drops what a client sends under the same names. */
function originOf(request: Request): Origin {
  return {
    address: request.headers.get('cf-connecting-ip') ?? undefined,
    country: request.headers.get('cf-ipcountry') ?? undefined,
  };
}

export default createWorker();
