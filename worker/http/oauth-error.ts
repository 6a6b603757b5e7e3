/** Error codes of RFC 6749 5.2, RFC 7009 and RFC 6750 that an endpoint answers with JSON. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'server_error'
  | 'temporarily_unavailable';

const STATUS: Partial<Record<OAuthErrorCode, number>> = {
  invalid_client: 401,
  server_error: 500,
  temporarily_unavailable: 503,
};

/**
 * Makes the answer of a token endpoint that refuses. With `invalid_client` it names Basic, as it must where the
 * client tried that, and may otherwise.
 * @see RFC 6749 section 5.2
 */
export function oauthError(error: OAuthErrorCode, description: string): Response {
  const headers = new Headers({
    'content-type': 'application/json',
    'cache-control': 'no-store',
    pragma: 'no-cache',
  });
  if (error === 'invalid_client') headers.set('www-authenticate', 'Basic realm="penumbra", charset="UTF-8"');
  const body = JSON.stringify({ error, error_description: toDescription(description) });
  return new Response(body, { status: STATUS[error] ?? 400, headers });
}

export type BearerErrorCode = 'invalid_request' | 'invalid_token' | 'insufficient_scope';

const BEARER_STATUS: Readonly<Record<BearerErrorCode, number>> = {
  invalid_request: 400,
  invalid_token: 401,
  insufficient_scope: 403,
};

/**
 * Makes the answer of a resource that refuses a bearer token. Without `error` no token was sent at all: then the
 * challenge holds no code. `scope` is what would be enough.
 * @see RFC 6750 section 3
 */
export function bearerError(error?: BearerErrorCode, description?: string, scope?: string): Response {
  const attributes = ['Bearer realm="penumbra"'];
  if (error !== undefined) attributes.push(`error="${error}"`);
  if (description !== undefined) attributes.push(`error_description="${toDescription(description)}"`);
  if (scope !== undefined) attributes.push(`scope="${toDescription(scope)}"`);
  const body = error === undefined ? {} : { error, error_description: toDescription(description ?? error) };
  return new Response(JSON.stringify(body), {
    status: error === undefined ? 401 : BEARER_STATUS[error],
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'www-authenticate': attributes.join(', '),
    },
  });
}

/** RFC 6749 allows printable ASCII without quotes and backslashes; those would end the quoted text in a header. */
function toDescription(text: string): string {
  return text.replaceAll(/["\\]/g, "'").replaceAll(/[^\x20-\x7e]/g, '?');
}
