import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { InteractionView } from '../../worker/interaction/wire.ts';
import type { InteractionAction } from '../api/interaction.api.ts';
import type { Failure } from '../api/problem.ts';
import { text } from '../localization/localize.ts';
import type { CodeSource } from './one-time-code.element.ts';
import './one-time-code.element.ts';
import './pass.element.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';

/** @element penumbra-confirm-address */
@customElement('penumbra-confirm-address')
export class ConfirmAddressElement extends ScreenElement {
  @property({ attribute: false })
  view!: Extract<InteractionView, { step: 'confirm_address' }>;

  /** What the person answers with: the code in the mail, or an access pass. */
  @state()
  private way: 'code' | 'pass' = 'code';

  #source: CodeSource | undefined;
  #failedWay: 'code' | 'pass' = 'code';

  get heading(): string {
    return text(this.way === 'pass' ? 'pass.title' : 'confirmAddress.title');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('view')) this.#source = sourceOf(this.view);
    // What one way answered says nothing about the other.
    if (changed.has('failure')) this.#failedWay = this.way;
  }

  protected override firstUpdated(changed: PropertyValues<this>): void {
    super.firstUpdated(changed);
    // Whoever comes here needs a code, so the first one isn't waited for with a button.
    if (this.view.delivery === 'none') this.act({ type: 'address-code' });
  }

  protected override get told(): Failure | undefined {
    return this.#failedWay === this.way ? this.failure : undefined;
  }

  override render(): TemplateResult {
    const isPass = this.way === 'pass';
    return html`${isPass ? this.#pass() : this.#code()}
      <div class="actions">
        <button
          type="button"
          class="link"
          @click=${() => {
            this.way = isPass ? 'code' : 'pass';
            void this.refocus();
          }}
        >
          ${text(isPass ? 'pass.mailInstead' : 'challenge.pass')}
        </button>
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
      </div>`;
  }

  #code(): TemplateResult {
    return html`${this.renderHeading(text('confirmAddress.lead'))}
      <penumbra-one-time-code
        data-part
        .source=${this.#source}
        .failure=${this.told}
        .now=${this.now}
        ?busy=${this.busy}
        .toSend=${(): InteractionAction => ({ type: 'address-code' })}
        .toConfirm=${(code: string): InteractionAction => ({ type: 'address', code })}
      ></penumbra-one-time-code>`;
  }

  #pass(): TemplateResult {
    return html`${this.renderHeading(text('pass.lead'))}
      <penumbra-pass data-part .failure=${this.told} .now=${this.now} ?busy=${this.busy}></penumbra-pass>`;
  }

  static override styles = [
    screenStyles,
    css`
      .actions {
        margin-top: var(--uui-size-6);
      }
    `,
  ];
}

function sourceOf(view: Extract<InteractionView, { step: 'confirm_address' }>): CodeSource {
  const { destination, codeLength, delivery, reference, resendAt } = view;
  const sent = {
    channel: 'mail',
    reference: reference ?? '',
    // It is asked for at once.
    delivery: delivery === 'none' ? 'queued' : delivery,
  } as const;
  return { channels: ['mail'], destination, codeLength, sent, resendAt };
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-confirm-address': ConfirmAddressElement;
  }
}
