// Properties of a sign-in that no sequence of calls may break, in two browsers at once, with every kind of factor: walked
// at random over the product's own app and a real Redis.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prefix } from '../../worker/storage-keys.ts';
import { Browser } from '../support/browser.ts';
import { memberWithEverything, type Everything } from '../support/in-process-factors.ts';
import { startInProcess, type InProcessService } from '../support/in-process.ts';
import { makeOrganization } from '../support/in-process-person.ts';
import { type Move, moves, Walker, WAYS } from '../support/sign-in-walker.ts';

let service: InProcessService;
let people: readonly [Everything, Everything];
const reached = new Set<string>();

beforeAll(async () => {
  service = await startInProcess();
  await makeOrganization(service);
  people = [
    await memberWithEverything(service, '+4520123401'),
    await memberWithEverything(service, '+4520123402'),
  ];
}, 60_000);

afterAll(async () => {
  await service.stop();
});

async function failures(): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const { app, mail, phone } of people) {
    for (const id of [app.enrollmentId, mail, phone.enrollmentId]) {
      found.set(id, Number((await service.redis.hGet(prefix.enrollment + id, 'failures')) ?? 0));
    }
  }
  return found;
}

async function calm(): Promise<void> {
  const counters = await service.redis.keys(`${prefix.limit}*`);
  if (counters.length > 0) await service.redis.del(counters);
  for (const { app, mail, phone } of people) {
    for (const id of [app.enrollmentId, mail, phone.enrollmentId]) {
      await service.redis.hSet(prefix.enrollment + id, { failures: '0', waitUntil: '0', lockedAt: '0' });
    }
  }
  service.advance(7200);
}

async function check(walker: Walker): Promise<void> {
  const signedIn = (await walker.browser.getJson(`${service.issuer}/api/account`)).status === 200;
  if (signedIn) {
    // Whoever is in knew the password and proved a factor; a factor that is enrolled after a recovery code is one.
    expect([walker.knowsPassword, walker.proved.length > 0]).toEqual([true, true]);
    reached.add(walker.view.step);
  }
  expect(signedIn).toBe(walker.proved.length > 0);
}

describe('properties of a sign-in', () => {
  it('S69, S10, S14, S15, S39: no sequence of calls gets in without the password and a factor, uses a code twice, or resets a count', async () => {
    await fc.assert(
      fc.asyncProperty(moves, fc.constantFrom(...WAYS.keys()), async (sequence, way) => {
        await calm();
        const walkers = [new Walker(service, people), new Walker(service, people)] as const;
        for (const walker of walkers) await walker.begin();
        const forward: Move[] = [
          { do: 'restart' },
          { do: 'identify', who: 0 },
          { do: 'password', right: true },
          ...(WAYS[way] ?? []),
        ];
        const all = [...sequence, ...forward.map((each) => ({ browser: 0, move: each, straight: false }))];
        for (const { browser, move, straight } of all) {
          const [walker, other] = browser === 0 ? walkers : [walkers[1], walkers[0]];
          // A sign-in that is over begins anew, without the session that it gave.
          if (walker.view.step === 'done') {
            walker.browser = new Browser();
            await walker.begin();
          }
          if (straight) await walker.approach(move);
          const before = await failures();
          const proved = walker.proved.length;
          await walker.take(move, other);
          const after = await failures();
          for (const [id, count] of before) {
            const fell = (after.get(id) ?? count) < count;
            const mayFall = walker.proved.length > proved && walker.proved.includes(id);
            expect([id, fell && !mayFall && move.do !== 'enroll']).toEqual([id, false]);
          }
          await check(walker);
        }
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 25), endOnFailure: true, includeErrorInReport: true },
    );
    expect([...reached].sort()).toEqual(expect.arrayContaining(['done']));
  }, 300_000);
});
