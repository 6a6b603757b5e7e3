// What must not outlive its reason, nor grow without an end: sign-ins, sessions, codes, notices and lists.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AccountView, Problem } from '../../../worker/interaction/wire.ts';
import { key, prefix } from '../../../worker/storage-keys.ts';
import { Journey } from '../../flow/person.ts';
import { Browser } from '../../support/browser.ts';
import { startInProcess, type InProcessService } from '../../support/in-process.ts';
import { type Everything, memberWithEverything } from '../../support/in-process-factors.ts';
import {
  mailedCode,
  mailedToken,
  makeOrganization,
  makePerson,
  type Person,
} from '../../support/in-process-person.ts';
import { totpCode } from '../../support/totp.ts';

const NEW_PASSWORD = 'seven tall lamps hum';

let service: InProcessService;
let numbers = 20_310_000;

beforeAll(async () => {
  service = await startInProcess();
  await makeOrganization(service);
});

afterAll(() => service.stop());

// Mail leaves at the rate of the provider, and the clock stands still.
beforeEach(() => {
  service.advance(2);
});

function member(): Promise<Everything> {
  numbers += 1000;
  service.advance(2);
  return memberWithEverything(service, `+45${numbers}`);
}

function begin(browser = new Browser()): Promise<Journey> {
  return Journey.begin(browser, `${service.issuer}/account`);
}

async function subjectOf({ email }: Person): Promise<string> {
  return (await service.redis.get(key.address(email))) ?? '';
}

/** Signs in with the app, in a browser of its own. */
async function signIn(person: Everything): Promise<Browser> {
  const journey = await begin();
  await journey.firstFactor(person.email, person.password);
  const code = totpCode(person.app.uri, service.now());
  await journey.go('challenge', { enrollmentId: person.app.enrollmentId, code });
  service.advance(30);
  return journey.browser;
}

async function isSignedIn(browser: Browser): Promise<boolean> {
  return (await browser.getJson(`${service.issuer}/api/account`)).status === 200;
}

async function sessionKeysOf(person: Person): Promise<string[]> {
  return service.redis.zRange(`${prefix.sessions}${await subjectOf(person)}`, 0, -1);
}

async function replacePassword({ email }: Person): Promise<void> {
  const journey = await begin();
  await journey.go('identify', { email });
  await journey.go('forgot-password', {});
  const token = mailedToken(service, email, 'reset');
  const done = await journey.browser.postJson(`${service.issuer}/api/reset`, {
    token,
    password: NEW_PASSWORD,
  });
  expect(done.status).toBe(200);
}

test('S07, S48, bug 31: whoever has the mailbox alone replaces the password, and sets no first factor up with it', async () => {
  const person = await makePerson(service);
  service.advance(2);
  await replacePassword(person);
  service.advance(2);
  const journey = await begin();
  const mails = service.mails.length;
  const view = await journey.firstFactor(person.email, NEW_PASSWORD);
  expect(view).toMatchObject({ step: 'confirm_address', delivery: 'none' });
  expect(service.mails.length).toBe(mails);
  const refused = await journey.post('address-code', {});
  expect(refused.status).toBe(429);
  // A day after the password was replaced, two seconds ago.
  expect((refused.json() as Problem).retryAt).toBe(service.now() - 2 + 86_400);
  expect((await journey.post('address', { code: '00000000' })).status).toBe(429);

  service.advance(86_401);
  const later = await begin();
  await later.firstFactor(person.email, NEW_PASSWORD);
  expect(await later.go('address', { code: mailedCode(service, person.email) })).toMatchObject({
    step: 'enrollment',
  });
});

test('S43: "this was not me" ends the session too that the code has opened meanwhile', async () => {
  const person = await member();
  const journey = await begin();
  await journey.firstFactor(person.email, person.password);
  service.advance(61);
  await journey.go('challenge/code', { enrollmentId: person.mail });
  const done = await journey.go('challenge', {
    enrollmentId: person.mail,
    code: mailedCode(service, person.email),
  });
  expect(done.step).toBe('done');
  expect(await isSignedIn(journey.browser)).toBe(true);
  const page = new Browser();
  await page.open(`${service.issuer}/not-me`);
  const token = mailedToken(service, person.email, 'not-me');
  expect((await page.postJson(`${service.issuer}/api/not-me`, { token })).status).toBe(200);
  expect(await isSignedIn(journey.browser)).toBe(false);
});

test('S54: a session that is weaker than what is demanded now changes nothing', async () => {
  const person = await member();
  const other = await signIn(person);
  const weak = await signIn(person);
  const [, , last = ''] = await sessionKeysOf(person);
  await service.redis.hSet(last, 'level', '1fa');
  expect(await isSignedIn(weak)).toBe(false);
  const api = `${service.issuer}/api/account`;
  for (const [path, body] of [
    ['profile', { name: 'Mallory' }],
    ['sessions/end-others', {}],
    [`enrollments/${person.app.enrollmentId}/rename`, { name: 'Mallory' }],
    [`enrollments/${person.phone.enrollmentId}/default`, {}],
  ] as const) {
    expect([path, (await weak.postJson(`${api}/${path}`, body)).status]).toEqual([path, 401]);
  }
  const account = (await other.getJson(api)).json() as AccountView;
  expect(account.name).toBe(person.name);
  expect(JSON.stringify(account.enrollments)).not.toContain('Mallory');
});

test('S38: once signed out, nobody gets new recovery codes from the sign-in that was left open', async () => {
  const person = await makePerson(service);
  const journey = await begin();
  await journey.firstFactor(person.email, person.password);
  await journey.go('address', { code: mailedCode(service, person.email) });
  const view = await journey.go('enrollment', { kind: 'email' });
  expect(view.step).toBe('recovery_codes');
  await journey.browser.open(`${service.issuer}/account`);
  expect((await journey.browser.postJson(`${service.issuer}/api/account/sign-out`, {})).status).toBe(200);
  expect((await journey.post('recovery-codes/renew', {})).status).toBe(410);
});

test('S53: a member has a hundred sessions at most; the one that ends first gives way', async () => {
  const person = await member();
  const list = `${prefix.sessions}${await subjectOf(person)}`;
  const [real = ''] = await sessionKeysOf(person);
  const record = await service.redis.hGetAll(real);
  for (let i = 0; i < 120; i += 1) {
    const other = key.session(`made-up-${i}`);
    const expiresAt = service.now() + 600 + i;
    await service.redis.hSet(other, { ...record, sid: `sid-${i}`, expiresAt: String(expiresAt) });
    await service.redis.zAdd(list, { score: expiresAt, value: other });
  }
  const browser = await signIn(person);
  expect(await service.redis.zCard(list)).toBe(100);
  expect(await service.redis.exists(key.session('made-up-0'))).toBe(0);
  expect(await service.redis.exists(key.session('made-up-119'))).toBe(1);
  expect(await isSignedIn(browser)).toBe(true);
});

test('S70: guesses of a password push nothing else out of what a member is shown', async () => {
  const person = await member();
  const browser = await signIn(person);
  for (let i = 0; i < 60; i += 1) {
    const journey = await begin();
    await journey.go('identify', { email: person.email });
    expect((await journey.post('password', { password: 'wrong wrong wrong' })).status).toBe(401);
    // The account would be locked long before.
    await service.redis.hDel(key.account(await subjectOf(person)), 'passwordFailures');
    service.advance(1);
  }
  const { activity } = (await browser.getJson(`${service.issuer}/api/account`)).json() as AccountView;
  expect(activity.filter(({ result }) => result === 'wrong_password').length).toBeGreaterThan(0);
  expect(activity.some(({ type }) => type === 'factor.enrollment')).toBe(true);
}, 60_000);

test('S76: new recovery codes, and their notices, are made ten times an hour at most', async () => {
  const person = await member();
  const browser = await signIn(person);
  const statuses: number[] = [];
  for (let i = 0; i < 11; i += 1) {
    statuses.push((await browser.postJson(`${service.issuer}/api/account/recovery-codes`, {})).status);
  }
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
});

test('S76: an app is begun to be set up thirty times a day at most', async () => {
  const person = await member();
  const browser = await signIn(person);
  const statuses = new Set<number>();
  for (let i = 0; i < 30; i += 1) {
    statuses.add(
      (await browser.postJson(`${service.issuer}/api/account/enrollments`, { kind: 'totp', renew: true }))
        .status,
    );
  }
  expect([...statuses]).toEqual([200]);
  const more = await browser.postJson(`${service.issuer}/api/account/enrollments`, {
    kind: 'totp',
    renew: true,
  });
  expect(more.status).toBe(429);
});

test('S70: the trail names the factors that a recovery took away', async () => {
  const person = await member();
  const journey = await begin();
  await journey.firstFactor(person.email, person.password);
  const lost = [person.app.enrollmentId, person.phone.enrollmentId];
  await journey.go('recovery', { code: person.recoveryCodes[0], lost });
  const view = await journey.go('enrollment', { kind: 'totp' });
  if (view.step !== 'enrollment' || view.pending?.kind !== 'totp') throw new Error(view.step);
  const { enrollmentId, uri } = view.pending;
  await journey.go('enrollment/confirm', {
    enrollmentId,
    code: totpCode(uri, service.now()),
    name: 'New app',
  });
  const trail = ((await service.redis.xRevRange('audit', '+', '-', { COUNT: 30 })) ?? []).map(
    ({ message }) => message['event'],
  );
  const bound = trail.find((text) => text?.includes('"factor.enrollment"') && text.includes(enrollmentId));
  expect(JSON.parse(bound ?? '{}')).toMatchObject({ replaced: lost.join(',') });
});

test('S11: a code that was replaced before it could be sent is not sent any more', async () => {
  const person = await member();
  const sub = await subjectOf(person);
  const journey = await begin();
  await journey.firstFactor(person.email, person.password);
  service.advance(61);
  await journey.go('challenge/code', { enrollmentId: person.mail });
  const [stuck = ''] = await stuckAgain(sub);
  const before = service.mails.length;
  service.advance(61);
  await journey.go('challenge/code', { enrollmentId: person.mail });
  await service.settled();
  expect(service.mails.slice(before).filter(({ to }) => to === person.email)).toHaveLength(1);
  expect(await service.redis.exists(key.job(stuck))).toBe(0);
});

/** Puts what was sent last back on the queue, as if the provider had been busy. */
async function stuckAgain(sub: string): Promise<string[]> {
  const keys = await service.redis.keys(`${prefix.job}*`);
  const found: string[] = [];
  for (const name of keys) {
    const job = await service.redis.hGetAll(name);
    if (job['sub'] !== sub || job['urgency'] !== 'soon' || Number(job['createdAt']) !== service.now())
      continue;
    const id = name.slice(prefix.job.length);
    await service.redis.hSet(name, { sealed: 'v1.gone', to: 'nobody@example.com' });
    await service.redis.zAdd(`${prefix.jobs}mail:soon`, { score: service.now(), value: id });
    found.push(id);
  }
  return found;
}
