// Why a member is asked for what they are asked for, in words: what happens next, and which layer says what.

import { css, html, nothing, type CSSResult, type TemplateResult } from 'lit';
import type { MemberView, PolicyExplanationWire } from '../../worker/interaction/wire.ts';
import { moment, plural, text, together } from '../localization/localize-administration.ts';
import { kindsText } from './member-texts.ts';
import { policyTexts } from './policy-texts.ts';

type Layer = PolicyExplanationWire['layers'][number];

/** Draws the explanation. */
export function whySection({ explanation }: MemberView): TemplateResult {
  const { next, required, least, accepted, must, coming, layers } = explanation;
  return html`<section class="box" aria-labelledby="why">
    <h2 id="why" tabindex="-1">${text('admin.why.title')}</h2>
    <p><strong>${text(`admin.why.next.${next}`)}</strong></p>
    <p>
      ${
        required
          ? text('admin.why.required', { least: leastText(least), kinds: kindsText(accepted) })
          : text('admin.why.notRequired')
      }
      ${must.length === 0 ? nothing : text('admin.why.must', { kinds: kindsText(must) })}
    </p>
    ${coming ? html`<p>${comingText(coming)}</p>` : nothing}
    ${
      layers.length === 0
        ? nothing
        : html`<details>
            <summary>${text('admin.why.layers')}</summary>
            <ul class="layers">
              ${layers.map((layer) => html`<li>${layerTexts(layer)}</li>`)}
            </ul>
          </details>`
    }
  </section>`;
}

/** Says the weakest sign-in that is enough. The wire's value; an unknown one claims nothing. */
export function leastText(least: string): string {
  switch (least) {
    case '1fa':
    case '2fa':
    case 'aal2':
    case 'phr':
      return text(`admin.least.${least}`);
    default:
      return least;
  }
}

function comingText(coming: NonNullable<PolicyExplanationWire['coming']>): string {
  const { until, least, accepted, must, snoozesLeft } = coming;
  const kinds = kindsText(must.length > 0 ? must : accepted);
  return [
    text('admin.why.coming', { moment: moment(until), least: leastText(least), kinds }),
    plural('admin.why.snoozes', snoozesLeft),
  ].join(' ');
}

function layerTexts({ source, of, policy, exempt }: Layer): TemplateResult {
  const says = policyTexts(policy);
  const must = policy.must ?? [];
  const all = [
    ...says,
    ...(must.length > 0 ? [text('admin.why.layer.must', { kinds: kindsText(must) })] : []),
    ...(exempt
      ? [text('admin.why.layer.exempt', { moment: moment(exempt.until), reason: exempt.reason })]
      : []),
  ];
  return html`<strong>${text(`admin.why.layer.${source}`)}${of === undefined ? '' : ` (${of})`}:</strong>
    ${all.length === 0 ? text('admin.why.layer.nothing') : together(all)}.`;
}

export const explanationStyles: CSSResult = css`
  .layers {
    display: grid;
    gap: 6px;
    margin: 9px 0 0;
    padding-left: 1.2em;
    overflow-wrap: anywhere;
  }
`;
