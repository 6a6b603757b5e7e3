import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { text } from '../localization/localize.ts';
import './button.element.ts';
import { submitOnEnter, typedIn } from './fields.ts';
import { PartElement } from './part.ts';
import { screenStyles } from './screen.styles.ts';

const CODE_LENGTH = 16;

/**
 * Takes an access pass: it opens the set-up of a new factor, and then the sign-in is repeated (S48a).
 *
 * @element penumbra-pass
 */
@customElement('penumbra-pass')
export class PassElement extends PartElement {
  override render(): TemplateResult {
    return html`<form novalidate @submit=${this.#submit} @keydown=${submitOnEnter}>
      <div class="field">
        <label for="code">${text('pass.code')}</label>
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
        <p id="hint" class="hint">${text('pass.codeHint')}</p>
        ${this.renderProblem()}
      </div>
      <penumbra-button type="submit" look="primary" ?busy=${this.busy} ?disabled=${this.wait.running}
        >${text('action.continue')}</penumbra-button
      >
    </form>`;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const code = typedIn(this.renderRoot, '#code')
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '');
    if (code.length !== CODE_LENGTH) this.complain(text('check.pass', { length: CODE_LENGTH }));
    else this.act({ type: 'pass', code });
  }

  static override styles = [
    screenStyles,
    css`
      #code {
        font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
        text-transform: uppercase;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-pass': PassElement;
  }
}
