import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AdminSiteWire, MemberWire } from '../../worker/interaction/wire.ts';
import type { ApiClient } from '../api/client.ts';
import '../elements/button.element.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { plural, text } from '../localization/localize-administration.ts';
import { smallButton } from '../profile/section.ts';
import './member-search.element.ts';

/** Who is to be let into a site. */
export interface SiteAccess {
  readonly access: AdminSiteWire['access'];
  /** Identifiers; they take the place of those who were listed before. */
  readonly listed?: readonly string[];
}

interface Listed {
  readonly sub: string;
  readonly name: string;
  readonly email: string;
}

/**
 * Asks who may use a site: all members, or those who are listed.
 *
 * @element penumbra-site-access
 * @fires penumbra-access - it is to be saved; `detail` is a `SiteAccess`
 */
@customElement('penumbra-site-access')
export class SiteAccessElement extends LitElement {
  @property({ attribute: false })
  client!: ApiClient;

  /** Identifier of the organisation. */
  @property()
  organization = '';

  @property({ attribute: false })
  site!: AdminSiteWire;

  @state()
  private access: AdminSiteWire['access'] = 'members';

  @state()
  private listed: readonly Listed[] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('site')) return;
    this.access = this.site.access;
    this.listed = this.site.listedMembers;
  }

  get #changed(): boolean {
    const before = this.site.listedMembers.map(({ sub }) => sub).join();
    const now = this.listed.map(({ sub }) => sub).join();
    return this.access !== this.site.access || (this.access === 'listed' && before !== now);
  }

  override render(): TemplateResult {
    const choice = (access: AdminSiteWire['access'], label: string): TemplateResult =>
      html`<label class="tick"
        ><input
          type="radio"
          name="access"
          value=${access}
          .checked=${this.access === access}
          @change=${() => (this.access = access)}
        /><span>${label}</span></label
      >`;
    return html`<fieldset aria-label=${text('admin.site.access')}>
        ${choice('members', text('admin.site.access.members'))}
        ${choice('listed', text('admin.site.access.some'))}
      </fieldset>
      ${this.access === 'listed' ? this.#list() : nothing}
      <div>
        <penumbra-button look="outline" ?disabled=${!this.#changed} @click=${this.#save}
          >${text('account.save')}</penumbra-button
        >
      </div>`;
  }

  #list(): TemplateResult {
    const { listed, site } = this;
    // Of a long list only the beginning is told, and what is saved replaces all of it.
    const unknown = site.access === 'listed' && site.listed > site.listedMembers.length;
    return html`${unknown ? html`<p class="hint">${plural('admin.site.replaces', site.listed)}</p>` : nothing}
      ${
        listed.length === 0
          ? html`<p class="hint">${text('admin.site.listedNone')}</p>`
          : html`<ul aria-label=${text('admin.site.access.some')}>
              ${listed.map(
                ({ sub, name, email }) =>
                  html`<li>
                    <span>${name || email}</span>
                    ${smallButton(
                      text('profile.remove'),
                      () => {
                        this.listed = listed.filter((each) => each.sub !== sub);
                      },
                      { about: name || email },
                    )}
                  </li>`,
              )}
            </ul>`
      }
      <penumbra-member-search
        .client=${this.client}
        .organization=${this.organization}
        .label=${text('admin.site.listedAdd')}
        .without=${listed.map(({ sub }) => sub)}
        @penumbra-member=${(event: CustomEvent<MemberWire>) => {
          const { sub, name, email } = event.detail;
          this.listed = [...listed, { sub, name, email }];
        }}
      ></penumbra-member-search>`;
  }

  readonly #save = (): void => {
    if (!this.#changed) return;
    const detail: SiteAccess =
      this.access === 'members'
        ? { access: 'members' }
        : { access: 'listed', listed: this.listed.map(({ sub }) => sub) };
    this.dispatchEvent(new CustomEvent('penumbra-access', { detail, bubbles: true, composed: true }));
  };

  static override styles = [
    screenStyles,
    css`
      :host {
        display: grid;
        gap: 15px;
      }
      fieldset {
        margin: 0;
        padding: 0;
        border: 0;
      }
      .tick {
        display: flex;
        gap: 9px;
        padding: 4px 0;
        font-size: 15px;
        font-weight: 400;
        cursor: pointer;
      }
      .tick input {
        margin-top: 2px;
      }
      ul {
        display: grid;
        margin: 0;
        padding: 0;
        list-style: none;
        border: 1px solid var(--uui-color-divider-standalone);
        border-radius: var(--uui-border-radius-2, 6px);
      }
      li {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
        padding: 6px 12px;
        overflow-wrap: anywhere;
      }
      li + li {
        border-top: 1px solid var(--uui-color-divider-standalone);
      }
      .small {
        --uui-button-height: 33px;
        --uui-button-font-size: 14px;
        --uui-button-padding-left-factor: 2;
        --uui-button-padding-right-factor: 2;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-site-access': SiteAccessElement;
  }
}
