// A forgotten password: who is told what, what the link is good for, and what a mailbox alone never opens (S07, bug 31).
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { InteractionView } from '../../worker/interaction/wire.ts';
import { key } from '../../worker/storage-keys.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { readMail } from '../support/outbox-reader.ts';
import { totpCode } from '../support/totp.ts';
import {
  addEmail,
  askedCode,
  challenged,
  factorIn,
  memberWithAppAndCodes,
  memberWithEmail,
  memberWithPhone,
} from './factors.ts';
import type { FlowWorld } from './flow-world.ts';
import { Journey, problemOf } from './person.ts';
import { expectProblem } from './portal.ts';
import { member, memberWithApp } from './shortcut.ts';
import { outlastLimit, subjectOf } from './store.ts';

const NEW_PASSWORD = 'seven lilac compasses';

export function passwordResetSuite(world: () => FlowWorld): void {
  /** Says who it is and that the password is forgotten. */
  async function forgotten(
    email: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly journey: Journey; readonly answer: Answer }> {
    const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
    await journey.go('identify', { email });
    const answer = await journey.browser.postJson(`${journey.api}/forgot-password`, {}, headers);
    return { journey, answer };
  }

  /** The tokens of the links that were mailed, newest first. */
  function tokensTo(email: string): string[] {
    return world()
      .outbox.messages(email)
      .flatMap(({ text }) => /\/reset#([\w-]{43})/.exec(text)?.[1] ?? []);
  }

  async function linkFor(email: string): Promise<string> {
    const before = tokensTo(email).length;
    expect((await forgotten(email)).answer.status).toBe(200);
    await expect.poll(() => tokensTo(email).length, { timeout: 5000 }).toBe(before + 1);
    return tokensTo(email)[0] ?? '';
  }

  function choose(token: string, password = NEW_PASSWORD, browser = new Browser()): Promise<Answer> {
    return browser.postJson(`${world().issuer}/api/reset`, { token, password });
  }

  async function signInWith(email: string, password: string): Promise<InteractionView> {
    const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
    return journey.firstFactor(email, password);
  }

  describe('forgotten password', () => {
    it('S07, S19: the answer is the same for an unknown address, an invited one and a member', async () => {
      const known = await member(world());
      const invited = await member(world());
      await world().redis.hSet(key.account(await subjectOf(world(), invited.email)), 'status', 'invited');
      const unknown = `nobody-${randomUUID()}@example.com`;
      const answers: string[] = [];
      for (const email of [known.email, invited.email, unknown]) {
        const { answer, journey } = await forgotten(email);
        const view = JSON.stringify(await journey.view());
        answers.push(`${answer.status} ${answer.text} ${view}`.replaceAll(email, 'the address'));
        expect(answer.json()).toMatchObject({ step: 'first_factor', resetRequested: true });
      }
      expect(new Set(answers).size).toBe(1);
      await expect.poll(() => tokensTo(known.email).length, { timeout: 5000 }).toBe(1);
      await world().workOff();
      for (const email of [invited.email, unknown]) expect(world().outbox.messages(email)).toHaveLength(0);
    });

    it('S07, S19, bug 8: three mails an hour to one address, known or not, and twenty for one client', async () => {
      const known = await member(world());
      await outlastLimit(world(), 'reset-destination');
      for (const email of [known.email, `nobody-${randomUUID()}@example.com`]) {
        for (let count = 0; count < 3; count += 1) expect((await forgotten(email)).answer.status).toBe(200);
        expectProblem((await forgotten(email)).answer, 429, 'throttled');
      }
      const browser = new Browser();
      const statuses: number[] = [];
      for (let count = 0; count < 21; count += 1) {
        const journey = await Journey.begin(browser, `${world().issuer}/account`);
        await journey.go('identify', { email: `nobody-${randomUUID()}@example.com` });
        statuses.push((await journey.post('forgot-password', {})).status);
      }
      expect(statuses.filter((status) => status === 200)).toHaveLength(20);
      expect(statuses.at(-1)).toBe(429);
    });

    it('S07: the link works once, of 20 at once one, and signs nobody in; the second factor is still asked for', async () => {
      const person = await memberWithApp(world());
      const token = await linkFor(person.email);
      const browser = new Browser();
      const inspected = await browser.postJson(`${world().issuer}/api/reset/inspect`, { token });
      expect(inspected.json()).toMatchObject({ email: person.email, minimumLength: 8 });
      expectProblem(await choose(token, 'short'), 422, 'password_refused');
      const chosen = await choose(token, NEW_PASSWORD, browser);
      expect([chosen.status, chosen.json()]).toEqual([200, { continue: '/account' }]);
      expect(chosen.headers.getSetCookie()).toEqual([]);
      expect((await browser.getJson(`${world().issuer}/api/account`)).status).toBe(401);
      expectProblem(await choose(token), 410, 'setup_link_gone');
      expect(await signInWith(person.email, NEW_PASSWORD)).toMatchObject({ step: 'challenge' });
      const old = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await old.go('identify', { email: person.email });
      expectProblem(await old.post('password', { password: person.password }), 401, 'wrong_password');

      const next = await linkFor(person.email);
      const answers = await Promise.all(Array.from({ length: 20 }, () => choose(next)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      for (const answer of answers.filter(({ status }) => status !== 200)) {
        // Whoever found no place to hash (S76) was told so, and the link is no more theirs than the others'.
        const refused = problemOf(answer).code === 'busy' ? await choose(next) : answer;
        expectProblem(refused, 410, 'setup_link_gone');
      }
    });

    it('S07: only the newest link counts, for an hour, and no made-up one', async () => {
      const who = await member(world());
      await outlastLimit(world(), 'reset-destination');
      const [first, second] = [await linkFor(who.email), await linkFor(who.email)];
      expectProblem(await choose(first), 410, 'setup_link_gone');
      await world().advance(3601);
      expectProblem(await choose(second), 410, 'setup_link_gone');
      expectProblem(await choose('A'.repeat(43)), 410, 'setup_link_gone');
      expectProblem(await choose('../../account'), 400, 'invalid_body');
      const third = await linkFor(who.email);
      // A link for setting up an account is none for a reset, nor the other way round.
      const setup = await new Browser().postJson(`${world().issuer}/api/setup`, {
        token: third,
        password: NEW_PASSWORD,
      });
      expectProblem(setup, 410, 'setup_link_gone');
      expect((await choose(third)).status).toBe(200);
    });

    it('S07, S43, S44: every session ends, and a sign-in that knew the old password; every address is told', async () => {
      const person = await memberWithApp(world());
      const account = key.account(await subjectOf(world(), person.email));
      await world().redis.hSet(account, 'noticeEmail', `second-${person.email}`);
      const waiting = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await waiting.firstFactor(person.email, person.password);
      expect((await person.browser.getJson(`${world().issuer}/api/account`)).status).toBe(200);
      expect((await choose(await linkFor(person.email))).status).toBe(200);
      expectProblem(await person.browser.getJson(`${world().issuer}/api/account`), 401, 'login_required');
      const code = totpCode(person.uri, world().now());
      const late = await waiting.post('challenge', { enrollmentId: person.enrollmentId, code });
      expectProblem(late, 410, 'interaction_ended');
      await world().workOff();
      for (const to of [person.email, `second-${person.email}`])
        await readMail(world().outbox, to, /Your password was replaced/);
    });

    it('S07, bug 31: with the mailbox as the only factor codes by mail are suspended for a day', async () => {
      const { factor, ...who } = await memberWithEmail(world());
      const { enrollmentId } = factor;
      const early = await challenged(world(), who);
      const code = await askedCode(world(), early, factor);
      expect((await choose(await linkFor(who.email))).status).toBe(200);
      // Not even one that was mailed before.
      expectProblem(await early.post('challenge', { enrollmentId, code }), 409, 'factor_unusable');
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      const view = await journey.firstFactor(who.email, NEW_PASSWORD);
      const { unusable, retryAt = 0 } = factorIn(view, enrollmentId);
      expect(unusable).toBe('suspended');
      expect(Math.abs(retryAt - world().now() - 86_400)).toBeLessThan(30);
      const refused = await journey.post('challenge/code', { enrollmentId });
      expectProblem(refused, 409, 'factor_unusable');
      expect(problemOf(refused).retryAt).toBe(retryAt);
      await world().advance(86_400 + 1);
      const later = await challenged(world(), who);
      const next = await askedCode(world(), later, factor);
      expect(await later.go('challenge', { enrollmentId, code: next })).toMatchObject({ step: 'done' });
    });

    it('S07: another factor lifts it, and so does a recovery code', async () => {
      const { factor: phone, portal, ...who } = await memberWithPhone(world());
      const mailbox = await addEmail(portal, who.email);
      await world().advance(600);
      await choose(await linkFor(who.email));
      const first = await challenged(world(), who);
      expect(factorIn(await first.view(), mailbox.enrollmentId)).toMatchObject({ unusable: 'suspended' });
      const texted = await askedCode(world(), first, phone);
      await first.go('challenge', { enrollmentId: phone.enrollmentId, code: texted });
      const next = await challenged(world(), who);
      const mailed = await askedCode(world(), next, mailbox);
      await next.go('challenge', { enrollmentId: mailbox.enrollmentId, code: mailed });

      const { person, recoveryCodes } = await memberWithAppAndCodes(world());
      const sub = await subjectOf(world(), person.email);
      await choose(await linkFor(person.email));
      expect(await world().redis.hExists(key.account(sub), 'mailSuspendedUntil')).toBe(1);
      const journey = await challenged(world(), person);
      const [code] = recoveryCodes;
      await journey.go('recovery', { code, lost: [person.enrollmentId] });
      expect(await world().redis.hExists(key.account(sub), 'mailSuspendedUntil')).toBe(0);
    });

    it('S23, bug 26: Host and its relatives change no link', async () => {
      const who = await member(world());
      for (const headers of [{ 'x-forwarded-host': 'evil.example' }, { host: 'evil.example' }])
        await forgotten(who.email, headers);
      await expect.poll(() => tokensTo(who.email).length, { timeout: 5000 }).toBeGreaterThan(0);
      for (const { text, subject } of world().outbox.messages(who.email)) {
        expect(text).not.toContain('evil');
        expect(text).toContain(`${world().issuer}/reset#`);
        expect(subject).not.toMatch(/reset#/);
      }
    });

    it('S07, bug 27: the link goes to the one address that names the account, in whatever shape it is asked for', async () => {
      const [who, other] = [await member(world()), await member(world())];
      for (const email of [
        [who.email, other.email],
        `${who.email},${other.email}`,
        `${who.email}\r\nBcc: ${other.email}`,
        { to: who.email },
      ]) {
        const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
        expectProblem(await journey.post('identify', { email }), 400, 'invalid_body');
        expectProblem(await journey.post('forgot-password', {}), 409, 'wrong_step');
        expectProblem(await journey.post('forgot-password', { email }), 400, 'invalid_body');
      }
      for (const { email } of [who, other]) expect(tokensTo(email)).toHaveLength(0);
    });
  });
}
