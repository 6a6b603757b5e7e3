// How a policy is written: in the configuration, in the store and by whoever edits one.
import * as v from 'valibot';
import { ASSURANCE_LEVELS } from './assurance-level.ts';
import { FACTOR_KINDS, type PolicyLayer, type PolicySource } from './policy.ts';

const seconds = (least: number, most: number): v.GenericSchema<number, number> =>
  v.pipe(
    v.number(),
    v.check(
      (value) => Number.isSafeInteger(value) && value >= least && value <= most,
      `must be a whole number from ${least} to ${most}`,
    ),
  );

const kinds = v.pipe(
  v.array(v.picklist(FACTOR_KINDS)),
  v.minLength(1, 'is empty, so nobody could sign in: list a kind, or leave it out to accept all'),
  v.check((list) => new Set(list).size === list.length, 'names a kind twice'),
);

const lifetime = v.optional(
  v.strictObject({ overall: v.optional(seconds(60, 2_592_000)), idle: v.optional(seconds(60, 2_592_000)) }),
);

/** Days that a member may be given to stop a reset, and with which a grace period can lie ahead. */
const LONGEST_DELAY_SECONDS = 7 * 86_400;
const LATEST = 4_102_444_800;

const moment = v.union(
  [
    seconds(0, LATEST),
    v.pipe(
      v.string(),
      v.check((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))),
      v.transform((text) => Date.parse(text) / 1000),
    ),
  ],
  'must be a day, e.g. "2027-01-31" (from 0:00 UTC on), or epoch seconds',
);

const common = {
  required: v.optional(v.boolean()),
  accepted: v.optional(kinds),
  least: v.optional(v.picklist(ASSURANCE_LEVELS)),
  grace: v.optional(v.strictObject({ until: moment, snoozes: seconds(0, 1000) })),
  sessions: v.optional(v.strictObject({ '1fa': lifetime, '2fa': lifetime, aal2: lifetime, phr: lifetime })),
  countries: v.optional(
    v.pipe(
      v.array(
        v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'must be two capital letters of ISO 3166-1, e.g. DK')),
      ),
      v.maxLength(250),
    ),
  ),
  resetDelaySeconds: v.optional(seconds(0, LONGEST_DELAY_SECONDS)),
};

/** A policy of an organisation or a site. */
export const policySchema = v.strictObject(common);

/** What is demanded of one member. */
export const memberPolicySchema = v.strictObject({ ...common, must: v.optional(kinds) });

export type PolicyBody = v.InferOutput<typeof policySchema>;
export type MemberPolicyBody = v.InferOutput<typeof memberPolicySchema>;

/** Makes a layer: what was left out stays out. */
export function layerFrom(source: PolicySource, body: MemberPolicyBody): PolicyLayer {
  const { required, accepted, least, must, grace, sessions, countries, resetDelaySeconds } = body;
  return {
    source,
    ...(required === undefined ? {} : { required }),
    ...(accepted === undefined ? {} : { accepted }),
    ...(least === undefined ? {} : { least }),
    ...(must === undefined ? {} : { must }),
    ...(grace === undefined ? {} : { grace }),
    ...(sessions === undefined ? {} : { sessions: lifetimesFrom(sessions) }),
    ...(countries === undefined ? {} : { countries }),
    ...(resetDelaySeconds === undefined ? {} : { resetDelaySeconds }),
  };
}

function lifetimesFrom(given: NonNullable<PolicyBody['sessions']>): NonNullable<PolicyLayer['sessions']> {
  const lifetimes = ASSURANCE_LEVELS.flatMap((level) => {
    const { overall, idle } = given[level] ?? {};
    return [
      [level, { ...(overall === undefined ? {} : { overall }), ...(idle === undefined ? {} : { idle }) }],
    ] as const;
  });
  return Object.fromEntries(lifetimes.filter(([, lifetime]) => Object.keys(lifetime).length > 0));
}

/**
 * Reads a policy that was stored.
 * @throws Error for one that this version does not understand: what it demands can't be guessed, so nobody passes.
 */
export function parseStoredPolicy(source: PolicySource, text: string): PolicyLayer {
  return layerFrom(source, v.parse(memberPolicySchema, JSON.parse(text)));
}
