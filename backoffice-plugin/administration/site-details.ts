import { html, nothing, type TemplateResult } from 'lit';
import type { AdminSiteWire } from '../../worker/interaction/wire.ts';
import { moment, text } from '../localization/localize-administration.ts';
import { smallButton } from '../profile/section.ts';

/** Draws what a site is, with the ways to change it. */
export function siteDetails(site: AdminSiteWire, onOpen: (form: string) => void): TemplateResult {
  const row = (label: string, value: string | TemplateResult): TemplateResult =>
    html`<div>
      <dt>${label}</dt>
      <dd>${value}</dd>
    </div>`;
  const uris = (all: readonly string[]): TemplateResult | string =>
    all.length === 0 ? text('admin.site.noUri') : html`${all.map((uri) => html`<p>${uri}</p>`)}`;
  const button = (form: string, label: string): TemplateResult =>
    smallButton(label, () => {
      onOpen(form);
    });
  return html`<section class="box" aria-labelledby="site">
    <h2 id="site" tabindex="-1">${text('admin.site.details')}</h2>
    <dl class="rows">
      ${row(text('admin.site.clientId'), site.clientId)}
      ${row(text('admin.site.type'), text(site.isPublic ? 'admin.site.public' : 'admin.site.withSecret'))}
      ${row(text('admin.site.redirectUris'), uris(site.redirectUris))}
      ${row(text('admin.site.postLogoutUris'), uris(site.postLogoutRedirectUris))}
      ${site.createdAt === undefined ? nothing : row(text('admin.site.createdAt'), moment(site.createdAt))}
    </dl>
    ${
      site.isConfigured
        ? html`<p class="none">${text('admin.site.configuredText')}</p>`
        : html`<div class="buttons">
            ${button('change', text('profile.change'))}
            ${site.isPublic ? nothing : button('secret', text('admin.site.newSecret'))}
            ${button('remove', text('admin.site.remove'))}
          </div>`
    }
  </section>`;
}
