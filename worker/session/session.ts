// The service's browser session: one record behind a secret that only the browser has. This folder must not know
// how a session came to be, nor which relying party uses it.
import { base64url } from 'jose';
import { type AssuranceLevel, levelOf, parseLevel } from '../assurance/assurance-level.ts';
import { type AuthenticationMethod, parseMethods } from '../assurance/authentication-method.ts';
import { LONGEST_SESSIONS, type SessionLifetimes } from '../assurance/session-lifetime.ts';
import type { EpochSeconds } from '../ports/clock.ts';
import type { RandomPort } from '../ports/random.ts';

/** `__Host-`: only this host, only over https (or loopback), for every path. A session cookie without lifetime (S51). */
export const SESSION_COOKIE = '__Host-penumbra-session';

/** Names the browser, not a person: what an interaction belongs to (S78) and what the CSRF token is made from. */
export const BROWSER_COOKIE = '__Host-penumbra-browser';

/** A session as other code sees it. `sid` is public and names it on the wire; its secret never leaves the cookie. */
export interface Session {
  readonly sid: string;
  readonly sub: string;
  readonly authTime: EpochSeconds;
  readonly methods: readonly AuthenticationMethod[];
  readonly level: AssuranceLevel;
  readonly expiresAt: EpochSeconds;
}

/** The fields that a step writes; the step adds the account's epoch. */
export interface SessionRecord {
  readonly sub: string;
  readonly sid: string;
  readonly authTime: EpochSeconds;
  readonly methods: string;
  readonly level: AssuranceLevel;
  readonly lastSeenAt: EpochSeconds;
  readonly idleSeconds: number;
  readonly expiresAt: EpochSeconds;
  readonly createdAt: EpochSeconds;
  /** User agent. */
  readonly device: string;
  readonly address: string;
  readonly country: string;
}

/** How strong a session is and how long it lives: what a step adds that learns only on its way how somebody signed in. */
export type SessionStrength = Pick<SessionRecord, 'methods' | 'level' | 'idleSeconds' | 'expiresAt'>;

/** A session before it is known whose it is and how strong. */
export type BeginningSession = Omit<SessionRecord, keyof SessionStrength | 'sub'>;

export interface NewSession {
  /** The cookie's value. */
  readonly secret: string;
  readonly secretHash: string;
  readonly record: SessionRecord;
}

/** Makes a session with a new secret and a new `sid` (S50: at each login and step-up). `now` in epoch seconds. */
export async function makeSession(
  random: RandomPort,
  sub: string,
  methods: readonly AuthenticationMethod[],
  request: SessionOrigin,
  lifetimes: SessionLifetimes = LONGEST_SESSIONS,
): Promise<NewSession> {
  const begun = await beginSession(random, request);
  const level = levelOf(methods);
  const { overall, idle } = lifetimes[level];
  const strength: SessionStrength = {
    methods: methods.join(','),
    level,
    idleSeconds: idle,
    expiresAt: request.now + overall,
  };
  return { ...begun, record: { ...begun.record, sub, ...strength } };
}

/** Where a session is begun: what its owner will know it by. */
export interface SessionOrigin {
  readonly now: EpochSeconds;
  readonly address: string;
  readonly country?: string;
  readonly userAgent: string;
}

/** Makes what a step completes that learns only on its way who signed in and how: see `SessionStrength`. */
export async function beginSession(
  random: RandomPort,
  request: SessionOrigin,
): Promise<{ readonly secret: string; readonly secretHash: string; readonly record: BeginningSession }> {
  const secret = makeSecret(random);
  const { now, address, country = '', userAgent } = request;
  const sid = base64url.encode(random.bytes(16));
  return {
    secret,
    secretHash: await hashSecret(secret),
    record: { sid, authTime: now, lastSeenAt: now, createdAt: now, device: userAgent, address, country },
  };
}

/** Reads a session from its record. */
export function parseSession(record: Readonly<Record<string, string>>): Session {
  const { sid, sub, authTime, methods, level, expiresAt } = record;
  const known = parseLevel(level ?? '');
  if (!sid || !sub || !known) throw new Error('A session record is incomplete.');
  return {
    sid,
    sub,
    authTime: Number(authTime),
    methods: parseMethods(methods ?? ''),
    level: known,
    expiresAt: Number(expiresAt),
  };
}

/** Makes a secret of 256 bits, as text. */
export function makeSecret(random: RandomPort): string {
  return base64url.encode(random.bytes(32));
}

/** Hashes a secret for its key in Redis. It has 256 random bits, so a plain SHA-256 can't be guessed back. */
export async function hashSecret(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret));
  return base64url.encode(new Uint8Array(digest));
}
