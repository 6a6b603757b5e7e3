import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { InteractionView } from '../../worker/interaction/wire.ts';
import { duration, text } from '../localization/localize.ts';
import './button.element.ts';
import { Countdown } from './countdown.controller.ts';
import { codeField, digitsOf, submitOnEnter } from './fields.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';

/** @element penumbra-confirm-address */
@customElement('penumbra-confirm-address')
export class ConfirmAddressElement extends ScreenElement {
  @property({ attribute: false })
  view!: Extract<InteractionView, { step: 'confirm_address' }>;

  readonly #resend = new Countdown(this);

  get heading(): string {
    return text('confirmAddress.title');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('view')) this.#resend.start(this.view.resendAt - this.now());
  }

  protected override firstUpdated(changed: PropertyValues<this>): void {
    super.firstUpdated(changed);
    // Whoever comes here needs a code, so the first one isn't waited for with a button.
    if (this.view.delivery === 'none') this.act({ type: 'address-code' });
  }

  override render(): TemplateResult {
    return html`${this.renderHeading()}
      <div aria-live="polite">${this.#delivery()}</div>
      <form novalidate @submit=${this.#submit} @keydown=${submitOnEnter}>
        <div class="field">
          ${codeField({
            length: this.view.codeLength,
            first: true,
            invalid: this.troubled,
            onComplete: () => {
              this.#send();
            },
          })}
          ${this.renderProblem()}
        </div>
        <penumbra-button type="submit" look="primary" ?busy=${this.busy} ?disabled=${this.wait.running}
          >${text('action.verify')}</penumbra-button
        >
        <div class="resend">
          <penumbra-button
            look="outline"
            ?disabled=${this.#resend.running || this.wait.running}
            @click=${() => {
              this.act({ type: 'address-code' });
            }}
            >${text('confirmAddress.resend')}</penumbra-button
          >
          <p class="hint" aria-hidden="true">
            ${
              this.#resend.running
                ? text('confirmAddress.resendIn', { wait: duration(this.#resend.secondsLeft) })
                : nothing
            }
          </p>
          <p class="visually-hidden" aria-live="polite">
            ${this.#resend.running ? nothing : text('confirmAddress.resendNow')}
          </p>
        </div>
        <div class="actions">
          <button
            type="button"
            class="link"
            @click=${() => {
              this.leave({ type: 'restart' });
            }}
          >
            ${text('action.useAnotherAccount')}
          </button>
          <button
            type="button"
            class="link"
            @click=${() => {
              this.leave({ type: 'cancel' });
            }}
          >
            ${text('action.cancel')}
          </button>
        </div>
      </form>`;
  }

  #delivery(): TemplateResult {
    const { delivery, destination, reference } = this.view;
    if (delivery === 'failed') {
      return html`<p class="lead failed">${text('confirmAddress.failed', { destination })}</p>`;
    }
    if (delivery === 'none')
      return html`<p class="lead">${text('confirmAddress.sending', { destination })}</p>`;
    return html`<p class="lead">${text('confirmAddress.sent', { destination })}</p>
      ${
        reference === undefined
          ? nothing
          : html`<p class="lead">
              ${text('confirmAddress.reference')} <strong class="reference">${reference}</strong>
            </p>`
      }`;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    this.#send();
  }

  #send(): void {
    const code = digitsOf(this.renderRoot.querySelector<HTMLInputElement>('#code')?.value ?? '');
    if (code.length === this.view.codeLength) this.act({ type: 'address', code });
    else this.complain(text('check.codeLength', { length: this.view.codeLength }));
  }

  static override styles = [
    screenStyles,
    css`
      .reference {
        padding: 2px 8px;
        border-radius: 4px;
        background: var(--uui-color-surface-alt);
        color: var(--uui-color-text);
        letter-spacing: 0.08em;
        font-variant-numeric: tabular-nums;
      }
      .failed {
        color: var(--penumbra-danger-text, var(--uui-color-danger-standalone));
      }
      .resend {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--uui-size-2) var(--uui-size-4);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-confirm-address': ConfirmAddressElement;
  }
}
