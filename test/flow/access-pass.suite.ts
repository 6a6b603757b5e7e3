// Access passes: who issues one, what it opens and nothing else, and that it works once.
import { describe, expect, it } from 'vitest';
import type { AccessPassWire, FactorResetWire, NewAccessPassWire } from '../../worker/interaction/wire.ts';
import { key, prefix } from '../../worker/storage-keys.ts';
import { Browser } from '../support/browser.ts';
import { readMail } from '../support/outbox-reader.ts';
import { totpCode } from '../support/totp.ts';
import { type Administrator, administrator, newOrganization } from './administrator.ts';
import type { FlowWorld } from './flow-world.ts';
import { Journey, pendingApp, problemOf } from './person.ts';
import { expectProblem, Portal } from './portal.ts';
import { type Member, member, memberWithApp, waitingForApp, waitingForMailbox } from './shortcut.ts';
import { subjectOf } from './store.ts';

const MINUTE = 60;

export function accessPassSuite(world: () => FlowWorld): void {
  async function company(): Promise<{ readonly id: string; readonly ada: Administrator }> {
    const id = await newOrganization(world());
    return { id, ada: await administrator(world(), { organization: id, name: 'Ada Admin' }) };
  }

  async function issue(ada: Administrator, { email }: Member, body: object = {}): Promise<NewAccessPassWire> {
    await ada.signInAgain();
    return ada.change<NewAccessPassWire>(`/members/${await subjectOf(world(), email)}/pass`, body);
  }

  function another(code: string): string {
    return `${code.startsWith('A') ? 'B' : 'A'}${code.slice(1)}`;
  }

  describe('access passes', () => {
    it('S48a: stands for the second factor only, opens enrolment and nothing else, then the sign-in is repeated', async () => {
      const { id, ada } = await company();
      const person = await memberWithApp(world(), { organization: id });
      const sub = await subjectOf(world(), person.email);
      const { code, pass } = await issue(ada, person);
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
      expect(pass).toMatchObject({ by: 'Ada Admin', approvalsNeeded: 0, approvals: [], mayApprove: false });
      expect(pass.expiresAt - pass.at).toBe(60 * MINUTE);
      const issued = await readMail(world().outbox, person.email, /access pass for your account was issued/);
      expect(issued.text).toContain('Ada Admin');
      expect(issued.text.replaceAll('-', '')).not.toContain(code.replaceAll('-', ''));

      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      // Not before the password, and not in its place.
      expectProblem(await journey.post('pass', { code }), 409, 'wrong_step');
      await journey.go('identify', { email: person.email });
      expectProblem(await journey.post('pass', { code }), 409, 'wrong_step');
      expectProblem(await journey.post('password', { password: code }), 401, 'wrong_password');
      await journey.go('password', { password: person.password });
      const opened = await journey.go('pass', { code: code.toLowerCase().replaceAll('-', ' ') });
      expect(opened).toMatchObject({ step: 'enrollment', because: 'pass' });
      expect((await journey.browser.getJson(`${world().issuer}/api/account`)).status).toBe(401);
      await readMail(world().outbox, person.email, /access pass of your account was used/);

      const { enrollmentId, uri } = pendingApp(await journey.go('enrollment', { kind: 'totp' }));
      const confirmed = await journey.post('enrollment/confirm', {
        enrollmentId,
        code: totpCode(uri, world().now()),
        name: 'New phone',
      });
      expect(confirmed.json()).toMatchObject({ step: 'identify', repeated: true, loginHint: person.email });
      expect(confirmed.headers.getSetCookie()).toEqual([]);
      expect((await journey.browser.getJson(`${world().issuer}/api/account`)).status).toBe(401);
      // What the account had stays.
      const account = await world().redis.hGetAll(key.account(sub));
      expect([account[`enrollment:${enrollmentId}`], account[`enrollment:${person.enrollmentId}`]]).toEqual([
        'totp',
        'totp',
      ]);
      await world().advance(30);
      expect(await journey.firstFactor(person.email, person.password)).toMatchObject({ step: 'challenge' });
      const done = await journey.go('challenge', { enrollmentId, code: totpCode(uri, world().now()) });
      expect(done.step).toBe('done');
      await world().advance(30);
    });

    it('S48a, S38: whoever had nothing uses it in place of the mailbox, and gets recovery codes at the repeated sign-in', async () => {
      const { id, ada } = await company();
      const who = await member(world(), { organization: id });
      const sub = await subjectOf(world(), who.email);
      await world().redis.hSet(key.account(sub), { mailSuspendedUntil: String(world().now() + 86_400) });
      const { code } = await issue(ada, who, { minutes: 10 });
      const journey = await waitingForMailbox(world(), who);
      expect(await journey.go('pass', { code })).toMatchObject({ step: 'enrollment', because: 'pass' });
      expect(await world().redis.hGet(key.account(sub), 'mailSuspendedUntil')).toBeNull();
      const { enrollmentId, uri } = pendingApp(await journey.go('enrollment', { kind: 'totp' }));
      const bound = await journey.go('enrollment/confirm', {
        enrollmentId,
        code: totpCode(uri, world().now()),
        name: 'App',
      });
      expect(bound.step).toBe('identify');
      expect(await world().redis.exists(`${prefix.recoveryCodes}${sub}`)).toBe(0);
      await world().advance(30);
      await journey.firstFactor(who.email, who.password);
      const codes = await journey.go('challenge', { enrollmentId, code: totpCode(uri, world().now()) });
      expect(codes).toMatchObject({ step: 'recovery_codes' });
      expect(codes.step === 'recovery_codes' && codes.codes).toHaveLength(10);
      expect((await journey.go('recovery-codes', {})).step).toBe('done');
      await world().advance(30);
      const again = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await again.firstFactor(who.email, who.password);
      expect((await again.go('challenge', { enrollmentId, code: totpCode(uri, world().now()) })).step).toBe(
        'done',
      );
      await world().advance(30);
    });

    it('S10, S48a: of many at once one is taken, and afterwards it is void', async () => {
      const { id, ada } = await company();
      const person = await memberWithApp(world(), { organization: id });
      const { code } = await issue(ada, person);
      const journeys = await Promise.all(Array.from({ length: 9 }, () => waitingForApp(world(), person)));
      const answers = await Promise.all(journeys.map((journey) => journey.post('pass', { code })));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(8);
      expectProblem(await (await waitingForApp(world(), person)).post('pass', { code }), 401, 'wrong_code');
    });

    it('S76: tries are counted for the account, in parallel too, and a wrong one is told (S43)', async () => {
      const { id, ada } = await company();
      const person = await memberWithApp(world(), { organization: id });
      const { code } = await issue(ada, person);
      const journey = await waitingForApp(world(), person);
      const first = await journey.post('pass', { code: another(code) });
      expect(problemOf(first)).toMatchObject({ code: 'wrong_code', triesLeft: 9 });
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => journey.post('pass', { code: another(code) })),
      );
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(9);
      expectProblem(await (await waitingForApp(world(), person)).post('pass', { code }), 429, 'throttled');
      await world().advance(601);
      await world().workOff();
      await readMail(world().outbox, person.email, /failed at the second factor/);
    });

    it('S48a: it ends by time, by a new one, and when it is revoked; bug 28: it is nobody else’s', async () => {
      const { id, ada } = await company();
      const [person, other] = [
        await memberWithApp(world(), { organization: id }),
        await memberWithApp(world(), { organization: id }),
      ];
      const sub = await subjectOf(world(), person.email);
      const refused = async (code: string, who: Member = person): Promise<void> => {
        expectProblem(await (await waitingForApp(world(), who)).post('pass', { code }), 401, 'wrong_code');
      };
      const first = await issue(ada, person);
      const second = await issue(ada, person);
      await refused(first.code);
      await refused(second.code, other);
      await ada.change(`/members/${sub}/pass/revoke`);
      await refused(second.code);
      const third = await issue(ada, person, { minutes: 10 });
      await world().advance(10 * MINUTE);
      await refused(third.code);
    });

    it('S48a: of an administrator it takes a second one to agree, and its time begins then', async () => {
      const { id, ada } = await company();
      const bob = await administrator(world(), { organization: id, role: 'admin', name: 'Bob' });
      const eve = await administrator(world(), { organization: id });
      const { code, pass } = await issue(ada, eve.person, { minutes: 30 });
      expect(pass).toMatchObject({ approvalsNeeded: 1, approvals: [] });
      const early = await waitingForApp(world(), eve.person);
      expectProblem(await early.post('pass', { code }), 401, 'wrong_code');
      for (const one of [ada, eve]) {
        await one.signInAgain();
        expectProblem(await one.post(`/members/${eve.sub}/pass/approve`), 403, 'not_allowed');
      }
      await world().advance(2 * 3600);
      await bob.signInAgain();
      const after = await bob.change<{ readonly pass: AccessPassWire }>(`/members/${eve.sub}/pass/approve`);
      expect(after.pass).toMatchObject({ approvals: ['Bob'], mayApprove: false });
      expect(after.pass.expiresAt - world().now()).toBeGreaterThan(29 * MINUTE);
      expectProblem(await bob.post(`/members/${eve.sub}/pass/approve`), 403, 'not_allowed');
      const journey = await waitingForApp(world(), eve.person);
      expect(await journey.go('pass', { code })).toMatchObject({ step: 'enrollment', because: 'pass' });
    });

    it('S48a: where there is only one other administrator it is good after 72 hours', async () => {
      const { id, ada } = await company();
      const eve = await administrator(world(), { organization: id });
      const { code, pass } = await issue(ada, eve.person);
      expect([pass.approvalsNeeded, pass.notBefore - pass.at]).toEqual([0, 72 * 3600]);
      const early = await (await waitingForApp(world(), eve.person)).post('pass', { code });
      expectProblem(early, 429, 'throttled');
      expect(problemOf(early).retryAt).toBe(pass.notBefore);
      await world().advance(72 * 3600);
      expect((await (await waitingForApp(world(), eve.person)).post('pass', { code })).status).toBe(200);
    });

    it('S48a, S87: never for oneself, by the home alone, for somebody who may sign in, and with a fresh sign-in', async () => {
      const { id, ada } = await company();
      const other = await company();
      await ada.signInAgain();
      expectProblem(await ada.post(`/members/${ada.sub}/pass`), 403, 'not_allowed');
      const person = await memberWithApp(world(), { organization: id });
      const sub = await subjectOf(world(), person.email);
      await world().redis.hSet(key.account(sub), { [`member:${other.id}`]: 'member' });
      await other.ada.signInAgain();
      for (const way of ['', '/approve', '/revoke']) {
        expectProblem(await other.ada.post(`/members/${sub}/pass${way}`), 403, 'not_allowed');
        expectProblem(await other.ada.post(`/members/${ada.sub}/pass${way}`), 404, 'not_found');
      }
      await ada.signInAgain();
      await world().redis.hSet(key.account(sub), { status: 'suspended' });
      expectProblem(await ada.post(`/members/${sub}/pass`), 403, 'not_allowed');
      await world().redis.hSet(key.account(sub), { status: 'active' });
      for (const minutes of [9, 481, 60.5, '60']) {
        expectProblem(await ada.post(`/members/${sub}/pass`, { minutes }), 400, 'invalid_body');
      }
      await world().advance(301);
      expectProblem(await ada.post(`/members/${sub}/pass`), 401, 'fresh_authentication_required');
      expect(await world().redis.exists(key.accessPass(sub))).toBe(0);
    });

    it('S16, S48a: the code is in one answer alone; the store has a keyed hash, and the member sees that one was issued', async () => {
      const { id, ada } = await company();
      const person = await memberWithApp(world(), { organization: id });
      const sub = await subjectOf(world(), person.email);
      const { code } = await issue(ada, person);
      const record = JSON.stringify(await world().redis.hGetAll(key.accessPass(sub)));
      expect(record).not.toContain(code);
      expect(record).not.toContain(code.replaceAll('-', ''));
      expect(world().output()).not.toContain(code);
      const portal = new Portal(world(), person.browser);
      await portal.open();
      const view = await portal.view();
      expect(view.pass).toMatchObject({ by: 'Ada Admin' });
      expect(JSON.stringify(view)).not.toContain('mac');
      // A reset beside it changes nothing about it.
      await ada.signInAgain();
      const reset = await ada.change<{ readonly reset?: FactorResetWire; readonly pass?: AccessPassWire }>(
        `/members/${sub}/reset`,
        { reason: 'Lost' },
      );
      expect(reset.pass).toMatchObject({ by: 'Ada Admin' });
      const journey = await waitingForMailbox(world(), person);
      expect((await journey.post('pass', { code })).status).toBe(200);
    });
  });
}
