// What tests look up or bend in the store behind the service's back: as somebody who may read and write Redis.
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { limit, LIMITS, type LimitName } from '../../worker/factors/limits.ts';
import { BROWSER_COOKIE } from '../../worker/session/session.ts';
import { key, prefix } from '../../worker/storage-keys.ts';
import type { Browser } from '../support/browser.ts';
import type { FlowWorld } from './flow-world.ts';

/** Gives the account that an address names. */
export async function subjectOf(world: FlowWorld, email: string): Promise<string> {
  const sub = await world.redis.get(key.address(email));
  if (sub === null) throw new Error(`${email} names no account.`);
  return sub;
}

/** Gives how many sessions of an account there are, ended by epoch or not. */
export async function sessionsOf(world: FlowWorld, email: string): Promise<number> {
  const sub = await subjectOf(world, email);
  let count = 0;
  for await (const keys of world.redis.scanIterator({ MATCH: `${prefix.session}*`, COUNT: 500 })) {
    for (const name of keys) if ((await world.redis.hGet(name, 'sub')) === sub) count += 1;
  }
  return count;
}

/** Names the record of a code that was sent in a sign-in: to the mailbox, or to an enrollment. */
export function challengeOf({ api }: { readonly api: string }, what = 'mailbox'): string {
  return key.challenge(new URL(api).pathname.split('/').at(-1) ?? '', what);
}

/** Gives the failures in a row that an enrollment has, counted as the service counts them. */
export async function failuresOf(world: FlowWorld, enrollmentId: string): Promise<number> {
  return Number(await world.redis.hGet(key.enrollment(enrollmentId), 'failures'));
}

/** Sets fields of an enrollment's record. */
export async function changeEnrollment(
  world: FlowWorld,
  enrollmentId: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  await world.redis.hSet(key.enrollment(enrollmentId), fields);
}

/** Gives the hash by which an interaction and a limit know a browser. */
export function browserHash(world: FlowWorld, browser: Browser): string {
  const secret = browser.cookies.get(new URL(world.issuer).hostname, BROWSER_COOKIE) ?? '';
  return createHash('sha256').update(secret).digest('base64url');
}

/** Moves on until a limit has forgotten what it counted. */
export async function outlastLimit(world: FlowWorld, name: LimitName): Promise<void> {
  await world.advance(LIMITS[name].seconds);
}

/** Moves to the beginning of the next half minute of an authenticator app. */
export async function beginTotpStep(world: FlowWorld): Promise<void> {
  await world.advance(30 - (world.now() % 30));
}

/** Uses a limit up but for `left`, a moment ago. */
export async function useUp(world: FlowWorld, name: LimitName, subject: string, left = 0): Promise<void> {
  const { key: counter, most } = limit(name, subject);
  await world.redis.del(counter);
  const now = world.now();
  const counted = Array.from({ length: most - left }, (_one, at) => ({ score: now, value: `used up:${at}` }));
  await world.redis.zAdd(counter, counted);
  await world.redis.expire(counter, 7200);
}

/** Gives what a limit has counted lately; 0 when nothing. */
export async function countedBy(world: FlowWorld, name: LimitName, subject: string): Promise<number> {
  const { key: counter, seconds } = limit(name, subject);
  return world.redis.zCount(counter, world.now() - seconds + 1, '+inf');
}

/** Works the queue off until nothing waits to be sent to an account any more, nor to the other addresses. */
export async function settleQueue(
  world: FlowWorld,
  email: string,
  ...others: readonly string[]
): Promise<void> {
  const sub = await subjectOf(world, email);
  const addresses = [email, ...others];
  const waiting = async (): Promise<number> => {
    let count = 0;
    for await (const keys of world.redis.scanIterator({ MATCH: `${prefix.job}*`, COUNT: 1000 })) {
      for (const name of keys) {
        const job = await world.redis.hGetAll(name);
        if (job['sealed'] !== undefined && (job['sub'] === sub || addresses.includes(job['to'] ?? '')))
          count += 1;
      }
    }
    return count;
  };
  await world.workOff();
  // Some may be on their way by another worker of the queue.
  await expect.poll(waiting, { timeout: 15_000, interval: 50 }).toBe(0);
}
