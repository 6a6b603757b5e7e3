// What the audit trail's entries say to an administrator.

import type { AuditEntryWire, AuditGroupWire } from '../../worker/interaction/wire.ts';
import { text } from '../localization/localize-administration.ts';
import { administrationEventText } from './audit-events.ts';
import { activityText, isInVain, knowsActivity } from '../profile/activity-text.ts';

export const AUDIT_GROUPS: readonly AuditGroupWire[] = [
  'sign_in',
  'factor',
  'account',
  'policy',
  'admin',
  'message',
  'site',
  'other',
];

/** Says what happened. A type without words here is shown as it is written, never left out. */
export function auditText({ type, result }: AuditEntryWire): string {
  const own = administrationEventText(type);
  if (own !== undefined) return result === 'ok' ? own : text('activity.failed', { what: own });
  return knowsActivity(type) ? activityText({ type, result }) : type;
}

/** Whether something was tried and refused. */
export function isRefused({ type, result }: AuditEntryWire): boolean {
  return isInVain({ type, result });
}
