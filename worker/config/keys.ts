// Reads keys: root keys of the vault, signing keys, operators' public keys.
import { base64url, type JWK } from 'jose';
import * as v from 'valibot';
import type { Mistakes } from './mistakes.ts';
import { readJson, requireText, type Variables } from './variables.ts';

/** A root key of the vault, 32 bytes. */
export interface RootKeyConfig {
  readonly id: string;
  readonly key: Uint8Array<ArrayBuffer>;
}

/** A P-256 key as a JWK with its id. */
export interface KeyConfig extends JWK {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly kid: string;
  readonly x: string;
  readonly y: string;
}

export interface PrivateKeyConfig extends KeyConfig {
  readonly d: string;
}

/** Reads `id:base64url,id:base64url`, newest first. */
export function readRootKeys(
  variables: Variables,
  name: string,
  mistakes: Mistakes,
): readonly [RootKeyConfig, ...RootKeyConfig[]] | undefined {
  const text = requireText(variables, name, mistakes, 'id:key, where key is 32 random bytes in base64url');
  if (text === undefined) return undefined;
  const keys: RootKeyConfig[] = [];
  for (const [index, entry] of text.split(',').entries()) {
    const key = readRootKey(`${name} entry ${index + 1}`, entry.trim(), mistakes);
    if (key) keys.push(key);
  }
  if (new Set(keys.map(({ id }) => id)).size !== keys.length) {
    mistakes.add(name, 'has an id twice: give every key an id of its own');
    return undefined;
  }
  const [newest, ...older] = keys;
  return newest ? [newest, ...older] : undefined;
}

function readRootKey(where: string, entry: string, mistakes: Mistakes): RootKeyConfig | undefined {
  const [id = '', encoded = '', ...more] = entry.split(':');
  if (!/^[A-Za-z0-9-]{1,32}$/.test(id) || encoded === '' || more.length > 0) {
    mistakes.add(where, 'must be id:key, the id of 1 to 32 letters, digits and hyphens');
    return undefined;
  }
  if (!/^[A-Za-z0-9_-]{43}$/.test(encoded)) {
    mistakes.add(where, 'must be exactly 32 bytes in base64url (43 characters, no padding)');
    return undefined;
  }
  return { id, key: new Uint8Array(base64url.decode(encoded)) };
}

const coordinate = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/, 'must be 32 bytes in base64url'));
const common = {
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  kid: v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, hyphens and underscores'),
  ),
  alg: v.optional(v.literal('ES256')),
  use: v.optional(v.literal('sig')),
  key_ops: v.optional(v.array(v.string())),
  ext: v.optional(v.boolean()),
  x: coordinate,
  y: coordinate,
};
const privateKeys = v.strictObject({ keys: v.array(v.strictObject({ ...common, d: coordinate })) });
const publicKeys = v.strictObject({
  keys: v.array(v.strictObject({ ...common, d: v.optional(v.unknown()) })),
});

/** Reads private keys that sign, current one first. */
export function readSigningKeys(
  variables: Variables,
  name: string,
  mistakes: Mistakes,
): readonly [PrivateKeyConfig, ...PrivateKeyConfig[]] | undefined {
  if (isAbsent(variables[name])) {
    mistakes.add(name, 'is missing: set it to {"keys":[…]} with a private P-256 key as JWK with kid');
    return undefined;
  }
  const jwks = readJson(variables, name, privateKeys, mistakes);
  if (!jwks) return undefined;
  checkKeyIds(name, jwks.keys, mistakes);
  const [current, ...others] = jwks.keys.map(({ kty, crv, kid, x, y, d }) => ({ kty, crv, kid, x, y, d }));
  if (current) return [current, ...others];
  mistakes.add(`${name}.keys`, 'is empty: the first key signs');
  return undefined;
}

/** Reads the public keys of operators; without any the admin API is closed. */
export function readOperatorKeys(
  variables: Variables,
  name: string,
  mistakes: Mistakes,
): readonly KeyConfig[] {
  const jwks = readJson(variables, name, publicKeys, mistakes);
  if (!jwks) return [];
  checkKeyIds(name, jwks.keys, mistakes);
  for (const [index, key] of jwks.keys.entries()) {
    if ('d' in key) {
      mistakes.add(
        `${name}.keys[${index}]`,
        'is a private key (it has "d"): give the public part only, and treat this key as known to others',
      );
    }
  }
  return jwks.keys.map(({ kty, crv, kid, x, y }) => ({ kty, crv, kid, x, y }));
}

function checkKeyIds(name: string, keys: readonly { readonly kid: string }[], mistakes: Mistakes): void {
  if (new Set(keys.map(({ kid }) => kid)).size !== keys.length) {
    mistakes.add(name, 'has a kid twice: give every key one of its own');
  }
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === '';
}
