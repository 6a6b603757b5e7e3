// Quick ways to people with factors of every kind, and to the codes that are sent to them. Codes are found by the reference
// that the screen shows, as a careful person finds them.
import { isValidPhoneNumber } from 'libphonenumber-js/max';
import { LIMITS } from '../../worker/factors/limits.ts';
import type {
  AccountView,
  ChannelWire,
  FactorChoiceWire,
  InteractionView,
  PendingSentWire,
  SentCodeWire,
} from '../../worker/interaction/wire.ts';
import { prefix } from '../../worker/storage-keys.ts';
import type { Message } from '../world/outbox/message-store.ts';
import type { FlowWorld } from './flow-world.ts';
import type { Enrolled, Journey } from './person.ts';
import { Portal } from './portal.ts';
import {
  type Member,
  member,
  memberWithApp,
  type Standing,
  waitingForApp,
  waitingForEnrollment,
} from './shortcut.ts';

/** A factor that codes are sent to. */
export interface SentTo {
  readonly enrollmentId: string;
  /** An address, or a number in E.164. */
  readonly to: string;
}

/** Somebody signed in at the portal with the first factor that they enrolled. */
export interface Factored extends Member {
  readonly portal: Portal;
  readonly recoveryCodes: readonly string[];
  readonly factor: SentTo;
}

let numbers = 0;

/** Gives a Danish mobile number that no other test uses, each of another range. */
export function mobileNumber(): string {
  for (;;) {
    numbers += 1;
    const number = `+452${String((numbers * 123_457) % 10_000_000).padStart(7, '0')}`;
    if (isValidPhoneNumber(number)) return number;
  }
}

/** Gives somebody whose mailbox is their only factor. */
export async function memberWithEmail(world: FlowWorld, standing: Standing = {}): Promise<Factored> {
  const who = await member(world, standing);
  const journey = await waitingForEnrollment(world, who);
  const view = await journey.go('enrollment', { kind: 'email' });
  const recoveryCodes = codesOf(view);
  await journey.go('recovery-codes', {});
  const portal = await portalOf(world, journey);
  const [enrollment] = (await portal.view()).enrollments;
  return {
    ...who,
    portal,
    recoveryCodes,
    factor: { enrollmentId: enrollment?.enrollmentId ?? '', to: who.email },
  };
}

/** Enrols a phone as somebody's only factor. */
export async function enrolledPhone(
  world: FlowWorld,
  number = mobileNumber(),
): Promise<Omit<Factored, 'portal'> & { readonly journey: Journey }> {
  const who = await member(world);
  const journey = await waitingForEnrollment(world, who);
  const pending = pendingSent(await journey.go('enrollment', { kind: 'phone', number, channel: 'text' }));
  const { enrollmentId, sent } = pending;
  const code = await readCode(world, number, sent);
  const view = await journey.go('enrollment/confirm', { enrollmentId, code, name: 'My number' });
  const recoveryCodes = codesOf(view);
  await journey.go('recovery-codes', {});
  return { ...who, journey, recoveryCodes, factor: { enrollmentId, to: number } };
}

/** Gives somebody whose phone is their only factor. */
export async function memberWithPhone(world: FlowWorld, number = mobileNumber()): Promise<Factored> {
  const { journey, ...who } = await enrolledPhone(world, number);
  return { ...who, portal: await portalOf(world, journey) };
}

/** Gives somebody with an app and recovery codes who has just signed in at the portal; the set is a new one. */
export async function memberWithAppAndCodes(world: FlowWorld): Promise<{
  readonly person: Enrolled;
  readonly portal: Portal;
  readonly recoveryCodes: readonly string[];
}> {
  const person = await memberWithApp(world);
  const portal = new Portal(world, person.browser);
  await portal.open();
  const made = (await portal.post('/recovery-codes', {})).json() as { readonly codes: readonly string[] };
  return { person, portal, recoveryCodes: made.codes };
}

/** Adds the mailbox as another factor. */
export async function addEmail(portal: Portal, email: string): Promise<SentTo> {
  return addSent(portal, { kind: 'email' }, email);
}

/** Adds a phone as another factor. */
export async function addPhone(portal: Portal, number = mobileNumber()): Promise<SentTo> {
  return addSent(portal, { kind: 'phone', number, channel: 'text' }, number);
}

async function addSent(portal: Portal, body: object, to: string): Promise<SentTo> {
  const started = await portal.post('/enrollments', body);
  if (started.status !== 200) throw new Error(`Not started: ${started.status} ${started.text}`);
  const { enrollmentId, sent } = started.json() as PendingSentWire;
  const code = await readCode(portal.world, to, sent);
  const bound = await portal.post('/enrollments/confirm', { enrollmentId, code, name: 'Another one' });
  if (bound.status !== 200) throw new Error(`Not bound: ${bound.status} ${bound.text}`);
  return { enrollmentId, to };
}

/** Begins a sign-in that waits for a second factor. */
export function challenged(world: FlowWorld, who: Member): Promise<Journey> {
  return waitingForApp(world, who);
}

/** Has a code sent in a sign-in, and reads it. */
export async function askedCode(
  world: FlowWorld,
  journey: Journey,
  { enrollmentId, to }: SentTo,
  channel?: 'text' | 'call',
): Promise<string> {
  const body = { enrollmentId, ...(to.startsWith('+') ? { channel: channel ?? 'text' } : {}) };
  const view = await journey.go('challenge/code', body);
  return readCode(world, to, sentOf(factorIn(view, enrollmentId)));
}

/** Has a code sent at the portal, to prove a factor, and reads it. */
export async function askedOwnCode(
  portal: Portal,
  { enrollmentId, to }: SentTo,
  channel: 'text' | 'call' = 'text',
): Promise<string> {
  const answer = await portal.post(
    `/enrollments/${enrollmentId}/code`,
    to.startsWith('+') ? { channel } : {},
  );
  if (answer.status !== 200) throw new Error(`No code: ${answer.status} ${answer.text}`);
  const { enrollments } = answer.json() as AccountView;
  return readCode(portal.world, to, sentOf(enrollments.find((one) => one.enrollmentId === enrollmentId)));
}

/** Waits for the message that carries this reference, and gives its code; a call is answered for it. */
export async function readCode(world: FlowWorld, to: string, sent: SentCodeWire): Promise<string> {
  if (sent.channel === 'call') {
    const call = await world.outbox.next((message) => message.to === to && message.channel === 'call');
    return digitsIn(await world.outbox.answerCall(call.id));
  }
  return codeIn(await messageWith(world, to, sent));
}

/** Waits for the mail or text that carries this reference. */
export function messageWith(world: FlowWorld, to: string, { reference }: SentCodeWire): Promise<Message> {
  const shown = new RegExp(`[Rr]eference:? ${reference}\\b`);
  return world.outbox.next((message) => message.to === to && shown.test(message.text));
}

const MAILED = /(?<!\d)(\d{8})(?!\d)/;
const TEXTED = /^@\S+ #(\d{6})\s*$/m;

/** Gives the code in a mail or a text. */
export function codeIn({ channel, text }: Message): string {
  const code = (channel === 'email' ? MAILED : TEXTED).exec(text)?.[1];
  if (code === undefined) throw new Error(`No code in: ${text}`);
  return code;
}

const SPOKEN: ReadonlyMap<string, string> = new Map(
  [
    ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
    ['nul', 'en', 'to', 'tre', 'fire', 'fem', 'seks', 'syv', 'otte', 'ni'],
  ].flatMap((words) => words.map((word, digit) => [word, String(digit)] as const)),
);

/** Gives the code in what a call said: the first line that is nothing but digits in words. '' where there is none. */
export function digitsIn(lines: readonly string[]): string {
  for (const line of lines) {
    const digits = line.split(', ').map((word) => SPOKEN.get(word));
    if (digits.length > 1 && digits.every((digit) => digit !== undefined)) return digits.join('');
  }
  return '';
}

/** Gives a code of the same length that is wrong. */
export function otherThan(code: string): string {
  return (code.startsWith('0') ? '1' : '0') + code.slice(1);
}

/** Gives a factor of a challenge. */
export function factorIn(view: InteractionView, enrollmentId: string): FactorChoiceWire {
  const factor =
    view.step === 'challenge' ? view.factors.find((one) => one.enrollmentId === enrollmentId) : undefined;
  if (!factor) throw new Error(`The factor is not offered at ${view.step}.`);
  return factor;
}

/** Gives the newest code that was sent to it. */
export function sentOf(factor: { readonly sent?: SentCodeWire } | undefined): SentCodeWire {
  if (!factor?.sent) throw new Error('No code was sent.');
  return factor.sent;
}

/** Gives the mailbox or phone that waits for its code. */
export function pendingSent(view: InteractionView): PendingSentWire {
  if (view.step !== 'enrollment' || !view.pending || view.pending.kind === 'totp')
    throw new Error(`Nothing waits for a code at ${view.step}.`);
  return view.pending;
}

/** Forgets what the limits of sending have counted, for tests about something else that send much. */
export async function forgetSends(world: FlowWorld): Promise<void> {
  for (const name of Object.keys(LIMITS)) {
    if (!/^(code-account|mail-|phone-)/.test(name)) continue;
    for await (const keys of world.redis.scanIterator({ MATCH: `${prefix.limit}${name}:*`, COUNT: 1000 })) {
      if (keys.length > 0) await world.redis.del(keys);
    }
  }
}

/** The word for how a code goes to a factor. */
export function channelTo({ to }: SentTo): ChannelWire {
  return to.startsWith('+') ? 'text' : 'mail';
}

function codesOf(view: InteractionView): readonly string[] {
  if (view.step !== 'recovery_codes' || !view.codes) throw new Error(`No recovery codes at ${view.step}.`);
  return view.codes;
}

async function portalOf(world: FlowWorld, { browser }: Journey): Promise<Portal> {
  const portal = new Portal(world, browser);
  await portal.open();
  return portal;
}
