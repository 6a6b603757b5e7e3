// The service where nobody is made to have a second factor: what a password alone opens then, and what it never does.
import { decodeJwt } from 'jose';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { factorIn, memberWithEmail } from '../flow/factors.ts';
import { FIRST_SITE, startFlowWorld, type FlowWorld } from '../flow/flow-world.ts';
import { codeFor, requestTokens, tokensFor, type Tokens } from '../flow/oidc-site.ts';
import { authorizeAttempt, Journey, problemOf } from '../flow/person.ts';
import { expectProblem, Portal } from '../flow/portal.ts';
import { subjectOf } from '../flow/store.ts';
import { member, memberWithApp, type Member, startApp } from '../flow/shortcut.ts';
import { key, prefix } from '../../worker/storage-keys.ts';
import { Browser } from '../support/browser.ts';
import { readMailedCode, readSetupLink } from '../support/outbox-reader.ts';
import { totpCode } from '../support/totp.ts';
import { openOperatorApi } from '../world/operator-api.ts';

const DAY = 86_400;

describe.each(['workerd', 'deno'] as const)('without a demand, on %s', (runtime) => {
  let world: FlowWorld;
  beforeAll(async () => {
    world = await startFlowWorld(runtime, {
      variables: { PENUMBRA_POLICY: '{"mail_suspended_hours":2}' },
    });
  });
  afterAll(async () => {
    await world.stop();
  });

  /** Signs in at the portal with the password alone. */
  async function signIn(who: Member): Promise<Portal> {
    const browser = new Browser();
    const journey = await Journey.begin(browser, `${world.issuer}/account`);
    expect(await journey.firstFactor(who.email, who.password)).toMatchObject({ step: 'done' });
    const portal = new Portal(world, browser);
    await portal.open();
    return portal;
  }

  /** Goes on from a right password through mailbox and app; the clock is moved past the code used. */
  async function enrol(journey: Journey, { email }: Member): Promise<{ enrollmentId: string; uri: string }> {
    await journey.go('address', { code: await readMailedCode(world.outbox, email) });
    const pending = await startApp(journey);
    const { enrollmentId, uri } = pending;
    const code = totpCode(uri, world.now());
    await journey.go('enrollment/confirm', { enrollmentId, code, name: 'My phone' });
    await world.advance(30);
    return pending;
  }

  it('S01: a password that stands alone has 15 characters at least, in code points', async () => {
    const email = `short-${randomUUID()}@example.com`;
    const api = await openOperatorApi(world.operator, world.now());
    await api.create('members', { organization: 'example', email, name: 'Sam Short', role: 'member' });
    const token = (await readSetupLink(world.outbox, email)).split('#')[1];
    const browser = new Browser();
    const inspected = await browser.postJson(`${world.issuer}/api/setup/inspect`, { token });
    expect(inspected.json()).toMatchObject({ minimumLength: 15 });
    const choose = (password: string): ReturnType<Browser['postJson']> =>
      browser.postJson(`${world.issuer}/api/setup`, { token, password });
    for (const password of ['quilt-91-magma', '🦊🐢🦉🐝🐙🦋🐌🐞🦀🐠🐳🦔🐪🦩']) {
      const refused = await choose(password);
      expect([password, refused.status, problemOf(refused).code]).toEqual([
        password,
        422,
        'password_refused',
      ]);
      expect(problemOf(refused).errors?.[0]?.message).toContain('15');
    }
    expect((await choose('quilt-91-magmas')).status).toBe(200);
    await signIn({ email, password: 'quilt-91-magmas' });
  });

  it('S61, RFC 8176: a password alone is acr 1fa and amr pwd, and no more is claimed', async () => {
    const portal = await signIn(await member(world));
    expect((await portal.view()).session).toMatchObject({ acr: '1fa', amr: ['pwd'] });
    const { id_token: idToken } = await tokensFor(world, portal.browser);
    expect(decodeJwt(idToken)).toMatchObject({ acr: '1fa', amr: ['pwd'] });
  });

  it('S61, S62: a site that asks for aal2 gets it: an enrolment first, and the tokens say so', async () => {
    const who = await member(world);
    const { browser } = await signIn(who);
    const silent = await browser.open(
      authorizeAttempt(world.issuer, FIRST_SITE, { acr_values: 'aal2', prompt: 'none' }).url,
    );
    expect(new URL(silent.location ?? '').searchParams.get('error')).toBe('login_required');
    const attempt = authorizeAttempt(world.issuer, FIRST_SITE, { acr_values: 'aal2' });
    const journey = await Journey.begin(browser, attempt.url);
    expect(await journey.firstFactor(who.email, who.password)).toMatchObject({
      step: 'confirm_address',
      reasons: ['requested'],
    });
    await enrol(journey, who);
    const request = await codeFor(world, browser, FIRST_SITE, { acr_values: 'aal2' });
    const tokens = (await requestTokens(world, request)).json() as Tokens;
    expect(decodeJwt(tokens.id_token)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] });
  });

  it('S69, bug 30: whoever has an app is asked for it, demanded or not', async () => {
    const person = await memberWithApp(world);
    for (const url of [`${world.issuer}/account`, authorizeAttempt(world.issuer, FIRST_SITE).url]) {
      const journey = await Journey.begin(new Browser(), url);
      expect(await journey.firstFactor(person.email, person.password)).toMatchObject({ step: 'challenge' });
      expect((await new Portal(world, journey.browser).read()).status).toBe(401);
    }
  });

  it('S48: with a password alone no first app can be added at the portal: the mailbox is asked first', async () => {
    const who = await member(world);
    const portal = await signIn(who);
    const refused = await portal.start();
    expectProblem(refused, 401, 'fresh_authentication_required');
    const path = problemOf(refused).continue ?? '';
    const journey = await Journey.begin(portal.browser, `${world.issuer}${path}`);
    expect(await journey.firstFactor(who.email, who.password)).toMatchObject({ step: 'confirm_address' });
    await enrol(journey, who);
    await portal.open();
    expect(await portal.view()).toMatchObject({
      enrollments: [{ name: 'My phone' }],
      session: { acr: 'aal2' },
      mfa: { required: false },
    });
  });

  it('S48, S42: with a password alone no address is changed: whoever has it could move the mailbox that is asked first', async () => {
    const who = await member(world);
    const portal = await signIn(who);
    for (const path of ['/email', '/notice-email']) {
      const refused = await portal.post(path, { email: `thief-${who.email}` });
      expectProblem(refused, 401, 'fresh_authentication_required');
    }
    expect(world.outbox.messages(`thief-${who.email}`)).toEqual([]);
    // As if the code had been asked for in time: confirming asks the same.
    expectProblem(
      await portal.post('/email/confirm', { code: '12345678' }),
      401,
      'fresh_authentication_required',
    );
  });

  it('S07: after a reset by mail, codes by mail don’t count for as long as is configured', async () => {
    const { factor, ...who } = await memberWithEmail(world);
    const forgotten = await Journey.begin(new Browser(), `${world.issuer}/account`);
    await forgotten.go('identify', { email: who.email });
    await forgotten.go('forgot-password', {});
    const mail = await world.outbox.next(({ to, text }) => to === who.email && text.includes('/reset#'));
    const token = /\/reset#([\w-]+)/.exec(mail.text)?.[1];
    const password = 'nineteen quiet meadows';
    const chosen = await new Browser().postJson(`${world.issuer}/api/reset`, { token, password });
    expect(chosen.status).toBe(200);
    const until = world.now() + 7200;
    const journey = await Journey.begin(new Browser(), `${world.issuer}/account`);
    const view = await journey.firstFactor(who.email, password);
    const { unusable, retryAt = 0 } = factorIn(view, factor.enrollmentId);
    expect([unusable, Math.abs(retryAt - until) < 60]).toEqual(['suspended', true]);
    await world.advance(7260);
    const later = await Journey.begin(new Browser(), `${world.issuer}/account`);
    expect(factorIn(await later.firstFactor(who.email, password), factor.enrollmentId).unusable).toBe(
      undefined,
    );
  });

  it('S44: a first factor ends the sessions that were begun without one', async () => {
    const who = await member(world);
    const old = await signIn(who);
    const journey = await Journey.begin(new Browser(), `${world.issuer}/account/verify`);
    await journey.firstFactor(who.email, who.password);
    await enrol(journey, who);
    expectProblem(await old.read(), 401, 'login_required');
  });

  it('S42, bug 18: a session of before, with the password alone, neither removes the new app nor adds one', async () => {
    const who = await member(world);
    const old = await signIn(who);
    const journey = await Journey.begin(new Browser(), `${world.issuer}/account/verify`);
    await journey.firstFactor(who.email, who.password);
    const app = await enrol(journey, who);
    // It ended with that (S44): as if it had not.
    const sub = await subjectOf(world, who.email);
    const epoch = (await world.redis.hGet(key.account(sub), 'epoch')) ?? '';
    for (const name of await world.redis.zRange(prefix.sessions + sub, 0, -1))
      await world.redis.hSet(name, 'epoch', epoch);
    expectProblem(await old.disable(app), 401, 'fresh_authentication_required');
    expectProblem(await old.start(), 401, 'fresh_authentication_required');
    expectProblem(await old.confirm(app), 401, 'fresh_authentication_required');
    const fresh = new Portal(world, journey.browser);
    await fresh.open();
    expect((await fresh.view()).enrollments).toHaveLength(1);
  });

  it('S45, S48: the last app may go where none is demanded, and a seed that waited is then no first factor', async () => {
    const person = await memberWithApp(world);
    const portal = new Portal(world, person.browser);
    await portal.open();
    const waiting = await portal.pending();
    expect((await portal.disable(person)).json()).toMatchObject({ enrollments: [] });
    expectProblem(await portal.confirm(waiting), 410, 'pending_enrollment_gone');
    const alone = await signIn(person);
    expect((await alone.view()).session).toMatchObject({ acr: '1fa', amr: ['pwd'] });
  });

  it('S49: a session of a password alone lives for 30 days and no longer, however much it is used', async () => {
    const portal = await signIn(await member(world));
    for (let days = 0; days < 29; days += 14.5) {
      await world.advance(14.5 * DAY);
      expect((await portal.read()).status).toBe(200);
    }
    await world.advance(2 * DAY);
    expectProblem(await portal.read(), 401, 'login_required');
  });

  it('S03: a password does not grow old: years later it signs in as before, and no change of it is asked for', async () => {
    const who = await member(world);
    await world.advance(1000 * DAY);
    await signIn(who);
  });
});
