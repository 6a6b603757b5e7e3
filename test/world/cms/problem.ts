import type { SiteRequest } from './site-context.ts';

/** Answers in RFC 9457 form, as the Management API does. */
export function problem(
  c: SiteRequest,
  status: 400 | 401 | 403 | 404,
  title: string,
  detail: string,
): Response {
  return c.json({ type: 'Error', title, status, detail }, status, {
    'content-type': 'application/problem+json',
  });
}
