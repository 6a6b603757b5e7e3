import type { Context } from 'hono';
import { readCookie, setHostCookie } from '../http/cookies.ts';
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

/** Gives the hash of the browser's secret, by which an interaction knows its browser (S78). */
export function ensureBrowser(c: Context, random: RandomPort): Promise<string> {
  return hashSecret(ensureBrowserSecret(c, random));
}
