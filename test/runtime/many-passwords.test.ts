// More passwords at once than an isolate hashes: nobody gets in by the crowd, and nobody is shut out by it for good.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFlowWorld, type FlowWorld } from '../flow/flow-world.ts';
import { Journey, problemOf } from '../flow/person.ts';
import { member } from '../flow/shortcut.ts';
import { browserHash, subjectOf } from '../flow/store.ts';
import { prefix } from '../../worker/storage-keys.ts';
import { Browser } from '../support/browser.ts';

const MANY = 30;

describe.each(['workerd', 'deno'] as const)('many passwords at once, on %s', (runtime) => {
  let world: FlowWorld;
  beforeAll(async () => {
    world = await startFlowWorld(runtime);
  });
  afterAll(async () => {
    await world.stop();
  });

  it('S76: no wrong one passes and no right one is called wrong; who finds no place is told so with 503, and comes again', async () => {
    const who = await member(world);
    const known = `${prefix.knownBrowsers}${await subjectOf(world, who.email)}`;
    const journeys = await Promise.all(
      Array.from({ length: MANY }, async (_none, index) => {
        const journey = await Journey.begin(new Browser(), `${world.issuer}/account`);
        // Strangers would lock the account long before.
        const value = browserHash(world, journey.browser);
        await world.redis.zAdd(known, { score: world.now() + 3600, value });
        await journey.go('identify', { email: who.email });
        const isRight = index % 2 === 0;
        return { journey, isRight, password: isRight ? who.password : `${who.password}${index}` };
      }),
    );
    const answers = await Promise.all(
      journeys.map(async ({ journey, isRight, password }) => {
        const answer = await journey.post('password', { password });
        const code = answer.status === 200 ? 'passed' : problemOf(answer).code;
        return { journey, isRight, status: answer.status, code };
      }),
    );
    // On workerd a hash holds the whole isolate, so there is no second one that could find no place; whose commit waits for
    // too long behind the others is told that the store did not answer in time.
    const refused = runtime === 'deno' ? ['busy'] : ['busy', 'unavailable'];
    for (const { isRight, status, code } of answers) {
      const expected = [isRight ? 'passed' : 'wrong_password', ...refused];
      expect([isRight, expected.includes(code), code]).toEqual([isRight, true, code]);
      if (refused.includes(code)) expect(status).toBe(503);
    }
    const turnedAway = answers.filter(({ status }) => status === 503);
    if (runtime === 'deno') expect(turnedAway.length).toBeGreaterThan(0);
    expect(answers.length - turnedAway.length).toBeGreaterThanOrEqual(2);

    for (const { journey } of turnedAway.filter(({ isRight }) => isRight).slice(0, 3)) {
      expect((await journey.post('password', { password: who.password })).status).toBe(200);
    }
  });
});
