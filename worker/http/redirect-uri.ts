/** Tells whether a host name is this machine, as browsers see it: `localhost`, names below it, 127.0.0.1, [::1]. */
export function isLoopbackHost(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '127.0.0.1' ||
    hostname === '[::1]'
  );
}

/**
 * Checks a redirect URI when it is registered (S55); at a request it is only compared, letter for letter.
 * Gives what is wrong with it in words that fit after its name, or `undefined`.
 * @see RFC 9700 section 2.1, OpenID Connect Core 3.1.2.1
 */
export function redirectUriMistake(uri: string): string | undefined {
  const url = URL.parse(uri);
  if (!url || !/^[\x21-\x7e]+$/.test(uri)) return 'must be an absolute URL in ASCII';
  if (uri.includes('*')) return 'must not hold a wildcard: list every address';
  if (uri.includes('#')) return 'must not have a fragment';
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
    return 'must begin with https:// (http:// only for localhost, names below it, 127.0.0.1 and [::1])';
  }
  // What a browser would write differently would never be equal to what comes back.
  if (url.href !== uri && url.href !== `${uri}/`) {
    return 'must be written as a browser writes it: lower-case host, no default port, no dot segments, no backslash';
  }
  return undefined;
}
