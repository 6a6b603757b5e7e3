// The administration of organisations: which one, which page, and what waits. Each page is an element of its own; this one
// must not know what they show.

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { OrganizationWire } from '../../worker/interaction/wire.ts';
import { loadOrganizations } from '../api/administration.api.ts';
import type { ApiClient } from '../api/client.ts';
import type { Failure } from '../api/problem.ts';
import '../elements/button.element.ts';
import { leaveFor } from '../elements/leave.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { tellStep } from '../elements/step-event.ts';
import { text } from '../localization/localize-administration.ts';
import { serviceName } from '../localization/service-name.ts';
import { administrationPage } from './administration-page.ts';
import { adminStyles } from './administration.styles.ts';
import { placeOfDraft } from './draft.ts';
import { adminFailureText } from './failure-text.ts';
import { hashOf, PAGE_NAMES, parsePlace, type PageName, type Place } from './place.ts';
import { AdminPageElement, type Going } from './page.ts';

/**
 * @element penumbra-administration
 * @fires penumbra-step - `detail` is the title that the page should have
 * @fires penumbra-leave - the person has to go on to another page; cancel it to go there in a way of your own
 */
@customElement('penumbra-administration')
export class AdministrationElement extends LitElement {
  /** How the service is asked. Nothing happens before the host has set it. */
  @property({ attribute: false })
  client: ApiClient | undefined;

  /** Where the person's own profile is; empty: there is no way there. */
  @property({ attribute: 'profile-href' })
  profileHref = '/account';

  @state()
  private organizations: readonly OrganizationWire[] | undefined;

  @state()
  private failure: Failure | undefined;

  @state()
  private place: Place = parsePlace(location.hash);

  /** What the page that led here had to say. */
  @state()
  private news: string | undefined;

  #focusPage = false;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#onHash);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#onHash);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('client') || !this.client) return;
    // A sign-in leads back to the administration as a whole.
    const left = placeOfDraft();
    if (location.hash === '' && left !== undefined) history.replaceState(null, '', left);
    this.place = parsePlace(location.hash);
    void this.#load();
  }

  protected override updated(): void {
    const page = this.renderRoot.querySelector('.page > *');
    if (!(page instanceof AdminPageElement)) return;
    void page.updateComplete.then(() => {
      this.#tell(page);
    });
    if (!this.#focusPage) return;
    this.#focusPage = false;
    void page.focusHeading();
  }

  #tell(page: AdminPageElement): void {
    tellStep(this, text('app.title', { step: page.heading, site: serviceName() }));
  }

  readonly #load = async (): Promise<void> => {
    if (!this.client) return;
    this.failure = undefined;
    const result = await loadOrganizations(this.client);
    if (result.ok) this.organizations = result.value.organizations;
    else if (result.failure.code === 'login_required' && result.failure.continue !== undefined)
      leaveFor(this, result.failure.continue);
    else this.failure = result.failure;
  };

  readonly #onHash = (): void => {
    const next = parsePlace(location.hash);
    const before = this.place;
    this.place = next;
    if (next.page === before.page && next.id === before.id && next.organization === before.organization)
      return;
    this.#focusPage = true;
    scrollTo(0, 0);
  };

  readonly #onGo = (event: CustomEvent<Going>): void => {
    this.news = event.detail.news;
    location.hash = event.detail.hash;
  };

  get #organization(): OrganizationWire | undefined {
    const { organizations } = this;
    return organizations?.find(({ id }) => id === this.place.organization) ?? organizations?.[0];
  }

  override render(): TemplateResult {
    const { client, failure, organizations } = this;
    if (failure)
      return html`<h1>${text('failed.title')}</h1>
        <div class="problem" role="alert">${adminFailureText(failure)}</div>
        <div>
          <penumbra-button look="primary" class="narrow" @click=${this.#load}
            >${text('action.tryAgain')}</penumbra-button
          >
        </div>`;
    if (!client || !organizations) return html`<p class="lead" role="status">${text('app.loading')}</p>`;
    const organization = this.#organization;
    if (!organization)
      return html`<h1>${text('admin.title')}</h1>
        <p class="lead">${text('admin.none')}</p>
        ${this.#profileLink()}`;
    const place = { ...this.place, organization: organization.id };
    return html`<div class="frame">
      <div class="side">
        ${this.#switcher(organization, organizations)}
        <nav aria-label=${text('admin.title')}>
          <ul>
            ${PAGE_NAMES.map((page) => this.#link(page, place))}
          </ul>
        </nav>
        ${this.#profileLink()}
      </div>
      <div class="page" @penumbra-go=${this.#onGo} @penumbra-heading=${this.#onHeading}>
        ${administrationPage(place, { client, organization, news: this.news })}
      </div>
    </div>`;
  }

  readonly #onHeading = (event: Event): void => {
    // The headings of dialogs come from further inside.
    if (event.target instanceof AdminPageElement) this.#tell(event.target);
  };

  #link(page: PageName, place: Place & { readonly organization: string }): TemplateResult {
    const current = place.page === page;
    const href = hashOf({ organization: place.organization, page });
    return html`<li>
      <a
        href=${href}
        aria-current=${current ? (place.id === undefined ? 'page' : 'true') : nothing}
        @click=${() => {
          this.news = undefined;
        }}
        >${text(`admin.page.${page}`)}</a
      >
    </li>`;
  }

  #switcher(organization: OrganizationWire, organizations: readonly OrganizationWire[]): TemplateResult {
    if (organizations.length === 1)
      return html`<p class="organization">
        <strong>${organization.name}</strong>
        <span class="hint">${text(`admin.role.${organization.role}`)}</span>
      </p>`;
    return html`<div class="organization field">
      <label for="organization">${text('admin.organization')}</label>
      <select
        id="organization"
        @change=${(event: Event) => {
          const { value } = event.target as HTMLSelectElement;
          this.news = undefined;
          // What is open belongs to one organisation; the kind of page doesn't.
          location.hash = hashOf({ organization: value, page: this.place.page });
        }}
      >
        ${organizations.map(
          ({ id, name }) => html`<option value=${id} ?selected=${id === organization.id}>${name}</option>`,
        )}
      </select>
      <p class="hint">${text(`admin.role.${organization.role}`)}</p>
    </div>`;
  }

  #profileLink(): TemplateResult | typeof nothing {
    if (this.profileHref === '') return nothing;
    return html`<p class="own"><a href=${this.profileHref}>${text('admin.profile')}</a></p>`;
  }

  static override styles = [
    screenStyles,
    ...adminStyles,
    css`
      .frame {
        display: grid;
        gap: 24px;
      }
      .side {
        display: grid;
        gap: 15px;
        align-content: start;
        min-width: 0;
      }
      .page {
        min-width: 0;
      }
      .organization {
        display: grid;
        gap: 2px;
        overflow-wrap: anywhere;
      }
      p.organization strong {
        font-size: 18px;
        line-height: 1.3;
      }
      nav ul {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      nav a {
        display: block;
        padding: 6px 12px;
        border: 1px solid var(--uui-color-divider-standalone);
        border-radius: var(--uui-border-radius-2, 6px);
        background: var(--uui-color-surface);
        color: var(--penumbra-link-color, var(--uui-color-interactive));
        font-size: 14px;
        text-decoration: none;
      }
      nav a:hover {
        text-decoration: underline;
        text-underline-offset: 3px;
      }
      nav a[aria-current] {
        border-color: currentColor;
        font-weight: 700;
      }
      .own {
        font-size: 14px;
      }
      @media (min-width: 1000px) {
        .frame {
          grid-template-columns: 200px minmax(0, 1fr);
          gap: 40px;
        }
        .side {
          position: sticky;
          top: 24px;
          align-self: start;
          gap: 24px;
        }
        nav ul {
          display: grid;
          gap: 3px;
          margin-left: -12px;
        }
        nav a {
          padding: 9px 12px;
          border-color: transparent;
          background: none;
        }
        nav a:hover {
          background: var(--uui-color-surface);
        }
        nav a[aria-current] {
          border-color: var(--uui-color-divider-standalone);
          background: var(--uui-color-surface);
          box-shadow: inset 3px 0 0 currentColor;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-administration': AdministrationElement;
  }
}
