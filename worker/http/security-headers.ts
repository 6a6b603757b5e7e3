// The headers of every answer of ours (S66, S67). Owns their text and the few exceptions. It must not know pages.
import type { Context, MiddlewareHandler } from 'hono';
import type { RandomPort } from '../ports/random.ts';

// Which forms an answer allows, until its headers are written.
const formTargetsOf = new WeakMap<Request, readonly string[]>();

const HSTS = `max-age=${2 * 365 * 24 * 60 * 60}; includeSubDomains`;
const PERMISSIONS = [
  'publickey-credentials-get=(self)',
  'publickey-credentials-create=(self)',
  'clipboard-write=(self)',
  ...['accelerometer', 'autoplay', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'magnetometer'],
  ...['microphone', 'midi', 'payment', 'serial', 'usb', 'xr-spatial-tracking'],
]
  .map((feature) => (feature.includes('=') ? feature : `${feature}=()`))
  .join(', ');
/** Vite puts a hash of the content before the ending. */
const HASHED_ASSET = /^\/assets\/(?:[A-Za-z0-9._-]+\/)*[A-Za-z0-9._-]+-[A-Za-z0-9_-]{8}\.[a-z0-9]+$/;

/**
 * Makes the middleware; mount it first, for every path, so that errors and unknown paths have the headers too.
 * It sets `c.var.nonce` and replaces whatever a route set for these headers.
 */
export function securityHeaders(random: RandomPort): MiddlewareHandler<{ Variables: { nonce: string } }> {
  return async (c, next) => {
    const nonce = btoa(String.fromCharCode(...random.bytes(16)));
    c.set('nonce', nonce);
    await next();
    c.header(
      'Content-Security-Policy',
      contentSecurityPolicy(nonce, formTargetsOf.get(c.req.raw) ?? ["'self'"]),
    );
    c.header('Strict-Transport-Security', HSTS);
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('X-Frame-Options', 'DENY');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('Cross-Origin-Opener-Policy', opensInPopup(c.req.path) ? 'unsafe-none' : 'same-origin');
    c.header('Cross-Origin-Resource-Policy', 'same-origin');
    c.header('Permissions-Policy', PERMISSIONS);
    c.header('Cache-Control', cacheControl(c));
  };
}

/**
 * Allows this page's forms to go to these origins and nowhere else; `'self'` must be named if it is meant.
 * Browsers hold redirects that follow a form to this too, so a page whose form leads to another site in the end names
 * both.
 * @throws TypeError when one is not an origin.
 */
export function allowForms(c: Context, targets: readonly string[]): void {
  for (const target of targets) {
    if (target !== "'self'" && new URL(target).origin !== target) {
      throw new TypeError('A form target is an origin, without path and slash at its end.');
    }
  }
  formTargetsOf.set(c.req.raw, targets);
}

/** Allows the page's form to go to the origin of a validated redirect URI, and nowhere else. */
export function allowFormPostTo(c: Context, redirectUri: string): void {
  allowForms(c, [new URL(redirectUri).origin]);
}

function contentSecurityPolicy(nonce: string, formTargets: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    `form-action ${formTargets.join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** A site may open the sign-in in a popup and wait for its end; COOP would cut the two apart. */
function opensInPopup(path: string): boolean {
  return path === '/authorize' || path.startsWith('/authorize/') || path.startsWith('/interaction/');
}

/** Only hashed assets and the public documents of discovery are kept, the latter as long as their route says. */
function cacheControl(c: Context): string {
  if (c.res.status !== 200) return 'no-store';
  if (HASHED_ASSET.test(c.req.path)) return 'public, max-age=31536000, immutable';
  const own = c.req.path.startsWith('/.well-known/') ? c.res.headers.get('cache-control') : null;
  return own ?? 'no-store';
}
