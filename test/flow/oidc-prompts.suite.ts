import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { FIRST_SITE, FOREIGN_SITE, SECOND_SITE, type FlowWorld, type TestSite } from './flow-world.ts';
import { answerOf, codeFor, requestTokens, tokensFor } from './oidc-site.ts';
import { authorizeAttempt, enrolledPerson, Journey, signIn, type Enrolled } from './person.ts';

type Changes = Readonly<Record<string, string | undefined>>;

/** S61: what a site may ask of a sign-in, with and without a live session. */
export function oidcPromptsSuite(world: () => FlowWorld): void {
  describe('oidc prompts', () => {
    let person: Enrolled;
    let other: Enrolled;
    beforeAll(async () => {
      person = await enrolledPerson(world());
      other = await enrolledPerson(world());
    });

    /** A browser that signed in just now; the session of another test may have ended. */
    async function signedIn(): Promise<Browser> {
      const browser = new Browser();
      await signIn(world(), browser, `${world().issuer}/account`, person);
      return browser;
    }

    const ask = async (browser: Browser, changes: Changes, site: TestSite = FIRST_SITE): Promise<string> => {
      const answer = await browser.open(authorizeAttempt(world().issuer, site, changes).url);
      if (answer.location?.startsWith(`${world().issuer}/interaction/`)) return 'asks';
      const back = answerOf(answer);
      return back.get('error') ?? (back.has('code') ? 'code' : `${answer.status}`);
    };

    it('S61: a live session answers at once, also to prompt=none and to another site', async () => {
      const browser = await signedIn();
      expect(await ask(browser, {})).toBe('code');
      expect(await ask(browser, { prompt: 'none' })).toBe('code');
      expect(await ask(browser, { prompt: 'none', response_mode: 'form_post' })).toBe('code');
      expect(await ask(browser, { prompt: 'consent' })).toBe('code');
      expect(await ask(browser, { prompt: 'none' }, SECOND_SITE)).toBe('code');
    });

    it('S61: a sign-in at a site opens the portal and the other site with no prompt', async () => {
      const browser = new Browser();
      const resume = await signIn(world(), browser, authorizeAttempt(world().issuer, FIRST_SITE).url, person);
      await browser.open(resume);
      expect(await ask(browser, { prompt: 'none' }, SECOND_SITE)).toBe('code');
      const account = await browser.open(`${world().issuer}/account`);
      expect([account.status, account.location]).toEqual([200, undefined]);
      expect((await browser.getJson(`${world().issuer}/api/account`)).json()).toMatchObject({
        email: person.email,
      });
    });

    it('S61: prompt=login asks again, and auth_time moves', async () => {
      const browser = await signedIn();
      const before = decodeJwt((await tokensFor(world(), browser)).id_token);
      expect(await ask(browser, { prompt: 'select_account' })).toBe('asks');
      const attempt = authorizeAttempt(world().issuer, FIRST_SITE, { prompt: 'login' });
      const back = answerOf(await browser.open(await signIn(world(), browser, attempt.url, person)));
      const answer = await requestTokens(world(), {
        grant_type: 'authorization_code',
        code: back.get('code') ?? '',
        redirect_uri: FIRST_SITE.callback,
        code_verifier: attempt.verifier,
        client_id: FIRST_SITE.clientId,
        client_secret: FIRST_SITE.secret,
      });
      const after = decodeJwt((answer.json() as { id_token: string }).id_token);
      expect(Number(after['auth_time'])).toBeGreaterThanOrEqual(Number(before['auth_time']) + 30);
      expect(after['sid']).not.toBe(before['sid']);
      expect(after.sub).toBe(before.sub);
    });

    it('S61: auth_time is the time of the sign-in, not of the code', async () => {
      const browser = await signedIn();
      const first = decodeJwt((await tokensFor(world(), browser)).id_token);
      await world().advance(100);
      const second = decodeJwt((await tokensFor(world(), browser)).id_token);
      expect(second['auth_time']).toBe(first['auth_time']);
      expect(Number(second.iat)).toBeGreaterThanOrEqual(Number(first.iat) + 100);
    });

    it('S61: max_age counts from the sign-in', async () => {
      const browser = await signedIn();
      await world().advance(100);
      expect(await ask(browser, { max_age: '300' })).toBe('code');
      expect(await ask(browser, { max_age: '60' })).toBe('asks');
      expect(await ask(browser, { max_age: '60', prompt: 'none' })).toBe('login_required');
      expect(await ask(browser, { max_age: '0' })).toBe('asks');
    });

    it('OIDC Core 3.1.2.1: max_age=0 asks in the second of the sign-in too, and lets it end', async () => {
      const browser = new Browser();
      const attempt = authorizeAttempt(world().issuer, FIRST_SITE, { max_age: '0' });
      const resume = await signIn(world(), browser, attempt.url, person);
      expect(answerOf(await browser.open(resume)).has('code')).toBe(true);
      await world().advance(-30);
      expect(await ask(browser, { max_age: '0', prompt: 'none' })).toBe('login_required');
      await world().advance(30);
    });

    it('S61: acr_values names the least that is enough; what is not ours is ignored', async () => {
      const browser = await signedIn();
      expect(await ask(browser, { acr_values: 'aal2' })).toBe('code');
      expect(await ask(browser, { acr_values: 'phr aal2' })).toBe('code');
      expect(await ask(browser, { acr_values: 'urn:example:gold' })).toBe('code');
      expect(await ask(browser, { acr_values: 'urn:example:gold AAL2' })).toBe('code');
      expect(await ask(browser, { acr_values: 'phr' })).toBe('unmet_authentication_requirements');
      const tokens = await tokensFor(world(), browser, FIRST_SITE, { acr_values: '1fa' });
      expect(decodeJwt(tokens.id_token)['acr']).toBe('aal2');
    });

    it('S61: login_hint is filled in, and another one than the signed-in account asks', async () => {
      const fresh = new Browser();
      const { url } = authorizeAttempt(world().issuer, FIRST_SITE, { login_hint: person.email });
      expect(await (await Journey.begin(fresh, url)).view()).toMatchObject({
        step: 'identify',
        loginHint: person.email,
      });
      const browser = await signedIn();
      expect(await ask(browser, { login_hint: person.email })).toBe('code');
      expect(await ask(browser, { login_hint: ` ${person.email.toUpperCase()} ` })).toBe('code');
      expect(await ask(browser, { login_hint: other.email })).toBe('asks');
      expect(await ask(browser, { login_hint: other.email, prompt: 'none' })).toBe('login_required');
    });

    it('S61: id_token_hint lets only its own account in', async () => {
      const browser = await signedIn();
      const own = (await tokensFor(world(), browser)).id_token;
      const otherBrowser = new Browser();
      await signIn(world(), otherBrowser, `${world().issuer}/account`, other);
      const foreign = (await tokensFor(world(), otherBrowser, SECOND_SITE)).id_token;

      expect(await ask(browser, { id_token_hint: own, prompt: 'none' })).toBe('code');
      expect(await ask(browser, { id_token_hint: foreign })).toBe('asks');
      expect(await ask(browser, { id_token_hint: foreign, prompt: 'none' })).toBe('login_required');
      expect(await ask(browser, { id_token_hint: `${own.slice(0, -6)}AAAAAA`, prompt: 'none' })).toBe(
        'login_required',
      );
      await world().advance(700);
      expect(await ask(browser, { id_token_hint: own, prompt: 'none' })).toBe('code');
    });

    it('OIDC Core 3.1.2.2: whoever signs in as somebody else than the hint names gets no code', async () => {
      const hint = (await tokensFor(world(), await signedIn())).id_token;
      const attempt = authorizeAttempt(world().issuer, FIRST_SITE, { id_token_hint: hint });
      const browser = new Browser();
      const answer = await browser.open(await signIn(world(), browser, attempt.url, other));
      expect(answerOf(answer).get('error')).toBe('login_required');
      const right = new Browser();
      const again = await right.open(await signIn(world(), right, attempt.url, person));
      expect(answerOf(again).has('code')).toBe(true);
    });

    it('S86: a member of another organisation is told so, and the site hears access_denied', async () => {
      const browser = await signedIn();
      expect(await ask(browser, { prompt: 'none' }, FOREIGN_SITE)).toBe('access_denied');
      const attempt = authorizeAttempt(world().issuer, FOREIGN_SITE);
      const journey = await Journey.begin(browser, attempt.url);
      expect(await journey.view()).toMatchObject({
        step: 'denied',
        reason: 'not_a_member',
        email: person.email,
      });
      const done = await journey.go('cancel', {});
      if (done.step !== 'done') throw new Error(done.step);
      const back = await browser.open(new URL(done.continue, world().issuer).href);
      expect(Object.fromEntries(answerOf(back))).toMatchObject({
        error: 'access_denied',
        state: attempt.state,
        iss: world().issuer,
      });
      expect(back.location?.startsWith(`${FOREIGN_SITE.callback}?`)).toBe(true);
    });

    it('S86: a stranger to the site is denied after the first factor, and nothing of the session is made', async () => {
      const browser = new Browser();
      const journey = await Journey.begin(browser, authorizeAttempt(world().issuer, FOREIGN_SITE).url);
      expect(await journey.firstFactor(person.email, person.password)).toMatchObject({
        step: 'denied',
        reason: 'not_a_member',
      });
      expect((await browser.getJson(`${world().issuer}/api/account`)).status).toBe(401);
      const id = journey.api.split('/').at(-1) ?? '';
      expect((await browser.open(`${world().issuer}/authorize/resume/${id}`)).status).toBe(410);
    });

    it('S78, bug 36 (login CSRF): a finished sign-in ends in the browser that began it, once', async () => {
      const attacker = new Browser();
      const resume = await signIn(
        world(),
        attacker,
        authorizeAttempt(world().issuer, FIRST_SITE).url,
        person,
      );
      const stranger = new Browser();
      expect((await stranger.open(resume)).status).toBe(410);
      const victim = new Browser();
      await signIn(world(), victim, `${world().issuer}/account`, other);
      expect((await victim.open(resume)).status).toBe(410);
      expect((await victim.getJson(`${world().issuer}/api/account`)).json()).toMatchObject({
        email: other.email,
      });

      expect(answerOf(await attacker.open(resume)).has('code')).toBe(true);
      const again = await attacker.open(resume);
      expect([again.status, again.location]).toEqual([410, undefined]);
    });

    it('S69: an unfinished sign-in gives nothing at its end', async () => {
      const browser = await signedIn();
      const journey = await Journey.begin(
        browser,
        authorizeAttempt(world().issuer, FIRST_SITE, { prompt: 'login' }).url,
      );
      const end = `${world().issuer}/authorize/resume/${journey.api.split('/').at(-1) ?? ''}`;
      expect((await browser.open(end)).status).toBe(410);
      await journey.firstFactor(person.email, person.password);
      expect((await browser.open(end)).status).toBe(410);
      expect((await browser.open(`${world().issuer}/authorize/resume/nothing`)).status).toBe(410);
    });

    it('S61: cancelling is access_denied, without a session too', async () => {
      const attempt = authorizeAttempt(world().issuer, FIRST_SITE, { response_mode: 'form_post' });
      const browser = new Browser();
      const done = await (await Journey.begin(browser, attempt.url)).go('cancel', {});
      if (done.step !== 'done') throw new Error(done.step);
      const back = answerOf(await browser.open(new URL(done.continue, world().issuer).href));
      expect([back.get('error'), back.get('state')]).toEqual(['access_denied', attempt.state]);
    });

    it('S54: a sign-in that was finished for one site is no code of another', async () => {
      const code = await codeFor(world(), await signedIn(), SECOND_SITE);
      const answer = await requestTokens(world(), {
        ...code,
        client_id: FIRST_SITE.clientId,
        client_secret: FIRST_SITE.secret,
      });
      expect(answer.status).toBe(400);
    });
  });
}
