// What a guess of a password costs, seen at the ports: the same work for every account, and none beyond a limit.
import { describe, expect, test } from 'vitest';
import { createClock } from '../../../worker/adapters/web-crypto/clock.ts';
import { createRandom } from '../../../worker/adapters/web-crypto/random.ts';
import { parseConfig } from '../../../worker/config.ts';
import { submitPassword } from '../../../worker/interaction/first-factor.ts';
import type { Outcome } from '../../../worker/interaction/outcome.ts';
import type { HashOutcome } from '../../../worker/ports/password-hasher.ts';
import type { Ports } from '../../../worker/ports/ports.ts';
import type { RedisPort } from '../../../worker/ports/redis.ts';
import { createIdentity } from '../../world/identity.ts';
import { workerVariables } from '../../world/worker-variables.ts';

const NOW = 1_900_000_000;
const PHC = '$scrypt$of-the-account';
const INVITED = {
  email: 'pat@example.com',
  name: 'Pat',
  status: 'invited',
  home: 'example',
  version: '1',
};
const ACCOUNT = { ...INVITED, status: 'active', password: PHC };
const INTERACTION = {
  step: 'first_factor',
  version: '2',
  expiresAt: String(NOW + 60),
  email: 'pat@example.com',
  target: JSON.stringify({ siteName: 'Penumbra', continueTo: '/account' }),
};

const addresses = {
  issuer: 'http://localhost:1',
  bridge: 'http://localhost:2',
  outbox: 'http://localhost:3',
};
const parsed = parseConfig(workerVariables(addresses, await createIdentity(), []));
if ('mistakes' in parsed) throw new Error(parsed.mistakes.join());
const { config } = parsed;

interface Guess {
  readonly outcome: Outcome;
  /** What was hashed, in order: the password and what it was compared with. */
  readonly hashed: readonly (readonly [string, string | undefined])[];
  /** The steps that the store was asked for, in order. */
  readonly steps: readonly string[];
}

/** Guesses a password where the store answers the load like this. */
async function guess(
  load: { readonly status: string },
  verified: HashOutcome<boolean> = { status: 'done', value: false },
): Promise<Guess> {
  const hashed: [string, string | undefined][] = [];
  const steps: string[] = [];
  const redis: RedisPort = {
    run: (step) => {
      steps.push(step.name);
      return Promise.resolve((step.name === 'reservePasswordGuess' ? load : { status: 'noted' }) as never);
    },
  };
  const refuseToBeAsked = (): never => {
    throw new Error('Nothing of this kind is needed for a guess.');
  };
  const ports: Ports = {
    redis,
    clock: createClock(),
    random: createRandom(),
    passwords: {
      hash: refuseToBeAsked,
      verify: (password, phc) => {
        hashed.push([password, phc]);
        return Promise.resolve(verified);
      },
    },
    vault: {
      // What the member is told if it locks the account.
      seal: () => Promise.resolve('sealed'),
      open: refuseToBeAsked,
      mac: refuseToBeAsked,
      macs: refuseToBeAsked,
      verifyMac: refuseToBeAsked,
    },
    mailer: { send: refuseToBeAsked, readReport: refuseToBeAsked },
    background: { run: refuseToBeAsked, pause: refuseToBeAsked },
    audit: { record: () => undefined, fault: () => undefined },
    assets: { read: refuseToBeAsked },
  };
  const asked = {
    service: { config, ports },
    request: {
      requestId: 'r',
      now: NOW,
      address: '10.0.0.1',
      addressGroup: '10.0.0.1',
      userAgent: '',
      language: 'en' as const,
    },
    id: 'i',
    browser: 'b',
    previousSession: 'session:none',
  };
  return { outcome: await submitPassword(asked, 'pa\u0308ssword'), hashed, steps };
}

describe('cost of a guess', () => {
  const reserved = { status: 'reserved', interaction: INTERACTION };

  test.each([
    ['an unknown address', reserved, undefined],
    ['an account', { ...reserved, sub: 's', account: ACCOUNT }, PHC],
    ['an invited account', { ...reserved, sub: 's', account: INVITED }, undefined],
    [
      'a suspended account',
      { ...reserved, sub: 's', account: { ...ACCOUNT, status: 'suspended' } },
      undefined,
    ],
  ])('S19, S76, bug 29: %s costs one hash and two trips', async (_name, load, phc) => {
    const { outcome, hashed, steps } = await guess(load);
    expect(outcome).toEqual({ kind: 'problem', code: 'wrong_password', extras: {} });
    // S02: the one change to what was typed is NFC.
    expect(hashed).toEqual([['p\u00e4ssword', phc]]);
    expect(steps).toHaveLength(2);
  });

  test('S76: beyond a limit nothing is hashed', async () => {
    const { outcome, hashed } = await guess({ status: 'throttled', retryAt: NOW + 60 } as { status: string });
    expect(outcome).toMatchObject({ kind: 'problem', code: 'throttled', extras: { retryAt: NOW + 60 } });
    expect(hashed).toEqual([]);
  });

  test('S76: where no place for hashing became free it is "busy", for every account, and never a pass', async () => {
    for (const load of [reserved, { ...reserved, sub: 's', account: ACCOUNT }]) {
      const { outcome, steps } = await guess(load, { status: 'busy' });
      expect(outcome).toEqual({ kind: 'problem', code: 'busy', extras: {} });
      expect(steps).toEqual(['reservePasswordGuess']);
    }
  });

  test('bug 6: a hasher that says yes opens no account that may not sign in', async () => {
    for (const account of [
      undefined,
      { ...ACCOUNT, status: 'suspended' },
      { ...ACCOUNT, status: 'invited' },
    ]) {
      const load = { ...reserved, ...(account ? { sub: 's', account } : {}) };
      const { outcome } = await guess(load, { status: 'done', value: true });
      expect(outcome).toMatchObject({ kind: 'problem', code: 'wrong_password' });
    }
  });
});
