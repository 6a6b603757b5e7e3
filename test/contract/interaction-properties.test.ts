// Properties of a sign-in that no sequence of calls may break, in two browsers at once, with every kind of factor and
// whatever is asked for: walked over the product's own app and a real Redis.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PasswordHasherPort } from '../../worker/ports/password-hasher.ts';
import type { AccountView } from '../../worker/interaction/wire.ts';
import { prefix } from '../../worker/storage-keys.ts';
import { FIRST_SITE } from '../flow/flow-world.ts';
import { authorizeAttempt } from '../flow/person.ts';
import { Browser } from '../support/browser.ts';
import { startInProcess, type InProcessService } from '../support/in-process.ts';
import { makeOrganization } from '../support/in-process-person.ts';
import { claims, type Demand, DEMANDS, IMPOSSIBLE_DEMANDS } from '../support/sign-in-demand.ts';
import { type Move, moves, WAYS, type WayIn, type Who } from '../support/sign-in-moves.ts';
import { Walker } from '../support/sign-in-walker.ts';
import { WALKED_SITE } from '../support/walk.ts';
import { withEveryFactor, withMailboxAlone, withoutFactor, type Walked } from '../support/walked-people.ts';

/** Scrypt is no part of what is walked, and would take most of the time. */
const passwords: PasswordHasherPort = {
  hash: (password) => Promise.resolve({ status: 'done', value: `quick:${password}` }),
  verify: (password, phc) => Promise.resolve({ status: 'done', value: phc === `quick:${password}` }),
};

let service: InProcessService;
let everything: readonly [Walked, Walked];
/** What was seen at all, or the walk could hold everything by getting nowhere. */
const seen = new Set<string>();

beforeAll(async () => {
  service = await startInProcess({ clients: [WALKED_SITE], ports: { passwords } });
  await makeOrganization(service);
  everything = [await withEveryFactor(service, '+4520123401'), await withEveryFactor(service, '+4520123402')];
}, 60_000);

afterAll(async () => {
  await service.stop();
});

/** People and a service that asks for `demand`; nothing is counted or locked yet. */
async function prepare(demand: Demand): Promise<readonly Walked[]> {
  const counters = await service.redis.keys(`${prefix.limit}*`);
  if (counters.length > 0) await service.redis.del(counters);
  for (const { factors } of everything) {
    for (const { enrollmentId } of factors) {
      const nothing = { failures: '0', waitUntil: '0', lockedAt: '0' };
      await service.redis.hSet(prefix.enrollment + enrollmentId, nothing);
    }
  }
  service.advance(7200);
  service.demand({ source: 'service', required: true });
  const people = [...everything, await withMailboxAlone(service), await withoutFactor(service)];
  const { required, accepted } = demand;
  service.demand({ source: 'service', required, ...(accepted ? { accepted } : {}) });
  return people;
}

async function failuresOf(people: readonly Walked[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const { enrollmentId } of people.flatMap(({ factors }) => factors)) {
    const failures = await service.redis.hGet(prefix.enrollment + enrollmentId, 'failures');
    found.set(enrollmentId, Number(failures ?? 0));
  }
  return found;
}

/** Takes one step, and holds what it came to against what is asked. */
async function step(
  [walker, other]: readonly [Walker, Walker],
  move: Move,
  usual: Who | undefined,
): Promise<void> {
  // A sign-in that is over begins anew, without the session that it gave.
  if (walker.view.step === 'done') await walker.begin();
  if (usual !== undefined) await walker.approach(move, usual);
  const before = await failuresOf(walker.people);
  const proved = walker.proved.length;
  await walker.take(move, other);
  const after = await failuresOf(walker.people);
  for (const [id, count] of before) {
    const now = after.get(id);
    if (now === undefined) continue;
    // A count falls for a verified factor alone, and each wrong code raises it.
    if (now < count) expect([id, walker.proved.slice(proved)]).toEqual([id, [id]]);
    if (walker.missed === id) expect([id, now]).toEqual([id, count + 1]);
  }
  await check(walker);
}

async function check(walker: Walker): Promise<void> {
  const answer = await walker.browser.getJson(`${service.issuer}/api/account`);
  const { view, demand, proofs, belongsIn } = walker;
  expect([view.step, proofs, demand, answer.status]).toEqual([
    view.step,
    proofs,
    demand,
    belongsIn ? 200 : 401,
  ]);
  if (view.step === 'enrollment') seen.add(view.because);
  else seen.add(view.step);
  if (answer.status !== 200) return;
  const { acr, amr } = (answer.json() as AccountView).session;
  expect({ acr, amr: amr.toSorted() }).toEqual(claims(proofs));
  for (const proof of proofs) seen.add(`${acr} ${proof}`);
}

async function goIn(walkers: readonly [Walker, Walker], { who, moves: way }: WayIn): Promise<void> {
  const begin: readonly Move[] = [
    { do: 'restart' },
    { do: 'identify', who },
    { do: 'password', right: true },
  ];
  for (const move of [...begin, ...way]) await step(walkers, move, undefined);
}

async function twoBrowsers(demand: Demand): Promise<readonly [Walker, Walker]> {
  const people = await prepare(demand);
  const walkers = [new Walker(service, people, demand), new Walker(service, people, demand)] as const;
  for (const walker of walkers) await walker.begin();
  return walkers;
}

describe('properties of a sign-in', () => {
  it('S69, S21, S48, S39: each way in leads as far as what it proves is asked for, and to no more than that', async () => {
    for (const demand of DEMANDS) {
      for (const way of WAYS) await goIn(await twoBrowsers(demand), way);
    }
    expect([...seen]).toEqual(
      expect.arrayContaining([
        ...['confirm_address', 'challenge', 'first', 'stronger', 'recovery', 'recovery_codes', 'done'],
        ...['2fa mail', 'aal2 app', 'aal2 text', 'aal2 call', 'aal2 mail'],
      ]),
    );
  }, 300_000);

  it('S69: where no factor is strong enough for what is asked, no sign-in begins', async () => {
    expect(IMPOSSIBLE_DEMANDS).toHaveLength(1);
    for (const demand of IMPOSSIBLE_DEMANDS) {
      await prepare(demand);
      const attempt = authorizeAttempt(service.issuer, FIRST_SITE, { acr_values: demand.acr });
      const { location = '' } = await new Browser().open(attempt.url);
      expect(new URL(location).searchParams.get('error')).toBe('unmet_authentication_requirements');
    }
  });

  it('S69, S10, S14, S15, S39: no sequence of calls gets in without what is asked, uses a code twice, or resets a count', async () => {
    const drawn = fc.record({
      sequence: moves,
      demand: fc.constantFrom(...DEMANDS),
      way: fc.constantFrom(...WAYS),
      usual: fc.constantFrom<Who>(0, 0, 1, 2),
    });
    await fc.assert(
      fc.asyncProperty(drawn, async ({ sequence, demand, way, usual }) => {
        const walkers = await twoBrowsers(demand);
        const turned = [walkers[1], walkers[0]] as const;
        for (const { browser, move, straight } of sequence)
          await step(browser === 0 ? walkers : turned, move, straight ? usual : undefined);
        await goIn(walkers, way);
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 80), endOnFailure: true, includeErrorInReport: true },
    );
  }, 600_000);
});
