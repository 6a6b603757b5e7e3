// Every limit of the service in one table (S14, S18, S76). Steps count them atomically before they do their work,
// so that a limit can't be passed by asking in parallel, and nothing passes when Redis does not answer.
import type { EpochSeconds } from '../ports/clock.ts';
import type { Limit } from '../ports/redis.ts';
import { prefix } from '../storage-keys.ts';

/** How many in how long (seconds), and for whom the count is kept. */
export const LIMITS = {
  /** Guesses of one account's password from one browser. */
  'password-account-browser': { most: 10, seconds: 900 },
  /** Guesses of the present password by somebody who is signed in and wants to change it. */
  'password-change': { most: 10, seconds: 3600 },
  /** Guesses from one client address (IPv6 by /64). */
  'password-address': { most: 60, seconds: 900 },
  /** Guesses of all together: what the machine can hash. */
  'password-all': { most: 1200, seconds: 60 },
  /** Codes to one mailbox. */
  'mail-destination': { most: 5, seconds: 600 },
  'mail-destination-day': { most: 10, seconds: 86_400 },
  /** Codes, however they are sent, for one account. */
  'code-account': { most: 5, seconds: 600 },
  'code-account-day': { most: 10, seconds: 86_400 },
  /** Codes by mail that one client address asks for. */
  'mail-address': { most: 30, seconds: 3600 },
  /** Codes by mail for all together: what the provider takes (`PROVIDER_RATES`), or they would expire in the queue. */
  'mail-all': { most: 120, seconds: 60 },
  /** Codes to one phone. */
  'phone-destination': { most: 5, seconds: 600 },
  'phone-destination-day': { most: 10, seconds: 86_400 },
  /**
   * Codes to numbers that nobody has proven yet and that share their first digits: pumping goes through ranges of numbers,
   * and a company's phones share a range.
   */
  'phone-range': { most: 20, seconds: 3600 },
  /** Codes to phones that one client address asks for. */
  'phone-address': { most: 15, seconds: 3600 },
  /**
   * Codes to phones of one country (to new numbers, and to those that are proven), and of all together: the breaker of a
   * flood that costs money.
   */
  'phone-country-new': { most: 300, seconds: 3600 },
  'phone-country': { most: 1000, seconds: 3600 },
  'phone-all': { most: 2000, seconds: 3600 },
  /** Recovery codes tried for one account: 120 bits leave a guess no hope, this bounds the noise. */
  'recovery-account': { most: 10, seconds: 3600 },
  /** Access passes tried for one account: 80 bits leave a guess no hope, this bounds the noise. */
  'pass-account': { most: 10, seconds: 3600 },
  /** New sets of recovery codes of one account: each is told by mail. */
  'recovery-codes-account': { most: 10, seconds: 3600 },
  /** Apps that one account begins to set up: each that is confirmed is told by mail. */
  'app-account-day': { most: 30, seconds: 86_400 },
  /** Mails with a link for a new password to one address, asked for by anybody. */
  'reset-destination': { most: 3, seconds: 3600 },
  /** Such mails that one client address asks for. */
  'reset-address': { most: 20, seconds: 3600 },
  /** Such mails for all together: half of what the provider takes, or they would keep codes waiting. */
  'reset-all': { most: 60, seconds: 60 },
  /** Calls for help of one account to its administrators. */
  'help-account': { most: 1, seconds: 86_400 },
  /** Links "this was not me" tried from one client address. */
  'not-me-address': { most: 30, seconds: 900 },
  /** Links that stop a reset tried from one client address. */
  'stop-address': { most: 30, seconds: 900 },
  /** Codes from one mailbox that are typed, across interactions: eight digits leave a guess no hope. */
  'mailbox-code': { most: 20, seconds: 3600 },
  /** Codes typed, of whatever kind, from one client address. */
  'code-address': { most: 120, seconds: 900 },
  /** Journeys begun from one client address: bounds what an anonymous caller can store. */
  'interaction-address': { most: 300, seconds: 600 },
  /** Invitations that one organisation sends one by one, and pieces of a hundred that it sends from a file. */
  'invite-organization': { most: 200, seconds: 3600 },
  'invite-file': { most: 50, seconds: 86_400 },
  /** One invitation, sent again. */
  'invite-again': { most: 5, seconds: 86_400 },
  /** Set-up links tried from one client address. */
  'setup-address': { most: 30, seconds: 900 },
} as const satisfies Readonly<Record<string, { readonly most: number; readonly seconds: number }>>;

export type LimitName = keyof typeof LIMITS;

/** What the providers take a second: Resend two requests a team, Twilio's own queue takes more than it sends. */
const PROVIDER_RATES = { mail: 2, phone: 10 } as const;

/** Gives the lanes of the queue with the counters of this second. */
export function providerLanes(
  now: EpochSeconds,
): readonly { readonly name: 'mail' | 'phone'; readonly rate: string; readonly most: number }[] {
  return (['mail', 'phone'] as const).map((name) => ({
    name,
    rate: `${prefix.limit}provider-${name}:${now}`,
    most: PROVIDER_RATES[name],
  }));
}

/**
 * Gives the limits of a send (S18). The step counts those that apply: of the account, the mailbox or the number, its range
 * and country, the client's address, and of all together.
 */
export function sendLimits(): Limit[] {
  const by = (name: LimitName, subject: string): Limit => ({
    ...limitBySubject(name),
    bySubject: subject,
  });
  return [
    by('code-account', 'account'),
    by('code-account-day', 'account'),
    by('mail-destination', 'mailbox'),
    by('mail-destination-day', 'mailbox'),
    by('mail-address', 'mailAddress'),
    by('mail-all', 'mailAll'),
    by('phone-destination', 'destination'),
    by('phone-destination-day', 'destination'),
    by('phone-range', 'range'),
    by('phone-address', 'phoneAddress'),
    by('phone-country-new', 'newCountry'),
    by('phone-country', 'country'),
    by('phone-all', 'phoneAll'),
  ];
}

/**
 * Gives the limits of a password (S76). A browser that is known to the account is counted by itself alone, so that nobody
 * else's guesses stop it; the others are also counted by client address and all together.
 */
export function passwordLimits(browser: string): Limit[] {
  const byBrowser = limitBySubject('password-account-browser');
  return [
    { ...byBrowser, key: `${byBrowser.key}${browser}:`, bySubject: 'email' },
    { ...limitBySubject('password-address'), bySubject: 'address' },
    { ...limitBySubject('password-all'), bySubject: 'all' },
  ];
}

/** Gives the count of `subject`. */
export function limit(name: LimitName, subject: string): Limit {
  const { key, most, seconds } = limitBySubject(name);
  return { key: key + subject, most, seconds };
}

/** The same for a subject that only the step learns (an account behind an interaction): the key lacks its end. */
export function limitBySubject(name: LimitName): Limit {
  return { key: `${prefix.limit}${name}:`, ...LIMITS[name], bySubject: true };
}

/** Tries of one code that was sent (S13). */
export const TRIES_A_CODE = 5;

/** Seconds before the first resend; it doubles with each one (S18). */
export const FIRST_RESEND_SECONDS = 60;

/** Failures in a row of one enrollment, across interactions and addresses (S14). */
export const FAILURES = { free: 5, firstWaitSeconds: 30, longestWaitSeconds: 3600, disabledAt: 100 } as const;

/** First codes of a new factor that may be typed before it has to be started again. */
export const TRIES_OF_A_NEW_FACTOR = 10;

/** Administrators who get a mail when a member asks for help: in a large organisation not all of them need be woken. */
export const MOST_ADMINISTRATORS_TOLD = 20;
