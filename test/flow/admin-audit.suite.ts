// The log of an organisation: what its administrators read of it, what others don't, and that nobody changes it.
import { describe, expect, it } from 'vitest';
import type { AuditEntryWire, AuditPage } from '../../worker/interaction/wire.ts';
import { AUDIT_STREAM, key } from '../../worker/storage-keys.ts';
import { Browser } from '../support/browser.ts';
import { totpCode } from '../support/totp.ts';
import { administrator, asOperator } from './administrator.ts';
import { fillLog, memberOf, organizationWithOwner, rename } from './audited.ts';
import { FIRST_SITE, FOREIGN_SITE, type FlowWorld } from './flow-world.ts';
import { tokensFor } from './oidc-site.ts';
import { authorizeAttempt, Journey, signIn } from './person.ts';
import { expectProblem } from './portal.ts';
import { subjectOf } from './store.ts';

export function adminAuditSuite(world: () => FlowWorld): void {
  const names = ({ entries }: AuditPage): string[] => entries.map(({ type, result }) => `${type} ${result}`);

  describe('admin audit', () => {
    it('S70 an administrator reads what happened, newest first: when, who, where, how, result, request', async () => {
      const owner = await organizationWithOwner(world());
      const { person, portal, sub } = await memberOf(world(), owner.organization);
      await rename(portal, 'Nina New');
      const page = await owner.read<AuditPage>('/audit');
      expect(names(page).filter((name) => !name.startsWith('message.'))).toEqual([
        ...['profile.change ok', 'factor.enrollment ok', 'factor.enrollment.start ok'],
        ...['factor.enrollment ok', 'factor.enrollment.start ok'],
      ]);
      const [entry] = page.entries;
      expect(entry).toEqual({
        id: expect.stringMatching(/^\d+-\d+$/) as string,
        at: expect.any(Number) as number,
        type: 'profile.change',
        result: 'ok',
        requestId: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        sub,
        memberName: 'Nina New',
        address: person.browser.address,
        device: expect.any(String) as string,
        ...(entry?.country === undefined ? {} : { country: entry.country }),
        details: {},
      });
      expect(Math.abs((entry?.at ?? 0) - world().now())).toBeLessThan(60);
      const times = page.entries.map(({ at }) => at);
      expect(times).toEqual(times.toSorted((one, other) => other - one));
    });

    it('S70 a sign-in and its failures are there with kind and site; that a try was reserved is not', async () => {
      const owner = await organizationWithOwner(world());
      const { person } = await memberOf(world(), owner.organization);
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await journey.go('identify', { email: person.email });
      await journey.post('password', { password: 'not the password of anybody' });
      await journey.go('password', { password: person.password });
      const { enrollmentId, uri } = person;
      await journey.post('challenge', { enrollmentId, code: totpCode(uri, world().now() - 3600) });
      await journey.go('challenge', { enrollmentId, code: totpCode(uri, world().now()) });
      const sub = await subjectOf(world(), person.email);
      const page = await owner.read<AuditPage>(`/audit?member=${sub}&group=sign_in`);
      expect(names(page).slice(0, 4)).toEqual([
        'sign_in.challenge ok',
        'sign_in.challenge wrong_code',
        'sign_in.password ok',
        'sign_in.password wrong_password',
      ]);
      expect(page.entries[0]?.details).toMatchObject({ enrollmentId, kind: 'totp' });
    });

    it('S70 member, group and time narrow it, together too, and the cursor goes on', async () => {
      const owner = await organizationWithOwner(world());
      const [one, other] = [
        await memberOf(world(), owner.organization),
        await memberOf(world(), owner.organization),
      ];
      for (let count = 0; count < 3; count += 1) {
        await rename(one.portal, `One ${count}`);
        await rename(other.portal, `Other ${count}`);
        await world().advance(10);
      }
      const from = world().now();
      await rename(one.portal, 'One last');
      const of = (query: string): Promise<AuditPage> => owner.read<AuditPage>(`/audit?${query}`);
      const both = await of(`member=${one.sub}&group=account`);
      expect(both.entries.every(({ sub, type }) => sub === one.sub && type === 'profile.change')).toBe(true);
      expect(both.entries).toHaveLength(4);
      expect((await of(`member=${one.sub}`)).entries.some(({ type }) => type === 'factor.enrollment')).toBe(
        true,
      );
      expect((await of(`group=account&from=${from}`)).entries).toHaveLength(1);
      const before = await of(`group=account&to=${from - 1}`);
      expect(before.entries.every(({ at }) => at < from)).toBe(true);
      expect(before.entries.length).toBeGreaterThanOrEqual(6);
      const { id, at = 0 } = before.entries[2] ?? {};
      const atThatTime = await of(`group=account&from=${at}&to=${at}`);
      expect(atThatTime.entries.map((entry) => entry.id)).toContain(id);
      expect(atThatTime.entries.every((entry) => entry.at === at)).toBe(true);
      const [newest] = both.entries;
      const rest = await of(`member=${one.sub}&group=account&cursor=${newest?.id ?? ''}`);
      expect(rest.entries).toEqual(both.entries.slice(1));
      expect((await of(`member=nobody`)).entries).toEqual([]);
    });

    it('S70 a hundred at a time, each once, and the last page says that it is', async () => {
      const owner = await organizationWithOwner(world());
      const { sub, portal } = await memberOf(world(), owner.organization);
      await rename(portal, 'Pat Pages');
      await fillLog(world(), owner.organization, sub, 250);
      const seen: AuditEntryWire[] = [];
      let cursor: string | undefined;
      for (let pages = 0; pages < 10; pages += 1) {
        const query: string = cursor === undefined ? '' : `&cursor=${cursor}`;
        const page = await owner.read<AuditPage>(`/audit?member=${sub}${query}`);
        expect(page.entries.length).toBeLessThanOrEqual(100);
        seen.push(...page.entries);
        cursor = page.next;
        if (cursor === undefined) break;
        expect(page.entries).toHaveLength(100);
      }
      expect(cursor).toBeUndefined();
      expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
      expect(seen.filter(({ type }) => type === 'factor.rename')).toHaveLength(250);
      // What is looked for among many is found in bounded steps, and the cursor goes on where the last one ended.
      const found = await owner.read<AuditPage>(`/audit?member=${sub}&group=account`);
      expect(found.entries.some(({ type }) => type === 'profile.change')).toBe(true);
    });

    it('S74 a filter that makes no sense is refused', async () => {
      const owner = await organizationWithOwner(world());
      for (const query of [
        ...['group=everything', 'from=yesterday', 'to=-1', 'cursor=x', 'member=a:b', 'member=*', 'all=1'],
        ...['from=99999999999', 'cursor=1-1'],
      ])
        expectProblem(await owner.get(`/audit?${query}`), 400, 'invalid_body');
    });

    it('S87 an organisation sees the sign-in of a guest at its own site, and nothing else of them', async () => {
      const home = await organizationWithOwner(world(), 'Home');
      const elsewhere = await administrator(world(), { organization: 'elsewhere' });
      const guest = await memberOf(world(), home.organization);
      await world().redis.hSet(key.account(guest.sub), 'member:elsewhere', 'member');
      await signIn(world(), new Browser(), authorizeAttempt(world().issuer, FOREIGN_SITE).url, guest.person);
      await rename(guest.portal, 'Gus Guest');
      const theirs = await elsewhere.read<AuditPage>(`/audit?member=${guest.sub}`);
      expect(names(theirs)).toEqual(['sign_in.challenge ok', 'sign_in.password ok']);
      for (const entry of theirs.entries) {
        expect(entry).toMatchObject({ clientId: FOREIGN_SITE.clientId, memberName: 'Gus Guest' });
        expect(entry.details['enrollmentId']).toBeUndefined();
      }
      const own = await home.read<AuditPage>(`/audit?member=${guest.sub}`);
      expect(names(own)).toContain('profile.change ok');
      expect(own.entries.filter(({ clientId }) => clientId === FOREIGN_SITE.clientId)).toHaveLength(2);
    });

    it('S87 who was refused at a site because they are no member is seen there without a name', async () => {
      const home = await organizationWithOwner(world(), 'Home');
      const elsewhere = await administrator(world(), { organization: 'elsewhere' });
      const stranger = await memberOf(world(), home.organization);
      const journey = await Journey.begin(new Browser(), authorizeAttempt(world().issuer, FOREIGN_SITE).url);
      await journey.firstFactor(stranger.person.email, stranger.person.password);
      const { entries } = await elsewhere.read<AuditPage>('/audit?group=sign_in');
      const [entry] = entries;
      expect(entry).toMatchObject({ type: 'sign_in.password', details: { next: 'denied' } });
      expect([entry?.sub, entry?.memberName]).toEqual([undefined, undefined]);
      expect((await elsewhere.read<AuditPage>(`/audit?member=${stranger.sub}`)).entries).toEqual([]);
    });

    it('S87 an organisation never sees another one’s log, in any spelling, in any role', async () => {
      const [owner, other] = [
        await organizationWithOwner(world(), 'One'),
        await organizationWithOwner(world(), 'Two'),
      ];
      const mine = await memberOf(world(), owner.organization);
      await rename(mine.portal, 'Only Mine');
      for (const path of ['/audit', '/audit.csv', '/audit.jsonl']) {
        expectProblem(await other.get(path, owner.organization), 404, 'not_found');
        expectProblem(await other.get(path, `${other.organization}:group:factor`), 404, 'not_found');
        const member = await mine.person.browser.getJson(
          `${world().issuer}/api/organizations/${owner.organization}${path}`,
        );
        expectProblem(member, 404, 'not_found');
        const nobody = await new Browser().getJson(
          `${world().issuer}/api/organizations/${owner.organization}${path}`,
        );
        expectProblem(nobody, 401, 'login_required');
      }
      expect((await other.read<AuditPage>(`/audit?member=${mine.sub}`)).entries).toEqual([]);
      const read = await asOperator(world(), owner.organization, `/audit?member=${mine.sub}`);
      expect((read.json() as AuditPage).entries[0]).toMatchObject({ memberName: 'Only Mine' });
    });

    it('S70 no request changes or deletes an entry; a member who is suspended or gone leaves theirs', async () => {
      const owner = await organizationWithOwner(world());
      const { sub, portal } = await memberOf(world(), owner.organization);
      await rename(portal, 'Lee Leaving');
      const before = await owner.read<AuditPage>(`/audit?member=${sub}`);
      const { id = '' } = before.entries[0] ?? {};
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
        for (const path of ['/audit', `/audit/${id}`, '/audit.csv', '/audit.jsonl']) {
          const answer = await owner.browser.send(owner.api(path), {
            method,
            headers: {
              origin: world().issuer,
              'content-type': 'application/json',
              'x-csrf-token': owner.browser.csrfToken(world().issuer) ?? '',
            },
            body: JSON.stringify({ id }),
          });
          expect([method, path, answer.status]).toEqual([method, path, 404]);
        }
      const bare = ({ entries }: AuditPage): object[] =>
        entries.map((entry) => ({ ...entry, memberName: undefined }));
      await world().redis.hSet(key.account(sub), 'status', 'suspended');
      expect(await owner.read<AuditPage>(`/audit?member=${sub}`)).toEqual(before);
      // As a removal leaves it: the account is gone.
      await world().redis.del(key.account(sub));
      expect(bare(await owner.read<AuditPage>(`/audit?member=${sub}`))).toEqual(bare(before));
      expect(await world().redis.xRange(AUDIT_STREAM, id, id)).toHaveLength(1);
    });

    it('S70 a site that the member enters is in the log of its organisation', async () => {
      const owner = await administrator(world(), { organization: 'example' });
      await tokensFor(world(), owner.browser, FIRST_SITE);
      const { entries } = await owner.read<AuditPage>(`/audit?member=${owner.sub}&group=site`);
      expect(entries[0]).toMatchObject({ type: 'oidc.token', clientId: FIRST_SITE.clientId });
    });
  });
}
