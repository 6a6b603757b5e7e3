// Makes the keys that a service needs before it is deployed for the first time, on this machine and without a network.
// Owns their ids and the files that they are written to. Nothing here is printed but what is public.
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

export interface NewKeys {
  /** `id:base64url`, 32 bytes. */
  readonly rootKey: string;
  /** Private, signs tokens. */
  readonly signingKey: JWK;
  /** Private, of the person who may use the command line. */
  readonly operatorKey: JWK;
}

/** Nothing was written: the folder is not empty, or can't be written to. The message says what to do. */
export class UnusableFolder extends Error {}

const SECRETS_FILE = 'worker-secrets.env';
const OPERATOR_FILE = 'operator-key.json';

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
  const files: readonly (readonly [name: string, text: string])[] = [
    [SECRETS_FILE, secretsFile(keys)],
    [OPERATOR_FILE, `${JSON.stringify(keys.operatorKey, undefined, 2)}\n`],
    // Should the folder be inside a repository, no commit takes the keys along.
    ['.gitignore', '*\n'],
  ];
  for (const [name, text] of files) {
    await writeFile(join(folder, name), text, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
      throw unusable(folder, error);
    });
  }
}

/** Says what was written, what to configure and what to keep where. Holds public keys only. */
export function describeKeys(folder: string, { operatorKey }: NewKeys): string[] {
  return [
    `New keys are in ${folder}, readable by you alone:`,
    '',
    `  ${SECRETS_FILE}   PENUMBRA_ROOT_KEYS and PENUMBRA_SIGNING_KEYS, secrets of the service.`,
    '                       Give them to the service, and keep a copy where no store of the service is: without the',
    '                       root key no password and no second factor in the database can be used any more.',
    `  ${OPERATOR_FILE}    the private key of ${operatorKey.kid ?? ''}, for this command line. Keep it with that person,`,
    '                       never at the service. Point PENUMBRA_OPERATOR_KEY_FILE at it.',
    '',
    'Put this into the configuration of the service. It is public:',
    '',
    `PENUMBRA_OPERATOR_KEYS='${JSON.stringify({ keys: [publicPart(operatorKey)] })}'`,
    '',
    'How to go on: docs/deploying.md.',
  ];
}

async function openFolder(folder: string): Promise<string[]> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return await readdir(folder);
  } catch (error) {
    throw unusable(folder, error);
  }
}

function unusable(folder: string, error: unknown): UnusableFolder {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new UnusableFolder(
    `The folder ${folder} can not be written to (${reason}). Name another one that is new or empty.`,
  );
}

// Single quotes: `wrangler secret bulk`, Deno's and Node's --env-file all take what is between them as it is.
function secretsFile({ rootKey, signingKey }: NewKeys): string {
  return `# Secrets of a Penumbra service, for wrangler (--secrets-file, secret bulk) and for Deno (--env-file).
# What to do with them is in docs/deploying.md.

# Newest first: id:key[,older...]
PENUMBRA_ROOT_KEYS='${rootKey}'
# The first key signs.
PENUMBRA_SIGNING_KEYS='${JSON.stringify({ keys: [signingKey] })}'

# Two more come from elsewhere. Fill them in and take the # away.
#UPSTASH_REDIS_REST_TOKEN='token of the database'
#RESEND_API_KEY='re_...'

# And two where they are used: Resend's webhooks, and Twilio for texts and calls.
#RESEND_WEBHOOK_SECRET='whsec_...'
#TWILIO_AUTH_TOKEN='...'
`;
}

async function createKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' };
}

function publicPart({ kty, crv, x, y, kid, alg, use }: JWK): object {
  return { kty, crv, x, y, kid, alg, use };
}
