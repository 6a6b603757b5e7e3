import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { InteractionView } from '../../worker/interaction/wire.ts';

const PAUSE_MS = 1000;
const MOST_LOOKS = 8;

/**
 * Looks after a code that is on its way to the provider: asks again each second, at most eight times, and not while
 * nobody sees the page. What became of it is known within five seconds.
 */
export class DeliveryWatch implements ReactiveController {
  readonly #look: () => Promise<void>;
  #send: string | undefined;
  #looks = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #connected = false;

  constructor(host: ReactiveControllerHost, look: () => Promise<void>) {
    this.#look = look;
    host.addController(this);
  }

  /** Tells which send is on its way; undefined when none is. Another one is looked after from the beginning. */
  watch(send: string | undefined): void {
    if (send === this.#send) return;
    this.#send = send;
    this.#looks = 0;
    this.#schedule();
  }

  hostConnected(): void {
    this.#connected = true;
    document.addEventListener('visibilitychange', this.#schedule);
    this.#schedule();
  }

  hostDisconnected(): void {
    this.#connected = false;
    document.removeEventListener('visibilitychange', this.#schedule);
    clearTimeout(this.#timer);
  }

  readonly #schedule = (): void => {
    clearTimeout(this.#timer);
    if (this.#send === undefined || this.#looks >= MOST_LOOKS || !this.#connected || document.hidden) return;
    this.#timer = setTimeout(() => void this.#again(), PAUSE_MS);
  };

  async #again(): Promise<void> {
    this.#looks += 1;
    await this.#look();
    this.#schedule();
  }
}

/** Names what is on its way in a step of a sign-in, so that two sends are told apart; undefined when nothing is. */
export function queuedSend(view: InteractionView): string | undefined {
  if (view.step === 'confirm_address')
    return view.delivery === 'queued' ? `mail ${view.reference ?? ''} ${view.resendAt}` : undefined;
  if (view.step === 'enrollment') {
    const pending = view.pending;
    return pending && pending.kind !== 'totp' && pending.sent.delivery === 'queued'
      ? `${pending.sent.channel} ${pending.sent.reference} ${pending.sent.expiresAt}`
      : undefined;
  }
  if (view.step !== 'challenge') return undefined;
  const sent = view.factors.map((each) => each.sent).find((each) => each?.delivery === 'queued');
  return sent && `${sent.channel} ${sent.reference} ${sent.expiresAt}`;
}
