// The admin API as an operator calls it: a short-lived token for a signed statement, then JSON.
import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { OperatorFile } from './identity.ts';

export interface OperatorApi {
  /** Good for five minutes. */
  readonly token: string;
  /**
   * Posts JSON to a path below /api/admin. Gives `exists` when the thing is already there.
   * @throws for any other refusal, with the service's own reason.
   */
  create(path: string, body: object): Promise<'created' | 'exists'>;
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Signs in as the operator (RFC 7523, `private_key_jwt`). `now` in epoch seconds, where it is not the real one. */
export async function openOperatorApi(
  operator: OperatorFile,
  now: number = Math.floor(Date.now() / 1000),
): Promise<OperatorApi> {
  const answer = await fetch(`${operator.url}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'admin',
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await signAssertion(operator, now),
    }),
  });
  if (!answer.ok) throw new Error(`The service refused the operator: ${await reasonOf(answer)}`);
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return {
    token,
    create: async (path, body) => {
      const created = await fetch(`${operator.url}/api/admin/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await created.text();
      if (created.ok) return 'created';
      if (created.status === 409 && text.includes('"exists"')) return 'exists';
      throw new Error(`The service refused ${path}: ${created.status} ${text}`);
    },
  };
}

async function signAssertion({ issuer, key }: OperatorFile, now: number): Promise<string> {
  const kid = key.kid ?? '';
  return new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid })
    .setIssuer(kid)
    .setSubject(kid)
    .setAudience(issuer)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + 60)
    .sign(await importJWK(key, 'ES256'));
}

async function reasonOf(answer: Response): Promise<string> {
  return `${answer.status} ${await answer.text()}`;
}
