// Reads bodies: bounded, strict, and with errors that say what to do but never repeat a value (S74).
import * as v from 'valibot';
import { problem } from './problem.ts';

const LARGEST_BYTES = 16 * 1024;

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

export type ParsedBody<T> =
  { readonly status: 'ok'; readonly body: T } | { readonly status: 'refused'; readonly response: Response };

/**
 * Reads a JSON object of at most 16 KiB, or of what is given, and parses it. Use `v.strictObject`, so that unknown fields are refused.
 * A refusal is an answer that is ready to send: `too_large` or `invalid_body` with one entry for each mistake.
 */
export async function parseBody<Schema extends v.GenericSchema>(
  request: Request,
  schema: Schema,
  largestBytes = LARGEST_BYTES,
): Promise<ParsedBody<v.InferOutput<Schema>>> {
  const bytes = await readBytes(request, largestBytes);
  if (!bytes) {
    const detail = `Send less than ${largestBytes / 1024} KiB.`;
    return { status: 'refused', response: problem('too_large', { detail }) };
  }
  const json = decode(bytes);
  if (!json) {
    return refuse([{ field: '', message: 'Send a JSON object in UTF-8, without NUL characters.' }]);
  }
  const parsed = v.safeParse(schema, json.value);
  return parsed.success ? { status: 'ok', body: parsed.output } : refuse(fieldErrors(parsed.issues));
}

/** Says for each issue which field it is and what to do. Valibot's own messages repeat the value, which may be a password. */
export function fieldErrors(issues: readonly v.BaseIssue<unknown>[]): FieldError[] {
  return issues.map((issue) => ({ field: v.getDotPath(issue) ?? '', message: messageOf(issue) }));
}

function refuse(errors: readonly FieldError[]): { status: 'refused'; response: Response } {
  return { status: 'refused', response: problem('invalid_body', { errors }) };
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'Send text here.',
  number: 'Send a number here.',
  boolean: 'Send true or false here.',
  array: 'Send a list here.',
  object: 'Send an object here.',
  strict_object: 'Send an object here.',
};

function messageOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'Leave this out: it is not known.';
  if (issue.received === 'undefined') return 'This is needed.';
  // What a schema's author wrote is meant for people; the library's own words begin like this.
  if (!issue.message.startsWith('Invalid ')) return issue.message;
  const { requirement } = issue;
  if (typeof requirement === 'number') {
    if (issue.type === 'max_length') return `Send at most ${requirement}.`;
    if (issue.type === 'min_length') return `Send at least ${requirement}.`;
  }
  if (issue.type === 'picklist' || issue.type === 'literal') return `Send one of: ${issue.expected ?? ''}.`;
  return KINDS[issue.type] ?? 'This value is not accepted.';
}

async function readBytes(request: Request, largestBytes: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > largestBytes) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > largestBytes) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function decode(bytes: Uint8Array): { readonly value: object } | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return holdsOddText(value) ? undefined : { value };
  } catch {
    return undefined;
  }
}

/** NUL ends text for some; half a surrogate pair becomes another character when encoded, so two texts would be one. */
function holdsOddText(root: object): boolean {
  const left: unknown[] = [root];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) return true;
    if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries<unknown>({ ...value })) left.push(name, inner);
    }
  }
  return false;
}
