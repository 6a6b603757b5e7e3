import { describe, expect, test } from 'vitest';
import { parseConfig, type Config } from '../../worker/config.ts';

const B32 = 'A'.repeat(43);
const privateKey = { kty: 'EC', crv: 'P-256', kid: 's1', alg: 'ES256', use: 'sig', x: B32, y: B32, d: B32 };
const publicKey = { kty: 'EC', crv: 'P-256', kid: 'op1', alg: 'ES256', x: B32, y: B32 };
const client = {
  client_id: 'site',
  name: 'Site',
  organization: 'acme',
  redirect_uris: ['http://site.localhost:8080/umbraco/signin'],
  post_logout_redirect_uris: ['http://site.localhost:8080/'],
  token_endpoint_auth_method: 'client_secret_basic',
  client_secret_sha256: B32,
};
const jwks = (...keys: object[]): string => JSON.stringify({ keys });
const GOOD: Readonly<Record<string, unknown>> = {
  PENUMBRA_ISSUER: 'http://localhost:8787',
  UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:8079',
  UPSTASH_REDIS_REST_TOKEN: 'token',
  PENUMBRA_ROOT_KEYS: `k2:${'B'.repeat(43)},k1:${B32}`,
  PENUMBRA_SIGNING_KEYS: jwks(privateKey),
  PENUMBRA_OPERATOR_KEYS: jwks(publicKey),
  PENUMBRA_CLIENTS: JSON.stringify([client]),
  PENUMBRA_POLICY: '{"required":true,"accepted":["totp"],"least":"2fa"}',
  RESEND_API_KEY: 're_key',
  RESEND_BASE_URL: 'http://127.0.0.1:8025/',
  RESEND_WEBHOOK_SECRET: `whsec_${'A'.repeat(32)}`,
  PENUMBRA_MAIL_FROM: 'Penumbra <no-reply@example.com>',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'auth-token',
  TWILIO_FROM: '+15005550006',
  TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}`,
  TWILIO_BASE_URL: 'http://127.0.0.1:8025/',
  TWILIO_LOOKUPS_BASE_URL: 'http://127.0.0.1:8025',
  TWILIO_SIM_SWAP: 'true',
  PENUMBRA_PHONE_COUNTRIES: 'DK, SE',
};
const NO_PHONE = Object.fromEntries(
  Object.keys(GOOD)
    .filter((name) => /^TWILIO_|PHONE/.test(name))
    .map((name) => [name, undefined]),
);

function configOf(changes: Record<string, unknown> = {}): Config {
  const parsed = parseConfig({ ...GOOD, ...changes });
  if ('mistakes' in parsed) throw new Error(parsed.mistakes.join('\n'));
  return parsed.config;
}

function mistakesOf(changes: Record<string, unknown>): readonly string[] {
  const parsed = parseConfig({ ...GOOD, ...changes });
  return 'mistakes' in parsed ? parsed.mistakes : [];
}

test('a whole configuration', () => {
  const config = configOf();
  expect(config).toMatchObject({
    issuer: 'http://localhost:8787',
    serviceName: 'Penumbra',
    redis: { url: 'http://127.0.0.1:8079', token: 'token' },
    policy: { source: 'service', required: true, accepted: ['totp'], least: '2fa' },
    mail: {
      apiKey: 're_key',
      from: 'Penumbra <no-reply@example.com>',
      baseUrl: 'http://127.0.0.1:8025',
      webhookSecret: `whsec_${'A'.repeat(32)}`,
    },
    phone: {
      accountSid: `AC${'0'.repeat(32)}`,
      authToken: 'auth-token',
      from: '+15005550006',
      messagingServiceSid: `MG${'0'.repeat(32)}`,
      baseUrl: 'http://127.0.0.1:8025',
      lookupsBaseUrl: 'http://127.0.0.1:8025',
      simSwap: true,
      countries: ['DK', 'SE'],
    },
    operatorKeys: [{ kty: 'EC', crv: 'P-256', kid: 'op1', x: B32, y: B32 }],
    clients: [
      {
        clientId: 'site',
        name: 'Site',
        organizationId: 'acme',
        redirectUris: ['http://site.localhost:8080/umbraco/signin'],
        postLogoutRedirectUris: ['http://site.localhost:8080/'],
        authMethod: 'client_secret_basic',
        secretSha256: B32,
      },
    ],
  });
  expect(config.rootKeys.map(({ id, key }) => [id, key.length])).toEqual([
    ['k2', 32],
    ['k1', 32],
  ]);
});

test('what may be left out', () => {
  const config = configOf({
    PENUMBRA_OPERATOR_KEYS: undefined,
    PENUMBRA_CLIENTS: '',
    PENUMBRA_POLICY: undefined,
    RESEND_BASE_URL: undefined,
    RESEND_WEBHOOK_SECRET: '',
    ...NO_PHONE,
  });
  expect(config).toMatchObject({ operatorKeys: [], clients: [], policy: { source: 'service' } });
  expect(config.mail).toEqual({ apiKey: 're_key', from: 'Penumbra <no-reply@example.com>' });
  expect(config).not.toHaveProperty('phone');
});

test('a phone with the least that it needs', () => {
  expect(
    configOf({
      TWILIO_MESSAGING_SERVICE_SID: '',
      TWILIO_BASE_URL: undefined,
      TWILIO_LOOKUPS_BASE_URL: undefined,
      TWILIO_SIM_SWAP: undefined,
    }).phone,
  ).toEqual({
    accountSid: `AC${'0'.repeat(32)}`,
    authToken: 'auth-token',
    from: '+15005550006',
    simSwap: false,
    countries: ['DK', 'SE'],
  });
});

test('JSON may be given parsed, as Workers do, and unknown variables are none of ours', () => {
  expect(
    configOf({ PENUMBRA_CLIENTS: [client], PENUMBRA_POLICY: { required: true }, ASSETS: {} }).clients,
  ).toHaveLength(1);
});

test('everything that is missing is told at once, by name', () => {
  const parsed = parseConfig({});
  if (!('mistakes' in parsed)) throw new Error('It was accepted.');
  expect(parsed.mistakes.map((mistake) => mistake.split(' ')[0])).toEqual([
    'PENUMBRA_ISSUER',
    'UPSTASH_REDIS_REST_URL',
    'UPSTASH_REDIS_REST_TOKEN',
    'PENUMBRA_ROOT_KEYS',
    'PENUMBRA_SIGNING_KEYS',
    'RESEND_API_KEY',
    'PENUMBRA_MAIL_FROM',
  ]);
  for (const mistake of parsed.mistakes) expect(mistake).toMatch(/ is missing: set it to .+\.$/);
});

test('a part of the phone is told at once with all that is missing, by name', () => {
  const without = { ...NO_PHONE, TWILIO_SIM_SWAP: 'true' };
  const missing = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM', 'PENUMBRA_PHONE_COUNTRIES'];
  expect(mistakesOf(without).map((mistake) => mistake.split(' ')[0])).toEqual(missing);
  for (const mistake of mistakesOf(without)) expect(mistake).toMatch(/ is missing: set it to .+\.$/);
});

test('S25 with a provider and no list of countries it does not start: no country is allowed by default', () => {
  expect(mistakesOf({ PENUMBRA_PHONE_COUNTRIES: '' })).toEqual([
    expect.stringMatching(/^PENUMBRA_PHONE_COUNTRIES is missing: set it to the countries .+ DK,SE /),
  ]);
});

test.each(['{"accepted":["phone"]}', '{"accepted":["phone","email"],"least":"aal2"}'])(
  'a policy that leaves only phone needs a provider: %s',
  (policy) => {
    expect(mistakesOf({ PENUMBRA_POLICY: policy })).toEqual([]);
    expect(mistakesOf({ ...NO_PHONE, PENUMBRA_POLICY: policy })).toEqual([
      expect.stringMatching(/^PENUMBRA_POLICY\.accepted leaves only phone.+ set TWILIO_ACCOUNT_SID/),
    ]);
  },
);

const clientWith = (changes: object): string => JSON.stringify([{ ...client, ...changes }]);

describe('mistakes name the variable and what to do', () => {
  test.each([
    ['PENUMBRA_ISSUER', 'http://login.example.com', 'https://'],
    ['PENUMBRA_ISSUER', 'https://login.example.com/', 'no slash'],
    ['PENUMBRA_ISSUER', 'https://login.example.com/auth', 'no path'],
    ['PENUMBRA_ISSUER', 'https://Login.example.com', 'lower-case'],
    ['PENUMBRA_ISSUER', 'login.example.com', 'https://'],
    ['PENUMBRA_ISSUER', 5, 'text'],
    ['UPSTASH_REDIS_REST_URL', 'http://db.example.com', 'https://'],
    ['UPSTASH_REDIS_REST_URL', 'https://user:pass@db.example.com', 'without user name'],
    ['UPSTASH_REDIS_REST_TOKEN', 'a b', 'copy it again'],
    ['PENUMBRA_ROOT_KEYS', B32, 'id:key'],
    ['PENUMBRA_ROOT_KEYS', `k1:${B32.slice(1)}`, '32 bytes'],
    ['PENUMBRA_ROOT_KEYS', `k1:${B32}A`, '32 bytes'],
    ['PENUMBRA_ROOT_KEYS', `k.1:${B32}`, 'letters'],
    ['PENUMBRA_ROOT_KEYS', `k1:${B32},k1:${B32}`, 'twice'],
    ['PENUMBRA_ROOT_KEYS', `k1:${B32},`, 'entry 2'],
    ['PENUMBRA_SIGNING_KEYS', '{', 'not JSON'],
    ['PENUMBRA_SIGNING_KEYS', jwks(), 'the first key signs'],
    ['PENUMBRA_SIGNING_KEYS', jwks({ ...privateKey, d: undefined }), '.d is missing'],
    ['PENUMBRA_SIGNING_KEYS', jwks({ ...privateKey, kid: undefined }), '.kid is missing'],
    ['PENUMBRA_SIGNING_KEYS', jwks({ ...privateKey, crv: 'P-384' }), 'P-256'],
    ['PENUMBRA_SIGNING_KEYS', jwks({ ...privateKey, alg: 'none' }), 'ES256'],
    ['PENUMBRA_SIGNING_KEYS', jwks(privateKey, privateKey), 'kid twice'],
    ['PENUMBRA_OPERATOR_KEYS', jwks({ ...publicKey, d: B32 }), 'private key'],
    ['PENUMBRA_OPERATOR_KEYS', jwks(publicKey, publicKey), 'kid twice'],
    ['PENUMBRA_OPERATOR_KEYS', jwks({ ...publicKey, kty: 'RSA' }), '.kty'],
    ['PENUMBRA_CLIENTS', '{}', 'list'],
    ['PENUMBRA_CLIENTS', clientWith({ redirect_uris: [] }), 'at least one'],
    [
      'PENUMBRA_CLIENTS',
      clientWith({ redirect_uris: ['https://a.example/*'] }),
      '.redirect_uris[0] must not hold a wildcard',
    ],
    ['PENUMBRA_CLIENTS', clientWith({ redirect_uris: ['http://a.example/'] }), 'https://'],
    ['PENUMBRA_CLIENTS', clientWith({ post_logout_redirect_uris: ['https://a.example/#x'] }), 'fragment'],
    ['PENUMBRA_CLIENTS', clientWith({ client_secret: 'hunter2' }), '[0].client_secret is not known'],
    ['PENUMBRA_CLIENTS', clientWith({ client_secret_sha256: undefined }), 'needs its SHA-256'],
    ['PENUMBRA_CLIENTS', clientWith({ client_secret_sha256: 'hunter2' }), 'not the secret'],
    ['PENUMBRA_CLIENTS', clientWith({ token_endpoint_auth_method: 'none' }), 'left out'],
    ['PENUMBRA_CLIENTS', clientWith({ token_endpoint_auth_method: 'private' }), 'one of'],
    ['PENUMBRA_CLIENTS', clientWith({ organization: 'Acme Inc' }), 'small letters'],
    ['PENUMBRA_CLIENTS', clientWith({ name: 'a\u0000' }), 'control'],
    ['PENUMBRA_CLIENTS', JSON.stringify([client, client]), 'there twice'],
    ['PENUMBRA_POLICY', '{"required":"yes"}', 'true or false'],
    ['PENUMBRA_POLICY', '{"requried":true}', 'is not known'],
    ['PENUMBRA_POLICY', '{"accepted":["sms"]}', 'one of'],
    ['PENUMBRA_POLICY', '{"accepted":[]}', 'is empty'],
    ['PENUMBRA_POLICY', '{"accepted":["totp","totp"]}', 'twice'],
    ['PENUMBRA_POLICY', '{"least":"strong"}', 'one of'],
    ['PENUMBRA_POLICY', '{"mail_suspended_hours":0}', 'from 1 to 720'],
    ['PENUMBRA_POLICY', '{"mail_suspended_hours":"24"}', 'must be a number'],
    ['PENUMBRA_POLICY', '{"least":"phr"}', 'nobody could sign in'],
    ['RESEND_API_KEY', '', 'is missing'],
    ['RESEND_BASE_URL', 'http://mail.example.com', 'https://'],
    ['RESEND_WEBHOOK_SECRET', 'hunter2', 'whsec_'],
    ['RESEND_WEBHOOK_SECRET', `whsec_${'A'.repeat(31)}`, 'whsec_'],
    ['TWILIO_ACCOUNT_SID', 'AC12', '32 hexadecimal'],
    ['TWILIO_AUTH_TOKEN', 'a b', 'copy it again'],
    ['TWILIO_FROM', '004512345678', 'country code'],
    ['TWILIO_FROM', 'Penumbra', 'country code'],
    ['TWILIO_MESSAGING_SERVICE_SID', 'MG12', '32 hexadecimal'],
    ['TWILIO_BASE_URL', 'http://twilio.example.com', 'https://'],
    ['TWILIO_LOOKUPS_BASE_URL', 'twilio.example.com', 'https://'],
    ['TWILIO_SIM_SWAP', 'yes', 'true or false'],
    ['PENUMBRA_PHONE_COUNTRIES', 'DK,ZZ', 'entry 2'],
    ['PENUMBRA_PHONE_COUNTRIES', 'dk', 'capital letters'],
    ['PENUMBRA_PHONE_COUNTRIES', 'DK,', 'entry 2'],
    ['PENUMBRA_PHONE_COUNTRIES', 'DK,DK', 'twice'],
    ['PENUMBRA_MAIL_FROM', 'a@example.com, b@example.com', 'one address'],
    ['PENUMBRA_MAIL_FROM', 'A <a@example.com>\r\nBcc: b@example.com', 'one address'],
    ['PENUMBRA_MAIL_FROM', 'nobody', 'one address'],
    ['PENUMBRA_SERVICE_NAME', 'a:b', 'colon'],
  ])('%s = %j: %s', (name, value, part) => {
    const mistakes = mistakesOf({ [name]: value });
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(new RegExp(`^${name}\\b`));
    expect(mistakes[0]).toContain(part);
  });
});

test('S71 no value is printed', () => {
  const secret = 'hunter2hunter2';
  for (const name of Object.keys(GOOD)) {
    for (const value of [
      secret,
      `{"keys":["${secret}"]}`,
      `["${secret}"]`,
      { accepted: [secret], keys: [{ d: secret }] },
    ]) {
      expect(mistakesOf({ [name]: value }).join('\n'), name).not.toContain(secret);
    }
  }
});
