// Which provider is down, and how. Must not know what the providers are asked.
import type { ServerResponse } from 'node:http';
import type { Channel } from './message-store.ts';

/** `fail`: answers 500. `hang`: never answers. `rate`: answers 429. */
export type Outage = 'fail' | 'hang' | 'rate';

export interface Outages {
  /** From now on the provider of that channel is out in this way (or works again; what hung is dropped). */
  set(channel: Channel, outage: Outage, on: boolean): void;
  of(channel: Channel): Outage | undefined;
  /** Never answers this one, until the outage ends. */
  hold(channel: Channel, response: ServerResponse): void;
}

/** Makes it so that all work. */
export function createOutages(): Outages {
  const now = new Map<Channel, Set<Outage>>();
  const held = new Map<Channel, Set<ServerResponse>>();
  return {
    set: (channel, outage, on) => {
      const kinds = now.get(channel) ?? new Set();
      now.set(channel, kinds);
      if (on) kinds.add(outage);
      else kinds.delete(outage);
      if (outage !== 'hang' || on) return;
      for (const response of held.get(channel) ?? []) response.destroy();
      held.delete(channel);
    },
    of: (channel) => (['hang', 'fail', 'rate'] as const).find((outage) => now.get(channel)?.has(outage)),
    hold: (channel, response) => {
      const responses = held.get(channel) ?? new Set();
      held.set(channel, responses.add(response));
    },
  };
}
