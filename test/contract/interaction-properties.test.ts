// Properties of a sign-in that no sequence of calls may break, in two browsers at once, with every kind of factor: walked
// at random over the product's own app and a real Redis.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InteractionView } from '../../worker/interaction/wire.ts';
import { prefix } from '../../worker/storage-keys.ts';
import { Journey } from '../flow/person.ts';
import { Browser } from '../support/browser.ts';
import { memberWithEverything, type Everything } from '../support/in-process-factors.ts';
import { startInProcess, type InProcessService } from '../support/in-process.ts';
import { makeOrganization } from '../support/in-process-person.ts';
import { totpCode } from '../support/totp.ts';

type Who = 0 | 1;
/** Which code is typed: the newest one, one that was used or replaced, a wrong one, or one of the other browser. */
type Which = 'newest' | 'older' | 'wrong' | 'other browser';
type Move =
  | { readonly do: 'identify'; readonly who: Who }
  | { readonly do: 'password'; readonly right: boolean }
  | { readonly do: 'ask'; readonly channel: 'mail' | 'text' }
  | { readonly do: 'answer'; readonly channel: 'mail' | 'text' | 'app'; readonly which: Which }
  | { readonly do: 'recover'; readonly right: boolean }
  | { readonly do: 'enroll'; readonly right: boolean }
  | { readonly do: 'save' | 'restart' | 'cancel' | 'help' }
  | { readonly do: 'wait'; readonly seconds: number };

const which = fc.constantFrom<Which>('newest', 'newest', 'newest', 'older', 'wrong', 'other browser');
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('identify' as const), who: fc.constantFrom<Who>(0, 0, 1) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('password' as const), right: fc.constantFrom(true, true, false) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      channel: fc.constantFrom('mail' as const, 'text' as const),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      channel: fc.constantFrom('mail' as const, 'text' as const, 'app' as const),
      which,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('recover' as const), right: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('enroll' as const), right: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('save', 'restart', 'cancel', 'help' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(1, 31, 61, 301) }),
  },
);
const moves = fc.array(fc.record({ browser: fc.constantFrom<Who>(0, 1), move }), {
  minLength: 6,
  maxLength: 24,
});
/** The shortest ways in, so that every kind is walked to its end. */
const WAYS: readonly (readonly Move[])[] = [
  [
    { do: 'ask', channel: 'mail' },
    { do: 'answer', channel: 'mail', which: 'newest' },
  ],
  [
    { do: 'ask', channel: 'text' },
    { do: 'answer', channel: 'text', which: 'newest' },
  ],
  [{ do: 'answer', channel: 'app', which: 'newest' }],
  [{ do: 'recover', right: true }, { do: 'enroll', right: true }, { do: 'save' }],
];

let service: InProcessService;
let people: readonly [Everything, Everything];
/** Codes that were taken, in all runs: with the factor that they were for. */
const taken = new Set<string>();
const reached = new Set<string>();

beforeAll(async () => {
  service = await startInProcess();
  await makeOrganization(service);
  people = [
    await memberWithEverything(service, '+4520123401'),
    await memberWithEverything(service, '+4520123402'),
  ];
}, 60_000);

afterAll(async () => {
  await service.stop();
});

/** What one browser did since it last began: what a sign-in may rest on. */
class Walker {
  browser = new Browser();
  journey!: Journey;
  view: InteractionView = { step: 'identify', site: { name: '' } };
  who: Who = 0;
  knowsPassword = false;
  proved: string[] = [];
  pending: { readonly enrollmentId: string; readonly uri: string } | undefined;
  readonly sent: { readonly channel: string; readonly code: string }[] = [];

  get person(): Everything {
    return people[this.who];
  }

  async begin(): Promise<void> {
    this.journey = await Journey.begin(this.browser, `${service.issuer}/account`);
    this.view = await this.journey.view();
    this.forget();
  }

  forget(): void {
    this.knowsPassword = false;
    this.proved = [];
    this.pending = undefined;
  }

  async post(step: string, body: unknown): Promise<boolean> {
    const answer = await this.journey.post(step, body);
    if (answer.status === 200) this.view = answer.json() as InteractionView;
    else if (answer.status === 410) await this.begin();
    expect([step, answer.status >= 500 && answer.status !== 503]).toEqual([step, false]);
    return answer.status === 200;
  }

  async take(move: Move, other: Walker): Promise<void> {
    switch (move.do) {
      case 'identify':
        if (await this.post('identify', { email: people[move.who].email })) {
          this.who = move.who;
          this.forget();
        }
        return;
      case 'password': {
        const { password } = this.person;
        const accepted = await this.post('password', { password: move.right ? password : `${password}x` });
        expect(accepted && !move.right).toBe(false);
        this.knowsPassword ||= accepted;
        return;
      }
      case 'ask': {
        const { email, phone, mail } = this.person;
        const before = service.mails.length + service.texts.length;
        const body =
          move.channel === 'mail'
            ? { enrollmentId: mail }
            : { enrollmentId: phone.enrollmentId, channel: 'text' };
        if (!(await this.post('challenge/code', body))) return;
        await service.settled();
        expect(service.mails.length + service.texts.length).toBeGreaterThan(before);
        const text =
          move.channel === 'mail'
            ? service.mails.findLast(({ to, text }) => to === email && /\b\d{8}\b/.test(text))?.text
            : service.texts.findLast(({ to }) => to === phone.number)?.body;
        this.sent.push({ channel: move.channel, code: /\b(\d{8}|\d{6})\b/.exec(text ?? '')?.[1] ?? '' });
        return;
      }
      case 'answer':
        return this.answer(move.channel, move.which, other);
      case 'recover': {
        const { recoveryCodes, app } = this.person;
        const code = move.right ? recoveryCodes[0] : 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF';
        const accepted = await this.post('recovery', { code, lost: [app.enrollmentId] });
        if (!accepted) return;
        expect([move.right, this.knowsPassword]).toEqual([true, true]);
        recoveryCodes.shift();
        // It raises nothing by itself (S39).
        expect(this.view.step).toBe('enrollment');
        return;
      }
      case 'enroll':
        return this.enroll(move.right);
      case 'save':
        await this.post('recovery-codes', {});
        return;
      case 'restart':
      case 'cancel':
        if (await this.post(move.do, {})) this.forget();
        return;
      case 'help':
        await this.post('help', {});
        return;
      case 'wait':
        service.advance(move.seconds);
    }
  }

  async answer(channel: 'mail' | 'text' | 'app', chosen: Which, other: Walker): Promise<void> {
    const { app, mail, phone } = this.person;
    const enrollmentId = { mail, text: phone.enrollmentId, app: app.enrollmentId }[channel];
    const code = channel === 'app' ? this.appCode(chosen) : this.sentCode(channel, chosen, other);
    const accepted = await this.post('challenge', { enrollmentId, code });
    if (!accepted) return;
    const name = `${enrollmentId}:${code}`;
    expect([name, taken.has(name)]).toEqual([name, false]);
    expect([chosen, this.knowsPassword]).toEqual(['newest', true]);
    taken.add(name);
    this.proved.push(enrollmentId);
  }

  appCode(chosen: Which): string {
    const { uri } = this.person.app;
    if (chosen === 'newest') return totpCode(uri, service.now());
    return chosen === 'older' ? totpCode(uri, service.now() - 90) : '000000';
  }

  sentCode(channel: string, chosen: Which, other: Walker): string {
    const own = this.sent.filter((each) => each.channel === channel);
    const [newest] = own.slice(-1);
    const [older] = own.slice(-2, -1);
    const [elsewhere] = other.sent.filter((each) => each.channel === channel).slice(-1);
    const code = { newest, older, 'other browser': elsewhere, wrong: undefined }[chosen]?.code;
    return code ?? (channel === 'mail' ? '00000000' : '000000');
  }

  async enroll(right: boolean): Promise<void> {
    if (!(await this.post('enrollment', { kind: 'totp' }))) return;
    if (this.view.step !== 'enrollment' || this.view.pending?.kind !== 'totp') return;
    const { enrollmentId, uri } = this.view.pending;
    const code = right ? totpCode(uri, service.now()) : '000000';
    if (!(await this.post('enrollment/confirm', { enrollmentId, code, name: 'New phone' }))) return;
    expect([right, this.knowsPassword]).toEqual([true, true]);
    this.proved.push(enrollmentId);
    this.person.app = { enrollmentId, uri };
    service.advance(30);
  }
}

async function failures(): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const { app, mail, phone } of people) {
    for (const id of [app.enrollmentId, mail, phone.enrollmentId]) {
      found.set(id, Number((await service.redis.hGet(prefix.enrollment + id, 'failures')) ?? 0));
    }
  }
  return found;
}

async function calm(): Promise<void> {
  const counters = await service.redis.keys(`${prefix.limit}*`);
  if (counters.length > 0) await service.redis.del(counters);
  for (const { app, mail, phone } of people) {
    for (const id of [app.enrollmentId, mail, phone.enrollmentId]) {
      await service.redis.hSet(prefix.enrollment + id, { failures: '0', waitUntil: '0', lockedAt: '0' });
    }
  }
  service.advance(7200);
}

async function check(walker: Walker): Promise<void> {
  const signedIn = (await walker.browser.getJson(`${service.issuer}/api/account`)).status === 200;
  if (signedIn) {
    // Whoever is in knew the password and proved a factor; a factor that is enrolled after a recovery code is one.
    expect([walker.knowsPassword, walker.proved.length > 0]).toEqual([true, true]);
    reached.add(walker.view.step);
  }
  expect(signedIn).toBe(walker.proved.length > 0);
}

describe('properties of a sign-in', () => {
  it('S69, S10, S14, S15, S39: no sequence of calls gets in without the password and a factor, uses a code twice, or resets a count', async () => {
    await fc.assert(
      fc.asyncProperty(moves, fc.constantFrom(...WAYS.keys()), async (sequence, way) => {
        await calm();
        const walkers = [new Walker(), new Walker()] as const;
        for (const walker of walkers) await walker.begin();
        const forward: Move[] = [
          { do: 'restart' },
          { do: 'identify', who: 0 },
          { do: 'password', right: true },
          ...(WAYS[way] ?? []),
        ];
        const all = [...sequence, ...forward.map((each) => ({ browser: 0 as Who, move: each }))];
        for (const { browser, move } of all) {
          const walker = walkers[browser];
          // A sign-in that is over begins anew, without the session that it gave.
          if (walker.view.step === 'done') {
            walker.browser = new Browser();
            await walker.begin();
          }
          const before = await failures();
          const proved = walker.proved.length;
          await walker.take(move, walkers[1 - browser] as Walker);
          const after = await failures();
          for (const [id, count] of before) {
            const fell = (after.get(id) ?? count) < count;
            const mayFall = walker.proved.length > proved && walker.proved.includes(id);
            expect([id, fell && !mayFall && move.do !== 'enroll']).toEqual([id, false]);
          }
          await check(walker);
        }
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 25), endOnFailure: true },
    );
    expect([...reached].sort()).toEqual(expect.arrayContaining(['done']));
  }, 300_000);
});
