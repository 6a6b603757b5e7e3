// What a whole journey leaves in the audit stream and in the operator's log: everything that happened, nothing secret.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret, URI } from 'otpauth';
import { FIRST_SITE } from '../flow/flow-world.ts';
import { authorizeAttempt, Journey } from '../flow/person.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { startInProcess, type InProcessService } from '../support/in-process.ts';
import { makeOrganization, makePerson } from '../support/in-process-person.ts';
import { dumpRedis } from '../support/redis-dump.ts';
import { totpCode } from '../support/totp.ts';
import { walk, WALKED_SITE } from '../support/walk.ts';
import { DEMO_PASSWORD } from '../world/seed.ts';

type Event = Readonly<Record<string, string | number>>;

/** What the walk does, in its order: each event with its result. */
const EVENTS = `
operator.token taken
admin.organization.create created
operator.token taken
admin.member.create created
account.setup.try ok
account.setup taken
sign_in.begin ok
sign_in.password.try reserved
sign_in.password wrong_password
sign_in.password.try reserved
sign_in.password ok
mail.address_code ok
sign_in.address_code wrong_code
sign_in.address_code ok
factor.enrollment.start ok
factor.enrollment.try reserved
factor.enrollment ok
oidc.token redeemed
factor.enrollment.start ok
factor.enrollment.try reserved
factor.enrollment ok
factor.disable.try reserved
factor.disable ok
sign_out ended
sign_in.begin ok
sign_in.password.try reserved
sign_in.password ok
sign_in.challenge.try reserved
sign_in.challenge wrong_code
sign_in.challenge.try reserved
sign_in.challenge ok
oidc.token redeemed
sign_out ended`
  .trim()
  .split('\n');

let service: InProcessService;
let stream: readonly Event[];
let log: readonly string[];
let answers: readonly Answer[];
let startedAt: number;

async function readStream(): Promise<Event[]> {
  const entries = await service.redis.xRange('audit', '-', '+');
  return (entries ?? []).map(({ message }) => JSON.parse(message['event'] ?? '') as Event);
}

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
  stream = await readStream();
  log = [...service.log];
});

afterAll(async () => {
  await service.stop();
});

describe('S70: what is logged', () => {
  it('S70 every event of the journey is in the stream, with its result, in order', () => {
    expect(stream.map(({ type, result }) => `${type} ${result}`)).toEqual(EVENTS);
  });

  it('S70 each says when and from where, and by which request it can be found', () => {
    for (const event of stream) {
      expect(event['at']).toBeGreaterThanOrEqual(startedAt);
      expect(event['at']).toBeLessThanOrEqual(service.now());
      expect(event['address']).toMatch(/^(10\.\d+\.\d+\.\d+|unknown)$/);
      expect(event['userAgent']).toBeTypeOf('string');
      expect(event['requestId']).toMatch(/^[0-9a-f]{32}$/);
    }
  });

  it('S70 each says who: the account, or the operator; only the begin of a sign-in knows nobody yet', () => {
    const [person] = new Set(stream.flatMap(({ sub }) => sub ?? []));
    expect(person).toMatch(/^[\w-]{22}$/);
    for (const event of stream) {
      const expected = /^(operator\.|admin\.)/.test(String(event['type']))
        ? { operator: 'local-operator' }
        : { sub: person };
      if (event['type'] !== 'sign_in.begin') expect(event).toMatchObject(expected);
    }
  });

  it('S70 each says how: the factor, the site, what came next', () => {
    const of = (type: string): readonly Event[] => stream.filter((event) => event['type'] === type);
    for (const event of of('sign_in.begin')) expect(event['clientId']).toBe(FIRST_SITE.clientId);
    for (const event of of('oidc.token')) expect(event['clientId']).toBe(FIRST_SITE.clientId);
    for (const event of of('factor.enrollment')) expect(event['kind']).toBe('totp');
    expect(of('sign_in.password').map(({ next }) => next)).toEqual([
      undefined,
      'confirm_address',
      'challenge',
    ]);
    expect(of('sign_in.challenge')[0]?.['enrollmentId']).toBe(of('factor.enrollment')[1]?.['enrollmentId']);
  });

  it('S70 the operator’s log tells the same, line by line', () => {
    const lines = log.map((line) => JSON.parse(line) as Event);
    expect(lines).toEqual(stream.map((event) => ({ ...event, line: 'event' })));
  });
});

describe('S71: what is never logged', () => {
  it('S71 no password, code, seed, token, session secret or key is in stream or log', () => {
    const found = secretsOfTheJourney();
    expect(found.size).toBeGreaterThan(40);
    const written = `${JSON.stringify(stream)}\n${log.join('\n')}`;
    expect([...found].filter(([secret]) => written.includes(secret)).map(([, what]) => what)).toEqual([]);
  });

  it('S71 design: none of them is anywhere else in Redis either', async () => {
    const dump = await dumpRedis(service.redis);
    expect(dump).toContain('account:');
    const found = secretsOfTheJourney();
    expect([...found].filter(([secret]) => dump.includes(secret)).map(([, what]) => what)).toEqual([]);
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

describe('S70: what people send forges nothing', () => {
  const EVIL = '"},{"type":"sign_in.challenge","result":"ok"}\\n{"line":"event"}';

  it('S70 a user agent, an address and a name stay in their field, or are refused', async () => {
    const [lines, events] = [service.log.length, (await readStream()).length];
    const { email, password } = await makePerson(service, { name: `Pat ${EVIL}` });
    const browser = new Browser();
    const journey = await Journey.begin(browser, authorizeAttempt(service.issuer, FIRST_SITE).url);
    await journey.go('identify', { email });
    // A header carries no line end; the two that Unicode adds, and NEL, come as bytes above ASCII.
    const userAgent = `${EVIL}\u0085\u00e2\u0080\u00a8\t${'x'.repeat(400)}`;
    await browser.postJson(`${journey.api}/password`, { password }, { 'user-agent': userAgent });
    for (const address of [`a${EVIL}@example.com`, 'a\n{"line":"event"}@example.com']) {
      const refused = await (
        await Journey.begin(browser, authorizeAttempt(service.issuer, FIRST_SITE).url)
      ).post('identify', { email: address });
      expect(refused.status).toBe(400);
    }
    const added = (await readStream()).slice(events);
    const addedLines = service.log.slice(lines);
    expect(addedLines).toHaveLength(added.length);
    for (const line of addedLines) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(addedLines.map((line) => JSON.parse(line) as Event)).toEqual(
      added.map((event) => ({ ...event, line: 'event' })),
    );
    expect(added.map(({ type }) => type)).not.toContain('sign_in.challenge');
    const mine = added.find(({ type }) => type === 'sign_in.password');
    expect(String(mine?.['userAgent']).startsWith(EVIL)).toBe(true);
    expect(mine?.['userAgent']).toHaveLength(200);
  });

  it('S70 an id in a path that is none of ours does not get into the trail', async () => {
    const browser = new Browser();
    await browser.open(`${service.issuer}/setup`);
    const before = (await readStream()).length;
    const path = `/api/account/enrollments/${encodeURIComponent(`x\n${EVIL}`)}/disable`;
    const answer = await browser.postJson(service.issuer + path, { code: '000000' });
    expect(answer.status).toBe(404);
    expect((await readStream()).length).toBe(before);
  });
});

/** Everything of the journey that nobody else may ever read, with what it is. */
function secretsOfTheJourney(): Map<string, string> {
  const found = new Map<string, string>();
  const add = (what: string, secret: string | undefined): void => {
    if (secret !== undefined && secret.length >= 6) found.set(secret, what);
  };
  add('password', DEMO_PASSWORD);
  add('wrong password', 'not the password of anybody');
  add('client secret', FIRST_SITE.secret);
  for (const [, key] of service.identity.rootKey.matchAll(/:([\w-]+)/g)) add('root key', key);
  add('signing key', service.identity.signingKey.d);
  add('operator key', service.identity.operatorKey.d);
  add('token of the store', service.identity.redisToken);
  add('key of the mail provider', service.identity.resendApiKey);
  for (const { text } of service.mails) {
    add('set-up token', /\/setup#([\w-]+)/.exec(text)?.[1]);
    add('mailbox code', /(?<!\d)(\d{8})(?!\d)/.exec(text)?.[1]);
  }
  for (const { headers, text, location } of answers) {
    for (const cookie of headers.getSetCookie()) add('cookie', /=([^;]+)/.exec(cookie)?.[1]);
    add('authorization code', new URL(location ?? 'http://x').searchParams.get('code') ?? undefined);
    add('CSRF token', /name="csrf-token" content="([^"]+)"/.exec(text)?.[1]);
    for (const [, name, value] of text.matchAll(/"(access_token|id_token)":"([^"]+)"/g))
      add(name ?? '', value);
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
