import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface Person {
  readonly sub: string;
  readonly email: string;
  readonly name?: string;
  readonly acr?: string;
}

/** What a test can bend, to see what the site makes of it. */
export interface Bending {
  /** Signs ID tokens with a key that the JWKS does not hold. */
  readonly foreignKey?: boolean;
  readonly nonce?: string;
  /** Leaves email and name out of the ID token, so that the site has to ask userinfo. */
  readonly bareIdToken?: boolean;
}

export interface OpenIdService {
  readonly issuer: string;
  /** Answers an authorization request for this person: the fields of the form post. */
  authorize(url: URL, person: Person, bending?: Bending): Record<string, string>;
  close(): Promise<void>;
}

/** Starts the smallest OpenID Connect provider that a relying party with all its checks on can work with. */
export async function startOpenIdService(port = 0): Promise<OpenIdService> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const foreign = await generateKeyPair('ES256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }];
  const codes = new Map<string, { url: URL; person: Person; bending: Bending }>();
  const tokens = new Map<string, Person>();

  const server = createServer((request, response) => {
    void answer(request).then((body) => {
      response.writeHead('error' in body ? 400 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const issuer = `http://localhost:${String((server.address() as AddressInfo).port)}`;

  async function answer(request: IncomingMessage): Promise<object> {
    switch (request.url) {
      case '/.well-known/openid-configuration':
        return {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          end_session_endpoint: `${issuer}/end_session`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['ES256'],
          authorization_response_iss_parameter_supported: true,
        };
      case '/jwks':
        return { keys };
      case '/token':
        return token(new URLSearchParams(await readText(request)));
      case '/userinfo':
        return (
          tokens.get(request.headers.authorization?.slice('Bearer '.length) ?? '') ?? {
            error: 'invalid_token',
          }
        );
      default:
        return { error: 'not_found' };
    }
  }

  async function token(form: URLSearchParams): Promise<object> {
    const grant = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const asked = grant?.url.searchParams;
    if (
      !grant ||
      form.get('client_secret') !== 'secret' ||
      asked?.get('code_challenge') !== challenge ||
      asked.get('redirect_uri') !== form.get('redirect_uri')
    ) {
      return { error: 'invalid_grant' };
    }
    const { person, bending } = grant;
    const accessToken = randomBytes(16).toString('base64url');
    tokens.set(accessToken, person);
    const { sub, acr, ...profile } = person;
    const claims = { ...(acr === undefined ? {} : { acr }), ...(bending.bareIdToken ? {} : profile) };
    const idToken = await new SignJWT({ ...claims, nonce: bending.nonce ?? asked.get('nonce') })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer(issuer)
      .setSubject(sub)
      .setAudience(asked.get('client_id') ?? '')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(bending.foreignKey ? foreign.privateKey : privateKey);
    return { access_token: accessToken, token_type: 'Bearer', expires_in: 300, id_token: idToken };
  }

  return {
    issuer,
    authorize(url, person, bending = {}) {
      const code = randomBytes(16).toString('base64url');
      codes.set(code, { url, person, bending });
      return { code, state: url.searchParams.get('state') ?? '', iss: issuer };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
  return text;
}
