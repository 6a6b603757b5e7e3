// What was sent, newest first. Must not know how it came or who looks.
export type Channel = 'email' | 'sms' | 'call';

export interface Message {
  /** As the provider names it. */
  readonly id: string;
  readonly channel: Channel;
  readonly to: string;
  readonly subject?: string;
  /** Of a call: what is heard when it is answered. */
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Of a call that was answered: the lines that were heard after a key. */
  readonly spoken?: readonly string[];
}

/** What Twilio was given beside the words. */
export interface PhoneDetails {
  readonly from: string;
  readonly statusUrl?: string;
  /** Where a pressed key is told; only of calls. */
  readonly keyUrl?: string;
}

export interface StoredMessage extends Message {
  readonly html?: string;
  readonly phone?: PhoneDetails;
}

export interface MessageStore {
  add(draft: Omit<StoredMessage, 'at' | 'spoken'>): StoredMessage;
  find(id: string): StoredMessage | undefined;
  /** Notes what was heard in a call. */
  hear(id: string, spoken: readonly string[]): void;
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
  const listeners = new Set<() => void>();
  const announce = (): void => {
    for (const listener of listeners) listener();
  };
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    add: (draft) => {
      const message = { ...draft, at: new Date().toISOString() };
      messages = [message, ...messages].slice(0, MOST_KEPT);
      announce();
      return message;
    },
    find: (id) => messages.find((message) => message.id === id),
    hear: (id, spoken) => {
      messages = messages.map((message) => (message.id === id ? { ...message, spoken } : message));
      announce();
    },
    list: (to) => (to === undefined ? messages : messages.filter((message) => message.to === to)),
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
