// What every screen, and every part of one that asks for something, has: the person's data in, one event out, the
// failure told at its place, focus where it helps. It must not know the network: whoever hosts it performs the action and
// hands back a view or a failure.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Failure, FailureCode } from '../api/problem.ts';
import type { InteractionAction } from '../api/interaction.api.ts';
import { duration, text } from '../localization/localize.ts';
import { Countdown } from './countdown.controller.ts';
import { failureText } from './failure-text.ts';

const SPENT: ReadonlySet<FailureCode> = new Set(['wrong_code', 'code_used', 'code_expired']);

export const ACTION_EVENT = 'penumbra-action';

/**
 * Asks a person for something. `Action` is what they can want.
 *
 * @fires penumbra-action - what the person wants, as `detail`
 */
export abstract class PartElement<Action extends object = InteractionAction> extends LitElement {
  /** What the last action failed with; gone once another one begins. */
  @property({ attribute: false })
  failure: Failure | undefined;

  /** An action is under way. */
  @property({ type: Boolean })
  busy = false;

  /** The service's clock, epoch seconds. */
  @property({ attribute: false })
  now: () => number = () => Date.now() / 1000;

  /** A mistake that needs no asking of the service. */
  @state()
  protected mistake: string | undefined;

  protected readonly wait: Countdown = new Countdown(this);

  protected act(action: Action): void {
    if (!this.wait.running) this.leave(action);
  }

  /** Does what is possible while a wait runs, too. */
  protected leave(action: Action): void {
    if (this.busy) return;
    this.mistake = undefined;
    this.dispatchEvent(new CustomEvent(ACTION_EVENT, { detail: action, bubbles: true, composed: true }));
  }

  protected complain(mistake: string): void {
    this.mistake = mistake;
    this.#focusProblem();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('failure') || !this.failure) return;
    this.mistake = undefined;
    if (this.failure.retryAt !== undefined) this.wait.start(this.failure.retryAt - this.now());
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('failure') && this.failure) this.#focusProblem();
  }

  /** Puts the focus into the first field; false where there is none. */
  focusField(): boolean {
    const field = this.#field();
    field?.focus();
    return field !== null;
  }

  /** The failure that is told here: one that belongs to something else may be kept back. */
  protected get told(): Failure | undefined {
    return this.failure;
  }

  protected get troubled(): boolean {
    return this.mistake !== undefined || this.told !== undefined;
  }

  /** Says what went wrong; whoever knows what was wanted may say it better. */
  protected wordsOf(failure: Failure): string {
    return failureText(failure);
  }

  /** The place of the failure. It stays in the page while empty: a live region must be there before its words. */
  protected renderProblem(): TemplateResult {
    return html`<div id="problem" class="problem" role="alert">${this.#problem()}</div>
      ${
        this.wait.running
          ? html`<p class="hint" aria-hidden="true">
              ${text('problem.throttled.wait', { wait: duration(this.wait.secondsLeft) })}
            </p>`
          : nothing
      }`;
  }

  #problem(): TemplateResult | string | typeof nothing {
    if (this.mistake !== undefined) return this.mistake;
    const failure = this.told;
    if (!failure) return nothing;
    if (failure.code === 'throttled') return this.#throttled();
    if (failure.code === 'forbidden_origin' || failure.code === 'unexpected') {
      return html`<span>${this.wordsOf(failure)}</span>
        <button
          type="button"
          class="link"
          @click=${() => {
            location.reload();
          }}
        >
          ${text('action.reload')}
        </button>`;
    }
    return html`<span>${this.wordsOf(failure)}</span>${this.#errors(failure)}`;
  }

  #errors(failure: Failure): TemplateResult | typeof nothing {
    if (failure.code !== 'password_refused' || !failure.errors?.length) return nothing;
    return html`<ul>
      ${failure.errors.map((error) => html`<li>${error.message}</li>`)}
    </ul>`;
  }

  // Read out twice: once with the whole wait, once when it is over. The seconds between are for eyes only.
  #throttled(): TemplateResult | string {
    if (!this.wait.running) return text('problem.throttled.over');
    const retryAt = this.failure?.retryAt ?? 0;
    return html`<span>${text('problem.throttled')}</span>
      <span class="visually-hidden"
        >${text('problem.throttled.wait', { wait: duration(this.#wholeWait(retryAt)) })}</span
      >`;
  }

  #waitAtStart: { readonly retryAt: number; readonly seconds: number } | undefined;

  #wholeWait(retryAt: number): number {
    if (this.#waitAtStart?.retryAt !== retryAt) {
      this.#waitAtStart = { retryAt, seconds: this.wait.secondsLeft };
    }
    return this.#waitAtStart.seconds;
  }

  #focusProblem(): void {
    void this.updateComplete.then(() => {
      const field = this.#field();
      if (!field) return;
      // A code that was refused is of no more use, while a password may only need one letter changed.
      if (this.failure && SPENT.has(this.failure.code)) field.value = '';
      field.focus();
      field.select();
    });
  }

  #field(): HTMLInputElement | null {
    return this.renderRoot.querySelector<HTMLInputElement>('input[data-first]');
  }
}
