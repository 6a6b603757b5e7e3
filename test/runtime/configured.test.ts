// The service with what an operator may set beyond policy: shorter sessions (S49), and codes of clocks that run fast (S32).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askedCode, memberWithEmail } from '../flow/factors.ts';
import { startFlowWorld, type FlowWorld } from '../flow/flow-world.ts';
import { Journey } from '../flow/person.ts';
import { expectProblem, Portal } from '../flow/portal.ts';
import { type Member, memberWithApp, waitingForApp } from '../flow/shortcut.ts';
import { beginTotpStep } from '../flow/store.ts';
import { type Answer, Browser } from '../support/browser.ts';
import { totpCode } from '../support/totp.ts';

const SESSIONS = { '2fa': { overall: 7200, idle: 900 }, aal2: { overall: 3600, idle: 600 } };

describe.each(['workerd', 'deno'] as const)('as an operator set it, on %s', (runtime) => {
  let world: FlowWorld;
  beforeAll(async () => {
    world = await startFlowWorld(runtime, {
      variables: { PENUMBRA_SESSIONS: JSON.stringify(SESSIONS), PENUMBRA_TOTP_NEXT_CODE: 'true' },
    });
  });
  afterAll(async () => {
    await world.stop();
  });

  async function signedIn(
    { email, password }: Member,
    enrollmentId: string,
    codeOf: (journey: Journey) => string | Promise<string>,
  ): Promise<Portal> {
    const journey = await Journey.begin(new Browser(), `${world.issuer}/account`);
    await journey.firstFactor(email, password);
    const code = await codeOf(journey);
    expect(await journey.go('challenge', { enrollmentId, code })).toMatchObject({ step: 'done' });
    return new Portal(world, journey.browser);
  }

  async function byApp(): Promise<Portal> {
    const person = await memberWithApp(world);
    return signedIn(person, person.enrollmentId, () => totpCode(person.uri, world.now()));
  }

  async function byMail(): Promise<Portal> {
    const who = await memberWithEmail(world);
    return signedIn(who, who.factor.enrollmentId, (journey) => askedCode(world, journey, who.factor));
  }

  it.each([
    ['aal2', byApp, SESSIONS.aal2],
    ['2fa', byMail, SESSIONS['2fa']],
  ] as const)('S49: a session at %s ends as early as was said, unused and used', async (acr, begin, set) => {
    const begun = world.now();
    const used = await begin();
    expect((await used.view()).session.acr).toBe(acr);
    // When a session was used is noted by the minute.
    const step = set.idle - 150;
    await world.advance(step);
    expect((await used.read()).status).toBe(200);
    while (world.now() + step < begun + set.overall) {
      await world.advance(step);
      const after = world.now() - begun;
      expect([after, (await used.read()).status]).toEqual([after, 200]);
    }
    await world.advance(step + 60);
    expectProblem(await used.read(), 401, 'login_required');
    const idle = await begin();
    await world.advance(set.idle + 1);
    expectProblem(await idle.read(), 401, 'login_required');
  });

  it('S32: the code of the next half minute is taken where that is said, the one after it never, and each once', async () => {
    const person = await memberWithApp(world);
    const submit = async (shift: number): Promise<Answer> => {
      const journey = await waitingForApp(world, person);
      const code = totpCode(person.uri, world.now() + shift);
      return journey.post('challenge', { enrollmentId: person.enrollmentId, code });
    };
    await beginTotpStep(world);
    expectProblem(await submit(60), 401, 'wrong_code');
    expectProblem(await submit(-60), 401, 'wrong_code');
    expect((await submit(30)).json()).toMatchObject({ step: 'done' });
    // Not again, nor any that is older.
    for (const shift of [30, 0, -30]) expectProblem(await submit(shift), 401, 'code_used');
    await world.advance(30);
    expectProblem(await submit(0), 401, 'code_used');
    expect((await submit(30)).status).toBe(200);
  });
});
