import type { AssuranceLevel } from './assurance-level.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** How long a session lives, in seconds: at most, and without use. */
export interface SessionLifetime {
  readonly overall: number;
  readonly idle: number;
}

export type SessionLifetimes = Readonly<Record<AssuranceLevel, SessionLifetime>>;

/**
 * The longest that a session of each level may live; configuration only shortens it (S49).
 * @see NIST SP 800-63B-4 section 2.2.3
 */
export const LONGEST_SESSIONS: SessionLifetimes = {
  '1fa': { overall: 30 * DAY, idle: 30 * DAY },
  '2fa': { overall: 30 * DAY, idle: 30 * DAY },
  aal2: { overall: DAY, idle: HOUR },
  phr: { overall: DAY, idle: HOUR },
};
