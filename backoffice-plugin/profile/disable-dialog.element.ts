import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { EnrollmentWire } from '../../worker/interaction/wire.ts';
import '../elements/button.element.ts';
import { codeField, digitsOf, submitOnEnter } from '../elements/fields.ts';
import { ScreenElement } from '../elements/screen.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { text } from '../localization/localize.ts';

/** What a person can want in the dialog. */
export type DisableAction =
  | { readonly type: 'disable'; readonly enrollmentId: string; readonly code: string }
  | { readonly type: 'keep' };

const CODE_LENGTH = 6;

/**
 * Asks for a code of the very app that is to be disabled. Open while it is in the page; a native dialog, so that
 * focus stays in it and Escape leaves it.
 *
 * @element penumbra-disable-dialog
 */
@customElement('penumbra-disable-dialog')
export class DisableDialogElement extends ScreenElement<DisableAction> {
  @property({ attribute: false })
  enrollment!: EnrollmentWire;

  get heading(): string {
    return text('disable.title', { name: this.enrollment.name });
  }

  protected override firstUpdated(changed: PropertyValues<this>): void {
    this.renderRoot.querySelector('dialog')?.showModal();
    super.firstUpdated(changed);
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="heading" aria-describedby="text" @cancel=${this.#keep}>
      <h2 id="heading">${this.heading}</h2>
      <p id="text" class="lead">${text('disable.text')}</p>
      <form novalidate @submit=${this.#submit} @keydown=${submitOnEnter}>
        <div class="field">
          ${codeField({ length: CODE_LENGTH, first: true, invalid: this.troubled })} ${this.renderProblem()}
        </div>
        <div class="choices">
          <penumbra-button look="outline" @click=${this.#keep}>${text('disable.keep')}</penumbra-button>
          <penumbra-button
            type="submit"
            look="primary"
            color="danger"
            ?busy=${this.busy}
            ?disabled=${this.wait.running}
            >${text('disable.confirm')}</penumbra-button
          >
        </div>
      </form>
    </dialog>`;
  }

  #keep(event: Event): void {
    event.preventDefault();
    this.leave({ type: 'keep' });
  }

  // Not sent at the last digit: what can't be undone takes a decision.
  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const entry = new FormData(event.target as HTMLFormElement).get('code');
    const code = digitsOf(typeof entry === 'string' ? entry : '');
    if (code.length !== CODE_LENGTH) this.complain(text('check.codeLength', { length: CODE_LENGTH }));
    else this.act({ type: 'disable', enrollmentId: this.enrollment.enrollmentId, code });
  }

  static override styles = [
    screenStyles,
    css`
      dialog {
        width: min(480px, calc(100vw - 32px));
        max-height: calc(100dvh - 32px);
        padding: 30px;
        border: 1px solid var(--uui-color-border);
        border-radius: var(--uui-border-radius-3);
        background: var(--uui-color-surface);
        color: var(--uui-color-text);
        box-shadow: var(--uui-shadow-depth-5);
        overflow: auto;
      }
      dialog::backdrop {
        background: rgb(10 14 30 / 55%);
      }
      h2 {
        margin: 0;
        font-size: 21px;
        line-height: 1.3;
        overflow-wrap: anywhere;
      }
      .choices {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
        gap: 12px;
      }
      .choices penumbra-button {
        --uui-button-height: 44px;
        width: 100%;
      }
      @media (max-width: 480px) {
        dialog {
          padding: 20px;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-disable-dialog': DisableDialogElement;
  }
}
