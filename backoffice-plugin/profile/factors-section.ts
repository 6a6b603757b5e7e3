import { html, nothing, type TemplateResult } from 'lit';
import type { AccountView, EnrollmentWire } from '../../worker/interaction/wire.ts';
import type { AccountAction } from '../api/account.api.ts';
import { factorIcon } from '../elements/factor-icon.ts';
import { text } from '../localization/localize.ts';
import type { Task } from './account-task.ts';
import { demandTexts, isAccepted, isLast } from './demand.ts';
import { conditionText, kindText, timesText } from './factor-texts.ts';
import { helpNotes } from './help-notes.ts';
import type { News } from './news.ts';
import { section, smallButton, warning } from './section.ts';

interface FactorsOptions {
  readonly news: News | undefined;
  readonly onOpen: (task: Task) => void;
  readonly onAct: (action: AccountAction) => void;
  readonly onOffer: () => void;
}

/** Draws the second factors, what is demanded, and what can be done with each. */
export function factorsSection(view: AccountView, options: FactorsOptions): TemplateResult {
  const { enrollments, pending } = view;
  const on = enrollments.length > 0;
  const tag = html`<uui-tag look="primary" color=${on ? 'positive' : 'default'}
    >${text(on ? 'account.mfa.on' : 'account.mfa.off')}</uui-tag
  >`;
  return section(
    'mfa',
    { news: options.news, onOffer: options.onOffer, tag },
    html`<div>
        <p class="lead">${text('account.mfa.lead')}</p>
        ${demandTexts(view).map((words) => html`<p class="lead">${words}</p>`)}
      </div>
      ${helpNotes(view, options)}
      ${
        on
          ? html`<ul class="list" aria-label=${text('account.mfa.list')}>
              ${enrollments.map((each) => item(view, each, options))}
            </ul>`
          : html`<p class="none">${text('account.mfa.none')}</p>`
      }
      ${
        pending
          ? html`<p class="none">${text('account.mfa.pending', { destination: pending.destination })}</p>`
          : nothing
      }
      ${addButton(view, options)}
      ${
        enrollments.some(({ kind }) => kind === 'totp')
          ? html`<p class="hint">${text('account.mfa.move')}</p>`
          : nothing
      }`,
  );
}

function addButton(view: AccountView, options: FactorsOptions): TemplateResult | typeof nothing {
  if (view.mfa.kinds.length === 0 && !view.pending) return nothing;
  return html`<div>
    <penumbra-button
      look="primary"
      class="narrow"
      @click=${() => {
        options.onOpen({ kind: 'add', ...(view.pending && { pending: view.pending }) });
      }}
      >${text(view.pending ? 'account.mfa.goOn' : 'account.mfa.add')}</penumbra-button
    >
  </div>`;
}

function item(view: AccountView, enrollment: EnrollmentWire, options: FactorsOptions): TemplateResult {
  const kind = kindText(enrollment);
  const condition = conditionText(enrollment);
  // Said here and not only when it is tried: the way to get rid of it is to add another one first.
  const last = isLast(view, enrollment);
  return html`<li class="factor">
    ${factorIcon(enrollment.kind)}
    <div class="what">
      <p class="name">
        <strong>${enrollment.name}</strong>
        ${
          enrollment.isDefault && view.enrollments.length > 1
            ? html`<span class="badge">${text('account.factor.default')}</span>`
            : nothing
        }
        ${
          isAccepted(view, enrollment)
            ? nothing
            : html`<span class="badge off">${text('account.factor.notAccepted')}</span>`
        }
      </p>
      ${kind === '' ? nothing : html`<p>${kind}</p>`}
      <p class="hint">${timesText(enrollment)}</p>
      ${condition === undefined ? nothing : warning(condition)}
      ${last ? html`<p class="hint">${text('account.factor.last')}</p>` : nothing}
      <div class="item-actions">${itemActions(view, enrollment, last, options)}</div>
    </div>
  </li>`;
}

function itemActions(
  view: AccountView,
  enrollment: EnrollmentWire,
  last: boolean,
  { onOpen, onAct }: FactorsOptions,
): TemplateResult {
  const { enrollmentId, name: about, kind, isDefault, unusable } = enrollment;
  const canBeDefault =
    view.enrollments.length > 1 && !isDefault && unusable === undefined && isAccepted(view, enrollment);
  const button = (label: string, onClick: () => void): TemplateResult =>
    smallButton(label, onClick, { about });
  return html`
    ${
      canBeDefault
        ? button(text('account.factor.makeDefault'), () => {
            onAct({ type: 'factor/default', enrollmentId });
          })
        : nothing
    }
    ${button(text('account.factor.rename'), () => {
      onOpen({ kind: 'rename', enrollmentId });
    })}
    ${
      kind === 'phone' && unusable !== 'not_offered'
        ? button(text('account.number.change'), () => {
            onOpen({ kind: 'number', enrollmentId });
          })
        : nothing
    }
    ${
      last
        ? nothing
        : button(text('profile.remove'), () => {
            onOpen({ kind: 'remove', enrollmentId });
          })
    }
  `;
}
