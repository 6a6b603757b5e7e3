// What a whole journey leaves in the answers and in the operator's log: nothing that opens anything.
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PendingTotpWire } from '../../worker/interaction/wire.ts';
import { BROWSER_COOKIE, SESSION_COOKIE } from '../../worker/session/session.ts';
import { key } from '../../worker/storage-keys.ts';
import { Browser, type Answer, type RequestOptions } from '../support/browser.ts';
import { totpCode, wrongTotpCode } from '../support/totp.ts';
import { FIRST_SITE, type FlowWorld } from './flow-world.ts';
import { authorizeAttempt, Journey } from './person.ts';
import { startApp } from './shortcut.ts';
import { subjectOf } from './store.ts';

/** A browser that keeps every answer, and can call itself as it likes. */
class RecordingBrowser extends Browser {
  readonly answers: { readonly path: string; readonly answer: Answer }[] = [];
  userAgent = 'Recording';

  override async send(url: string, options: RequestOptions = {}): Promise<Answer> {
    const headers = { 'user-agent': this.userAgent, ...options.headers };
    const answer = await super.send(url, { ...options, headers });
    this.answers.push({ path: new URL(url).pathname, answer });
    return answer;
  }

  /** The answers that hold a text, in the body or in a header other than `Set-Cookie`, by path. */
  pathsWith(text: string): string[] {
    return this.answers
      .filter(({ answer }) => {
        const headers = [...answer.headers].filter(([name]) => name !== 'set-cookie');
        return answer.text.includes(text) || JSON.stringify(headers).includes(text);
      })
      .map(({ path }) => path.replace(/(?<=interactions?\/)[\w-]{22}/, '{id}'));
  }
}

interface Journeyed {
  readonly browser: RecordingBrowser;
  readonly email: string;
  readonly pending: PendingTotpWire;
  /** What nobody else may ever see, by name. */
  readonly secrets: Readonly<Record<string, string>>;
}

export function factorSecretsSuite(world: () => FlowWorld): void {
  const host = (): string => new URL(world().issuer).hostname;

  /** Everything that a member does from the invitation to the site, with every mistake and every outage on the way. */
  async function wholeJourney(): Promise<Journeyed> {
    const { email, password } = await world().person();
    const setupToken = world()
      .outbox.messages(email)
      .map(({ text }) => /\/setup#([\w-]+)/.exec(text)?.[1])
      .find((token) => token !== undefined);
    const browser = new RecordingBrowser();
    const attempt = authorizeAttempt(world().issuer, FIRST_SITE);
    const journey = await Journey.begin(browser, attempt.url);
    const wrongPassword = 'porcupine meadow 4711 wrong';
    await journey.go('identify', { email });
    await journey.post('password', { password: wrongPassword });
    world().bridge.refuse();
    await journey.post('password', { password });
    world().bridge.resume();
    world().outbox.fail('email', true);
    await journey.go('password', { password });
    await journey.toldDelivery('failed');
    world().outbox.fail('email', false);
    await world().advance(60);
    await journey.go('address-code', {});
    const { reference = 'none' } = await journey.toldDelivery('sent');
    const mail = await world().outbox.next(({ to, text }) => to === email && text.includes(reference));
    const mailed = /(?<!\d)(\d{8})(?!\d)/.exec(mail.text)?.[1] ?? '';
    const notMe = /\/not-me#([\w-]+)/.exec(mail.text)?.[1] ?? '';
    await journey.post('address', { code: mailed.split('').toReversed().join('') });
    world().bridge.refuse();
    await journey.post('address', { code: mailed });
    world().bridge.resume();
    await journey.go('address', { code: mailed });
    const pending = await startApp(journey);
    const { enrollmentId, uri } = pending;
    const wrong = wrongTotpCode(uri, world().now());
    await journey.post('enrollment/confirm', { enrollmentId, code: wrong, name: 'My phone' });
    const firstCode = totpCode(uri, world().now());
    world().bridge.refuse();
    await journey.post('enrollment/confirm', { enrollmentId, code: firstCode, name: 'My phone' });
    world().bridge.resume();
    const bound = await journey.go('enrollment/confirm', { enrollmentId, code: firstCode, name: 'My phone' });
    if (bound.step !== 'recovery_codes') throw new Error(bound.step);
    const lostSet = bound.codes ?? [];
    // A reload has them no more, and makes others.
    expect(await journey.view()).not.toHaveProperty('codes');
    const remade = await journey.go('recovery-codes/renew', {});
    if (remade.step !== 'recovery_codes') throw new Error(remade.step);
    const recoveryCodes = remade.codes ?? [];
    const done = await journey.go('recovery-codes', {});
    if (done.step !== 'done') throw new Error(done.step);
    const firstSession = browser.cookies.get(host(), SESSION_COOKIE) ?? '';
    const back = await browser.open(new URL(done.continue, world().issuer).href);
    const authorizationCode = new URL(back.location ?? '').searchParams.get('code') ?? '';

    await world().advance(30);
    const again = await Journey.begin(browser, `${world().issuer}/account/verify`);
    await again.firstFactor(email, password);
    await again.post('challenge', { enrollmentId, code: wrongTotpCode(uri, world().now()) });
    await again.post('challenge', { enrollmentId, code: firstCode });
    // Six groups, as those that were made, and none of them.
    const wrongRecoveryCode = 'ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ';
    await again.post('recovery', { code: wrongRecoveryCode, lost: [enrollmentId] });
    const secondCode = totpCode(uri, world().now());
    world().bridge.refuse();
    await again.post('challenge', { enrollmentId, code: secondCode });
    world().bridge.resume();
    await again.go('challenge', { enrollmentId, code: secondCode });

    const account = `${world().issuer}/api/account`;
    await browser.open(`${world().issuer}/account`);
    await browser.getJson(account);
    const second = (
      await browser.postJson(`${account}/enrollments`, { kind: 'totp' })
    ).json() as PendingTotpWire;
    await browser.postJson(`${account}/enrollments/confirm`, {
      enrollmentId: second.enrollmentId,
      code: totpCode(second.uri, world().now()),
      name: 'My tablet',
    });
    await world().advance(30);
    await browser.postJson(`${account}/enrollments/${second.enrollmentId}/disable`, {
      code: totpCode(second.uri, world().now()),
    });
    const seed = pending.secret.replaceAll(' ', '');
    return {
      browser,
      email,
      pending,
      secrets: {
        password,
        wrongPassword,
        setupToken: setupToken ?? '',
        notMe,
        mailed,
        wrongRecoveryCode,
        ...Object.fromEntries(lostSet.map((code, index) => [`lostRecoveryCode${index}`, code])),
        ...Object.fromEntries(recoveryCodes.map((code, index) => [`recoveryCode${index}`, code])),
        seed,
        groupedSeed: pending.secret,
        secondSeed: second.secret.replaceAll(' ', ''),
        firstCode,
        secondCode,
        firstSession,
        session: browser.cookies.get(host(), SESSION_COOKIE) ?? '',
        browserSecret: browser.cookies.get(host(), BROWSER_COOKIE) ?? '',
        csrfToken: browser.csrfToken(world().issuer) ?? '',
        authorizationCode,
        clientSecret: FIRST_SITE.secret,
        redisToken: world().identity.redisToken,
        mailKey: world().identity.resendApiKey,
        rootKey: world().identity.rootKey.split(':')[1] ?? '',
      },
    };
  }

  describe('secrets', () => {
    afterEach(() => {
      world().bridge.resume();
      world().outbox.fail('email', false);
    });

    it('S17, S35, bug 34: no answer of a whole journey holds a seed, a code or a hash, but the enrolment its seed', async () => {
      const { browser, email, pending, secrets } = await wholeJourney();
      expect(browser.answers.length).toBeGreaterThan(25);
      // What must be found, so that nothing else could hide from the search.
      expect(browser.pathsWith(pending.enrollmentId).length).toBeGreaterThan(2);
      for (const text of [pending.secret, secrets['seed'] ?? '', 'otpauth://']) {
        const places = new Set(browser.pathsWith(text));
        places.delete('/api/account/enrollments');
        expect([...places]).toEqual(['/api/interactions/{id}/enrollment']);
      }
      expect(browser.pathsWith(secrets['secondSeed'] ?? '')).toEqual(['/api/account/enrollments']);
      // S38: each set is in the one answer in which it was made.
      for (let index = 0; index < 10; index += 1) {
        const [lost = '', kept = ''] = [secrets[`lostRecoveryCode${index}`], secrets[`recoveryCode${index}`]];
        expect(browser.pathsWith(lost)).toEqual(['/api/interactions/{id}/enrollment/confirm']);
        expect(browser.pathsWith(kept)).toEqual(['/api/interactions/{id}/recovery-codes/renew']);
      }
      const never = [
        'password',
        'wrongPassword',
        'wrongRecoveryCode',
        'setupToken',
        'notMe',
        'mailed',
        'firstCode',
        'secondCode',
        'session',
      ];
      for (const name of [...never, 'browserSecret', 'clientSecret', 'rootKey']) {
        expect([name, browser.pathsWith(secrets[name] ?? name)]).toEqual([name, []]);
      }
      const account = await world().redis.hGetAll(key.account(await subjectOf(world(), email)));
      const enrollment = await world().redis.hGetAll(key.enrollment(pending.enrollmentId));
      const set = await world().redis.hKeys(key.recoveryCodes(await subjectOf(world(), email)));
      expect(set).toHaveLength(10);
      const stored = {
        'hash of a recovery code': set[0] ?? '',
        hash: account['password'] ?? '',
        'part of the hash': account['password']?.split('$').at(-1) ?? '',
        'sealed seed': enrollment['sealed'] ?? '',
        'session hash': createHash('sha256')
          .update(secrets['session'] ?? '')
          .digest('base64url'),
        'browser hash': createHash('sha256')
          .update(secrets['browserSecret'] ?? '')
          .digest('base64url'),
        scrypt: '$scrypt$',
        'name of a hash': '"mac":"',
        'name of a seed': '"sealed"',
      };
      for (const [name, text] of Object.entries(stored)) {
        expect(text.length).toBeGreaterThan(6);
        expect([name, browser.pathsWith(text)]).toEqual([name, []]);
      }
    });

    it('S71, S17: the log of a whole journey, with its mistakes and outages, holds no secret', async () => {
      const { browser, email, secrets } = await wholeJourney();
      browser.userAgent = `marker-${email}`;
      await browser.open(`${world().issuer}/account/verify`);
      // The log comes through a pipe; the last line of the journey is there once this one is.
      await vi.waitFor(() => {
        expect(world().output()).toContain(`marker-${email}`);
      }, 20_000);
      const output = world().output();
      // What must be found, so that nothing else could hide from the search.
      for (const text of [
        'sign_in.challenge',
        'sign_in.recovery',
        'message.send',
        'StoreUnavailable',
        'Recording',
      ]) {
        expect([text, output.includes(text)]).toEqual([text, true]);
      }
      for (const [name, secret] of Object.entries(secrets)) {
        expect(secret.length).toBeGreaterThan(5);
        // Digits may stand in the middle of a time or an id.
        const isDigits = /^\d+$/.test(secret);
        const found = isDigits
          ? new RegExp(`(?<!\\w)${secret}(?!\\w)`).test(output)
          : output.includes(secret);
        expect([name, found]).toEqual([name, false]);
      }
      for (const text of ['evalsha', 'EVALSHA', 'UpstashError', '$scrypt$', 'otpauth:', '"mac"', 'sealed']) {
        expect([text, output.includes(text)]).toEqual([text, false]);
      }
    });
  });
}
