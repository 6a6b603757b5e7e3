import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { InteractionView } from '../../worker/interaction/wire.ts';
import { text } from '../localization/localize.ts';
import './button.element.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';

/** @element penumbra-denied */
@customElement('penumbra-denied')
export class DeniedElement extends ScreenElement {
  @property({ attribute: false })
  view!: Extract<InteractionView, { step: 'denied' }>;

  get heading(): string {
    return text('denied.title', { site: this.view.site.name });
  }

  override render(): TemplateResult {
    const { site, email, reason } = this.view;
    const key = reason === 'not_a_member' ? 'denied.notAMember' : 'denied.unmetAssurance';
    return html`${this.renderHeading(text(key, { site: site.name, email }))}
      <div class="stack">
        ${this.renderProblem()}
        <penumbra-button
          look="primary"
          ?busy=${this.busy}
          @click=${() => {
            this.leave({ type: 'restart' });
          }}
          >${text('action.useAnotherAccount')}</penumbra-button
        >
        <div class="actions">
          <button
            type="button"
            class="link"
            @click=${() => {
              this.leave({ type: 'cancel' });
            }}
          >
            ${text('action.back', { site: site.name })}
          </button>
        </div>
      </div>`;
  }

  static override styles = screenStyles;
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-denied': DeniedElement;
  }
}
