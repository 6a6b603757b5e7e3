import { describe, expect, it } from 'vitest';
import { createVault } from '../../worker/adapters/web-crypto/vault.ts';
import { Browser } from '../support/browser.ts';
import { readMailedCode } from '../support/outbox-reader.ts';
import { totpCode } from '../support/totp.ts';
import { FIRST_SITE, type FlowWorld } from './flow-world.ts';
import { codeFor, requestTokens, type Tokens } from './oidc-site.ts';
import { Journey, reachEnrollment } from './person.ts';
import { challengeOf } from './store.ts';

/** What somebody finds who reads all of Redis. */
export function sessionDumpSuite(world: () => FlowWorld): void {
  describe('session dump', () => {
    it('S50, S16, S35, S71: no secret of a whole sign-in is in Redis, at any moment of it', async () => {
      const { email, password } = await world().person();
      const browser = new Browser();
      const journey = await Journey.begin(browser, `${world().issuer}/account`);
      const pending = await reachEnrollment(world(), journey, email, password);
      const mailed = await readMailedCode(world().outbox, email);
      const seed = pending.secret.replaceAll(' ', '');
      const during = await dump(world());
      const oneTimeCode = totpCode(pending.uri, world().now());
      const bound = await journey.go('enrollment/confirm', {
        enrollmentId: pending.enrollmentId,
        code: oneTimeCode,
        name: 'My phone',
      });
      if (bound.step !== 'recovery_codes') throw new Error(bound.step);
      const recoveryCodes = bound.codes ?? [];
      expect(recoveryCodes).toHaveLength(10);
      const withCodes = await dump(world());
      await journey.go('recovery-codes', {});
      await world().advance(30);
      const request = await codeFor(world(), browser, FIRST_SITE, { nonce: 'n' });
      const tokens = (await requestTokens(world(), request)).json() as Tokens;
      await browser.open(`${world().issuer}/account`);
      const link = world()
        .outbox.messages(email)
        .map(({ text }) => /\/setup#([\w-]+)/.exec(text)?.[1])
        .find((token) => token !== undefined);
      const after = await dump(world());

      // What must be found, so that nothing else could hide from the search.
      for (const text of [email, pending.enrollmentId, 'scrypt', 'recovery-codes:', 'activity:', 'job:']) {
        expect([text, after.includes(text)]).toEqual([text, true]);
      }
      const ofTheMail = world()
        .outbox.messages(email)
        .map(({ text }) => /\/not-me#([\w-]+)/.exec(text)?.[1])
        .find((token) => token !== undefined);
      const cookies = ['__Host-penumbra-session', '__Host-penumbra-browser'].map((name) =>
        browser.cookies.get('localhost', name),
      );
      const secrets: Readonly<Record<string, string | undefined>> = {
        password,
        'mailed code': mailed,
        'one-time code': oneTimeCode,
        seed,
        'seed with spaces': pending.secret,
        'set-up link': link,
        '"this was not me"': ofTheMail,
        ...Object.fromEntries(
          recoveryCodes.flatMap((code, index) => [
            [`recovery code ${index}`, code],
            [`recovery code ${index}, as it is typed`, code.replaceAll('-', '')],
          ]),
        ),
        'session cookie': cookies[0],
        'browser cookie': cookies[1],
        'CSRF token': browser.csrfToken(world().issuer),
        'authorization code': request.code,
        'PKCE verifier': request['code_verifier'],
        'client secret': FIRST_SITE.secret,
        'access token': tokens.access_token,
        'ID token': tokens.id_token,
        'signing key': world().identity.signingKey.d,
        'operator key': world().identity.operatorKey.d,
        'root key': world().identity.rootKey.split(':')[1],
        'key of the mail provider': world().identity.resendApiKey,
      };
      for (const [name, secret = ''] of Object.entries(secrets)) {
        expect([name, secret.length >= 6]).toEqual([name, true]);
        for (const shape of shapesOf(secret)) {
          const moments = [during, withCodes, after];
          expect([name, moments.some((moment) => moment.includes(shape))]).toEqual([name, false]);
        }
      }
    });

    it('S16: what is stored of a code is its hash under the root key, and under no other one it is', async () => {
      const { email, password } = await world().person();
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await journey.firstFactor(email, password);
      const mailed = await readMailedCode(world().outbox, email);
      const id = journey.api.split('/').at(-1) ?? '';
      const { mac = '' } = await world().redis.hGetAll(challengeOf(journey));
      const text = JSON.stringify([id, mailed]);
      const [name = '', secret = ''] = world().identity.rootKey.split(':');
      const right = new Uint8Array(Buffer.from(secret, 'base64url'));
      expect(await createVault([{ id: name, key: right }]).mac('one-time-code', text)).toBe(mac);
      // So whoever reads Redis, where that key never is (the test above), has nothing to hash guesses with.
      const other = Uint8Array.from(right, (byte, index) => (index === 31 ? byte ^ 1 : byte));
      for (const key of [other, new Uint8Array(32)])
        expect(await createVault([{ id: name, key }]).mac('one-time-code', text)).not.toBe(mac);
      const plain = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
      expect(Buffer.from(plain).toString('base64url')).not.toBe(mac);
    });
  });
}

/** Digits may be part of a longer number by chance, so they are looked for with their neighbours. */
function shapesOf(secret: string): string[] {
  if (/^\d+$/.test(secret)) return [`"${secret}"`, ` ${secret} `, `:${secret},`, `\n${secret}\n`];
  return [
    secret,
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
    Buffer.from(secret).toString('hex'),
  ];
}

/** Everything in Redis as text: each name and each value between line ends. */
async function dump({ redis }: FlowWorld): Promise<string> {
  const lines: string[] = [];
  for await (const keys of redis.scanIterator({ COUNT: 1000 })) {
    for (const key of keys) {
      lines.push(key);
      switch (await redis.type(key)) {
        case 'string':
          lines.push((await redis.get(key)) ?? '');
          break;
        case 'hash':
          lines.push(...Object.entries(await redis.hGetAll(key)).flat());
          break;
        case 'zset':
          lines.push(...(await redis.zRange(key, 0, -1)));
          break;
        case 'list':
          lines.push(...(await redis.lRange(key, 0, -1)));
          break;
        case 'set':
          lines.push(...(await redis.sMembers(key)));
          break;
        case 'stream':
          for (const { message } of (await redis.xRange(key, '-', '+')) ?? []) {
            lines.push(...Object.entries(message).flat());
          }
          break;
        case 'none': // It has ended since it was found.
          break;
        default:
          throw new Error(`${key} is of a kind that this test can not read.`);
      }
    }
  }
  return `\n${lines.join('\n')}\n`;
}
