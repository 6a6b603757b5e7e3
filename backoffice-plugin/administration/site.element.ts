import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { AdminSiteWire, NewSiteWire, PolicyView } from '../../worker/interaction/wire.ts';
import {
  changeSite,
  loadPolicy,
  loadSites,
  removeSite,
  renewSecret,
  type SiteChange,
} from '../api/site-administration.api.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { text } from '../localization/localize-administration.ts';
import { smallButton, warning } from '../profile/section.ts';
import { adminStyles } from './administration.styles.ts';
import type { Draft, Task, Values } from './draft.ts';
import { NO_FIELDS } from './form-dialog.element.ts';
import { fieldStyles } from './form-fields.ts';
import type { Form } from './form.ts';
import { AdminPageElement } from './page.ts';
import { policyFields } from './policy-fields.ts';
import { policyStyles } from './policy.styles.ts';
import { whyImpossible } from './policy-possible.ts';
import { policyTexts } from './policy-texts.ts';
import { policyMistakes, policyOfValues, valuesOfPolicy } from './policy-values.ts';
import './secret-dialog.element.ts';
import './site-access.element.ts';
import type { SiteAccess } from './site-access.element.ts';
import { siteDetails } from './site-details.ts';
import { secretOf, siteForm } from './site-forms.ts';

/**
 * One site: what it is, who may use it, and what it demands beyond what the organisation does.
 *
 * @element penumbra-admin-site
 */
@customElement('penumbra-admin-site')
export class AdminSiteElement extends AdminPageElement {
  @state()
  private site: AdminSiteWire | undefined;

  @state()
  private limits: PolicyView | undefined;

  @state()
  private values: Values | undefined;

  @state()
  private mistakes: Values = {};

  /** A new secret: here while it is on the screen, and nowhere else. */
  @state()
  private made: NewSiteWire | undefined;

  /** Who is to be let in, while it is asked whether that is meant. */
  #access: SiteAccess | undefined;

  get heading(): string {
    return this.site?.name ?? text('admin.site.title');
  }

  get #clientId(): string {
    return this.place.id ?? '';
  }

  protected load(): void {
    void this.run(
      (client) => loadSites(client, this.organization.id),
      ({ sites }) => {
        this.site = sites.find(({ clientId }) => clientId === this.#clientId);
        if (!this.site) this.fail({ code: 'not_found' });
        else this.#loadLimits();
      },
    );
  }

  #loadLimits(): void {
    void this.run(
      (client) => loadPolicy(client, this.organization.id),
      (limits) => {
        this.limits = limits;
        this.resume();
      },
    );
  }

  protected override reopen(draft: Draft): void {
    const { form } = draft.task;
    if (form === 'policy') this.values = draft.values;
    else if (form === 'access') this.#access = accessOf(draft.values);
    super.reopen(draft);
  }

  protected override signInAgain(task: Task, values: Values): void {
    if (task.form === 'policy') super.signInAgain(task, this.values ?? {});
    else if (task.form === 'access') super.signInAgain(task, { access: JSON.stringify(this.#access) });
    else super.signInAgain(task, values);
  }

  protected override formOf(task: Task): Form | undefined {
    const { site } = this;
    if (!site) return undefined;
    if (task.form === 'policy') return this.#policyForm(site);
    if (task.form === 'access') return this.#accessForm(site);
    return siteForm(site, task, {
      onChange: this.#change,
      onSecret: () => {
        void this.run(
          (client) => renewSecret(client, this.organization.id, site.clientId),
          (made) => {
            this.site = made.site;
            this.finish(text('admin.site.secretDone'));
            this.made = made;
          },
        );
      },
      onRemove: () => {
        void this.run(
          (client) => removeSite(client, this.organization.id, site.clientId),
          () => {
            this.task = undefined;
            this.go({ page: 'sites' }, text('admin.site.removed', { name: site.name }));
          },
        );
      },
    });
  }

  #policyForm({ name }: AdminSiteWire): Form | undefined {
    const { values, limits, site } = this;
    if (!values || !limits || !site) return undefined;
    const policy = policyOfValues(values, site.policy, limits);
    const says = policyTexts(policy);
    return {
      heading: text('admin.site.policyTitle', { name }),
      lead: html`<p>${text(says.length === 0 ? 'admin.site.policyNothing' : 'admin.site.policyText')}</p>
        <ul>
          ${says.map((words) => html`<li>${words}</li>`)}
        </ul>`,
      fields: NO_FIELDS,
      confirm: text('account.save'),
      submit: () => {
        this.#change({ policy }, text('admin.site.policyDone'), () => {
          this.values = undefined;
        });
      },
    };
  }

  #accessForm({ name }: AdminSiteWire): Form | undefined {
    const wanted = this.#access;
    if (!wanted) return undefined;
    return {
      heading: text('admin.site.accessTitle', { name }),
      lead: text(wanted.access === 'members' ? 'admin.site.accessAll' : 'admin.site.accessListed', {
        count: wanted.listed?.length ?? 0,
      }),
      fields: NO_FIELDS,
      confirm: text('account.save'),
      submit: () => {
        this.#change(wanted, text('admin.site.accessDone'));
      },
    };
  }

  readonly #change = (change: SiteChange, news: string, after?: () => void): void => {
    void this.run(
      (client) => changeSite(client, this.organization.id, this.#clientId, change),
      (site) => {
        this.site = site;
        after?.();
        this.finish(news);
      },
    );
  };

  readonly #savePolicy = (): void => {
    const { values, limits } = this;
    if (!values || !limits) return;
    this.mistakes = policyMistakes(values, limits, this.client.now());
    if (Object.keys(this.mistakes).length === 0 && whyImpossible(values, limits).length === 0)
      this.open('policy');
    else
      void this.updateComplete.then(() => {
        this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      });
  };

  override render(): TemplateResult {
    const { site, limits, made } = this;
    const above = html`<p class="back">
      <a href=${this.href({ page: 'sites' })}>${text('admin.site.back')}</a>
    </p>`;
    if (!site || !limits) return this.renderPage(this.renderUnloaded(), { above });
    const secret = made && secretOf(made);
    return this.renderPage(
      html`${siteDetails(site, this.open)} ${this.#accessSection(site)} ${this.#policySection(site, limits)}`,
      {
        above,
        over: secret
          ? html`<penumbra-secret-dialog
              .shown=${secret}
              @penumbra-action=${() => {
                this.made = undefined;
                void this.focusHeading();
              }}
            ></penumbra-secret-dialog>`
          : nothing,
      },
    );
  }

  #accessSection(site: AdminSiteWire): TemplateResult {
    return html`<section class="box" aria-labelledby="access">
      <h2 id="access" tabindex="-1">${text('admin.site.access')}</h2>
      <penumbra-site-access
        .client=${this.client}
        .organization=${this.organization.id}
        .site=${site}
        @penumbra-access=${(event: CustomEvent<SiteAccess>) => {
          this.#access = event.detail;
          this.open('access');
        }}
      ></penumbra-site-access>
    </section>`;
  }

  #policySection(site: AdminSiteWire, limits: PolicyView): TemplateResult {
    const { values } = this;
    const says = policyTexts(site.policy);
    if (!values)
      return html`<section class="box" aria-labelledby="policy">
        <h2 id="policy" tabindex="-1">${text('admin.site.policy')}</h2>
        <p class="lead">${text('admin.site.policyLead')}</p>
        ${
          says.length === 0
            ? html`<p class="none">${text('admin.site.policyNone')}</p>`
            : html`<ul class="says">
                ${says.map((words) => html`<li>${words}</li>`)}
              </ul>`
        }
        ${
          site.isConfigured
            ? nothing
            : html`<div>
                ${smallButton(text('admin.site.policyEdit'), () => {
                  this.values = valuesOfPolicy(site.policy, limits);
                })}
              </div>`
        }
      </section>`;
    const impossible = whyImpossible(values, limits);
    return html`<h2>${text('admin.site.policy')}</h2>
      ${policyFields(values, {
        limits,
        mistakes: this.mistakes,
        now: this.client.now(),
        ofSite: true,
        onChange: (next) => {
          this.values = next;
          this.mistakes = {};
        },
      })}
      <div class="save">
        <div role="status">${impossible.map((words) => warning(words))}</div>
        <div class="buttons">
          <penumbra-button
            look="outline"
            @click=${() => {
              this.values = undefined;
            }}
            >${text('action.cancel')}</penumbra-button
          >
          <penumbra-button look="primary" ?disabled=${impossible.length > 0} @click=${this.#savePolicy}
            >${text('account.save')}</penumbra-button
          >
        </div>
      </div>`;
  }

  static override styles = [screenStyles, ...adminStyles, fieldStyles, policyStyles];
}

function accessOf({ access }: Values): SiteAccess | undefined {
  try {
    return JSON.parse(access ?? '') as SiteAccess;
  } catch {
    return undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-admin-site': AdminSiteElement;
  }
}
