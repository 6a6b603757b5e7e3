import { describe, expect, it } from 'vitest';
import type { MemberPage, MemberView } from '../../worker/interaction/wire.ts';
import { key, prefix } from '../../worker/storage-keys.ts';
import { type Administrator, administrator, asOperator, joined, owned } from './administrator.ts';
import type { FlowWorld } from './flow-world.ts';
import { tokensFor } from './oidc-site.ts';
import { Journey, problemOf } from './person.ts';
import { expectProblem } from './portal.ts';
import { waitingForApp } from './shortcut.ts';
import { changeEnrollment, settleQueue } from './store.ts';

const DAY = 86_400;

/** What administrators do with members, one by one. */
export function adminMemberActsSuite(world: () => FlowWorld): void {
  describe('admin member acts', () => {
    const page = (admin: Administrator, query = ''): Promise<MemberPage> =>
      admin.read<MemberPage>(`/members${query}`);
    const names = ({ members }: MemberPage): string[] => members.map(({ name }) => name);

    it('S70: a role is changed with an event and a notice; nobody changes their own, and the last owner stays', async () => {
      const admin = await owned(world());
      const { sub, email } = await joined(admin);
      const view = await admin.change<MemberView>(`/members/${sub}/role`, { role: 'admin' });
      expect(view.member.role).toBe('admin');
      expect((await page(admin, '?filter=administrators')).total).toBe(2);
      await settleQueue(world(), email);
      await expect(
        world().outbox.next((mail) => mail.to === email && mail.text.includes('gave you another role')),
      ).resolves.toBeDefined();
      const events = await world().redis.xRevRange('audit', '+', '-', { COUNT: 20 });
      const event = (events ?? [])
        .map(({ message }) => JSON.parse(message['event'] ?? '{}') as Record<string, string>)
        .find(({ type }) => type === 'admin.member.role');
      expect(event).toMatchObject({
        sub,
        by: admin.sub,
        role: 'admin',
        before: 'member',
        organization: admin.organization,
      });
      expectProblem(await admin.post(`/members/${admin.sub}/role`, { role: 'member' }), 403, 'not_allowed');
      const operator = await asOperator(world(), admin.organization, `/members/${admin.sub}/role`, {
        role: 'admin',
      });
      expectProblem(operator, 409, 'wrong_step');
    });

    it('S54: an admin neither changes an owner nor makes one', async () => {
      const owner = await owned(world());
      const admin = await administrator(world(), { organization: owner.organization, role: 'admin' });
      const { sub } = await joined(owner);
      expectProblem(await admin.post(`/members/${sub}/role`, { role: 'owner' }), 403, 'not_allowed');
      const until = world().now() + DAY;
      for (const [path, body] of [
        ['role', { role: 'member' }],
        ['suspend', { reason: 'Left' }],
        ['remove', {}],
        ['sessions/end', {}],
        ['exempt', { reason: 'Travels', until }],
        ['must', { kind: 'phone' }],
      ] as const) {
        expectProblem(await admin.post(`/members/${owner.sub}/${path}`, body), 403, 'not_allowed');
        expectProblem(await admin.post(`/members/${admin.sub}/${path}`, body), 403, 'not_allowed');
      }
      expect((await admin.post(`/members/${sub}/role`, { role: 'admin' })).status).toBe(200);
    });

    it('S53, bug 40: a suspension ends sessions and tokens at once, and is lifted again', async () => {
      const admin = await owned(world());
      const person = await joined(admin);
      const { sub, browser } = person;
      await world().redis.hSet(key.account(sub), 'member:example', 'member');
      const tokens = await tokensFor(world(), browser);
      const userinfo = (): Promise<{ readonly status: number }> =>
        browser.send(`${world().issuer}/userinfo`, {
          headers: { authorization: `Bearer ${tokens.access_token}` },
        });
      expect((await userinfo()).status).toBe(200);
      const view = await admin.change<MemberView>(`/members/${sub}/suspend`, { reason: 'Left the company' });
      expect(view.member.status).toBe('suspended');
      expect(view.sessions).toEqual([]);
      expect(view.explanation.next).toBe('denied');
      expect((await userinfo()).status).toBe(401);
      expectProblem(await browser.getJson(`${world().issuer}/api/account`), 401, 'login_required');
      const journey = await Journey.begin(browser, `${world().issuer}/account`);
      await journey.go('identify', { email: person.email });
      expectProblem(await journey.post('password', { password: person.password }), 401, 'wrong_password');
      expectProblem(await admin.post(`/members/${sub}/suspend`, { reason: 'Again' }), 409, 'wrong_step');
      expect((await page(admin, '?filter=suspended')).total).toBe(1);
      expect((await admin.change<MemberView>(`/members/${sub}/restore`)).member.status).toBe('active');
      expect((await userinfo()).status).toBe(401);
      await settleQueue(world(), person.email);
      await expect(
        world().outbox.next((mail) => mail.to === person.email && mail.text.includes('Left the company')),
      ).resolves.toBeDefined();
    });

    it('bug 40: of a member who is removed nothing stays, and their tokens die at once', async () => {
      const admin = await owned(world());
      const person = await joined(admin, { name: 'Rita Removed' });
      const { sub, email, browser } = person;
      await world().redis.hSet(key.account(sub), 'member:example', 'member');
      const tokens = await tokensFor(world(), browser);
      expect((await admin.post(`/members/${sub}/remove`)).json()).toEqual({});
      const userinfo = await browser.send(`${world().issuer}/userinfo`, {
        headers: { authorization: `Bearer ${tokens.access_token}` },
      });
      expect(userinfo.status).toBe(401);
      expect(names(await page(admin))).toEqual(['Olga Owner']);
      expect((await page(admin, '?search=rita')).members).toEqual([]);
      expect(await tracesOf(world(), sub, email, person.enrollmentId)).toEqual([]);
      expectProblem(await admin.get(`/members/${sub}`), 404, 'not_found');
    });

    it('S87: an organisation that is not the home only ends the membership, and learns no more than it must', async () => {
      const home = await owned(world());
      const guest = await owned(world());
      const person = await joined(home, { name: 'Gil Guest' });
      const { sub } = person;
      await world().redis.hSet(key.account(sub), `member:${guest.organization}`, 'member');
      await world().redis.zAdd(key.members(guest.organization), { score: 1, value: sub });
      // Whatever is indexed next tells both.
      await home.change(`/members/${sub}/role`, { role: 'admin' });
      expect(names(await page(guest, '?search=gil'))).toEqual(['Gil Guest']);
      const view = await guest.read<MemberView>(`/members/${sub}`);
      expect(view.member.isHome).toBe(false);
      expect(view.sessions).toEqual([]);
      expect(view.factors).toMatchObject([{ kind: 'totp', name: '' }]);
      expect(view.may).toMatchObject({ suspend: false, reset: false, pass: false, remove: true });
      for (const [path, body] of [
        ['suspend', { reason: 'x' }],
        ['restore', {}],
        ['unlock', {}],
        ['sessions/end', {}],
        ['help/dismiss', {}],
      ] as const) {
        expectProblem(await guest.post(`/members/${sub}/${path}`, body), 403, 'not_allowed');
      }
      expect((await guest.post(`/members/${sub}/remove`)).status).toBe(200);
      expect(names(await page(guest, '?search=gil'))).toEqual([]);
      expect((await home.read<MemberView>(`/members/${sub}`)).member.status).toBe('active');
    });

    it('S53: an admin ends a member’s sessions', async () => {
      const admin = await owned(world());
      const person = await joined(admin);
      expect((await admin.read<MemberView>(`/members/${person.sub}`)).sessions).toHaveLength(1);
      expect((await admin.change<MemberView>(`/members/${person.sub}/sessions/end`)).sessions).toEqual([]);
      expectProblem(await person.browser.getJson(`${world().issuer}/api/account`), 401, 'login_required');
    });

    it('S14, S54: an admin sees a lock and ends it; what a hundred failures disabled stays disabled', async () => {
      const admin = await owned(world());
      const person = await joined(admin);
      const { sub, enrollmentId } = person;
      const journey = await waitingForApp(world(), person);
      await changeEnrollment(world(), enrollmentId, { failures: '4' });
      await journey.post('challenge', { enrollmentId, code: '000000' });
      const locked = await page(admin, '?filter=locked');
      expect(locked.members).toMatchObject([{ sub, locked: { why: 'second_factor' } }]);
      const view = await admin.change<MemberView>(`/members/${sub}/unlock`);
      expect(view.member.locked).toBeUndefined();
      expect(view.factors).toMatchObject([{ failures: 0, isDisabled: false }]);
      expect((await page(admin, '?filter=locked')).total).toBe(0);
      expectProblem(
        await journey.post('challenge', { enrollmentId, code: '000000' }),
        410,
        'interaction_ended',
      );
      // A lock that ends by itself is not listed any more.
      const again = await waitingForApp(world(), person);
      await changeEnrollment(world(), enrollmentId, { failures: '4' });
      await again.post('challenge', { enrollmentId, code: '000000' });
      expect((await page(admin)).counts.locked).toBe(1);
      await world().advance(31);
      expect((await page(admin)).counts.locked).toBe(0);
      await changeEnrollment(world(), enrollmentId, { failures: '100' });
      await admin.signInAgain();
      const disabled = await admin.change<MemberView>(`/members/${sub}/unlock`);
      expect(disabled.member.locked).toEqual({ why: 'disabled' });
      expect(disabled.factors).toMatchObject([{ failures: 100, isDisabled: true }]);
    });

    it('S42: an exemption has a reason and an end, and lists forget it then', async () => {
      const admin = await owned(world());
      const { sub } = await joined(admin);
      const until = world().now() + 600;
      const view = await admin.change<MemberView>(`/members/${sub}/exempt`, {
        reason: 'Lost luggage',
        until,
      });
      expect(view.exemption).toEqual({ reason: 'Lost luggage', until, by: 'Olga Owner' });
      expect((await page(admin, '?filter=exempt')).members).toMatchObject([{ sub, exemptUntil: until }]);
      await world().advance(601);
      expect((await page(admin, '?filter=exempt')).members).toEqual([]);
      expect((await page(admin)).counts.exempt).toBe(0);
      await admin.signInAgain();
      await admin.change(`/members/${sub}/exempt`, { reason: 'Once more', until: world().now() + DAY });
      expect(
        (await admin.change<MemberView>(`/members/${sub}/exempt`, { until: 0 })).exemption,
      ).toBeUndefined();
      expectProblem(
        await admin.post(`/members/${sub}/exempt`, { reason: 'x', until: world().now() }),
        400,
        'invalid_body',
      );
    });

    it('S42: a kind that is demanded of one member is asked for at their next sign-in', async () => {
      const admin = await owned(world());
      const person = await joined(admin);
      const view = await admin.change<MemberView>(`/members/${person.sub}/must`, { kind: 'phone' });
      expect([view.must, view.explanation.must, view.explanation.next]).toEqual([
        'phone',
        ['phone'],
        'enroll',
      ]);
      // What they had is not enough any more, at once.
      expectProblem(await person.browser.getJson(`${world().issuer}/api/account`), 401, 'login_required');
      const none = await admin.change<MemberView>(`/members/${person.sub}/must`);
      expect([none.must, none.explanation.next]).toEqual([undefined, 'challenge']);
      await world().redis.hSet(
        key.organization(admin.organization),
        'policy',
        JSON.stringify({ accepted: ['totp'] }),
      );
      expectProblem(await admin.post(`/members/${person.sub}/must`, { kind: 'phone' }), 409, 'wrong_step');
    });

    it('S42: changes ask for a sign-in of the last five minutes, reading does not', async () => {
      const admin = await owned(world());
      const { sub } = await joined(admin);
      await world().advance(301);
      expect((await admin.get(`/members/${sub}`)).status).toBe(200);
      for (const path of [
        'role',
        'suspend',
        'restore',
        'remove',
        'sessions/end',
        'unlock',
        'exempt',
        'must',
      ]) {
        const body = { role: { role: 'admin' }, suspend: { reason: 'x' }, exempt: { until: 0 } }[path] ?? {};
        const answer = await admin.post(`/members/${sub}/${path}`, body);
        expect([path, answer.status, problemOf(answer).code]).toEqual([
          path,
          401,
          'fresh_authentication_required',
        ]);
      }
    });
  });
}

/** Gives the keys that still know of an account, but for its events, what waits to be sent to it, and answers of steps. */
async function tracesOf(
  world: FlowWorld,
  sub: string,
  email: string,
  enrollmentId: string,
): Promise<string[]> {
  const found: string[] = [];
  const other = [
    'audit',
    prefix.job,
    prefix.jobs,
    prefix.kept,
    prefix.limit,
    prefix.interaction,
    prefix.grant,
  ];
  for await (const keys of world.redis.scanIterator({ COUNT: 1000 })) {
    for (const name of keys.filter((one) => !other.some((start) => one.startsWith(start)))) {
      const type = await world.redis.type(name);
      const text =
        type === 'hash'
          ? JSON.stringify(await world.redis.hGetAll(name))
          : type === 'zset'
            ? (await world.redis.zRange(name, 0, -1)).join()
            : type === 'set'
              ? (await world.redis.sMembers(name)).join()
              : type === 'list'
                ? (await world.redis.lRange(name, 0, -1)).join()
                : await world.redis.get(name);
      if ([sub, email, enrollmentId].some((word) => `${name} ${text}`.includes(word))) found.push(name);
    }
  }
  return found;
}
