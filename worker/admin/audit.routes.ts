import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { fieldErrors } from '../http/body.ts';
import { downloadHeaders } from '../http/csv.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import type { AuditEntryWire, AuditGroupWire, AuditPage } from '../interaction/wire.ts';
import { listOf } from '../ports/redis.ts';
import { act, type AdminEnv, idIn } from './acting.ts';
import { AUDIT_CSV_HEADING, auditCsvLine, auditEntry } from './audit-entry.ts';
import { type AuditFilters, readAudit } from './audit.steps.ts';

const ENTRIES_A_PAGE = 100;
/** What an export reads at once. */
const ENTRIES_AT_ONCE = 500;

// A record, so that a new group is a compile error here.
const GROUPS: Readonly<Record<AuditGroupWire, true>> = {
  sign_in: true,
  factor: true,
  account: true,
  policy: true,
  admin: true,
  message: true,
  site: true,
  other: true,
};

const moment = v.optional(
  v.pipe(v.string(), v.regex(/^\d{1,10}$/, 'Send a time in epoch seconds.'), v.transform(Number)),
);
const filters = v.strictObject({
  member: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'Send the id of a member.'))),
  group: v.optional(v.picklist(Object.keys(GROUPS) as AuditGroupWire[])),
  from: moment,
  to: moment,
  cursor: v.optional(v.pipe(v.string(), v.regex(/^\d{1,16}-\d{1,16}$/, 'Send what `next` said.'))),
});

/** Serves the log of an organisation. It can be read and taken away, and nothing here changes it (S70). */
export function auditRoutes(service: Service): Hono<AdminEnv> {
  return new Hono<AdminEnv>()
    .get('/audit', async (c) => {
      const asked = filtersIn(c);
      if (asked instanceof Response) return asked;
      const page = await readPage(c, service, asked, ENTRIES_A_PAGE);
      return page instanceof Response ? page : c.json(page);
    })
    .get('/audit.csv', (c) => download(c, service, 'text/csv', AUDIT_CSV_HEADING, auditCsvLine))
    .get('/audit.jsonl', (c) =>
      download(c, service, 'application/jsonl', '', (entry) => `${JSON.stringify(entry)}\n`),
    );
}

function filtersIn(c: Context<AdminEnv>): AuditFilters | Response {
  const parsed = v.safeParse(filters, c.req.query());
  if (!parsed.success) return problem('invalid_body', { errors: fieldErrors(parsed.issues) });
  const { member, group, from, to, cursor } = parsed.output;
  return {
    ...(member === undefined ? {} : { member }),
    ...(group === undefined ? {} : { group }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}

/** One round trip. */
async function readPage(
  c: Context<AdminEnv>,
  service: Service,
  asked: AuditFilters,
  count: number,
): Promise<AuditPage | Response> {
  const read = await act(c, service, readAudit, {}, { ...asked, count }, { fresh: false });
  if (read instanceof Response) return read;
  if (read.status === 'unknown_cursor') {
    return problem('invalid_body', {
      errors: [{ field: 'cursor', message: 'Start again without it: these filters have no such entry.' }],
    });
  }
  return {
    entries: listOf(read.records).map(auditEntry),
    ...(read.next === undefined ? {} : { next: read.next }),
  };
}

/**
 * Sends all of it, a page at a time and no sooner than it is taken. Who asks is checked for each page; where that fails or
 * the store is down, the download breaks off, so that nobody takes a part for the whole.
 */
async function download(
  c: Context<AdminEnv>,
  service: Service,
  type: 'text/csv' | 'application/jsonl',
  heading: string,
  line: (entry: AuditEntryWire) => string,
): Promise<Response> {
  const asked = filtersIn(c);
  if (asked instanceof Response) return asked;
  const first = await readPage(c, service, asked, ENTRIES_AT_ONCE);
  if (first instanceof Response) return first;
  const encoder = new TextEncoder();
  let page: AuditPage = first;
  let before = heading;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      controller.enqueue(encoder.encode(before + page.entries.map(line).join('')));
      before = '';
      if (page.next === undefined) {
        controller.close();
        return;
      }
      const next = await readPage(c, service, { ...asked, cursor: page.next }, ENTRIES_AT_ONCE);
      if (next instanceof Response) throw new Error('The export was broken off.');
      page = next;
    },
  });
  const ending = type === 'text/csv' ? 'csv' : 'jsonl';
  return new Response(body, {
    headers: downloadHeaders(type, `audit-${idIn(c, 'organization')}.${ending}`),
  });
}
