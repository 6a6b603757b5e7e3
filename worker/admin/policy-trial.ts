// The dry run of a policy: who would be asked for what, decided by the same pure functions as a sign-in.
import { parseAccount } from '../accounts/account.ts';
import { decidePolicy, type PolicyLayer, type PolicySources } from '../assurance/policy.ts';
import type { Service } from '../http/service.ts';
import { afterFirstFactor, policySources, serviceTarget, snoozesOf } from '../interaction/public.ts';
import type { PolicyTrialWire } from '../interaction/wire.ts';
import type { EpochSeconds } from '../ports/clock.ts';
import type { TrialRecord } from './policy.steps.ts';

type Effect = 'fine' | 'must_enroll' | 'may_put_off' | 'exempt' | 'cannot';

const MOST_NAMED = 50;

/** Counts what a policy would do to members. */
export class PolicyTrial {
  readonly #service: Service;
  readonly #organization: string;
  readonly #layer: PolicyLayer;
  readonly #now: EpochSeconds;
  readonly #counts: Record<Effect, number> = {
    fine: 0,
    must_enroll: 0,
    may_put_off: 0,
    exempt: 0,
    cannot: 0,
  };
  readonly #affected: PolicyTrialWire['affected'][number][] = [];

  constructor(service: Service, organization: string, layer: PolicyLayer, now: EpochSeconds) {
    this.#service = service;
    this.#organization = organization;
    this.#layer = layer;
    this.#now = now;
  }

  /** Looks at some members. Whoever is suspended can't sign in and is not counted. */
  add(records: readonly TrialRecord[]): void {
    for (const record of records) {
      if (record.account['status'] === 'suspended') continue;
      const effect = this.#effectOn(record);
      this.#counts[effect] += 1;
      if (effect === 'fine' || effect === 'exempt' || this.#affected.length === MOST_NAMED) continue;
      const { name = '', email = '' } = record.account;
      this.#affected.push({ sub: record.sub, name, email, effect });
    }
  }

  result(incomplete: boolean): PolicyTrialWire {
    const { fine, must_enroll, may_put_off, exempt, cannot } = this.#counts;
    return {
      members: fine + must_enroll + may_put_off + exempt + cannot,
      fine,
      mustEnroll: must_enroll + may_put_off,
      mayPutOff: may_put_off,
      exempt,
      cannot,
      affected: this.#affected,
      incomplete,
    };
  }

  #effectOn({ sub, account, policies }: TrialRecord): Effect {
    const { config } = this.#service;
    const kept = policySources(config, serviceTarget(config), policies);
    const tried: PolicySources = {
      ...kept,
      organizations: kept.organizations.map((one) =>
        one.id === this.#organization ? { ...one, policy: this.#layer } : one,
      ),
    };
    const effect = this.#nextFor(sub, account, tried);
    if (effect !== 'fine') return effect;
    const withoutExemption: PolicySources = {
      ...tried,
      organizations: tried.organizations.map(({ exemptUntil, ...one }) =>
        one.id === this.#organization || exemptUntil === undefined ? one : { ...one, exemptUntil },
      ),
    };
    return this.#nextFor(sub, account, withoutExemption) === 'fine' ? 'fine' : 'exempt';
  }

  #nextFor(sub: string, record: TrialRecord['account'], sources: PolicySources): Effect {
    const { config } = this.#service;
    const outcome = decidePolicy(sources, this.#now);
    const account = parseAccount(sub, record);
    const next = afterFirstFactor(account, serviceTarget(config), outcome, snoozesOf(record));
    switch (next.step) {
      case 'denied':
        return 'cannot';
      case 'grace':
        return 'may_put_off';
      case 'confirm_address':
        return 'must_enroll';
      case 'done':
        return 'fine';
      case 'challenge': {
        const steps = new Set(Object.values(next.ways).map(({ step }) => step));
        if (steps.has('enrollment')) return 'must_enroll';
        return steps.has('grace') ? 'may_put_off' : 'fine';
      }
    }
  }
}
