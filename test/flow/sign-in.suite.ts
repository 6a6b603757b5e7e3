import { describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { readMailedCode } from '../support/outbox-reader.ts';
import { totpCode } from '../support/totp.ts';
import { FIRST_SITE, SECOND_SITE, type FlowWorld } from './flow-world.ts';
import {
  authorizeAttempt,
  enrolledPerson,
  Journey,
  problemOf,
  reachEnrollment,
  signIn,
  pendingApp,
} from './person.ts';

/** The way that everybody goes. */
export function signInSuite(world: () => FlowWorld): void {
  describe('sign-in', () => {
    it('leads a new member through mailbox and app to the portal', async () => {
      const { email, password } = await world().person();
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      const asked = await journey.firstFactor(email, password);
      expect(asked).toMatchObject({
        step: 'confirm_address',
        destination: `p•••••@example.com`,
        delivery: 'queued',
      });
      const code = await readMailedCode(world().outbox, email);
      expect(await journey.go('address', { code })).toMatchObject({
        step: 'enrollment',
        reasons: ['service'],
      });
      const started = await journey.go('enrollment', { kind: 'totp' });
      const { enrollmentId, uri } = pendingApp(started);
      const made = await journey.go('enrollment/confirm', {
        enrollmentId,
        code: totpCode(uri, world().now()),
        name: 'My phone',
      });
      expect(made.step === 'recovery_codes' && made.codes?.length).toBe(10);
      const done = await journey.go('recovery-codes', {});
      expect(done).toMatchObject({ step: 'done', continue: '/account' });
      const account = await journey.browser.getJson(`${world().issuer}/api/account`);
      expect(account.status).toBe(200);
      expect(account.json()).toMatchObject({
        email,
        organizationName: 'Example',
        mfa: { required: true },
        enrollments: [{ enrollmentId, kind: 'totp', name: 'My phone' }],
        session: { acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] },
      });
    });

    it('asks for the app from then on, and once signed in lets another site in without a prompt', async () => {
      const person = await enrolledPerson(world());
      const browser = new Browser();
      const first = authorizeAttempt(world().issuer, FIRST_SITE);
      const resume = await signIn(world(), browser, first.url, person);
      const back = await browser.open(resume);
      expect(back.status).toBe(303);
      const answer = new URL(back.location ?? '');
      expect(answer.href.startsWith(FIRST_SITE.callback)).toBe(true);
      expect(answer.searchParams.get('state')).toBe(first.state);
      expect(answer.searchParams.get('iss')).toBe(world().issuer);
      expect(answer.searchParams.get('code')).toBeTruthy();

      const second = await browser.open(authorizeAttempt(world().issuer, SECOND_SITE).url);
      expect(second.status).toBe(303);
      expect(new URL(second.location ?? '').searchParams.get('code')).toBeTruthy();
    });

    it('refuses a wrong password and a wrong code with the tries that are left', async () => {
      const person = await enrolledPerson(world());
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await journey.go('identify', { email: person.email });
      const wrong = await journey.post('password', { password: 'not the password of anybody' });
      expect([wrong.status, problemOf(wrong).code]).toEqual([401, 'wrong_password']);
      await journey.go('password', { password: person.password });
      const code = totpCode(person.uri, world().now() - 3600);
      const refused = await journey.post('challenge', { enrollmentId: person.enrollmentId, code });
      expect([refused.status, problemOf(refused).code, problemOf(refused).triesLeft]).toEqual([
        401,
        'wrong_code',
        4,
      ]);
    });

    it('S69: a step that is not next is refused, and the answer tells where the journey is', async () => {
      const { email, password } = await world().person();
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      const early = await journey.post('challenge', { enrollmentId: 'x', code: '000000' });
      expect([early.status, problemOf(early).code]).toEqual([409, 'wrong_step']);
      expect(problemOf(early).view?.step).toBe('identify');
      await reachEnrollment(world(), journey, email, password);
    });
  });
}
