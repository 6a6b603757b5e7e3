import { beforeAll, describe, expect, it } from 'vitest';
import { decodeProtectedHeader } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { Browser } from '../support/browser.ts';
import { FIRST_SITE, type FlowWorld } from './flow-world.ts';
import { answerOf } from './oidc-site.ts';
import { enrolledPerson, signIn, type Enrolled } from './person.ts';

const INSECURE = { [oauth.allowInsecureRequests]: true } as const;

/** Two independent libraries with all their checks on. */
export function oidcConformanceSuite(world: () => FlowWorld): void {
  describe('oidc conformance', () => {
    let person: Enrolled;
    beforeAll(async () => {
      person = await enrolledPerson(world());
    });
    // The service's clock was moved by other tests; the libraries check times.
    const skew = (): number => world().now() - Math.floor(Date.now() / 1000);

    it.each(['query', 'form_post'])(
      'OIDC Core 3.1, RFC 9207, RFC 9068, S59, S60: oauth4webapi signs in with response_mode=%s',
      async (responseMode) => {
        const issuer = new URL(world().issuer);
        const as = await oauth.processDiscoveryResponse(
          issuer,
          await oauth.discoveryRequest(issuer, INSECURE),
        );
        const client: oauth.Client = {
          client_id: FIRST_SITE.clientId,
          require_auth_time: true,
          [oauth.clockSkew]: skew(),
        };
        const verifier = oauth.generateRandomCodeVerifier();
        const state = oauth.generateRandomState();
        const nonce = oauth.generateRandomNonce();
        const url = new URL(as.authorization_endpoint ?? '');
        url.search = new URLSearchParams({
          client_id: FIRST_SITE.clientId,
          redirect_uri: FIRST_SITE.callback,
          response_type: 'code',
          response_mode: responseMode,
          scope: 'openid email profile',
          state,
          nonce,
          code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        }).toString();

        const browser = new Browser();
        const resume = await signIn(world(), browser, url.href, person);
        const signedInAt = world().now();
        const back = answerOf(await browser.open(resume));
        expect(back.get('iss')).toBe(world().issuer);

        const parameters = oauth.validateAuthResponse(as, client, back, state);
        const tokenResponse = await oauth.authorizationCodeGrantRequest(
          as,
          client,
          oauth.ClientSecretPost(FIRST_SITE.secret),
          parameters,
          FIRST_SITE.callback,
          verifier,
          INSECURE,
        );
        const tokens = await oauth.processAuthorizationCodeResponse(as, client, tokenResponse, {
          expectedNonce: nonce,
          maxAge: 3600,
          requireIdToken: true,
        });
        await oauth.validateApplicationLevelSignature(as, tokenResponse, INSECURE);
        const claims = oauth.getValidatedIdTokenClaims(tokens);
        expect(claims).toMatchObject({
          iss: world().issuer,
          aud: FIRST_SITE.clientId,
          nonce,
          email: person.email,
          email_verified: true,
          name: 'Pat Person',
          acr: 'aal2',
          amr: ['pwd', 'otp', 'mfa'],
        });
        expect(claims?.['sid']).toMatch(/^[\w-]{22,}$/);
        expect(Math.abs((claims?.auth_time ?? 0) + 30 - signedInAt)).toBeLessThan(10);
        expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBe(600);

        const bearer = new Request(as.userinfo_endpoint ?? '', {
          headers: { authorization: `Bearer ${tokens.access_token}` },
        });
        const access = await oauth.validateJwtAccessToken(as, bearer, world().issuer, {
          [oauth.clockSkew]: skew(),
          ...INSECURE,
        });
        expect(access).toMatchObject({
          sub: claims?.sub,
          client_id: FIRST_SITE.clientId,
          aud: world().issuer,
          scope: 'openid email profile',
        });
        expect(access.exp - access.iat).toBe(600);
        expect(decodeProtectedHeader(tokens.access_token)).toEqual({
          alg: 'ES256',
          typ: 'at+jwt',
          kid: world().identity.signingKey.kid,
        });

        const userinfo = await oauth.processUserInfoResponse(
          as,
          client,
          claims?.sub ?? '',
          await oauth.userInfoRequest(as, client, tokens.access_token, INSECURE),
        );
        expect(userinfo).toEqual({
          sub: claims?.sub,
          email: person.email,
          email_verified: true,
          name: 'Pat Person',
        });
      },
    );

    it.each(['query', 'form_post'])(
      'OIDC Core 3.1, RP-Initiated Logout: openid-client signs in and out with response_mode=%s',
      async (responseMode) => {
        const config = await openid.discovery(
          new URL(world().issuer),
          FIRST_SITE.clientId,
          { [openid.clockSkew]: skew() },
          openid.ClientSecretPost(FIRST_SITE.secret),
          { execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks] },
        );
        const verifier = openid.randomPKCECodeVerifier();
        const state = openid.randomState();
        const nonce = openid.randomNonce();
        const url = openid.buildAuthorizationUrl(config, {
          redirect_uri: FIRST_SITE.callback,
          response_mode: responseMode,
          scope: 'openid',
          state,
          nonce,
          max_age: '600',
          code_challenge: await openid.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        });
        const browser = new Browser();
        const back = answerOf(await browser.open(await signIn(world(), browser, url.href, person)));
        const received =
          responseMode === 'query'
            ? new URL(`${FIRST_SITE.callback}?${back.toString()}`)
            : new Request(FIRST_SITE.callback, { method: 'POST', body: back });
        const tokens = await openid.authorizationCodeGrant(config, received, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          maxAge: 600,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        expect(claims?.['email']).toBeUndefined();
        const userinfo = await openid.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '');
        expect(userinfo).toEqual({ sub: claims?.sub });

        const endSession = openid.buildEndSessionUrl(config, {
          id_token_hint: tokens.id_token ?? '',
          post_logout_redirect_uri: `${FIRST_SITE.callback}/bye`,
          state: 'after-logout',
        });
        const out = await browser.open(endSession.href);
        expect([out.status, out.location]).toEqual([303, `${FIRST_SITE.callback}/bye?state=after-logout`]);
        await expect(openid.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '')).rejects.toThrow();
      },
    );

    it('OIDC Discovery 3, RFC 8414: the document says what the service does and no more', async () => {
      const answer = await new Browser().send(`${world().issuer}/.well-known/openid-configuration`);
      expect(answer.json()).toMatchObject({
        issuer: world().issuer,
        response_types_supported: ['code'],
        response_modes_supported: ['query', 'form_post'],
        grant_types_supported: ['authorization_code'],
        code_challenge_methods_supported: ['S256'],
        id_token_signing_alg_values_supported: ['ES256'],
        authorization_response_iss_parameter_supported: true,
        request_parameter_supported: false,
        request_uri_parameter_supported: false,
      });
      const jwks = (await new Browser().send(`${world().issuer}/.well-known/jwks.json`)).json();
      const { kty, crv, x, y, kid } = world().identity.signingKey;
      expect(jwks).toEqual({ keys: [{ kty, crv, x, y, kid, alg: 'ES256', use: 'sig' }] });
    });
  });
}
