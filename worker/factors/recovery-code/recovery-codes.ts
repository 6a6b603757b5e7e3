// Recovery codes (S38): how they look and what of them is stored. They are no factor that policy accepts: one opens an
// enrolment that replaces what was lost (S39). This file must not know who uses them.
import type { RandomPort } from '../../ports/random.ts';
import type { VaultPort } from '../../ports/vault.ts';

/** How many a set has. */
export const RECOVERY_CODES = 10;

/** 24 characters of 32 letters: 120 bits. */
const CHARACTERS = 24;
/** Crockford's alphabet: no letter that is read as a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Makes a set, each code in groups of four. */
export function makeRecoveryCodes(random: RandomPort): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const letters = Array.from(random.bytes(CHARACTERS), (byte) => ALPHABET.charAt(byte % ALPHABET.length));
    return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
  });
}

/** Brings what was typed to the one form that is hashed: no separators, capitals, and letters that look like digits. */
export function normalizeRecoveryCode(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}

/** Hashes a set for the store, each bound to its account. */
export function hashRecoveryCodes(
  vault: VaultPort,
  sub: string,
  codes: readonly string[],
): Promise<string[]> {
  return Promise.all(codes.map((code) => vault.mac('recovery-code', textOf(sub, code))));
}

/** Gives every hash under which a code may be stored: one for each root key. */
export function hashesOfRecoveryCode(
  vault: VaultPort,
  sub: string,
  code: string,
): Promise<readonly string[]> {
  return vault.macs('recovery-code', textOf(sub, code));
}

function textOf(sub: string, code: string): string {
  return JSON.stringify([sub, normalizeRecoveryCode(code)]);
}
