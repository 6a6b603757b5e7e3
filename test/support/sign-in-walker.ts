// Somebody who goes through a sign-in in whatever order: what each move does, and what it may come to.
import { expect } from 'vitest';
import type { FactorKind } from '../../worker/assurance/policy.ts';
import type { AccountView, InteractionView } from '../../worker/interaction/wire.ts';
import { mobileNumber } from '../flow/factors.ts';
import { FIRST_SITE } from '../flow/flow-world.ts';
import { authorizeAttempt, Journey, problemOf } from '../flow/person.ts';
import { Browser } from './browser.ts';
import type { InProcessService } from './in-process.ts';
import { acceptedBy, type Demand, leastOf, letsIn, type Method } from './sign-in-demand.ts';
import type { Move, Which, Who } from './sign-in-moves.ts';
import { findSentCode, MAILBOX, referencesIn } from './sign-in-sent.ts';
import { Typist } from './sign-in-typist.ts';
import type { Owned, Walked } from './walked-people.ts';

/** What one browser did since it last began: what a sign-in may rest on. */
export class Walker extends Typist {
  readonly people: readonly Walked[];
  readonly demand: Demand;
  browser = new Browser();
  view: InteractionView = { step: 'identify', site: { name: '' } };
  who: Who = 0;
  /** How many factors the person had when the password was right; undefined before. */
  factors: number | undefined;
  /** How often the person's sessions had been ended by then. */
  ended = 0;
  proofs: Method[] = [];
  proved: string[] = [];
  pending: Owned | undefined;
  /** The number that was given last. */
  dialled: string | undefined;
  lost: readonly string[] = [];
  /** The factor whose code was just called wrong. */
  missed: string | undefined;
  problem: string | undefined;

  constructor(service: InProcessService, people: readonly Walked[], demand: Demand) {
    super(service);
    this.people = people;
    this.demand = demand;
  }

  get person(): Walked {
    const person = this.people[this.who];
    if (!person) throw new Error('There is no such person.');
    return person;
  }

  /** Whether what was done lets this browser in, by what is asked. */
  get belongsIn(): boolean {
    if (this.factors === undefined || this.ended !== this.person.ended) return false;
    return letsIn(this.demand, this.proofs, this.factors);
  }

  async begin(): Promise<void> {
    const { acr } = this.demand;
    const { issuer } = this.service;
    const url = acr ? authorizeAttempt(issuer, FIRST_SITE, { acr_values: acr }).url : `${issuer}/account`;
    this.browser = new Browser();
    this.journey = await Journey.begin(this.browser, url);
    this.view = await this.journey.view();
    this.forget();
  }

  forget(): void {
    this.factors = undefined;
    this.proofs = [];
    this.proved = [];
    this.pending = undefined;
    this.lost = [];
  }

  async post(step: string, body: unknown): Promise<boolean> {
    // The clock stands still, and providers take only so much in one second.
    this.service.advance(1);
    const answer = await this.journey.post(step, body);
    this.problem = answer.status === 200 ? undefined : problemOf(answer).code;
    expect([step, answer.status < 500]).toEqual([step, true]);
    if (this.problem === 'interaction_ended') await this.begin();
    if (answer.status !== 200) return false;
    this.view = answer.json() as InteractionView;
    for (const each of referencesIn(this.view)) {
      if (this.sent.some(({ reference }) => reference === each.reference)) continue;
      const known = this.person.factors.find(({ enrollmentId }) => enrollmentId === each.owner)?.number;
      const to = { email: this.person.email, number: known ?? this.dialled };
      const code = await findSentCode(this.service, each, to);
      if (code !== undefined) this.sent.push({ ...each, code, api: this.journey.api });
    }
    return true;
  }

  /** Goes on to where the move has a meaning, four times of five: or most walks would never leave the first steps. */
  async approach(move: Move, usual: Who): Promise<void> {
    const forFirst = ['address', 'enroll', 'confirm', 'resend'].includes(move.do);
    if (!forFirst && !['ask', 'answer', 'recover', 'help'].includes(move.do)) return;
    if (this.view.step === 'identify') await this.take({ do: 'identify', who: forFirst ? 3 : usual }, this);
    if (this.view.step === 'first_factor') await this.take({ do: 'password', right: true }, this);
    if (this.view.step === 'confirm_address' && forFirst && !['address', 'resend'].includes(move.do))
      await this.take({ do: 'address', which: 'newest' }, this);
    if (this.view.step === 'enrollment' && move.do === 'confirm' && !this.pending)
      await this.take({ do: 'enroll', kind: 'totp', channel: 'text' }, this);
  }

  async take(move: Move, other: Walker): Promise<void> {
    this.missed = undefined;
    switch (move.do) {
      case 'identify':
        if (!(await this.post('identify', { email: this.people[move.who]?.email }))) return;
        this.who = move.who;
        {
          this.forget();
          return;
        }
      case 'password': {
        const { password, factors, ended } = this.person;
        const accepted = await this.post('password', { password: move.right ? password : `${password}x` });
        expect(accepted && !move.right).toBe(false);
        if (!accepted) return;
        this.factors = factors.length;
        this.ended = ended;
        return;
      }
      case 'address': {
        const code = this.sentCode(MAILBOX, move.which, other, 8);
        if (!(await this.post('address', { code }))) return;
        this.expectFirst(this.spentName(MAILBOX), code, [this.newest(MAILBOX)]);
        // A mailbox that is proven after a right password is no factor yet (S48).
        expect(this.factors).toBe(0);
        expect(this.view.step).toBe('enrollment');
        return;
      }
      case 'ask': {
        const factor = this.own(move.channel === 'mail' ? 'email' : 'phone');
        const { enrollmentId } = factor;
        await this.post(
          'challenge/code',
          move.channel === 'mail' ? { enrollmentId } : { enrollmentId, channel: move.channel },
        );
        return;
      }
      case 'answer':
        return this.answer(this.own(move.kind), move.which, other);
      case 'recover':
        return this.recover(move.which);
      case 'enroll':
        return this.enroll(move.kind, move.channel);
      case 'confirm':
        return this.confirm(move.which, other);
      case 'resend':
        if (this.view.step === 'confirm_address') await this.post('address-code', {});
        else await this.post('enrollment/code', this.pending?.kind === 'phone' ? { channel: 'text' } : {});
        return;
      case 'renew':
        if (!(await this.post('recovery-codes/renew', {}))) return;
        expect(this.belongsIn).toBe(true);
        {
          this.noteRecoveryCodes();
          return;
        }
      case 'save':
        if (await this.post('recovery-codes', {})) expect(this.belongsIn).toBe(true);
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

  /** A factor of a kind; one that nobody has where the person has none of it. */
  own(kind: FactorKind): Owned {
    return (
      this.person.factors.find((each) => each.kind === kind) ?? { kind, enrollmentId: 'nobody-has-this' }
    );
  }

  async answer(factor: Owned, chosen: Which, other: Walker): Promise<void> {
    const { enrollmentId } = factor;
    const code = this.codeOf(factor, chosen, other);
    if (!(await this.post('challenge', { enrollmentId, code }))) {
      if (this.problem === 'wrong_code') this.missed = enrollmentId;
      return;
    }
    this.expectFirst(enrollmentId, code, this.rightCodes(factor));
    this.prove(factor);
    const enough = leastOf(this.demand) === '1fa' || acceptedBy(this.demand).includes(factor.kind);
    if (enough) expect(this.view.step).toBe('done');
    else expect(this.view).toMatchObject({ step: 'enrollment', because: 'stronger' });
  }

  async recover(chosen: 'right' | 'spent' | 'wrong'): Promise<void> {
    const { recoveryCodes, spentCodes, factors } = this.person;
    const [right] = recoveryCodes;
    const code =
      { right, spent: spentCodes.at(-1), wrong: undefined }[chosen] ?? 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF';
    const lost = factors.slice(0, 1).map(({ enrollmentId }) => enrollmentId);
    if (!(await this.post('recovery', { code, lost: lost.length > 0 ? lost : ['nobody-has-this'] }))) return;
    expect([code === right, this.factors !== undefined]).toEqual([true, true]);
    this.person.recoveryCodes = recoveryCodes.slice(1);
    spentCodes.push(code);
    this.lost = lost;
    // It raises nothing by itself (S39).
    expect(this.view).toMatchObject({ step: 'enrollment', because: 'recovery' });
  }

  async enroll(kind: FactorKind, channel: 'text' | 'call'): Promise<void> {
    const number = mobileNumber();
    const body = kind === 'phone' ? { kind, number, channel } : { kind };
    this.pending = undefined;
    this.dialled = number;
    if (!(await this.post('enrollment', body))) return;
    expect([kind, acceptedBy(this.demand).includes(kind)]).toEqual([kind, true]);
    if (this.view.step !== 'enrollment') {
      // The mailbox that was proven in this sign-in needs no second code.
      expect([kind, this.factors, this.person.factors]).toEqual(['email', 0, []]);
      const factor = { kind, enrollmentId: await this.newestEnrollment() };
      this.person.factors.push(factor);
      this.prove(factor);
      this.noteRecoveryCodes();
      return;
    }
    const { pending } = this.view;
    if (!pending) throw new Error('Nothing waits for its code.');
    const { enrollmentId } = pending;
    this.pending =
      pending.kind === 'totp' ? { kind, enrollmentId, uri: pending.uri } : { kind, enrollmentId, number };
  }

  async confirm(chosen: Which, other: Walker): Promise<void> {
    const factor = this.pending;
    if (!factor) return;
    const { enrollmentId } = factor;
    const isFirst = this.view.step === 'enrollment' && this.view.because === 'first';
    const code = this.codeOf(factor, chosen, other);
    if (!(await this.post('enrollment/confirm', { enrollmentId, code, name: 'New one' }))) return;
    this.expectFirst(enrollmentId, code, this.rightCodes(factor));
    this.pending = undefined;
    const { person } = this;
    if (isFirst) expect(person.factors).toEqual([]);
    if (this.lost.length > 0) {
      person.factors = person.factors.filter((each) => !this.lost.includes(each.enrollmentId));
      person.ended += 1;
    }
    person.factors.push(factor);
    this.prove(factor);
    this.noteRecoveryCodes();
  }

  prove(factor: Owned): void {
    expect([factor.kind, this.factors !== undefined]).toEqual([factor.kind, true]);
    const channel = this.sent.findLast(({ owner }) => owner === factor.enrollmentId)?.channel ?? 'mail';
    this.proofs.push(factor.kind === 'totp' ? 'app' : factor.kind === 'email' ? 'mail' : channel);
    this.proved.push(factor.enrollmentId);
    this.ended = this.person.ended;
  }

  /** A set that is shown voids the one before it. */
  noteRecoveryCodes(): void {
    if (this.view.step !== 'recovery_codes' || !this.view.codes) return;
    this.person.spentCodes.push(...this.person.recoveryCodes);
    this.person.recoveryCodes = this.view.codes;
  }

  async newestEnrollment(): Promise<string> {
    const answer = await this.browser.getJson(`${this.service.issuer}/api/account`);
    expect(answer.status).toBe(200);
    return (answer.json() as AccountView).enrollments.at(-1)?.enrollmentId ?? '';
  }
}
