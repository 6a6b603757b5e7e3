// The list of the page's sections, beside them on a wide screen.

import { html, type TemplateResult } from 'lit';
import { text } from '../localization/localize.ts';
import type { SectionId } from './account-task.ts';
import { SECTION_TITLES } from './section.ts';

const SECTIONS = Object.keys(SECTION_TITLES) as readonly SectionId[];

/** Draws the list. */
export function sectionList(): TemplateResult {
  return html`<nav aria-label=${text('account.sections')}>
    <ul>
      ${SECTIONS.map((id) => html`<li><a href="#${id}" @click=${goTo}>${text(SECTION_TITLES[id])}</a></li>`)}
    </ul>
  </nav>`;
}

// An address can't point into a shadow root, so this does what the link would.
function goTo(event: MouseEvent): void {
  event.preventDefault();
  const link = event.currentTarget as HTMLAnchorElement;
  const heading = (link.getRootNode() as ShadowRoot).querySelector<HTMLElement>(link.hash);
  heading?.closest('section')?.scrollIntoView();
  heading?.focus({ preventScroll: true });
}
