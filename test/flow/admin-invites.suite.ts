import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { BulkInviteReport, InviteWire, MemberPage, MemberView } from '../../worker/interaction/wire.ts';
import { key } from '../../worker/storage-keys.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { readSetupLink } from '../support/outbox-reader.ts';
import { DEMO_PASSWORD } from '../world/seed.ts';
import { type Administrator, administrator, owned } from './administrator.ts';
import type { FlowWorld } from './flow-world.ts';
import { expectProblem } from './portal.ts';
import { memberWithApp } from './shortcut.ts';
import { subjectOf } from './store.ts';

const WEEK = 7 * 86_400;

/** Invitations: of somebody new, of somebody with an account elsewhere, and from a file. */
export function adminInvitesSuite(world: () => FlowWorld): void {
  describe('admin invites', () => {
    const newEmail = (): string => `i-${randomUUID().slice(0, 13)}@example.com`;
    const list = async (admin: Administrator): Promise<readonly InviteWire[]> =>
      (await admin.read<{ readonly invites: readonly InviteWire[] }>('/invites')).invites;
    const invite = (admin: Administrator, email: string, changes: object = {}): Promise<Answer> =>
      admin.post('/invites', { email, name: 'Ivy Invited', role: 'member', ...changes });
    const tokenFor = async (email: string): Promise<string> =>
      (await readSetupLink(world().outbox, email)).split('#')[1] ?? '';
    const setUp = (token: string): Promise<Answer> =>
      new Browser().postJson(`${world().issuer}/api/setup`, { token, password: DEMO_PASSWORD });

    it('S48a: who is invited gets a link by mail that works once, and is listed until then', async () => {
      const admin = await owned(world());
      const email = newEmail();
      const answer = await invite(admin, email.toUpperCase(), { role: 'admin' });
      expect(answer.status).toBe(201);
      const made = answer.json() as InviteWire;
      expect(made).toMatchObject({
        email,
        name: 'Ivy Invited',
        role: 'admin',
        expiresAt: made.invitedAt + WEEK,
      });
      expect(await list(admin)).toEqual([made]);
      const page = await admin.read<MemberPage>('/members?filter=invited');
      expect(page.members).toMatchObject([
        { sub: made.sub, status: 'invited', inviteExpiresAt: made.expiresAt },
      ]);
      const token = await tokenFor(email);
      expect(answer.text).not.toContain(token);
      expect((await setUp(token)).status).toBe(200);
      expect((await setUp(token)).status).toBe(410);
      expect(await list(admin)).toEqual([]);
      expect((await admin.read<MemberView>(`/members/${made.sub}`)).member).toMatchObject({
        status: 'active',
        role: 'admin',
      });
      expectProblem(await invite(admin, email), 409, 'exists');
    });

    it('S48a: a new link voids the one before, and a revoked invitation leaves nothing', async () => {
      const admin = await owned(world());
      const email = newEmail();
      const { sub } = (await invite(admin, email)).json() as InviteWire;
      const first = await tokenFor(email);
      expectProblem(await invite(admin, email), 409, 'exists');
      world().outbox.clear();
      expect((await admin.post(`/invites/${sub}/resend`)).status).toBe(200);
      const second = await tokenFor(email);
      expect((await setUp(first)).status).toBe(410);
      expect((await admin.change<{ readonly invites: object[] }>(`/invites/${sub}/revoke`)).invites).toEqual(
        [],
      );
      expect((await setUp(second)).status).toBe(410);
      expect(await world().redis.exists([key.account(sub), key.address(email)])).toBe(0);
      expectProblem(await admin.post(`/invites/${sub}/resend`), 404, 'not_found');
      expect((await invite(admin, email)).status).toBe(201);
    });

    it('S48a: an invitation is good for seven days, and an admin invites no owner', async () => {
      const owner = await owned(world());
      const email = newEmail();
      await invite(owner, email);
      const token = await tokenFor(email);
      await world().advance(WEEK);
      expect((await setUp(token)).status).toBe(410);
      await owner.signInAgain();
      expect(await list(owner)).toHaveLength(1);
      const admin = await administrator(world(), { organization: owner.organization, role: 'admin' });
      expectProblem(await invite(admin, newEmail(), { role: 'owner' }), 403, 'not_allowed');
      const owners = (await invite(owner, newEmail(), { role: 'owner' })).json() as InviteWire;
      expectProblem(await admin.post(`/invites/${owners.sub}/revoke`), 403, 'not_allowed');
      expectProblem(await admin.post(`/members/${owners.sub}/role`, { role: 'member' }), 409, 'wrong_step');
    });

    it('S74: a file invites its good lines and tells of every bad one', async () => {
      const admin = await owned(world());
      const [one, two] = [newEmail(), newEmail()];
      const csv = [
        'Role,email,name',
        `member,${one},"Doe, Jane"`,
        'member,not an address,Nobody',
        `chief,${newEmail()},Nobody`,
        '',
        `,${two},Max`,
        `member,${one.toUpperCase()},Jane again`,
        `member,${admin.person.email},Myself`,
        `member,${newEmail()},Too,many`,
        `member,${newEmail()},"Never closed`,
      ].join('\r\n');
      const report = await admin.change<BulkInviteReport>('/invites/bulk', { csv });
      expect(report.invited).toBe(2);
      expect(report.problems.map(({ line }) => line)).toEqual([3, 4, 7, 8, 9, 10]);
      expect(report.problems[2]?.message).toContain('Line 2');
      expect(report.problems[3]?.message).toContain('member already');
      expect((await list(admin)).map(({ name, role }) => [name, role])).toEqual([
        ['Doe, Jane', 'member'],
        ['Max', 'member'],
      ]);
      expect(await admin.change('/invites/bulk', { csv: 'a,b\nc,d' })).toMatchObject({
        invited: 0,
        problems: [{ line: 1 }],
      });
      expectProblem(
        await admin.post('/invites/bulk', { csv: 'x'.repeat(256 * 1024 + 1) }),
        400,
        'invalid_body',
      );
      expectProblem(await admin.post('/invites/bulk', { csv: 'x'.repeat(600 * 1024) }), 413, 'too_large');
    });

    it('S87, S19: inviting an address that has an account elsewhere looks the same, and shows nothing of it', async () => {
      const admin = await owned(world());
      const person = await memberWithApp(world(), { name: 'Real Name' });
      const [strange, known] = [newEmail(), person.email];
      const answers = [await invite(admin, strange), await invite(admin, known)].map((answer) => {
        const { sub, email, ...rest } = answer.json() as InviteWire;
        expect([sub.length, email.length > 0]).toEqual([22, true]);
        return { status: answer.status, rest, fields: Object.keys(answer.json() as object) };
      });
      expect(answers[0]).toEqual(answers[1]);
      const invites = await list(admin);
      const views = await Promise.all(
        invites.map(async ({ sub, email }) => {
          const view = await admin.read<MemberView>(`/members/${sub}`);
          return JSON.stringify(view).replaceAll(sub, 'SUB').replaceAll(email, 'EMAIL');
        }),
      );
      expect(views[0]).toBe(views[1]);
      expect(views[1]).not.toContain('Real Name');
      for (const path of [
        'role',
        'suspend',
        'exempt',
        'must',
        'unlock',
        'sessions/end',
        'remove',
        'help/dismiss',
      ]) {
        const body = { role: { role: 'admin' }, suspend: { reason: 'x' }, exempt: { until: 0 } }[path] ?? {};
        for (const { sub } of invites)
          expectProblem(await admin.post(`/members/${sub}/${path}`, body), 409, 'wrong_step');
      }
      const { members, counts } = await admin.read<MemberPage>('/members?filter=invited');
      expect(
        members.map(({ sub, email, inviteExpiresAt, ...same }) => [
          sub.length,
          email.length > 0,
          inviteExpiresAt,
          same,
        ]),
      ).toHaveLength(2);
      expect(counts).toMatchObject({ all: 3, invited: 2, no_factor: 2, totp: 1 });
      for (const email of [strange, known]) expectProblem(await invite(admin, email), 409, 'exists');
      const id = invites.find(({ email }) => email === known)?.sub ?? '';
      expect((await admin.post(`/invites/${id}/revoke`)).status).toBe(200);
      // The account itself is untouched.
      expect((await person.browser.getJson(`${world().issuer}/api/account`)).status).toBe(200);
    });

    it('S87, S78: only who is signed in as that account accepts, once, and is then a member who is not at home', async () => {
      const admin = await owned(world(), 'Second Company');
      const person = await memberWithApp(world(), { name: 'Gil Guest' });
      await invite(admin, person.email, { role: 'admin', name: 'Some Body' });
      const mail = await world().outbox.next(
        ({ to, text }) => to === person.email && text.includes('/join#'),
      );
      const token = /\/join#([\w-]+)/.exec(mail.text)?.[1] ?? '';
      const api = `${world().issuer}/api/join`;
      const nobody = new Browser();
      expect((await nobody.open(`${world().issuer}/join`)).status).toBe(200);
      expectProblem(await nobody.postJson(api, { token }), 401, 'login_required');
      expectProblem(await admin.browser.postJson(`${api}/inspect`, { token }), 403, 'not_allowed');
      expectProblem(await admin.browser.postJson(api, { token }), 403, 'not_allowed');
      expect((await setUp(token)).status).toBe(410);
      await person.browser.open(`${world().issuer}/join`);
      const offered = { organizationName: 'Second Company', role: 'admin' };
      expect((await person.browser.postJson(`${api}/inspect`, { token })).json()).toEqual(offered);
      const taken = await Promise.all(
        Array.from({ length: 8 }, () => person.browser.postJson(api, { token })),
      );
      expect(taken.filter(({ status }) => status === 200)).toHaveLength(1);
      const sub = await subjectOf(world(), person.email);
      const { member } = await admin.read<MemberView>(`/members/${sub}`);
      expect(member).toMatchObject({ name: 'Gil Guest', role: 'admin', isHome: false, status: 'active' });
      expect(await list(admin)).toEqual([]);
      expect((await person.browser.getJson(admin.api('/members'))).status).toBe(200);
      const told = world().outbox.next(
        ({ to, text }) => to === person.email && text.includes('Second Company') && !text.includes('/join#'),
      );
      await expect(told).resolves.toBeDefined();
    });

    it('S87: an invitation whose account is gone becomes that of somebody new when it is sent again', async () => {
      const admin = await owned(world());
      const home = await owned(world());
      const person = await memberWithApp(world(), { organization: home.organization });
      await invite(admin, person.email);
      expect((await home.post(`/members/${await subjectOf(world(), person.email)}/remove`)).status).toBe(200);
      const [waiting] = await list(admin);
      expect((await admin.post(`/invites/${waiting?.sub}/resend`)).status).toBe(200);
      expect((await setUp(await tokenFor(person.email))).status).toBe(200);
      const { member } = await admin.read<MemberView>(`/members/${waiting?.sub}`);
      expect(member).toMatchObject({ email: person.email, status: 'active', isHome: true });
    });
  });
}
