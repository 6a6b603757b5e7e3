import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ASSURANCE_LEVELS,
  type AssuranceLevel,
  levelOf,
  parseLevel,
  reaches,
  requestedLevel,
  stronger,
} from '../../../worker/assurance/assurance-level.ts';
import {
  amrOf,
  type AuthenticationMethod,
  isMultiFactor,
  parseMethods,
} from '../../../worker/assurance/authentication-method.ts';
import {
  evaluatePolicy,
  FACTOR_KINDS,
  LEVEL_BY_KIND,
  meetsPolicy,
  type PolicyLayer,
  type PolicyOutcome,
  proofsAskedFor,
  strongestOf,
} from '../../../worker/assurance/policy.ts';

const level = fc.constantFrom<AssuranceLevel>(...ASSURANCE_LEVELS);

describe('level', () => {
  test('S21: a password with an app, a text or a call is aal2; with a mailbox 2fa; nothing here claims phr', () => {
    const cases: readonly (readonly [readonly AuthenticationMethod[], AssuranceLevel])[] = [
      [[], '1fa'],
      [['password'], '1fa'],
      [['totp'], '1fa'],
      [['email'], '1fa'],
      [['sms', 'tel', 'totp', 'email'], '1fa'],
      [['password', 'password'], '1fa'],
      [['totp', 'totp'], '1fa'],
      [['password', 'totp'], 'aal2'],
      [['totp', 'password'], 'aal2'],
      [['password', 'sms'], 'aal2'],
      [['password', 'tel'], 'aal2'],
      [['password', 'email'], '2fa'],
      [['email', 'password', 'email'], '2fa'],
      [['password', 'email', 'totp'], 'aal2'],
    ];
    for (const [methods, expected] of cases) expect([methods, levelOf(methods)]).toEqual([methods, expected]);
  });

  test('S21: a mailbox adds nothing to what the other proofs reach, and never gives aal2', () => {
    const method = fc.constantFrom<AuthenticationMethod>('password', 'totp', 'email', 'sms', 'tel');
    fc.assert(
      fc.property(fc.array(method, { maxLength: 5 }), (methods) => {
        const others = methods.filter((one) => one !== 'email');
        const reached = levelOf([...methods, 'email']);
        if (levelOf(others) !== 'aal2') expect(reaches(reached, 'aal2')).toBe(false);
        expect(isMultiFactor([...methods, 'email'])).toBe(isMultiFactor(others));
        expect(reaches(reached, 'phr')).toBe(false);
      }),
    );
  });

  test('S62: a level reaches itself and what is weaker, and "stronger" is never weaker than either', () => {
    fc.assert(
      fc.property(level, level, (one, other) => {
        expect(reaches(one, one)).toBe(true);
        expect(reaches(one, other) || reaches(other, one)).toBe(true);
        if (one !== other) expect(reaches(one, other)).not.toBe(reaches(other, one));
        const both = stronger(one, other);
        expect([reaches(both, one), reaches(both, other), [one, other].includes(both)]).toEqual([
          true,
          true,
          true,
        ]);
      }),
    );
    expect(reaches('phr', 'aal2') && reaches('aal2', '2fa') && reaches('2fa', '1fa')).toBe(true);
  });

  test('S61: acr_values: the weakest level that is named, others are ignored', () => {
    expect(requestedLevel(undefined)).toBeUndefined();
    expect(requestedLevel('')).toBeUndefined();
    expect(requestedLevel('urn:mace:incommon:iap:silver')).toBeUndefined();
    expect(requestedLevel('phr aal2')).toBe('aal2');
    expect(requestedLevel('unknown phr')).toBe('phr');
    expect(requestedLevel('AAL2')).toBeUndefined();
  });

  test('S54: a level that is not ours is none', () => {
    for (const text of ['', 'aal3', 'constructor', '__proto__', 'AAL2'])
      expect(parseLevel(text)).toBeUndefined();
  });
});

describe('methods', () => {
  test('RFC 8176: amr says what happened and nothing more', () => {
    expect(amrOf([])).toEqual([]);
    expect(amrOf(['password'])).toEqual(['pwd']);
    expect(amrOf(['totp'])).toEqual(['otp']);
    expect(amrOf(['password', 'totp'])).toEqual(['pwd', 'otp', 'mfa']);
    expect(amrOf(['password', 'sms'])).toEqual(['pwd', 'sms', 'mfa']);
    expect(amrOf(['password', 'tel'])).toEqual(['pwd', 'tel', 'mfa']);
  });

  test('S21, RFC 8176: a mailbox is a second step and no second factor, so `mfa` is not claimed', () => {
    expect(amrOf(['email'])).toEqual(['otp']);
    expect(amrOf(['password', 'email'])).toEqual(['pwd', 'otp']);
    // One word for each kind of proof, however many there were.
    expect(amrOf(['password', 'email', 'totp'])).toEqual(['pwd', 'otp', 'mfa']);
  });

  test('S54: a stored list drops what is not known, also names that every object has', () => {
    expect(parseMethods('password,totp')).toEqual(['password', 'totp']);
    expect(parseMethods('password,email,sms,tel')).toEqual(['password', 'email', 'sms', 'tel']);
    expect(parseMethods('')).toEqual([]);
    for (const text of [
      'password,phone',
      'password,toString',
      'password,constructor',
      'password, totp',
      'password,__proto__',
    ]) {
      expect([text, parseMethods(text)]).toEqual([text, ['password']]);
      expect(isMultiFactor(parseMethods(text))).toBe(false);
    }
  });
});

describe('policy', () => {
  const layer: fc.Arbitrary<PolicyLayer> = fc.record(
    {
      source: fc.constantFrom('service', 'organization', 'site', 'member', 'requested'),
      required: fc.boolean(),
      accepted: fc.subarray([...FACTOR_KINDS]),
      least: level,
    },
    { requiredKeys: ['source'] },
  );

  test('design, policy: the strictest of all layers wins, and the outcome says which of them ask', () => {
    const cases: readonly (readonly [readonly PolicyLayer[], object])[] = [
      [[], { required: false, accepted: FACTOR_KINDS, least: '1fa', reasons: [] }],
      [[{ source: 'service' }], { required: false, accepted: FACTOR_KINDS, least: '1fa', reasons: [] }],
      [
        [{ source: 'service', required: true }],
        { required: true, accepted: FACTOR_KINDS, least: '2fa', reasons: ['service'] },
      ],
      [
        [{ source: 'service', required: false, least: 'aal2' }],
        { required: true, accepted: ['totp', 'phone'], least: 'aal2', reasons: ['service'] },
      ],
      [
        [
          { source: 'service', required: true },
          { source: 'requested', least: '1fa' },
        ],
        { required: true, accepted: FACTOR_KINDS, least: '2fa', reasons: ['service'] },
      ],
      [
        [
          { source: 'service', least: 'aal2' },
          { source: 'site', required: false },
          { source: 'member', required: true },
        ],
        { required: true, accepted: ['totp', 'phone'], least: 'aal2', reasons: ['service', 'member'] },
      ],
      [
        [{ source: 'service' }, { source: 'requested', least: 'phr' }],
        { required: true, accepted: [], least: 'phr', reasons: ['requested'] },
      ],
      [
        [{ source: 'service', required: true, accepted: [] }],
        { required: true, accepted: [], least: '2fa', reasons: ['service'] },
      ],
    ];
    for (const [layers, expected] of cases)
      expect([layers, evaluatePolicy(layers)]).toMatchObject([layers, expected]);
  });

  test('S21, S29: no kind is accepted that a layer leaves out, or that can not reach what is demanded', () => {
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 5 }), (layers) => {
        const { accepted, least } = evaluatePolicy(layers);
        for (const kind of accepted) {
          expect(reaches(LEVEL_BY_KIND[kind], least)).toBe(true);
          expect(layers.every((one) => one.accepted?.includes(kind) ?? true)).toBe(true);
        }
        if (reaches(least, 'aal2')) expect(accepted).not.toContain('email');
      }),
    );
    expect(strongestOf([])).toBe('1fa');
    expect(strongestOf(['email'])).toBe('2fa');
    expect(strongestOf(['email', 'phone'])).toBe('aal2');
  });

  test('design, policy: one more layer never weakens what is demanded, wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 5 }), layer, fc.nat(5), (layers, added, at) => {
        const before = evaluatePolicy(layers);
        const after = evaluatePolicy(layers.toSpliced(at, 0, added));
        expect(reaches(after.least, before.least)).toBe(true);
        expect(after.required || !before.required).toBe(true);
        expect(after.accepted.every((kind) => before.accepted.includes(kind))).toBe(true);
        expect(after.reasons.length).toBeGreaterThanOrEqual(before.reasons.length);
      }),
    );
  });

  test('design, policy: the order of the layers does not matter, and the same layer twice is that layer', () => {
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 5 }), (layers) => {
        const { reasons, ...outcome } = evaluatePolicy(layers);
        const turned = evaluatePolicy(layers.toReversed());
        expect(turned).toEqual({ ...outcome, reasons: reasons.toReversed() });
        expect(evaluatePolicy([...layers, ...layers])).toMatchObject(outcome);
      }),
    );
  });
});

describe('what a session that was begun before is worth now', () => {
  const demand = (layer: Omit<PolicyLayer, 'source'>): PolicyOutcome =>
    evaluatePolicy([{ source: 'service', ...layer }]);
  const byMail = { level: '2fa', methods: ['password', 'email'] } as const;
  const byText = { level: 'aal2', methods: ['password', 'sms'] } as const;
  const alone = { level: '1fa', methods: ['password'] } as const;

  test('S54: nothing where it is weaker than what is demanded', () => {
    expect(
      [alone, byMail, byText].map((session) => meetsPolicy(session, demand({ required: true }))),
    ).toEqual([false, true, true]);
    expect(meetsPolicy(byMail, demand({ least: 'aal2' }))).toBe(false);
    expect([alone, byMail, byText].map((session) => meetsPolicy(session, demand({})))).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('S29: nothing where its kind of factor is not accepted any more, however strong it is', () => {
    const noPhone = demand({ required: true, accepted: ['totp', 'email'] });
    expect([byText, byMail].map((session) => meetsPolicy(session, noPhone))).toEqual([false, true]);
    expect(proofsAskedFor(noPhone)).toEqual(['totp', 'email']);
    expect(proofsAskedFor(demand({ accepted: ['totp'] }))).toBeUndefined();
  });
});
