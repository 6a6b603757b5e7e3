// The frame of a section of the account page.

import { html, nothing, type TemplateResult } from 'lit';
import { text, type TextKey } from '../localization/localize.ts';
import type { SectionId } from './account-task.ts';
import type { News } from './news.ts';

export const SECTION_TITLES = {
  details: 'profile.details',
  mfa: 'account.mfa',
  codes: 'account.codes',
  sessions: 'session.title',
  activity: 'activity.title',
} as const satisfies Readonly<Record<SectionId, TextKey>>;

export function section(
  id: SectionId,
  options: {
    readonly news: News | undefined;
    readonly tag?: TemplateResult;
    /** Takes up what the news offers. */
    readonly onOffer?: () => void;
  },
  body: TemplateResult,
): TemplateResult {
  const { tag, onOffer } = options;
  const news = options.news?.section === id ? options.news : undefined;
  return html`<section class="box" id="section-${id}" aria-labelledby=${id}>
    <header>
      <h2 id=${id} tabindex="-1">${text(SECTION_TITLES[id])}</h2>
      ${tag ?? nothing}
    </header>
    <p class="news" role="status">${news?.words ?? nothing}</p>
    ${
      news?.offer && onOffer
        ? html`<div>${smallButton(text('session.signOutElsewhere'), onOffer)}</div>`
        : nothing
    }
    ${body}
  </section>`;
}

/** A button with a few words more for who doesn't see where it stands. */
export function smallButton(
  label: string,
  onClick: () => void,
  options: { readonly about?: string; readonly disabled?: boolean } = {},
): TemplateResult {
  return html`<penumbra-button
    look="outline"
    compact
    class="small"
    ?disabled=${options.disabled}
    @click=${onClick}
    >${label}${
      options.about === undefined ? nothing : html`<span class="visually-hidden"> ${options.about}</span>`
    }</penumbra-button
  >`;
}

/** Something that the person should do something about. */
export function warning(words: string | TemplateResult): TemplateResult {
  return html`<div class="warning">
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      aria-hidden="true"
    >
      <path d="M12 3.5 22 20.5H2Z" stroke-linejoin="round" />
      <path d="M12 10v4.5M12 17.5v.01" />
    </svg>
    <div>${words}</div>
  </div>`;
}
