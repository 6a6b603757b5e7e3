import type { Context } from 'hono';
import { keepHostCookie, readCookie, setHostCookie } from '../http/cookies.ts';
import type { RandomPort } from '../ports/random.ts';
import { key } from '../storage-keys.ts';
import { BROWSER_COOKIE, hashSecret, makeSecret, SESSION_COOKIE } from './session.ts';

/** Gives the Redis key of the session that the request's cookie names; a key that holds nothing when there is none. */
export async function sessionKeyOf(c: Context): Promise<string> {
  const secret = readCookie(c, SESSION_COOKIE);
  return key.session(secret === undefined ? 'none' : await hashSecret(secret));
}

/** Gives the secret of the browser, and makes one where there is none. */
export function ensureBrowserSecret(c: Context, random: RandomPort): string {
  const known = readCookie(c, BROWSER_COOKIE);
  if (known !== undefined) return known;
  const secret = makeSecret(random);
  setHostCookie(c, BROWSER_COOKIE, secret);
  return secret;
}

/** Seconds for which a browser in which somebody signed in is known by its secret; it opens nothing. */
const KEPT_SECONDS = 90 * 86_400;

/** Lets the browser keep its secret, so that it is known to the account when it comes back. */
export function keepBrowser(c: Context): void {
  const secret = readCookie(c, BROWSER_COOKIE);
  if (secret !== undefined) keepHostCookie(c, BROWSER_COOKIE, secret, KEPT_SECONDS);
}

/** Gives the hash of the browser's secret, by which an interaction knows its browser (S78). */
export function ensureBrowser(c: Context, random: RandomPort): Promise<string> {
  return hashSecret(ensureBrowserSecret(c, random));
}
