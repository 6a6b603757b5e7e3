import { randomUUID } from 'node:crypto';
import { base64url, decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { Browser, type Answer } from '../support/browser.ts';
import { assertionOf, operatorToken, postAdmin, requestOperatorToken } from './admin-operator.ts';
import type { FlowWorld } from './flow-world.ts';
import { oauthErrorOf, requestUserinfo, tokensFor } from './oidc-site.ts';
import { enrolledPerson, problemOf, type Enrolled } from './person.ts';

/** Who may call the admin API, and what it reads. */
export function adminApiSuite(world: () => FlowWorld): void {
  describe('admin api', () => {
    let person: Enrolled;
    beforeAll(async () => {
      person = await enrolledPerson(world());
    });

    const list = (authorization?: string): Promise<Answer> =>
      new Browser().send(`${world().issuer}/api/admin/members?organization=example`, {
        headers: authorization === undefined ? {} : { authorization },
      });

    it('S64: an operator gets a token of five minutes for one assertion, for this API alone', async () => {
      const token = await operatorToken(world());
      expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
      const { aud, scope, iat = 0, exp = 0 } = decodeJwt(token);
      expect([aud, scope, exp - iat]).toEqual([`${world().issuer}/api/admin`, 'admin', 300]);
      expect((await list(`Bearer ${token}`)).status).toBe(200);
      expect((await requestUserinfo(world(), token)).status).toBe(401);
      await world().advance(301);
      expect((await list(`Bearer ${token}`)).status).toBe(401);
    });

    it('bugs 2, 4, 39: nothing else opens it', async () => {
      const tokens = await tokensFor(world(), person.browser);
      const operator = await operatorToken(world());
      const session = person.browser.cookies.get('localhost', '__Host-penumbra-session') ?? '';
      const refused: readonly (readonly [string, string | undefined])[] = [
        ['nothing', undefined],
        ["a person's access token", `Bearer ${tokens.access_token}`],
        ["a person's ID token", `Bearer ${tokens.id_token}`],
        ['a session', `Bearer ${session}`],
        ['the assertion itself', `Bearer ${await assertionOf(world())}`],
        ['Basic', `Basic ${Buffer.from(`${world().operator.key.kid ?? ''}:`).toString('base64')}`],
        ['two tokens', `Bearer ${operator} ${operator}`],
        ['a list', `Bearer ${operator}, Bearer ${operator}`],
        ['a token with more', `Bearer ${operator}.x`],
        ['another scheme', `DPoP ${operator}`],
        ['an unsigned copy', `Bearer ${unsigned(operator)}`],
      ];
      for (const [name, authorization] of refused) {
        expect([name, (await list(authorization)).status]).toEqual([name, 401]);
      }
      const withCookie = await person.browser.getJson(
        `${world().issuer}/api/admin/members?organization=example`,
      );
      expect(withCookie.status).toBe(401);
    });

    const unsigned = (token: string): string =>
      `${base64url.encode(JSON.stringify({ alg: 'none', typ: 'at+jwt' }))}.${token.split('.')[1] ?? ''}.`;

    it('RFC 7523 3: an assertion counts once, also when 20 are sent at once', async () => {
      const assertion = await assertionOf(world());
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => requestOperatorToken(world(), assertion)),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(19);
      expect(oauthErrorOf(await requestOperatorToken(world(), assertion))).toBe('invalid_client');
    });

    it('RFC 7523 3, bug 38: an assertion of another key, for others, too old or too long is refused', async () => {
      const { issuer, key } = world().operator;
      const kid = key.kid ?? '';
      const now = world().now();
      const stranger = await generateKeyPair('ES256', { extractable: true });
      const strangerKey = await exportJWK(stranger.privateKey);
      const { kty, crv, x, y } = key;
      const hmac = (secret: string): Promise<string> =>
        new SignJWT({ iss: kid, sub: kid, aud: issuer, jti: randomUUID(), exp: now + 60 })
          .setProtectedHeader({ alg: 'HS256', kid })
          .sign(new TextEncoder().encode(secret));
      const refused: readonly (readonly [string, string | undefined])[] = [
        ['none', undefined],
        ['no token', 'x'],
        ['another key of the same name', await assertionOf(world(), { key: strangerKey })],
        ['a name that nobody has', await assertionOf(world(), { header: { kid: 'nobody' } })],
        ['no name', await assertionOf(world(), { header: { kid: '' } })],
        [
          'a key that it brings',
          await assertionOf(world(), {
            key: strangerKey,
            header: { jwk: await exportJWK(stranger.publicKey) },
          }),
        ],
        ['the signing key', await assertionOf(world(), { key: world().identity.signingKey })],
        ['an issuer of another name', await assertionOf(world(), { claims: { iss: 'other' } })],
        ['a subject of another name', await assertionOf(world(), { claims: { sub: 'other' } })],
        ['another audience', await assertionOf(world(), { claims: { aud: 'https://evil.example' } })],
        ['a longer audience', await assertionOf(world(), { claims: { aud: `${issuer}/` } })],
        ['no audience', await assertionOf(world(), { claims: { aud: undefined } })],
        ['no id', await assertionOf(world(), { claims: { jti: undefined } })],
        ['no end', await assertionOf(world(), { claims: { exp: undefined } })],
        ['an end that is over', await assertionOf(world(), { claims: { exp: now - 60 } })],
        ['an end that is far off', await assertionOf(world(), { claims: { exp: now + 3600 } })],
        ['a beginning to come', await assertionOf(world(), { claims: { nbf: now + 600 } })],
        ['no signature', unsigned(await assertionOf(world()))],
        ['HS256 with the public key', await hmac(JSON.stringify({ kty, crv, x, y }))],
        ['HS256 with its x', await hmac(x ?? '')],
      ];
      for (const [name, assertion] of refused) {
        const answer = await requestOperatorToken(world(), assertion);
        expect([name, answer.status, oauthErrorOf(answer)]).toEqual([name, 401, 'invalid_client']);
      }
      const rightOne = await assertionOf(world());
      for (const scope of [undefined, 'openid', 'admin openid']) {
        expect(oauthErrorOf(await requestOperatorToken(world(), rightOne, { scope }))).toBe('invalid_scope');
      }
      const wrongType = { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' };
      expect((await requestOperatorToken(world(), rightOne, wrongType)).status).toBe(401);
      expect((await requestOperatorToken(world(), rightOne)).status).toBe(200);
    });

    const member = { organization: 'example', email: 'typed@example.com', name: 'T', role: 'member' };
    const site = { organization: 'example', name: 'S', redirect_uris: ['https://s.example/cb'] };

    it.each<readonly [string, string, object | string, readonly string[]]>([
      ['no JSON', 'members', 'email=a', ['']],
      ['an array', 'members', [member], ['']],
      ['a text', 'members', '"x"', ['']],
      ['null', 'members', 'null', ['']],
      ['nothing', 'members', '', ['']],
      ['NUL', 'members', { ...member, name: 'a\0b' }, ['']],
      ['half a surrogate pair', 'members', '{"name":"\\ud800"}', ['']],
      ['no field', 'members', {}, ['organization', 'email', 'name', 'role']],
      [
        'bug 3, 19: fields of the inside',
        'members',
        { ...member, status: 'active', password: 'x' },
        ['status'],
      ],
      [
        '__proto__',
        'members',
        `{"__proto__":{"role":"owner"},${JSON.stringify(member).slice(1)}`,
        ['__proto__'],
      ],
      [
        'bug 27: several addresses in a list',
        'members',
        { ...member, email: [member.email, 'b@x.yz'] },
        ['email'],
      ],
      ['bug 27: several addresses with a comma', 'members', { ...member, email: 'a@b.c,d@e.f' }, ['email']],
      ['bug 27: an object for an address', 'members', { ...member, email: { value: 'a@b.c' } }, ['email']],
      ['a number for an address', 'members', { ...member, email: 1 }, ['email']],
      ['a line end in an address', 'members', { ...member, email: 'a@b.c\r\nBcc: d@e.f' }, ['email']],
      ['a display name', 'members', { ...member, email: 'A <a@b.c>' }, ['email']],
      ['a role in a list', 'members', { ...member, role: ['owner'] }, ['role']],
      ['an unknown role', 'members', { ...member, role: 'root' }, ['role']],
      ['a line end in a name', 'members', { ...member, name: 'a\r\nb' }, ['name']],
      ['an empty name', 'members', { ...member, name: ' ' }, ['name']],
      ['a long name', 'members', { ...member, name: 'a'.repeat(101) }, ['name']],
      ['an id with a colon', 'organizations', { id: 'a:b', name: 'A' }, ['id']],
      ['an id in capitals', 'organizations', { id: 'Example', name: 'A' }, ['id']],
      ['a long id', 'organizations', { id: 'a'.repeat(64), name: 'A' }, ['id']],
      ['a number for an id', 'organizations', { id: 1, name: true }, ['id', 'name']],
      ['a site with a secret', 'sites', { ...site, client_secret: 'mine' }, ['client_secret']],
      ['a text for a list', 'sites', { ...site, redirect_uris: 'https://s.example/cb' }, ['redirect_uris']],
      ['no address', 'sites', { ...site, redirect_uris: [] }, ['redirect_uris']],
      ['a truth in words', 'sites', { ...site, public: 'false' }, ['public']],
    ])('S74: %s is refused with the fields that are wrong', async (_name, path, body, fields) => {
      const answer = await postAdmin(world(), path, body);
      expect([answer.status, problemOf(answer).code]).toEqual([400, 'invalid_body']);
      const named = (problemOf(answer).errors ?? []).map(({ field }) => field);
      expect(named).toEqual(expect.arrayContaining([...fields]));
      expect(await world().redis.exists(`address:${member.email}`)).toBe(0);
    });

    it.each([
      'http://s.example/cb',
      'https://*.s.example/cb',
      'https://s.example/cb#x',
      'https://user@s.example/cb',
      'https://s.example/a/../cb',
      'https://S.example/cb',
      'javascript:alert(1)',
      'http://localhost.evil.example/cb',
      '//s.example/cb',
      '/cb',
      ' https://s.example/cb',
    ])('S55: %s can not be registered', async (uri) => {
      for (const body of [
        { ...site, redirect_uris: [uri] },
        { ...site, post_logout_redirect_uris: ['https://s.example/', uri] },
      ]) {
        const answer = await postAdmin(world(), 'sites', body);
        expect([answer.status, problemOf(answer).code]).toEqual([400, 'invalid_body']);
      }
    });

    it('S74: a megabyte is too large, whatever it says of its length', async () => {
      const answer = await postAdmin(world(), 'members', { ...member, name: 'a'.repeat(1_000_000) });
      expect([answer.status, problemOf(answer).code]).toEqual([413, 'too_large']);
    });

    it('an organisation is made once, and everything else needs one', async () => {
      const id = `o-${randomUUID()}`;
      expect((await postAdmin(world(), 'organizations', { id, name: 'One' })).status).toBe(201);
      const again = await postAdmin(world(), 'organizations', { id, name: 'Two' });
      expect([again.status, problemOf(again).code]).toEqual([409, 'exists']);
      expect(await world().redis.hGet(`organization:${id}`, 'name')).toBe('One');
      for (const [path, body] of [
        ['members', { ...member, organization: 'missing' }],
        ['sites', { ...site, organization: 'missing' }],
      ] as const) {
        expect((await postAdmin(world(), path, body)).status).toBe(404);
      }
      const token = await operatorToken(world());
      const read = (query: string): Promise<Answer> =>
        new Browser().send(`${world().issuer}/api/admin/members?${query}`, {
          headers: { authorization: `Bearer ${token}` },
        });
      expect((await read('organization=missing')).status).toBe(404);
      expect((await read('')).status).toBe(404);
      for (const offset of ['-1', '1.5', 'x', '1e400']) {
        expect((await read(`organization=${id}&offset=${offset}`)).status).toBe(400);
      }
      expect((await read(`organization=${id}`)).json()).toEqual({ total: 0, members: [] });
    });

    it('S70: what an operator did is in the audit trail with their name', async () => {
      const id = `o-${randomUUID()}`;
      await postAdmin(world(), 'organizations', { id, name: 'Audited' });
      const entries = (await world().redis.xRevRange('audit', '+', '-', { COUNT: 5 })) ?? [];
      const events = entries.map(({ message }) => JSON.parse(message['event'] ?? '{}') as object);
      expect(events[0]).toMatchObject({
        type: 'admin.organization.create',
        operator: world().operator.key.kid,
        organization: id,
        result: 'created',
      });
    });
  });
}
