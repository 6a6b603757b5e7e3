import type { Context } from 'hono';

/** A cookie that only this host can have set, over https or loopback, for every path. */
export type HostCookieName = `__Host-${string}`;

const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax';
// RFC 6265 cookie-octet: no control, space, quote, comma, semicolon, backslash.
const VALUE = /^[\x21\x23-\x2B\x2D-\x3A\x3C-\x5B\x5D-\x7E]*$/;

/**
 * Reads a `__Host-` cookie; `undefined` when it is absent, empty, odd, or there more than once.
 *
 * Two `Cookie` headers arrive joined by `, ` on workerd. Browsers send one header, so a name behind a comma is either
 * from an odd client or inside the value of another site's cookie; both only count as a second one, which refuses the
 * name. So nobody slips a session in, and a doubled one opens nothing (S54).
 * @see RFC 6265 section 5.4
 */
export function readCookie(c: Context, name: HostCookieName): string | undefined {
  const found: string[] = [];
  for (const pair of (c.req.header('cookie') ?? '').split(';')) {
    const [first = '', ...joined] = pair.split(',');
    const value = valueOf(first, name);
    if (value !== undefined) found.push(value);
    if (joined.some((part) => valueOf(part, name) !== undefined)) return undefined;
    if (value !== undefined && joined.length > 0) return undefined;
  }
  const [value] = found;
  return found.length === 1 && value !== undefined && value !== '' && VALUE.test(value) ? value : undefined;
}

function valueOf(pair: string, name: string): string | undefined {
  const equals = pair.indexOf('=');
  if (equals === -1 || pair.slice(0, equals).trim() !== name) return undefined;
  return pair.slice(equals + 1).trim();
}

/**
 * Sets a cookie that lasts as long as the browser's session (S51).
 * @throws TypeError when the value can't stand in a cookie.
 */
export function setHostCookie(c: Context, name: HostCookieName, value: string): void {
  append(c, `${name}=${checked(value)}; ${ATTRIBUTES}`);
}

/** Sets a cookie that outlasts the browser's session, by `seconds`: never one that holds a session (S51). */
export function keepHostCookie(c: Context, name: HostCookieName, value: string, seconds: number): void {
  append(c, `${name}=${checked(value)}; ${ATTRIBUTES}; Max-Age=${seconds}`);
}

function checked(value: string): string {
  if (value === '' || !VALUE.test(value))
    throw new TypeError('A cookie value has printable ASCII without separators.');
  return value;
}

/** Removes a cookie from the browser. */
export function deleteHostCookie(c: Context, name: HostCookieName): void {
  append(c, `${name}=; ${ATTRIBUTES}; Max-Age=0`);
}

// At the context's response and not by `c.header`: Hono forgets what that prepared when a route answers with a Response
// of its own, as pages do.
function append(c: Context, cookie: string): void {
  c.res.headers.append('Set-Cookie', cookie);
}
