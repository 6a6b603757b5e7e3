import { type AuthenticationMethod, isMultiFactor, isTwoStep } from './authentication-method.ts';

/**
 * Strength of a session, weakest first: `1fa` one factor, `2fa` two of which the second is email, `aal2` password
 * with an authenticator app or a phone, `phr` phishing-resistant. The wire's `acr` has the same words.
 */
export type AssuranceLevel = '1fa' | '2fa' | 'aal2' | 'phr';

export const ASSURANCE_LEVELS: readonly AssuranceLevel[] = ['1fa', '2fa', 'aal2', 'phr'];

/** Tells whether `level` is as strong as `least`. */
export function reaches(level: AssuranceLevel, least: AssuranceLevel): boolean {
  return ASSURANCE_LEVELS.indexOf(level) >= ASSURANCE_LEVELS.indexOf(least);
}

/** Gives the stronger of two levels. */
export function stronger(one: AssuranceLevel, other: AssuranceLevel): AssuranceLevel {
  return reaches(one, other) ? one : other;
}

/** Gives the level that these proofs reach together, never more than what happened. */
export function levelOf(methods: readonly AuthenticationMethod[]): AssuranceLevel {
  if (isMultiFactor(methods)) return 'aal2';
  return isTwoStep(methods) ? '2fa' : '1fa';
}

/** Reads a level from a wire value or a record; `undefined` for any other text. */
export function parseLevel(text: string): AssuranceLevel | undefined {
  return ASSURANCE_LEVELS.find((level) => level === text);
}

/**
 * Reads `acr_values`: the weakest level that the client named. Values that are not ours are ignored.
 * @see OpenID Connect Core 3.1.2.1
 */
export function requestedLevel(acrValues: string | undefined): AssuranceLevel | undefined {
  const levels = (acrValues ?? '').split(' ').flatMap((value) => parseLevel(value) ?? []);
  return ASSURANCE_LEVELS.find((level) => levels.includes(level));
}
