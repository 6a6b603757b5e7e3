// Every limit of the service in one table (S14, S18, S76). Steps count them atomically before they do their work,
// so that a limit can't be passed by asking in parallel, and nothing passes when Redis does not answer.
import type { EpochSeconds } from '../ports/clock.ts';
import type { Limit } from '../ports/redis.ts';
import { prefix } from '../storage-keys.ts';

/** How many in how long (seconds), and for whom the count is kept. */
export const LIMITS = {
  /** Guesses of one account's password from one browser. */
  'password-account-browser': { most: 10, seconds: 900 },
  /** Guesses of one account's password from everywhere: high, since a lock-out must not be an attack. */
  'password-account': { most: 100, seconds: 3600 },
  /** Guesses from one client address (IPv6 by /64). */
  'password-address': { most: 60, seconds: 900 },
  /** Guesses of all together: what the machine can hash. */
  'password-all': { most: 1200, seconds: 60 },
  /** Codes to one mailbox. */
  'mail-destination': { most: 5, seconds: 600 },
  'mail-destination-day': { most: 10, seconds: 86_400 },
  /** Codes that one client address asks for. */
  'mail-address': { most: 30, seconds: 3600 },
  /** Codes by mail for all together. */
  'mail-all': { most: 600, seconds: 60 },
  /** Codes from one mailbox that are typed, across interactions: eight digits leave a guess no hope. */
  'mailbox-code': { most: 20, seconds: 3600 },
  /** Codes typed, of whatever kind, from one client address. */
  'code-address': { most: 120, seconds: 900 },
  /** Journeys begun from one client address: bounds what an anonymous caller can store. */
  'interaction-address': { most: 300, seconds: 600 },
  /** Set-up links tried from one client address. */
  'setup-address': { most: 30, seconds: 900 },
} as const satisfies Readonly<Record<string, { readonly most: number; readonly seconds: number }>>;

export type LimitName = keyof typeof LIMITS;

/** Gives the counter of `subject` in the window that `now` falls into. */
export function limit(name: LimitName, subject: string, now: EpochSeconds): Limit {
  const window = limitBySubject(name, now);
  return { key: window.key + subject, most: window.most, endsAt: window.endsAt };
}

/** The same for a subject that only the step learns (an account behind an interaction): the key lacks its end. */
export function limitBySubject(name: LimitName, now: EpochSeconds): Limit {
  const { most, seconds } = LIMITS[name];
  const window = Math.floor(now / seconds);
  return { key: `${prefix.limit}${name}:${window}:`, most, endsAt: (window + 1) * seconds, bySubject: true };
}

/** Tries of one code that was sent (S13). */
export const TRIES_A_CODE = 5;

/** Seconds before the first resend; it doubles with each one (S18). */
export const FIRST_RESEND_SECONDS = 60;

/** Failures in a row of one enrollment, across interactions and addresses (S14). */
export const FAILURES = { free: 5, firstWaitSeconds: 30, longestWaitSeconds: 3600, disabledAt: 100 } as const;
