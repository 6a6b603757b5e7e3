// Cross-site request forgery: what proves that a change was asked for by our own page in this browser (S52). Owns
// the token and the checks. It must not know sessions: the browser's secret is given.
import type { Context, MiddlewareHandler } from 'hono';
import type { VaultPort } from '../ports/vault.ts';
import { problem } from './problem.ts';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
export const CSRF_HEADER = 'x-csrf-token';

/** Makes the token of a browser: the keyed hash of its secret, so nothing is stored. */
export function issueCsrfToken(vault: VaultPort, browserSecret: string): Promise<string> {
  return vault.mac('csrf', browserSecret);
}

/** Verifies a token in constant time. Use it for the form field `csrf_token`, after `isSameOrigin`. */
export async function verifyCsrfToken(
  vault: VaultPort,
  browserSecret: string | undefined,
  token: string | undefined,
): Promise<boolean> {
  if (!browserSecret || !token) return false;
  return vault.verifyMac('csrf', browserSecret, token);
}

/** Tells whether the browser says that our own page sent this: `Origin` must be there and ours, `Sec-Fetch-Site` may not differ. */
export function isSameOrigin(headers: Headers, origin: string): boolean {
  const site = headers.get('sec-fetch-site');
  return headers.get('origin') === origin && (site === null || site === 'same-origin');
}

export interface CsrfOptions {
  /** The issuer's origin. */
  readonly origin: string;
  readonly vault: VaultPort;
  /** Reads the secret of the browser that asks, from its cookie. */
  readonly browserSecret: (c: Context) => string | undefined;
}

/**
 * Makes the middleware for JSON APIs that cookies open. Unsafe methods need our origin, `application/json` and the
 * token in `x-csrf-token`; else `forbidden_origin`.
 */
export function csrfProtection({ origin, vault, browserSecret }: CsrfOptions): MiddlewareHandler {
  return async (c, next) => {
    if (SAFE_METHODS.has(c.req.method)) return next();
    const { headers } = c.req.raw;
    if (!isSameOrigin(headers, origin)) return problem('forbidden_origin');
    if (!isJson(headers.get('content-type'))) {
      return problem('forbidden_origin', { detail: 'Send the header Content-Type: application/json.' });
    }
    const token = headers.get(CSRF_HEADER) ?? undefined;
    if (!(await verifyCsrfToken(vault, browserSecret(c), token))) return problem('forbidden_origin');
    return next();
  };
}

/** A browser sends this type across sites only after asking (preflight), which is never granted here. */
export function isJson(contentType: string | null): boolean {
  // Two headers arrive joined by a comma; that is no JSON then.
  return /^application\/json(?:[ \t]*;[^,]*)?$/i.test(contentType?.trim() ?? '');
}
