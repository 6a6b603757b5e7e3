import type { AuditEvent } from '../ports/redis.ts';
import type { RequestContext } from './request-context.ts';

/** Makes an audit event: what, when, from where and how. Details are never secret (S70, S71). */
export function auditEvent(
  request: RequestContext,
  type: string,
  details: Readonly<Record<string, string | undefined>> = {},
): AuditEvent {
  const { now, requestId, address, country, userAgent } = request;
  return { type, at: now, requestId, address, ...(country ? { country } : {}), userAgent, ...details };
}
