import { csvLine } from '../http/csv.ts';
import type { AuditEntryWire } from '../interaction/wire.ts';
import type { AuditRecord } from './audit.steps.ts';

/** What an entry says in fields of its own, or not at all: the organisation is the one that asks. */
const NO_DETAIL: ReadonlySet<string> = new Set([
  ...['type', 'at', 'result', 'requestId', 'sub', 'by', 'operator', 'organization'],
  ...['clientId', 'address', 'country', 'userAgent'],
]);

/** What an organisation reads of a sign-in of somebody whose home is another one. */
const DETAILS_OF_GUESTS: ReadonlySet<string> = new Set(['kind', 'next', 'channel']);

/** Draws an entry for an administrator. */
export function auditEntry({ id, event, name, byName, isOwn, isMembers }: AuditRecord): AuditEntryWire {
  const { type, at, result, requestId, sub, clientId, address, country, userAgent } = event;
  const by = byName ?? text(event['by']) ?? text(event['operator']);
  const shown = isOwn || isMembers;
  return {
    id,
    at,
    type,
    result,
    requestId,
    ...(sub !== undefined && shown ? { sub } : {}),
    ...(name !== undefined && shown ? { memberName: name } : {}),
    ...(by === undefined ? {} : { by }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(address === undefined ? {} : { address }),
    ...(country === undefined ? {} : { country }),
    ...(userAgent === undefined ? {} : { device: userAgent }),
    details: detailsOf(event, isOwn),
  };
}

function detailsOf(event: AuditRecord['event'], isOwn: boolean): Readonly<Record<string, string>> {
  const details = Object.entries(event).flatMap(([field, value]) =>
    value === undefined || NO_DETAIL.has(field) || !(isOwn || DETAILS_OF_GUESTS.has(field))
      ? []
      : [[field, String(value)] as const],
  );
  return Object.fromEntries(details);
}

function text(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** The heading of the export as CSV. */
export const AUDIT_CSV_HEADING = csvLine([
  ...['time', 'event', 'result', 'member', 'member_id', 'by', 'site'],
  ...['address', 'country', 'device', 'details', 'request_id', 'entry_id'],
]);

/** Writes an entry as a line of it. */
export function auditCsvLine(entry: AuditEntryWire): string {
  const details = Object.entries(entry.details).map(([field, value]) => `${field}=${value}`);
  return csvLine([
    new Date(entry.at * 1000).toISOString(),
    ...[entry.type, entry.result, entry.memberName, entry.sub, entry.by, entry.clientId],
    ...[entry.address, entry.country, entry.device, details.join('; ')],
    ...[entry.requestId, entry.id],
  ]);
}
