// The order of a sign-in's steps: no way around one, back behind one, or past what was proven.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SESSION_COOKIE } from '../../worker/session/session.ts';
import { key } from '../../worker/storage-keys.ts';
import { Browser, type Answer } from '../support/browser.ts';
import { readMailedCode } from '../support/outbox-reader.ts';
import { totpCode, wrongTotpCode } from '../support/totp.ts';
import { FIRST_SITE, type FlowWorld } from './flow-world.ts';
import { authorizeAttempt, type Enrolled, Journey, problemOf } from './person.ts';
import {
  type Member,
  member,
  memberWithApp,
  startApp,
  waitingForApp,
  waitingForEnrollment,
} from './shortcut.ts';
import { challengeOf, changeEnrollment } from './store.ts';

const STEPS = [
  'identify',
  'password',
  'wrong password',
  'send code',
  'address',
  'wrong address',
  'enrollment',
  'confirm',
  'challenge',
  'wrong challenge',
  'acknowledge',
  'restart',
  'resume',
] as const;

/** `forward` is the right thing to do where the journey is; a random walk alone would hardly ever arrive. */
type Move = (typeof STEPS)[number] | 'forward';

type Place =
  | 'identify'
  | 'first_factor'
  | 'confirm_address'
  | 'enrollment'
  | 'challenge'
  | 'recovery_codes'
  | 'done'
  | 'spent';

/** Where both factors are proven and the session has begun. */
const SIGNED_IN: readonly Place[] = ['recovery_codes', 'done'];

const FORWARD: Readonly<Record<Place, (typeof STEPS)[number]>> = {
  identify: 'identify',
  first_factor: 'password',
  confirm_address: 'address',
  enrollment: 'confirm',
  challenge: 'challenge',
  recovery_codes: 'acknowledge',
  done: 'resume',
  spent: 'resume',
};

/** What a move that is right leads to, by where the journey is. Every other pair must be refused. */
const LEADS: Readonly<Record<string, (hasApp: boolean) => Place>> = {
  'identify identify': () => 'first_factor',
  'first_factor password': (hasApp) => (hasApp ? 'challenge' : 'confirm_address'),
  'confirm_address address': () => 'enrollment',
  'enrollment enrollment': () => 'enrollment',
  'enrollment confirm': () => 'recovery_codes',
  'recovery_codes acknowledge': () => 'done',
  'challenge challenge': () => 'done',
};

/** A walk through one sign-in, with what is known of it from outside. */
class Walk {
  readonly world: FlowWorld;
  readonly journey: Journey;
  readonly who: Member;
  readonly app: Enrolled | undefined;
  place: Place = 'identify';
  pending: { enrollmentId: string; uri: string } | undefined;

  constructor(world: FlowWorld, journey: Journey, who: Member, app?: Enrolled) {
    this.world = world;
    this.journey = journey;
    this.who = who;
    this.app = app;
  }

  async take(move: Move): Promise<void> {
    const step = move === 'forward' ? FORWARD[this.place] : move;
    // A confirmation needs the seed first; a person would have asked for it.
    if (step === 'confirm' && this.place === 'enrollment') this.pending ??= await startApp(this.journey);
    const from = this.place;
    const answer = await this.send(step);
    if (from === 'spent') {
      expect([step, answer.status]).toEqual([step, 410]);
      return;
    }
    if (step === 'resume' && from === 'done') {
      expect(answer.location).toContain('code=');
      this.place = 'spent';
      return;
    }
    const isBack = step === 'restart' && !SIGNED_IN.includes(from);
    const expected = isBack ? 'identify' : this.leadsTo(from, step);
    if (expected === undefined) {
      expect([from, step, answer.status === 200 && step !== 'send code']).toEqual([from, step, false]);
    } else {
      expect([from, step, answer.status]).toEqual([from, step, 200]);
      this.place = expected;
      if (expected === 'identify') this.pending = undefined;
    }
    await this.check();
  }

  private leadsTo(from: Place, step: string): Place | undefined {
    return LEADS[`${from} ${step}`]?.(this.app !== undefined);
  }

  /** The step is where the model says, and a session is there when the walk is done and not before. */
  private async check(): Promise<void> {
    const isDone = SIGNED_IN.includes(this.place);
    expect((await this.journey.view()).step).toBe(this.place);
    const cookie = this.journey.browser.cookies.get(new URL(this.world.issuer).hostname, SESSION_COOKIE);
    expect([this.place, cookie !== undefined]).toEqual([this.place, isDone]);
    const account = await this.journey.browser.getJson(`${this.world.issuer}/api/account`);
    expect([this.place, account.status]).toEqual([this.place, isDone ? 200 : 401]);
    if (isDone)
      expect(account.json()).toMatchObject({ session: { acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] } });
  }

  private async send(step: (typeof STEPS)[number]): Promise<Answer> {
    const { journey, who, app, world } = this;
    const now = world.now();
    const uri = app?.uri ?? this.pending?.uri;
    const enrollmentId = app?.enrollmentId ?? this.pending?.enrollmentId ?? 'none';
    switch (step) {
      case 'identify':
        return journey.post('identify', { email: who.email });
      case 'password':
        return journey.post('password', { password: who.password });
      case 'wrong password':
        return journey.post('password', { password: 'not the password of anybody' });
      case 'send code':
        return journey.post('address-code', {});
      case 'address':
        return journey.post('address', {
          code: this.place === 'confirm_address' ? await readMailedCode(world.outbox, who.email) : '12345678',
        });
      case 'wrong address':
        return journey.post('address', { code: 'abcdefgh' });
      case 'enrollment': {
        const answer = await journey.post('enrollment', { kind: 'totp' });
        const view = answer.json() as { pending?: { enrollmentId: string; uri: string } };
        this.pending = view.pending ?? this.pending;
        return answer;
      }
      case 'confirm': {
        const code = uri === undefined ? '123456' : totpCode(uri, now);
        return journey.post('enrollment/confirm', { enrollmentId, code, name: 'My phone' });
      }
      case 'challenge':
      case 'wrong challenge': {
        const make = step === 'challenge' ? totpCode : wrongTotpCode;
        return journey.post('challenge', {
          enrollmentId,
          code: uri === undefined ? '123456' : make(uri, now),
        });
      }
      case 'acknowledge':
        return journey.post('recovery-codes', {});
      case 'restart':
        return journey.post('restart', {});
      case 'resume':
        return journey.browser.open(journey.api.replace('/api/interactions/', '/authorize/resume/'));
    }
  }
}

const moves = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.constant<Move>('forward') },
    { weight: 1, arbitrary: fc.constantFrom<Move>(...STEPS) },
  ),
  { minLength: 3, maxLength: 10 },
);

export function interactionStepsSuite(world: () => FlowWorld): void {
  async function walk(who: Member, app: Enrolled | undefined, sequence: readonly Move[]): Promise<void> {
    const { url } = authorizeAttempt(world().issuer, FIRST_SITE);
    const steps = new Walk(world(), await Journey.begin(new Browser(), url), who, app);
    for (const move of sequence) await steps.take(move);
  }

  describe('order of the steps', () => {
    it('S69: no sequence of steps gets a member with an app in without password and code', async () => {
      const app = await memberWithApp(world());
      await fc.assert(
        fc.asyncProperty(moves, async (sequence) => {
          await changeEnrollment(world(), app.enrollmentId, { failures: '0', waitUntil: '0', lockedAt: '0' });
          await world().advance(60);
          await walk(app, app, sequence.slice(0, 8));
        }),
        {
          numRuns: 8,
          endOnFailure: true,
          includeErrorInReport: true,
          examples: [[['forward', 'forward', 'forward', 'challenge', 'resume']]],
        },
      );
    }, 180_000);

    it('S69, S48: nor a new member without password, mailbox code and a first code of the app', async () => {
      await fc.assert(
        fc.asyncProperty(moves, async (sequence) => {
          await walk(await member(world()), undefined, sequence);
        }),
        {
          numRuns: 8,
          endOnFailure: true,
          includeErrorInReport: true,
          examples: [
            [['forward', 'forward', 'forward', 'enrollment', 'forward', 'password', 'resume', 'restart']],
            [['forward', 'forward', 'forward', 'forward', 'resume', 'forward', 'resume']],
          ],
        },
      );
    }, 180_000);

    it('S69: "use another account" forgets who it was and all that was proven', async () => {
      const who = await member(world());
      const proven = await waitingForEnrollment(world(), who);
      // What a sign-in that came here in earnest would have left.
      await world().redis.hSet(challengeOf(proven), { mac: 'x', reference: 'ABC', expiresAt: '9999999999' });
      const pending = await startApp(proven);
      expect(await proven.go('restart', {})).toEqual({ step: 'identify', site: { name: 'Penumbra' } });
      const code = totpCode(pending.uri, world().now());
      for (const [step, body] of [
        ['password', { password: who.password }],
        ['address-code', {}],
        ['address', { code: '12345678' }],
        ['enrollment', { kind: 'totp' }],
        ['enrollment/confirm', { enrollmentId: pending.enrollmentId, code, name: 'x' }],
        ['challenge', { enrollmentId: pending.enrollmentId, code }],
        ['challenge/code', { enrollmentId: pending.enrollmentId }],
        ['recovery', { code: 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA', lost: [pending.enrollmentId] }],
        ['recovery-codes', {}],
        ['recovery-codes/renew', {}],
        ['help', {}],
      ] as const) {
        const answer = await proven.post(step, body);
        expect([step, answer.status, problemOf(answer).code]).toEqual([step, 409, 'wrong_step']);
      }
      const id = new URL(proven.api).pathname.split('/').at(-1) ?? '';
      const record = await world().redis.hGetAll(key.interaction(id));
      const proofs = ['email', 'sub', 'methods', 'firstFactorAt', 'addressProvenAt', 'because'];
      for (const field of [...proofs, 'kinds', 'ways', 'enrollmentKinds', 'enrollmentWays']) {
        expect(record).not.toHaveProperty(field);
      }
      expect(await world().redis.exists(key.pendingEnrollment(id))).toBe(0);
      expect(await world().redis.exists(challengeOf(proven))).toBe(0);

      // Somebody else's address after it starts from nothing too.
      const person = await memberWithApp(world());
      const journey = await waitingForApp(world(), person);
      await journey.go('restart', {});
      await journey.go('identify', { email: who.email });
      const skipped = await journey.post('challenge', {
        enrollmentId: person.enrollmentId,
        code: totpCode(person.uri, world().now()),
      });
      expect([skipped.status, problemOf(skipped).code]).toEqual([409, 'wrong_step']);
    });

    it('S69: a cancelled sign-in gives the site a refusal and nobody a session', async () => {
      const person = await memberWithApp(world());
      const attempt = authorizeAttempt(world().issuer, FIRST_SITE);
      const journey = await Journey.begin(new Browser(), attempt.url);
      await journey.firstFactor(person.email, person.password);
      const view = await journey.go('cancel', {});
      if (view.step !== 'done') throw new Error(view.step);
      for (const step of ['restart', 'cancel']) {
        expect(problemOf(await journey.post(step, {})).code).toBe('wrong_step');
      }
      const back = await journey.browser.open(new URL(view.continue, world().issuer).href);
      const parameters = new URL(back.location ?? '').searchParams;
      expect([parameters.get('error'), parameters.get('code')]).toEqual(['access_denied', null]);
      expect((await journey.browser.getJson(`${world().issuer}/api/account`)).status).toBe(401);
    });
  });
}
