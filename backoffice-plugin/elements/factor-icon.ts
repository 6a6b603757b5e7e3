import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { FactorKindWire } from '../../worker/interaction/wire.ts';

/** What has a picture: the kinds of factors, recovery codes, access passes and help. */
export type IconName = FactorKindWire | 'recovery' | 'pass' | 'help';

const SHAPES: Readonly<Record<IconName, SVGTemplateResult>> = {
  totp: svg`<rect x="6.5" y="2.5" width="11" height="19" rx="2.5" /><path d="M10 8h4M10 11.5h4M10 15h4" />`,
  email: svg`<rect x="2.5" y="5" width="19" height="14" rx="2.5" /><path d="m3.5 7.5 8.5 6 8.5-6" />`,
  phone: svg`<path
    d="M5.5 3.5h3l1.6 4.2-2 1.6a12 12 0 0 0 6.6 6.6l1.6-2 4.2 1.6v3a2 2 0 0 1-2.2 2A17 17 0 0 1 3.5 5.7a2 2 0 0 1 2-2.2Z"
  />`,
  recovery: svg`<circle cx="8" cy="14.5" r="4.5" /><path d="m11.2 11.2 8.3-8.2M16 6.5l3 3" />`,
  pass: svg`<rect x="3" y="6" width="18" height="12" rx="2.5" /><path d="M7 14.5h4M15.5 6v12" />`,
  help: svg`<circle cx="12" cy="12" r="9.5" /><path d="M9.3 9.3a2.8 2.8 0 1 1 4.4 2.3c-1 .7-1.7 1.3-1.7 2.4M12 17.2v.1" />`,
};

/** Draws a picture that says nothing that the words beside it don't. */
export function factorIcon(name: IconName): TemplateResult {
  return html`<svg
    class="icon"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${SHAPES[name]}
  </svg>`;
}
