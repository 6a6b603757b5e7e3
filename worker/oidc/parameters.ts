import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { AppEnv } from '../http/app-env.ts';

/** Protocol parameters, each with one value. */
export type Parameters = ReadonlyMap<string, string>;

export type ParsedParameters =
  | { readonly status: 'ok'; readonly parameters: Parameters }
  | { readonly status: 'repeated'; readonly name: string };

/**
 * Parses parameters. One that is sent twice is refused, since client and server might each read another one;
 * an empty one counts as not sent.
 * @see RFC 6749 section 3.1
 */
export function parseParameters(search: URLSearchParams): ParsedParameters {
  const parameters = new Map<string, string>();
  const seen = new Set<string>();
  for (const [name, value] of search) {
    if (seen.has(name)) return { status: 'repeated', name };
    seen.add(name);
    if (value !== '') parameters.set(name, value);
  }
  return { status: 'ok', parameters };
}

const LARGEST_FORM_BYTES = 16 * 1024;

/** Makes the middleware that refuses a longer body before it is read into memory. */
export function limitForm(
  refuse: (c: Context<AppEnv>) => Response | Promise<Response>,
): MiddlewareHandler<AppEnv> {
  return bodyLimit({ maxSize: LARGEST_FORM_BYTES, onError: refuse });
}
