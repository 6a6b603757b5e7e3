import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LostChoiceWire } from '../../worker/interaction/wire.ts';
import { text } from '../localization/localize.ts';
import './button.element.ts';
import { submitOnEnter, typedIn } from './fields.ts';
import { PartElement } from './part.ts';
import { screenStyles } from './screen.styles.ts';

const CODE_LENGTH = 24;

/**
 * Takes a recovery code, and asks what was lost: that is replaced by what is set up next (S39).
 *
 * @element penumbra-recovery
 */
@customElement('penumbra-recovery')
export class RecoveryElement extends PartElement {
  /** The factors of the account. */
  @property({ attribute: false })
  factors: readonly LostChoiceWire[] = [];

  override render(): TemplateResult {
    return html`<form novalidate @submit=${this.#submit} @keydown=${submitOnEnter}>
      <div class="field">
        <label for="code">${text('recovery.code')}</label>
        <input
          id="code"
          name="code"
          type="text"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          data-first
          aria-invalid=${this.troubled}
          aria-describedby="hint problem"
        />
        <p id="hint" class="hint">${text('recovery.codeHint')}</p>
        ${this.renderProblem()}
      </div>
      ${this.factors.length > 0 ? this.#lost() : nothing}
      <penumbra-button type="submit" look="primary" ?busy=${this.busy} ?disabled=${this.wait.running}
        >${text('action.continue')}</penumbra-button
      >
    </form>`;
  }

  #lost(): TemplateResult {
    return html`<fieldset aria-describedby="lost-hint">
      <legend>${text('recovery.lost')}</legend>
      <p id="lost-hint" class="hint">${text('recovery.lostHint')}</p>
      ${this.factors.map(
        ({ enrollmentId, kind, name, destination }) =>
          html`<label
            ><input type="checkbox" name="lost" value=${enrollmentId} checked /><span
              >${name}<span class="hint">${destination ?? text(`factor.${kind}`)}</span></span
            ></label
          >`,
      )}
    </fieldset>`;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const code = typedIn(this.renderRoot, '#code')
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '');
    const lost = new FormData(event.target as HTMLFormElement).getAll('lost').map(String);
    if (code.length !== CODE_LENGTH) this.complain(text('check.recoveryCode', { length: CODE_LENGTH }));
    else if (this.factors.length > 0 && lost.length === 0) this.complain(text('check.lost'));
    else this.act({ type: 'recovery', code, lost });
  }

  static override styles = [
    screenStyles,
    css`
      #code {
        font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
        text-transform: uppercase;
      }
      fieldset {
        display: grid;
        gap: var(--uui-size-2);
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      fieldset label {
        display: flex;
        align-items: center;
        gap: var(--uui-size-4);
        min-height: 44px;
        font-size: 15px;
        overflow-wrap: anywhere;
        cursor: pointer;
      }
      label .hint {
        display: block;
        font-weight: 400;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-recovery': RecoveryElement;
  }
}
