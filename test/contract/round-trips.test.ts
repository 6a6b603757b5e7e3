// What each request costs: steps asked of the store, and the requests that really went there once scripts are known.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startInProcess, type InProcessService } from '../support/in-process.ts';
import { makeOrganization } from '../support/in-process-person.ts';
import { walk, WALKED_SITE } from '../support/walk.ts';

/** Round trips by request. A number may only grow with a reason that is written beside it. */
const ROUND_TRIPS: Readonly<Record<string, number>> = {
  health: 0,
  discovery: 0,
  JWKS: 0,
  asset: 0,
  'page of a set-up link': 0,
  'page after signing out': 0,
  'unknown address': 0,
  'page of an interaction': 0,
  // One to learn that there is no session, one to begin the interaction.
  'authorize without a session': 2,
  'authorize with a live session': 1,
  'silent authorize': 1,
  'view of an interaction': 1,
  identify: 1,
  // A secret has to be read first: one load that reserves the try, one atomic commit.
  'password, then a mailbox code': 2,
  'password, then the app': 2,
  // One load that reserves the try, one that records that it was wrong (S70).
  'wrong password': 2,
  'mailbox code again': 1,
  'mailbox code': 1,
  'wrong mailbox code': 1,
  'start of an enrolment': 2,
  'confirmation of an enrolment': 2,
  'recovery codes are saved': 1,
  // Whose number is to be sealed must be known first.
  'start of a phone': 2,
  'code again for what is set up': 1,
  'wrong code of a new phone': 1,
  // One that binds it; whose recovery codes are to be hashed is known only then.
  'confirmation of a phone': 2,
  'recovery codes again': 2,
  // The same, after the read that tells that this mailbox was proven in this sign-in.
  'set-up of the proven mailbox': 3,
  'code of the app': 2,
  'wrong code of the app': 2,
  'code by mail': 1,
  'code by text': 1,
  'code by call': 1,
  // Both sides are keyed hashes, which the step compares itself.
  'wrong code by mail': 1,
  'code by mail is right': 1,
  'code by text is right': 1,
  'call for help': 1,
  'wrong recovery code': 2,
  'recovery code': 2,
  'forgotten password': 1,
  'page of a new password': 0,
  'link of a new password': 1,
  'new password by mail': 2,
  'page of "this was not me"': 0,
  '"this was not me"': 1,
  'back to the site': 1,
  'code for tokens': 1,
  userinfo: 1,
  // The first after a sign-in: the second trip keeps what was decided of the session, for all that follow.
  'account page': 2,
  account: 1,
  'start of another factor': 2,
  'confirmation of another factor': 2,
  'disabling a factor': 2,
  'start of another phone': 2,
  'code again for another phone': 1,
  'confirmation of another phone': 1,
  'code to prove a factor': 1,
  'proof of the old number': 1,
  'start of another number': 2,
  'confirmation of another number': 1,
  'disabling a phone': 1,
  'naming a factor': 1,
  'default factor': 1,
  'changing the name': 1,
  'changing the password': 2,
  // One load that reserves the try, one that records that it was wrong (S70).
  'wrong password at a change': 2,
  'code to a new address': 1,
  'new address': 1,
  'code to a second address': 1,
  'second address': 1,
  'giving the second address up': 1,
  'new recovery codes': 2,
  'ending one session': 1,
  'ending all other sessions': 1,
  'signing out of the account': 1,
  // One to check where it may return to, one that ends the session.
  'signing out at the site': 2,
  'signing out without a session': 1,
};

interface Counts {
  readonly steps: number;
  readonly requests: number;
}

let service: InProcessService;
const cold = new Map<string, Counts>();
const warm = new Map<string, Counts>();

beforeAll(async () => {
  service = await startInProcess({ clients: [WALKED_SITE] });
  await makeOrganization(service);
  await walkAndCount(cold);
  await walkAndCount(warm);
});

afterAll(async () => {
  await service.stop();
});

describe('round trips', () => {
  it.each(Object.entries(ROUND_TRIPS))('design, round trips: %s asks %i', (name, expected) => {
    expect(warm.get(name)).toEqual({ steps: expected, requests: expected });
  });

  it('every request of the walk is in the table', () => {
    expect([...warm.keys()].sort()).toEqual(Object.keys(ROUND_TRIPS).sort());
  });

  it('a script that Redis does not know yet costs one request more, once, and no step more', () => {
    const of = (counts: ReadonlyMap<string, Counts>, field: keyof Counts): number =>
      [...counts.values()].reduce((sum, count) => sum + count[field], 0);
    expect(of(cold, 'steps')).toBe(of(warm, 'steps'));
    expect(of(cold, 'requests')).toBeGreaterThan(of(warm, 'requests'));
  });
});

async function walkAndCount(counts: Map<string, Counts>): Promise<void> {
  await walk(service, async (name, status, request) => {
    const before = { steps: service.steps(), requests: service.requests() };
    const answer = await request();
    if (answer.status !== status) throw new Error(`${name}: ${answer.status} ${answer.text}`);
    counts.set(name, {
      steps: service.steps() - before.steps,
      requests: service.requests() - before.requests,
    });
    return answer;
  });
}
