// Addresses of an account, and the ids of other people on every route of the portal.
import { describe, expect, it } from 'vitest';
import type { AccountView } from '../../worker/interaction/wire.ts';
import { key } from '../../worker/storage-keys.ts';
import type { Answer } from '../support/browser.ts';
import { readMail } from '../support/outbox-reader.ts';
import { totpCode } from '../support/totp.ts';
import {
  addEmail,
  askedOwnCode,
  challenged,
  codeIn,
  factorIn,
  memberWithEmail,
  memberWithPhone,
  messageWith,
  otherThan,
  sentOf,
} from './factors.ts';
import type { FlowWorld } from './flow-world.ts';
import { tellOfMail } from './mail-events.ts';
import { Journey, problemOf } from './person.ts';
import { atPortal, expectProblem, Portal } from './portal.ts';
import { member } from './shortcut.ts';
import { subjectOf } from './store.ts';

type Which = 'email' | 'notice-email';

export function profileAddressesSuite(world: () => FlowWorld): void {
  /** Gives a new address; the code that was mailed there. */
  async function give(portal: Portal, what: Which, email: string): Promise<string> {
    const asked = await portal.post(`/${what}`, { email });
    if (asked.status !== 200) throw new Error(`No code: ${asked.status} ${asked.text}`);
    const view = asked.json() as AccountView;
    const pending = what === 'email' ? view.pendingEmail : view.pendingNoticeEmail;
    expect(pending).toMatchObject({ email, codeLength: 8 });
    return codeIn(await messageWith(world(), email, sentOf(pending)));
  }

  function confirm(portal: Portal, what: Which, code: string): Promise<Answer> {
    return portal.post(`/${what}/confirm`, { code });
  }

  describe('addresses of an account', () => {
    it('S43, S44: a new address is proven at the new one and told to the old one; sign-ins follow, sessions end', async () => {
      const { person, portal } = await atPortal(world());
      const mailbox = await addEmail(portal, person.email);
      const other = await challenged(world(), person);
      await other.go('challenge', {
        enrollmentId: person.enrollmentId,
        code: totpCode(person.uri, world().now()),
      });
      const elsewhere = new Portal(world(), other.browser);
      const moved = `moved-${person.email}`;
      const code = await give(portal, 'email', moved);
      expect((await portal.view()).email).toBe(person.email);
      expectProblem(await confirm(portal, 'email', otherThan(code)), 401, 'wrong_code');
      const changed = (await confirm(portal, 'email', code)).json() as AccountView;
      expect(changed.email).toBe(moved);
      expect(changed.pendingEmail).toBeUndefined();
      await world().workOff();
      await readMail(world().outbox, person.email, /address of your account was changed/);
      expectProblem(await elsewhere.read(), 401, 'login_required');
      expect(await world().redis.get(key.address(person.email))).toBeNull();
      // The factor is the mailbox of the account: it moved along.
      const journey = await challenged(world(), { ...person, email: moved });
      const { enrollmentId } = mailbox;
      const asked = await journey.go('challenge/code', { enrollmentId });
      await messageWith(world(), moved, sentOf(factorIn(asked, enrollmentId)));
      expectProblem(await confirm(portal, 'email', code), 409, 'no_code_sent');
    });

    it('S19: whether an address is taken is told to nobody but who reads it', async () => {
      const [{ portal }, taken] = [await atPortal(world()), await member(world())];
      const free = await portal.post('/notice-email', { email: `free-${taken.email}` });
      const asked = await portal.post('/email', { email: taken.email });
      expect([asked.status, Object.keys(asked.json() as object).length]).toEqual([
        200,
        Object.keys(free.json() as object).length + 1,
      ]);
      const { pendingEmail } = asked.json() as AccountView;
      const code = codeIn(await messageWith(world(), taken.email, sentOf(pendingEmail)));
      expectProblem(await confirm(portal, 'email', otherThan(code)), 401, 'wrong_code');
      const sub = await subjectOf(world(), taken.email);
      expectProblem(await confirm(portal, 'email', code), 409, 'exists');
      expect(await subjectOf(world(), taken.email)).toBe(sub);
    });

    it('two who prove the same address at once: one has it', async () => {
      const people = [await atPortal(world()), await atPortal(world())];
      const email = `wanted-${people[0]?.person.email ?? ''}`;
      const codes: string[] = [];
      for (const { portal } of people) codes.push(await give(portal, 'email', email));
      const answers = await Promise.all(
        people.map(({ portal }, index) => confirm(portal, 'email', codes[index] ?? '')),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    });

    it('S12: a code to one address proves no other, of another kind, or in another session', async () => {
      const { person, portal } = await atPortal(world());
      const [first, second] = [`first-${person.email}`, `second-${person.email}`];
      const code = await give(portal, 'notice-email', first);
      expectProblem(await confirm(portal, 'email', code), 409, 'no_code_sent');
      await world().advance(60);
      const next = await give(portal, 'notice-email', second);
      expectProblem(await confirm(portal, 'notice-email', code), 401, 'wrong_code');
      const other = await atPortal(world());
      await give(other.portal, 'notice-email', `other-${person.email}`);
      expectProblem(await confirm(other.portal, 'notice-email', next), 401, 'wrong_code');
      const bound = (await confirm(portal, 'notice-email', next)).json() as AccountView;
      expect(bound.noticeEmail).toBe(second);
    });

    it('S43: the second address gets notices, is no way to sign in, and is told when it is given up', async () => {
      const { person, portal } = await atPortal(world());
      const second = `second-${person.email}`;
      await confirm(portal, 'notice-email', await give(portal, 'notice-email', second));
      expect(await world().redis.get(key.address(second))).toBeNull();
      const removed = (await portal.post('/notice-email/remove', {})).json() as AccountView;
      expect(removed.noticeEmail).toBeUndefined();
      await world().workOff();
      await readMail(world().outbox, second, /address for notices was changed/);
    });

    it('"this was not me" in such a mail ends the session that asked, once', async () => {
      const { person, portal } = await atPortal(world());
      const email = `not-me-${person.email}`;
      await give(portal, 'email', email);
      const [mail] = world().outbox.messages(email);
      const token = /\/not-me#([\w-]{43})/.exec(mail?.text ?? '')?.[1];
      const bystander = (await member(world())).email;
      const journey = await Journey.begin(portal.browser, `${world().issuer}/account/verify`);
      await journey.go('identify', { email: bystander });
      const say = (): Promise<Answer> => journey.browser.postJson(`${world().issuer}/api/not-me`, { token });
      expect((await say()).status).toBe(200);
      expectProblem(await portal.read(), 401, 'login_required');
      expect((await say()).status).toBe(410);
    });
  });

  describe('ids of somebody else', () => {
    it('bug 20: no route shows, changes, proves or ends what is another person’s', async () => {
      const [{ portal }, victim] = [await atPortal(world()), await memberWithPhone(world())];
      const mailbox = await addEmail(victim.portal, victim.email);
      const own = await askedOwnCode(victim.portal, victim.factor);
      const before = await victim.portal.view();
      const [session] = before.sessions;
      const { enrollmentId } = victim.factor;
      const routes: readonly (readonly [string, object])[] = [
        [`/enrollments/${enrollmentId}/code`, { channel: 'text' }],
        [`/enrollments/${enrollmentId}/verify`, { code: own }],
        [`/enrollments/${enrollmentId}/disable`, { code: own }],
        [`/enrollments/${enrollmentId}/rename`, { name: 'Mine' }],
        [`/enrollments/${enrollmentId}/default`, {}],
        [`/enrollments/${mailbox.enrollmentId}/code`, {}],
      ];
      for (const [path, body] of routes) {
        const answer = await portal.post(path, body);
        expect([path, answer.status, problemOf(answer).code]).toEqual([path, 404, 'not_found']);
      }
      const replacing = { kind: 'phone', number: victim.factor.to, replaces: enrollmentId };
      expectProblem(await portal.post('/enrollments', replacing), 409, 'old_number_first');
      const bound = await portal.post('/enrollments/confirm', { enrollmentId, code: own, name: 'x' });
      expectProblem(bound, 410, 'pending_enrollment_gone');
      // A session that is none of theirs is as one that is gone.
      expect((await portal.post(`/sessions/${session?.sid ?? ''}/end`, {})).status).toBe(200);
      const after = await victim.portal.view();
      // What became of their message may be told meanwhile.
      const still = ({ enrollments }: AccountView): object[] =>
        enrollments.map((each) => ({ ...each, sent: undefined }));
      expect(still(after)).toEqual(still(before));
      expect(after.sessions).toHaveLength(before.sessions.length);
    });

    it('bug 20, S74: ids of odd shapes are refused, and no body names whose account it is', async () => {
      const { portal } = await memberWithEmail(world());
      const { email } = await member(world());
      for (const id of ['a:b', '..%2f..', '%00', 'x'.repeat(65), '*', '__proto__%0a'])
        expect((await portal.post(`/enrollments/${id}/rename`, { name: 'x' })).status).toBe(404);
      const sub = await subjectOf(world(), email);
      for (const [path, body] of [
        ['/profile', { name: 'x', sub }],
        ['/email', { email: 'x@example.com', sub }],
        ['/recovery-codes', { sub }],
        ['/enrollments', { kind: 'email', email }],
        ['/enrollments', { kind: 'email', verified: true }],
      ] as const) {
        expectProblem(await portal.post(path, body), 400, 'invalid_body');
      }
    });

    it('a bounce of the second address is shown at that one, until it is another', async () => {
      const { person, portal } = await atPortal(world());
      const email = `second-${person.email}`;
      await portal.post('/notice-email', { email });
      const mail = await world().outbox.next(({ to, text }) => to === email && /\d{8}/.test(text));
      const code = /(?<!\d)\d{8}(?!\d)/.exec(mail.text)?.[0];
      expect((await portal.post('/notice-email/confirm', { code })).status).toBe(200);
      expect(await tellOfMail(world(), 'email.bounced', email)).toBe(204);
      const { mailTrouble, noticeMailTrouble } = await portal.view();
      expect([mailTrouble, noticeMailTrouble?.trouble]).toEqual([undefined, 'bounced']);
      expect((await portal.post('/notice-email/remove', {})).status).toBe(200);
      expect(await tellOfMail(world(), 'email.bounced', email)).toBe(204);
      expect((await portal.view()).noticeMailTrouble).toBeUndefined();
    });
  });
}
