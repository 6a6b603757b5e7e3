// Every endpoint that takes a secret, sends a message or stores something for strangers has a limit by address.
import { describe, expect, it } from 'vitest';
import { LIMITS, type LimitName } from '../../worker/factors/limits.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { totpCode } from '../support/totp.ts';
import { FIRST_SITE, type FlowWorld } from './flow-world.ts';
import { authorizeAttempt, Journey, problemOf } from './person.ts';
import {
  member,
  memberWithApp,
  startApp,
  waitingForApp,
  waitingForEnrollment,
  waitingForMailbox,
} from './shortcut.ts';
import { outlastLimit, countedBy, failuresOf, useUp } from './store.ts';

export function limitsSuite(world: () => FlowWorld): void {
  /** What comes of the same request once before its limit is used up, and twice after. */
  async function atTheLimit(
    name: LimitName,
    browser: Browser,
    request: () => Promise<Answer>,
    subject = browser.address,
  ): Promise<[number, number, number]> {
    await useUp(world(), name, subject, 1);
    const last = await request();
    const [over, still] = [await request(), await request()];
    expect(await countedBy(world(), name, subject)).toBe(LIMITS[name].most);
    return [last.status, over.status, still.status];
  }

  describe('limits', () => {
    it('S14, bug 8: codes of the app, of the mailbox, of an enrolment and of a removal share one limit', async () => {
      await outlastLimit(world(), 'code-address');
      const person = await memberWithApp(world());
      const who = await member(world());
      const at = async (make: (browser: Browser) => Promise<() => Promise<Answer>>): Promise<number[]> => {
        const browser = new Browser();
        const request = await make(browser);
        return atTheLimit('code-address', browser, request);
      };
      expect(
        await at(async (browser) => {
          const journey = await waitingForApp(world(), person, browser);
          return () => journey.post('challenge', { enrollmentId: person.enrollmentId, code: '000000' });
        }),
      ).toEqual([401, 429, 429]);
      expect(await failuresOf(world(), person.enrollmentId)).toBe(1);
      expect(
        await at(async (browser) => {
          const journey = await waitingForMailbox(world(), who, browser);
          await journey.go('address-code', {});
          return () => journey.post('address', { code: 'abcdefgh' });
        }),
      ).toEqual([401, 429, 429]);
      expect(
        await at(async (browser) => {
          const journey = await waitingForEnrollment(world(), who, browser);
          const { enrollmentId } = await startApp(journey);
          return () => journey.post('enrollment/confirm', { enrollmentId, code: 'abcdef', name: 'x' });
        }),
      ).toEqual([401, 429, 429]);

      await person.browser.open(`${world().issuer}/account`);
      const api = `${world().issuer}/api/account/enrollments`;
      const waiting = (await person.browser.postJson(api, { kind: 'totp' })).json() as {
        enrollmentId: string;
        uri: string;
      };
      const { enrollmentId } = waiting;
      const confirm = (code: string): Promise<Answer> =>
        person.browser.postJson(`${api}/confirm`, { enrollmentId, code, name: 'x' });
      expect(await atTheLimit('code-address', person.browser, () => confirm('abcdef'))).toEqual([
        401, 429, 429,
      ]);
      await useUp(world(), 'code-address', person.browser.address, 1);
      expect((await confirm(totpCode(waiting.uri, world().now()))).status).toBe(200);
      const remove = (): Promise<Answer> =>
        person.browser.postJson(`${api}/${enrollmentId}/disable`, { code: 'abcdef' });
      expect(await atTheLimit('code-address', person.browser, remove)).toEqual([401, 429, 429]);
    });

    it('S18, bug 8: mails that one address asks for, and mails for all together', async () => {
      await outlastLimit(world(), 'mail-address');
      const browser = new Browser();
      const ask = async (): Promise<Answer> =>
        (await waitingForMailbox(world(), await member(world()), browser)).post('address-code', {});
      expect(await atTheLimit('mail-address', browser, ask)).toEqual([200, 429, 429]);
      await outlastLimit(world(), 'mail-all');
      const strangers = async (): Promise<Answer> =>
        (await waitingForMailbox(world(), await member(world()))).post('address-code', {});
      expect(await atTheLimit('mail-all', browser, strangers, 'all')).toEqual([200, 429, 429]);
      await outlastLimit(world(), 'mail-all');
    });

    it('S13, bug 7: codes of one mailbox are counted across sign-ins', async () => {
      const who = await member(world());
      await outlastLimit(world(), 'mailbox-code');
      const type = async (): Promise<Answer> => {
        const journey = await waitingForMailbox(world(), who);
        await journey.go('address-code', {});
        return journey.post('address', { code: 'abcdefgh' });
      };
      const browser = new Browser();
      expect(await atTheLimit('mailbox-code', browser, type, who.email)).toEqual([401, 429, 429]);
    });

    it('bug 8: sign-ins that one address begins, at the portal and at authorize', async () => {
      await outlastLimit(world(), 'interaction-address');
      for (const url of [`${world().issuer}/account`, authorizeAttempt(world().issuer, FIRST_SITE).url]) {
        const browser = new Browser();
        expect(await atTheLimit('interaction-address', browser, () => browser.open(url))).toEqual([
          303, 429, 429,
        ]);
      }
    });

    it('bug 8: set-up links that are tried, and whoever tries them learns nothing', async () => {
      await outlastLimit(world(), 'setup-address');
      for (const [path, body] of [
        ['inspect', {}],
        ['', { password: 'tangerine lantern orbit 48' }],
      ] as const) {
        const browser = new Browser();
        const request = (): Promise<Answer> =>
          browser.postJson(`${world().issuer}/api/setup${path === '' ? '' : `/${path}`}`, {
            ...body,
            token: 'A'.repeat(43),
          });
        expect(await atTheLimit('setup-address', browser, request)).toEqual([410, 429, 429]);
      }
    });

    it('S72: a limit says when to try again, and then it is possible', async () => {
      const person = await memberWithApp(world());
      await outlastLimit(world(), 'code-address');
      const journey = await waitingForApp(world(), person);
      await useUp(world(), 'code-address', journey.browser.address);
      const body = (): object => ({
        enrollmentId: person.enrollmentId,
        code: totpCode(person.uri, world().now()),
      });
      const refused = await journey.post('challenge', body());
      const { retryAt = 0 } = problemOf(refused);
      expect(refused.status).toBe(429);
      expect(new Date(refused.headers.get('retry-after') ?? '').getTime()).toBe(retryAt * 1000);
      await world().advance(retryAt - world().now());
      expect((await journey.post('challenge', body())).status).toBe(200);
    });

    it('bug 9: a count that came back as text, or grew beyond the limit, still counts', async () => {
      const person = await memberWithApp(world());
      await outlastLimit(world(), 'code-address');
      const journey = await waitingForApp(world(), person);
      const body = { enrollmentId: person.enrollmentId, code: '000000' };
      for (const left of [0, -1, -900]) {
        await useUp(world(), 'code-address', journey.browser.address, left);
        expect([left, (await journey.post('challenge', body)).status]).toEqual([left, 429]);
      }
      // "9" is more than "120" as text, and less as a number.
      await useUp(world(), 'code-address', journey.browser.address, LIMITS['code-address'].most - 9);
      expect((await journey.post('challenge', body)).status).toBe(401);
      expect(await Journey.begin(new Browser(), `${world().issuer}/account`)).toBeTruthy();
    });
  });
}
