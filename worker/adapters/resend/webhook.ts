// Reads what Resend tells about mails that it took. The SDK can verify too, but by a clock of its own.
import type { DestinationTrouble, MailReport } from '../../ports/mailer.ts';
import { decodeBase64 } from '../base64.ts';
import { readCappedBody } from '../capped-body.ts';

export type ReadReport =
  | { readonly status: 'report'; readonly report: MailReport }
  | { readonly status: 'unsigned' }
  | { readonly status: 'ignored' };

/** Seconds that the clocks of both sides may differ, and for which a copy of a request is worth something. */
const TOLERANCE_SECONDS = 300;

/** What an event says of the address; any other event says nothing of use. */
const TROUBLE_BY_EVENT: ReadonlyMap<unknown, DestinationTrouble | undefined> = new Map([
  ['email.delivered', undefined],
  ['email.bounced', 'bounced'],
  // The provider did not even try: an earlier mail to there bounced, or was complained about.
  ['email.suppressed', 'bounced'],
  ['email.complained', 'complained'],
]);

/**
 * Verifies a webhook's signature, then reads it. At most 256 KiB. `now` in epoch seconds.
 *
 * @see https://docs.svix.com/receiving/verifying-payloads/how-manual
 * @see https://resend.com/docs/dashboard/webhooks/event-types
 */
export async function readResendReport(
  secret: string | undefined,
  request: Request,
  now: number,
): Promise<ReadReport> {
  if (secret === undefined) return { status: 'unsigned' };
  const id = request.headers.get('svix-id') ?? '';
  const timestamp = request.headers.get('svix-timestamp') ?? '';
  if (id === '' || !/^\d{1,12}$/.test(timestamp)) return { status: 'unsigned' };
  if (Math.abs(now - Number(timestamp)) > TOLERANCE_SECONDS) return { status: 'unsigned' };
  const body = await readCappedBody(request);
  if (body === undefined) return { status: 'unsigned' };
  const signatures = request.headers.get('svix-signature') ?? '';
  if (!(await isSigned(secret, `${id}.${timestamp}.${body}`, signatures))) return { status: 'unsigned' };
  return readEvent(body);
}

/** `signatures` is a list with a space between, each `v1,` and base64: while a secret rotates there are two. */
async function isSigned(secret: string, text: string, signatures: string): Promise<boolean> {
  const raw = decodeBase64(secret.replace(/^whsec_/, ''));
  if (raw === undefined) return false;
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  const data = new TextEncoder().encode(text);
  // More than a few are an attempt to keep us busy.
  for (const entry of signatures.split(' ').slice(0, 8)) {
    const signature = entry.startsWith('v1,') ? decodeBase64(entry.slice(3)) : undefined;
    // The comparison inside is in constant time.
    if (signature && (await crypto.subtle.verify('HMAC', key, signature, data))) return true;
  }
  return false;
}

function readEvent(body: string): ReadReport {
  let event: unknown;
  try {
    event = JSON.parse(body);
  } catch {
    return { status: 'ignored' };
  }
  const { type, data } = fieldsOf(event);
  const to = fieldsOf(data)['to'];
  if (!TROUBLE_BY_EVENT.has(type) || !Array.isArray(to)) return { status: 'ignored' };
  const addresses = to.filter((address): address is string => typeof address === 'string');
  const trouble = TROUBLE_BY_EVENT.get(type);
  return { status: 'report', report: { to: addresses, ...(trouble ? { trouble } : {}) } };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
