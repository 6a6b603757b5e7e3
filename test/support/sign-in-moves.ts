// What somebody may do in a sign-in, drawn at random, and the shortest ways through it.
import fc from 'fast-check';
import type { FactorKind } from '../../worker/assurance/policy.ts';

/** Two people with every kind of factor, one with the mailbox alone, one with none. */
export type Who = 0 | 1 | 2 | 3;
export type Channel = 'mail' | 'text' | 'call';
/** Which code is typed: the newest one, the one before it, the one that was taken last, a wrong one, or one of the other browser. */
export type Which = 'newest' | 'older' | 'spent' | 'wrong' | 'other browser';
export type Move =
  | { readonly do: 'identify'; readonly who: Who }
  | { readonly do: 'password'; readonly right: boolean }
  | { readonly do: 'address'; readonly which: Which }
  | { readonly do: 'ask'; readonly channel: Channel }
  | { readonly do: 'answer'; readonly kind: FactorKind; readonly which: Which }
  | { readonly do: 'recover'; readonly which: 'right' | 'spent' | 'wrong' }
  | { readonly do: 'enroll'; readonly kind: FactorKind; readonly channel: 'text' | 'call' }
  | { readonly do: 'confirm'; readonly which: Which }
  | { readonly do: 'resend' | 'renew' | 'save' | 'restart' | 'cancel' | 'help' }
  | { readonly do: 'wait'; readonly seconds: number };

const which = fc.constantFrom<Which>(
  'newest',
  'newest',
  'newest',
  'older',
  'spent',
  'wrong',
  'other browser',
);
const kind = fc.constantFrom<FactorKind>('totp', 'email', 'phone');
const channel = fc.constantFrom<Channel>('mail', 'text', 'call');
const phoneChannel = fc.constantFrom('text' as const, 'call' as const);
const is = <Name extends Move['do']>(name: Name): fc.Arbitrary<Name> => fc.constant(name);

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: is('identify'), who: fc.constantFrom<Who>(0, 1, 2, 3) }) },
  { weight: 3, arbitrary: fc.record({ do: is('password'), right: fc.constantFrom(true, true, false) }) },
  { weight: 2, arbitrary: fc.record({ do: is('address'), which }) },
  { weight: 4, arbitrary: fc.record({ do: is('ask'), channel }) },
  { weight: 6, arbitrary: fc.record({ do: is('answer'), kind, which }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: is('recover'), which: fc.constantFrom('right', 'right', 'spent', 'wrong') }),
  },
  { weight: 3, arbitrary: fc.record({ do: is('enroll'), kind, channel: phoneChannel }) },
  { weight: 3, arbitrary: fc.record({ do: is('confirm'), which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('resend', 'resend', 'renew', 'renew', 'save', 'restart', 'cancel', 'help'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: is('wait'), seconds: fc.constantFrom(1, 31, 61, 301) }) },
);

/** Moves in two browsers; one that is `straight` goes to where it has a meaning first, or most would be refused at once. */
export const moves = fc.array(
  fc.record({
    browser: fc.constantFrom(0 as const, 1 as const),
    move,
    straight: fc.constantFrom(true, true, true, true, false),
  }),
  { minLength: 6, maxLength: 20 },
);

/** A sign-in of one person, after a right password. */
export interface WayIn {
  readonly who: Who;
  readonly moves: readonly Move[];
}

const address: Move = { do: 'address', which: 'newest' };
const confirm: Move = { do: 'confirm', which: 'newest' };
const later: Move = { do: 'wait', seconds: 61 };
const [resend, renew, save] = (['resend', 'renew', 'save'] as const).map((name): Move => ({ do: name }));
const saved: readonly Move[] = [renew, save].filter((each) => each !== undefined);
const again: readonly Move[] = [later, resend].filter((each) => each !== undefined);
const enroll = (kind: FactorKind, channel: 'text' | 'call' = 'text'): Move => ({
  do: 'enroll',
  kind,
  channel,
});
const proof = (kind: FactorKind, channel: Channel): readonly Move[] => [
  { do: 'ask', channel },
  { do: 'answer', kind, which: 'newest' },
];

const app = (which: Which): readonly Move[] => [{ do: 'answer', kind: 'totp', which }];
const restart: Move = { do: 'restart' };
const anew = (who: Who): readonly Move[] => [
  { do: 'identify', who },
  { do: 'password', right: true },
];

/** The shortest ways in and back to a code that was taken, so that every kind and channel is walked to its end, and every way of setting one up. */
export const WAYS: readonly WayIn[] = [
  { who: 0, moves: proof('email', 'mail') },
  { who: 0, moves: proof('phone', 'text') },
  { who: 0, moves: proof('phone', 'call') },
  { who: 0, moves: [...app('newest'), ...anew(0), ...app('spent')] },
  { who: 0, moves: [{ do: 'recover', which: 'right' }, enroll('totp'), confirm, ...saved] },
  { who: 0, moves: [{ do: 'recover', which: 'right' }, enroll('phone'), ...again, confirm, ...saved] },
  { who: 2, moves: [...proof('email', 'mail'), enroll('totp'), confirm, ...saved] },
  { who: 2, moves: [...proof('email', 'mail'), enroll('phone', 'call'), confirm, ...saved] },
  { who: 2, moves: [{ do: 'recover', which: 'right' }, enroll('email'), confirm, ...saved] },
  {
    who: 2,
    moves: [...proof('email', 'mail'), restart, ...anew(2), { do: 'answer', kind: 'email', which: 'spent' }],
  },
  { who: 3, moves: [address, restart, ...anew(3), { do: 'address', which: 'spent' }] },
  { who: 3, moves: [address, enroll('totp'), confirm, ...saved] },
  { who: 3, moves: [...again, address, enroll('email'), ...saved] },
  { who: 3, moves: [address, enroll('phone', 'call'), ...again, confirm, ...saved] },
];
