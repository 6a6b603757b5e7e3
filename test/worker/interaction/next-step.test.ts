import { describe, expect, test } from 'vitest';
import { type Account, parseAccount } from '../../../worker/accounts/account.ts';
import { levelOf } from '../../../worker/assurance/assurance-level.ts';
import {
  evaluatePolicy,
  FACTOR_KINDS,
  type PolicyLayer,
  type PolicyOutcome,
} from '../../../worker/assurance/policy.ts';
import type { Target } from '../../../worker/interaction/interaction.ts';
import {
  afterFirstFactor,
  enrollableKinds,
  mayUse,
  type Next,
  waysOf,
} from '../../../worker/interaction/next-step.ts';
import { policyAt } from '../../../worker/interaction/policy-sources.ts';

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
const withMailbox = parseAccount('sub', { ...plain, 'enrollment:x': 'email' });
const withAll = parseAccount('sub', {
  ...plain,
  'enrollment:x': 'email',
  'enrollment:y': 'phone',
  'enrollment:z': 'totp',
});
const admin = parseAccount('sub', { ...plain, 'member:example': 'admin' });
const ALL = FACTOR_KINDS;

/** Names the step, the kinds that answer it, and the kinds that may be set up. */
function brief(next: Next): readonly unknown[] {
  switch (next.step) {
    case 'challenge':
      return [next.step, next.kinds, next.enrollment.kinds];
    case 'confirm_address':
    case 'grace':
      return [next.step, next.enrollment.kinds];
    case 'denied':
      return [next.step, next.reason];
    case 'done':
      return [next.step];
  }
}

/** Names what every proof that a journey takes leads to. */
function leadsTo(next: Next): readonly string[] {
  const ways = next.step === 'challenge' ? next.ways : {};
  return [...new Set(Object.values(ways).map(({ step }) => step))];
}

function policyFor(layer: PolicyLayer, target: Target): PolicyOutcome {
  return policyAt({ policy: layer, clients: [] }, target, undefined, 0);
}

describe('after the first factor', () => {
  test.each([
    ['nothing demanded, no factor', member, FREE, PORTAL, ['done']],
    ['nothing demanded, a factor', withApp, FREE, PORTAL, ['challenge', ['totp'], ALL]],
    ['demanded, no factor', member, DEMANDING, SITE, ['confirm_address', ALL]],
    ['demanded, a factor', withApp, DEMANDING, SITE, ['challenge', ['totp'], ALL]],
    ['several factors', withAll, DEMANDING, SITE, ['challenge', ALL, ALL]],
    [
      'asked for by the site alone',
      member,
      FREE,
      { ...SITE, requested: 'aal2' },
      ['confirm_address', ['totp', 'phone']],
    ],
    [
      'S21: a mailbox does not reach aal2, the others of the account do',
      withAll,
      FREE,
      { ...SITE, requested: 'aal2' },
      ['challenge', ['totp', 'phone'], ['totp', 'phone']],
    ],
    [
      'S21: whoever has a mailbox alone proves it and sets up what reaches aal2',
      withMailbox,
      FREE,
      { ...SITE, requested: 'aal2' },
      ['challenge', ['email'], ['totp', 'phone']],
    ],
    [
      'the site asks for less than the service',
      member,
      DEMANDING,
      { ...SITE, requested: '1fa' },
      ['confirm_address', ALL],
    ],
    [
      'more than any factor gives',
      withApp,
      FREE,
      { ...SITE, requested: 'phr' },
      ['denied', 'unmet_assurance'],
    ],
    [
      'S29: only the phone is accepted, and an administrator may not have it alone',
      admin,
      { ...DEMANDING, accepted: ['phone'] },
      SITE,
      ['denied', 'unmet_assurance'],
    ],
    [
      'a site of another organisation',
      withApp,
      DEMANDING,
      { ...SITE, organizationId: 'elsewhere' },
      ['denied', 'not_a_member'],
    ],
  ] as [string, Account, PolicyLayer, Target, readonly unknown[]][])(
    'S69, S48: %s',
    (_name, account, layer, target, expected) => {
      expect(brief(afterFirstFactor(account, target, policyFor(layer, target)))).toEqual(expected);
    },
  );

  test('S69: a proof ends the journey only where its kind is accepted; else a stronger factor is set up next', () => {
    const after = (account: Account, layer: PolicyLayer): Next =>
      afterFirstFactor(account, SITE, policyFor(layer, SITE));
    expect(leadsTo(after(withApp, DEMANDING))).toEqual(['done']);
    expect(leadsTo(after(withAll, { ...DEMANDING, accepted: ['totp'] }))).toEqual(['done']);
    for (const account of [withApp, withMailbox]) {
      expect(leadsTo(after(account, { ...DEMANDING, accepted: ['phone'] }))).toEqual(['enrollment']);
    }
    expect(leadsTo(after(withMailbox, { ...DEMANDING, least: 'aal2' }))).toEqual(['enrollment']);
    // Nothing is demanded, so the factor that they have is enough, although no policy names it.
    expect(leadsTo(after(withMailbox, { ...FREE, accepted: ['totp'] }))).toEqual(['done']);
  });
});

describe('what a proof leads to', () => {
  test('S21, S49: the session is as strong as what was proven, and lasts as long as that allows', () => {
    const { app, text, call, mail } = waysOf(FACTOR_KINDS, 'done');
    expect([app?.method, text?.method, call?.method, mail?.method]).toEqual(['totp', 'sms', 'tel', 'email']);
    for (const way of [app, text, call]) {
      expect(way).toMatchObject({ step: 'done', level: 'aal2', idleSeconds: 3600, overallSeconds: 86_400 });
    }
    expect(mail).toMatchObject({ level: '2fa', idleSeconds: 30 * 86_400, overallSeconds: 30 * 86_400 });
  });

  test('S69: what reaches "done" is never weaker than what was demanded', () => {
    for (const least of ['2fa', 'aal2'] as const) {
      const target = { ...SITE, requested: least };
      for (const account of [member, withApp, withMailbox, withAll]) {
        const next = afterFirstFactor(account, target, policyFor(FREE, target));
        const ways = [
          ...('ways' in next ? Object.values(next.ways) : []),
          ...('enrollment' in next ? Object.values(next.enrollment.ways) : []),
        ];
        expect(ways.length).toBeGreaterThan(0);
        for (const { step, level, method } of ways) {
          expect(levelOf(['password', method])).toBe(level);
          if (step === 'done' && least === 'aal2') expect(level).toBe('aal2');
          if (step === 'done') expect(level).not.toBe('1fa');
        }
      }
    }
  });

  test('S69: only the ways of the kinds that are given', () => {
    expect(Object.keys(waysOf(['totp'], 'done'))).toEqual(['app']);
    expect(Object.keys(waysOf(['email'], 'enrollment'))).toEqual(['mail']);
    expect(waysOf(['phone'], 'enrollment')).toMatchObject({
      text: { step: 'enrollment' },
      call: { step: 'enrollment' },
    });
    expect(waysOf([], 'done')).toEqual({});
  });
});

describe('what may be set up', () => {
  test('S29: an administrator gets no phone while it would be the only factor', () => {
    for (const role of ['admin', 'owner']) {
      const account = parseAccount('sub', { ...plain, 'member:example': role });
      expect(enrollableKinds(account, ALL)).toEqual(['totp', 'email']);
      expect(enrollableKinds(account, ALL, ['phone'])).toEqual(['totp', 'email']);
      expect(enrollableKinds(account, ALL, ['phone', 'email'])).toEqual(ALL);
      expect(enrollableKinds(account, ['phone'])).toEqual([]);
    }
    const elsewhere = parseAccount('sub', { ...plain, 'member:elsewhere': 'admin', 'enrollment:x': 'phone' });
    expect(enrollableKinds(elsewhere, ALL)).toEqual(['totp', 'email']);
  });

  test('S29: others, and administrators with another factor, may set up all that policy accepts', () => {
    const adminWithApp = parseAccount('sub', {
      ...plain,
      'member:example': 'admin',
      'enrollment:x': 'totp',
    });
    for (const account of [member, withApp, adminWithApp]) {
      expect(enrollableKinds(account, ALL)).toEqual(ALL);
      expect(enrollableKinds(account, ['phone'])).toEqual(['phone']);
      expect(enrollableKinds(account, [])).toEqual([]);
    }
    // What is given up does not count.
    expect(enrollableKinds(adminWithApp, ALL, [])).toEqual(['totp', 'email']);
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

describe('what is demanded soon, and kinds that a member must have', () => {
  const UNTIL = 1000;
  const soon: PolicyLayer = {
    source: 'organization',
    required: true,
    accepted: ['totp'],
    grace: { until: UNTIL, snoozes: 3 },
  };
  const decided = (layers: readonly PolicyLayer[], now = 0): PolicyOutcome => evaluatePolicy(layers, now);
  const after = (account: Account, layers: readonly PolicyLayer[], count = 0, now = 0): Next =>
    afterFirstFactor(account, PORTAL, decided(layers, now), { count, until: UNTIL });

  test.each([
    ['no factor, nothing else demanded', member, [soon], 0, ['grace', ['totp']]],
    [
      'no factor, and the service demands one now',
      member,
      [DEMANDING, soon],
      0,
      ['confirm_address', ['totp']],
    ],
    ['the last snooze is used', member, [soon], 3, ['confirm_address', ['totp']]],
    ['whoever has it is not asked', withApp, [soon], 0, ['challenge', ['totp'], ALL]],
    ['a mailbox counts until then', withMailbox, [soon], 0, ['challenge', ['email'], ['totp']]],
    ['a mailbox counts no more', withMailbox, [soon], 3, ['challenge', ['email'], ['totp']]],
  ] as [string, Account, readonly PolicyLayer[], number, readonly unknown[]][])(
    'S69: %s',
    (_name, account, layers, count, expected) => {
      expect(brief(after(account, layers, count))).toEqual(expected);
    },
  );

  test('S69: a proof leads to the choice while it may be put off, and then to the set-up', () => {
    expect(leadsTo(after(withMailbox, [soon]))).toEqual(['grace']);
    expect(leadsTo(after(withMailbox, [soon], 2))).toEqual(['grace']);
    expect(leadsTo(after(withMailbox, [soon], 3))).toEqual(['enrollment']);
    expect(leadsTo(after(withMailbox, [soon], 0, UNTIL))).toEqual(['enrollment']);
    expect(leadsTo(after(withApp, [soon]))).toEqual(['done']);
    // What was put off for another date is another count.
    const next = afterFirstFactor(withMailbox, PORTAL, decided([soon]), { count: 3, until: UNTIL - 1 });
    expect(leadsTo(next)).toEqual(['grace']);
    expect(after(withMailbox, [soon], 1)).toMatchObject({ grace: { until: UNTIL, snoozes: 3 } });
  });

  test('S69: what is demanded now can not be put off by what is demanded soon', () => {
    const now: PolicyLayer = { source: 'service', least: 'aal2' };
    expect(leadsTo(after(withMailbox, [now, soon]))).toEqual(['enrollment']);
    const requested: PolicyLayer = { source: 'requested', least: 'aal2' };
    expect(leadsTo(after(withMailbox, [soon, requested]))).toEqual(['enrollment']);
  });

  test('S69: a kind that is missing is set up beside what there is, whether that counts or not', () => {
    const must: PolicyLayer = { source: 'member', must: ['totp'] };
    expect(brief(after(member, [must]))).toEqual(['confirm_address', ['totp']]);
    expect(brief(after(withMailbox, [must]))).toEqual(['challenge', ['email'], ['totp']]);
    const { ways } = after(withMailbox, [must]) as Extract<Next, { step: 'challenge' }>;
    expect(ways.mail).toMatchObject({ step: 'enrollment', because: 'demanded' });
    expect(leadsTo(after(withApp, [must]))).toEqual(['done']);
    expect(leadsTo(after(withAll, [must]))).toEqual(['done']);
    const later = { ...must, grace: { until: UNTIL, snoozes: 1 } };
    expect(leadsTo(after(withMailbox, [later]))).toEqual(['grace']);
    expect(leadsTo(after(withMailbox, [later], 1))).toEqual(['enrollment']);
  });

  test('S29, S69: an administrator who must have a phone, and it alone, is not let in without another factor', () => {
    const must: PolicyLayer = { source: 'member', must: ['phone'] };
    expect(brief(after(admin, [must]))).toEqual(['denied', 'unmet_assurance']);
  });
});
