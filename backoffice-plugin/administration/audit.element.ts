import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { AuditEntryWire, MemberWire } from '../../worker/interaction/wire.ts';
import { auditFile, loadAudit, type AuditQuery } from '../api/administration.api.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { moment, plural, text } from '../localization/localize-administration.ts';
import { deviceText, placeText } from '../profile/place-text.ts';
import { adminStyles } from './administration.styles.ts';
import { AUDIT_GROUPS, auditText, isRefused } from './audit-text.ts';
import { dayOf, endOf, startOf } from './dates.ts';
import './member-search.element.ts';
import { AdminPageElement } from './page.ts';
import { hashOf } from './place.ts';

/**
 * What happened in the organisation, the newest first. What is asked for stands in the address.
 *
 * @element penumbra-admin-audit
 */
@customElement('penumbra-admin-audit')
export class AdminAuditElement extends AdminPageElement {
  @state()
  private entries: readonly AuditEntryWire[] | undefined;

  @state()
  private next: string | undefined;

  @state()
  private searching = false;

  #asked = 0;

  get heading(): string {
    return text('admin.page.audit');
  }

  get #query(): AuditQuery {
    const { member, group, from = '', to = '' } = this.place.query;
    const known = AUDIT_GROUPS.find((each) => each === group);
    const [start, end] = [startOf(from), endOf(to)];
    return {
      ...(member !== undefined && member !== '' && { member }),
      ...(known && { group: known }),
      ...(start !== undefined && { from: start }),
      ...(end !== undefined && { to: end }),
    };
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const before = changed.get('place');
    if (before && JSON.stringify(before.query) !== JSON.stringify(this.place.query)) this.load();
  }

  protected load(): void {
    void this.#ask();
  }

  async #ask(cursor?: string): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.searching = true;
    this.failure = undefined;
    const result = await loadAudit(this.client, this.organization.id, this.#query, cursor);
    if (asked !== this.#asked || !this.isConnected) return;
    this.searching = false;
    if (!result.ok) {
      this.fail(result.failure);
      return;
    }
    const before = cursor === undefined ? [] : (this.entries ?? []);
    this.entries = [...before, ...result.value.entries];
    this.next = result.value.next;
    if (cursor === undefined) return;
    await this.updateComplete;
    this.renderRoot.querySelectorAll<HTMLElement>('.entry')[before.length]?.focus();
  }

  #change(query: Readonly<Record<string, string>>): void {
    const hash = hashOf({
      organization: this.organization.id,
      page: 'audit',
      query: { ...this.place.query, ...query },
    });
    if (hash !== location.hash) location.hash = hash;
  }

  override render(): TemplateResult {
    const query = this.#query;
    const file = (format: 'csv' | 'jsonl', label: string): TemplateResult =>
      html`<a class="button" href=${auditFile(this.organization.id, query, format)} download>${label}</a>`;
    return this.renderPage(
      html`${this.#filters()}
        <p class="hint" role="status">${this.#status()}</p>
        ${this.#list()}`,
      {
        lead: text('admin.audit.lead'),
        actions: html`<div class="buttons">
          ${file('csv', text('admin.audit.csv'))} ${file('jsonl', text('admin.audit.jsonl'))}
        </div>`,
      },
    );
  }

  #filters(): TemplateResult {
    const { member = '', name = '', group = '', from = '', to = '' } = this.place.query;
    const today = dayOf(this.client.now());
    const onDay =
      (which: 'from' | 'to') =>
      (event: Event): void => {
        this.#change({ [which]: (event.target as HTMLInputElement).value });
      };
    return html`<div class="box" role="search">
      <div class="controls">
        <div class="field">
          <label for="group">${text('admin.audit.group')}</label>
          <select
            id="group"
            @change=${(event: Event) => {
              this.#change({ group: (event.target as HTMLSelectElement).value });
            }}
          >
            <option value="" ?selected=${group === ''}>${text('admin.audit.all')}</option>
            ${AUDIT_GROUPS.map(
              (each) =>
                html`<option value=${each} ?selected=${each === group}>
                  ${text(`admin.audit.group.${each}`)}
                </option>`,
            )}
          </select>
        </div>
        <div class="field">
          <label for="from">${text('admin.audit.from')}</label>
          <input id="from" type="date" max=${today} .value=${from} @change=${onDay('from')} />
        </div>
        <div class="field">
          <label for="to">${text('admin.audit.to')}</label>
          <input id="to" type="date" max=${today} .value=${to} @change=${onDay('to')} />
        </div>
      </div>
      ${
        member === ''
          ? html`<penumbra-member-search
              .client=${this.client}
              .organization=${this.organization.id}
              .label=${text('admin.column.member')}
              @penumbra-member=${(event: CustomEvent<MemberWire>) => {
                const { sub, name: called, email } = event.detail;
                this.#change({ member: sub, name: called || email });
              }}
            ></penumbra-member-search>`
          : html`<p class="chosen">
              <span>${text('admin.audit.only', { name: name || member })}</span>
              <button
                type="button"
                class="link"
                @click=${() => {
                  this.#change({ member: '', name: '' });
                }}
              >
                ${text('admin.audit.everybody')}
              </button>
            </p>`
      }
    </div>`;
  }

  #status(): string {
    if (this.searching) return text('admin.members.searching');
    return this.entries && !this.failure ? plural('admin.audit.shown', this.entries.length) : '';
  }

  #list(): TemplateResult | typeof nothing {
    const { entries, next, searching } = this;
    if (!entries) return this.failure ? this.renderUnloaded() : nothing;
    if (entries.length === 0) return html`<div class="box state"><p>${text('admin.audit.none')}</p></div>`;
    return html`<div class="box flush" aria-busy=${searching}>
        <ol class="plain" aria-label=${text('admin.page.audit')}>
          ${entries.map((entry) => this.#entry(entry))}
        </ol>
      </div>
      ${
        next === undefined
          ? nothing
          : html`<div>
              <penumbra-button look="outline" ?busy=${searching} @click=${() => void this.#ask(next)}
                >${text('activity.more')}</penumbra-button
              >
            </div>`
      }`;
  }

  #entry(entry: AuditEntryWire): TemplateResult {
    const { at, sub, memberName, by, device, address, country } = entry;
    const refused = isRefused(entry);
    const where = [
      device === undefined ? undefined : deviceText(device),
      address === undefined ? undefined : placeText({ address, ...(country !== undefined && { country }) }),
    ].filter((part) => part !== undefined);
    return html`<li class="entry" tabindex="-1">
      <div class="what">
        <p class="name">
          <strong>${auditText(entry)}</strong>
          ${refused ? html`<span class="tag bad">${text('admin.audit.refused')}</span>` : nothing}
        </p>
        ${
          sub === undefined
            ? nothing
            : html`<p><a href=${this.href({ page: 'members', id: sub })}>${memberName ?? sub}</a></p>`
        }
        ${by === undefined ? nothing : html`<p class="hint">${text('admin.audit.by', { by })}</p>`}
        ${where.length === 0 ? nothing : html`<p class="hint">${where.join(' · ')}</p>`}
        ${this.#details(entry)}
      </div>
      <time datetime=${new Date(at * 1000).toISOString()}>${moment(at)}</time>
    </li>`;
  }

  #details(entry: AuditEntryWire): TemplateResult {
    const { type, result, requestId, clientId, details } = entry;
    const rows: readonly (readonly [string, string])[] = [
      [text('admin.audit.type'), type],
      [text('admin.audit.result'), result],
      ...(clientId === undefined ? [] : [[text('admin.audit.site'), clientId] as const]),
      ...Object.entries(details),
      [text('admin.audit.requestId'), requestId],
    ];
    return html`<details>
      <summary>
        ${text('admin.audit.details')}<span class="visually-hidden"
          >: ${auditText(entry)}, ${moment(entry.at)}</span
        >
      </summary>
      <dl class="split">
        ${rows.map(
          ([label, value]) =>
            html`<div>
              <dt>${label}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>
    </details>`;
  }

  static override styles = [
    screenStyles,
    ...adminStyles,
    css`
      time {
        color: var(--penumbra-muted-color, var(--uui-color-text-alt));
        font-size: 13px;
        line-height: 1.75;
      }
      .entry:focus {
        outline: none;
      }
      .entry:focus-visible {
        outline: 2px solid var(--uui-color-focus);
      }
      .chosen {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 3px 18px;
      }
      summary {
        font-size: 14px;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-admin-audit': AdminAuditElement;
  }
}
