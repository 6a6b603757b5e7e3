import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Before anything is measured: a wide screen. */
const AT_FIRST = 1000;

/** Tells how wide its host is, in pixels. Measured at the host, which may stand beside something else. */
export class HostWidth implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #pixels = AT_FIRST;

  readonly #observer = new ResizeObserver(() => {
    this.#measure();
  });

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get pixels(): number {
    return this.#pixels;
  }

  hostConnected(): void {
    this.#measure();
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  #measure(): void {
    const { clientWidth } = this.#host;
    if (clientWidth === 0 || clientWidth === this.#pixels) return;
    this.#pixels = clientWidth;
    this.#host.requestUpdate();
  }
}
