// Cookies as a browser keeps them, as far as the tests need it: by host (ports are ignored), secure on loopback too.

interface Cookie {
  readonly value: string;
  readonly path: string;
}

export interface CookieJar {
  /** Keeps what a response sets. @throws when a `__Host-` cookie breaks the rules that the name promises. */
  store(url: URL, setCookie: readonly string[]): void;
  /** The header for a request; empty when there is none. */
  header(url: URL): string;
  get(host: string, name: string): string | undefined;
  set(host: string, name: string, value: string): void;
  delete(host: string, name: string): void;
  names(host: string): readonly string[];
}

/** Makes an empty jar, or one with the cookies of another. */
export function createCookieJar(): CookieJar {
  const hosts = new Map<string, Map<string, Cookie>>();
  const cookiesOf = (host: string): Map<string, Cookie> => {
    const cookies = hosts.get(host) ?? new Map<string, Cookie>();
    hosts.set(host, cookies);
    return cookies;
  };
  return {
    store: (url, setCookie) => {
      for (const line of setCookie) {
        const { name, value, attributes } = parse(line);
        requireHostRules(name, attributes);
        const cookies = cookiesOf(url.hostname);
        if (isExpired(attributes)) cookies.delete(name);
        else cookies.set(name, { value, path: attributes.get('path') ?? '/' });
      }
    },
    header: (url) =>
      [...cookiesOf(url.hostname)]
        .filter(([, { path }]) => url.pathname.startsWith(path))
        .map(([name, { value }]) => `${name}=${value}`)
        .join('; '),
    get: (host, name) => cookiesOf(host).get(name)?.value,
    set: (host, name, value) => {
      cookiesOf(host).set(name, { value, path: '/' });
    },
    delete: (host, name) => {
      cookiesOf(host).delete(name);
    },
    names: (host) => [...cookiesOf(host).keys()],
  };
}

type Attributes = ReadonlyMap<string, string>;

function parse(line: string): { name: string; value: string; attributes: Attributes } {
  const [pair = '', ...rest] = line.split(';');
  const equals = pair.indexOf('=');
  const attributes = rest.map((attribute): [string, string] => {
    const [name = '', ...value] = attribute.trim().split('=');
    return [name.toLowerCase(), value.join('=')];
  });
  return {
    name: pair.slice(0, equals).trim(),
    value: pair.slice(equals + 1).trim(),
    attributes: new Map(attributes),
  };
}

// A browser would drop such a cookie without a word; a test should hear of it.
function requireHostRules(name: string, attributes: Attributes): void {
  if (!name.startsWith('__Host-')) return;
  const keepsRules = attributes.has('secure') && attributes.get('path') === '/' && !attributes.has('domain');
  if (!keepsRules) throw new Error(`${name} must be Secure, with Path=/ and no Domain.`);
}

function isExpired(attributes: Attributes): boolean {
  const maxAge = attributes.get('max-age');
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  const expires = attributes.get('expires');
  return expires !== undefined && Date.parse(expires) <= Date.now();
}
