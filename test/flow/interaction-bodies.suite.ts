import { describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { totpCode } from '../support/totp.ts';
import type { FlowWorld } from './flow-world.ts';
import { Journey, problemOf } from './person.ts';
import { memberWithApp } from './shortcut.ts';

/** What a step takes: its own fields, each of its own kind, and nothing else. */
export function interactionBodiesSuite(world: () => FlowWorld): void {
  describe('bodies of the steps', () => {
    it('S74, bugs 3, 19, 21: a field that is not known is refused, whatever it claims', async () => {
      const person = await memberWithApp(world());
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      const code = totpCode(person.uri, world().now());
      const claims = {
        verified: true,
        sub: 'x',
        step: 'done',
        methods: 'password,totp',
        skipEmailVerification: true,
      };
      for (const [step, body] of [
        ['identify', { email: person.email }],
        ['password', { password: person.password }],
        ['address-code', {}],
        ['address', { code: '12345678' }],
        ['enrollment', { kind: 'totp' }],
        ['enrollment/confirm', { enrollmentId: person.enrollmentId, code, name: 'x' }],
        ['challenge', { enrollmentId: person.enrollmentId, code }],
        ['restart', {}],
        ['cancel', {}],
      ] as const) {
        for (const [name, value] of Object.entries(claims)) {
          const answer = await journey.post(step, { ...body, [name]: value });
          const { code: problem, errors } = problemOf(answer);
          expect([step, answer.status, problem, errors?.map(({ field }) => field)]).toEqual([
            step,
            400,
            'invalid_body',
            [name],
          ]);
        }
      }
      expect(await journey.view()).toMatchObject({ step: 'identify' });
    });

    it('S74, bug 27: values of another type, lists, NUL and a megabyte are refused, with what to do', async () => {
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      const emails: readonly unknown[] = [
        ['a@example.com', 'b@example.com'],
        'a@example.com,b@example.com',
        'a@example.com;b@example.com',
        'a@example.com b@example.com',
        '<a@example.com>',
        { $ne: '' },
        7,
        null,
        true,
        'a\u0000@example.com',
        'a@example.com\nbcc: b@example.com',
        '\ud800@example.com',
        `${'a'.repeat(300)}@example.com`,
        '',
      ];
      for (const email of emails) {
        const answer = await journey.post('identify', { email });
        expect([email, answer.status, problemOf(answer).code]).toEqual([email, 400, 'invalid_body']);
        expect(problemOf(answer).errors?.[0]?.message).toBeTruthy();
      }
      const large = await journey.post('identify', { email: 'a'.repeat(1024 * 1024) });
      expect([large.status, problemOf(large).code]).toEqual([413, 'too_large']);
      for (const body of [[], 'text', 7, null, true]) {
        const answer = await journey.browser.postJson(`${journey.api}/identify`, body);
        expect([body, answer.status, problemOf(answer).code]).toEqual([body, 400, 'invalid_body']);
      }
      await journey.go('identify', { email: 'a@example.com' });
      for (const password of [
        ['tangerine lantern orbit 47'],
        { a: 1 },
        47,
        '',
        'a\u0000b',
        'x'.repeat(5000),
      ]) {
        const answer = await journey.post('password', { password });
        expect([answer.status, problemOf(answer).code]).toEqual([400, 'invalid_body']);
        expect(answer.text).not.toContain('tangerine');
      }
      expect(await journey.view()).toMatchObject({ step: 'first_factor' });
    });
  });
}
