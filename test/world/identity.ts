// The keys of one local world: made once, kept in a file that only its owner can read.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

export interface Identity {
  /** `id:base64url`, 32 bytes. */
  readonly rootKey: string;
  /** Private, signs tokens. */
  readonly signingKey: JWK;
  /** Private, of the person who may use the command line. */
  readonly operatorKey: JWK;
  readonly siteClientSecret: string;
  readonly redisToken: string;
  readonly resendApiKey: string;
  /** `whsec_…`: signs what the outbox tells of mails. */
  readonly resendWebhookSecret: string;
  readonly twilioAuthToken: string;
}

/** What the command line reads to find the local world. */
export interface OperatorFile {
  readonly url: string;
  readonly issuer: string;
  readonly key: JWK;
}

/** The account at Twilio that the outbox plays; no secret. */
export const TWILIO_ACCOUNT_SID = `AC${'0'.repeat(32)}`;

const FILE = 'local.json';

/**
 * Reads the identity that an earlier start made in `folder`, or makes it there (mode 0600).
 * @throws when the file is there but can't be read, with what to do.
 */
export async function keepIdentity(folder: string): Promise<Identity> {
  const path = join(folder, FILE);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) {
    const identity = await createIdentity();
    await writePrivately(folder, FILE, identity);
    return identity;
  }
  return complete(folder, parseIdentity(path, text));
}

function parseIdentity(path: string, text: string): Partial<Identity> {
  try {
    return JSON.parse(text) as Partial<Identity>;
  } catch (error) {
    throw new Error(`${path} is damaged. Delete it; the next start makes new keys.`, { cause: error });
  }
}

// A file of an earlier version lacks what came since; what it has stays, or the accounts of then were lost.
async function complete(folder: string, kept: Partial<Identity>): Promise<Identity> {
  const fresh = await createIdentity();
  const identity = { ...fresh, ...kept };
  if (Object.keys(fresh).some((name) => !(name in kept))) await writePrivately(folder, FILE, identity);
  return identity;
}

/** Makes a new identity, in memory only. */
export async function createIdentity(): Promise<Identity> {
  const secret = (): string => randomBytes(32).toString('base64url');
  return {
    rootKey: `local:${secret()}`,
    signingKey: await createKey('local-signing'),
    operatorKey: await createKey('local-operator'),
    siteClientSecret: secret(),
    redisToken: secret(),
    resendApiKey: `re_${secret()}`,
    resendWebhookSecret: `whsec_${randomBytes(24).toString('base64')}`,
    twilioAuthToken: secret(),
  };
}

/** Writes where the service is and who may administer it, for `npx penumbra`. */
export async function writeOperatorFile(folder: string, operator: OperatorFile): Promise<void> {
  await writePrivately(folder, 'operator.json', operator);
}

/** Writes a file that only its owner can read, and its folder where that is missing. */
export async function writePrivately(
  folder: string,
  name: string,
  content: object | string,
): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  const text = typeof content === 'string' ? content : `${JSON.stringify(content, undefined, 2)}\n`;
  await writeFile(path, text, { mode: 0o600 });
  return path;
}

async function createKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' };
}
