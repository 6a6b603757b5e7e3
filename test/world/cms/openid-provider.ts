import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientSecretPost,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';

export interface OpenIdSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What has to be kept between the request to the service and its answer. */
export interface PendingRequest {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** The claims as ASP.NET's handler leaves them: those of the ID token, completed from userinfo. */
export interface ExternalUser {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | undefined;
  readonly name: string | undefined;
  readonly acr: string | undefined;
  readonly idToken: string;
}

/** Seconds that the service may take to answer the site's server. */
const timeout = 10;

/**
 * Talks to the login service as a confidential OpenID Connect client (`openid-client`, with all its checks).
 *
 * Discovery happens at the first sign-in, not at start-up, and again after it failed: a site must come up while
 * the service is down.
 */
export class OpenIdProvider {
  readonly #settings: OpenIdSettings;
  #configuration: Promise<Configuration> | undefined;

  constructor(settings: OpenIdSettings) {
    this.#settings = settings;
  }

  async begin(
    redirectUri: string,
    loginHint: string | undefined,
  ): Promise<{ url: URL; pending: PendingRequest }> {
    const configuration = await this.#discovered();
    const pending = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      response_type: 'code',
      response_mode: 'form_post',
      scope: 'openid profile email',
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await calculatePKCECodeChallenge(pending.codeVerifier),
      code_challenge_method: 'S256',
      ...(loginHint === undefined ? {} : { login_hint: loginHint }),
    });
    return { url, pending };
  }

  /** Exchanges the code in `response` (a form post or a query) and resolves with the validated claims. */
  async complete(response: Request, pending: PendingRequest): Promise<ExternalUser> {
    const configuration = await this.#discovered();
    const tokens = await authorizationCodeGrant(configuration, response, {
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      pkceCodeVerifier: pending.codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims || tokens.id_token === undefined) throw new Error('The login service sent no ID token.');
    const known = { email: text(claims['email']), name: text(claims['name']) };
    const more =
      known.email === undefined || known.name === undefined
        ? await fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : undefined;
    return {
      issuer: claims.iss,
      subject: claims.sub,
      email: known.email ?? more?.email,
      name: known.name ?? more?.name,
      acr: text(claims['acr']),
      idToken: tokens.id_token,
    };
  }

  /** Gives the address that ends the session at the service, or nothing if it has none or can't be reached. */
  async endSessionUrl(idToken: string, postLogoutRedirectUri: string): Promise<URL | undefined> {
    try {
      return buildEndSessionUrl(await this.#discovered(), {
        id_token_hint: idToken,
        post_logout_redirect_uri: postLogoutRedirectUri,
      });
    } catch {
      return undefined;
    }
  }

  #discovered(): Promise<Configuration> {
    this.#configuration ??= this.#discover().catch((error: unknown) => {
      this.#configuration = undefined;
      throw error;
    });
    return this.#configuration;
  }

  #discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    const url = new URL(issuer);
    // Plain http only to this very machine: the local world has no certificates.
    const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
    return discovery(url, clientId, undefined, ClientSecretPost(clientSecret), {
      timeout,
      // By itself the library trusts the connection to the token endpoint; ASP.NET verifies the signature always.
      execute: [enableNonRepudiationChecks, ...(isLoopback ? [allowInsecureRequests] : [])],
    });
  }
}

function text(claim: unknown): string | undefined {
  return typeof claim === 'string' && claim !== '' ? claim : undefined;
}
