import { createHash } from 'node:crypto';
import { UsedWrongly } from './command.ts';

/**
 * Hashes a site's secret as `client_secret_sha256` of PENUMBRA_CLIENTS wants it: SHA-256, base64url. One line end
 * after it is not part of it.
 *
 * A plain hash keeps only a secret that can't be guessed, so short ones are refused.
 * @throws UsedWrongly
 */
export function hashSecret(given: string): string {
  const secret = given.replace(/\r?\n$/, '');
  if (secret === '') {
    throw new UsedWrongly(
      'No secret was given. Pipe it in: openssl rand -hex 32 | tee site-secret.txt | npx penumbra secret-hash',
    );
  }
  if (!/^[\x21-\x7e]{32,256}$/.test(secret)) {
    throw new UsedWrongly(
      'A secret has 32 to 256 printable ASCII characters without spaces, on one line. Make one with openssl rand -hex 32.',
    );
  }
  return createHash('sha256').update(secret).digest('base64url');
}
