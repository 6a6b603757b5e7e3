// What a whole journey leaves in the audit stream and in the operator's log: everything that happened. That nothing secret is
// among it is held by audit-secrets.test.ts.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_SITE } from '../flow/flow-world.ts';
import { authorizeAttempt, Journey } from '../flow/person.ts';
import { Browser } from '../support/browser.ts';
import { startInProcess, type InProcessService } from '../support/in-process.ts';
import { makeOrganization, makePerson } from '../support/in-process-person.ts';
import { walk, WALKED_SITE } from '../support/walk.ts';

type Event = Readonly<Record<string, string | number>>;

const PEOPLE = 3;
const KIND = /^(totp|phone|email)$/;
const CHANNEL = /^(mail|text|call)$/;

/** What the walk does, in its order: each event with its result, but for the messages that go out meanwhile. */
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
sign_out ended
operator.token taken
admin.member.create created
account.setup.try ok
account.setup taken
sign_in.begin ok
sign_in.password.try reserved
sign_in.password ok
sign_in.address_code ok
factor.enrollment.start ok
factor.enrollment.code ok
factor.enrollment wrong_code
factor.enrollment ok
recovery_codes.new ok
recovery_codes.new ok
factor.code ok
factor.prove ok
factor.enrollment.start ok
factor.change ok
operator.token taken
admin.member.create created
account.setup.try ok
account.setup taken
sign_in.begin ok
sign_in.password.try reserved
sign_in.password ok
sign_in.address_code ok
factor.enrollment ok
recovery_codes.new ok
profile.change ok
factor.rename ok
password.change.try reserved
password.change wrong_password
password.change.try reserved
password.change ok
mail.new_address_code ok
email.change ok
mail.new_address_code ok
notice_email.change ok
notice_email.change ok
recovery_codes.new ok
factor.enrollment.start ok
factor.enrollment.code ok
factor.enrollment ok
factor.default ok
sign_in.begin ok
sign_in.password.try reserved
sign_in.password ok
sign_in.code ok
sign_in.challenge wrong_code
sign_in.challenge ok
sign_in.begin ok
sign_in.password.try reserved
sign_in.password ok
sign_in.code ok
sign_in.code ok
sign_in.challenge ok
session.end ok
sessions.end_others ok
factor.code ok
factor.disable ok
sign_in.begin ok
sign_in.password.try reserved
sign_in.password ok
help.request ok
sign_in.recovery.try reserved
sign_in.recovery wrong_code
sign_in.recovery.try reserved
sign_in.recovery ok
sign_in.begin ok
password.reset_requested ok
password.reset.try ok
password.reset.try ok
password.reset taken
sign_in.not_me taken`
  .trim()
  .split('\n');

let service: InProcessService;
let stream: readonly Event[];
let log: readonly string[];
let startedAt: number;
let mails: number;

/** Tells what somebody did from what the queue did later. */
function isDone({ type }: Event): boolean {
  return !String(type).startsWith('message.');
}

async function readStream(): Promise<Event[]> {
  const entries = await service.redis.xRange('audit', '-', '+');
  return (entries ?? []).map(({ message }) => JSON.parse(message['event'] ?? '') as Event);
}

beforeAll(async () => {
  service = await startInProcess({ clients: [WALKED_SITE] });
  startedAt = service.now();
  await makeOrganization(service);
  await walk(service, (_name, _status, request) => request());
  stream = await readStream();
  log = [...service.log];
  mails = service.mails.length;
});

afterAll(async () => {
  await service.stop();
});

describe('S70: what is logged', () => {
  it('S70 every event of the journey is in the stream, with its result, in order', () => {
    expect(stream.filter(isDone).map(({ type, result }) => `${type} ${result}`)).toEqual(EVENTS);
  });

  it('S70 every message that was handed over is in the stream too, with whom it was for and how it went', () => {
    const sends = stream.filter((event) => !isDone(event));
    const byChannel = (channel: string): number =>
      sends.filter((event) => event['channel'] === channel).length;
    // A set-up link is mailed before it is answered, and not by the queue.
    expect(byChannel('mail')).toBe(mails - PEOPLE);
    expect([byChannel('text'), byChannel('call')]).toEqual([service.texts.length, service.calls.length]);
    for (const { type, result, requestId } of sends) {
      expect([type, result]).toEqual(['message.send', 'sent']);
      expect(stream.filter(isDone).map((event) => event['requestId'])).toContain(requestId);
    }
  });

  it('S70 each says when and from where, and by which request it can be found', () => {
    for (const event of stream) {
      expect(event['at']).toBeGreaterThanOrEqual(startedAt);
      expect(event['at']).toBeLessThanOrEqual(service.now());
      expect(event['requestId']).toMatch(/^[0-9a-f]{32}$/);
      // Nobody is at the other end of the queue; the request that put the message there is named.
      if (!isDone(event)) continue;
      expect(event['address']).toMatch(/^(10\.\d+\.\d+\.\d+|unknown)$/);
      expect(event['userAgent']).toBeTypeOf('string');
    }
  });

  it('S70 each says who: the account, or the operator; only the begin of a sign-in knows nobody yet', () => {
    const people = new Set(stream.flatMap(({ sub }) => sub ?? []));
    expect(people.size).toBe(PEOPLE);
    for (const person of people) expect(person).toMatch(/^[\w-]{22}$/);
    // One after another goes the walk, so whom an event is about is whoever was invited last.
    let person: string | number | undefined;
    for (const event of stream) {
      const type = String(event['type']);
      if (type === 'admin.member.create') person = event['sub'];
      const expected = /^(operator\.|admin\.)/.test(type) ? { operator: 'local-operator' } : { sub: person };
      if (type !== 'sign_in.begin') expect(event).toMatchObject(expected);
    }
  });

  it('S70 each says how: the factor, the site, what came next', () => {
    const of = (type: string): readonly Event[] => stream.filter((event) => event['type'] === type);
    for (const event of of('sign_in.begin')) expect(event['clientId']).toBe(FIRST_SITE.clientId);
    for (const event of of('oidc.token')) expect(event['clientId']).toBe(FIRST_SITE.clientId);
    for (const type of ['factor.enrollment', 'factor.enrollment.start', 'factor.change', 'factor.disable']) {
      expect(of(type).length).toBeGreaterThan(0);
      for (const { kind } of of(type)) expect([type, kind]).toEqual([type, expect.stringMatching(KIND)]);
    }
    expect(new Set(of('factor.enrollment').map(({ kind }) => kind)).size).toBe(3);
    for (const type of ['sign_in.code', 'factor.code', 'factor.enrollment.code']) {
      for (const { channel } of of(type))
        expect([type, channel]).toEqual([type, expect.stringMatching(CHANNEL)]);
    }
    expect(of('sign_in.password').map(({ next }) => next)).toEqual([
      undefined,
      'confirm_address',
      'challenge',
      'confirm_address',
      'confirm_address',
      'challenge',
      'challenge',
      'challenge',
    ]);
    expect(of('sign_in.challenge')[0]?.['enrollmentId']).toBe(of('factor.enrollment')[1]?.['enrollmentId']);
  });

  it('S70 the operator’s log tells the same, line by line', () => {
    const lines = log.map((line) => JSON.parse(line) as Event);
    const expected = stream.map((event) => ({ ...event, line: 'event' }));
    expect(lines.filter(isDone)).toEqual(expected.filter(isDone));
    // Messages are handed over at once, and the one that is through first is told first.
    const sends = (events: readonly Event[]): string[] =>
      events
        .filter((event) => !isDone(event))
        .map((event) => JSON.stringify(Object.entries(event).sort()))
        .sort();
    expect(sends(lines)).toEqual(sends(expected));
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
