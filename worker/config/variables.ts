// Reads single variables. Every mistake is collected, so that one run shows them all.
import * as v from 'valibot';
import { isLoopbackHost } from '../http/redirect-uri.ts';
import type { Mistakes } from './mistakes.ts';

/** Variables as the platform gives them: text, or JSON that is parsed already (Workers). */
export type Variables = Readonly<Record<string, unknown>>;

/** Reads text; absent and empty are one. */
export function readText(variables: Variables, name: string, mistakes: Mistakes): string | undefined {
  const value = variables[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  mistakes.add(name, 'must be text');
  return undefined;
}

/** Reads text that has to be there. */
export function requireText(
  variables: Variables,
  name: string,
  mistakes: Mistakes,
  whatItIs: string,
): string | undefined {
  if (variables[name] === undefined || variables[name] === '') {
    mistakes.add(name, `is missing: set it to ${whatItIs}`);
    return undefined;
  }
  return readText(variables, name, mistakes);
}

/** Reads text that has to be there and goes into a header of a request. */
export function requireHeaderText(
  variables: Variables,
  name: string,
  mistakes: Mistakes,
  whatItIs: string,
): string | undefined {
  const text = requireText(variables, name, mistakes, whatItIs);
  if (text === undefined || /^[\x21-\x7e]+$/.test(text)) return text;
  mistakes.add(name, 'must be printable ASCII without spaces: copy it again');
  return undefined;
}

/** Checks the address of a service that is called: https, or http at loopback. Gives it without a slash at its end. */
export function checkServiceUrl(name: string, text: string, mistakes: Mistakes): string | undefined {
  const url = URL.parse(text);
  if (!url || !isSecure(url)) {
    mistakes.add(name, 'must be a URL that begins with https:// (http:// only at loopback)');
    return undefined;
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || text.includes('#')) {
    mistakes.add(name, 'must be a plain URL, without user name, query or fragment');
    return undefined;
  }
  return text.replace(/\/+$/, '');
}

/** Tells whether what is sent there can't be read on the way. */
export function isSecure(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}

/** Reads JSON by a schema; the path of each mistake is named. */
export function readJson<Schema extends v.GenericSchema>(
  variables: Variables,
  name: string,
  schema: Schema,
  mistakes: Mistakes,
): v.InferOutput<Schema> | undefined {
  const given = variables[name];
  if (given === undefined || given === '') return undefined;
  let value: unknown = given;
  if (typeof given === 'string') {
    try {
      value = JSON.parse(given) as unknown;
    } catch {
      mistakes.add(name, 'is not JSON: check quotes, commas and brackets');
      return undefined;
    }
  }
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  for (const issue of parsed.issues) mistakes.add(placeOf(name, issue), adviceOf(issue));
  return undefined;
}

function placeOf(name: string, issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? []).map(({ key }) =>
    typeof key === 'number' ? `[${key}]` : `.${String(key)}`,
  );
  return name + path.join('');
}

// Valibot's own words repeat the value.
function adviceOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return 'is not known: remove it, or correct its name';
  }
  if (issue.received === 'undefined') return 'is missing';
  if (!issue.message.startsWith('Invalid ')) return issue.message;
  if (issue.type === 'picklist' || issue.type === 'literal') return `must be one of ${issue.expected ?? ''}`;
  const kinds: Readonly<Record<string, string>> = {
    array: 'must be a list',
    number: 'must be a number',
    boolean: 'must be true or false',
    strict_object: 'must be an object',
    object: 'must be an object',
    string: 'must be text',
  };
  return kinds[issue.type] ?? 'is not accepted';
}

/** Reads `true` or `false`; absent is false. */
export function readFlag(variables: Variables, name: string, mistakes: Mistakes): boolean {
  const value = variables[name];
  if (value === undefined || value === '' || value === false || value === 'false') return false;
  if (value === true || value === 'true') return true;
  mistakes.add(name, 'must be true or false');
  return false;
}
