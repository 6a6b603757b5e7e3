import { beforeAll, describe, expect, it } from 'vitest';
import { Browser, type Answer } from '../support/browser.ts';
import { readMailedCode, readSetupLink } from '../support/outbox-reader.ts';
import { FIRST_SITE, type FlowWorld } from './flow-world.ts';
import { tokensFor } from './oidc-site.ts';
import { authorizeAttempt, enrolledPerson, Journey, problemOf, type Enrolled } from './person.ts';

/** S23, S67, S68: nothing that a client or another site sends beside its request is believed. */
export function sessionOriginSuite(world: () => FlowWorld): void {
  describe('session origin', () => {
    let person: Enrolled;
    beforeAll(async () => {
      person = await enrolledPerson(world());
    });

    const url = (path: string): string => `${world().issuer}${path}`;
    const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
      new Browser().send(url(path), { headers: { accept: 'text/html', ...headers } });

    it('bug 39: no spelling of a path or scheme slips past the checks before it', async () => {
      const browser = person.browser;
      await browser.open(url('/account'));
      const spellings = [
        '/api/account/sign-out',
        '/api/%61ccount/sign-out',
        '/api/account/sign%2dout',
        '/api//account/sign-out',
        '//api/account/sign-out',
        '/API/account/sign-out',
        '/api/account/sign-out/',
        '/api/account/./sign-out',
        '/api/account%2fsign-out',
      ];
      for (const path of spellings) {
        const answer = await browser.send(`${world().issuer}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{}',
        });
        expect([path, [403, 404].includes(answer.status)]).toEqual([path, true]);
      }
      expect((await browser.getJson(url('/api/account'))).status).toBe(200);
      for (const path of [
        '/api/%61dmin/members',
        '/api/admin//members',
        '/api/admin/%6dembers',
        '/api/admin/x',
      ]) {
        const answer = await browser.send(url(`${path}?organization=example`));
        expect([path, [401, 404].includes(answer.status)]).toEqual([path, true]);
      }
    });

    it('S52: a method in a header is not taken for the method', async () => {
      await person.browser.open(url('/account'));
      const answer = await person.browser.send(url('/api/account/sign-out'), {
        headers: {
          'x-http-method-override': 'POST',
          'x-method-override': 'POST',
          'content-type': 'application/json',
        },
      });
      expect(answer.status).toBe(404);
      expect((await person.browser.getJson(url('/api/account'))).status).toBe(200);
    });

    it('S67: no other origin may read anything, least of all authorize', async () => {
      const { pathname, search } = new URL(authorizeAttempt(world().issuer, FIRST_SITE).url);
      for (const path of [
        pathname + search,
        '/api/account',
        '/userinfo',
        '/token',
        '/.well-known/jwks.json',
      ]) {
        for (const origin of ['https://evil.example', 'http://localhost:9', 'null', world().issuer]) {
          const asked = await get(path, { origin });
          const preflight = await new Browser().send(url(path), {
            method: 'OPTIONS',
            headers: {
              origin,
              'access-control-request-method': 'POST',
              'access-control-request-headers': 'authorization,x-csrf-token',
            },
          });
          expect(preflight.status).toBeGreaterThanOrEqual(400);
          for (const answer of [asked, preflight]) {
            expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual(
              [],
            );
          }
        }
      }
    });

    it('S23, S68, bug 26: Host and its like change no link, mail, redirect or token', async () => {
      const poison = {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        'x-host': 'evil.example',
        'x-original-host': 'evil.example',
        'x-forwarded-proto': 'http',
        forwarded: 'host=evil.example;proto=http',
      };
      const discovery = await get('/.well-known/openid-configuration', poison);
      expect(discovery.json()).toMatchObject({
        issuer: world().issuer,
        token_endpoint: `${world().issuer}/token`,
      });
      const redirect = await get('/account', poison);
      expect(redirect.headers.get('location')).toMatch(/^\/interaction\//);
      const attempt = new URL(authorizeAttempt(world().issuer, FIRST_SITE, { prompt: 'none' }).url);
      const refused = await get(attempt.pathname + attempt.search, poison);
      expect(new URL(refused.location ?? '').searchParams.get('iss')).toBe(world().issuer);
      const page = await get('/setup', poison);
      expect(page.text).not.toContain('evil.example');

      const { email, password } = await world().person();
      const journey = await Journey.begin(new Browser(), url('/account'));
      await journey.go('identify', { email });
      const answer = await journey.browser.postJson(`${journey.api}/password`, { password }, poison);
      expect(answer.status).toBe(200);
      await readMailedCode(world().outbox, email);
      for (const { text, subject = '' } of world().outbox.messages(email)) {
        expect(text + subject).not.toContain('evil.example');
      }
      expect(await readSetupLink(world().outbox, email)).toMatch(new RegExp(`^${world().issuer}/setup#`));
    });

    it('S68: only the platform says where a request comes from', async () => {
      const browser = new Browser();
      const forged = '203.0.113.77';
      const journey = await Journey.begin(browser, url('/account'));
      await journey.go('identify', { email: person.email });
      const answer = await browser.postJson(
        `${journey.api}/password`,
        { password: 'not the password of anybody' },
        {
          'x-forwarded-for': forged,
          forwarded: `for=${forged}`,
          'x-real-ip': forged,
          'true-client-ip': forged,
          'x-client-ip': forged,
          'x-cluster-client-ip': forged,
          'fastly-client-ip': forged,
        },
      );
      expect(problemOf(answer).code).toBe('wrong_password');
      const entries = (await world().redis.xRevRange('audit', '+', '-', { COUNT: 50 })) ?? [];
      const events = entries.map(
        ({ message }) => JSON.parse(message['event'] ?? '{}') as Readonly<Record<string, unknown>>,
      );
      const tries = events.filter(({ address }) => address === browser.address);
      expect(tries.map(({ type }) => type)).toContain('sign_in.password.try');
      expect(JSON.stringify(events)).not.toContain(forged);
      const limits = await world().redis.keys('limit:*');
      expect(limits.some((name) => name.endsWith(`:${browser.address}`))).toBe(true);
      expect(limits.join()).not.toContain(forged);
    });

    it('bug 34: no answer to its owner holds a seed, a hash, a secret or an internal key', async () => {
      const browser = person.browser;
      const tokens = await tokensFor(world(), browser);
      const answers = [
        await browser.getJson(url('/api/account')),
        await browser.open(url('/account')),
        await new Browser().send(url('/userinfo'), {
          headers: { authorization: `Bearer ${tokens.access_token}` },
        }),
      ];
      const session = browser.cookies.get('localhost', '__Host-penumbra-session') ?? '';
      const seed = new URL(person.uri).searchParams.get('secret') ?? '';
      for (const { status, text } of answers) {
        expect(status).toBe(200);
        for (const hidden of [
          session,
          seed,
          'scrypt',
          'sealed',
          'epoch',
          'session:',
          'account:',
          'version',
        ]) {
          expect(hidden).not.toBe('');
          expect(text).not.toContain(hidden);
        }
      }
    });
  });
}
