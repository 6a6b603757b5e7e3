// Resets of factors: who may ask for one, who has to agree, how the member stops it, and that nothing is left afterwards.
import { describe, expect, it } from 'vitest';
import type { AccountView, FactorResetWire, MemberPage, MemberView } from '../../worker/interaction/wire.ts';
import { DUE_RESETS, key, prefix } from '../../worker/storage-keys.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { readMail } from '../support/outbox-reader.ts';
import { addEmail, askedCode, memberWithAppAndCodes, type SentTo } from './factors.ts';
import type { FlowWorld } from './flow-world.ts';
import { Journey } from './person.ts';
import { expectProblem, Portal } from './portal.ts';
import { type Company, enrollmentFields, type Pending, resettingCompany } from './reset-company.ts';
import { memberWithApp, waitingForApp } from './shortcut.ts';
import { settleQueue, subjectOf } from './store.ts';

const HOUR = 3600;

export function adminResetsSuite(world: () => FlowWorld): void {
  const company = (delaySeconds = 0): Promise<Company> => resettingCompany(world(), delaySeconds);
  const enrollmentsOf = (sub: string): Promise<readonly string[]> => enrollmentFields(world(), sub);

  /** Every key and value that names something. */
  async function tracesOf(what: string): Promise<readonly string[]> {
    const found: string[] = [];
    for (const name of await world().redis.keys('*')) {
      // The trail stays, and for a while what a retry is answered and which messages left, without their words.
      if (name === 'audit') continue;
      if ([prefix.activity, prefix.kept, prefix.job].some((each) => name.startsWith(each))) continue;
      if (name.includes(what)) found.push(name);
      else if ((await world().redis.type(name)) === 'hash') {
        const record = await world().redis.hGetAll(name);
        if (JSON.stringify(record).includes(what)) found.push(name);
      }
    }
    return found;
  }

  async function stopToken(email: string): Promise<string> {
    const mail = await readMail(world().outbox, email, /about to be reset/);
    const token = /\/stop#([\w-]{43})/.exec(mail.text)?.[1];
    if (token === undefined) throw new Error(`No link in: ${mail.text}`);
    return token;
  }

  function stop(token: string): Promise<Answer> {
    return new Browser().postJson(`${world().issuer}/api/stop`, { token });
  }

  function mails(email: string, subject: RegExp): number {
    return world()
      .outbox.messages(email)
      .filter((message) => subject.test(message.subject ?? '')).length;
  }

  describe('resets by administrators', () => {
    it('S46, bug 24, bug 23: of a member at once: every factor is gone with its traces, sessions end, the member is told', async () => {
      const { id, ada } = await company();
      const { person, portal } = await memberWithAppAndCodes(world());
      const sub = await subjectOf(world(), person.email);
      await moveTo(id, sub);
      const mail: SentTo = await addEmail(portal, person.email);
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await journey.firstFactor(person.email, person.password);
      await askedCode(world(), journey, mail);
      await portal.post('/enrollments', { kind: 'totp' });
      await portal.post(`/enrollments/${mail.enrollmentId}/code`, {});
      await world().redis.hSet(key.enrollment(person.enrollmentId), { failures: '7', lockedAt: '1' });
      await ada.open();
      const answer = await ada.change<MemberView>(`/members/${sub}/reset`, { reason: 'Lost the phone' });
      expect(answer).toMatchObject({ member: { sub, kinds: [] }, factors: [], recoveryCodesLeft: 0 });
      expect(answer).not.toHaveProperty('reset');
      const listed = await ada.read<MemberPage>('/members?filter=no_factor');
      expect(listed.members.map((member) => member.sub)).toEqual([sub]);
      expect(await enrollmentsOf(sub)).toEqual([]);
      for (const gone of [person.enrollmentId, mail.enrollmentId]) expect(await tracesOf(gone)).toEqual([]);
      for (const at of [
        prefix.recoveryCodes,
        prefix.knownBrowsers,
        prefix.pendingOf,
        prefix.help,
        prefix.sessions,
      ]) {
        expect([at, await world().redis.exists(at + sub)]).toEqual([at, 0]);
      }
      expect(await world().redis.hmGet(key.account(sub), ['factorReset', 'defaultEnrollment'])).toEqual([
        null,
        null,
      ]);
      expect((await portal.read()).status).toBe(401);
      expectProblem(
        await journey.post('challenge', { enrollmentId: person.enrollmentId, code: '000000' }),
        410,
        'interaction_ended',
      );
      const told = await readMail(world().outbox, person.email, /second factor was reset/);
      expect(told.text).toMatch(/Ada Admin[\s\S]*Lost the phone/);
      expect(told.text).toContain('My phone');
      // The next sign-in enrols anew, with a code from the mailbox (S48).
      const next = await Journey.begin(new Browser(), `${world().issuer}/account`);
      expect(await next.firstFactor(person.email, person.password)).toMatchObject({
        step: 'confirm_address',
      });
      const trail = await lastEvent('factor.reset');
      expect(trail).toMatchObject({ sub, by: ada.sub, organization: id, result: 'done' });
    });

    it('S46: of one factor, the others stay, and so do recovery codes', async () => {
      const { id, ada } = await company();
      const { person, portal } = await memberWithAppAndCodes(world());
      const sub = await subjectOf(world(), person.email);
      await moveTo(id, sub);
      const mail = await addEmail(portal, person.email);
      await ada.open();
      await ada.change(`/members/${sub}/reset`, { reason: 'New phone', enrollmentId: person.enrollmentId });
      expect(await enrollmentsOf(sub)).toEqual([`enrollment:${mail.enrollmentId}`]);
      expect(await tracesOf(person.enrollmentId)).toEqual([]);
      expect(await world().redis.hLen(`${prefix.recoveryCodes}${sub}`)).toBe(10);
      expectProblem(
        await ada.post(`/members/${sub}/reset`, { reason: 'Again', enrollmentId: person.enrollmentId }),
        404,
        'not_found',
      );
    });

    it('S46: with a delay the member is told who, why and when, at every address, and stops it by the link', async () => {
      const { id, ada } = await company(24 * HOUR);
      const person = await memberWithApp(world(), { organization: id, name: 'Pat Person' });
      const sub = await subjectOf(world(), person.email);
      const second = `second-${person.email}`;
      await world().redis.hSet(key.account(sub), { noticeEmail: second });
      const { reset } = await ada.change<{ readonly reset: FactorResetWire }>(`/members/${sub}/reset`, {
        reason: 'Says that the phone is lost',
      });
      expect(reset).toMatchObject({
        sub,
        by: 'Ada Admin',
        approvalsNeeded: 0,
        approvals: [],
        mayApprove: false,
      });
      expect(reset.notBefore - reset.at).toBe(24 * HOUR);
      for (const to of [person.email, second]) {
        const mail = await readMail(world().outbox, to, /about to be reset/);
        expect(mail.text).toMatch(/It is carried out at .* UTC/);
        expect(mail.text).toMatch(/Ada Admin[\s\S]*Says that the phone is lost/);
      }
      expectProblem(await ada.post(`/members/${sub}/reset`, { reason: 'Again' }), 409, 'exists');
      expect((await ada.read<Pending>('/resets')).resets).toMatchObject([
        { id: reset.id, memberEmail: person.email },
      ]);
      const token = await stopToken(person.email);
      // Mail scanners follow links: the page alone does nothing.
      expect((await new Browser().open(`${world().issuer}/stop`)).status).toBe(200);
      const foreign = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
      const forged = await new Browser().postJson(`${world().issuer}/api/stop`, { token }, foreign);
      expectProblem(forged, 403, 'forbidden_origin');
      const answers = await Promise.all(Array.from({ length: 20 }, () => stop(token)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect((await ada.read<Pending>('/resets')).resets).toEqual([]);
      const stopped = await readMail(world().outbox, ada.person.email, /has stopped the reset/);
      expect(stopped.text).toContain(person.email);
      await world().advance(25 * HOUR);
      await world().workOff();
      expect(await enrollmentsOf(sub)).toHaveLength(1);
      expect(await tracesOf(reset.id)).toEqual([]);
    });

    it('S46: the member sees it in the profile and stops it there', async () => {
      const { id, ada } = await company(HOUR);
      const person = await memberWithApp(world(), { organization: id });
      const sub = await subjectOf(world(), person.email);
      await ada.change(`/members/${sub}/reset`, { reason: 'A call', enrollmentId: person.enrollmentId });
      const portal = new Portal(world(), person.browser);
      await portal.open();
      expect((await portal.view()).factorReset).toMatchObject({
        by: 'Ada Admin',
        reason: 'A call',
        waits: false,
        factorName: 'My phone',
      });
      const after = (await portal.post('/reset/stop', {})).json() as AccountView;
      expect(after.factorReset).toBeUndefined();
      expect((await portal.view()).activity[0]).toMatchObject({ type: 'factor.reset_stop', result: 'ok' });
      await readMail(world().outbox, ada.person.email, /has stopped the reset/);
      // It is no error that there is nothing any more.
      expect((await portal.post('/reset/stop', {})).status).toBe(200);
    });

    it('S46: when its time has come the clock carries it out', async () => {
      const { id, ada } = await company(HOUR);
      const person = await memberWithApp(world(), { organization: id });
      const sub = await subjectOf(world(), person.email);
      await ada.change(`/members/${sub}/reset`, { reason: 'Lost' });
      await world().advance(HOUR - 60);
      await world().workOff();
      expect(await enrollmentsOf(sub)).toHaveLength(1);
      await world().advance(60);
      await Promise.all([world().workOff(), world().workOff(), world().workOff()]);
      expect(await enrollmentsOf(sub)).toEqual([]);
      await settleQueue(world(), person.email);
      expect(mails(person.email, /second factor was reset/)).toBe(1);
      expectProblem(await stop(await stopToken(person.email)), 410, 'setup_link_gone');
    });

    it('S46: where the clock did not come by, it is carried out at the next sign-in, before anything else', async () => {
      const { id, ada } = await company(HOUR);
      const person = await memberWithApp(world(), { organization: id });
      const sub = await subjectOf(world(), person.email);
      await ada.change(`/members/${sub}/reset`, { reason: 'Lost' });
      await world().redis.del(DUE_RESETS);
      await world().advance(HOUR);
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      expect(await journey.firstFactor(person.email, person.password)).toMatchObject({
        step: 'confirm_address',
      });
      expect(await enrollmentsOf(sub)).toEqual([]);
      await readMail(world().outbox, person.email, /second factor was reset/);
    });

    it('S46, S87: never for oneself, nor by members, by others, or by an organisation that is not the home', async () => {
      const { id, ada } = await company();
      const other = await company();
      await ada.signInAgain();
      expectProblem(await ada.post(`/members/${ada.sub}/reset`, { reason: 'Mine' }), 403, 'not_allowed');
      const guest = await memberWithApp(world(), { organization: id });
      const sub = await subjectOf(world(), guest.email);
      await world().redis.hSet(key.account(sub), { [`member:${other.id}`]: 'member' });
      await other.ada.signInAgain();
      expectProblem(await other.ada.post(`/members/${sub}/reset`, { reason: 'Guest' }), 403, 'not_allowed');
      const foreign = await other.ada.post(`/members/${ada.sub}/reset`, { reason: 'Foreign' });
      expectProblem(foreign, 404, 'not_found');
      await ada.signInAgain();
      await world().redis.hSet(key.organization(id), {
        policy: '{"resetDelaySeconds":60}',
        policyVersion: 2,
      });
      const { reset } = await ada.change<{ readonly reset: FactorResetWire }>(`/members/${sub}/reset`, {
        reason: 'x',
      });
      await other.ada.signInAgain();
      for (const way of ['approve', 'cancel']) {
        expectProblem(await other.ada.post(`/resets/${reset.id}/${way}`), 404, 'not_found');
      }
      expect((await other.ada.read<Pending>('/resets')).resets).toEqual([]);
      const portal = new Portal(world(), guest.browser);
      await portal.open();
      const path = `${world().issuer}/api/organizations/${id}`;
      for (const way of [`/resets/${reset.id}/approve`, `/members/${sub}/reset`]) {
        const answer = await guest.browser.postJson(path + way, way.endsWith('reset') ? { reason: 'x' } : {});
        expectProblem(answer, 404, 'not_found');
      }
      expect(await enrollmentsOf(sub)).toHaveLength(1);
    });

    it('S42: asks for a fresh sign-in, and changes nothing without', async () => {
      const { id, ada } = await company();
      const sub = await subjectOf(world(), (await memberWithApp(world(), { organization: id })).email);
      await world().advance(301);
      const late = await ada.post(`/members/${sub}/reset`, { reason: 'Late' });
      expectProblem(late, 401, 'fresh_authentication_required');
      expect(await enrollmentsOf(sub)).toHaveLength(1);
    });

    it('S74: says why in words, and refuses what is none', async () => {
      const { ada } = await company();
      for (const body of [
        {},
        { reason: '' },
        { reason: 'x'.repeat(201) },
        { reason: ['x'] },
        { reason: 'x', by: 'me' },
      ]) {
        expectProblem(await ada.post(`/members/${ada.sub}/reset`, body), 400, 'invalid_body');
      }
    });

    it('S39: a call for help is listed until a reset has answered it', async () => {
      const { id, ada } = await company();
      const person = await memberWithApp(world(), { organization: id, name: 'Pat Person' });
      const sub = await subjectOf(world(), person.email);
      await (await waitingForApp(world(), person)).go('help', {});
      expect((await ada.read<Pending>('/resets')).help).toMatchObject([
        { sub, kinds: ['totp'], strength: 'aal2' },
      ]);
      await ada.change(`/members/${sub}/reset`, { reason: 'Called' });
      expect((await ada.read<Pending>('/resets')).help).toEqual([]);
    });
  });

  async function moveTo(organization: string, sub: string): Promise<void> {
    await world().redis.hSet(key.account(sub), { home: organization, [`member:${organization}`]: 'member' });
  }

  async function lastEvent(type: string): Promise<Readonly<Record<string, unknown>>> {
    const entries = (await world().redis.xRevRange('audit', '+', '-', { COUNT: 50 })) ?? [];
    const events = entries.map(
      ({ message }) => JSON.parse(message['event'] ?? '{}') as Readonly<Record<string, unknown>>,
    );
    return events.find((event) => event['type'] === type) ?? {};
  }
}
