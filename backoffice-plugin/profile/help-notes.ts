// What administrators do for the member, or somebody who pretends to be them: told where the second factors are.

import { html, nothing, type TemplateResult } from 'lit';
import type { AccountView } from '../../worker/interaction/wire.ts';
import type { AccountAction } from '../api/account.api.ts';
import { moment, text } from '../localization/localize.ts';
import { smallButton, warning } from './section.ts';

/** Draws a reset that is pending, with the way to stop it (S46), and an access pass that was issued (S48a). */
export function helpNotes(
  { factorReset, pass }: AccountView,
  { onAct }: { readonly onAct: (action: AccountAction) => void },
): TemplateResult | typeof nothing {
  if (!factorReset && !pass) return nothing;
  return html`${
    factorReset
      ? warning(
          html`${resetText(factorReset)}
            <p>
              ${smallButton(text('account.reset.stop'), () => {
                onAct({ type: 'reset/stop' });
              })}
            </p>`,
        )
      : nothing
  }
  ${pass ? warning(passText(pass)) : nothing}`;
}

function resetText(reset: NonNullable<AccountView['factorReset']>): TemplateResult {
  const { by, reason, notBefore, waits, factorName } = reset;
  const at = { moment: moment(notBefore) };
  return html`<p>
      ${
        factorName === undefined
          ? text('account.reset.all', { by })
          : text('account.reset.one', { by, name: factorName })
      }
      ${text(waits ? 'account.reset.waits' : 'account.reset.when', at)}
    </p>
    <p>${text('account.reset.reason', { reason })}</p>`;
}

function passText({ by, at, usedAt }: NonNullable<AccountView['pass']>): string {
  return usedAt === undefined
    ? text('account.pass.issued', { by, moment: moment(at) })
    : text('account.pass.used', { by, moment: moment(usedAt) });
}
