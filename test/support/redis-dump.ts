import type { RedisClientType } from 'redis';

/** Gives all keys with all that is in them, as one text: what somebody who reads Redis would see. */
export async function dumpRedis(redis: RedisClientType): Promise<string> {
  const keys = (await redis.keys('*')).sort();
  const values = await Promise.all(keys.map((key) => readValue(redis, key)));
  return keys.map((key, index) => `${key}\n${JSON.stringify(values[index])}\n`).join('');
}

async function readValue(redis: RedisClientType, key: string): Promise<unknown> {
  const type = await redis.type(key);
  switch (type) {
    case 'string':
      return redis.get(key);
    case 'hash':
      return redis.hGetAll(key);
    case 'zset':
      return redis.zRangeWithScores(key, 0, -1);
    case 'list':
      return redis.lRange(key, 0, -1);
    case 'set':
      return redis.sMembers(key);
    case 'none': // It has ended since it was found.
      return '';
    case 'stream':
      return redis.xRange(key, '-', '+');
    default:
      throw new Error(`${key} is a ${type}, which this does not read.`);
  }
}
