// A world for flow tests: the service on one runtime, Redis, the outbox, a second site, and a clock that can be moved.
import { randomUUID } from 'node:crypto';
import { createClient, type RedisClientType } from 'redis';
import { DEMO_PASSWORD, inviteMember } from '../world/seed.ts';
import { openOperatorApi } from '../world/operator-api.ts';
import { join } from 'node:path';
import { REPOSITORY_ROOT } from '../world/repository-root.ts';
import { startWorld, type Runtime, type World, type WorldOptions } from '../world/world.ts';
import { hashClientSecret } from '../world/worker-variables.ts';

/** The sites that flow tests sign in to; their secrets are the tests' own. */
export const FIRST_SITE = {
  clientId: 'first',
  secret: 'first-secret-of-the-tests',
  callback: 'http://localhost:9/first',
};
export const SECOND_SITE = {
  clientId: 'second',
  secret: 'second-secret-of-the-tests',
  callback: 'http://localhost:9/second',
};
/** A site of another organisation. */
export const FOREIGN_SITE = {
  clientId: 'foreign',
  secret: 'foreign-secret-of-the-tests',
  callback: 'http://localhost:9/foreign',
};

export type TestSite = typeof FIRST_SITE;

export interface FlowWorld extends World {
  readonly redis: RedisClientType;
  /** All that the worker has written so far: what an operator's log would hold. */
  output(): string;
  /** The service's time, epoch seconds. */
  now(): number;
  /** Moves the service's time on. */
  advance(seconds: number): Promise<void>;
  /** Works the queue of messages off, as the platform's clock would. */
  workOff(): Promise<void>;
  /** Makes a member with a password and no factor; every test has people of its own. */
  person(options?: {
    readonly organization?: string;
  }): Promise<{ readonly email: string; readonly password: string }>;
}

const ENTRIES = { workerd: 'test/runtime/cloudflare-entry.ts', deno: 'test/runtime/deno-entry.ts' };

export async function startFlowWorld(
  runtime: Runtime,
  options: Partial<WorldOptions> = {},
): Promise<FlowWorld> {
  let output = '';
  const world = await startWorld({
    runtime,
    ports: 'free',
    seed: false,
    site: false,
    entry: join(REPOSITORY_ROOT, ENTRIES[runtime]),
    clients: [
      registration(FIRST_SITE, 'example'),
      registration(SECOND_SITE, 'example'),
      registration(FOREIGN_SITE, 'elsewhere'),
    ],
    ...options,
    onWorkerOutput: (text) => {
      output += text;
      options.onWorkerOutput?.(text);
    },
  });
  const redis: RedisClientType = createClient({ url: world.redisUrl });
  await redis.connect();
  let offset = 0;
  const api = await openOperatorApi(world.operator);
  await api.create('organizations', { id: 'example', name: 'Example' });
  await api.create('organizations', { id: 'elsewhere', name: 'Elsewhere' });
  return {
    ...world,
    redis,
    output: () => output,
    now: () => Math.floor(Date.now() / 1000) + offset,
    advance: async (seconds) => {
      offset += seconds;
      const answer = await fetch(`${world.issuer}/test/clock`, {
        method: 'POST',
        body: JSON.stringify({ offset }),
      });
      if (!answer.ok) throw new Error(`The clock did not move: ${answer.status}`);
    },
    workOff: async () => {
      const answer = await fetch(`${world.issuer}/test/queue`, { method: 'POST' });
      if (!answer.ok) throw new Error(`The queue was not worked off: ${answer.status}`);
    },
    person: async ({ organization = 'example' } = {}) => {
      const email = `p-${randomUUID().slice(0, 13)}@example.com`;
      const token = await openOperatorApi(world.operator, Math.floor(Date.now() / 1000) + offset);
      await inviteMember(
        world.operator,
        world.outbox,
        { email, name: 'Pat Person', role: 'member', organization },
        DEMO_PASSWORD,
        token,
      );
      return { email, password: DEMO_PASSWORD };
    },
    stop: async () => {
      redis.destroy();
      await world.stop();
    },
  };
}

function registration(site: TestSite, organization: string): NonNullable<WorldOptions['clients']>[number] {
  return {
    client_id: site.clientId,
    name: `The ${site.clientId} site`,
    organization,
    redirect_uris: [site.callback],
    post_logout_redirect_uris: [`${site.callback}/bye`],
    token_endpoint_auth_method: 'client_secret_post',
    client_secret_sha256: hashClientSecret(site.secret),
  };
}
