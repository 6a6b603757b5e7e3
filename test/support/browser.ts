// A browser without screens: cookies, headers as browsers send them, and nothing done by itself. Host names below
// `localhost` are taken to the loopback address, as Chromium does it.
import { request } from 'node:http';
import { createCookieJar, type CookieJar } from './cookie-jar.ts';
import { readCsrfToken } from './page.ts';

export interface Answer {
  /** Absolute; the address that was asked. */
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  /** Absolute; where a redirect leads. */
  readonly location: string | undefined;
  readonly text: string;
  /** The body as JSON. @throws when it is none. */
  json(): unknown;
}

export interface RequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const MOST_REDIRECTS = 20;

let browsers = 0;

/** One browser profile. It follows no redirect by itself. */
export class Browser {
  readonly cookies: CookieJar = createCookieJar();
  /** Each has an address of its own, so that no test uses up another one's limits. */
  readonly address: string;
  readonly #csrfTokens = new Map<string, string>();

  constructor(address?: string) {
    browsers += 1;
    this.address = address ?? `10.${browsers >> 16}.${(browsers >> 8) & 255}.${browsers & 255}`;
  }

  /** Sends a request with this browser's cookies and exactly the headers given. */
  async send(url: string, options: RequestOptions = {}): Promise<Answer> {
    const target = new URL(url);
    const cookie = this.cookies.header(target);
    const headers = {
      ...(cookie === '' ? {} : { cookie }),
      // Where the client's address comes from: on workerd, and at the test entry on Deno.
      'cf-connecting-ip': this.address,
      'x-test-address': this.address,
      ...options.headers,
    };
    const answer = await exchange(target, { ...options, headers });
    this.cookies.store(target, answer.headers.getSetCookie());
    const token = readCsrfToken(answer.text);
    if (token !== undefined) this.#csrfTokens.set(target.origin, token);
    return answer;
  }

  /** Navigates to an address; what a redirect says is in `location`. */
  open(url: string): Promise<Answer> {
    return this.send(url, { headers: { ...NAVIGATION, 'sec-fetch-site': 'none' } });
  }

  /** Navigates and follows redirects until a page comes, or an address that `stop` says yes to (not asked for then). */
  async follow(url: string, stop: (url: string) => boolean = () => false): Promise<Answer> {
    let answer = await this.open(url);
    for (let count = 0; answer.location !== undefined && !stop(answer.location); count += 1) {
      if (count === MOST_REDIRECTS)
        throw new Error(`More than ${MOST_REDIRECTS} redirects, now ${answer.url}`);
      answer = await this.open(answer.location);
    }
    return answer;
  }

  /** Posts JSON as a script of the service's own page does: with its origin and the token of its last page. */
  postJson(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.send(url, {
      method: 'POST',
      headers: { ...this.#scriptHeaders(url), 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  /** Gets JSON as a script of the service's own page does. */
  getJson(url: string): Promise<Answer> {
    return this.send(url, { headers: this.#scriptHeaders(url) });
  }

  /** Posts a form as a page at `origin` does. */
  postForm(url: string, fields: Readonly<Record<string, string>>, origin: string): Promise<Answer> {
    const site = new URL(url).origin === origin ? 'same-origin' : 'cross-site';
    return this.send(url, {
      method: 'POST',
      headers: {
        ...NAVIGATION,
        'sec-fetch-site': site,
        origin,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** The token that the last page from there carried. */
  csrfToken(url: string): string | undefined {
    return this.#csrfTokens.get(new URL(url).origin);
  }

  #scriptHeaders(url: string): Record<string, string> {
    const token = this.csrfToken(url);
    return {
      accept: 'application/json',
      origin: new URL(url).origin,
      'sec-fetch-site': 'same-origin',
      'sec-fetch-mode': 'cors',
      'sec-fetch-dest': 'empty',
      ...(token === undefined ? {} : { 'x-csrf-token': token }),
    };
  }
}

const NAVIGATION = {
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'accept-language': 'en',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-user': '?1',
  'upgrade-insecure-requests': '1',
};

// Not by fetch: that forbids or sets some of the headers that matter here (Host, Sec-Fetch-*).
function exchange(url: URL, options: RequestOptions): Promise<Answer> {
  const isLoopback = url.hostname === 'localhost' || url.hostname.endsWith('.localhost');
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: isLoopback ? '127.0.0.1' : url.hostname,
        port: url.port,
        path: url.pathname + url.search,
        method: options.method ?? 'GET',
        headers: {
          host: url.host,
          ...(options.body === undefined ? {} : { 'content-length': Buffer.byteLength(options.body) }),
          ...options.headers,
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.once('error', reject);
        incoming.once('end', () => {
          const headers = new Headers();
          for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
            headers.append(incoming.rawHeaders[index] ?? '', incoming.rawHeaders[index + 1] ?? '');
          }
          resolve(toAnswer(url, incoming.statusCode ?? 0, headers, Buffer.concat(chunks).toString('utf8')));
        });
      },
    );
    outgoing.once('error', reject);
    outgoing.end(options.body);
  });
}

function toAnswer(url: URL, status: number, headers: Headers, text: string): Answer {
  const location = headers.get('location');
  return {
    url: url.href,
    status,
    headers,
    location: status >= 300 && status < 400 && location !== null ? new URL(location, url).href : undefined,
    text,
    json: () => JSON.parse(text) as unknown,
  };
}
