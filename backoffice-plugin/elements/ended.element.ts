import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { text } from '../localization/localize.ts';
import './button.element.ts';
import { leaveFor } from './leave.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';

/**
 * The end of a journey that can't go on, with the way to begin anew.
 *
 * @element penumbra-ended
 */
@customElement('penumbra-ended')
export class EndedElement extends ScreenElement {
  @property()
  override title = '';

  /** What happened. */
  @property()
  text = '';

  /** Same-origin path that starts anew. */
  @property()
  continue: string | undefined;

  get heading(): string {
    return this.title;
  }

  override render(): TemplateResult {
    const way = this.continue;
    return html`${this.renderHeading(this.text)}
      <div class="stack">
        ${
          way === undefined
            ? nothing
            : html`<penumbra-button
                look="primary"
                @click=${() => {
                  leaveFor(this, way);
                }}
                >${text('action.startAgain')}</penumbra-button
              >`
        }
      </div>`;
  }

  static override styles = screenStyles;
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-ended': EndedElement;
  }
}
