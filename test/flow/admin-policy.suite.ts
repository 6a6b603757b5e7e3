// What an organisation demands: read, changed, tried out. That it counts is held by policy-enforcement.suite.ts.
import { describe, expect, it } from 'vitest';
import type { AuditPage, PolicyTrialWire, PolicyView } from '../../worker/interaction/wire.ts';
import { key } from '../../worker/storage-keys.ts';
import { type Administrator, administrator, asOperator } from './administrator.ts';
import { organizationWithOwner } from './audited.ts';
import { memberWithEmail } from './factors.ts';
import type { FlowWorld } from './flow-world.ts';
import { Journey, problemOf } from './person.ts';
import { expectProblem } from './portal.ts';
import { member, memberWithApp } from './shortcut.ts';
import { settleQueue, subjectOf } from './store.ts';
import { Browser } from '../support/browser.ts';

const NOTICE = 'The security policy of your organisation was changed';

export function adminPolicySuite(world: () => FlowWorld): void {
  const change = (owner: Administrator, policy: object, version = 0): Promise<PolicyView> =>
    owner.change<PolicyView>('/policy', { policy, version });

  describe('admin policy', () => {
    it('an administrator sees the policy beside the floor, and what this service has', async () => {
      const owner = await organizationWithOwner(world());
      const view = await owner.read<PolicyView>('/policy');
      expect(view).toMatchObject({
        policy: {},
        version: 0,
        floor: { required: true },
        kinds: ['totp', 'phone', 'email'],
        countries: ['DK', 'SE', 'GB', 'US', 'DE'],
      });
      expect(view.floor).not.toHaveProperty('source');
    });

    it('a change is kept whole, and counted', async () => {
      const owner = await organizationWithOwner(world());
      const until = world().now() + 86_400;
      const policy = {
        required: true,
        accepted: ['totp', 'phone'],
        least: 'aal2',
        grace: { until, snoozes: 3 },
        sessions: { aal2: { overall: 36_000, idle: 1800 } },
        countries: ['DK'],
        resetDelaySeconds: 3600,
      };
      expect(await change(owner, policy)).toMatchObject({ policy, version: 1 });
      expect(await owner.read<PolicyView>('/policy')).toMatchObject({ policy, version: 1 });
      expect(await change(owner, { least: '2fa' }, 1)).toMatchObject({
        policy: { least: '2fa' },
        version: 2,
      });
    });

    it('S70 a change is in the log: who, and in short what was and is', async () => {
      const owner = await organizationWithOwner(world());
      await change(owner, { least: '2fa', countries: ['DK', 'SE'] });
      await change(owner, { least: 'aal2', accepted: ['totp'] }, 1);
      const { entries } = await owner.read<AuditPage>('/audit?group=policy');
      expect(entries.map(({ details }) => details['changed'])).toEqual([
        'least: 2fa > aal2; countries: DK SE > none; accepted: none > totp',
        'least: none > 2fa; countries: none > DK SE',
      ]);
      expect(entries[0]).toMatchObject({ type: 'policy.change', result: 'ok', by: 'Pat Person' });
      expect((await owner.read<AuditPage>(`/audit?member=${owner.sub}&group=policy`)).entries).toHaveLength(
        2,
      );
    });

    it('S43 all administrators are told of a change, and nobody else', async () => {
      const owner = await organizationWithOwner(world());
      const { organization } = owner;
      const admin = await administrator(world(), { organization, role: 'admin' });
      const bystander = await memberWithApp(world(), { organization });
      world().outbox.clear();
      await owner.signInAgain();
      await change(owner, { least: 'aal2' });
      await settleQueue(world(), owner.person.email, admin.person.email);
      const told = (email: string): string[] =>
        world()
          .outbox.messages(email)
          .flatMap(({ subject }) => subject ?? []);
      expect(told(owner.person.email)).toEqual([NOTICE]);
      expect(told(admin.person.email)).toEqual([NOTICE]);
      expect(told(bystander.email)).toEqual([]);
      expect(world().outbox.messages(admin.person.email)[0]?.text).toContain('A company');
    });

    it('of two who change it at once one wins; the others are told and change nothing', async () => {
      const owner = await organizationWithOwner(world());
      const delays = Array.from({ length: 40 }, (_one, at) => 60 * (at + 1));
      const answers = await Promise.all(
        delays.map((resetDelaySeconds) =>
          owner.post('/policy', { policy: { resetDelaySeconds }, version: 0 }),
        ),
      );
      const won = answers.filter(({ status }) => status === 200);
      expect(won).toHaveLength(1);
      for (const answer of answers) if (answer.status !== 200) expectProblem(answer, 409, 'wrong_step');
      expect(await owner.read<PolicyView>('/policy')).toEqual(won[0]?.json());
      expectProblem(await owner.post('/policy', { policy: {}, version: 0 }), 409, 'wrong_step');
      expectProblem(await owner.post('/policy', { policy: {}, version: 2 }), 409, 'wrong_step');
    });

    it.each([
      ['a level that no factor reaches', { least: 'phr' }, 'policy.least'],
      ['a kind too weak for the level', { least: 'aal2', accepted: ['email'] }, 'policy.accepted'],
      ['phones alone, of no country', { accepted: ['phone'], countries: [] }, 'policy.accepted'],
      ['a country that the service does not allow', { countries: ['DK', 'FR'] }, 'policy.countries'],
      ['no kind at all', { accepted: [] }, 'policy.accepted'],
      ['an unknown kind', { accepted: ['passkey'] }, 'policy.accepted.0'],
      ['an unknown field', { floor: { required: false } }, 'policy.floor'],
      ['a kind that all must have', { must: ['totp'] }, 'policy.must'],
      ['a text for a truth', { required: 'false' }, 'policy.required'],
      ['an endless session', { sessions: { aal2: { overall: 1e9 } } }, 'policy.sessions.aal2.overall'],
    ])('S74 %s is refused, when tried too, and nothing changes', async (_what, policy, field) => {
      const owner = await organizationWithOwner(world());
      for (const [path, body] of [
        ['/policy', { policy, version: 0 }],
        ['/policy/try', { policy }],
      ] as const) {
        const refused = await owner.post(path, body);
        expectProblem(refused, 400, 'invalid_body');
        expect((problemOf(refused).errors ?? []).map((error) => error.field)).toContain(field);
      }
      expect(await owner.read<PolicyView>('/policy')).toMatchObject({ policy: {}, version: 0 });
    });

    it('what is weaker than the floor is kept and has no effect', async () => {
      const owner = await organizationWithOwner(world());
      const view = await change(owner, { required: false, least: '1fa' });
      expect(view).toMatchObject({ policy: { required: false, least: '1fa' }, floor: { required: true } });
      const who = await member(world(), { organization: owner.organization });
      const journey = await Journey.begin(new Browser(), `${world().issuer}/account`);
      expect(await journey.firstFactor(who.email, who.password)).toMatchObject({ step: 'confirm_address' });
    });

    it('S42 a change asks for a sign-in of the last five minutes; to look and to try does not', async () => {
      const owner = await organizationWithOwner(world());
      await world().advance(301);
      const refused = await owner.post('/policy', { policy: { least: 'aal2' }, version: 0 });
      expectProblem(refused, 401, 'fresh_authentication_required');
      expect((await owner.get('/policy')).status).toBe(200);
      expect((await owner.post('/policy/try', { policy: {} })).status).toBe(200);
      await owner.signInAgain();
      expect((await change(owner, { least: 'aal2' })).version).toBe(1);
    });

    it('S87 nobody but its administrators and operators reads, changes or tries it', async () => {
      const owner = await organizationWithOwner(world());
      const { organization } = owner;
      const other = await organizationWithOwner(world());
      const who = await memberWithApp(world(), { organization });
      const plain = await administrator(world(), { organization, role: 'member' });
      const body = { policy: { least: 'aal2' }, version: 0 };
      for (const one of [other, plain]) {
        expectProblem(await one.get('/policy', organization), 404, 'not_found');
        expectProblem(await one.post('/policy', body, organization), 404, 'not_found');
        expectProblem(await one.post('/policy/try', { policy: {} }, organization), 404, 'not_found');
      }
      expect(who.email).not.toBe('');
      const byOperator = await asOperator(world(), organization, '/policy', body);
      expect(byOperator.json()).toMatchObject({ policy: { least: 'aal2' }, version: 1 });
      expect(await other.read<PolicyView>('/policy')).toMatchObject({ policy: {}, version: 0 });
    });
  });

  describe('policy trial', () => {
    /** An owner with an app, one with an app, one with only mail, one with nothing, one exempt, one suspended. */
    async function company(): Promise<{ owner: Administrator; mail: string; none: string }> {
      const owner = await organizationWithOwner(world());
      const { organization } = owner;
      await memberWithApp(world(), { organization });
      const { email: mail } = await memberWithEmail(world(), { organization });
      const { email: none } = await member(world(), { organization });
      const exempt = await member(world(), { organization });
      const exemption = { reason: 'leave', until: world().now() + 86_400, by: 'x' };
      await world().redis.hSet(key.account(await subjectOf(world(), mail)), 'name', 'Mia Mail');
      await world().redis.hSet(
        key.account(await subjectOf(world(), exempt.email)),
        `exempt:${organization}`,
        JSON.stringify(exemption),
      );
      const gone = await member(world(), { organization });
      await world().redis.hSet(key.account(await subjectOf(world(), gone.email)), 'status', 'suspended');
      return { owner, mail, none };
    }

    const tried = (owner: Administrator, policy: object): Promise<PolicyTrialWire> =>
      owner.change<PolicyTrialWire>('/policy/try', { policy });

    it('tells who would be affected and how, and changes nothing', async () => {
      const { owner, mail, none } = await company();
      const result = await tried(owner, { least: 'aal2' });
      // The floor demands a second factor of everybody: the exempt one too has to set one up.
      expect(result).toMatchObject({
        members: 5,
        fine: 2,
        mustEnroll: 3,
        mayPutOff: 0,
        exempt: 0,
        cannot: 0,
      });
      expect(result.incomplete).toBe(false);
      expect(result.affected).toHaveLength(3);
      expect(result.affected).toContainEqual({
        sub: await subjectOf(world(), mail),
        name: 'Mia Mail',
        email: mail,
        effect: 'must_enroll',
      });
      expect(result.affected.map(({ email }) => email)).toContain(none);
      expect(await owner.read<PolicyView>('/policy')).toMatchObject({ policy: {}, version: 0 });
    });

    it('a grace period lets them put off what the floor does not demand', async () => {
      const { owner, mail } = await company();
      const grace = { until: world().now() + 86_400, snoozes: 2 };
      const result = await tried(owner, { least: 'aal2', grace });
      expect(result).toMatchObject({ fine: 2, mustEnroll: 3, mayPutOff: 1, cannot: 0 });
      expect(result.affected.find(({ email }) => email === mail)?.effect).toBe('may_put_off');
    });

    it('an exempt member of whom it would demand more is counted as exempt', async () => {
      const { owner, mail } = await company();
      const exemption = { reason: 'leave', until: world().now() + 86_400, by: 'x' };
      const account = key.account(await subjectOf(world(), mail));
      await world().redis.hSet(account, `exempt:${owner.organization}`, JSON.stringify(exemption));
      expect(await tried(owner, { least: 'aal2' })).toMatchObject({ fine: 2, mustEnroll: 2, exempt: 1 });
      expect(await tried(owner, { least: '2fa' })).toMatchObject({ fine: 3, mustEnroll: 2, exempt: 0 });
    });

    it('who could not sign in at all is told: an administrator who has nothing can’t set up a phone alone', async () => {
      const owner = await organizationWithOwner(world());
      const { email } = await member(world(), { organization: owner.organization, role: 'admin' });
      const result = await tried(owner, { accepted: ['phone'] });
      expect(result).toMatchObject({ members: 2, fine: 0, mustEnroll: 1, cannot: 1 });
      expect(result.affected.find((one) => one.email === email)?.effect).toBe('cannot');
    });
  });
}
