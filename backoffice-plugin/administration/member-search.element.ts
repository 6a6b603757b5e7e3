import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { MemberWire } from '../../worker/interaction/wire.ts';
import { loadMembers } from '../api/administration.api.ts';
import type { ApiClient } from '../api/client.ts';
import '../elements/button.element.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { plural, text } from '../localization/localize-administration.ts';

const TYPING_MS = 300;
const SHOWN = 6;

/**
 * Finds one member by the beginning of a name or an address.
 *
 * @element penumbra-member-search
 * @fires penumbra-member - one was chosen; `detail` is the `MemberWire`
 */
@customElement('penumbra-member-search')
export class MemberSearchElement extends LitElement {
  @property({ attribute: false })
  client!: ApiClient;

  /** Identifier of the organisation. */
  @property()
  organization = '';

  @property()
  label = '';

  /** Who is not to be found: they were chosen already. */
  @property({ attribute: false })
  without: readonly string[] = [];

  @state()
  private found: readonly MemberWire[] | undefined;

  @state()
  private failed = false;

  #asked = 0;
  #typing: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  override render(): TemplateResult {
    const found = this.found?.filter(({ sub }) => !this.without.includes(sub)).slice(0, SHOWN);
    return html`<div class="field">
      <label for="member">${this.label}</label>
      <input
        id="member"
        type="search"
        autocomplete="off"
        spellcheck="false"
        maxlength="100"
        placeholder=${text('admin.search.placeholder')}
        @input=${this.#onInput}
        @keydown=${(event: KeyboardEvent) => {
          // The form around it is not meant.
          if (event.key === 'Enter') event.preventDefault();
        }}
      />
      <p class="hint" role="status">
        ${this.failed ? text('admin.search.failed') : found ? plural('admin.members.found', found.length) : nothing}
      </p>
      ${
        found && found.length > 0
          ? html`<ul>
              ${found.map(
                (member) =>
                  html`<li>
                    <button
                      type="button"
                      @click=${() => {
                        this.#choose(member);
                      }}
                    >
                      <strong>${member.name || member.email}</strong><span>${member.email}</span>
                    </button>
                  </li>`,
              )}
            </ul>`
          : nothing
      }
    </div>`;
  }

  readonly #onInput = (event: InputEvent): void => {
    const search = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.#typing);
    this.#asked += 1;
    if (search === '') this.found = undefined;
    else this.#typing = setTimeout(() => void this.#search(search), TYPING_MS);
  };

  async #search(search: string): Promise<void> {
    const asked = this.#asked;
    const query = { filter: 'all', search, sort: 'name' } as const;
    const result = await loadMembers(this.client, this.organization, query);
    if (asked !== this.#asked) return;
    this.failed = !result.ok;
    this.found = result.ok ? result.value.members : undefined;
  }

  #choose(member: MemberWire): void {
    const input = this.renderRoot.querySelector('input');
    if (input) input.value = '';
    this.found = undefined;
    input?.focus();
    this.dispatchEvent(new CustomEvent('penumbra-member', { detail: member, bubbles: true, composed: true }));
  }

  static override styles = [
    screenStyles,
    css`
      ul {
        display: grid;
        margin: 0;
        padding: 0;
        list-style: none;
        border: 1px solid var(--uui-color-border);
        border-radius: var(--uui-border-radius-2, 6px);
        overflow: hidden;
      }
      li + li {
        border-top: 1px solid var(--uui-color-divider-standalone);
      }
      button {
        display: flex;
        flex-wrap: wrap;
        gap: 0 9px;
        width: 100%;
        padding: 9px 12px;
        border: 0;
        background: none;
        color: var(--uui-color-text);
        font: inherit;
        text-align: start;
        overflow-wrap: anywhere;
        cursor: pointer;
      }
      button:hover {
        background: var(--uui-color-surface-emphasis);
      }
      button:focus-visible {
        outline-offset: -2px;
      }
      button span {
        color: var(--penumbra-muted-color, var(--uui-color-text-alt));
      }
      .hint:empty {
        display: none;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-member-search': MemberSearchElement;
  }
}
