import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { text } from '../localization/localize.ts';
import './button.element.ts';
import { leaveFor } from './leave.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';

/**
 * Where nothing can be done but to begin anew or to try again.
 *
 * @element penumbra-ended
 * @fires penumbra-retry - the person wants it tried again
 */
@customElement('penumbra-ended')
export class EndedElement extends ScreenElement {
  @property({ attribute: false })
  headline = '';

  /** What happened. */
  @property({ attribute: false })
  reason = '';

  /** Same-origin path that starts anew; without one it can only be tried again. */
  @property({ attribute: false })
  way: string | undefined;

  /** Trying again may help. */
  @property({ type: Boolean })
  retry = false;

  get heading(): string {
    return this.headline;
  }

  override render(): TemplateResult {
    return html`${this.renderHeading()}
      <p class="lead" role="alert">${this.reason}</p>
      <div class="stack">${this.retry ? this.#again() : this.#anew()}</div>`;
  }

  #again(): TemplateResult {
    return html`<penumbra-button
      look="primary"
      ?busy=${this.busy}
      @click=${() => this.dispatchEvent(new CustomEvent('penumbra-retry'))}
      >${text('action.tryAgain')}</penumbra-button
    >`;
  }

  #anew(): TemplateResult {
    const way = this.way;
    if (way === undefined) return html`<p>${text('ended.noWay')}</p>`;
    return html`<penumbra-button
      look="primary"
      @click=${() => {
        leaveFor(this, way);
      }}
      >${text('action.startAgain')}</penumbra-button
    >`;
  }

  static override styles = screenStyles;
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-ended': EndedElement;
  }
}
