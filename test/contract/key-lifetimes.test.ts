// Every key that a whole journey leaves in Redis: named in storage-keys.ts, and with a lifetime exactly where that says so.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AUDIT_STREAM, DUE_RESETS, key, ORGANIZATIONS, prefix } from '../../worker/storage-keys.ts';
import { FIRST_SITE } from '../flow/flow-world.ts';
import { authorizeAttempt, Journey } from '../flow/person.ts';
import { Browser } from '../support/browser.ts';
import { startInProcess, type InProcessService } from '../support/in-process.ts';
import {
  confirmSecret,
  mailedCode,
  makeOrganization,
  makePerson,
  reachSecret,
} from '../support/in-process-person.ts';
import { walk, WALKED_SITE } from '../support/walk.ts';
import { openOperatorApi } from '../world/operator-api.ts';
import { REPOSITORY_ROOT } from '../world/repository-root.ts';

const MINUTE = 60;
const DAY = 86_400;

/** Seconds that a key may live at most, its minute of grace included; `undefined`: for ever. */
const LONGEST: Readonly<Record<string, number | undefined>> = {
  [prefix.account]: undefined,
  [prefix.address]: undefined,
  [prefix.noticeAddress]: undefined,
  [prefix.organization]: undefined,
  [prefix.members]: undefined,
  [prefix.memberTexts]: undefined,
  [prefix.memberSignIns]: undefined,
  [prefix.memberEnds]: undefined,
  [prefix.invite]: undefined,
  [prefix.invites]: undefined,
  [prefix.sites]: undefined,
  [prefix.site]: undefined,
  [prefix.siteMembers]: undefined,
  [prefix.enrollment]: undefined,
  [prefix.pendingEnrollment]: 10 * MINUTE + MINUTE,
  [prefix.challenge]: 40 * MINUTE,
  [prefix.recoveryCodes]: undefined,
  [prefix.notMe]: 60 * MINUTE,
  [prefix.reset]: 60 * MINUTE + MINUTE,
  [prefix.help]: DAY,
  [prefix.helpRequests]: undefined,
  [prefix.factorReset]: undefined,
  [prefix.factorResets]: undefined,
  [prefix.resetStop]: 14 * DAY,
  // Eight hours, or a day until it is agreed to, or three where there is only one to decide; and a day.
  [prefix.accessPass]: 5 * DAY,
  [prefix.knownBrowsers]: 90 * DAY,
  [prefix.passwordFailures]: DAY,
  [prefix.sentTo]: 40 * MINUTE,
  [prefix.pendingOf]: 10 * MINUTE + MINUTE,
  [prefix.administrators]: undefined,
  [prefix.sessions]: undefined,
  [prefix.activity]: undefined,
  [prefix.auditLog]: undefined,
  [prefix.stats]: 400 * DAY,
  [prefix.coverage]: undefined,
  [prefix.covered]: undefined,
  // A notice is tried for a day, and remembered for another.
  [prefix.job]: 2 * DAY,
  [prefix.jobs]: undefined,
  [prefix.interaction]: 30 * MINUTE + MINUTE,
  [prefix.session]: 30 * DAY + MINUTE,
  [prefix.setup]: 7 * DAY + MINUTE,
  [prefix.grant]: 10 * MINUTE + MINUTE,
  [prefix.assertion]: 5 * MINUTE + 2 * MINUTE,
  [prefix.limit]: DAY + MINUTE,
  [prefix.kept]: 2 * MINUTE,
  [AUDIT_STREAM]: undefined,
  [DUE_RESETS]: undefined,
  [ORGANIZATIONS]: undefined,
};

interface Kept {
  readonly key: string;
  readonly name: string;
  /** -1: for ever. */
  readonly ttlSeconds: number;
}

let service: InProcessService;
let kept: readonly Kept[];

beforeAll(async () => {
  service = await startInProcess({ clients: [WALKED_SITE] });
  await makeOrganization(service);
  await walk(service, (_name, _status, request) => request());
  await leaveThingsUnfinished();
  const found = await Promise.all(
    (await service.redis.keys('*')).map(async (name) => {
      const milliseconds = await service.redis.pTTL(name);
      return {
        key: name,
        name: nameOf(name),
        ttlSeconds: milliseconds < 0 ? milliseconds : milliseconds / 1000,
      };
    }),
  );
  // What ended while it was looked at: the counters of a provider's rate last for seconds.
  kept = found.filter(({ ttlSeconds }) => ttlSeconds !== -2);
});

afterAll(async () => {
  await service.stop();
});

/** What the walk cleans up behind itself: a secret that is not confirmed, a live session, an invitation, a site, a link. */
async function leaveThingsUnfinished(): Promise<void> {
  const signedIn = await Journey.begin(new Browser(), authorizeAttempt(service.issuer, FIRST_SITE).url);
  const enrolled = await makePerson(service);
  const secret = await reachSecret(service, signedIn, enrolled);
  await confirmSecret(service, signedIn, secret);
  // A provider takes so many mails a second, and this clock stands.
  service.advance(2);
  const second = 'second@example.com';
  const notices = `${service.issuer}/api/account/notice-email`;
  await signedIn.browser.postJson(notices, { email: second });
  await signedIn.browser.postJson(`${notices}/confirm`, { code: mailedCode(service, second) });
  service.advance(2);
  // A second factor that failed is told later, so it waits in the queue.
  const failed = await Journey.begin(new Browser(), authorizeAttempt(service.issuer, FIRST_SITE).url);
  await failed.firstFactor(enrolled.email, enrolled.password);
  await failed.post('challenge', { enrollmentId: secret.enrollmentId, code: 'x' });
  const waiting = await Journey.begin(new Browser(), authorizeAttempt(service.issuer, FIRST_SITE).url);
  const person = await makePerson(service);
  await reachSecret(service, waiting, person);
  await signedIn.browser.open(`${service.issuer}/account`);
  const post = (path: string, body: object): Promise<unknown> =>
    signedIn.browser.postJson(`${service.issuer}/api/account/${path}`, body);
  await post('notice-email', { email: 'notices@example.com' });
  await service.settled();
  await post('notice-email/confirm', { code: mailedCode(service, 'notices@example.com') });
  const forgotten = await Journey.begin(new Browser(), authorizeAttempt(service.issuer, FIRST_SITE).url);
  await forgotten.go('identify', { email: person.email });
  await forgotten.go('forgot-password', {});
  const api = await openOperatorApi(service.operator, service.now());
  const organization = 'example';
  await api.create('members', { organization, email: 'invited@example.com', name: 'Ivy', role: 'admin' });
  await service.redis.hSet(key.organization(organization), 'policy', '{"resetDelaySeconds":3600}');
  const lost = await service.redis.get(key.address(enrolled.email));
  const member = `organizations/${organization}/members/${lost}`;
  await api.create(`${member}/reset`, { reason: 'Lost' });
  await api.create(`${member}/pass`, {});
  const stranger = await Journey.begin(new Browser(), authorizeAttempt(service.issuer, FIRST_SITE).url);
  await stranger.go('identify', { email: 'nobody@example.com' });
  await stranger.post('password', { password: 'not the password of anybody' });
  await api.create('sites', { organization, name: 'Site', redirect_uris: ['https://example.com/callback'] });
  // One who is at home elsewhere is invited, one is exempt, and a site is kept for one.
  await api.create('organizations', { id: 'other', name: 'Other' });
  await api.create('organizations/other/invites', { email: person.email, name: 'Pat', role: 'member' });
  const sub = (await service.redis.get(key.address(person.email))) ?? '';
  const until = service.now() + DAY;
  await api.create(`organizations/example/members/${sub}/exempt`, { reason: 'Travels', until });
  const [site] = await service.redis.zRange(key.sites(organization), 0, 0);
  await api.create(`organizations/example/sites/${site}`, { access: 'listed', listed: [sub] });
}

function nameOf(found: string): string {
  return (
    Object.keys(LONGEST).find((name) => (name.endsWith(':') ? found.startsWith(name) : found === name)) ?? ''
  );
}

describe('keys in Redis', () => {
  it('design, keys: the journey left a key of every kind, so that each is looked at', () => {
    expect([...new Set(kept.map(({ name }) => name))].sort()).toEqual(Object.keys(LONGEST).sort());
  });

  it('design, keys: every key is one of storage-keys.ts', () => {
    expect(kept.filter(({ name }) => name === '').map((one) => one.key)).toEqual([]);
  });

  it.each(Object.entries(LONGEST))(
    'design, keys: %s lives as long as storage-keys.ts says (%s s at most)',
    (name, longest) => {
      const lifetimes = kept.filter((one) => one.name === name).map(({ ttlSeconds }) => ttlSeconds);
      for (const ttlSeconds of lifetimes) {
        if (longest === undefined) expect(ttlSeconds).toBe(-1);
        else expect(ttlSeconds).toBeGreaterThan(0);
        expect(ttlSeconds).toBeLessThanOrEqual(longest ?? -1);
      }
    },
  );

  it('design, keys: the words in storage-keys.ts say the same', async () => {
    const text = await readFile(join(REPOSITORY_ROOT, 'worker/storage-keys.ts'), 'utf8');
    const documented = [
      ...text.matchAll(/\/\*\*((?:(?!\*\/).)*)\*\/\s*(?:export const )?\w+(?:: | = )'([^']+)'/gs),
    ];
    const forEver = documented
      .filter(([, comment = '']) => /For ever\.\s*$/.test(comment))
      .map(([, , name = '']) => name);
    expect(documented.map(([, , name = '']) => name).sort()).toEqual(Object.keys(LONGEST).sort());
    expect(forEver.sort()).toEqual(
      Object.entries(LONGEST)
        .filter(([, longest]) => longest === undefined)
        .map(([name]) => name)
        .sort(),
    );
  });
});
