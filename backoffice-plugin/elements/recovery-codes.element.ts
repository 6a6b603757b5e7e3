import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { moment, text } from '../localization/localize.ts';
import { serviceFileName, serviceName } from '../localization/service-name.ts';
import './button.element.ts';
import { screenStyles } from './screen.styles.ts';

// What is around this element is out of its reach, but visibility is inherited and can be taken back inside.
const onPaper = new CSSStyleSheet();
onPaper.replaceSync('@media print { html, body { height: 100%; overflow: hidden; visibility: hidden; } }');

/**
 * Shows a new set of recovery codes and helps to keep it (S38): copy, download, print. While it is in the page, that
 * prints the codes and nothing else.
 *
 * @element penumbra-recovery-codes
 * @fires penumbra-saved - the person said that the codes are saved and wants to go on
 */
@customElement('penumbra-recovery-codes')
export class RecoveryCodesElement extends LitElement {
  @property({ attribute: false })
  codes: readonly string[] = [];

  /** What the person began is under way. */
  @property({ type: Boolean })
  busy = false;

  @state()
  private copied = false;

  @state()
  private saved = false;

  readonly #madeAt = Date.now() / 1000;

  override connectedCallback(): void {
    super.connectedCallback();
    document.adoptedStyleSheets.push(onPaper);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== onPaper);
  }

  override render(): TemplateResult {
    return html`<div class="sheet">
        <p class="sheet-title">${this.#title}</p>
        <ol id="codes" aria-label=${text('recoveryCodes.list')}>
          ${this.codes.map((code) => html`<li>${grouped(code)}</li>`)}
        </ol>
        <p class="hint">${text('recoveryCodes.once')}</p>
      </div>
      <div class="ways">
        <penumbra-button look="outline" @click=${() => void this.#copy()}
          >${text('recoveryCodes.copy')}</penumbra-button
        >
        <penumbra-button look="outline" @click=${this.#download}
          >${text('recoveryCodes.download')}</penumbra-button
        >
        <penumbra-button
          look="outline"
          @click=${() => {
            print();
          }}
          >${text('recoveryCodes.print')}</penumbra-button
        >
        <span class="hint" role="status">${this.copied ? text('action.copied') : nothing}</span>
      </div>
      <label class="saved"
        ><input
          type="checkbox"
          .checked=${this.saved}
          @change=${(event: Event) => (this.saved = (event.target as HTMLInputElement).checked)}
        /><span>${text('recoveryCodes.saved')}</span></label
      >
      <penumbra-button
        look="primary"
        ?disabled=${!this.saved}
        ?busy=${this.busy}
        @click=${() => this.saved && this.dispatchEvent(new CustomEvent('penumbra-saved'))}
        >${text('action.continue')}</penumbra-button
      >`;
  }

  get #title(): string {
    return text('recoveryCodes.fileTitle', { service: serviceName(), moment: moment(this.#madeAt) });
  }

  get #asText(): string {
    return this.codes.map(grouped).join('\n');
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#asText);
      this.copied = true;
    } catch {
      // Refused by the browser: mark them, so that they can be copied by hand.
      const shown = this.renderRoot.querySelector('#codes');
      if (shown) getSelection()?.selectAllChildren(shown);
    }
  }

  #download(): void {
    const parts = [this.#title, '', this.#asText, '', text('recoveryCodes.once'), ''];
    const url = URL.createObjectURL(new Blob([parts.join('\r\n')], { type: 'text/plain;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = [serviceFileName(), text('recoveryCodes.file')].filter((part) => part !== '').join('-');
    link.click();
    URL.revokeObjectURL(url);
  }

  static override styles = [
    screenStyles,
    css`
      :host {
        display: grid;
        gap: var(--uui-size-6);
        container-type: inline-size;
      }
      .sheet {
        display: grid;
        gap: var(--uui-size-3);
        min-width: 0;
      }
      .sheet-title {
        display: none;
      }
      ol {
        display: grid;
        gap: 6px 24px;
        margin: 0;
        padding: var(--uui-size-4) var(--uui-size-4) var(--uui-size-4) 46px;
        border-radius: var(--uui-border-radius-2, 6px);
        background: var(--uui-color-surface-alt);
        font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
        font-size: 15px;
        font-variant-ligatures: none;
      }
      li::marker {
        color: var(--penumbra-muted-color, var(--uui-color-text-alt));
        font-size: 12px;
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--uui-size-3);
      }
      .saved {
        display: flex;
        align-items: center;
        gap: var(--uui-size-3);
        min-height: 44px;
        font-size: 15px;
        font-weight: 400;
        cursor: pointer;
      }
      @media print {
        .sheet {
          position: fixed;
          inset: 0;
          align-content: start;
          visibility: visible;
          color: #000;
        }
        .sheet-title {
          display: block;
          font-weight: 700;
        }
        ol {
          background: none;
          font-size: 13pt;
          line-height: 1.8;
        }
        li::marker,
        .hint {
          color: #000;
        }
      }
    `,
  ];
}

/** Groups of four are what a person can read off and type, whatever way the service wrote them. */
function grouped(code: string): string {
  return (
    code
      .replace(/[^A-Za-z0-9]/g, '')
      .match(/.{1,4}/g)
      ?.join('-') ?? code
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-recovery-codes': RecoveryCodesElement;
  }
}
