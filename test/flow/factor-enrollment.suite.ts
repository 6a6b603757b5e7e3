// Enrolling the first app in a sign-in: whose seed it is, how long it waits, and what makes it count.
import { describe, expect, it } from 'vitest';
import { key } from '../../worker/storage-keys.ts';
import { readMailedCode } from '../support/outbox-reader.ts';
import { totpCode, wrongTotpCode } from '../support/totp.ts';
import type { FlowWorld } from './flow-world.ts';
import { type Journey, problemOf } from './person.ts';
import {
  member,
  memberWithApp,
  startApp,
  waitingForApp,
  waitingForEnrollment,
  waitingForMailbox,
} from './shortcut.ts';
import { sessionsOf, subjectOf } from './store.ts';

export function factorEnrollmentSuite(world: () => FlowWorld): void {
  function confirm(
    journey: Journey,
    pending: { readonly enrollmentId: string; readonly uri: string },
    code = totpCode(pending.uri, world().now()),
  ): ReturnType<Journey['post']> {
    return journey.post('enrollment/confirm', { enrollmentId: pending.enrollmentId, code, name: 'My phone' });
  }

  async function enrollmentsOf(email: string): Promise<string[]> {
    const account = await world().redis.hGetAll(key.account(await subjectOf(world(), email)));
    return Object.keys(account).filter((field) => field.startsWith('enrollment:'));
  }

  describe('enrolment of an app', () => {
    it('S30, S31: the seed is made by the server, 160 bits, and presented as the key URI format says', async () => {
      const who = await member(world());
      const pending = await startApp(await waitingForEnrollment(world(), who));
      const uri = new URL(pending.uri);
      expect(uri.protocol + uri.hostname).toBe('otpauth:totp');
      expect(decodeURIComponent(uri.pathname)).toBe(`/Penumbra:${who.email}`);
      const secret = uri.searchParams.get('secret') ?? '';
      expect(secret).toMatch(/^[A-Z2-7]{32}$/);
      expect(pending.secret.replaceAll(' ', '')).toBe(secret);
      expect(uri.searchParams.get('issuer')).toBe('Penumbra');
      expect(pending.uri).not.toContain('%3D');
      const other = await startApp(await waitingForEnrollment(world(), await member(world())));
      expect(other.secret).not.toBe(pending.secret);
    });

    it('S30, bug 22: a seed that a client sends is refused, at the start and at the confirmation', async () => {
      const journey = await waitingForEnrollment(world(), await member(world()));
      const seed = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
      for (const name of ['secret', 'seed', 'uri', 'sealed', 'enrollmentId']) {
        const answer = await journey.post('enrollment', { kind: 'totp', [name]: seed });
        expect([name, answer.status, problemOf(answer).errors?.[0]?.field]).toEqual([name, 400, name]);
      }
      const pending = await startApp(journey);
      const code = totpCode(seed, world().now());
      const body = { enrollmentId: pending.enrollmentId, code, name: 'My phone' };
      const smuggled = await journey.post('enrollment/confirm', { ...body, secret: seed });
      expect([smuggled.status, problemOf(smuggled).code]).toEqual([400, 'invalid_body']);
      const wrong = await journey.post('enrollment/confirm', body);
      expect([wrong.status, problemOf(wrong).code]).toEqual([401, 'wrong_code']);
    });

    it('S36: a reload shows the same seed, "renew" another one, and the old one is void then', async () => {
      const journey = await waitingForEnrollment(world(), await member(world()));
      const first = await startApp(journey);
      expect(await journey.view()).not.toHaveProperty('pending');
      expect(await startApp(journey)).toEqual(first);
      const renewed = await startApp(journey, true);
      expect(renewed.secret).not.toBe(first.secret);
      expect(renewed.enrollmentId).not.toBe(first.enrollmentId);
      const old = await confirm(journey, first);
      expect([old.status, problemOf(old).code]).toEqual([410, 'pending_enrollment_gone']);
      expect((await confirm(journey, { ...renewed, uri: first.uri })).status).toBe(401);
      expect((await confirm(journey, renewed)).json()).toMatchObject({ step: 'recovery_codes' });
      expect(await journey.go('recovery-codes', {})).toMatchObject({ step: 'done' });
    });

    it('S36: a seed waits ten minutes and no longer, and is no factor before its first code', async () => {
      const who = await member(world());
      const journey = await waitingForEnrollment(world(), who);
      const pending = await startApp(journey);
      expect(pending.expiresAt - world().now()).toBeLessThanOrEqual(600);
      expect(await enrollmentsOf(who.email)).toEqual([]);
      const early = await journey.post('challenge', {
        enrollmentId: pending.enrollmentId,
        code: totpCode(pending.uri, world().now()),
      });
      expect([early.status, problemOf(early).code]).toEqual([409, 'wrong_step']);
      await world().advance(600);
      const late = await confirm(journey, pending);
      expect([late.status, problemOf(late).code]).toEqual([410, 'pending_enrollment_gone']);
      const anew = await startApp(journey);
      expect(anew.secret).not.toBe(pending.secret);
      expect((await confirm(journey, anew)).status).toBe(200);
      expect(await enrollmentsOf(who.email)).toEqual([`enrollment:${anew.enrollmentId}`]);
    });

    it('S36: ten wrong first codes end the set-up of this seed, however many come at once', async () => {
      const who = await member(world());
      const journey = await waitingForEnrollment(world(), who);
      const pending = await startApp(journey);
      const wrong = wrongTotpCode(pending.uri, world().now());
      const answers = await Promise.all(Array.from({ length: 30 }, () => confirm(journey, pending, wrong)));
      expect(answers.filter((answer) => problemOf(answer).code === 'wrong_code')).toHaveLength(10);
      const right = await confirm(journey, pending);
      expect([right.status, problemOf(right).code]).toEqual([410, 'pending_enrollment_gone']);
      expect(await enrollmentsOf(who.email)).toEqual([]);
      const anew = await startApp(journey);
      expect(anew.secret).not.toBe(pending.secret);
      expect((await confirm(journey, anew)).status).toBe(200);
    });

    it('S33, S36: 50 parallel submits of the right first code bind one app and begin one session', async () => {
      const who = await member(world());
      const journey = await waitingForEnrollment(world(), who);
      const pending = await startApp(journey);
      const answers = await Promise.all(Array.from({ length: 50 }, () => confirm(journey, pending)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(await enrollmentsOf(who.email)).toHaveLength(1);
      expect(await sessionsOf(world(), who.email)).toBe(1);
    });

    it('S33, bug 17: the code that confirmed an app is refused as a challenge of the next sign-in', async () => {
      const who = await member(world());
      const journey = await waitingForEnrollment(world(), who);
      const pending = await startApp(journey);
      const code = totpCode(pending.uri, world().now());
      expect((await confirm(journey, pending, code)).status).toBe(200);
      const next = await waitingForApp(world(), who);
      const replay = await next.post('challenge', { enrollmentId: pending.enrollmentId, code });
      expect([replay.status, problemOf(replay).code]).toEqual([401, 'code_used']);
    });

    it('bug 5, S36: the waiting seed of one sign-in can not be confirmed in another', async () => {
      const who = await member(world());
      const [one, two] = [await waitingForEnrollment(world(), who), await waitingForEnrollment(world(), who)];
      const stranger = await waitingForEnrollment(world(), await member(world()));
      const first = await startApp(one);
      const second = await startApp(two);
      await startApp(stranger);
      for (const journey of [two, stranger]) {
        const swapped = await confirm(journey, first);
        expect([swapped.status, problemOf(swapped).code]).toEqual([410, 'pending_enrollment_gone']);
      }
      // Once one of them is bound, the other journey may not add its own: it would be a factor without a challenge.
      expect((await confirm(one, first)).status).toBe(200);
      const late = await confirm(two, second);
      expect([late.status, problemOf(late).code]).toEqual([410, 'interaction_ended']);
      expect(await enrollmentsOf(who.email)).toEqual([`enrollment:${first.enrollmentId}`]);
    });

    it('S35, S47: a waiting seed that was changed in the store, or is of another account, binds nothing', async () => {
      const who = await member(world());
      const journey = await waitingForEnrollment(world(), who);
      const pending = await startApp(journey);
      const other = await waitingForEnrollment(world(), await member(world()));
      const foreign = await startApp(other);
      const idOf = ({ api }: Journey): string => new URL(api).pathname.split('/').at(-1) ?? '';
      const sealed = await world().redis.hGet(key.pendingEnrollment(idOf(other)), 'sealed');
      await world().redis.hSet(key.pendingEnrollment(idOf(journey)), 'sealed', sealed ?? '');
      const swapped = await confirm(journey, { ...pending, uri: foreign.uri });
      expect([swapped.status, problemOf(swapped).code]).toEqual([410, 'pending_enrollment_gone']);
      await world().redis.del(key.pendingEnrollment(idOf(other)));
      const deleted = await confirm(other, foreign);
      expect([deleted.status, problemOf(deleted).code]).toEqual([410, 'pending_enrollment_gone']);
    });

    it('S48: enrolment needs the code from the mailbox, and whoever has a factor is never led to it', async () => {
      const who = await member(world());
      const journey = await waitingForMailbox(world(), who);
      for (const [step, body] of [
        ['enrollment', { kind: 'totp' }],
        ['enrollment/confirm', { enrollmentId: 'x', code: '000000', name: 'x' }],
        ['challenge', { enrollmentId: 'x', code: '000000' }],
      ] as const) {
        const skipped = await journey.post(step, body);
        expect([step, skipped.status, problemOf(skipped).code]).toEqual([step, 409, 'wrong_step']);
      }
      await journey.go('address-code', {});
      await journey.go('address', { code: await readMailedCode(world().outbox, who.email) });
      expect(await startApp(journey)).toHaveProperty('secret');

      const person = await memberWithApp(world());
      const asked = await waitingForApp(world(), person);
      for (const [step, body] of [
        ['address-code', {}],
        ['address', { code: '00000000' }],
        ['enrollment', { kind: 'totp' }],
      ] as const) {
        const refused = await asked.post(step, body);
        expect([step, refused.status, problemOf(refused).code]).toEqual([step, 409, 'wrong_step']);
      }
    });
  });
}
