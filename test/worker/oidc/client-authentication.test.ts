import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { authenticates, presentedClient } from '../../../worker/oidc/client-authentication.ts';
import type { ClientAuthMethod, RelyingParty } from '../../../worker/oidc/relying-party.ts';

const hash = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
const client = (authMethod: ClientAuthMethod, secret?: string): RelyingParty => ({
  clientId: 'site',
  name: 'Site',
  organizationId: 'example',
  redirectUris: [],
  postLogoutRedirectUris: [],
  authMethod,
  ...(secret === undefined ? {} : { secretSha256: hash(secret) }),
});

describe('client authentication', () => {
  test('RFC 6749 2.3.1: reads Basic with both parts form-encoded, in UTF-8', async () => {
    expect(await presentedClient(basic('a%3Ab:p%20w%3A%C3%A9+x'), new Map())).toEqual({
      clientId: 'a:b',
      method: 'client_secret_basic',
      secretSha256: hash('p w:é x'),
    });
    expect(await presentedClient(basic('site:a:b').replace('Basic', 'basic'), new Map())).toMatchObject({
      clientId: 'site',
      secretSha256: hash('a:b'),
    });
  });

  test.each([
    ['another scheme', 'Bearer x', {}],
    ['no colon', basic('site'), {}],
    ['no base64', 'Basic ä', {}],
    ['base64url', 'Basic c2l0ZTo_', {}],
    ['bytes that are no text', `Basic ${Buffer.from([0xff, 0x3a, 0xfe]).toString('base64')}`, {}],
    ['a broken escape', basic('site:%zz'), {}],
    ['a second secret in the body', basic('site:x'), { client_secret: 'x' }],
    ['another name in the body', basic('site:x'), { client_id: 'other' }],
    ['nothing', undefined, {}],
    ['a secret without a name', undefined, { client_secret: 'x' }],
  ])('RFC 6749 2.3, bug 39: %s presents nobody', async (_name, authorization, fields) => {
    expect(await presentedClient(authorization, new Map(Object.entries(fields)))).toBeUndefined();
  });

  test('S64: a client authenticates by its own method and secret alone', async () => {
    const ways = {
      client_secret_basic: await presentedClient(basic('site:right'), new Map()),
      client_secret_post: await presentedClient(
        undefined,
        new Map([
          ['client_id', 'site'],
          ['client_secret', 'right'],
        ]),
      ),
      none: await presentedClient(undefined, new Map([['client_id', 'site']])),
    };
    const methods: readonly ClientAuthMethod[] = ['client_secret_basic', 'client_secret_post', 'none'];
    for (const registered of methods) {
      const known = client(registered, registered === 'none' ? undefined : 'right');
      const passing = methods.filter((way) => {
        const presented = ways[way];
        return presented !== undefined && authenticates(known, presented);
      });
      expect(passing).toEqual([registered]);
    }
    const wrong = await presentedClient(basic('site:wrong'), new Map());
    expect(wrong && authenticates(client('client_secret_basic', 'right'), wrong)).toBe(false);
  });

  test('S64: a confidential client whose secret is not known lets nobody in', async () => {
    const empty = await presentedClient(basic('site:'), new Map());
    expect(empty && authenticates(client('client_secret_basic'), empty)).toBe(false);
  });
});
