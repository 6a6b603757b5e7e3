// Makes the keys that a service needs before it is deployed for the first time, on this machine and without a network.
// Owns their ids. Nothing here is printed but what is public.
import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import {
  IGNORE_ALL,
  KEY_FILES,
  openFolder,
  operatorText,
  secretsText,
  UnusableFolder,
  writeNew,
} from './key-files.ts';

export interface NewKeys {
  /** `id:base64url`, 32 bytes. */
  readonly rootKey: string;
  /** Private, signs tokens. */
  readonly signingKey: JWK;
  /** Private, of the person who may use the command line. */
  readonly operatorKey: JWK;
}

/**
 * Makes a root key (32 random bytes), a signing key and an operator key (P-256). The first two are named after the day
 * with a random end, so that a second one of the same day has an id of its own.
 */
export async function createKeys(operator: string, now: Date): Promise<NewKeys> {
  const id = `${now.toISOString().slice(0, 10)}-${randomBytes(2).toString('hex')}`;
  return {
    rootKey: `${id}:${randomBytes(32).toString('base64url')}`,
    signingKey: await createKey(`signing-${id}`),
    operatorKey: await createKey(operator),
  };
}

/**
 * Writes the keys to files that only their owner can read (mode 0600). The folder is made, or has to be empty: no key
 * is ever overwritten.
 * @throws UnusableFolder
 */
export async function writeKeys(folder: string, keys: NewKeys): Promise<void> {
  const found = await openFolder(folder);
  if (found.length > 0) {
    throw new UnusableFolder(
      `The folder ${folder} is not empty, and keys are never overwritten. Name a new or an empty folder.`,
    );
  }
  await writeNew(folder, KEY_FILES.secrets, secretsText(keys.rootKey, keys.signingKey));
  await writeNew(folder, KEY_FILES.operator, operatorText(keys.operatorKey));
  await writeNew(folder, KEY_FILES.ignore, IGNORE_ALL);
}

/** Says what was written, what to configure and what to keep where. Holds public keys only. */
export function describeKeys(folder: string, { operatorKey }: NewKeys): string[] {
  return [
    `New keys are in ${folder}, readable by you alone:`,
    '',
    `  ${KEY_FILES.secrets}   PENUMBRA_ROOT_KEYS and PENUMBRA_SIGNING_KEYS, secrets of the service.`,
    '                       Give them to the service, and keep a copy where no store of the service is: without the',
    '                       root key no password and no second factor in the database can be used any more.',
    `  ${KEY_FILES.operator}    the private key of ${operatorKey.kid ?? ''}, for this command line. Keep it with that person,`,
    '                       never at the service. Point PENUMBRA_OPERATOR_KEY_FILE at it.',
    '',
    'Put this into the configuration of the service. It is public:',
    '',
    `PENUMBRA_OPERATOR_KEYS='${publicKeys(operatorKey)}'`,
    '',
    'How to go on: docs/deploying.md.',
  ];
}

/** Gives the public part of an operator's key, as PENUMBRA_OPERATOR_KEYS wants it. */
export function publicKeys({ kty, crv, x, y, kid, alg, use }: JWK): string {
  return JSON.stringify({ keys: [{ kty, crv, x, y, kid, alg, use }] });
}

async function createKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' };
}
