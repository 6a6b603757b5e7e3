import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { InteractionView } from '../../worker/interaction/wire.ts';
import { text } from '../localization/localize.ts';
import './button.element.ts';
import { hiddenUsername, passwordField, submitOnEnter } from './fields.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';

/** @element penumbra-first-factor */
@customElement('penumbra-first-factor')
export class FirstFactorElement extends ScreenElement {
  @property({ attribute: false })
  view!: Extract<InteractionView, { step: 'first_factor' }>;

  @state()
  private shown = false;

  get heading(): string {
    return text('firstFactor.title');
  }

  override render(): TemplateResult {
    return html`${this.renderHeading(text('identify.lead', { site: this.view.site.name }))}
      <form novalidate @submit=${this.#submit} @keydown=${submitOnEnter}>
        <div class="who">
          <span>${this.view.email}</span>
          <button
            type="button"
            class="link"
            @click=${() => {
              this.leave({ type: 'restart' });
            }}
          >
            ${text('firstFactor.notYou')}
            <span class="visually-hidden">${text('action.useAnotherAccount')}</span>
          </button>
        </div>
        ${hiddenUsername(this.view.email)}
        <div class="field">
          ${passwordField({
            invalid: this.troubled,
            autocomplete: 'current-password',
            shown: this.shown,
            onToggle: () => (this.shown = !this.shown),
          })}
          ${this.renderProblem()}
          <p id="reset" role="status" class=${this.view.resetRequested ? 'notice' : ''}>
            ${
              this.view.resetRequested
                ? text('firstFactor.resetRequested', { email: this.view.email })
                : nothing
            }
          </p>
        </div>
        <penumbra-button type="submit" look="primary" ?busy=${this.busy} ?disabled=${this.wait.running}
          >${text('action.signIn')}</penumbra-button
        >
        <div class="actions">
          <button
            type="button"
            class="link"
            @click=${() => {
              this.leave({ type: 'forgot-password' });
            }}
          >
            ${text('firstFactor.forgot')}
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

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const password = new FormData(event.target as HTMLFormElement).get('password');
    if (typeof password !== 'string' || password === '') this.complain(text('check.password'));
    else this.act({ type: 'password', password });
  }

  static override styles = [
    screenStyles,
    css`
      .who {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 0 var(--uui-size-4);
        padding: var(--uui-size-2) var(--uui-size-4);
        border: 1px solid var(--uui-color-border);
        border-radius: var(--uui-border-radius-2, 6px);
        overflow-wrap: anywhere;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-first-factor': FirstFactorElement;
  }
}
