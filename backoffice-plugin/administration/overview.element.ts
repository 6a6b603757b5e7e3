import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { MemberFilterWire, OverviewWire } from '../../worker/interaction/wire.ts';
import { loadOverview } from '../api/administration.api.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { number, percent, plural, text } from '../localization/localize-administration.ts';
import { warning } from '../profile/section.ts';
import { adminStyles } from './administration.styles.ts';
import { chartStyles } from './chart.ts';
import { coverageChart } from './coverage-chart.ts';
import { AdminPageElement } from './page.ts';
import { HostWidth } from './width.controller.ts';
import { signInChart, signInKinds } from './sign-in-chart.ts';

const SHOWN: readonly MemberFilterWire[] = [
  'all',
  'no_factor',
  'weak',
  'locked',
  'exempt',
  'suspended',
  'invited',
  'administrators',
];

/** What the frame of a box takes at both sides. */
const FRAME = 50;

/**
 * How things stand in the organisation: what waits, how many have what, and how that has changed.
 *
 * @element penumbra-admin-overview
 */
@customElement('penumbra-admin-overview')
export class AdminOverviewElement extends AdminPageElement {
  @state()
  private view: OverviewWire | undefined;

  /** The kind of sign-in that the chart shows; empty: all. */
  @state()
  private kind = '';

  readonly #width = new HostWidth(this);

  get heading(): string {
    return text('admin.page.overview');
  }

  protected load(): void {
    void this.run(
      (client) => loadOverview(client, this.organization.id),
      (view) => {
        this.view = view;
      },
    );
  }

  override render(): TemplateResult {
    const { view } = this;
    if (!view) return this.renderPage(this.renderUnloaded());
    const room = this.#width.pixels - FRAME;
    return this.renderPage(
      html`${this.#waiting(view)} ${this.#counts(view)}
        <section class="box" aria-labelledby="coverage">
          <h2 id="coverage">${text('admin.coverage.title')}</h2>
          ${coverageChart(view.coverage, room)}
        </section>
        <section class="box" aria-labelledby="sign-ins">
          <header>
            <h2 id="sign-ins">${text('admin.signIns.title')}</h2>
            ${this.#kindChoice(view)}
          </header>
          ${signInChart(view.signIns, this.kind, room)}
        </section>`,
      { lead: view.organization.name },
    );
  }

  #waiting({ helpRequests, resets }: OverviewWire): TemplateResult | typeof nothing {
    if (helpRequests + resets === 0) return nothing;
    const parts = [
      ...(helpRequests > 0 ? [plural('admin.overview.help', helpRequests)] : []),
      ...(resets > 0 ? [plural('admin.overview.resets', resets)] : []),
    ];
    return warning(
      html`<p><strong>${parts.join(' ')}</strong></p>
        <p><a href=${this.href({ page: 'requests' })}>${text('admin.overview.toRequests')}</a></p>`,
    );
  }

  #counts({ counts }: OverviewWire): TemplateResult {
    const covered = counts.all - counts.no_factor - counts.invited;
    return html`<section aria-labelledby="counts">
      <h2 id="counts" class="visually-hidden">${text('admin.overview.counts')}</h2>
      <ul class="counts">
        ${SHOWN.map(
          (filter) =>
            html`<li>
              <a href=${this.href({ page: 'members', query: { filter: filter === 'all' ? '' : filter } })}>
                <strong>${number(counts[filter])}</strong>
                <span>${text(`admin.filter.${filter}`)}</span>
                ${
                  filter === 'all'
                    ? html`<span class="hint"
                        >${text('admin.overview.covered', { share: percent(Math.max(covered, 0), counts.all) })}</span
                      >`
                    : nothing
                }
              </a>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  #kindChoice({ signIns }: OverviewWire): TemplateResult | typeof nothing {
    const kinds = signInKinds(signIns);
    if (kinds.length < 2) return nothing;
    return html`<div class="field kind">
      <label for="kind" class="visually-hidden">${text('admin.signIns.kind')}</label>
      <select id="kind" @change=${(event: Event) => (this.kind = (event.target as HTMLSelectElement).value)}>
        <option value="">${text('admin.signIns.all')}</option>
        ${kinds.map(({ kind, name }) => html`<option value=${kind} ?selected=${kind === this.kind}>${name}</option>`)}
      </select>
    </div>`;
  }

  static override styles = [
    screenStyles,
    ...adminStyles,
    chartStyles,
    css`
      .counts {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(clamp(130px, 22%, 240px), 1fr));
        gap: 12px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .counts a {
        display: grid;
        align-content: start;
        gap: 0;
        height: 100%;
        padding: 15px 18px;
        border: 1px solid var(--uui-color-divider-standalone);
        border-radius: var(--uui-border-radius-3);
        background: var(--uui-color-surface);
        color: var(--uui-color-text);
        text-decoration: none;
      }
      .counts a:hover {
        border-color: var(--uui-color-text);
      }
      .counts a:hover span:not(.hint) {
        text-decoration: underline;
        text-underline-offset: 3px;
      }
      .counts strong {
        font-size: 28px;
        line-height: 1.2;
        font-variant-numeric: tabular-nums;
      }
      .kind {
        margin-left: auto;
      }
      .kind select {
        height: 36px;
        font-size: 14px;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-admin-overview': AdminOverviewElement;
  }
}
