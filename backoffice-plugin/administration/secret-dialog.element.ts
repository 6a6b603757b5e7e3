import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../elements/button.element.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { text } from '../localization/localize-administration.ts';
import { DialogElement } from '../profile/dialog.ts';
import { dialogStyles } from '../profile/dialog.styles.ts';

/** Something that is shown once: in this answer and never again. */
export interface ShownOnce {
  readonly heading: string;
  readonly lead: string;
  readonly label: string;
  readonly secret: string;
  /** What to mind, a paragraph each. */
  readonly warnings: readonly string[];
}

/**
 * Shows a secret the one time that it is there to be seen. Escape and a click beside it don't close it: only who says
 * that it was kept goes on.
 *
 * @element penumbra-secret-dialog
 */
@customElement('penumbra-secret-dialog')
export class SecretDialogElement extends DialogElement<{ readonly type: 'close' }> {
  @property({ attribute: false })
  shown!: ShownOnce;

  @state()
  private copied = false;

  get heading(): string {
    return this.shown.heading;
  }

  override render(): TemplateResult {
    const { label, lead, secret, warnings } = this.shown;
    return html`<dialog
      aria-labelledby="heading"
      aria-describedby="lead"
      @cancel=${(event: Event) => {
        event.preventDefault();
      }}
      @keydown=${stay}
    >
      <h2 id="heading" tabindex="-1">${this.heading}</h2>
      <div id="lead" class="lead">${lead}</div>
      <div class="stack">
        <div class="field">
          <span id="label" class="label">${label}</span>
          <code id="secret" tabindex="0" aria-labelledby="label secret">${secret}</code>
          <div class="copy">
            <penumbra-button look="outline" @click=${() => void this.#copy()}
              >${text('recoveryCodes.copy')}</penumbra-button
            >
            <span class="hint" role="status">${this.copied ? text('action.copied') : nothing}</span>
          </div>
        </div>
        <ul class="warnings">
          ${warnings.map((words) => html`<li>${words}</li>`)}
        </ul>
        <penumbra-button look="primary" @click=${this.close}>${text('admin.secret.kept')}</penumbra-button>
      </div>
    </dialog>`;
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.shown.secret);
      this.copied = true;
    } catch {
      // Refused by the browser: mark it, so that it can be copied by hand.
      const shown = this.renderRoot.querySelector('#secret');
      if (shown) getSelection()?.selectAllChildren(shown);
    }
  }

  static override styles = [
    screenStyles,
    dialogStyles,
    css`
      .label {
        font-weight: 700;
        font-size: 14px;
      }
      code {
        padding: 12px 15px;
        border-radius: var(--uui-border-radius-2, 6px);
        background: var(--uui-color-surface-alt);
        font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
        font-size: 17px;
        font-variant-ligatures: none;
        overflow-wrap: anywhere;
        user-select: all;
      }
      code:focus-visible {
        outline: 2px solid var(--uui-color-focus);
        outline-offset: 1px;
      }
      .copy {
        display: flex;
        align-items: center;
        gap: 12px;
      }
      .warnings {
        display: grid;
        gap: 6px;
        margin: 0;
        padding-left: 1.2em;
      }
    `,
  ];
}

// A browser lets a second Escape close a dialog whatever is said to the first.
function stay(event: KeyboardEvent): void {
  if (event.key === 'Escape') event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-secret-dialog': SecretDialogElement;
  }
}
