// No way in, and no accident on the way, leads around the second factor.
import { describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { totpCode } from '../support/totp.ts';
import { FIRST_SITE, SECOND_SITE, type FlowWorld } from './flow-world.ts';
import { authorizeAttempt, enrolledPerson, Journey, problemOf } from './person.ts';

const SESSION_COOKIE = '__Host-penumbra-session';

export function everyWayInSuite(world: () => FlowWorld): void {
  describe('every way in', () => {
    it('bug 30: each of them asks for the second factor after a right password, and gives no session before', async () => {
      const person = await enrolledPerson(world());
      const { issuer } = world();
      const ways = [
        `${issuer}/account`,
        `${issuer}/account/verify`,
        authorizeAttempt(issuer, FIRST_SITE).url,
        authorizeAttempt(issuer, SECOND_SITE, { response_mode: 'form_post' }).url,
        authorizeAttempt(issuer, FIRST_SITE, { prompt: 'login' }).url,
        authorizeAttempt(issuer, FIRST_SITE, { max_age: '0' }).url,
        authorizeAttempt(issuer, FIRST_SITE, { acr_values: '1fa' }).url,
        authorizeAttempt(issuer, FIRST_SITE, { login_hint: person.email }).url,
      ];
      for (const way of ways) {
        const journey = await Journey.begin(new Browser(), way);
        expect((await journey.firstFactor(person.email, person.password)).step).toBe('challenge');
        expect(journey.browser.cookies.get('localhost', SESSION_COOKIE)).toBeUndefined();
        const account = await journey.browser.getJson(`${issuer}/api/account`);
        expect([account.status, problemOf(account).code]).toEqual([401, 'login_required']);
      }
    });

    it('bug 18: a sign-in with the password alone can not give up the factor', async () => {
      const person = await enrolledPerson(world());
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await journey.firstFactor(person.email, person.password);
      const refused = await journey.browser.postJson(
        `${world().issuer}/api/account/enrollments/${person.enrollmentId}/disable`,
        { code: totpCode(person.uri, world().now()) },
      );
      expect([refused.status, problemOf(refused).code]).toEqual([401, 'login_required']);
      expect(await world().redis.exists(`enrollment:${person.enrollmentId}`)).toBe(1);
    });

    it('bug 6: a record that makes the check fail with an exception is no pass', async () => {
      const person = await enrolledPerson(world());
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await journey.firstFactor(person.email, person.password);
      const code = totpCode(person.uri, world().now());
      await world().redis.hSet(`enrollment:${person.enrollmentId}`, 'kind', 'unheard-of');
      const sub = await world().redis.hGet(`enrollment:${person.enrollmentId}`, 'sub');
      await world().redis.hSet(`account:${sub ?? ''}`, `enrollment:${person.enrollmentId}`, 'unheard-of');
      // A kind that nobody knows is refused before anything is checked, and to draw it fails.
      const body = { enrollmentId: person.enrollmentId, code };
      const answer = await journey.post('challenge', body);
      expect([answer.status, problemOf(answer).code]).toEqual([409, 'factor_unusable']);
      expect((await journey.browser.getJson(journey.api)).status).toBe(500);
      // The kind is right again, and what a proof leads to is no text that the step can read.
      await world().redis.hSet(`enrollment:${person.enrollmentId}`, 'kind', 'totp');
      await world().redis.hSet(`account:${sub ?? ''}`, `enrollment:${person.enrollmentId}`, 'totp');
      const id = new URL(journey.api).pathname.split('/').at(-1) ?? '';
      for (const ways of ['{', '{}', '{"app":{}}', '{"app":{"step":"done"}}']) {
        await world().advance(30);
        await world().redis.hSet(`interaction:${id}`, 'ways', ways);
        const failed = await journey.post('challenge', {
          ...body,
          code: totpCode(person.uri, world().now()),
        });
        expect([ways, failed.status]).toEqual([ways, 503]);
      }
      expect(journey.browser.cookies.get('localhost', SESSION_COOKIE)).toBeUndefined();
      expect((await journey.browser.getJson(`${world().issuer}/api/account`)).status).toBe(401);
      // Not for other tests to stumble over.
      await world().redis.hDel(`account:${sub ?? ''}`, `enrollment:${person.enrollmentId}`);
    });

    it('S34: the time that a client claims changes nothing', async () => {
      const person = await enrolledPerson(world());
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await journey.firstFactor(person.email, person.password);
      const later = world().now() + 3600;
      const answer = await journey.browser.postJson(
        `${journey.api}/challenge`,
        { enrollmentId: person.enrollmentId, code: totpCode(person.uri, later) },
        { date: new Date(later * 1000).toUTCString() },
      );
      expect([answer.status, problemOf(answer).code]).toEqual([401, 'wrong_code']);
    });

    it('S58: there is no implicit and no password grant, and no refresh without a token of ours', async () => {
      for (const response_type of ['token', 'id_token', 'id_token token', 'code token']) {
        const attempt = authorizeAttempt(world().issuer, FIRST_SITE, { response_type });
        const answer = await new Browser().open(attempt.url);
        expect(new URL(answer.location ?? '').searchParams.get('error')).toBe('unsupported_response_type');
      }
      for (const grant_type of ['password', 'implicit', 'refresh_token']) {
        const answer = await new Browser().send(`${world().issuer}/token`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({
            grant_type,
            client_id: FIRST_SITE.clientId,
            client_secret: FIRST_SITE.secret,
            username: 'editor@example.com',
            password: 'tangerine lantern orbit 47',
            refresh_token: 'x',
          }).toString(),
        });
        expect([answer.status, answer.json()]).toMatchObject([400, { error: 'unsupported_grant_type' }]);
      }
    });
  });
}
