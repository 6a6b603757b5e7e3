// What Resend takes and answers: https://resend.com/docs/api-reference/emails/send-email and …/errors. What it would
// quietly ignore is refused here, so that a misspelt field shows.
import { createHash, randomUUID } from 'node:crypto';
import type { MessageStore } from './message-store.ts';
import type { ProviderAnswer, ProviderRequest } from './provider.ts';

export interface Resend {
  /** Takes one mail; the same idempotency key gives the same id and one message. */
  receiveEmail(request: ProviderRequest): ProviderAnswer;
  /** From now on two requests a second are the most, as they are by default at Resend; or any number. */
  limitRate(limits: boolean): void;
}

const FIELDS = [
  ...['from', 'to', 'subject', 'bcc', 'cc', 'reply_to', 'html', 'text', 'headers', 'attachments'],
  ...['tags', 'scheduled_at', 'topic_id', 'template'],
];
const ADDRESS = /^(?:[^<>\p{C}]*<[^<>@\s,;"]+@[^<>@\s,;"]+\.[^<>@\s,;"]+>|[^<>@\s,;"]+@[^<>@\s,;"]+)$/u;
const REQUESTS_A_SECOND = 2;

/** Makes a Resend that knows one API key. */
export function createResend(apiKey: string, store: MessageStore): Resend {
  const answered = new Map<string, { readonly fingerprint: string; readonly id: string }>();
  let limits = false;
  let recent: number[] = [];

  const isTooFast = (): boolean => {
    if (!limits) return false;
    const now = performance.now();
    recent = recent.filter((at) => now - at < 1000);
    if (recent.length >= REQUESTS_A_SECOND) return true;
    recent.push(now);
    return false;
  };

  return {
    receiveEmail: ({ headers, body }) => {
      if (isTooFast()) return tooManyRequests();
      if (headers.authorization === undefined) {
        return refuse(401, 'missing_api_key', 'Missing API key in the authorization header.');
      }
      if (headers.authorization !== `Bearer ${apiKey}`) {
        return refuse(403, 'invalid_api_key', 'API key is invalid');
      }
      const key = headers['idempotency-key'];
      if (typeof key === 'string' && (key === '' || key.length > 256)) {
        return refuse(400, 'invalid_idempotency_key', 'The key must be between 1-256 chars.');
      }
      const mail = parseMail(body);
      if ('status' in mail) return mail;
      const fingerprint = createHash('sha256').update(body).digest('base64');
      const before = typeof key === 'string' ? answered.get(key) : undefined;
      if (before !== undefined && before.fingerprint !== fingerprint) {
        return refuse(
          409,
          'invalid_idempotent_request',
          'Same idempotency key used with a different request payload.',
        );
      }
      if (before !== undefined) return { status: 200, body: { id: before.id } };
      const { id } = store.add({ id: randomUUID(), channel: 'email', ...mail });
      if (typeof key === 'string') answered.set(key, { fingerprint, id });
      return { status: 200, body: { id } };
    },
    limitRate: (limited) => {
      limits = limited;
      recent = [];
    },
  };
}

/** The answer to whoever asks too often, with the headers that Resend documents. */
export function tooManyRequests(): ProviderAnswer {
  return {
    ...refuse(
      429,
      'rate_limit_exceeded',
      'Too many requests. You can only make 2 requests per second. See rate limit response headers for more information.',
    ),
    headers: {
      'ratelimit-limit': String(REQUESTS_A_SECOND),
      'ratelimit-remaining': '0',
      'ratelimit-reset': '1',
      'retry-after': '1',
    },
  };
}

interface ParsedMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}

function parseMail(body: string): ParsedMail | ProviderAnswer {
  const mail: unknown = parseJson(body);
  if (typeof mail !== 'object' || mail === null || Array.isArray(mail)) {
    return refuse(400, 'validation_error', 'The body must be a JSON object.');
  }
  const fields = mail as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(fields).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) return refuse(422, 'validation_error', `Unknown field \`${unknown}\`.`);
  const { from, subject, text, html, to } = fields;
  for (const name of ['from', 'to', 'subject']) {
    if (fields[name] === undefined)
      return refuse(422, 'missing_required_field', `Missing \`${name}\` field.`);
  }
  if (text === undefined && html === undefined) {
    return refuse(422, 'missing_required_field', 'Missing `html` or `text` field.');
  }
  if (typeof from !== 'string' || !ADDRESS.test(from)) {
    return refuse(
      422,
      'invalid_from_address',
      'Invalid `from` field. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.',
    );
  }
  const addresses: unknown[] = Array.isArray(to) ? to : [to];
  const isAddress = (address: unknown): boolean => typeof address === 'string' && ADDRESS.test(address);
  if (addresses.length === 0) return refuse(422, 'missing_required_field', 'Missing `to` field.');
  if (addresses.length > 50 || !addresses.every(isAddress)) {
    return refuse(
      422,
      'validation_error',
      'Invalid `to` field. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.',
    );
  }
  if (typeof subject !== 'string' || subject === '' || /[\r\n\0]/.test(subject)) {
    return refuse(422, 'validation_error', 'Invalid `subject` field.');
  }
  for (const [name, part] of Object.entries({ text, html })) {
    if (part !== undefined && typeof part !== 'string') {
      return refuse(422, 'validation_error', `Invalid \`${name}\` field.`);
    }
  }
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
