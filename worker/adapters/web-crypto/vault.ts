// Keeps secrets with keys that never reach Redis. Owns derivation, sealing and keyed hashes. It must not know
// where the root keys come from, nor what is sealed.
import { base64url } from 'jose';
import type { Purpose, VaultPort } from '../../ports/vault.ts';

/** A root key: 32 bytes, and an id that sealed texts name. The id holds no dot. */
export interface RootKey {
  readonly id: string;
  readonly key: Uint8Array<ArrayBuffer>;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const utf8 = new TextEncoder();

/**
 * Makes the vault from root keys, newest first: the first one seals and hashes, all of them open and verify.
 *
 * Keys are derived with HKDF-SHA-256, one for each root key, purpose and use, and kept once imported.
 * @throws TypeError when there is no root key, one is not 32 bytes long, or ids repeat or hold a dot.
 * @see RFC 5869, NIST SP 800-38D
 */
export function createVault(rootKeys: readonly [RootKey, ...RootKey[]]): VaultPort {
  const roots = new Map(rootKeys.map((root) => [root.id, root.key]));
  if (roots.size !== rootKeys.length) throw new TypeError('Root keys need ids that differ.');
  for (const [id, key] of roots) {
    if (id === '' || id.includes('.') || key.length !== 32) {
      throw new TypeError('A root key needs an id without a dot and exactly 32 bytes.');
    }
  }
  const newest = rootKeys[0].id;
  const derived = new Map<string, Promise<CryptoKey>>();

  function derive(
    id: string,
    root: Uint8Array<ArrayBuffer>,
    purpose: Purpose,
    use: 'seal' | 'mac',
  ): Promise<CryptoKey> {
    const name = `${id}.${purpose}.${use}`;
    const known = derived.get(name);
    if (known) return known;
    const key = deriveKey(root, purpose, use);
    derived.set(name, key);
    return key;
  }

  async function macUnder(id: string, purpose: Purpose, text: string): Promise<Uint8Array<ArrayBuffer>> {
    const root = roots.get(id);
    if (!root) throw new TypeError('The root key is not known.');
    const key = await derive(id, root, purpose, 'mac');
    return new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(text)));
  }

  return {
    async seal(purpose, context, plain) {
      const key = await derive(newest, rootKeys[0].key, purpose, 'seal');
      const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const additionalData = boundTo(purpose, context);
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain);
      const bytes = new Uint8Array(NONCE_BYTES + sealed.byteLength);
      bytes.set(iv);
      bytes.set(new Uint8Array(sealed), NONCE_BYTES);
      return `${newest}.${base64url.encode(bytes)}`;
    },

    async open(purpose, context, sealed) {
      const dot = sealed.indexOf('.');
      const id = sealed.slice(0, Math.max(0, dot));
      const root = roots.get(id);
      const bytes = fromBase64url(sealed.slice(dot + 1));
      if (!root || !bytes || bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
      const key = await derive(id, root, purpose, 'seal');
      const iv = bytes.slice(0, NONCE_BYTES);
      const additionalData = boundTo(purpose, context);
      try {
        const plain = await crypto.subtle.decrypt(
          { name: 'AES-GCM', iv, additionalData },
          key,
          bytes.slice(NONCE_BYTES),
        );
        return new Uint8Array(plain);
      } catch {
        return undefined;
      }
    },

    async mac(purpose, text) {
      return base64url.encode(await macUnder(newest, purpose, text));
    },

    async macs(purpose, text) {
      return Promise.all(rootKeys.map(async ({ id }) => base64url.encode(await macUnder(id, purpose, text))));
    },

    async verifyMac(purpose, text, mac) {
      const macs = await Promise.all(rootKeys.map(({ id }) => macUnder(id, purpose, text)));
      const equal = await Promise.all(macs.map((one) => equalInConstantTime(base64url.encode(one), mac)));
      return equal.includes(true);
    },
  };
}

async function deriveKey(
  root: Uint8Array<ArrayBuffer>,
  purpose: Purpose,
  use: 'seal' | 'mac',
): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', root, 'HKDF', false, ['deriveKey']);
  const hkdf = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(32),
    info: utf8.encode(`penumbra/1/${purpose}/${use}`),
  };
  return use === 'seal'
    ? crypto.subtle.deriveKey(hkdf, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
    : crypto.subtle.deriveKey(hkdf, material, { name: 'HMAC', hash: 'SHA-256', length: 256 }, false, [
        'sign',
      ]);
}

/** Purposes hold no NUL, so no two pairs of purpose and context share a text. */
function boundTo(purpose: Purpose, context: string): Uint8Array<ArrayBuffer> {
  return utf8.encode(`${purpose}\0${context}`);
}

// Under a key that is made for one comparison, the bytes compared say nothing about those given.
async function equalInConstantTime(left: string, right: string): Promise<boolean> {
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, [
    'sign',
  ]);
  const [a, b] = await Promise.all(
    [left, right].map(
      async (text) => new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8.encode(text))),
    ),
  );
  if (!a || !b) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i += 1) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  try {
    return new Uint8Array(base64url.decode(text));
  } catch {
    return undefined;
  }
}
