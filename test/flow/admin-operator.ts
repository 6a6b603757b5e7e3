// An operator by hand: what the command line would refuse to send can be sent from here.
import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT, type JWK, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { Browser, type Answer } from '../support/browser.ts';
import type { FlowWorld } from './flow-world.ts';
import { requestTokens } from './oidc-site.ts';

export interface AssertionChanges {
  readonly header?: Partial<JWTHeaderParameters>;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly key?: JWK;
}

/** Signs an assertion as `private_key_jwt` wants it (RFC 7523), with what a test changes. */
export async function assertionOf(
  world: Pick<FlowWorld, 'operator' | 'now'>,
  changes: AssertionChanges = {},
): Promise<string> {
  const { issuer, key } = world.operator;
  const kid = key.kid ?? '';
  const now = world.now();
  const claims: JWTPayload = {
    iss: kid,
    sub: kid,
    aud: issuer,
    jti: randomUUID(),
    iat: now,
    exp: now + 60,
    ...changes.claims,
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid, ...changes.header })
    .sign(await importJWK(changes.key ?? key, 'ES256'));
}

/** Sends an assertion for a token of the admin API. */
export function requestOperatorToken(
  world: FlowWorld,
  assertion: string | undefined,
  fields: Readonly<Record<string, string | undefined>> = {},
): Promise<Answer> {
  return requestTokens(world, {
    grant_type: 'client_credentials',
    scope: 'admin',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    ...fields,
  });
}

/** Signs in as the operator of the world; the token is good for five minutes of the service's time. */
export async function operatorToken(world: FlowWorld): Promise<string> {
  const answer = await requestOperatorToken(world, await assertionOf(world));
  if (answer.status !== 200) throw new Error(`No operator: ${answer.status} ${answer.text}`);
  return (answer.json() as { readonly access_token: string }).access_token;
}

/** Posts to the admin API: JSON, or text as it is. */
export async function postAdmin(
  world: FlowWorld,
  path: string,
  body: object | string,
  token?: string,
): Promise<Answer> {
  return new Browser().send(`${world.issuer}/api/admin/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token ?? (await operatorToken(world))}`,
      'content-type': 'application/json',
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
