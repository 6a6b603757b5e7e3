import { defineStep, type Step } from '../ports/redis.ts';

/** Why a proof was refused: it was wrong, or what it is checked against can't be opened (S47). */
export type ProofRefusal = 'wrong_password' | 'wrong_code' | 'unreadable';

/**
 * Writes into the audit stream that a proof was refused (S70): the load that reserved the try could only say that there
 * was one, since secrets are compared outside the store. One round trip.
 */
export const recordRefusedProof: Step<
  never,
  { readonly now: number; readonly status: ProofRefusal },
  { readonly status: ProofRefusal }
> = defineStep({
  name: 'recordRefusedProof',
  keys: [],
  changes: true,
  lua: `return { status = args.status }`,
});
