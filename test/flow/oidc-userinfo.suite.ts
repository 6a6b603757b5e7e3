import { randomUUID } from 'node:crypto';
import { base64url, decodeJwt, exportJWK, exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { Browser, type Answer } from '../support/browser.ts';
import { FIRST_SITE, type FlowWorld } from './flow-world.ts';
import { codeFor, oauthErrorOf, requestTokens, requestUserinfo, subjectOf, tokensFor } from './oidc-site.ts';
import { authorizeAttempt, enrolledPerson, signIn, type Enrolled } from './person.ts';

/** Access tokens: which are ours, and how fast they end. */
export function oidcUserinfoSuite(world: () => FlowWorld): void {
  describe('oidc userinfo', () => {
    let person: Enrolled;
    let browser: Browser;
    /** A live token; its claims are what forgeries repeat. */
    let live: string;
    beforeAll(async () => {
      person = await enrolledPerson(world());
      browser = new Browser();
      await signIn(world(), browser, `${world().issuer}/account`, person);
      live = (await tokensFor(world(), browser)).access_token;
    });

    const expectRefused = (answer: Answer): void => {
      expect([answer.status, oauthErrorOf(answer)]).toEqual([401, 'invalid_token']);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="penumbra", error="invalid_token"');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    };

    it('OIDC Core 5.3: answers GET and POST with a token, and never stores the answer', async () => {
      for (const method of ['GET', 'POST']) {
        const answer = await new Browser().send(`${world().issuer}/userinfo`, {
          method,
          headers: { authorization: `bearer ${live}` },
        });
        expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
        expect(answer.json()).toMatchObject({ sub: subjectOf(live), email: person.email });
      }
    });

    it.each([
      ['no header', undefined],
      ['Basic', `Basic ${Buffer.from('first:x').toString('base64')}`],
      ['an empty Bearer', 'Bearer '],
      ['bug 39: two words', 'Bearer a b'],
      ['bug 39: no space', 'Bearera'],
    ])('RFC 6750 3: %s is asked for a token, without an error code', async (_name, authorization) => {
      const answer = await new Browser().send(`${world().issuer}/userinfo`, {
        headers: authorization === undefined ? {} : { authorization },
      });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="penumbra"');
    });

    it('RFC 9700 4.3.2: a token in the address or the body counts for nothing', async () => {
      const inQuery = await new Browser().send(`${world().issuer}/userinfo?access_token=${live}`);
      expect(inQuery.status).toBe(401);
      const inBody = await new Browser().send(`${world().issuer}/userinfo`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `access_token=${live}`,
      });
      expect(inBody.status).toBe(401);
      const twice = await new Browser().send(`${world().issuer}/userinfo`, {
        headers: { authorization: `Bearer ${live}, Bearer ${live}` },
      });
      expect(twice.status).toBe(401);
    });

    it('bug 4, bug 38: a token that was signed by nobody, or with the public key as a secret, is none', async () => {
      const { signingKey } = world().identity;
      const { kid, kty, crv, x, y } = signingKey;
      const claims = decodeJwt(live);
      const part = (value: object): string => base64url.encode(JSON.stringify(value));
      for (const alg of ['none', 'None', 'NONE', '']) {
        const unsigned = `${part({ alg, typ: 'at+jwt', kid })}.${part(claims)}.`;
        expectRefused(await requestUserinfo(world(), unsigned));
      }
      const publicKey = await importJWK({ kty, crv, x, y } as typeof signingKey, 'ES256');
      if (publicKey instanceof Uint8Array) throw new Error('not a key');
      const asSecrets = [
        await exportSPKI(publicKey),
        JSON.stringify({ kty, crv, x, y, kid, alg: 'ES256', use: 'sig' }),
        JSON.stringify({ kty, crv, x, y }),
        x ?? '',
      ];
      for (const secret of asSecrets) {
        const forged = await new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...(kid ? { kid } : {}) })
          .sign(new TextEncoder().encode(secret));
        expectRefused(await requestUserinfo(world(), forged));
      }
    });

    it('S60, bug 38: a key that the token brings or names is ignored', async () => {
      const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
      const jwk = await exportJWK(publicKey);
      const kid = world().identity.signingKey.kid ?? '';
      const headers: readonly Record<string, unknown>[] = [
        { jwk },
        { jwk: { ...jwk, kid }, kid },
        { jku: `${world().outbox.url}/jwks.json`, kid: 'foreign' },
        { x5u: `${world().outbox.url}/cert.pem`, kid },
        { kid },
        { kid: 'foreign' },
        { kid: '../../../dev/null' },
        {},
      ];
      for (const header of headers) {
        const forged = await new SignJWT(decodeJwt(live))
          .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...header })
          .sign(privateKey);
        expectRefused(await requestUserinfo(world(), forged));
      }
    });

    it('RFC 9068 4: a token of another kind, issuer, audience or time is none, though we signed it', async () => {
      const key = await importJWK(world().identity.signingKey, 'ES256');
      const kid = world().identity.signingKey.kid ?? '';
      const claims = decodeJwt(live);
      const now = world().now();
      const sign = (changes: object, typ?: string): Promise<string> =>
        new SignJWT({ ...claims, ...changes })
          .setProtectedHeader({ alg: 'ES256', kid, ...(typ === undefined ? {} : { typ }) })
          .sign(key);
      expect((await requestUserinfo(world(), await sign({}, 'at+jwt'))).status).toBe(200);
      const wrong = [
        sign({}, 'JWT'),
        sign({}),
        sign({}, 'logout+jwt'),
        sign({ iss: 'https://evil.example' }, 'at+jwt'),
        sign({ iss: `${world().issuer}/` }, 'at+jwt'),
        sign({ aud: 'first' }, 'at+jwt'),
        sign({ aud: `${world().issuer}/api/admin` }, 'at+jwt'),
        sign({ exp: now - 1 }, 'at+jwt'),
        sign({ exp: undefined }, 'at+jwt'),
        sign({ nbf: now + 600 }, 'at+jwt'),
        sign({ jti: randomUUID() }, 'at+jwt'),
        sign({ client_id: 'second' }, 'at+jwt'),
        sign({ scope: ['openid'] }, 'at+jwt'),
        sign({ sub: undefined }, 'at+jwt'),
      ];
      for (const token of wrong) expectRefused(await requestUserinfo(world(), await token));
    });

    it('S60: an ID token, a code and a session are no access tokens', async () => {
      const { id_token: idToken } = await tokensFor(world(), browser);
      expectRefused(await requestUserinfo(world(), idToken));
      const { code } = await codeFor(world(), browser);
      expectRefused(await requestUserinfo(world(), code));
      const session = browser.cookies.get('localhost', '__Host-penumbra-session') ?? '';
      expect(session).not.toBe('');
      expectRefused(await requestUserinfo(world(), session));
      expectRefused(await requestUserinfo(world(), `${live.slice(0, -4)}AAAA`));
    });

    it('S60: an access token is good for ten minutes', async () => {
      const { access_token: token } = await tokensFor(world(), browser);
      await world().advance(590);
      expect((await requestUserinfo(world(), token)).status).toBe(200);
      await world().advance(11);
      expectRefused(await requestUserinfo(world(), token));
    });

    it('S53: signing out ends the access tokens of that session at once, and no others', async () => {
      const leaving = new Browser();
      await signIn(world(), leaving, `${world().issuer}/account`, person);
      const { access_token: token } = await tokensFor(world(), leaving);
      const staying = await tokensFor(world(), browser);
      await leaving.open(`${world().issuer}/account`);
      expect((await leaving.postJson(`${world().issuer}/api/account/sign-out`, {})).status).toBe(200);
      expectRefused(await requestUserinfo(world(), token));
      expect((await requestUserinfo(world(), staying.access_token)).status).toBe(200);
    });

    it('S53, bug 40: whoever is suspended is out at once, everywhere', async () => {
      const suspended = await enrolledPerson(world());
      const { access_token: token } = await tokensFor(world(), suspended.browser);
      const pending = await codeFor(world(), suspended.browser);
      const account = `account:${subjectOf(token)}`;
      await world().redis.hSet(account, 'status', 'suspended');

      expectRefused(await requestUserinfo(world(), token));
      expect(oauthErrorOf(await requestTokens(world(), pending))).toBe('invalid_grant');
      expect((await suspended.browser.getJson(`${world().issuer}/api/account`)).status).toBe(401);
      const silent = authorizeAttempt(world().issuer, FIRST_SITE, { prompt: 'none' });
      const { location = '' } = await suspended.browser.open(silent.url);
      expect(new URL(location).searchParams.get('error')).toBe('login_required');
      await expect(signIn(world(), new Browser(), `${world().issuer}/account`, suspended)).rejects.toThrow(
        'wrong_password',
      );
    });

    it('S53: an account that is gone opens nothing', async () => {
      const gone = await enrolledPerson(world());
      const { access_token: token } = await tokensFor(world(), gone.browser);
      await world().redis.del(`account:${subjectOf(token)}`);
      expectRefused(await requestUserinfo(world(), token));
      expect((await gone.browser.getJson(`${world().issuer}/api/account`)).status).toBe(401);
    });
  });
}
