import type { RandomPort } from '../../ports/random.ts';

/** Makes the random port from the platform's `crypto.getRandomValues`. */
export function createRandom(): RandomPort {
  return { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) };
}
