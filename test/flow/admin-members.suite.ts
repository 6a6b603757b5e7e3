import { describe, expect, it } from 'vitest';
import type { MemberPage, MemberView } from '../../worker/interaction/wire.ts';
import { prefix } from '../../worker/storage-keys.ts';
import { type Administrator, asOperator, joined, owned } from './administrator.ts';
import type { FlowWorld } from './flow-world.ts';
import { expectProblem } from './portal.ts';
import { member, waitingForApp } from './shortcut.ts';
import { subjectOf } from './store.ts';

/** What administrators see of members. */
export function adminMembersSuite(world: () => FlowWorld): void {
  describe('admin members', () => {
    const page = (admin: Administrator, query = ''): Promise<MemberPage> =>
      admin.read<MemberPage>(`/members${query}`);
    const names = ({ members }: MemberPage): string[] => members.map(({ name }) => name);

    it('S42: whoever administers sees their organisations; nobody else sees one', async () => {
      const admin = await owned(world());
      const { organization } = admin;
      const list = `${world().issuer}/api/organizations`;
      expect((await admin.browser.getJson(list)).json()).toEqual({
        organizations: [{ id: organization, name: 'A company', role: 'owner' }],
      });
      const plain = await joined(admin);
      expect((await plain.browser.getJson(list)).json()).toEqual({ organizations: [] });
      expectProblem(await plain.browser.getJson(admin.api('/members')), 404, 'not_found');
      const all = (await asOperator(world(), '', '')).json() as { organizations: { id: string }[] };
      expect(all.organizations.map(({ id }) => id)).toContain('example');
    });

    it('S74: members are found by name, later words of it and address, sorted, filtered and counted', async () => {
      const admin = await owned(world());
      const ada = await joined(admin, { name: 'Ada van der Berg' });
      await joined(admin, { name: 'Ægir Ada Adams' });
      const first = await page(admin);
      expect(names(first)).toEqual(['Ada van der Berg', 'Olga Owner', 'Ægir Ada Adams']);
      expect(first.counts).toMatchObject({ all: 3, totp: 3, administrators: 1, no_factor: 0, weak: 0 });
      expect(names(await page(admin, '?sort=last_sign_in'))).toEqual([
        'Ægir Ada Adams',
        'Ada van der Berg',
        'Olga Owner',
      ]);
      expect(names(await page(admin, '?search=ADA'))).toEqual(['Ada van der Berg', 'Ægir Ada Adams']);
      expect(names(await page(admin, '?search=der%20b'))).toEqual(['Ada van der Berg']);
      expect(names(await page(admin, `?search=${ada.email.slice(0, 9)}`))).toEqual(['Ada van der Berg']);
      expect(names(await page(admin, `?search=${encodeURIComponent('æG')}`))).toEqual(['Ægir Ada Adams']);
      expect(names(await page(admin, '?filter=administrators'))).toEqual(['Olga Owner']);
      expectProblem(await admin.get('/members?filter=none'), 400, 'invalid_body');
      expectProblem(await admin.get('/members?cursor=eA'), 400, 'invalid_body');
    });

    it('S74: pages of fifty come one after another, each member once, by name, by sign-in and in a search', async () => {
      const admin = await owned(world());
      const { sub: from } = await joined(admin, { name: 'Person 000' });
      const people = Array.from({ length: 109 }, (_one, at) => `Person ${String(at + 1).padStart(3, '0')}`);
      const records = people.map((name, at) => ({
        email: `${from}-${at}@example.com`,
        name,
        role: 'member',
      }));
      const csv = ['email,name,role', ...records.map((one) => `${one.email},${one.name},${one.role}`)].join(
        '\n',
      );
      expect(await admin.change('/invites/bulk', { csv })).toEqual({ invited: 109, problems: [] });
      // Their mails would take a minute, and others wait behind them.
      await world().redis.del(`${prefix.jobs}mail:later`);
      for (const query of ['sort=name', 'sort=last_sign_in', 'search=pers']) {
        const seen: string[] = [];
        let next = '';
        for (let pages = 0; pages < 4; pages += 1) {
          const one = await page(admin, `?${query}${next}`);
          seen.push(...one.members.map(({ sub }) => sub));
          if (one.next === undefined) break;
          expect(one.members).toHaveLength(50);
          next = `&cursor=${one.next}`;
        }
        expect(new Set(seen).size).toBe(query === 'search=pers' ? 110 : 111);
        expect(seen).toHaveLength(new Set(seen).size);
      }
      const file = await admin.get('/members.csv?search=person');
      expect(file.headers.get('content-type')).toContain('text/csv');
      expect(file.text.trim().split('\r\n')).toHaveLength(111);
    });

    it('S70: an export can’t smuggle a formula into a spreadsheet', async () => {
      const admin = await owned(world());
      await joined(admin, { name: '=HYPERLINK("x";"y"), Jr.' });
      const { text } = await admin.get('/members.csv');
      expect(text).toContain(`,"'=HYPERLINK(""x"";""y""), Jr.",member,active,yes,aal2,totp,`);
    });

    it('S46: a call for help is listed until it is answered', async () => {
      const admin = await owned(world());
      const person = await joined(admin);
      const journey = await waitingForApp(world(), person);
      await journey.go('help', {});
      expect((await page(admin, '?filter=needs_help')).members).toMatchObject([{ sub: person.sub }]);
      const view = await admin.change<MemberView>(`/members/${person.sub}/help/dismiss`);
      expect(view.member.helpAskedAt).toBeUndefined();
      expect((await page(admin)).counts.needs_help).toBe(0);
    });

    it('S20: a member’s view holds no secret, and why they are asked', async () => {
      const admin = await owned(world());
      const person = await joined(admin);
      const answer = await admin.get(`/members/${person.sub}`);
      expect(answer.text).not.toMatch(/scrypt|sealed|password":/);
      const { explanation } = answer.json() as MemberView;
      expect(explanation).toMatchObject({ next: 'challenge', layers: [{ source: 'service' }] });
      expect((await admin.get(`/members/${person.sub}/policy?site=first`)).status).toBe(404);
      const unasked = await member(world(), { organization: admin.organization });
      const sub = await subjectOf(world(), unasked.email);
      expect((await admin.read<MemberView>(`/members/${sub}`)).factors).toEqual([]);
    });
  });
}
