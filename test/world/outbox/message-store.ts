// What was sent, newest first. Must not know how it came or who looks.
import { randomUUID } from 'node:crypto';

export type Channel = 'email' | 'sms' | 'call';

export interface Message {
  readonly id: string;
  readonly channel: Channel;
  readonly to: string;
  readonly subject?: string;
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface StoredMessage extends Message {
  readonly html?: string;
}

type Draft = Omit<StoredMessage, 'id' | 'at'>;

export interface MessageStore {
  /** Keeps the message, or gives the one that the idempotency key already made. */
  add(draft: Draft, idempotencyKey?: string): StoredMessage;
  list(to?: string): readonly StoredMessage[];
  clear(): void;
  /** Resolves with the newest message that fits, now or once it comes. */
  next(fits: (message: StoredMessage) => boolean, signal: AbortSignal): Promise<StoredMessage>;
  /** Calls `listener` after every change; gives the function that stops it. */
  subscribe(listener: () => void): () => void;
}

const MOST_KEPT = 1000;

/** Makes an empty store, in memory. */
export function createMessageStore(): MessageStore {
  let messages: StoredMessage[] = [];
  const byKey = new Map<string, StoredMessage>();
  const listeners = new Set<() => void>();
  const announce = (): void => {
    for (const listener of listeners) listener();
  };
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    add: (draft, idempotencyKey) => {
      const before = idempotencyKey === undefined ? undefined : byKey.get(idempotencyKey);
      if (before !== undefined) return before;
      const message = { id: randomUUID(), at: new Date().toISOString(), ...draft };
      messages = [message, ...messages].slice(0, MOST_KEPT);
      if (idempotencyKey !== undefined) byKey.set(idempotencyKey, message);
      announce();
      return message;
    },
    list: (to) => (to === undefined ? messages : messages.filter((message) => message.to === to)),
    // The keys stay: a retry after clearing is still the same message, as at the provider.
    clear: () => {
      messages = [];
      announce();
    },
    next: (fits, signal) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = messages.find(fits);
          if (found === undefined) return;
          stop();
          resolve(found);
        };
        const stop = subscribe(look);
        signal.addEventListener('abort', () => {
          stop();
          reject(new Error('No such message came in time.'));
        });
        look();
      }),
    subscribe,
  };
}
