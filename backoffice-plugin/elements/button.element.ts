import { UUIButtonElement } from '@umbraco-ui/uui/components/button/button.element.js';
import { css, html, nothing, type HTMLTemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';

/**
 * Umbraco's button with a label of its own making. UUI's writes an inline `style` around its label and in its loader,
 * which the content security policy refuses, and repeats its text as `aria-label`.
 *
 * @element penumbra-button
 * @slot - the label
 */
@customElement('penumbra-button')
export class PenumbraButtonElement extends UUIButtonElement {
  /** Shows that what the button began is under way. */
  @property({ type: Boolean, reflect: true })
  busy = false;

  // Not passed on: UUI only warns there about a missing `label`, and here the text inside names the button.
  protected override firstUpdated(): void {
    return;
  }

  override render(): HTMLTemplateResult {
    return html`<button id="button" type="button" ?disabled=${this.disabled} aria-busy=${this.busy}>
      ${this.busy ? html`<span class="spinner" aria-hidden="true"></span>` : nothing}
      <span class="label"><slot></slot></span>
    </button>`;
  }

  static override styles = [
    ...UUIButtonElement.styles,
    css`
      #button {
        gap: var(--uui-size-3);
      }
      /* In UUI 2.0 the colour of a primary button outweighs its being disabled. */
      :host([look='primary'][disabled]) #button {
        --color: var(--uui-color-disabled-standalone);
        --color-contrast: var(--penumbra-muted-color, var(--uui-color-text));
      }
      /* UUI takes the background of a hovered primary one for its words: in dark they can't be read. */
      :host([look='outline']:not([disabled]):hover) #button {
        color: var(--uui-color-interactive);
      }
      #button[disabled]:active {
        animation: none;
      }
      .spinner {
        width: 1.1em;
        height: 1.1em;
        border: 2px solid currentColor;
        border-right-color: transparent;
        border-radius: 50%;
        animation: turn 800ms linear infinite;
      }
      @keyframes turn {
        to {
          transform: rotate(1turn);
        }
      }
      @media (prefers-reduced-motion: reduce) {
        :host,
        #button,
        .label {
          transition: none;
        }
        #button:active,
        .spinner {
          animation: none;
        }
        /* Standing still, a gap in the ring would look like a fault. */
        .spinner {
          border: 3px dotted currentColor;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-button': PenumbraButtonElement;
  }
}
