/** What stands for timers; tests bring their own. */
export interface PlacesTimer {
  nowMs(): number;
  /** Calls back after `ms`; the answer cancels it. */
  after(ms: number, callback: () => void): () => void;
}

export interface PlacesOptions {
  /** How many may be taken at once. */
  readonly most: number;
  /** How many may wait; whoever comes then is turned away at once. */
  readonly waiting: number;
  readonly waitMs: number;
  /** A place held longer is taken for lost: Workers may end a request without running its `finally`. */
  readonly leaseMs: number;
  readonly timer: PlacesTimer;
}

/** A bounded number of places with a bounded wait. `take` gives the function that frees the place, or `undefined`. */
export interface Places {
  take(): Promise<(() => void) | undefined>;
}

/** Makes the places. Waiters are served in the order in which they came. */
export function createPlaces({ most, waiting, waitMs, leaseMs, timer }: PlacesOptions): Places {
  const held = new Map<symbol, number>();
  const queue: ((free: (() => void) | undefined) => void)[] = [];

  function occupy(): () => void {
    const place = Symbol('place');
    held.set(place, timer.nowMs());
    return () => {
      if (held.delete(place)) serve();
    };
  }

  function serve(): void {
    while (held.size < most) {
      const next = queue.shift();
      if (!next) return;
      next(occupy());
    }
  }

  function dropLost(): void {
    const now = timer.nowMs();
    for (const [place, since] of held) if (now - since > leaseMs) held.delete(place);
    serve();
  }

  return {
    take() {
      dropLost();
      if (held.size < most) return Promise.resolve(occupy());
      if (queue.length >= waiting) return Promise.resolve(undefined);
      return new Promise((resolve) => {
        const waiter = (free: (() => void) | undefined): void => {
          cancel();
          resolve(free);
        };
        const cancel = timer.after(waitMs, () => {
          const index = queue.indexOf(waiter);
          if (index === -1) return;
          queue.splice(index, 1);
          resolve(undefined);
        });
        queue.push(waiter);
      });
    },
  };
}
