// What tests of an organisation's log begin with: an owner, members, and something that happened.
import { expect } from 'vitest';
import { AUDIT_STREAM, prefix } from '../../worker/storage-keys.ts';
import { type Administrator, administrator, newOrganization } from './administrator.ts';
import type { FlowWorld } from './flow-world.ts';
import type { Enrolled } from './person.ts';
import { Portal } from './portal.ts';
import { memberWithApp } from './shortcut.ts';
import { subjectOf } from './store.ts';

/** An organisation of the test's own with its owner, signed in. */
export async function organizationWithOwner(world: FlowWorld, name?: string): Promise<Administrator> {
  const organization = await newOrganization(world, name);
  return administrator(world, { organization });
}

export interface SignedInMember {
  readonly person: Enrolled;
  readonly sub: string;
  readonly portal: Portal;
}

/** A member who is signed in at the portal with an app. */
export async function memberOf(world: FlowWorld, organization: string): Promise<SignedInMember> {
  const person = await memberWithApp(world, { organization });
  const portal = new Portal(world, person.browser);
  await portal.open();
  return { person, portal, sub: await subjectOf(world, person.email) };
}

/** Has a member rename themselves, so that the log has something of theirs. */
export async function rename(portal: Portal, name: string): Promise<void> {
  expect((await portal.post('/profile', { name })).status).toBe(200);
}

/** Entries of a member as if they had been written one after another. */
export async function fillLog(
  world: FlowWorld,
  organization: string,
  sub: string,
  count: number,
): Promise<void> {
  const { redis } = world;
  for (let at = 0; at < count; at += 1) {
    const event = { type: 'factor.rename', at: world.now(), requestId: 'f', sub, result: 'ok' };
    const id = await redis.xAdd(AUDIT_STREAM, '*', { event: JSON.stringify(event) });
    const log = `${prefix.auditLog}${organization}`;
    const entry = { score: event.at, value: id };
    await redis
      .multi()
      .zAdd(log, entry)
      .zAdd(`${log}:member:${sub}`, entry)
      .zAdd(`${log}:group:factor`, entry)
      .exec();
  }
}
