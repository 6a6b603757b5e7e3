// The only network code of the screens. It owns how a call is made and how its failure is told; it must not know
// what a call means, and nothing else of the screens may use `fetch`.

import { parseFailure, type Failure } from './problem.ts';

export type ApiResult<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: Failure };

/** What the host page hands over. */
export interface ApiOptions {
  /** Origin of the service, without a slash at its end; empty for the page's own. */
  readonly base: string;
  readonly csrfToken: string;
}

// Above what the service itself allows a step to take, below what a person bears.
const PATIENCE_MS = 15_000;

export class ApiClient {
  readonly #options: ApiOptions;
  #clockAheadMs = 0;

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  get<Value extends object>(path: string): Promise<ApiResult<Value>> {
    return this.#call(path, { method: 'GET' });
  }

  post<Value extends object>(path: string, body: object): Promise<ApiResult<Value>> {
    return this.#call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf-token': this.#options.csrfToken },
      body: JSON.stringify(body),
    });
  }

  /**
   * Tells the time of the service in epoch seconds, as its last answer showed it: waits are counted by the service's
   * clock, and the one of the person's device may be wrong.
   */
  readonly now = (): number => (Date.now() + this.#clockAheadMs) / 1000;

  async #call<Value extends object>(path: string, init: RequestInit): Promise<ApiResult<Value>> {
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(this.#options.base + path, {
        ...init,
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      this.#setClock(response.headers.get('date'));
      body = await readJson(response);
    } catch {
      return { ok: false, failure: { code: 'unreachable' } };
    }
    if (!response.ok) return { ok: false, failure: parseFailure(response.status, body) };
    if (typeof body !== 'object' || body === null) return { ok: false, failure: { code: 'unexpected' } };
    return { ok: true, value: body as Value };
  }

  #setClock(date: string | null): void {
    const served = Date.parse(date ?? '');
    // The header counts whole seconds, so a small difference says nothing.
    const ahead = served - Date.now();
    this.#clockAheadMs = Math.abs(ahead) > 5000 ? ahead : 0;
  }
}

async function readJson(response: Response): Promise<unknown> {
  const body = await response.text();
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
