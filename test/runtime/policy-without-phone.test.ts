// The service where policy accepts no phone: what then becomes of it, and of whoever has one (S29).
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askedCode, askedOwnCode, factorIn, enrolledPhone, mobileNumber } from '../flow/factors.ts';
import type { AccountView } from '../../worker/interaction/wire.ts';
import { startFlowWorld, type FlowWorld } from '../flow/flow-world.ts';
import { tokensFor } from '../flow/oidc-site.ts';
import { Journey } from '../flow/person.ts';
import { atPortal, expectProblem, Portal } from '../flow/portal.ts';
import { type Member, member, startApp } from '../flow/shortcut.ts';
import { Browser } from '../support/browser.ts';
import { readMailedCode } from '../support/outbox-reader.ts';
import { totpCode } from '../support/totp.ts';

describe.each(['workerd', 'deno'] as const)('without phones, on %s', (runtime) => {
  let world: FlowWorld;
  beforeAll(async () => {
    const policy = { required: true, accepted: ['totp', 'email'] };
    world = await startFlowWorld(runtime, { variables: { PENUMBRA_POLICY: JSON.stringify(policy) } });
  });
  afterAll(async () => {
    await world.stop();
  });

  async function withPassword(who: Member): Promise<Journey> {
    const journey = await Journey.begin(new Browser(), `${world.issuer}/account`);
    await journey.firstFactor(who.email, who.password);
    return journey;
  }

  function phone(): object {
    return { kind: 'phone', number: mobileNumber(), channel: 'text' };
  }

  it('S29: at a first sign-in no phone is offered, and none is set up', async () => {
    const who = await member(world);
    const journey = await withPassword(who);
    const view = await journey.go('address', { code: await readMailedCode(world.outbox, who.email) });
    expect(view).toMatchObject({ step: 'enrollment', because: 'first', kinds: ['totp', 'email'] });
    expect(view).not.toHaveProperty('phone');
    expectProblem(await journey.post('enrollment', phone()), 404, 'not_found');
    expect(await journey.view()).not.toHaveProperty('pending');
    expect(await journey.go('enrollment', { kind: 'email' })).toMatchObject({ step: 'recovery_codes' });
  });

  it('S29: at the portal no phone is offered, and none is added', async () => {
    const { portal } = await atPortal(world);
    const { mfa } = await portal.view();
    expect(mfa.kinds.toSorted()).toEqual(['email', 'totp']);
    expect(mfa).not.toHaveProperty('phone');
    expectProblem(await portal.post('/enrollments', phone()), 404, 'not_found');
    const { enrollments, pending } = await portal.view();
    expect([enrollments.map(({ kind }) => kind), pending]).toEqual([['totp'], undefined]);
  });

  // `enrolledPhone` makes what the time left in which phones were accepted: somebody whose only factor is one.
  it('S29: a phone of before opens nothing: its owner proves it, and then sets up what is accepted', async () => {
    const { factor, journey: before, ...who } = await enrolledPhone(world);
    // Nor does the session that it was enrolled with.
    expectProblem(await new Portal(world, before.browser).read(), 401, 'login_required');
    const { enrollmentId } = factor;
    const journey = await withPassword(who);
    expect(factorIn(await journey.view(), enrollmentId)).toMatchObject({ kind: 'phone' });
    const code = await askedCode(world, journey, factor);
    const proven = await journey.go('challenge', { enrollmentId, code });
    expect(proven).toMatchObject({ step: 'enrollment', because: 'stronger', kinds: ['totp', 'email'] });
    expectProblem(await new Portal(world, journey.browser).read(), 401, 'login_required');
    expectProblem(await journey.post('enrollment', phone()), 404, 'not_found');

    const app = await startApp(journey);
    const confirm = { enrollmentId: app.enrollmentId, code: totpCode(app.uri, world.now()), name: 'My app' };
    expect(await journey.go('enrollment/confirm', confirm)).toMatchObject({ step: 'done' });
    await world.advance(30);
    const { id_token: token } = await tokensFor(world, journey.browser);
    expect(decodeJwt(token)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'sms', 'otp', 'mfa'] });

    // From then on the phone is not even asked for.
    const next = await withPassword(who);
    const view = await next.view();
    if (view.step !== 'challenge') throw new Error(view.step);
    expect(view.factors.map(({ kind }) => kind)).toEqual(['totp']);
    const asked = await next.post('challenge/code', { enrollmentId, channel: 'text' });
    expectProblem(asked, 409, 'factor_unusable');
    expectProblem(await next.post('challenge', { enrollmentId, code }), 409, 'factor_unusable');
    // Its number is not changed any more, but it can be given up.
    const portal = new Portal(world, journey.browser);
    await portal.open();
    const change = { ...phone(), replaces: enrollmentId };
    expectProblem(await portal.post('/enrollments', change), 404, 'not_found');
    const own = await askedOwnCode(portal, factor);
    const removed = await portal.post(`/enrollments/${enrollmentId}/disable`, { code: own });
    expect((removed.json() as AccountView).enrollments.map(({ kind }) => kind)).toEqual(['totp']);
  });
});
