// What the mail provider takes in a second, kept by the queue: a provider that refuses more is met with patience.
import { afterEach, describe, expect, it } from 'vitest';
import { providerLanes } from '../../worker/factors/limits.ts';
import { key, prefix } from '../../worker/storage-keys.ts';
import type { Message } from '../world/outbox/message-store.ts';
import {
  challenged,
  codeIn,
  type Factored,
  factorIn,
  memberWithAppAndCodes,
  memberWithEmail,
  messageWith,
  sentOf,
} from './factors.ts';
import type { FlowWorld } from './flow-world.ts';
import type { Journey } from './person.ts';
import { settleQueue, subjectOf } from './store.ts';

const A_SECOND = 2;
const NOTICE = 'Your account has new recovery codes';

export function mailRateSuite(world: () => FlowWorld): void {
  /** Makes the queue believe that this second and the next ones are full, so that all waits; gives what ends that. */
  async function hold(): Promise<() => Promise<void>> {
    const keys = Array.from({ length: 60 }, (_none, shift) =>
      providerLanes(world().now() + shift).flatMap(({ name, rate }) => (name === 'mail' ? [rate] : [])),
    ).flat();
    for (const rate of keys)
      await world().redis.set(rate, '1000', { expiration: { type: 'EX', value: 120 } });
    return async () => {
      await world().redis.del(keys);
    };
  }

  /** Ids of the mails that wait for these addresses. */
  async function waitingFor(addresses: readonly string[]): Promise<string[]> {
    const ids: string[] = [];
    for await (const keys of world().redis.scanIterator({ MATCH: `${prefix.job}*`, COUNT: 1000 })) {
      for (const name of keys) {
        const [to, sealed] = await world().redis.hmGet(name, ['to', 'sealed']);
        if (sealed && addresses.includes(to ?? '')) ids.push(name.slice(prefix.job.length));
      }
    }
    return ids;
  }

  /** How many mails are due or being sent, of whomever. */
  async function due(): Promise<number> {
    const counts = ['soon', 'later'].map((urgency) =>
      world().redis.zCount(`${prefix.jobs}mail:${urgency}`, '-inf', world().now() + 60),
    );
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  async function askedFor({ factor, ...who }: Factored): Promise<Journey> {
    const journey = await challenged(world(), who);
    await journey.go('challenge/code', { enrollmentId: factor.enrollmentId });
    return journey;
  }

  describe('rate of the mail provider', () => {
    afterEach(() => {
      world().outbox.limitRate(false);
    });

    it('S18, S72: ten notices and two codes leave two a second, codes first, each once, and none is told as failed', async () => {
      const people = [await memberWithEmail(world()), await memberWithEmail(world())] as const;
      const { person, portal } = await memberWithAppAndCodes(world());
      for (const { email } of [...people, person]) await settleQueue(world(), email);
      await expect.poll(due, { timeout: 20_000, interval: 100 }).toBe(0);
      const second = `second-${person.email}`;
      const account = key.account(await subjectOf(world(), person.email));
      await world().redis.hSet(account, 'noticeEmail', second);
      const addresses = [person.email, second, ...people.map(({ email }) => email)];
      const before = new Set(addresses.flatMap((to) => world().outbox.messages(to)).map(({ id }) => id));
      /** What came since, oldest first. */
      const came = (): Message[] =>
        world()
          .outbox.messages()
          .filter(({ id, to }) => addresses.includes(to) && !before.has(id))
          .toReversed();

      const release = await hold();
      for (let count = 0; count < 5; count += 1)
        expect((await portal.post('/recovery-codes', {})).status).toBe(200);
      const journeys = [await askedFor(people[0]), await askedFor(people[1])] as const;
      const ids = await waitingFor(addresses);
      expect([ids.length, came()]).toEqual([12, []]);
      world().outbox.limitRate(true);
      await release();
      const worked = world().workOff();

      const deliveries = new Set<string>();
      const deliveredAll = async (): Promise<number> => {
        for (const [index, journey] of journeys.entries()) {
          const { enrollmentId } = people[index === 0 ? 0 : 1].factor;
          deliveries.add(sentOf(factorIn(await journey.view(), enrollmentId)).delivery);
        }
        return came().length;
      };
      await expect.poll(deliveredAll, { timeout: 40_000, interval: 100 }).toBe(12);
      await worked;
      await expect.poll(due, { timeout: 20_000, interval: 100 }).toBe(0);
      await deliveredAll();
      expect([...deliveries].filter((delivery) => delivery !== 'queued')).toEqual(['sent']);

      const messages = came();
      expect(messages).toHaveLength(12);
      expect(
        messages
          .slice(0, 2)
          .map(({ to }) => to)
          .toSorted(),
      ).toEqual(people.map(({ email }) => email).toSorted());
      for (const to of [person.email, second])
        expect(messages.filter((each) => each.to === to).map(({ subject }) => subject)).toEqual(
          Array.from({ length: 5 }, () => NOTICE),
        );
      const times = messages.map(({ at }) => Date.parse(at));
      for (const [index, at] of times.entries()) {
        const third = times[index + A_SECOND];
        if (third !== undefined) expect(third - at).toBeGreaterThanOrEqual(990);
      }
      // At the edge of a second some are refused and come again; were they not held back at all, it would be most of them.
      const attempts = await Promise.all(ids.map((id) => world().redis.hGet(key.job(id), 'attempts')));
      expect(attempts.reduce((sum, tries) => sum + Number(tries), 0)).toBeLessThanOrEqual(24);

      for (const [index, journey] of journeys.entries()) {
        const { factor, email } = people[index === 0 ? 0 : 1];
        const { enrollmentId } = factor;
        const sent = sentOf(factorIn(await journey.view(), enrollmentId));
        const code = codeIn(await messageWith(world(), email, sent));
        expect(await journey.go('challenge', { enrollmentId, code })).toMatchObject({ step: 'done' });
      }
    });
  });
}
