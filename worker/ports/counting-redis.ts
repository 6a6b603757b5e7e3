import type { RedisPort } from './redis.ts';

/**
 * Counts the steps that pass through a Redis port: one step is one round trip once Redis knows its script.
 * The benchmark and the tests hold the number for each request with it.
 */
export function countRoundTrips(redis: RedisPort): {
  readonly redis: RedisPort;
  readonly trips: () => number;
} {
  let trips = 0;
  const counting: RedisPort = {
    run(step, keys, args, options) {
      trips += 1;
      return redis.run(step, keys, args, options);
    },
  };
  return { redis: counting, trips: () => trips };
}
