import { describe, expect, test } from 'vitest';
import { parseAccount } from '../../../worker/accounts/account.ts';
import type { PolicyLayer } from '../../../worker/assurance/policy.ts';
import type { Target } from '../../../worker/interaction/interaction.ts';
import {
  afterFirstFactor,
  afterSecondFactor,
  mayUse,
  policyFor,
} from '../../../worker/interaction/next-step.ts';

const SITE: Target = { siteName: 'Site', organizationId: 'example', continueTo: '/' };
const PORTAL: Target = { siteName: 'Penumbra', continueTo: '/account' };
const FREE: PolicyLayer = { source: 'service' };
const DEMANDING: PolicyLayer = { source: 'service', required: true };

const plain = {
  email: 'pat@example.com',
  name: 'Pat',
  status: 'active',
  home: 'example',
  version: '1',
  'member:example': 'member',
};
const member = parseAccount('sub', plain);
const withApp = parseAccount('sub', { ...plain, 'enrollment:x': 'totp' });

describe('after the first factor', () => {
  test.each([
    ['nothing demanded, no factor', member, FREE, PORTAL, { step: 'done' }],
    ['nothing demanded, a factor', withApp, FREE, PORTAL, { step: 'challenge' }],
    ['demanded, no factor', member, DEMANDING, SITE, { step: 'confirm_address' }],
    ['demanded, a factor', withApp, DEMANDING, SITE, { step: 'challenge' }],
    [
      'asked for by the site alone',
      member,
      FREE,
      { ...SITE, requested: 'aal2' },
      { step: 'confirm_address' },
    ],
    [
      'the site asks for less than the service',
      member,
      DEMANDING,
      { ...SITE, requested: '1fa' },
      { step: 'confirm_address' },
    ],
    [
      'more than any factor gives',
      withApp,
      FREE,
      { ...SITE, requested: 'phr' },
      { step: 'denied', reason: 'unmet_assurance' },
    ],
    [
      'a site of another organisation',
      withApp,
      DEMANDING,
      { ...SITE, organizationId: 'elsewhere' },
      { step: 'denied', reason: 'not_a_member' },
    ],
  ] as const)('S69, S48: %s', (_name, account, layer, target, expected) => {
    expect(afterFirstFactor(account, target, policyFor(layer, target))).toEqual(expected);
  });
});

describe('after the second factor', () => {
  test('S69: the proofs together must reach what is demanded', () => {
    const demanded = policyFor(DEMANDING, SITE);
    expect(afterSecondFactor(['password', 'totp'], demanded)).toEqual({ step: 'done' });
    for (const methods of [[], ['password'], ['totp'], ['totp', 'totp']] as const) {
      expect(afterSecondFactor(methods, demanded)).toEqual({ step: 'denied', reason: 'unmet_assurance' });
    }
    const higher = policyFor(DEMANDING, { ...SITE, requested: 'phr' });
    expect(afterSecondFactor(['password', 'totp'], higher)).toEqual({
      step: 'denied',
      reason: 'unmet_assurance',
    });
  });
});

describe('who may use a site', () => {
  test('S86: members of its organisation; the portal is for every account', () => {
    expect(mayUse(member, SITE)).toBe(true);
    expect(mayUse(member, { ...SITE, organizationId: 'elsewhere' })).toBe(false);
    expect(mayUse(member, { ...SITE, organizationId: 'toString' })).toBe(false);
    expect(mayUse(member, PORTAL)).toBe(true);
  });
});
