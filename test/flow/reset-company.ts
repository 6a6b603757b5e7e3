// An organisation in which factors are reset, for the suites of resets.
import type { FactorResetWire, MemberWire } from '../../worker/interaction/wire.ts';
import { key } from '../../worker/storage-keys.ts';
import { type Administrator, administrator, newOrganization } from './administrator.ts';
import type { FlowWorld } from './flow-world.ts';

/** What GET /resets answers. */
export interface Pending {
  readonly resets: readonly FactorResetWire[];
  readonly help: readonly MemberWire[];
}

export interface Company {
  readonly id: string;
  readonly ada: Administrator;
}

/** Makes one with an owner, that gives members so long to stop a reset. */
export async function resettingCompany(world: FlowWorld, delaySeconds = 0): Promise<Company> {
  const id = await newOrganization(world);
  await world.redis.hSet(key.organization(id), {
    policy: JSON.stringify({ resetDelaySeconds: delaySeconds }),
    policyVersion: 1,
  });
  return { id, ada: await administrator(world, { organization: id, name: 'Ada Admin' }) };
}

/** Names the factors that an account has. */
export async function enrollmentFields(world: FlowWorld, sub: string): Promise<readonly string[]> {
  const fields = await world.redis.hKeys(key.account(sub));
  return fields.filter((field) => field.startsWith('enrollment:'));
}
