import { html, nothing, type TemplateResult } from 'lit';
import type { AccountView } from '../../worker/interaction/wire.ts';
import { moment, plural, text } from '../localization/localize.ts';
import type { News } from './news.ts';
import { section, warning } from './section.ts';

const FEW = 3;

/** Draws how many recovery codes are left, and the way to a new set (S38). */
export function codesSection(
  view: AccountView,
  options: {
    readonly news: News | undefined;
    readonly busy: boolean;
    readonly onNew: () => void;
    readonly onOffer: () => void;
  },
): TemplateResult {
  const { left, madeAt } = view.recoveryCodes;
  const some = view.enrollments.length > 0;
  return section(
    'codes',
    options,
    html`<p class="lead">${text('account.codes.lead')}</p>
      ${some || madeAt !== undefined ? state(left, madeAt) : html`<p class="none">${text('account.codes.later')}</p>`}
      ${
        some
          ? html`<div>
              <penumbra-button look="outline" ?busy=${options.busy} @click=${options.onNew}
                >${text(madeAt === undefined ? 'account.codes.make' : 'account.codes.new')}</penumbra-button
              >
            </div>`
          : nothing
      }`,
  );
}

function state(left: number, madeAt: number | undefined): TemplateResult {
  if (madeAt === undefined) return warning(text('account.codes.none'));
  const words = html`<p><strong>${plural('account.codes.left', left)}</strong></p>
    <p class="hint">${text('account.codes.made', { moment: moment(madeAt) })}</p>`;
  if (left > FEW) return html`<div>${words}</div>`;
  return warning(
    html`${words}
      <p>${text('account.codes.few')}</p>`,
  );
}
