import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { MemberFilterWire, MemberPage, MemberWire } from '../../worker/interaction/wire.ts';
import { loadMembers, membersFile, type MemberQuery } from '../api/administration.api.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { number, plural, text } from '../localization/localize-administration.ts';
import { adminStyles } from './administration.styles.ts';
import { MEMBER_FILTERS, memberFilters, memberList, memberListStyles } from './member-list.ts';
import { AdminPageElement } from './page.ts';
import { hashOf } from './place.ts';
import { HostWidth } from './width.controller.ts';

/** Long enough that a word is typed, short enough that it is not waited for. */
const TYPING_MS = 300;
/** Pixels that a table needs. */
const TABLE_WIDTH = 720;

/**
 * The members of an organisation: filtered, searched, sorted, a page at a time. What is asked for stands in the address.
 *
 * @element penumbra-admin-members
 */
@customElement('penumbra-admin-members')
export class AdminMembersElement extends AdminPageElement {
  @state()
  private members: readonly MemberWire[] | undefined;

  @state()
  private page: Omit<MemberPage, 'members'> | undefined;

  @state()
  private searching = false;

  readonly #width = new HostWidth(this);
  /** How often something was asked for: only the last answer counts. */
  #asked = 0;
  #typing: ReturnType<typeof setTimeout> | undefined;

  get heading(): string {
    return text('admin.page.members');
  }

  get #query(): MemberQuery {
    const { filter, search = '', sort } = this.place.query;
    return {
      filter: MEMBER_FILTERS.find((each) => each === filter) ?? 'all',
      search,
      sort: sort === 'last_sign_in' ? sort : 'name',
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
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
    const query = { ...this.#query, search: this.#query.search.trim() };
    const result = await loadMembers(this.client, this.organization.id, query, cursor);
    if (asked !== this.#asked || !this.isConnected) return;
    this.searching = false;
    if (!result.ok) {
      this.fail(result.failure);
      return;
    }
    const { members, ...page } = result.value;
    const before = cursor === undefined ? [] : (this.members ?? []);
    this.members = [...before, ...members];
    this.page = page;
    if (cursor !== undefined) void this.#focusNew(before.length);
  }

  // The button goes on below, or goes away: the focus belongs to the first of what is new.
  async #focusNew(first: number): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelectorAll<HTMLElement>('a.member')[first]?.focus();
  }

  #change(query: Partial<MemberQuery>): void {
    const next = { ...this.#query, ...query };
    const hash = hashOf({
      organization: this.organization.id,
      page: 'members',
      query: {
        filter: next.filter === 'all' ? '' : next.filter,
        search: next.search,
        sort: next.sort === 'name' ? '' : next.sort,
      },
    });
    if (hash === location.hash) return;
    // Each letter is no place of its own to go back to.
    if (query.search === undefined) location.hash = hash;
    else {
      history.replaceState(history.state, '', hash);
      dispatchEvent(new HashChangeEvent('hashchange'));
    }
  }

  readonly #onSearch = (event: InputEvent): void => {
    const { value } = event.target as HTMLInputElement;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      this.#change({ search: value });
    }, TYPING_MS);
  };

  override render(): TemplateResult {
    const query = this.#query;
    return this.renderPage(
      html`${memberFilters(query.filter, this.page?.counts, {
          href: (filter) => this.#hrefOf(filter),
          onChoose: (filter: MemberFilterWire) => {
            this.#change({ filter });
          },
        })}
        <div class="controls" role="search">
          <div class="field wide">
            <label for="search">${text('admin.members.search')}</label>
            <input
              id="search"
              type="search"
              autocomplete="off"
              spellcheck="false"
              maxlength="100"
              .value=${query.search}
              @input=${this.#onSearch}
              aria-describedby="search-hint"
            />
            <p id="search-hint" class="hint">${text('admin.members.searchHint')}</p>
          </div>
          <div class="field">
            <label for="sort">${text('admin.members.sort')}</label>
            <select
              id="sort"
              @change=${(event: Event) => {
                const { value } = event.target as HTMLSelectElement;
                this.#change({ sort: value === 'last_sign_in' ? value : 'name' });
              }}
            >
              <option value="name" ?selected=${query.sort === 'name'}>
                ${text('admin.members.sort.name')}
              </option>
              <option value="last_sign_in" ?selected=${query.sort === 'last_sign_in'}>
                ${text('admin.members.sort.last')}
              </option>
            </select>
          </div>
        </div>
        <p class="hint" role="status">${this.#status()}</p>
        ${this.#list()}`,
      {
        actions: html`<div class="buttons">
          <a class="button" href=${membersFile(this.organization.id, query)} download
            >${text('admin.members.export')}</a
          >
          <a class="button" href=${this.href({ page: 'invites' })}>${text('admin.members.invite')}</a>
        </div>`,
      },
    );
  }

  #hrefOf(filter: MemberFilterWire): string {
    const { search, sort } = this.#query;
    const query = { filter: filter === 'all' ? '' : filter, search, sort: sort === 'name' ? '' : sort };
    return this.href({ page: 'members', query });
  }

  #status(): string {
    if (this.searching) return text('admin.members.searching');
    if (!this.members || !this.page || this.failure) return '';
    const shown = number(this.members.length);
    if (this.page.next !== undefined && this.#query.search === '')
      return text('admin.members.shownOf', { shown, total: number(this.page.total) });
    return this.page.next === undefined
      ? plural('admin.members.found', this.members.length)
      : text('admin.members.shown', { shown });
  }

  #list(): TemplateResult | typeof nothing {
    const { members, page, searching } = this;
    if (!members || !page) return this.failure ? this.renderUnloaded() : nothing;
    if (members.length === 0) {
      const search = this.#query.search !== '';
      return html`<div class="box state">
        <p>${text(search ? 'admin.members.noMatch' : 'admin.members.none')}</p>
      </div>`;
    }
    const { next } = page;
    return html`<div class=${searching ? 'waiting' : ''} aria-busy=${searching}>
        ${memberList(members, {
          table: this.#width.pixels >= TABLE_WIDTH,
          href: (sub) => this.href({ page: 'members', id: sub }),
        })}
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

  static override styles = [
    screenStyles,
    ...adminStyles,
    memberListStyles,
    css`
      .waiting {
        opacity: 0.6;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-admin-members': AdminMembersElement;
  }
}
