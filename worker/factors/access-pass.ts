// Access passes (S48a): how they look, what of them is stored, and for how long they are good. A pass is no factor that
// policy accepts: it opens one enrolment. This file must not know who issues or uses one.
import type { RandomPort } from '../ports/random.ts';
import type { VaultPort } from '../ports/vault.ts';

/** Minutes for which a pass may be good, and is if nothing is said. */
export const PASS_MINUTES = { least: 10, most: 480, usual: 60 } as const;

/** 16 characters of 32 letters: 80 bits. */
const CHARACTERS = 16;
/** Crockford's alphabet: no letter that is read as a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Makes a pass, in groups of four. */
export function makeAccessPass(random: RandomPort): string {
  const letters = Array.from(random.bytes(CHARACTERS), (byte) => ALPHABET.charAt(byte % ALPHABET.length));
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

/** Brings what was typed to the one form that is hashed: no separators, capitals, and letters that look like digits. */
export function normalizeAccessPass(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}

/** Hashes a pass for the store. Whose it is says the key under which it is kept. */
export function hashAccessPass(vault: VaultPort, code: string): Promise<string> {
  return vault.mac('access-pass', normalizeAccessPass(code));
}

/** Gives every hash under which a pass may be stored: one for each root key. */
export function hashesOfAccessPass(vault: VaultPort, code: string): Promise<readonly string[]> {
  return vault.macs('access-pass', normalizeAccessPass(code));
}
