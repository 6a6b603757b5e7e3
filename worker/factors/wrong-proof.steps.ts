import { defineStep, type Step } from '../ports/redis.ts';

/**
 * Writes into the audit stream that a proof was wrong (S70): the load that reserved the try could only say that there
 * was one, since the secret is compared outside the store. One round trip.
 */
export const recordWrongProof: Step<
  never,
  { readonly now: number; readonly status: 'wrong_password' | 'wrong_code' },
  { readonly status: 'wrong_password' | 'wrong_code' }
> = defineStep({
  name: 'recordWrongProof',
  keys: [],
  changes: true,
  lua: `return { status = args.status }`,
});
