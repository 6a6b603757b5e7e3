// What the portal refuses: other people's factors, seeds from outside, records that are broken, requests of other sites.
import { describe, expect, it } from 'vitest';
import { SESSION_COOKIE } from '../../worker/session/session.ts';
import { key } from '../../worker/storage-keys.ts';
import { totpCode, wrongTotpCode } from '../support/totp.ts';
import type { FlowWorld } from './flow-world.ts';
import { problemOf } from './person.ts';
import { atPortal, expectProblem, Portal } from './portal.ts';
import { memberWithApp, waitingForApp } from './shortcut.ts';
import { changeEnrollment, failuresOf } from './store.ts';

export function accountGuardsSuite(world: () => FlowWorld): void {
  describe('guards of the portal', () => {
    it("bug 20: another person's factor can not be seen, confirmed or removed", async () => {
      const [{ portal }, { portal: victim }] = [await atPortal(world()), await atPortal(world())];
      await portal.addApp();
      const tablet = await victim.addApp();
      expectProblem(await portal.disable(tablet), 404, 'not_found');
      const pending = await victim.pending();
      await portal.start();
      expectProblem(await portal.confirm(pending), 410, 'pending_enrollment_gone');
      expect((await portal.read()).text).not.toContain(tablet.enrollmentId);
      expect(await failuresOf(world(), tablet.enrollmentId)).toBe(0);
      expect((await victim.disable(tablet)).status).toBe(200);
    });

    it('S36: a second seed waits ten minutes, a reload keeps it, "renew" changes it, ten wrong codes end it', async () => {
      const { portal } = await atPortal(world());
      const first = await portal.pending();
      expect(await portal.pending()).toEqual(first);
      const renewed = await portal.pending(true);
      expect(renewed.secret).not.toBe(first.secret);
      expectProblem(await portal.confirm(first), 410, 'pending_enrollment_gone');
      const wrong = wrongTotpCode(renewed.uri, world().now());
      const answers = await Promise.all(Array.from({ length: 30 }, () => portal.confirm(renewed, wrong)));
      expect(answers.filter((answer) => problemOf(answer).code === 'wrong_code')).toHaveLength(10);
      expectProblem(await portal.confirm(renewed), 410, 'pending_enrollment_gone');
      // The seed waits for longer than a sign-in is fresh, so the end of the wait is moved here and not the clock.
      const late = await portal.pending();
      for await (const keys of world().redis.scanIterator({ MATCH: 'pending-enrollment:session:*' })) {
        for (const name of keys) {
          if ((await world().redis.hGet(name, 'id')) !== late.enrollmentId) continue;
          expect(await world().redis.hGet(name, 'expiresAt')).toBe(String(late.expiresAt));
          await world().redis.hSet(name, 'expiresAt', String(world().now()));
        }
      }
      expectProblem(await portal.confirm(late), 410, 'pending_enrollment_gone');
    });

    it('S30, S74, bug 22: the portal takes no seed from a client, no unknown field and no other kind', async () => {
      const { portal } = await atPortal(world());
      for (const name of ['secret', 'seed', 'uri', 'sub', 'verified']) {
        const answer = await portal.post('/enrollments', { kind: 'totp', [name]: 'JBSWY3DPEHPK3PXP' });
        expect([name, answer.status, problemOf(answer).errors?.[0]?.field]).toEqual([name, 400, name]);
      }
      expectProblem(await portal.post('/enrollments', { kind: 'sms' }), 400, 'invalid_body');
    });

    it('S47: an app whose record is gone is still listed, can not be used, and is not "no factor"', async () => {
      const { person, portal } = await atPortal(world());
      await world().redis.del(key.enrollment(person.enrollmentId));
      expect((await portal.view()).enrollments).toMatchObject([{ enrollmentId: person.enrollmentId }]);
      const tablet = await portal.addApp();
      expectProblem(await portal.disable(person), 409, 'factor_unusable');
      await changeEnrollment(world(), tablet.enrollmentId, { sealed: 'k1.AAAA' });
      expectProblem(await portal.disable(tablet), 409, 'factor_unusable');
    });

    it('S52: changes at the portal need our origin, JSON and the token of this browser', async () => {
      const [{ portal }, { portal: other }] = [await atPortal(world()), await atPortal(world())];
      const token = other.browser.csrfToken(world().issuer) ?? '';
      for (const path of ['/enrollments', '/enrollments/confirm', '/enrollments/x/disable', '/sign-out']) {
        for (const headers of [
          { origin: 'https://evil.example' },
          { 'sec-fetch-site': 'cross-site' },
          { 'content-type': 'text/plain' },
          { 'x-csrf-token': token },
          { 'x-csrf-token': '' },
        ]) {
          const answer = await portal.post(path, {}, headers);
          expect([path, headers, answer.status]).toEqual([path, headers, 403]);
        }
      }
      expect((await portal.read()).status).toBe(200);
    });

    it('S54, bug 21: without a session, or with a sign-in that is only half done, nothing opens', async () => {
      const person = await memberWithApp(world());
      const half = await waitingForApp(world(), person);
      const portal = new Portal(world(), half.browser);
      expectProblem(await portal.start(), 401, 'login_required');
      expectProblem(await portal.confirm(person), 401, 'login_required');
      expectProblem(await portal.disable(person), 401, 'login_required');
      expect(
        (
          await half.post('challenge', {
            enrollmentId: person.enrollmentId,
            code: totpCode(person.uri, world().now()),
          })
        ).status,
      ).toBe(200);

      // The id of a journey, or the browser's own secret, is no session in any slot.
      const pending = await waitingForApp(world(), person);
      const id = new URL(pending.api).pathname.split('/').at(-1) ?? '';
      const secret = pending.browser.cookies.get('localhost', '__Host-penumbra-browser') ?? '';
      for (const text of [id, secret]) {
        for (const headers of [
          { cookie: `${SESSION_COOKIE}=${text}` },
          { authorization: `Bearer ${text}` },
          { authorization: `Basic ${btoa(`${person.email}:${text}`)}` },
        ]) {
          const answer = await pending.browser.send(portal.api(), {
            headers: { accept: 'application/json', ...headers },
          });
          expectProblem(answer, 401, 'login_required');
        }
      }
    });
  });
}
