import { type Account, parseAccount } from '../accounts/account.ts';
import type { PoliciesRecord } from '../accounts/policy.lua.ts';
import {
  decidedUntil,
  decidePolicy,
  FACTOR_KINDS,
  hasWhatIsDemanded,
  LEVEL_BY_KIND,
  LEVEL_RANKS,
  meetsPolicy,
  type PolicyOutcome,
} from '../assurance/policy.ts';
import type { Service } from '../http/service.ts';
import type { EpochSeconds } from '../ports/clock.ts';
import type { RunOptions, Step, StepResult } from '../ports/redis.ts';
import { parseSession, type Session } from '../session/session.ts';
import type { Records } from '../session/session.steps.ts';
import type { Target } from './interaction.ts';
import { type Judgement, keepJudgement, readSessionWithPolicies } from './judged-session.steps.ts';
import { policySources } from './policy-sources.ts';

/** Seconds for which a sign-in is fresh enough to change a factor, or to administer (S42). */
export const FRESH_SECONDS = 300;

/** What a step asks of a session: when it was begun at the earliest, and by what strengths are compared. */
export interface Freshness {
  readonly now: EpochSeconds;
  readonly authSince: EpochSeconds;
  /** The configuration's floor, as judgements name it. */
  readonly floor: string;
  readonly ranks: Readonly<Record<string, number>>;
  readonly levels: Readonly<Record<string, string>>;
}

/** Gives what a step asks of a session that was begun at most `seconds` ago. */
export function freshness({ config }: Service, now: EpochSeconds, seconds = FRESH_SECONDS): Freshness {
  return {
    now,
    authSince: now - seconds,
    floor: floorOf(config),
    ranks: LEVEL_RANKS,
    levels: LEVEL_BY_KIND,
  };
}

function floorOf({ policy }: Service['config']): string {
  return JSON.stringify(policy);
}

/** The service itself as the target of a sign-in: its own pages. */
export function serviceTarget({ serviceName }: Service['config'], continueTo = '/account'): Target {
  return { siteName: serviceName, continueTo };
}

/** Who is signed in, and what is demanded of them at the service's own pages. */
export interface Judged {
  readonly session: Session;
  readonly account: Account;
  readonly policy: PolicyOutcome;
  /** The session opens something: it is as strong as demanded, and not older than allowed. */
  readonly isEnough: boolean;
  readonly judgement: Judgement;
}

/** Decides what a session is worth now. */
export function judge(
  { config }: Service,
  session: Records,
  account: Records,
  policies: PoliciesRecord,
  now: EpochSeconds,
): Judged {
  const parsed = parseSession(session);
  const who = parseAccount(parsed.sub, account);
  const sources = policySources(config, serviceTarget(config), policies);
  const policy = decidePolicy(sources, now);
  const { overall, idle } = policy.sessions[parsed.level];
  const expiresAt = Math.min(parsed.expiresAt, parsed.authTime + overall);
  const idleSeconds = Math.min(Number(session['idleSeconds']), idle);
  const isAlive = expiresAt > now && Number(session['lastSeenAt']) + idleSeconds > now;
  const enrolled = FACTOR_KINDS.filter((kind) => [...who.enrollments.values()].includes(kind));
  const isEnough =
    isAlive && meetsPolicy(parsed, policy) && hasWhatIsDemanded(enrolled, { ...policy, required: false });
  return {
    session: parsed,
    account: who,
    policy,
    isEnough,
    judgement: {
      judged: `${policies.stamp} ${floorOf(config)}`,
      judgedUntil: String(decidedUntil(sources, now)),
      judgedEnough: isEnough ? '1' : '0',
      judgedLeast: policy.least,
      judgedAccepted: policy.accepted.join(','),
      judgedRequired: policy.required ? '1' : '0',
      judgedMust: policy.must.join(','),
      idleSeconds: String(idleSeconds),
      expiresAt: String(expiresAt),
    },
  };
}

/** Reads who is signed in and keeps what is decided of them; `undefined` for nobody, or a session that is too weak. */
export async function judgedSession(
  service: Service,
  sessionKey: string,
  now: EpochSeconds,
): Promise<(Judged & { readonly record: Records }) | undefined> {
  const { redis } = service.ports;
  const read = await redis.run(readSessionWithPolicies, { session: sessionKey }, { now });
  if (read.status !== 'live') return undefined;
  const judged = judge(service, read.session, read.account, read.policies, now);
  const { judgement } = judged;
  const isKept = Object.entries(judgement).every(([field, value]) => read.session[field] === value);
  if (!isKept) {
    const { floor } = freshness(service, now);
    await redis.run(keepJudgement, { session: sessionKey }, { now, floor, judgement });
  }
  return judged.isEnough ? { ...judged, record: read.account } : undefined;
}

const MOST_ATTEMPTS = 3;

/**
 * Runs a step that asks what a session is worth (`JUDGED_SESSION`). One round trip while nothing has changed; where it has,
 * it is decided anew and the step is run again.
 */
export async function runJudged<Key extends string, Args extends object, Result extends StepResult>(
  service: Service,
  step: Step<Key | 'session', Args, Result>,
  keys: Readonly<Record<Key | 'session', string>>,
  args: Args & { readonly now: EpochSeconds },
  options?: RunOptions,
): Promise<Result> {
  for (let attempts = 1; ; attempts += 1) {
    const result = await service.ports.redis.run(step, keys, args, options);
    if (result.status !== 'unjudged' || attempts === MOST_ATTEMPTS) return result;
    await judgedSession(service, keys.session, args.now);
  }
}
