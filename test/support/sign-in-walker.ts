// Somebody who goes through a sign-in in whatever order: moves at random, what each does, and what it may come to.
import fc from 'fast-check';
import { expect } from 'vitest';
import type { InteractionView } from '../../worker/interaction/wire.ts';
import { Journey } from '../flow/person.ts';
import { Browser } from './browser.ts';
import type { Everything } from './in-process-factors.ts';
import type { InProcessService } from './in-process.ts';
import { totpCode } from './totp.ts';

export type Who = 0 | 1;
/** Which code is typed: the newest one, one that was used or replaced, a wrong one, or one of the other browser. */
type Which = 'newest' | 'older' | 'wrong' | 'other browser';
export type Move =
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
export const moves = fc.array(
  fc.record({
    browser: fc.constantFrom<Who>(0, 1),
    move,
    straight: fc.constantFrom(true, true, true, true, false),
  }),
  { minLength: 6, maxLength: 20 },
);
/** The shortest ways in, so that every kind is walked to its end. */
export const WAYS: readonly (readonly Move[])[] = [
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

/** Codes that were taken, in all walks: with the factor that they were for. */
const taken = new Set<string>();

/** What one browser did since it last began: what a sign-in may rest on. */
export class Walker {
  readonly service: InProcessService;
  readonly people: readonly [Everything, Everything];
  browser = new Browser();
  journey!: Journey;
  view: InteractionView = { step: 'identify', site: { name: '' } };
  who: Who = 0;
  knowsPassword = false;
  proved: string[] = [];
  pending: { readonly enrollmentId: string; readonly uri: string } | undefined;
  readonly sent: { readonly channel: string; readonly code: string }[] = [];

  constructor(service: InProcessService, people: readonly [Everything, Everything]) {
    this.service = service;
    this.people = people;
  }

  get person(): Everything {
    return this.people[this.who];
  }

  async begin(): Promise<void> {
    this.journey = await Journey.begin(this.browser, `${this.service.issuer}/account`);
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

  /** Goes on to where the move has a meaning, four times of five: or most walks would never leave the first steps. */
  async approach(move: Move): Promise<void> {
    if (!['ask', 'answer', 'recover', 'help'].includes(move.do)) return;
    if (this.view.step === 'identify') await this.take({ do: 'identify', who: 0 }, this);
    if (this.view.step === 'first_factor') await this.take({ do: 'password', right: true }, this);
  }

  async take(move: Move, other: Walker): Promise<void> {
    switch (move.do) {
      case 'identify':
        if (await this.post('identify', { email: this.people[move.who].email })) {
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
        // The clock stands still, and a provider takes only so much in one second.
        this.service.advance(1);
        const before = this.service.mails.length + this.service.texts.length;
        const body =
          move.channel === 'mail'
            ? { enrollmentId: mail }
            : { enrollmentId: phone.enrollmentId, channel: 'text' };
        if (!(await this.post('challenge/code', body))) return;
        await this.service.settled();
        expect(this.service.mails.length + this.service.texts.length).toBeGreaterThan(before);
        const text =
          move.channel === 'mail'
            ? this.service.mails.findLast(({ to, text }) => to === email && /\b\d{8}\b/.test(text))?.text
            : this.service.texts.findLast(({ to }) => to === phone.number)?.body;
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
        this.service.advance(move.seconds);
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
    if (chosen === 'newest') return totpCode(uri, this.service.now());
    return chosen === 'older' ? totpCode(uri, this.service.now() - 90) : '000000';
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
    const code = right ? totpCode(uri, this.service.now()) : '000000';
    if (!(await this.post('enrollment/confirm', { enrollmentId, code, name: 'New phone' }))) return;
    expect([right, this.knowsPassword]).toEqual([true, true]);
    this.proved.push(enrollmentId);
    this.person.app = { enrollmentId, uri };
    this.service.advance(30);
  }
}
