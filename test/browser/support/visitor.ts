// One person's browser profile, and an eye on what must never happen on a page: errors on the console, the content
// security policy refusing something, answers that are errors.
import type { Browser as Chromium, BrowserContext, ConsoleMessage, Page, Response } from 'playwright-core';
import type { Browser } from '../../support/browser.ts';

export interface VisitorOptions {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** Pixels of the screen to one of the page. */
  readonly scale?: number;
  /** Signed in already: the requests of this browser are gone on with. */
  readonly as?: Browser;
  /** Its pages' time can be moved, too: see `wait`. */
  readonly timed?: boolean;
}

// The backoffice client asks for a token before it knows that nobody is signed in, and tells that on the console.
const SIGNED_OUT_BOOT = '400 POST /umbraco/management/api/v1/security/back-office/token';
const SIGNED_OUT_WORDS = '[UmbAuthClient] Token request failed: 400 Bad Request';

export class Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly #issuer: string;
  readonly #complaints: string[] = [];
  readonly #visits: string[] = [];
  #refusals: string[] = [];

  private constructor(context: BrowserContext, page: Page, issuer: string) {
    this.context = context;
    this.page = page;
    this.#issuer = issuer;
    context.on('console', (message) => {
      this.#hear(message);
    });
    context.on('weberror', (error) => this.#complaints.push(`thrown: ${error.error().message}`));
    context.on('response', (response) => {
      this.#note(response);
    });
  }

  static async arrive(chromium: Chromium, issuer: string, options: VisitorOptions = {}): Promise<Visitor> {
    const context = await chromium.newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      colorScheme: options.dark ? 'dark' : 'light',
      deviceScaleFactor: options.scale ?? 1,
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'Europe/London',
    });
    context.setDefaultTimeout(15_000);
    if (options.timed) await context.clock.install();
    if (options.as) await context.addCookies(cookiesOf(options.as, issuer));
    return new Visitor(context, await context.newPage(), issuer);
  }

  /** Lets time pass on the pages of a timed visitor; the service's is moved by the world. */
  async wait(seconds: number): Promise<void> {
    await this.context.clock.fastForward(seconds * 1000);
  }

  /**
   * Gives the error answers since it was last asked, as `401 POST /api/interactions/{id}/challenge`; a test must ask
   * for those that it provokes.
   */
  takeRefusals(): readonly string[] {
    const refusals = this.#refusals;
    this.#refusals = [];
    return refusals;
  }

  /** Gives the pages that the browser was sent to since it was last asked, redirects too: origin and path. */
  takeVisits(): readonly string[] {
    return this.#visits.splice(0);
  }

  /** Closes the profile and gives what no page may do. */
  async leave(): Promise<readonly string[]> {
    await this.context.close();
    return [...this.#complaints, ...this.takeRefusals().map((refusal) => `refused: ${refusal}`)];
  }

  #hear(message: ConsoleMessage): void {
    const text = message.text();
    // Answers with an error status are counted where they come in.
    if (text.startsWith('Failed to load resource: the server responded')) return;
    if (text === SIGNED_OUT_WORDS) return;
    const { url } = message.location();
    const isOurs = url === '' || url.startsWith(this.#issuer);
    if (message.type() === 'error' || (isOurs && message.type() === 'warning'))
      this.#complaints.push(`console of ${url}: ${text}`);
  }

  #note(response: Response): void {
    const request = response.request();
    const { origin, pathname } = new URL(response.url());
    if (request.isNavigationRequest()) this.#visits.push(origin + withoutIds(pathname));
    if (response.status() < 400) return;
    const refusal = `${response.status()} ${request.method()} ${withoutIds(pathname)}`;
    if (refusal !== SIGNED_OUT_BOOT) this.#refusals.push(refusal);
  }
}

function cookiesOf({ cookies }: Browser, issuer: string): { name: string; value: string; url: string }[] {
  // Chromium takes loopback for as safe as https, so what it keeps for the one it sends to the other.
  const url = issuer.replace(/^http:/, 'https:');
  const host = new URL(issuer).hostname;
  return cookies.names(host).map((name) => ({ name, value: cookies.get(host, name) ?? '', url }));
}

function withoutIds(path: string): string {
  return path.replace(/\/(interactions?|resume|enrollments)\/(?!confirm)[\w-]{16,}/, '/$1/{id}');
}
