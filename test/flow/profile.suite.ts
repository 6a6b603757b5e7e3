// The account page: what a session may change, and what is shown (S42, S44, S45, S53).
import { describe, expect, it } from 'vitest';
import type { AccountView, PendingSentWire } from '../../worker/interaction/wire.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { totpCode } from '../support/totp.ts';
import {
  addEmail,
  addPhone,
  askedCode,
  askedOwnCode,
  challenged,
  forgetSends,
  memberWithEmail,
  memberWithPhone,
  mobileNumber,
  otherThan,
  readCode,
  type SentTo,
} from './factors.ts';
import { FIRST_SITE, type FlowWorld } from './flow-world.ts';
import { answerOf } from './oidc-site.ts';
import { authorizeAttempt, type Enrolled, Journey, problemOf } from './person.ts';
import { atPortal, expectProblem, Portal } from './portal.ts';
import { failuresOf, settleQueue } from './store.ts';

const NEW_PASSWORD = 'nineteen quiet meadows';
const NEW_ADDRESS = 'new-address@example.com';

export function profileSuite(world: () => FlowWorld): void {
  /** Every change that needs a fresh and strong sign-in, as paths with bodies that are right in shape. */
  function changes(
    password: string,
    { enrollmentId }: SentTo,
    number = mobileNumber(),
  ): readonly (readonly [string, object])[] {
    return [
      ['/password', { current: password, password: NEW_PASSWORD }],
      ['/email', { email: NEW_ADDRESS }],
      ['/notice-email', { email: NEW_ADDRESS }],
      ['/notice-email/remove', {}],
      ['/enrollments', { kind: 'totp' }],
      ['/enrollments', { kind: 'phone', number }],
      [`/enrollments/${enrollmentId}/code`, {}],
      [`/enrollments/${enrollmentId}/disable`, { code: '12345678' }],
      ['/recovery-codes', {}],
    ];
  }

  /** What goes on with a change that was begun in time. */
  function goingOn({ enrollmentId }: SentTo): readonly (readonly [string, object])[] {
    return [
      ['/email/confirm', { code: '12345678' }],
      ['/notice-email/confirm', { code: '12345678' }],
      ['/enrollments/confirm', { enrollmentId, code: '123456', name: 'x' }],
      [`/enrollments/${enrollmentId}/verify`, { code: '123456' }],
    ];
  }

  async function signedIn(person: Enrolled): Promise<Portal> {
    const journey = await challenged(world(), person);
    const code = totpCode(person.uri, world().now());
    await journey.go('challenge', { enrollmentId: person.enrollmentId, code });
    await world().advance(30);
    const portal = new Portal(world(), journey.browser);
    await portal.open();
    return portal;
  }

  describe('changes at the portal', () => {
    it('S42: every change asks for a fresh sign-in, and nothing is counted, sent or changed without', async () => {
      const { person, portal } = await atPortal(world());
      const mailbox = await addEmail(portal, person.email);
      await settleQueue(world(), person.email);
      await world().advance(301);
      const number = mobileNumber();
      const sent = (): number =>
        [person.email, NEW_ADDRESS, number].flatMap((to) => world().outbox.messages(to)).length;
      const before = sent();
      for (const [path, body] of changes(person.password, mailbox, number)) {
        const answer = await portal.post(path, body);
        expect([path, answer.status, problemOf(answer).code]).toEqual([
          path,
          401,
          'fresh_authentication_required',
        ]);
        expect(problemOf(answer).continue).toBe('/account/verify');
      }
      await world().advance(700);
      for (const [path, body] of goingOn(mailbox)) {
        const answer = await portal.post(path, body);
        expect([path, problemOf(answer).code]).toEqual([path, 'fresh_authentication_required']);
      }
      await settleQueue(world(), person.email, NEW_ADDRESS);
      expect(sent()).toBe(before);
      expect(await failuresOf(world(), mailbox.enrollmentId)).toBe(0);
      expect((await portal.view()).enrollments).toHaveLength(2);
    });

    it('S42, bug 18: a sign-in by email changes nothing while the account has a stronger factor', async () => {
      const { person, portal } = await atPortal(world());
      const mailbox = await addEmail(portal, person.email);
      const journey = await challenged(world(), person);
      const code = await askedCode(world(), journey, mailbox);
      await journey.go('challenge', { enrollmentId: mailbox.enrollmentId, code });
      const weak = new Portal(world(), journey.browser);
      await weak.open();
      expect((await weak.view()).session.acr).toBe('2fa');
      for (const [path, body] of [...changes(person.password, mailbox), ...goingOn(mailbox)]) {
        const answer = await weak.post(path, body);
        expect([path, answer.status, problemOf(answer).code]).toEqual([
          path,
          401,
          'fresh_authentication_required',
        ]);
      }
      expect(await failuresOf(world(), mailbox.enrollmentId)).toBe(0);
    });

    it('S42, S54, bug 21: without a session no route opens', async () => {
      const { factor, ...who } = await memberWithEmail(world());
      const journey = await challenged(world(), who);
      const half = new Portal(world(), journey.browser);
      const others: readonly (readonly [string, object])[] = [
        ['/profile', { name: 'Mallory' }],
        ['/enrollments/code', {}],
        [`/enrollments/${factor.enrollmentId}/rename`, { name: 'x' }],
        [`/enrollments/${factor.enrollmentId}/default`, {}],
        ['/sessions/end-others', {}],
        ['/sessions/x/end', {}],
      ];
      for (const [path, body] of [...changes(who.password, factor), ...goingOn(factor), ...others]) {
        const answer = await half.post(path, body);
        expect([path, answer.status, problemOf(answer).code]).toEqual([path, 401, 'login_required']);
      }
    });

    it('S42, S76: a new password needs the present one, fits the rules, and ends the other sessions and sign-ins', async () => {
      const { person, portal } = await atPortal(world());
      const other = await signedIn(person);
      const waiting = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await waiting.firstFactor(person.email, person.password);
      const change = (current: string, password: string): Promise<Answer> =>
        portal.post('/password', { current, password });
      expectProblem(await change('not the present one', NEW_PASSWORD), 401, 'wrong_password');
      expectProblem(await change(person.password, '1234567890'), 422, 'password_refused');
      expect((await other.read()).status).toBe(200);
      expect((await change(person.password, NEW_PASSWORD)).status).toBe(200);
      expectProblem(await other.read(), 401, 'login_required');
      expect((await portal.read()).status).toBe(200);
      const code = totpCode(person.uri, world().now());
      const late = await waiting.post('challenge', { enrollmentId: person.enrollmentId, code });
      expectProblem(late, 410, 'interaction_ended');
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      expect(await journey.firstFactor(person.email, NEW_PASSWORD)).toMatchObject({ step: 'challenge' });
    });

    it('S42: what a mailbox or phone was enabled with disables it: no other code, and only in this session', async () => {
      const { factor: phone, portal, ...who } = await memberWithPhone(world());
      const mailbox = await addEmail(portal, who.email);
      const path = `/enrollments/${mailbox.enrollmentId}/disable`;
      expectProblem(await portal.post(path, { code: '12345678' }), 409, 'no_code_sent');
      const [texted, mailed] = [await askedOwnCode(portal, phone), await askedOwnCode(portal, mailbox)];
      expectProblem(await portal.post(path, { code: texted }), 401, 'wrong_code');
      expectProblem(await portal.post(path, { code: otherThan(mailed) }), 401, 'wrong_code');
      expect(await failuresOf(world(), mailbox.enrollmentId)).toBe(2);
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => portal.post(path, { code: mailed })),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect((await portal.view()).enrollments.map(({ enrollmentId }) => enrollmentId)).toEqual([
        phone.enrollmentId,
      ]);
    });

    it('S44, S45, bug 23: removal ends other sessions; the last factor stays while one is demanded', async () => {
      const { factor: phone, portal, ...who } = await memberWithPhone(world());
      const mailbox = await addEmail(portal, who.email);
      await forgetSends(world());
      const journey = await challenged(world(), who);
      const code = await askedCode(world(), journey, mailbox);
      await journey.go('challenge', { enrollmentId: mailbox.enrollmentId, code });
      const other = new Portal(world(), journey.browser);
      expect((await other.read()).status).toBe(200);
      const removal = await portal.post(`/enrollments/${mailbox.enrollmentId}/disable`, {
        code: await askedOwnCode(portal, mailbox),
      });
      expect(removal.status).toBe(200);
      expectProblem(await other.read(), 401, 'login_required');
      const silent = authorizeAttempt(world().issuer, FIRST_SITE, { prompt: 'none' });
      expect(answerOf(await other.browser.open(silent.url)).get('error')).toBe('login_required');
      const own = await askedOwnCode(portal, phone);
      const last = await portal.post(`/enrollments/${phone.enrollmentId}/disable`, { code: own });
      expectProblem(last, 409, 'last_factor');
    });

    it('S45: two removals at once leave one factor', async () => {
      const { factor: phone, portal, ...who } = await memberWithPhone(world());
      const mailbox = await addEmail(portal, who.email);
      const codes = [await askedOwnCode(portal, phone), await askedOwnCode(portal, mailbox)];
      const answers = await Promise.all(
        [phone, mailbox].map(({ enrollmentId }, index) =>
          portal.post(`/enrollments/${enrollmentId}/disable`, { code: codes[index] }),
        ),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
      expect((await portal.view()).enrollments).toHaveLength(1);
    });
  });

  describe('what the portal shows', () => {
    it('names, renames and asks first for what was chosen', async () => {
      const { person, portal } = await atPortal(world());
      const phone = await addPhone(portal);
      const path = `/enrollments/${phone.enrollmentId}`;
      const renamed = (await portal.post(`${path}/rename`, { name: '  Work phone ' })).json() as AccountView;
      expect(renamed.enrollments.map(({ name }) => name)).toEqual(['My phone', 'Work phone']);
      expectProblem(await portal.post(`${path}/rename`, { name: 'a\u202eb' }), 400, 'invalid_body');
      for (const { enrollmentId } of [person, phone]) {
        expect((await portal.post(`/enrollments/${enrollmentId}/default`, {})).status).toBe(200);
        const view = await (await challenged(world(), person)).view();
        if (view.step !== 'challenge') throw new Error(view.step);
        expect(view.factors[0]).toMatchObject({ enrollmentId, isDefault: true });
      }
    });

    it('S53: sessions with device and place; one is ended, then all others, and both at once', async () => {
      const { person, portal } = await atPortal(world());
      const [one, two] = [await signedIn(person), await signedIn(person)];
      const { sessions } = await portal.view();
      expect(sessions).toHaveLength(3);
      expect(sessions.map(({ isThis }) => isThis)).toEqual([true, false, false]);
      expect(sessions[0]).toMatchObject({ address: portal.browser.address, acr: 'aal2' });
      const [first] = (await one.view()).sessions;
      const ended = (await portal.post(`/sessions/${first?.sid ?? ''}/end`, {})).json() as AccountView;
      expect(ended.sessions).toHaveLength(2);
      expectProblem(await one.read(), 401, 'login_required');
      expect((await two.read()).status).toBe(200);
      const all = (await portal.post('/sessions/end-others', {})).json() as AccountView;
      expect(all.sessions.map(({ isThis }) => isThis)).toEqual([true]);
      expectProblem(await two.read(), 401, 'login_required');
      expect((await portal.read()).status).toBe(200);
      // S50, bug 34: what is listed is no key to it.
      const secret = portal.browser.cookies.get('localhost', '__Host-penumbra-session') ?? 'none';
      expect((await portal.read()).text).not.toContain(secret);
    });

    it('S53: what happened is listed, newest first, without codes', async () => {
      const { person, portal } = await atPortal(world());
      const started = await portal.post('/enrollments', { kind: 'email' });
      const { sent, enrollmentId } = started.json() as PendingSentWire;
      const code = await readCode(world(), person.email, sent);
      await portal.post('/enrollments/confirm', { enrollmentId, code, name: 'Mail' });
      const { activity } = await portal.view();
      expect(activity[0]).toMatchObject({ type: 'factor.enrollment', result: 'ok' });
      expect(activity.map(({ at }) => at)).toEqual(activity.map(({ at }) => at).toSorted((a, b) => b - a));
      expect(JSON.stringify(activity)).not.toContain(code);
    });
  });
}
