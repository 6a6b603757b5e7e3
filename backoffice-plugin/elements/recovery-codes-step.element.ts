import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { InteractionView } from '../../worker/interaction/wire.ts';
import { text } from '../localization/localize.ts';
import './button.element.ts';
import './recovery-codes.element.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';

/**
 * The step of a sign-in in which recovery codes are shown, or said to have been (S38).
 *
 * @element penumbra-recovery-codes-step
 */
@customElement('penumbra-recovery-codes-step')
export class RecoveryCodesStepElement extends ScreenElement {
  @property({ attribute: false })
  view!: Extract<InteractionView, { step: 'recovery_codes' }>;

  get heading(): string {
    return text('recoveryCodes.title');
  }

  override render(): TemplateResult {
    const codes = this.view.codes;
    return html`${this.renderHeading(text(codes ? 'recoveryCodes.lead' : 'recoveryCodes.gone'))}
      <div class="stack">
        ${this.renderProblem()}
        ${
          codes
            ? html`<penumbra-recovery-codes
                .codes=${codes}
                ?busy=${this.busy}
                @penumbra-saved=${this.#goOn}
              ></penumbra-recovery-codes>`
            : this.#gone()
        }
      </div>`;
  }

  #gone(): TemplateResult {
    return html`<penumbra-button look="primary" ?busy=${this.busy} @click=${this.#goOn}
        >${text('recoveryCodes.haveThem')}</penumbra-button
      >
      <penumbra-button
        look="outline"
        class="wide"
        @click=${() => {
          this.leave({ type: 'recovery-codes/renew' });
        }}
        >${text('recoveryCodes.renew')}</penumbra-button
      >`;
  }

  #goOn(): void {
    this.leave({ type: 'recovery-codes' });
  }

  static override styles = [
    screenStyles,
    css`
      .wide {
        --uui-button-height: 44px;
        width: 100%;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-recovery-codes-step': RecoveryCodesStepElement;
  }
}
