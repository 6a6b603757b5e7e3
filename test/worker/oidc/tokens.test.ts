import { base64url, exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { createVault } from '../../../worker/adapters/web-crypto/vault.ts';
import {
  matchesChallenge,
  openAuthorizationCode,
  sealAuthorizationCode,
  type AuthorizationCode,
} from '../../../worker/oidc/authorization-code.ts';
import { accountClaims } from '../../../worker/oidc/claims.ts';
import { createSigningKeys, type SigningKeys } from '../../../worker/oidc/signing-keys.ts';
import type { Account, SubjectId } from '../../../worker/accounts/account.ts';

const NOW = 1_800_000_000;
const ISSUER = 'https://login.example.com';

describe('PKCE', () => {
  test('RFC 7636 appendix B: the verifier belongs to the challenge', async () => {
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
    expect(await matchesChallenge(verifier, challenge)).toBe(true);
    expect(await matchesChallenge(`${verifier}x`, challenge)).toBe(false);
    expect(await matchesChallenge(challenge, challenge)).toBe(false);
  });

  test('RFC 7636 4.1: a verifier has 43 to 128 letters of its alphabet', async () => {
    for (const verifier of ['', 'a'.repeat(42), 'a'.repeat(129), `${'a'.repeat(43)}=`, 'é'.repeat(43)]) {
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
      expect(await matchesChallenge(verifier, base64url.encode(new Uint8Array(digest)))).toBe(false);
    }
  });
});

describe('authorization codes', () => {
  const vault = createVault([{ id: 'k1', key: new Uint8Array(32).fill(1) }]);
  const code: AuthorizationCode = {
    jti: 'jti',
    clientId: 'site',
    redirectUri: 'https://site.example/cb',
    codeChallenge: 'c',
    scope: 'openid',
    sub: 'sub',
    sid: 'sid',
    sessionKey: 'session:hash',
    authTime: NOW,
    level: 'aal2',
    methods: ['password', 'totp'],
    expiresAt: NOW + 60,
  };

  test('S57: a code opens for the client that it was made for, and says nothing to anybody else', async () => {
    const text = await sealAuthorizationCode(vault, code);
    expect(await openAuthorizationCode(vault, 'site', text)).toEqual(code);
    expect(await openAuthorizationCode(vault, 'other', text)).toBeUndefined();
    const stranger = createVault([{ id: 'k1', key: new Uint8Array(32).fill(2) }]);
    expect(await openAuthorizationCode(stranger, 'site', text)).toBeUndefined();
    for (const part of text.split('.').slice(1)) {
      expect(Buffer.from(part, 'base64url').toString('latin1')).not.toContain('session:');
    }
  });

  test('S57: two codes for the same thing are not alike', async () => {
    expect(await sealAuthorizationCode(vault, code)).not.toBe(await sealAuthorizationCode(vault, code));
  });
});

describe('signing keys', () => {
  let older: JWK;
  let newer: JWK;
  let keys: SigningKeys;
  const make = async (kid: string): Promise<JWK> => ({
    ...(await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey)),
    kid,
    alg: 'ES256',
  });
  beforeAll(async () => {
    [older, newer] = await Promise.all([make('older'), make('newer')]);
    keys = createSigningKeys(ISSUER, [newer, older]);
  });
  const claims = { iss: ISSUER, sub: 'sub', aud: 'site', exp: NOW + 600 };

  test('S65: the first key signs; what an older one signed is still good; a removed one is not', async () => {
    const before = await createSigningKeys(ISSUER, [older]).sign(claims, 'JWT');
    expect(await keys.verify(before, 'JWT', { now: NOW })).toMatchObject({ sub: 'sub' });
    const after = await keys.sign(claims, 'JWT');
    expect(await createSigningKeys(ISSUER, [older]).verify(after, 'JWT', { now: NOW })).toBeUndefined();
  });

  test('no private part is published', () => {
    expect(keys.publicJwks.keys.map(({ kid }) => kid)).toEqual(['newer', 'older']);
    for (const key of keys.publicJwks.keys) {
      expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    }
  });

  test('RFC 8725 3.11: kinds, audiences and times are held apart', async () => {
    const token = await keys.sign(claims, 'JWT');
    expect(await keys.verify(token, 'at+jwt', { now: NOW })).toBeUndefined();
    expect(await keys.verify(token, 'JWT', { now: NOW, audience: 'other' })).toBeUndefined();
    expect(await keys.verify(token, 'JWT', { now: NOW, audience: 'site' })).toBeDefined();
    expect(await keys.verify(token, 'JWT', { now: NOW + 600 })).toBeUndefined();
    expect(await keys.verify(token, 'JWT', { now: NOW + 600, allowExpired: true })).toBeDefined();
    const endless = await keys.sign({ iss: ISSUER, sub: 'sub', aud: 'site' }, 'JWT');
    expect(await keys.verify(endless, 'JWT', { now: NOW, allowExpired: true })).toBeUndefined();
    const foreign = await keys.sign({ ...claims, iss: 'https://evil.example' }, 'JWT');
    expect(await keys.verify(foreign, 'JWT', { now: NOW })).toBeUndefined();
  });

  test('S60, bug 38: HS256 with the public key and unsigned tokens are refused', async () => {
    const published = JSON.stringify(keys.publicJwks.keys[0]);
    const confused = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: 'newer' })
      .sign(new TextEncoder().encode(published));
    expect(await keys.verify(confused, 'JWT', { now: NOW })).toBeUndefined();
    const part = (value: object): string => base64url.encode(JSON.stringify(value));
    const unsigned = `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
    expect(await keys.verify(unsigned, 'JWT', { now: NOW })).toBeUndefined();
  });
});

describe('claims', () => {
  const account: Account = {
    sub: 'sub' as SubjectId,
    email: 'editor@example.com',
    name: 'Edith Editor',
    status: 'active',
    home: 'example',
    memberships: new Map(),
    enrollments: new Map(),
    version: 1,
  };

  test('OIDC Core 5.4: a scope opens its claims and no others', () => {
    expect(accountClaims(account, 'openid')).toEqual({});
    expect(accountClaims(account, 'openid profile')).toEqual({ name: 'Edith Editor' });
    expect(accountClaims(account, 'openid email')).toEqual({
      email: 'editor@example.com',
      email_verified: true,
    });
    expect(accountClaims(account, 'openid emails profiles')).toEqual({});
  });

  test('an address that was not proven is never sent: sites link people by it', () => {
    expect(accountClaims({ ...account, status: 'invited' }, 'openid email')).toEqual({});
  });
});
