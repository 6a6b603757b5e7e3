import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { InteractionView } from '../../worker/interaction/wire.ts';
import type { InteractionAction } from '../api/interaction.api.ts';
import { text } from '../localization/localize.ts';
import type { CodeSource } from './one-time-code.element.ts';
import './one-time-code.element.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';

/** @element penumbra-confirm-address */
@customElement('penumbra-confirm-address')
export class ConfirmAddressElement extends ScreenElement {
  @property({ attribute: false })
  view!: Extract<InteractionView, { step: 'confirm_address' }>;

  #source: CodeSource | undefined;

  get heading(): string {
    return text('confirmAddress.title');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('view')) this.#source = sourceOf(this.view);
  }

  protected override firstUpdated(changed: PropertyValues<this>): void {
    super.firstUpdated(changed);
    // Whoever comes here needs a code, so the first one isn't waited for with a button.
    if (this.view.delivery === 'none') this.act({ type: 'address-code' });
  }

  override render(): TemplateResult {
    return html`${this.renderHeading(text('confirmAddress.lead'))}
      <penumbra-one-time-code
        data-part
        .source=${this.#source}
        .failure=${this.failure}
        .now=${this.now}
        ?busy=${this.busy}
        .toSend=${(): InteractionAction => ({ type: 'address-code' })}
        .toConfirm=${(code: string): InteractionAction => ({ type: 'address', code })}
      ></penumbra-one-time-code>
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
      </div>`;
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
