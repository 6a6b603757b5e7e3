import { html, nothing, type TemplateResult } from 'lit';
import type { FactorChoiceWire, InteractionView } from '../../worker/interaction/wire.ts';
import { text } from '../localization/localize.ts';
import { factorIcon, type IconName } from './factor-icon.ts';
import { unusableText } from './unusable-text.ts';

interface WaysOptions {
  readonly busy: boolean;
  readonly onFactor: (enrollmentId: string) => void;
  readonly onRecovery: () => void;
  readonly onPass: () => void;
  readonly onHelp: () => void;
}

/** Lists every way to go on. What can't be used now is not hidden: its reason is what the person needs to know. */
export function challengeWays(
  view: Extract<InteractionView, { step: 'challenge' }>,
  options: WaysOptions,
): TemplateResult {
  const { factors, recovery, helpRequested } = view;
  return html`<ul class="ways">
    ${factors.map(
      (factor) =>
        html`<li>
          ${factor.unusable ? unusable(factor, factor.unusable) : usable(factor, options.onFactor)}
        </li>`,
    )}
    ${
      recovery.left > 0
        ? html`<li>
            ${way('recovery', text('challenge.recovery'), options.onRecovery, [
              text('challenge.recoveryHint', { count: recovery.left }),
            ])}
          </li>`
        : nothing
    }
    <li>${way('pass', text('challenge.pass'), options.onPass, [text('challenge.passHint')])}</li>
    ${
      helpRequested
        ? nothing
        : html`<li>
            ${way('help', text('challenge.help'), options.onHelp, [text('challenge.helpHint')], options.busy)}
          </li>`
    }
  </ul>`;
}

function usable(factor: FactorChoiceWire, onFactor: WaysOptions['onFactor']): TemplateResult {
  return html`<button
    type="button"
    class="way"
    @click=${() => {
      onFactor(factor.enrollmentId);
    }}
  >
    ${description(factor)}
    ${factor.trouble ? html`<span class="warning">${text(`trouble.${factor.trouble}`)}</span>` : nothing}
  </button>`;
}

function unusable(factor: FactorChoiceWire, why: NonNullable<FactorChoiceWire['unusable']>): TemplateResult {
  return html`<div class="way off">
    ${description(factor)}<span class="warning">${unusableText(why, factor.retryAt)}</span>
  </div>`;
}

function description({ kind, name, destination }: FactorChoiceWire): TemplateResult {
  const words = text(`factor.${kind}`);
  const rest = [name === words ? undefined : words, destination].filter((each) => each !== undefined);
  return html`${factorIcon(kind)}<span class="name">${name}</span>
    ${rest.length > 0 ? html`<span class="hint">${rest.join(' · ')}</span>` : nothing}`;
}

function way(
  icon: IconName,
  name: string,
  onClick: () => void,
  hints: readonly string[],
  disabled = false,
): TemplateResult {
  return html`<button type="button" class="way" ?disabled=${disabled} @click=${onClick}>
    ${factorIcon(icon)}<span class="name">${name}</span>
    ${hints.map((hint) => html`<span class="hint">${hint}</span>`)}
  </button>`;
}
