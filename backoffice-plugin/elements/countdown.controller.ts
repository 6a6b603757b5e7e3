import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Counts a wait down and has its host drawn again each second until it is over. */
export class Countdown implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #endsAtMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Starts anew; zero or less ends it. */
  start(seconds: number): void {
    // Whole milliseconds: the dust of a subtraction would make a second of its own.
    this.#endsAtMs = Date.now() + Math.round(seconds * 1000);
    this.#tick();
  }

  get secondsLeft(): number {
    return Math.max(0, Math.ceil((this.#endsAtMs - Date.now()) / 1000));
  }

  get running(): boolean {
    return this.secondsLeft > 0;
  }

  hostConnected(): void {
    this.#tick();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  #tick(): void {
    clearTimeout(this.#timer);
    this.#host.requestUpdate();
    const leftMs = this.#endsAtMs - Date.now();
    // Wakes just after each whole second of what is left, so that no second is shown twice or left out.
    if (leftMs > 0)
      this.#timer = setTimeout(
        () => {
          this.#tick();
        },
        (leftMs % 1000) + 1,
      );
  }
}
