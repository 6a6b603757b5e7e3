// Recovery codes: what one opens, what it replaces and what it leaves alone.
import { describe, expect, it } from 'vitest';
import type { InteractionView } from '../../worker/interaction/wire.ts';
import { key } from '../../worker/storage-keys.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { readMail } from '../support/outbox-reader.ts';
import { totpCode } from '../support/totp.ts';
import { addEmail, addPhone, askedCode, challenged, memberWithAppAndCodes } from './factors.ts';
import { FIRST_SITE, type FlowWorld } from './flow-world.ts';
import { answerOf } from './oidc-site.ts';
import { authorizeAttempt, Journey, pendingApp, problemOf } from './person.ts';
import { expectProblem } from './portal.ts';
import { memberWithApp, waitingForEnrollment, waitingForMailbox } from './shortcut.ts';
import { outlastLimit, failuresOf, subjectOf } from './store.ts';

const SESSION = '__Host-penumbra-session';

export function recoverySuite(world: () => FlowWorld): void {
  function recover(journey: Journey, code: string, ...lost: string[]): Promise<Answer> {
    return journey.post('recovery', { code, lost });
  }

  /** Sets an app up where a recovery code opened it. */
  async function setUpApp(journey: Journey): Promise<{ enrollmentId: string; view: InteractionView }> {
    const { enrollmentId, uri } = pendingApp(await journey.go('enrollment', { kind: 'totp' }));
    const code = totpCode(uri, world().now());
    const view = await journey.go('enrollment/confirm', { enrollmentId, code, name: 'New app' });
    await world().advance(30);
    return { enrollmentId, view };
  }

  async function left({ email }: { readonly email: string }): Promise<number> {
    return world().redis.hLen(key.recoveryCodes(await subjectOf(world(), email)));
  }

  describe('recovery codes', () => {
    it('S38: ten of 120 bits in groups, shown once, kept as keyed hashes', async () => {
      const { person, portal, recoveryCodes } = await memberWithAppAndCodes(world());
      expect(new Set(recoveryCodes).size).toBe(10);
      for (const code of recoveryCodes)
        expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
      const account = await portal.read();
      expect(account.json()).toMatchObject({ recoveryCodes: { left: 10 } });
      const stored = await world().redis.hGetAll(key.recoveryCodes(await subjectOf(world(), person.email)));
      for (const code of recoveryCodes) {
        expect(account.text + JSON.stringify(stored)).not.toContain(code);
        expect(JSON.stringify(stored)).not.toContain(code.replaceAll('-', ''));
      }
      expect(world().output()).not.toContain(recoveryCodes[0]);
    });

    it('S38: a first set is made with the first factor; loaded again the page shows none, and a new set voids it', async () => {
      const person = await memberWithApp(world());
      const sub = await subjectOf(world(), person.email);
      await world().redis.del([key.recoveryCodes(sub), key.enrollment(person.enrollmentId)]);
      await world().redis.hDel(key.account(sub), `enrollment:${person.enrollmentId}`);
      const journey = await waitingForEnrollment(world(), person);
      const { view } = await setUpApp(journey);
      if (view.step !== 'recovery_codes') throw new Error(view.step);
      expect(view.codes).toHaveLength(10);
      expect(await journey.view()).toEqual({ step: 'recovery_codes', site: view.site });
      const renewed = await journey.go('recovery-codes/renew', {});
      if (renewed.step !== 'recovery_codes') throw new Error(renewed.step);
      expect(renewed.codes).toHaveLength(10);
      await journey.go('recovery-codes', {});
      expectProblem(await journey.post('recovery-codes/renew', {}), 409, 'wrong_step');
      const [next, again] = [await challenged(world(), person), await challenged(world(), person)];
      const lost = Object.keys(await world().redis.hGetAll(key.account(sub)))
        .filter((field) => field.startsWith('enrollment:'))
        .map((field) => field.slice('enrollment:'.length));
      expectProblem(await recover(next, view.codes?.[0] ?? '', ...lost), 401, 'wrong_code');
      expect((await recover(again, renewed.codes?.[0] ?? '', ...lost)).status).toBe(200);
    });

    it('S38: a new set voids the old one, needs a fresh sign-in, and is told', async () => {
      const { person, portal, recoveryCodes } = await memberWithAppAndCodes(world());
      await world().workOff();
      await readMail(world().outbox, person.email, /new recovery codes/);
      expect((await portal.post('/recovery-codes', {})).status).toBe(200);
      const journey = await challenged(world(), person);
      expectProblem(await recover(journey, recoveryCodes[0] ?? '', person.enrollmentId), 401, 'wrong_code');
      await world().advance(301);
      expectProblem(await portal.post('/recovery-codes', {}), 401, 'fresh_authentication_required');
    });

    it('S39: it opens an enrolment and nothing else; the session comes with the new factor, which replaces what was lost', async () => {
      const { person, portal, recoveryCodes } = await memberWithAppAndCodes(world());
      const phone = await addPhone(portal);
      const mailbox = await addEmail(portal, person.email);
      const attempt = authorizeAttempt(world().issuer, FIRST_SITE, { acr_values: 'aal2' });
      const journey = await Journey.begin(new Browser(), attempt.url);
      await journey.firstFactor(person.email, person.password);
      // As people type it: small letters, spaces, letters that look like digits.
      const [code = ''] = recoveryCodes;
      const typed = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
      const opened = await recover(journey, typed, person.enrollmentId, phone.enrollmentId);
      expect(opened.json()).toMatchObject({ step: 'enrollment', because: 'recovery' });
      expect(journey.browser.cookies.get('localhost', SESSION)).toBeUndefined();
      expect((await journey.browser.getJson(`${world().issuer}/api/account`)).status).toBe(401);
      expect(answerOf(await journey.browser.open(attempt.url)).get('code')).toBeNull();
      // Until then nothing is gone: whoever finds the phone again may still use it.
      expect(await world().redis.exists(key.enrollment(phone.enrollmentId))).toBe(1);
      expectProblem(
        await journey.post('challenge', { enrollmentId: person.enrollmentId, code: '000000' }),
        409,
        'wrong_step',
      );

      const { enrollmentId, view } = await setUpApp(journey);
      expect(view).toMatchObject({ step: 'done' });
      expect(journey.browser.cookies.get('localhost', SESSION)).toBeTruthy();
      const sub = await subjectOf(world(), person.email);
      const account = await world().redis.hGetAll(key.account(sub));
      const kept = Object.keys(account).filter((field) => field.startsWith('enrollment:'));
      expect(kept.toSorted()).toEqual(
        [enrollmentId, mailbox.enrollmentId].map((id) => `enrollment:${id}`).toSorted(),
      );
      for (const id of [person.enrollmentId, phone.enrollmentId])
        expect(await world().redis.exists(key.enrollment(id))).toBe(0);
      // S44: what was signed in with the lost ones ends; the other codes stay.
      expectProblem(await portal.read(), 401, 'login_required');
      expect(await world().redis.hLen(key.recoveryCodes(sub))).toBe(9);
      await world().workOff();
      for (const subject of [/recovery code .* was used/, /second factor was added/])
        await readMail(world().outbox, person.email, subject);
      const next = await challenged(world(), person);
      const mailed = await askedCode(world(), next, mailbox);
      await next.go('challenge', { enrollmentId: mailbox.enrollmentId, code: mailed });
    });

    it('S39: it counts only after the password, in the place of a second factor, and never with another proof missing', async () => {
      const { person, recoveryCodes } = await memberWithAppAndCodes(world());
      const [code = ''] = recoveryCodes;
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      expectProblem(await recover(journey, code, person.enrollmentId), 409, 'wrong_step');
      await journey.go('identify', { email: person.email });
      expectProblem(await recover(journey, code, person.enrollmentId), 409, 'wrong_step');
      expectProblem(await journey.post('password', { password: code }), 401, 'wrong_password');
      const mailbox = await waitingForMailbox(world(), person);
      expectProblem(await recover(mailbox, code, person.enrollmentId), 409, 'wrong_step');
      const asked = await challenged(world(), person);
      const { enrollmentId } = person;
      expectProblem(await asked.post('challenge', { enrollmentId, code }), 401, 'wrong_code');
      expect(await left(person)).toBe(10);
      expect((await recover(asked, code, enrollmentId)).status).toBe(200);
    });

    it('S38, bug 15: of 30 parallel posts in three sign-ins one is taken, and none later', async () => {
      const { person, recoveryCodes } = await memberWithAppAndCodes(world());
      await outlastLimit(world(), 'recovery-account');
      const [code = ''] = recoveryCodes;
      const journeys: Journey[] = [];
      for (let count = 0; count < 3; count += 1) journeys.push(await challenged(world(), person));
      const answers = await Promise.all(
        Array.from({ length: 10 }, () =>
          journeys.map((one) => recover(one, code, person.enrollmentId)),
        ).flat(),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.every(({ status }) => [200, 401, 409, 429].includes(status))).toBe(true);
      await world().advance(3600);
      expectProblem(
        await recover(await challenged(world(), person), code, person.enrollmentId),
        401,
        'wrong_code',
      );
      expect(await left(person)).toBe(9);
    });

    it('S39: ten tries an hour, across sign-ins; a wrong one counts against no factor', async () => {
      const { person, recoveryCodes } = await memberWithAppAndCodes(world());
      await outlastLimit(world(), 'recovery-account');
      for (let tries = 1; tries <= 10; tries += 1) {
        const journey = await challenged(world(), person);
        expectProblem(await recover(journey, `nope-${tries}`, person.enrollmentId), 401, 'wrong_code');
      }
      const journey = await challenged(world(), person);
      const refused = await recover(journey, recoveryCodes[0] ?? '', person.enrollmentId);
      expectProblem(refused, 429, 'throttled');
      expect((problemOf(refused).retryAt ?? 0) - world().now()).toBeGreaterThan(0);
      expect(await failuresOf(world(), person.enrollmentId)).toBe(0);
      // The other factors stay.
      const code = totpCode(person.uri, world().now());
      await journey.go('challenge', { enrollmentId: person.enrollmentId, code });
      await world().advance(3600);
      const later = await challenged(world(), person);
      expect((await recover(later, recoveryCodes[0] ?? '', person.enrollmentId)).status).toBe(200);
    });

    it("S39, bug 28: another account's code opens nothing, nor does a hash that was copied to this one", async () => {
      const [mine, theirs] = [await memberWithAppAndCodes(world()), await memberWithAppAndCodes(world())];
      const journey = await challenged(world(), mine.person);
      const [code = ''] = theirs.recoveryCodes;
      expectProblem(await recover(journey, code, mine.person.enrollmentId), 401, 'wrong_code');
      const [from, to] = [
        await subjectOf(world(), theirs.person.email),
        await subjectOf(world(), mine.person.email),
      ];
      const stolen = await world().redis.hGetAll(key.recoveryCodes(from));
      await world().redis.hSet(key.recoveryCodes(to), stolen);
      expectProblem(await recover(journey, code, mine.person.enrollmentId), 401, 'wrong_code');
      expect(await left(theirs.person)).toBe(10);
    });

    it('S39: what was lost has to be named, and must be of this account', async () => {
      const [{ person, recoveryCodes }, other] = [
        await memberWithAppAndCodes(world()),
        await memberWithApp(world()),
      ];
      const journey = await challenged(world(), person);
      const [code = ''] = recoveryCodes;
      expectProblem(await recover(journey, code), 400, 'invalid_body');
      expectProblem(await recover(journey, code, other.enrollmentId), 400, 'invalid_body');
      expectProblem(await recover(journey, code, 'nothing'), 400, 'invalid_body');
      expect((await recover(journey, code, other.enrollmentId, person.enrollmentId)).status).toBe(200);
      await setUpApp(journey);
      expect(await world().redis.exists(key.enrollment(other.enrollmentId))).toBe(1);
    });

    it('S38: with the last code gone the next set is made in the same sign-in', async () => {
      const { person, recoveryCodes } = await memberWithAppAndCodes(world());
      const name = key.recoveryCodes(await subjectOf(world(), person.email));
      const journey = await challenged(world(), person);
      await recover(journey, recoveryCodes[0] ?? '', person.enrollmentId);
      await world().redis.del(name);
      const { view } = await setUpApp(journey);
      if (view.step !== 'recovery_codes') throw new Error(view.step);
      expect(view.codes).toHaveLength(10);
    });
  });
}
