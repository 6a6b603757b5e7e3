// The parts of the account page that only show: functions from what the service says to what is drawn.

import { html, nothing, type TemplateResult } from 'lit';
import type { AccountView, EnrollmentWire } from '../../worker/interaction/wire.ts';
import { moment, text } from '../localization/localize.ts';
import { strengthText } from './strength-text.ts';

export function personSection(view: AccountView): TemplateResult {
  return html`<section class="box">
    <dl>
      <div>
        <dt>${text('account.name')}</dt>
        <dd>${view.name}</dd>
      </div>
      <div>
        <dt>${text('account.email')}</dt>
        <dd>${view.email}</dd>
      </div>
      <div>
        <dt>${text('account.organization')}</dt>
        <dd>${view.organizationName}</dd>
      </div>
    </dl>
  </section>`;
}

export function factorsSection(
  view: AccountView,
  options: {
    /** What was just done, read out. */
    readonly news: string;
    readonly onAdd: () => void;
    readonly onDisable: (enrollment: EnrollmentWire) => void;
  },
): TemplateResult {
  const on = view.enrollments.length > 0;
  const reason = view.mfa.required ? view.mfa.reasons[0] : undefined;
  return html`<section class="box" aria-labelledby="mfa">
    <header>
      <h2 id="mfa" tabindex="-1">${text('account.mfa')}</h2>
      <uui-tag look="primary" color=${on ? 'positive' : 'default'}
        >${text(on ? 'account.mfa.on' : 'account.mfa.off')}</uui-tag
      >
    </header>
    <p class="lead">${text('account.mfa.lead')} ${reason ? text(`reason.${reason}`) : nothing}</p>
    <p class="news" role="status">${options.news}</p>
    ${on ? enrollmentList(view, options.onDisable) : html`<p class="none">${text('account.mfa.none')}</p>`}
    <div>
      <penumbra-button look="primary" class="narrow" @click=${options.onAdd}
        >${text('account.mfa.add')}</penumbra-button
      >
    </div>
  </section>`;
}

function enrollmentList(view: AccountView, onDisable: (enrollment: EnrollmentWire) => void): TemplateResult {
  const stuck = view.mfa.required && view.enrollments.length === 1;
  return html`<ul class="apps" aria-label=${text('account.mfa.apps')}>
    ${view.enrollments.map(
      (enrollment) =>
        html`<li>
          <div>
            <strong>${enrollment.name}</strong>
            <p class="hint">${times(enrollment)}</p>
            ${stuck ? html`<p class="hint">${text('account.app.last')}</p>` : nothing}
          </div>
          ${stuck ? nothing : disableButton(enrollment, onDisable)}
        </li>`,
    )}
  </ul>`;
}

function disableButton(
  enrollment: EnrollmentWire,
  onDisable: (enrollment: EnrollmentWire) => void,
): TemplateResult {
  return html`<penumbra-button
    look="outline"
    @click=${() => {
      onDisable(enrollment);
    }}
    >${text('account.app.disable')} <span class="visually-hidden">${enrollment.name}</span></penumbra-button
  >`;
}

function times(enrollment: EnrollmentWire): string {
  const added = text('account.app.added', { moment: moment(enrollment.createdAt) });
  const used =
    enrollment.lastUsedAt === undefined
      ? text('account.app.neverUsed')
      : text('account.app.used', { moment: moment(enrollment.lastUsedAt) });
  return `${added} · ${used}`;
}

export function sessionSection(
  view: AccountView,
  options: { readonly busy: boolean; readonly onSignOut: () => void },
): TemplateResult {
  return html`<section class="box" aria-labelledby="session">
    <header><h2 id="session">${text('account.session')}</h2></header>
    <div>
      <p>${strengthText(view.session.acr)}</p>
      <p class="hint">${text('account.session.since', { moment: moment(view.session.authTime) })}</p>
    </div>
    <div class="sign-out">
      <penumbra-button look="outline" ?busy=${options.busy} @click=${options.onSignOut}
        >${text('account.session.signOut')}</penumbra-button
      >
      <p class="hint">${text('account.session.signOutHint')}</p>
    </div>
  </section>`;
}
