// Which code somebody types in a sign-in, and which one may be taken.
import { expect } from 'vitest';
import type { Journey } from '../flow/person.ts';
import type { InProcessService } from './in-process.ts';
import type { Which } from './sign-in-moves.ts';
import { MAILBOX, type SentTo } from './sign-in-sent.ts';
import { totpCode } from './totp.ts';
import type { Owned } from './walked-people.ts';

/** Codes that were taken, in all walks: with the factor that they were for. */
const taken = new Set<string>();
/** The last of each. */
const spent = new Map<string, string>();

/** Somebody with the codes that their sign-ins had sent. */
export class Typist {
  readonly service: InProcessService;
  journey!: Journey;
  readonly sent: SentTo[] = [];

  constructor(service: InProcessService) {
    this.service = service;
  }

  /** What was taken was right, for the first time. */
  expectFirst(what: string, code: string, right: readonly (string | undefined)[]): void {
    const name = `${what}:${code}`;
    expect([name, right.includes(code), taken.has(name)]).toEqual([name, true, false]);
    taken.add(name);
    spent.set(what, code);
  }

  /** Codes that may be taken: of an app those of two half minutes, else the newest that this sign-in had sent. */
  rightCodes({ uri, enrollmentId }: Owned): readonly (string | undefined)[] {
    if (uri === undefined) return [this.newest(enrollmentId)];
    return [0, -30].map((shift) => totpCode(uri, this.service.now() + shift));
  }

  /** The mailbox is proven for one sign-in; a factor is one for all. */
  spentName(owner: string): string {
    return owner === MAILBOX ? owner + this.journey.api : owner;
  }

  newest(owner: string): string | undefined {
    return this.sent.findLast((each) => each.owner === owner && each.api === this.journey.api)?.code;
  }

  codeOf({ uri, kind, enrollmentId }: Owned, chosen: Which, other: Typist): string {
    if (uri === undefined) return this.sentCode(enrollmentId, chosen, other, kind === 'email' ? 8 : 6);
    if (chosen === 'newest') return totpCode(uri, this.service.now());
    if (chosen === 'spent') return spent.get(enrollmentId) ?? '000000';
    return chosen === 'older' ? totpCode(uri, this.service.now() - 90) : '000000';
  }

  sentCode(owner: string, chosen: Which, other: Typist, length: number): string {
    const of = (typist: Typist): (string | undefined)[] =>
      typist.sent.filter((each) => each.owner === owner).map(({ code }) => code);
    const [newest, older] = of(this).toReversed();
    const code = {
      newest,
      older,
      'other browser': of(other).at(-1),
      spent: spent.get(this.spentName(owner)),
      wrong: undefined,
    }[chosen];
    return code ?? '0'.repeat(length);
  }
}
