// Short ways to a step, for tests that are about what comes after it. Hashing passwords costs most of the time, so people
// are copies of one who was invited in earnest, and a journey may begin as if its password had just been right. The
// sign-in suite goes the whole way.
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { PendingTotpWire } from '../../worker/interaction/wire.ts';
import type { FactorKind } from '../../worker/assurance/policy.ts';
import { waysOf } from '../../worker/interaction/next-step.ts';
import { key, prefix } from '../../worker/storage-keys.ts';
import { Browser } from '../support/browser.ts';
import { totpCode } from '../support/totp.ts';
import type { FlowWorld } from './flow-world.ts';
import { type Enrolled, Journey, pendingApp } from './person.ts';
import { subjectOf } from './store.ts';

export interface Member {
  readonly email: string;
  readonly password: string;
}

const KINDS: readonly FactorKind[] = ['totp', 'phone', 'email'];

const originals = new WeakMap<FlowWorld, Promise<Member>>();

/** Of which organisation somebody is, and what they may do there. */
export interface Standing {
  readonly organization?: string;
  readonly role?: 'member' | 'admin' | 'owner';
  readonly name?: string;
}

/** Gives a member without a factor. */
export async function member(world: FlowWorld, standing: Standing = {}): Promise<Member> {
  const original = originals.get(world) ?? world.person();
  originals.set(world, original);
  const { email: from, password } = await original;
  const { organization = 'example', role = 'member', name } = standing;
  const record = Object.entries(await world.redis.hGetAll(key.account(await subjectOf(world, from))));
  // Of the copy nothing is indexed yet: that comes with its first sign-in.
  const copied = record.filter(([field]) => !/^(member|indexed):/.test(field));
  const sub = randomUUID();
  const email = `m-${sub.slice(0, 13)}@example.com`;
  await world.redis.hSet(key.account(sub), {
    ...Object.fromEntries(copied),
    email,
    home: organization,
    [`member:${organization}`]: role,
    ...(name === undefined ? {} : { name, folded: name.toLowerCase() }),
  });
  await world.redis.set(key.address(email), sub);
  if (organization !== 'example' || role !== 'member') {
    await world.redis.zAdd(key.members(organization), { score: world.now(), value: sub });
  }
  if (role !== 'member') await world.redis.sAdd(prefix.administrators + organization, sub);
  return { email, password };
}

/** Gives a member who has enrolled an app and is signed in at the portal. The clock is moved past the code used. */
export async function memberWithApp(world: FlowWorld, standing: Standing = {}): Promise<Enrolled> {
  const who = await member(world, standing);
  const journey = await waitingForEnrollment(world, who);
  const pending = await startApp(journey);
  const code = totpCode(pending.uri, world.now());
  await journey.go('enrollment/confirm', { enrollmentId: pending.enrollmentId, code, name: 'My phone' });
  await journey.go('recovery-codes', {});
  await world.advance(30);
  const { browser } = journey;
  return { ...who, enrollmentId: pending.enrollmentId, uri: pending.uri, browser };
}

/** Starts an app in a journey that waits for one. */
export async function startApp(journey: Journey, renew = false): Promise<PendingTotpWire> {
  const view = await journey.go('enrollment', { kind: 'totp', renew });
  return pendingApp(view);
}

/** Begins a journey that waits for the app's code. */
export function waitingForApp(world: FlowWorld, who: Member, browser = new Browser()): Promise<Journey> {
  return beginAt(world, who, 'challenge', browser);
}

/** Begins a journey that waits for the code from the mailbox; none is sent yet. */
export function waitingForMailbox(world: FlowWorld, who: Member, browser = new Browser()): Promise<Journey> {
  return beginAt(world, who, 'confirm_address', browser);
}

/** Begins a journey that waits for a factor to be enrolled. */
export function waitingForEnrollment(
  world: FlowWorld,
  who: Member,
  browser = new Browser(),
): Promise<Journey> {
  return beginAt(world, who, 'enrollment', browser);
}

async function beginAt(
  world: FlowWorld,
  { email }: Member,
  step: 'challenge' | 'confirm_address' | 'enrollment',
  browser: Browser,
): Promise<Journey> {
  const journey = await Journey.begin(browser, `${world.issuer}/account`);
  await world.advance(1); // A lock-out ends the sign-ins of its own second too.
  const id = new URL(journey.api).pathname.split('/').at(-1) ?? '';
  await world.redis.hSet(key.interaction(id), {
    step,
    email,
    sub: await subjectOf(world, email),
    methods: 'password',
    firstFactorAt: String(world.now()),
    kinds: KINDS.join(','),
    ways: JSON.stringify(waysOf(KINDS, 'done')),
    enrollmentKinds: KINDS.join(','),
    enrollmentWays: JSON.stringify(waysOf(KINDS, 'done')),
    ...(step === 'enrollment' ? { because: 'first', addressProvenAt: String(world.now()) } : {}),
  });
  expect(await journey.view()).toMatchObject({ step });
  return journey;
}

/** Gives one after another, and begins anew at the end. */
export function pick<T>(all: readonly T[], index: number): T {
  const [one] = all.slice(index % all.length);
  if (one === undefined) throw new Error('There is nothing to pick from.');
  return one;
}
