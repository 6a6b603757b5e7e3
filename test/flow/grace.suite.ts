// What is demanded soon: put off so often and so long as policy allows, and not a second longer. Policies are set in the store.
import { describe, expect, it } from 'vitest';
import type { InteractionView } from '../../worker/interaction/wire.ts';
import { key } from '../../worker/storage-keys.ts';
import { Browser } from '../support/browser.ts';
import { totpCode } from '../support/totp.ts';
import { newOrganization } from './administrator.ts';
import { askedCode, forgetSends } from './factors.ts';
import type { FlowWorld } from './flow-world.ts';
import { Journey, pendingApp } from './person.ts';
import { expectProblem } from './portal.ts';
import { type Member, member, memberWithApp } from './shortcut.ts';
import { subjectOf } from './store.ts';

const DAY = 86_400;

export function graceSuite(world: () => FlowWorld): void {
  async function demand(organization: string, policy: object): Promise<void> {
    await world().redis.hSet(key.organization(organization), 'policy', JSON.stringify(policy));
    await world().redis.hIncrBy(key.organization(organization), 'policyVersion', 1);
  }

  /** An organisation that demands an app seven days from now, after so many snoozes. */
  async function company(
    snoozes: number,
    days = 7,
  ): Promise<{ readonly id: string; readonly until: number }> {
    const id = await newOrganization(world());
    const until = world().now() + days * DAY;
    await demand(id, { required: true, accepted: ['totp'], least: 'aal2', grace: { until, snoozes } });
    return { id, until };
  }

  /** Somebody whose only factor is the mailbox, which the service itself accepts. */
  async function withMailbox(organization: string): Promise<Member> {
    const who = await member(world(), { organization });
    const sub = await subjectOf(world(), who.email);
    const id = `mail-${sub}`;
    await world().redis.hSet(key.enrollment(id), {
      sub,
      kind: 'email',
      name: 'Mail',
      createdAt: '1',
      failures: '0',
    });
    await world().redis.hSet(key.account(sub), `enrollment:${id}`, 'email');
    return who;
  }

  async function proven(
    who: Member,
    browser = new Browser(),
  ): Promise<{ journey: Journey; view: InteractionView }> {
    const journey = await Journey.begin(browser, `${world().issuer}/account`);
    const first = await journey.firstFactor(who.email, who.password);
    if (first.step !== 'challenge') return { journey, view: first };
    const enrollmentId = `mail-${await subjectOf(world(), who.email)}`;
    const code = await askedCode(world(), journey, { enrollmentId, to: who.email });
    await forgetSends(world());
    return { journey, view: await journey.go('challenge', { enrollmentId, code }) };
  }

  function graceOf(view: InteractionView): Extract<InteractionView, { step: 'grace' }> {
    if (view.step !== 'grace') throw new Error(`No grace at ${view.step}.`);
    return view;
  }

  describe('grace', () => {
    it('issue 4: whoever has what counts today may put off what is demanded soon, and sees until when and how often', async () => {
      const { id, until } = await company(2);
      const who = await withMailbox(id);
      const { journey, view } = await proven(who);
      expect(graceOf(view)).toMatchObject({
        until,
        snoozesLeft: 2,
        kinds: ['totp'],
        reasons: ['service', 'organization'],
      });
      // Nothing is open while that is not decided.
      expect((await journey.browser.getJson(`${world().issuer}/api/account`)).status).toBe(401);
      expect(await journey.go('grace/snooze', {})).toMatchObject({ step: 'done' });
      expect((await journey.browser.getJson(`${world().issuer}/api/account`)).status).toBe(200);
      expect(graceOf((await proven(who)).view).snoozesLeft).toBe(1);
    });

    it('S69: with the last snooze used, it is set up now', async () => {
      const { id } = await company(1);
      const who = await withMailbox(id);
      await (await proven(who)).journey.go('grace/snooze', {});
      const { journey, view } = await proven(who);
      expect(view).toMatchObject({ step: 'enrollment', kinds: ['totp'], because: 'stronger' });
      expectProblem(await journey.post('grace/snooze', {}), 409, 'wrong_step');
      const { enrollmentId, uri } = pendingApp(await journey.go('enrollment', { kind: 'totp' }));
      const code = totpCode(uri, world().now());
      const done = await journey.go('enrollment/confirm', { enrollmentId, code, name: 'App' });
      expect(['recovery_codes', 'done']).toContain(done.step);
      await world().advance(30);
    });

    it('S69: on the date it is over, in a sign-in that is under way too', async () => {
      const { id } = await company(100, 1);
      const who = await withMailbox(id);
      const { journey, view } = await proven(who);
      expect(graceOf(view).snoozesLeft).toBe(100);
      // The journey outlives the date by a little.
      await world().redis.hSet(key.interaction(new URL(journey.api).pathname.split('/').at(-1) ?? ''), {
        graceUntil: String(world().now()),
      });
      expectProblem(await journey.post('grace/snooze', {}), 410, 'interaction_ended');
      await world().advance(DAY);
      expect((await proven(who)).view.step).toBe('enrollment');
    });

    it('S10: of twenty sign-ins that put it off at once, with one snooze left one gets in', async () => {
      const { id } = await company(1);
      const who = await withMailbox(id);
      const sub = await subjectOf(world(), who.email);
      const first = await proven(who);
      const record = await world().redis.hGetAll(key.interaction(idOf(first.journey)));
      const journeys = await Promise.all(
        Array.from({ length: 20 }, async () => {
          const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
          const at = key.interaction(idOf(journey));
          const browser = (await world().redis.hGet(at, 'browser')) ?? '';
          await world().redis.hSet(at, { ...record, browser });
          return journey;
        }),
      );
      const answers = await Promise.all(journeys.map((journey) => journey.post('grace/snooze', {})));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 410)).toHaveLength(19);
      expect(await world().redis.hGet(key.account(sub), 'snoozes')).toBe('1');
    });

    it('issue 4: another date is another count, and whoever has set it up is not asked', async () => {
      const { id, until } = await company(1);
      const who = await withMailbox(id);
      await (await proven(who)).journey.go('grace/snooze', {});
      await demand(id, { accepted: ['totp'], least: 'aal2', grace: { until: until + DAY, snoozes: 1 } });
      const { journey, view } = await proven(who);
      expect(graceOf(view)).toMatchObject({ until: until + DAY, snoozesLeft: 1 });
      expect(await journey.go('grace/set-up', {})).toMatchObject({ step: 'enrollment', because: 'stronger' });
      const app = await memberWithApp(world(), { organization: id });
      const second = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await second.firstFactor(app.email, app.password);
      const done = await second.go('challenge', {
        enrollmentId: app.enrollmentId,
        code: totpCode(app.uri, world().now()),
      });
      expect(done.step).toBe('done');
      await world().advance(30);
    });

    it('issue 4: an exemption lifts what its organisation demands until it ends, and nothing of the service', async () => {
      const { id } = await company(0);
      const who = await withMailbox(id);
      const account = key.account(await subjectOf(world(), who.email));
      expect((await proven(who)).view.step).toBe('enrollment');
      const until = world().now() + DAY;
      await world().redis.hSet(
        account,
        `exempt:${id}`,
        JSON.stringify({ reason: 'Travels', until, by: 'Ada' }),
      );
      await world().redis.hIncrBy(account, 'policyVersion', 1);
      // The service still asks for a second factor: the mailbox.
      expect((await proven(who)).view.step).toBe('done');
      await world().advance(DAY);
      expect((await proven(who)).view.step).toBe('enrollment');
    });

    it('issue 4: a kind that a member must have is set up at the next sign-in, beside what they have', async () => {
      const id = await newOrganization(world());
      const who = await withMailbox(id);
      const account = key.account(await subjectOf(world(), who.email));
      expect((await proven(who)).view.step).toBe('done');
      await world().redis.hSet(account, `policy:${id}`, JSON.stringify({ must: ['totp'] }));
      await world().redis.hIncrBy(account, 'policyVersion', 1);
      const { view } = await proven(who);
      expect(view).toMatchObject({ step: 'enrollment', kinds: ['totp'], because: 'demanded' });
    });

    it('S69: a policy that came between password and proof is met at the next sign-in, if not at this one', async () => {
      const id = await newOrganization(world());
      const who = await withMailbox(id);
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      await journey.go('identify', { email: who.email });
      await demand(id, { least: 'aal2' });
      expect(await journey.go('password', { password: who.password })).toMatchObject({ step: 'challenge' });
      expect((await proven(who)).view).toMatchObject({ step: 'enrollment', because: 'stronger' });
    });
  });
}

function idOf({ api }: Journey): string {
  return new URL(api).pathname.split('/').at(-1) ?? '';
}
