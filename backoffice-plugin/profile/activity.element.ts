import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ActivityWire } from '../../worker/interaction/wire.ts';
import '../elements/button.element.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { moment, text } from '../localization/localize.ts';
import { activityText, isInVain } from './activity-text.ts';
import { deviceText, placeText } from './place-text.ts';

const AT_ONCE = 10;

/**
 * Tells what happened to the account, the newest first and ten more at a time.
 *
 * @element penumbra-activity
 */
@customElement('penumbra-activity')
export class ActivityElement extends LitElement {
  @property({ attribute: false })
  activity: readonly ActivityWire[] = [];

  @state()
  private shown = AT_ONCE;

  override render(): TemplateResult {
    if (this.activity.length === 0) return html`<p class="none">${text('activity.none')}</p>`;
    return html`<ol aria-label=${text('activity.title')}>
        ${this.activity.slice(0, this.shown).map((each) => item(each))}
      </ol>
      ${
        this.shown < this.activity.length
          ? html`<penumbra-button look="outline" @click=${() => void this.#more()}
              >${text('activity.more')}</penumbra-button
            >`
          : nothing
      }
      <a class="link" href="/api/account/activity.csv" download="activity.csv"
        >${text('activity.download')}</a
      >`;
  }

  // The button goes on below, or goes away: the focus belongs to the first of what is new.
  async #more(): Promise<void> {
    const first = this.shown;
    this.shown += AT_ONCE;
    await this.updateComplete;
    this.renderRoot.querySelectorAll('li')[first]?.focus();
  }

  static override styles = [
    screenStyles,
    css`
      :host {
        display: grid;
        gap: 15px;
        justify-items: start;
      }
      ol {
        width: 100%;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 18px;
        padding: 12px 0;
        overflow-wrap: anywhere;
      }
      li + li {
        border-top: 1px solid var(--uui-color-divider-standalone);
      }
      li:first-child {
        padding-top: 0;
      }
      li:focus {
        outline: none;
      }
      li:focus-visible {
        outline: 2px solid var(--uui-color-focus);
      }
      .hint {
        grid-column: 1 / -1;
      }
      time {
        font-size: 13px;
        line-height: 1.75;
        color: var(--penumbra-muted-color, var(--uui-color-text-alt));
      }
      .vain {
        font-weight: 700;
      }
      .none {
        width: 100%;
        padding: 12px 18px;
        border-radius: var(--uui-border-radius-2, 6px);
        background: var(--uui-color-surface-alt);
      }
      @media (max-width: 560px) {
        li {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];
}

function item(activity: ActivityWire): TemplateResult {
  const at = new Date(activity.at * 1000).toISOString();
  return html`<li tabindex="-1">
    <p class=${isInVain(activity) ? 'vain' : ''}>${activityText(activity)}</p>
    <time datetime=${at}>${moment(activity.at)}</time>
    <p class="hint">${deviceText(activity.device)} · ${placeText(activity)}</p>
  </li>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-activity': ActivityElement;
  }
}
