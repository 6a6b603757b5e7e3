import type { AuditEvent } from './redis.ts';

/**
 * Writes events to the operator's log, one JSON object a line, so that what people send can't forge a line (S70).
 * Never given a password, code, seed, token, session id, key, or an error of the Redis client (S71).
 */
export interface AuditPort {
  record(event: AuditEvent & { readonly result: string }): void;
  /** An outage or a bug: the name of what failed, never a value. */
  fault(fault: { readonly requestId: string; readonly name: string; readonly message: string }): void;
}
