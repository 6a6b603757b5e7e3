// Reads what Twilio tells and asks while a text or a call is under way.
import type { PhoneCallback } from '../../ports/phone.ts';
import { decodeBase64 } from '../base64.ts';
import { readCappedBody } from '../capped-body.ts';
import { troubleOf } from './trouble.ts';

/** The last two are of a call that was answered; whether a key was pressed is asked for elsewhere. */
const DELIVERED = ['delivered', 'read', 'in-progress', 'completed'];
const FAILED = ['failed', 'undelivered', 'canceled', 'busy', 'no-answer'];

/**
 * Verifies the signature of a callback to `url`, then reads it. At most 256 KiB. `undefined` where it is not signed.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export async function readTwilioCallback(
  authToken: string,
  request: Request,
  url: string,
): Promise<PhoneCallback | undefined> {
  const type = request.headers.get('content-type') ?? '';
  const signature = decodeBase64(request.headers.get('x-twilio-signature') ?? '');
  if (!signature || !/^application\/x-www-form-urlencoded(;|$)/i.test(type.trim())) return undefined;
  const body = await readCappedBody(request);
  if (body === undefined) return undefined;
  const form = new URLSearchParams(body);
  if (!(await isSigned(authToken, signature, url, form))) return undefined;
  return readForm(form);
}

async function isSigned(
  authToken: string,
  signature: Uint8Array<ArrayBuffer>,
  url: string,
  form: URLSearchParams,
): Promise<boolean> {
  const bytes = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-1' };
  const key = await crypto.subtle.importKey('raw', bytes.encode(authToken), algorithm, false, ['verify']);
  const signed = signedForm(form);
  for (const address of spellings(url)) {
    // The comparison inside is in constant time.
    if (await crypto.subtle.verify('HMAC', key, signature, bytes.encode(address + signed))) return true;
  }
  return false;
}

/** Each name with its values, sorted; a value that comes twice counts once, as in Twilio's own libraries. */
function signedForm(form: URLSearchParams): string {
  const names = [...new Set(form.keys())].sort();
  return names
    .flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value))
    .join('');
}

/** Twilio signs with or without the port, depending on what calls; its own libraries take both. */
function spellings(url: string): readonly string[] {
  const { protocol, host, hostname, port } = new URL(url);
  const rest = url.slice(`${protocol}//${host}`.length);
  const other = port === '' ? `${hostname}:${protocol === 'https:' ? 443 : 80}` : hostname;
  return [url, `${protocol}//${other}${rest}`];
}

function readForm(form: URLSearchParams): PhoneCallback {
  const digits = form.get('Digits');
  if (digits !== null) return { kind: 'key', digits };
  const status = form.get('MessageStatus') ?? form.get('SmsStatus') ?? form.get('CallStatus') ?? '';
  if (DELIVERED.includes(status)) return { kind: 'status', status: 'delivered' };
  if (!FAILED.includes(status)) return { kind: 'status', status: 'sent' };
  const told = troubleOf(form.get('ErrorCode'));
  // "Most likely because the phone number was non-existent" (Twilio, call status values).
  const trouble = form.has('CallSid') && status === 'failed' ? (told.trouble ?? 'unreachable') : told.trouble;
  return { kind: 'status', status: 'failed', ...(trouble ? { trouble } : {}) };
}
