import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { AdminSiteWire, NewSiteWire } from '../../worker/interaction/wire.ts';
import { addSite, loadSites } from '../api/site-administration.api.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { plural, text } from '../localization/localize-administration.ts';
import { smallButton } from '../profile/section.ts';
import { adminStyles } from './administration.styles.ts';
import type { Task } from './draft.ts';
import type { Form } from './form.ts';
import { AdminPageElement } from './page.ts';
import './secret-dialog.element.ts';
import { newSiteForm, secretOf } from './site-forms.ts';

/**
 * The sites of the organisation, and another one.
 *
 * @element penumbra-admin-sites
 */
@customElement('penumbra-admin-sites')
export class AdminSitesElement extends AdminPageElement {
  @state()
  private sites: readonly AdminSiteWire[] | undefined;

  /** A new site with its secret: here while it is on the screen, and nowhere else. */
  @state()
  private made: NewSiteWire | undefined;

  get heading(): string {
    return text('admin.page.sites');
  }

  protected load(): void {
    void this.run(
      (client) => loadSites(client, this.organization.id),
      ({ sites }) => {
        this.sites = sites;
        this.resume();
      },
    );
  }

  protected override formOf(task: Task): Form | undefined {
    if (task.form !== 'add') return undefined;
    return newSiteForm((site) => {
      void this.run(
        (client) => addSite(client, this.organization.id, site),
        (made) => {
          this.sites = [...(this.sites ?? []), made.site];
          this.finish(text('admin.site.added', { name: made.site.name }));
          this.made = made;
        },
      );
    });
  }

  override render(): TemplateResult {
    const { sites, made } = this;
    if (!sites) return this.renderPage(this.renderUnloaded());
    const secret = made && secretOf(made);
    return this.renderPage(this.#list(sites), {
      lead: text('admin.sites.lead'),
      actions: html`<div class="buttons">
        ${smallButton(text('admin.site.add'), () => {
          this.open('add');
        })}
      </div>`,
      over: secret
        ? html`<penumbra-secret-dialog
            .shown=${secret}
            @penumbra-action=${() => {
              this.made = undefined;
              void this.focusHeading();
            }}
          ></penumbra-secret-dialog>`
        : nothing,
    });
  }

  #list(sites: readonly AdminSiteWire[]): TemplateResult {
    if (sites.length === 0) return html`<div class="box state"><p>${text('admin.sites.none')}</p></div>`;
    return html`<div class="box flush">
      <ul class="plain" aria-label=${text('admin.page.sites')}>
        ${sites.map(
          (site) =>
            html`<li>
              <div class="what">
                <p class="name">
                  <a href=${this.href({ page: 'sites', id: site.clientId })}><strong>${site.name}</strong></a>
                  ${site.isConfigured ? html`<span class="tag">${text('admin.site.configured')}</span>` : nothing}
                </p>
                <p class="hint">${text('admin.site.clientId')}: ${site.clientId}</p>
                <p class="hint">${accessText(site)}</p>
              </div>
            </li>`,
        )}
      </ul>
    </div>`;
  }

  static override styles = [screenStyles, ...adminStyles];
}

/** Says who may use a site. */
export function accessText({ access, listed }: AdminSiteWire): string {
  return access === 'members'
    ? text('admin.site.access.members')
    : plural('admin.site.access.listed', listed);
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-admin-sites': AdminSitesElement;
  }
}
