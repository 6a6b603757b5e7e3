// The JSON of what is demanded, and why: shapes only, imported by both sides through wire.ts.
import type { FactorKindWire, PolicyReasonWire } from './wire.ts';

export interface ExemptionWire {
  readonly reason: string;
  readonly until: number;
  readonly by: string;
}

/** What a layer of policy says. Everything may be left out; what is left out is not demanded. */
export interface PolicyWire {
  readonly required?: boolean;
  readonly accepted?: readonly FactorKindWire[];
  readonly least?: '1fa' | '2fa' | 'aal2' | 'phr';
  /** Until then what this layer demands may be put off, `snoozes` times. */
  readonly grace?: { readonly until: number; readonly snoozes: number };
  /** Seconds by level; only shorter than what is above. */
  readonly sessions?: Readonly<
    Partial<Record<'1fa' | '2fa' | 'aal2' | 'phr', { readonly overall?: number; readonly idle?: number }>>
  >;
  /** ISO 3166-1 alpha-2. */
  readonly countries?: readonly string[];
  /** Seconds that a member has to stop a reset. */
  readonly resetDelaySeconds?: number;
}

/** GET /policy, and the answer of each change. `floor`: what the configuration says, which no page can weaken. */
export interface PolicyView {
  readonly policy: PolicyWire;
  readonly version: number;
  readonly floor: PolicyWire;
  /** Kinds that this service has at all. */
  readonly kinds: readonly FactorKindWire[];
  /** Countries that the configuration allows; empty where there is no phone. */
  readonly countries: readonly string[];
}

/** POST /policy/try: who would be affected, and how, by a policy that is not in force yet. */
export interface PolicyTrialWire {
  readonly members: number;
  /** They meet it already. */
  readonly fine: number;
  /** They would be made to set up a first factor, or another one. */
  readonly mustEnroll: number;
  /** Of these, as long as the grace period runs. */
  readonly mayPutOff: number;
  readonly exempt: number;
  readonly cannot: number;
  /** The first fifty of those who are affected. */
  readonly affected: readonly {
    readonly sub: string;
    readonly name: string;
    readonly email: string;
    readonly effect: 'must_enroll' | 'may_put_off' | 'cannot';
  }[];
  /** More members than were looked at. */
  readonly incomplete: boolean;
}

/** Why somebody is asked, in the words of the layers. */
export interface PolicyExplanationWire {
  readonly required: boolean;
  readonly least: string;
  readonly accepted: readonly FactorKindWire[];
  readonly must: readonly FactorKindWire[];
  /** What comes when the grace period is over. */
  readonly coming?: {
    readonly until: number;
    readonly snoozes: number;
    readonly snoozesLeft: number;
    readonly least: string;
    readonly accepted: readonly FactorKindWire[];
    readonly must: readonly FactorKindWire[];
  };
  readonly layers: readonly {
    readonly source: PolicyReasonWire;
    /** Organisation or site that it is of. */
    readonly of?: string;
    readonly policy: PolicyWire & { readonly must?: readonly FactorKindWire[] };
    readonly exempt?: ExemptionWire;
  }[];
  readonly sessions: Readonly<Record<string, { readonly overall: number; readonly idle: number }>>;
  /** What happens at the next sign-in. */
  readonly next: 'password_only' | 'challenge' | 'enroll' | 'may_put_off' | 'denied';
}
