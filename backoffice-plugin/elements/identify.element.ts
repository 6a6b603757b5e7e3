import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { InteractionView } from '../../worker/interaction/wire.ts';
import { text } from '../localization/localize.ts';
import './button.element.ts';
import { emailField, submitOnEnter } from './fields.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';

/** @element penumbra-identify */
@customElement('penumbra-identify')
export class IdentifyElement extends ScreenElement {
  @property({ attribute: false })
  view!: Extract<InteractionView, { step: 'identify' }>;

  get heading(): string {
    return text('identify.title');
  }

  override render(): TemplateResult {
    return html`${this.renderHeading(text('identify.lead', { site: this.view.site.name }))}
      ${
        this.view.repeated
          ? html`<p class="notice repeated" role="status">${text('identify.repeated')}</p>`
          : nothing
      }
      <form novalidate @submit=${this.#submit} @keydown=${submitOnEnter}>
        <div class="field">
          ${emailField({ invalid: this.troubled, value: this.view.loginHint ?? '' })} ${this.renderProblem()}
        </div>
        <penumbra-button type="submit" look="primary" ?busy=${this.busy} ?disabled=${this.wait.running}
          >${text('action.continue')}</penumbra-button
        >
        <div class="actions">
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

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const email = new FormData(event.target as HTMLFormElement).get('username');
    const typed = typeof email === 'string' ? email.trim() : '';
    // Only what can't be an address at all is held back: the rest is the service's to judge.
    if (!/^\S+@\S+$/.test(typed)) this.complain(text('check.email'));
    else this.act({ type: 'identify', email: typed });
  }

  static override styles = [
    screenStyles,
    css`
      .repeated {
        margin-top: var(--uui-size-6);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-identify': IdentifyElement;
  }
}
