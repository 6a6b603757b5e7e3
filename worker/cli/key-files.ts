// The folder with the keys of a service: what its files are called, what is in them, and that none is overwritten.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { UsedWrongly } from './command.ts';

/** Nothing was written: the folder is not empty, or can't be written to. The message says what to do. */
export class UnusableFolder extends UsedWrongly {}

export const KEY_FILES = {
  secrets: 'worker-secrets.env',
  operator: 'operator-key.json',
  // Should the folder be inside a repository, no commit takes the keys along.
  ignore: '.gitignore',
} as const;

export const IGNORE_ALL = '*\n';

/** Makes the folder where there is none, and lists what is in it. @throws UnusableFolder */
export async function openFolder(folder: string): Promise<readonly string[]> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return await readdir(folder);
  } catch (error) {
    throw unusable(folder, error);
  }
}

/** Writes a file that only its owner can read, and that is not there yet. @throws UnusableFolder */
export async function writeNew(folder: string, name: string, text: string): Promise<void> {
  await writeFile(join(folder, name), text, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    throw unusable(folder, error);
  });
}

/**
 * Writes the secrets as a file for wrangler, Deno and Node. Single quotes: `wrangler secret bulk`, Deno's and Node's
 * --env-file all take what is between them as it is.
 */
export function secretsText(rootKey: string, signingKey: JWK): string {
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

export function operatorText(operatorKey: JWK): string {
  return `${JSON.stringify(operatorKey, undefined, 2)}\n`;
}

function unusable(folder: string, error: unknown): UnusableFolder {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return new UnusableFolder(
    `The folder ${folder} can not be written to (${reason}). Name another one that is new or empty.`,
  );
}
