// What Resend takes and answers: https://resend.com/docs/api-reference/emails/send-email
import type { IncomingHttpHeaders } from 'node:http';
import type { MessageStore } from './message-store.ts';
import type { ProviderAnswer } from './outbox.ts';

/** Takes one mail as Resend does; the same idempotency key gives the same id and one message. */
export function receiveEmail(
  headers: IncomingHttpHeaders,
  body: string,
  apiKey: string,
  store: MessageStore,
): ProviderAnswer {
  if (headers.authorization === undefined) return refuse(401, 'missing_api_key', 'Missing API Key');
  if (headers.authorization !== `Bearer ${apiKey}`)
    return refuse(403, 'invalid_api_key', 'API key is invalid');
  const key = headers['idempotency-key'];
  if (typeof key === 'string' && (key === '' || key.length > 256)) {
    return refuse(400, 'invalid_idempotency_key', 'The idempotency key must be between 1 and 256 characters');
  }
  const mail = parseMail(body);
  if (typeof mail === 'string') return refuse(422, 'missing_required_field', mail);
  const message = store.add({ channel: 'email', ...mail }, typeof key === 'string' ? key : undefined);
  return { status: 200, body: { id: message.id } };
}

function parseMail(
  body: string,
): { readonly to: string; readonly subject: string; readonly text: string; readonly html?: string } | string {
  const mail: unknown = parseJson(body);
  if (typeof mail !== 'object' || mail === null) return 'The body must be a JSON object';
  const field = (name: string): unknown => (mail as Record<string, unknown>)[name];
  const [from, subject, text, html] = ['from', 'subject', 'text', 'html'].map(field);
  const to = field('to');
  const addresses: unknown[] = Array.isArray(to) ? to : [to];
  if (typeof from !== 'string') return 'Missing `from` field';
  if (addresses.length === 0 || !addresses.every((address) => typeof address === 'string'))
    return 'Missing `to` field';
  if (typeof subject !== 'string') return 'Missing `subject` field';
  if (typeof text !== 'string' && typeof html !== 'string') return 'Missing `html` or `text` field';
  return {
    to: addresses.join(', '),
    subject,
    text: typeof text === 'string' ? text : '',
    ...(typeof html === 'string' ? { html } : {}),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function refuse(statusCode: number, name: string, message: string): ProviderAnswer {
  return { status: statusCode, body: { statusCode, name, message } };
}
