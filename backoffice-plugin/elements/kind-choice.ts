import { html, type TemplateResult } from 'lit';
import type { FactorKindWire } from '../../worker/interaction/wire.ts';
import { text } from '../localization/localize.ts';
import { factorIcon } from './factor-icon.ts';

/** Lists kinds of factors to choose one from, each with what it means. */
export function kindChoice(
  kinds: readonly FactorKindWire[],
  onChoose: (kind: FactorKindWire) => void,
): TemplateResult {
  return html`<ul class="ways">
    ${kinds.map(
      (kind) =>
        html`<li>
          <button
            type="button"
            class="way"
            @click=${() => {
              onChoose(kind);
            }}
          >
            ${factorIcon(kind)}<span class="name">${text(`factor.${kind}`)}</span>
            <span class="hint">${text(`enrollment.kind.${kind}.text`)}</span>
          </button>
        </li>`,
    )}
  </ul>`;
}
