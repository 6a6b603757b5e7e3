import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { InteractionView } from '../../worker/interaction/wire.ts';
import { text } from '../localization/localize.ts';
import './button.element.ts';
import { codeField, digitsOf, submitOnEnter } from './fields.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';

/** @element penumbra-challenge */
@customElement('penumbra-challenge')
export class ChallengeElement extends ScreenElement {
  @property({ attribute: false })
  view!: Extract<InteractionView, { step: 'challenge' }>;

  get heading(): string {
    return text('challenge.title');
  }

  override render(): TemplateResult {
    const { factors, codeLength } = this.view;
    const only = factors.length === 1 ? factors[0] : undefined;
    const lead = only
      ? text('challenge.lead', { name: only.name, length: codeLength })
      : text('challenge.leadSeveral', { length: codeLength });
    return html`${this.renderHeading(lead)}
      <form novalidate @submit=${this.#submit} @keydown=${submitOnEnter}>
        ${only ? nothing : this.#choice()}
        <div class="field">
          ${codeField({
            length: codeLength,
            first: true,
            invalid: this.troubled,
            // With a choice still open the last digit must not decide it.
            ...(only && {
              onComplete: () => {
                this.#send();
              },
            }),
          })}
          ${this.renderProblem()}
        </div>
        <penumbra-button type="submit" look="primary" ?busy=${this.busy} ?disabled=${this.wait.running}
          >${text('action.verify')}</penumbra-button
        >
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

  #choice(): TemplateResult {
    return html`<fieldset>
      <legend>${text('challenge.choose')}</legend>
      ${this.view.factors.map(
        (factor, index) =>
          html`<label
            ><input type="radio" name="factor" value=${factor.enrollmentId} ?checked=${index === 0} /><span
              >${factor.name}</span
            ></label
          >`,
      )}
    </fieldset>`;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    this.#send();
  }

  #send(): void {
    const code = digitsOf(this.renderRoot.querySelector<HTMLInputElement>('#code')?.value ?? '');
    const enrollmentId = this.#chosen();
    if (code.length !== this.view.codeLength || enrollmentId === undefined) {
      this.complain(text('check.codeLength', { length: this.view.codeLength }));
    } else this.act({ type: 'challenge', enrollmentId, code });
  }

  #chosen(): string | undefined {
    const radio = this.renderRoot.querySelector<HTMLInputElement>('input[type="radio"]:checked');
    return radio?.value ?? this.view.factors[0]?.enrollmentId;
  }

  static override styles = [
    screenStyles,
    css`
      fieldset {
        display: grid;
        gap: var(--uui-size-2);
        margin: 0;
        padding: 0;
        border: 0;
        min-width: 0;
      }
      legend {
        margin-bottom: var(--uui-size-2);
      }
      fieldset label {
        display: flex;
        align-items: center;
        gap: var(--uui-size-3);
        min-height: 44px;
        padding: var(--uui-size-2) var(--uui-size-4);
        border: 1px solid var(--uui-color-border);
        border-radius: var(--uui-border-radius-2, 6px);
        font-weight: 400;
        font-size: 15px;
        overflow-wrap: anywhere;
        cursor: pointer;
      }
      fieldset label:has(:checked) {
        border-color: var(--uui-color-selected);
        box-shadow: inset 0 0 0 1px var(--uui-color-selected);
      }
      input[type='radio'] {
        flex: none;
        width: 18px;
        height: 18px;
        margin: 0;
        accent-color: var(--uui-color-selected);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-challenge': ChallengeElement;
  }
}
