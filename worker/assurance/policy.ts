// What is demanded of a sign-in, and why. Pure: no I/O, no clock. The strictest of all layers wins, so that adding
// a layer never weakens the outcome. It must not know where a layer comes from.
import type { EpochSeconds } from '../ports/clock.ts';
import { ASSURANCE_LEVELS, type AssuranceLevel, reaches, stronger } from './assurance-level.ts';
import { type AuthenticationMethod, METHODS_BY_KIND } from './authentication-method.ts';
import { LONGEST_SESSIONS, type SessionLifetime, type SessionLifetimes } from './session-lifetime.ts';

/** A kind of factor that a person can register. */
export type FactorKind = 'totp' | 'email' | 'phone';

/** The best level that a kind can give as the second factor. Email is never more than `2fa` (S21). */
export const LEVEL_BY_KIND: Readonly<Record<FactorKind, AssuranceLevel>> = {
  totp: 'aal2',
  phone: 'aal2',
  email: '2fa',
};

/** Every kind, in the order in which they are offered. A new kind is one entry above and one folder in `factors/`. */
export const FACTOR_KINDS: readonly FactorKind[] = ['totp', 'phone', 'email'];

/** Gives the strongest level that any of these kinds can give; `1fa` for none. */
export function strongestOf(kinds: Iterable<FactorKind>): AssuranceLevel {
  let strongest: AssuranceLevel = '1fa';
  for (const kind of kinds) strongest = stronger(strongest, LEVEL_BY_KIND[kind]);
  return strongest;
}

export type PolicySource = 'service' | 'organization' | 'site' | 'member' | 'requested';

/** What one layer says. What it leaves out it does not demand. */
export interface PolicyLayer {
  readonly source: PolicySource;
  readonly required?: boolean;
  readonly accepted?: readonly FactorKind[];
  readonly least?: AssuranceLevel;
  /** Kinds of which the member has to have a factor each: at the next sign-in they set it up. */
  readonly must?: readonly FactorKind[];
  /** Until then what this layer demands may be put off, so many times. */
  readonly grace?: { readonly until: EpochSeconds; readonly snoozes: number };
  /** Shorter sessions; what is longer than the longest is that. */
  readonly sessions?: Readonly<Partial<Record<AssuranceLevel, Partial<SessionLifetime>>>>;
  /** ISO 3166-1 alpha-2: phones of other countries are refused. */
  readonly countries?: readonly string[];
  /** Seconds that a member has to stop a reset. */
  readonly resetDelaySeconds?: number;
}

/** What is demanded at one time. `reasons` names the layers that ask for a second factor. */
export interface Demand {
  readonly required: boolean;
  /** Empty when no registered kind satisfies all layers: then nobody passes. */
  readonly accepted: readonly FactorKind[];
  readonly least: AssuranceLevel;
  readonly must: readonly FactorKind[];
  readonly reasons: readonly PolicySource[];
}

/** What all layers demand together now, and what comes when a grace period is over. */
export interface PolicyOutcome extends Demand {
  readonly coming?: Demand & { readonly until: EpochSeconds; readonly snoozes: number };
  readonly sessions: SessionLifetimes;
  /** Absent: as the configuration says. */
  readonly countries?: readonly string[];
  readonly resetDelaySeconds: number;
}

/** Evaluates the layers in one pass. `now` in epoch seconds decides which grace periods run. */
export function evaluatePolicy(layers: readonly PolicyLayer[], now: EpochSeconds = 0): PolicyOutcome {
  const putOff = layers.filter(
    (layer) => layer.grace !== undefined && layer.grace.until > now && demands(layer),
  );
  const inForce = demandOf(layers.filter((layer) => !putOff.includes(layer)));
  const graces = putOff.flatMap(({ grace }) => (grace ? [grace] : []));
  const countries = layers.flatMap((layer) => (layer.countries ? [layer.countries] : []));
  return {
    ...inForce,
    ...(graces.length === 0
      ? {}
      : {
          coming: {
            ...demandOf(layers),
            until: Math.min(...graces.map(({ until }) => until)),
            snoozes: Math.min(...graces.map(({ snoozes }) => snoozes)),
          },
        }),
    sessions: shortest(layers),
    ...(countries.length === 0
      ? {}
      : { countries: countries.reduce((all, these) => all.filter((country) => these.includes(country))) }),
    resetDelaySeconds: Math.max(0, ...layers.map(({ resetDelaySeconds = 0 }) => resetDelaySeconds)),
  };
}

function demands({ required, least, must = [], accepted }: PolicyLayer): boolean {
  return required === true || (least ?? '1fa') !== '1fa' || must.length > 0 || accepted !== undefined;
}

function demandOf(layers: readonly PolicyLayer[]): Demand {
  let least: AssuranceLevel = '1fa';
  let accepted: readonly FactorKind[] = FACTOR_KINDS;
  const must = new Set<FactorKind>();
  const reasons: PolicySource[] = [];
  for (const layer of layers) {
    for (const kind of layer.must ?? []) must.add(kind);
    const asks = layer.required === true || (layer.must ?? []).length > 0;
    const demanded = stronger(asks ? '2fa' : '1fa', layer.least ?? '1fa');
    if (demanded !== '1fa') reasons.push(layer.source);
    least = stronger(least, demanded);
    const named = layer.accepted;
    if (named) accepted = accepted.filter((kind) => named.includes(kind));
  }
  return {
    required: least !== '1fa',
    accepted: accepted.filter((kind) => reaches(LEVEL_BY_KIND[kind], least)),
    least,
    must: FACTOR_KINDS.filter((kind) => must.has(kind)),
    reasons,
  };
}

function shortest(layers: readonly PolicyLayer[]): SessionLifetimes {
  const of = (level: AssuranceLevel): SessionLifetime => {
    const said = layers.map(({ sessions }) => sessions?.[level] ?? {});
    const { overall, idle } = LONGEST_SESSIONS[level];
    return {
      overall: Math.min(overall, ...said.map((one) => one.overall ?? overall)),
      idle: Math.min(idle, ...said.map((one) => one.idle ?? idle)),
    };
  };
  return { '1fa': of('1fa'), '2fa': of('2fa'), aal2: of('aal2'), phr: of('phr') };
}

/** What of an organisation counts for one of its accounts. */
export interface OrganizationPolicy {
  readonly id: string;
  readonly policy?: PolicyLayer;
  /** What is demanded of this member alone. */
  readonly member?: PolicyLayer;
  /** Until then this organisation demands no second factor of this member; what others demand stays. */
  readonly exemptUntil?: EpochSeconds;
}

/** Everything that counts for one account at one place. */
export interface PolicySources {
  /** The configuration's: a floor that no page can weaken and no exemption lifts. */
  readonly service: PolicyLayer;
  /** The account's home first, then the site's where that is another. */
  readonly organizations: readonly OrganizationPolicy[];
  readonly site?: { readonly organizationId: string; readonly policy: PolicyLayer };
  /** The least level that the relying party asked for. */
  readonly requested?: AssuranceLevel;
}

/** Gives the layers that count. An exemption takes away what its own organisation demands, and nothing else. */
export function layersOf(sources: PolicySources, now: EpochSeconds): readonly PolicyLayer[] {
  const { service, organizations, site, requested } = sources;
  const layers: PolicyLayer[] = [service];
  for (const { id, policy, member, exemptUntil = 0 } of organizations) {
    const own = [policy, site?.organizationId === id ? site.policy : undefined, member];
    for (const layer of own) if (layer) layers.push(exemptUntil > now ? withoutDemand(layer) : layer);
  }
  // A site that asks is not put off: it gets the level that it is told, or none.
  if (requested) layers.push({ source: 'requested', least: requested });
  return layers;
}

function withoutDemand({ source, sessions, countries, resetDelaySeconds }: PolicyLayer): PolicyLayer {
  return {
    source,
    ...(sessions ? { sessions } : {}),
    ...(countries ? { countries } : {}),
    ...(resetDelaySeconds === undefined ? {} : { resetDelaySeconds }),
  };
}

/** Decides what is demanded. `now` in epoch seconds. */
export function decidePolicy(sources: PolicySources, now: EpochSeconds): PolicyOutcome {
  return evaluatePolicy(layersOf(sources, now), now);
}

/** Gives when what was decided may become another by itself: a grace period or an exemption ends. */
export function decidedUntil(
  { service, organizations, site }: PolicySources,
  now: EpochSeconds,
): EpochSeconds {
  const times = [service, site?.policy, ...organizations.flatMap(({ policy, member }) => [policy, member])]
    .map((layer) => layer?.grace?.until ?? 0)
    .concat(organizations.map(({ exemptUntil = 0 }) => exemptUntil));
  return Math.min(Number.MAX_SAFE_INTEGER, ...times.filter((time) => time > now));
}

/** Says what no registered kind of factor can give; `undefined` for a demand that can be met. */
export function whyImpossible(
  layers: readonly PolicyLayer[],
  kinds: readonly FactorKind[],
): 'least' | 'accepted' | 'must' | undefined {
  const { required, accepted, must, least } = demandOf([...layers, { source: 'service', accepted: kinds }]);
  if (must.some((kind) => !kinds.includes(kind))) return 'must';
  if (!required || accepted.length > 0)
    return must.some((kind) => !accepted.includes(kind)) ? 'must' : undefined;
  return kinds.some((kind) => reaches(LEVEL_BY_KIND[kind], least)) ? 'accepted' : 'least';
}

/** Gives the proofs of which a session must hold one; `undefined` where no second factor is demanded. */
export function proofsAskedFor({ required, accepted }: Demand): readonly AuthenticationMethod[] | undefined {
  return required ? accepted.flatMap((kind) => METHODS_BY_KIND[kind]) : undefined;
}

/** Tells whether a session that was begun so is enough: as strong as demanded, by a kind of factor that is accepted. */
export function meetsPolicy(
  session: { readonly level: AssuranceLevel; readonly methods: readonly AuthenticationMethod[] },
  outcome: Demand,
): boolean {
  const proofs = proofsAskedFor(outcome);
  const isAccepted = proofs === undefined || session.methods.some((method) => proofs.includes(method));
  return isAccepted && reaches(session.level, outcome.least);
}

/** Tells whether an account has what is demanded of it: a kind that is accepted, and each that it must have. */
export function hasWhatIsDemanded(enrolled: readonly FactorKind[], demand: Demand): boolean {
  const isCovered = !demand.required || enrolled.some((kind) => demand.accepted.includes(kind));
  return isCovered && demand.must.every((kind) => enrolled.includes(kind));
}

/** Level by rank, for steps that compare. */
export const LEVEL_RANKS: Readonly<Record<string, number>> = Object.fromEntries(
  ASSURANCE_LEVELS.map((level, rank) => [level, rank]),
);
