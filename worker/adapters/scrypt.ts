// Hashes passwords with scrypt and a pepper. Owns the cost, the PHC text and how many run at once. It must not
// know accounts. The pepper is a keyed hash of scrypt's output by the vault, whose keys are not in Redis.
import { scrypt } from 'node:crypto';
import { base64url } from 'jose';
import type { HashOutcome, PasswordHasherPort } from '../ports/password-hasher.ts';
import type { RandomPort } from '../ports/random.ts';
import type { VaultPort } from '../ports/vault.ts';
import { createPlaces, type Places } from './scrypt-places.ts';

const LOG_N = 15;
const R = 8;
const P = 3;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** scrypt needs 128 * N * r bytes and a little more. */
const MAX_MEMORY = 128 * 2 ** LOG_N * R + 1024 * 1024;

// One cost is accepted, word for word: a text from the store must not choose how much work is done here.
const PHC = /^\$scrypt\$ln=15,r=8,p=3,keyid=[A-Za-z0-9-]{1,32}\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

export interface ScryptOptions {
  readonly vault: VaultPort;
  readonly random: RandomPort;
  /** Id of the vault's newest root key. It tells operators which hashes still need an older one. */
  readonly keyId: string;
  readonly places?: Places;
}

// Shared by all hashers of the isolate, since what is bounded is the isolate's memory (S76). Eight that wait are
// about two seconds of work on one core.
const isolatePlaces = createPlaces({
  most: 2,
  waiting: 8,
  waitMs: 3000,
  leaseMs: 10_000,
  timer: {
    nowMs: () => Date.now(),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => {
        clearTimeout(timer);
      };
    },
  },
});

/**
 * Makes the password hasher: scrypt N=2^15 r=8 p=3, then the vault's keyed hash.
 *
 * The PHC text is `$scrypt$ln=15,r=8,p=3,keyid=<root key>$<salt>$<keyed hash>`, base64 without padding.
 * @see RFC 7914, NIST SP 800-63B-4 3.1.1.2
 */
export function createScryptHasher({
  vault,
  random,
  keyId,
  places = isolatePlaces,
}: ScryptOptions): PasswordHasherPort {
  if (!/^[A-Za-z0-9-]{1,32}$/.test(keyId)) {
    throw new TypeError('The key id of a password hash has 1 to 32 letters, digits and hyphens.');
  }

  async function inPlace<T>(work: () => Promise<T>): Promise<HashOutcome<T>> {
    const free = await places.take();
    if (!free) return { status: 'busy' };
    try {
      return { status: 'done', value: await work() };
    } finally {
      free();
    }
  }

  return {
    hash: (password) =>
      inPlace(async () => {
        const salt = random.bytes(SALT_BYTES);
        const mac = await vault.mac('password-pepper', base64url.encode(await stretch(password, salt)));
        return `$scrypt$ln=${LOG_N},r=${R},p=${P},keyid=${keyId}$${toBase64(base64url.encode(salt))}$${toBase64(mac)}`;
      }),

    verify: (password, phc) =>
      inPlace(async () => {
        const match = PHC.exec(phc ?? '');
        const salt = match?.[1] ? decodeSalt(match[1]) : new Uint8Array(SALT_BYTES);
        const mac = toBase64url(match?.[2] ?? 'A'.repeat(43));
        const stretched = base64url.encode(await stretch(password, salt));
        const verified = await vault.verifyMac('password-pepper', stretched, mac);
        return match !== null && verified;
      }),
  };
}

function stretch(password: string, salt: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(password);
  return new Promise((resolve, reject) => {
    const cost = { N: 2 ** LOG_N, r: R, p: P, maxmem: MAX_MEMORY };
    scrypt(bytes, salt, HASH_BYTES, cost, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

function decodeSalt(base64: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(base64url.decode(toBase64url(base64)));
}

function toBase64(text: string): string {
  return text.replaceAll('-', '+').replaceAll('_', '/');
}

function toBase64url(text: string): string {
  return text.replaceAll('+', '-').replaceAll('/', '_');
}
