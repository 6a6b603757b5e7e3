// Which element draws which page. Each comes with the place that it is of, so that another member is another element.

import { html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { OrganizationWire } from '../../worker/interaction/wire.ts';
import type { ApiClient } from '../api/client.ts';
import './audit.element.ts';
import './invites.element.ts';
import './member.element.ts';
import './members.element.ts';
import './overview.element.ts';
import type { Place } from './place.ts';
import './policy.element.ts';
import './requests.element.ts';
import './site.element.ts';
import './sites.element.ts';

interface PageOptions {
  readonly client: ApiClient;
  readonly organization: OrganizationWire;
  readonly news: string | undefined;
}

/** Draws the page of a place. */
export function administrationPage(place: Place, options: PageOptions): TemplateResult {
  const { organization } = options;
  return html`${keyed(`${organization.id} ${place.page} ${place.id ?? ''}`, elementOf(place, options))}`;
}

function elementOf(place: Place, { client, organization, news }: PageOptions): TemplateResult {
  const { page, id } = place;
  switch (page) {
    case 'overview':
      return html`<penumbra-admin-overview
        .client=${client}
        .organization=${organization}
        .place=${place}
        .news=${news}
      ></penumbra-admin-overview>`;
    case 'members':
      return id === undefined
        ? html`<penumbra-admin-members
            .client=${client}
            .organization=${organization}
            .place=${place}
            .news=${news}
          ></penumbra-admin-members>`
        : html`<penumbra-admin-member
            .client=${client}
            .organization=${organization}
            .place=${place}
            .news=${news}
          ></penumbra-admin-member>`;
    case 'invites':
      return html`<penumbra-admin-invites
        .client=${client}
        .organization=${organization}
        .place=${place}
        .news=${news}
      ></penumbra-admin-invites>`;
    case 'requests':
      return html`<penumbra-admin-requests
        .client=${client}
        .organization=${organization}
        .place=${place}
        .news=${news}
      ></penumbra-admin-requests>`;
    case 'sites':
      return id === undefined
        ? html`<penumbra-admin-sites
            .client=${client}
            .organization=${organization}
            .place=${place}
            .news=${news}
          ></penumbra-admin-sites>`
        : html`<penumbra-admin-site
            .client=${client}
            .organization=${organization}
            .place=${place}
            .news=${news}
          ></penumbra-admin-site>`;
    case 'policy':
      return html`<penumbra-admin-policy
        .client=${client}
        .organization=${organization}
        .place=${place}
        .news=${news}
      ></penumbra-admin-policy>`;
    case 'audit':
      return html`<penumbra-admin-audit
        .client=${client}
        .organization=${organization}
        .place=${place}
        .news=${news}
      ></penumbra-admin-audit>`;
  }
}
