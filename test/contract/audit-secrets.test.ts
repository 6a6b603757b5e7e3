// What a whole journey never leaves in the audit stream, in the operator's log or anywhere in Redis: anything secret.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret, URI } from 'otpauth';
import { FIRST_SITE } from '../flow/flow-world.ts';
import { authorizeAttempt } from '../flow/person.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { startInProcess, type InProcessService } from '../support/in-process.ts';
import { makeOrganization } from '../support/in-process-person.ts';
import { dumpRedis } from '../support/redis-dump.ts';
import { totpCode } from '../support/totp.ts';
import { walk, WALKED_SITE } from '../support/walk.ts';
import { NEW_PASSWORD } from '../support/walk-factors.ts';
import { openOperatorApi } from '../world/operator-api.ts';
import { DEMO_PASSWORD } from '../world/seed.ts';

type Event = Readonly<Record<string, string | number>>;

let service: InProcessService;
let answers: readonly Answer[];
let startedAt: number;

beforeAll(async () => {
  service = await startInProcess({ clients: [WALKED_SITE] });
  startedAt = service.now();
  await makeOrganization(service);
  const seen: Answer[] = [];
  await walk(service, async (_name, _status, request) => {
    const answer = await request();
    seen.push(answer);
    return answer;
  });
  answers = seen;
});

afterAll(async () => {
  await service.stop();
});

describe('S71: what is never logged', () => {
  it('S71 no password, code, seed, token, session secret, key or phone number is in stream or log', async () => {
    const found = secretsOfTheJourney();
    expect(found.size).toBeGreaterThan(100);
    const stream = (await service.redis.xRange('audit', '-', '+')) ?? [];
    const written = [...stream.map(({ message }) => JSON.stringify(message)), ...service.log].join('\n');
    // What must be found, so that nothing else could hide from the search.
    for (const text of ['sign_in.challenge', 'message.send', 'recovery_codes.new'])
      expect(written).toContain(text);
    expect([...found].filter(([secret]) => holds(written, secret)).map(([, what]) => what)).toEqual([]);
  });

  it('S71 none of them is in what administrators read and take away', async () => {
    const { token } = await openOperatorApi(service.operator, service.now());
    const found = secretsOfTheJourney();
    for (const path of ['audit', 'audit.csv', 'audit.jsonl', 'overview', 'policy']) {
      const answer = await fetch(`${service.operator.url}/api/admin/organizations/example/${path}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const text = await answer.text();
      expect(answer.status).toBe(200);
      if (path.startsWith('audit.')) expect(text).toContain('sign_in.challenge');
      expect([...found].filter(([secret]) => holds(text, secret)).map(([, what]) => what)).toEqual([]);
    }
  });

  it('S71 design: none of them is anywhere else in Redis either', async () => {
    const dump = await dumpRedis(service.redis);
    expect(dump).toContain('account:');
    const found = secretsOfTheJourney();
    expect([...found].filter(([secret]) => holds(dump, secret)).map(([, what]) => what)).toEqual([]);
  });

  it('S71 an outage names the step and no value', async () => {
    const before = service.log.length;
    service.bridge.refuse();
    const browser = new Browser();
    const answer = await browser.open(authorizeAttempt(service.issuer, FIRST_SITE).url);
    service.bridge.resume();
    expect(answer.status).toBe(503);
    const lines = service.log.slice(before).map((line) => JSON.parse(line) as Event);
    expect(lines).toEqual([
      {
        line: 'fault',
        requestId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        name: 'StoreUnavailable',
        message: 'The store did not carry out loadAuthorize: unreachable.',
      },
    ]);
  });
});

/** Digits may be part of a longer number by chance, so a code is looked for where nothing of a word is around it. */
function holds(text: string, secret: string): boolean {
  return /^\d+$/.test(secret)
    ? new RegExp(`(?<![\\w-])${secret}(?![\\w-])`).test(text)
    : text.includes(secret);
}

/** Everything of the journey that nobody else may ever read, with what it is. */
function secretsOfTheJourney(): Map<string, string> {
  const found = new Map<string, string>();
  const add = (what: string, secret: string | undefined): void => {
    if (secret !== undefined && secret.length >= 6) found.set(secret, what);
  };
  add('password', DEMO_PASSWORD);
  add('wrong password', 'not the password of anybody');
  add('new password', NEW_PASSWORD);
  add('client secret', FIRST_SITE.secret);
  for (const [, key] of service.identity.rootKey.matchAll(/:([\w-]+)/g)) add('root key', key);
  add('signing key', service.identity.signingKey.d);
  add('operator key', service.identity.operatorKey.d);
  add('token of the store', service.identity.redisToken);
  add('key of the mail provider', service.identity.resendApiKey);
  for (const { text } of service.mails) {
    add('set-up token', /\/setup#([\w-]+)/.exec(text)?.[1]);
    add('mailbox code', /(?<!\d)(\d{8})(?!\d)/.exec(text)?.[1]);
    add('token of a new password', /\/reset#([\w-]+)/.exec(text)?.[1]);
    add('token of "this was not me"', /\/not-me#([\w-]+)/.exec(text)?.[1]);
  }
  for (const { body, to } of service.texts) {
    add('texted code', /#(\d{6})\s*$/.exec(body)?.[1]);
    add('phone number', to);
  }
  for (const { headers, text, location } of answers) {
    for (const cookie of headers.getSetCookie()) add('cookie', /=([^;]+)/.exec(cookie)?.[1]);
    add('authorization code', new URL(location ?? 'http://x').searchParams.get('code') ?? undefined);
    add('CSRF token', /name="csrf-token" content="([^"]+)"/.exec(text)?.[1]);
    for (const [, name, value] of text.matchAll(/"(access_token|id_token)":"([^"]+)"/g))
      add(name ?? '', value);
    for (const [code] of text.matchAll(/(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}/g)) {
      add('recovery code', code);
      add('recovery code as it is hashed', code.replaceAll('-', ''));
    }
    for (const [uri] of text.matchAll(/otpauth:\/\/[^"]+/g)) addSeed(add, uri);
  }
  return found;
}

function addSeed(add: (what: string, secret: string) => void, uri: string): void {
  const { secret } = URI.parse(uri);
  add('seed', secret.base32);
  add('seed in groups', secret.base32.replace(/(.{4})(?=.)/g, '$1 '));
  for (const encoding of ['hex', 'base64', 'base64url'] as const) {
    add(`seed in ${encoding}`, Buffer.from(Secret.fromBase32(secret.base32).bytes).toString(encoding));
  }
  for (let time = startedAt; time <= service.now(); time += 30) add('code of the app', totpCode(uri, time));
}
