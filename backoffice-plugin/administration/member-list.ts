// Members as a table where there is room for one, else as cards; and what they can be narrowed to.

import { css, html, type CSSResult, type TemplateResult } from 'lit';
import type { MemberFilterWire, MemberPage, MemberWire } from '../../worker/interaction/wire.ts';
import { number, text } from '../localization/localize-administration.ts';
import { kindsCell, lastSignIn, memberTags, strengthOf } from './member-texts.ts';

export const MEMBER_FILTERS: readonly MemberFilterWire[] = [
  'all',
  'no_factor',
  'weak',
  'totp',
  'phone',
  'email',
  'invited',
  'exempt',
  'locked',
  'suspended',
  'administrators',
  'needs_help',
];

/** Draws the filters with how many each has: links where there is room, a list that opens on a phone. */
export function memberFilters(
  current: MemberFilterWire,
  counts: MemberPage['counts'] | undefined,
  options: {
    readonly href: (filter: MemberFilterWire) => string;
    readonly onChoose: (filter: MemberFilterWire) => void;
  },
): TemplateResult {
  const count = (filter: MemberFilterWire): string => (counts ? number(counts[filter]) : '');
  return html`<nav class="filters" aria-label=${text('admin.members.filter')}>
      <ul>
        ${MEMBER_FILTERS.map(
          (filter) =>
            html`<li>
              <a
                class="filter"
                href=${options.href(filter)}
                aria-current=${filter === current ? 'true' : 'false'}
                ><span>${text(`admin.filter.${filter}`)}</span> <span class="count">${count(filter)}</span></a
              >
            </li>`,
        )}
      </ul>
    </nav>
    <div class="field filter-choice">
      <label for="filter">${text('admin.members.filter')}</label>
      <select
        id="filter"
        @change=${(event: Event) => {
          const chosen = (event.target as HTMLSelectElement).value;
          options.onChoose(MEMBER_FILTERS.find((filter) => filter === chosen) ?? 'all');
        }}
      >
        ${MEMBER_FILTERS.map(
          (filter) =>
            html`<option value=${filter} ?selected=${filter === current}>
              ${text(`admin.filter.${filter}`)} ${counts ? `(${count(filter)})` : ''}
            </option>`,
        )}
      </select>
    </div>`;
}

interface ListOptions {
  readonly table: boolean;
  readonly href: (sub: string) => string;
}

/** Draws members. */
export function memberList(members: readonly MemberWire[], options: ListOptions): TemplateResult {
  return options.table ? table(members, options) : cards(members, options);
}

function table(members: readonly MemberWire[], { href }: ListOptions): TemplateResult {
  return html`<div class="box flush">
    <table>
      <caption class="visually-hidden">
        ${text('admin.page.members')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${text('account.name')}</th>
          <th scope="col">${text('admin.column.state')}</th>
          <th scope="col">${text('admin.column.factors')}</th>
          <th scope="col">${text('admin.column.strength')}</th>
          <th scope="col">${text('admin.column.lastSignIn')}</th>
        </tr>
      </thead>
      <tbody>
        ${members.map(
          (member) =>
            html`<tr>
              <th scope="row">${who(member, href)}</th>
              <td>${memberTags(member)}</td>
              <td>${kindsCell(member.kinds)}</td>
              <td>${strengthOf(member.strength)}</td>
              <td>${lastSignIn(member)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function cards(members: readonly MemberWire[], { href }: ListOptions): TemplateResult {
  return html`<ul class="cards" aria-label=${text('admin.page.members')}>
    ${members.map(
      (member) =>
        html`<li class="box">
          <div>${who(member, href)}</div>
          ${memberTags(member)}
          <div>${kindsCell(member.kinds)}</div>
          <p class="hint">${strengthOf(member.strength)}</p>
          <p class="hint">${text('admin.members.lastSignIn', { moment: lastSignIn(member) })}</p>
        </li>`,
    )}
  </ul>`;
}

function who(member: MemberWire, href: ListOptions['href']): TemplateResult {
  const { sub, name, email, role } = member;
  return html`<a class="member" href=${href(sub)}>${name === '' ? email : name}</a>
    ${role === 'member' ? '' : html`<span class="tag">${text(`admin.role.${role}`)}</span>`}
    <span class="address">${email}</span>`;
}

export const memberListStyles: CSSResult = css`
  .filters ul {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .filter {
    display: inline-flex;
    gap: 9px;
    align-items: baseline;
    padding: 5px 12px;
    border: 1px solid var(--uui-color-border);
    border-radius: 99px;
    background: var(--uui-color-surface);
    color: var(--uui-color-text);
    font-size: 14px;
    text-decoration: none;
  }
  .filter:hover {
    border-color: var(--uui-color-text);
  }
  .filter[aria-current='true'] {
    border-color: var(--uui-color-default);
    background: var(--uui-color-default);
    color: var(--uui-color-default-contrast);
    font-weight: 700;
  }
  .filter .count {
    font-variant-numeric: tabular-nums;
  }
  .filter:not([aria-current='true']) .count {
    color: var(--penumbra-muted-color, var(--uui-color-text-alt));
  }
  .filter-choice {
    display: none;
  }
  @media (max-width: 640px) {
    nav.filters {
      display: none;
    }
    .filter-choice {
      display: grid;
    }
  }
  .member {
    color: var(--penumbra-link-color, var(--uui-color-interactive));
    font-size: 15px;
    font-weight: 700;
    text-underline-offset: 3px;
  }
  .address {
    display: block;
    color: var(--penumbra-muted-color, var(--uui-color-text-alt));
    font-size: 14px;
    overflow-wrap: anywhere;
  }
  .kinds {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 6px;
  }
  .kinds .icon {
    width: 18px;
    height: 18px;
  }
  .cards {
    display: grid;
    gap: 12px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .cards .box {
    gap: 9px;
    padding: 15px 18px;
  }
`;
