// Policies in layers: whatever is added, nothing is demanded less, later or for fewer; exemptions and grace periods lift what
// they may and nothing else.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ASSURANCE_LEVELS, reaches } from '../../../worker/assurance/assurance-level.ts';
import {
  decidedUntil,
  decidePolicy,
  type Demand,
  evaluatePolicy,
  FACTOR_KINDS,
  hasWhatIsDemanded,
  type PolicyLayer,
  type PolicyOutcome,
  type PolicySources,
} from '../../../worker/assurance/policy.ts';

const NOW = 1000;
const RUNS = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) };

const kinds = fc.subarray([...FACTOR_KINDS], { minLength: 1 });
const seconds = fc.integer({ min: 60, max: 3_000_000 });
const lifetime = fc.record({ overall: seconds, idle: seconds }, { requiredKeys: [] });
const layer: fc.Arbitrary<PolicyLayer> = fc.record(
  {
    source: fc.constantFrom('service', 'organization', 'site', 'member'),
    required: fc.boolean(),
    accepted: kinds,
    least: fc.constantFrom(...ASSURANCE_LEVELS),
    must: kinds,
    grace: fc.record({
      until: fc.integer({ min: 1, max: 2 * NOW }),
      snoozes: fc.integer({ min: 0, max: 5 }),
    }),
    sessions: fc.record(
      { '1fa': lifetime, '2fa': lifetime, aal2: lifetime, phr: lifetime },
      { requiredKeys: [] },
    ),
    countries: fc.subarray(['DK', 'SE', 'GB', 'DE']),
    resetDelaySeconds: fc.integer({ min: 0, max: 604_800 }),
  },
  { requiredKeys: ['source'] },
);
const layers = fc.array(layer, { maxLength: 5 });

/** What is demanded from then on: soon, or now where nothing is put off. */
function atLast(outcome: PolicyOutcome): Demand {
  return outcome.coming ?? outcome;
}

function expectNotWeaker(one: Demand, other: Demand): void {
  expect(reaches(one.least, other.least)).toBe(true);
  expect(one.required || !other.required).toBe(true);
  expect(one.accepted.filter((kind) => !other.accepted.includes(kind))).toEqual([]);
  expect(other.must.filter((kind) => !one.must.includes(kind))).toEqual([]);
  expect(other.reasons.filter((reason) => !one.reasons.includes(reason))).toEqual([]);
}

describe('layers', () => {
  test('adding any layer, anywhere, never makes the outcome weaker: demands now and soon, sessions, countries, delays', () => {
    fc.assert(
      fc.property(layers, layer, fc.nat(), (base, added, place) => {
        const at = place % (base.length + 1);
        const before = evaluatePolicy(base, NOW);
        const after = evaluatePolicy([...base.slice(0, at), added, ...base.slice(at)], NOW);
        expectNotWeaker(after, before);
        expectNotWeaker(atLast(after), atLast(before));
        if (before.coming) {
          expect(after.coming?.until).toBeLessThanOrEqual(before.coming.until);
          expect(after.coming?.snoozes).toBeLessThanOrEqual(before.coming.snoozes);
        }
        for (const level of ASSURANCE_LEVELS) {
          expect(after.sessions[level].overall).toBeLessThanOrEqual(before.sessions[level].overall);
          expect(after.sessions[level].idle).toBeLessThanOrEqual(before.sessions[level].idle);
        }
        if (before.countries) {
          const allowed = before.countries;
          expect((after.countries ?? ['any']).filter((country) => !allowed.includes(country))).toEqual([]);
        }
        expect(after.resetDelaySeconds).toBeGreaterThanOrEqual(before.resetDelaySeconds);
      }),
      RUNS,
    );
  });

  test('what comes is never weaker than what is in force, and time takes nothing back', () => {
    fc.assert(
      fc.property(layers, fc.integer({ min: 0, max: NOW }), (base, later) => {
        const today = evaluatePolicy(base, NOW);
        expectNotWeaker(atLast(today), today);
        expectNotWeaker(evaluatePolicy(base, NOW + later), today);
        if (today.coming) expect(evaluatePolicy(base, today.coming.until - 1).coming).toBeDefined();
      }),
      RUNS,
    );
  });

  test('whoever has what many layers demand has what each of fewer demands', () => {
    fc.assert(
      fc.property(layers, layer, fc.subarray([...FACTOR_KINDS]), (base, added, enrolled) => {
        if (!hasWhatIsDemanded(enrolled, evaluatePolicy([...base, added], NOW))) return;
        expect(hasWhatIsDemanded(enrolled, evaluatePolicy(base, NOW))).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('exemptions', () => {
  const source = fc.record({
    service: layer.map((one) => ({ ...one, source: 'service' as const })),
    home: layer.map((one) => ({ ...one, source: 'organization' as const })),
    member: layer.map((one) => ({ ...one, source: 'member' as const })),
    other: layer.map((one) => ({ ...one, source: 'organization' as const })),
    site: layer.map((one) => ({ ...one, source: 'site' as const })),
  });

  function sourcesOf(
    { service, home, member, other, site }: typeof source extends fc.Arbitrary<infer T> ? T : never,
    exemptUntil: number | undefined,
  ): PolicySources {
    return {
      service,
      organizations: [
        { id: 'home', policy: home, member, ...(exemptUntil === undefined ? {} : { exemptUntil }) },
        { id: 'other', policy: other },
      ],
      site: { organizationId: 'other', policy: site },
    };
  }

  test('lift what their own organisation demands: never what the service, another one or the site asks', () => {
    fc.assert(
      fc.property(source, (drawn) => {
        const exempt = decidePolicy(sourcesOf(drawn, NOW + 1), NOW);
        const rest = evaluatePolicy([drawn.service, drawn.other, drawn.site], NOW);
        expectNotWeaker(exempt, rest);
        expectNotWeaker(rest, exempt);
        // Sessions, countries and the delay are no second factor, so they stay.
        const all = decidePolicy(sourcesOf(drawn, undefined), NOW);
        expect([exempt.sessions, exempt.countries, exempt.resetDelaySeconds]).toEqual([
          all.sessions,
          all.countries,
          all.resetDelaySeconds,
        ]);
        // It is over on its date.
        expect(decidePolicy(sourcesOf(drawn, NOW), NOW)).toEqual(all);
      }),
      RUNS,
    );
  });

  test('nothing that was decided changes by itself before the time that is told', () => {
    fc.assert(
      fc.property(
        source,
        fc.option(fc.integer({ min: 1, max: 2 * NOW }), { nil: undefined }),
        (drawn, exemptUntil) => {
          const sources = sourcesOf(drawn, exemptUntil);
          const until = Math.min(decidedUntil(sources, NOW), 3 * NOW);
          expect(decidePolicy(sources, until - 1)).toEqual(decidePolicy(sources, NOW));
        },
      ),
      RUNS,
    );
  });
});
