import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { InteractionView } from '../../worker/interaction/wire.ts';
import { listed, moment, plural, text } from '../localization/localize.ts';
import './button.element.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';

const DAY_SECONDS = 86_400;

/**
 * Says what is demanded soon, from when on, and how often it can still be put off.
 *
 * @element penumbra-grace
 */
@customElement('penumbra-grace')
export class GraceElement extends ScreenElement {
  @property({ attribute: false })
  view!: Extract<InteractionView, { step: 'grace' }>;

  get heading(): string {
    return text(this.view.because === 'first' ? 'grace.title' : 'grace.titleMore');
  }

  override render(): TemplateResult {
    const { until, snoozesLeft, kinds, reasons } = this.view;
    const days = Math.floor((until - this.now()) / DAY_SECONDS);
    return html`${this.renderHeading(reasons[0] && text(`reason.${reasons[0]}`))}
      <div class="stack">
        <div class="notice">
          <p><strong>${text('grace.until', { moment: moment(until) })}</strong></p>
          <p>
            ${days < 1 ? text('grace.lastDay') : plural('grace.days', days)}
            ${snoozesLeft > 0 ? plural('grace.snoozes', snoozesLeft) : nothing}
          </p>
        </div>
        <p>
          ${text('account.mfa.accepted', {
            kinds: listed(kinds.map((kind) => text(`account.mfa.accepted.${kind}`))),
          })}
        </p>
        ${this.renderProblem()}
        <div class="choice">
          <penumbra-button
            look="primary"
            ?busy=${this.busy}
            @click=${() => {
              this.act({ type: 'grace/set-up' });
            }}
            >${text('grace.setUp')}</penumbra-button
          >
          ${snoozesLeft > 0 ? this.#later() : nothing}
        </div>
      </div>
      <div class="actions">${this.#leaveButton('restart')} ${this.#leaveButton('cancel')}</div>`;
  }

  #later(): TemplateResult {
    return html`<penumbra-button
      look="outline"
      ?disabled=${this.busy}
      @click=${() => {
        this.act({ type: 'grace/snooze' });
      }}
      >${text('grace.snooze')}</penumbra-button
    >`;
  }

  #leaveButton(type: 'restart' | 'cancel'): TemplateResult {
    return html`<button
      type="button"
      class="link"
      @click=${() => {
        this.leave({ type });
      }}
    >
      ${text(type === 'restart' ? 'action.useAnotherAccount' : 'action.cancel')}
    </button>`;
  }

  static override styles = [
    screenStyles,
    css`
      penumbra-button[look='outline'] {
        --uui-button-height: 44px;
        width: 100%;
      }
      .choice {
        display: grid;
        gap: var(--uui-size-3);
      }
      .actions {
        margin-top: var(--uui-size-6);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-grace': GraceElement;
  }
}
