// Which dialog a task of the account page opens.

import { html, nothing, type TemplateResult } from 'lit';
import type { AccountView } from '../../worker/interaction/wire.ts';
import type { Failure } from '../api/problem.ts';
import { text } from '../localization/localize.ts';
import type { Task } from './account-task.ts';
import './address-dialog.element.ts';
import './confirm-dialog.element.ts';
import type { Question } from './confirm-dialog.element.ts';
import type { DialogAction } from './dialog.ts';
import './language-dialog.element.ts';
import './name-dialog.element.ts';
import './old-number-dialog.element.ts';
import './password-dialog.element.ts';
import './remove-dialog.element.ts';

interface DialogOptions {
  readonly failure: Failure | undefined;
  readonly busy: boolean;
  readonly now: (() => number) | undefined;
  readonly onAction: (event: CustomEvent<DialogAction>) => void;
}

/** Draws the dialog of a task; nothing for a task that takes the whole page, or none. */
export function accountDialog(
  view: AccountView,
  task: Task,
  options: DialogOptions,
): TemplateResult | typeof nothing {
  const { failure, busy, now, onAction } = options;
  switch (task.kind) {
    case 'name':
      return html`<penumbra-name-dialog
        .value=${view.name}
        .failure=${failure}
        ?busy=${busy}
        .now=${now}
        @penumbra-action=${onAction}
      ></penumbra-name-dialog>`;
    case 'language':
      return html`<penumbra-language-dialog
        .languages=${view.languages}
        .value=${view.language ?? ''}
        .failure=${failure}
        ?busy=${busy}
        .now=${now}
        @penumbra-action=${onAction}
      ></penumbra-language-dialog>`;
    case 'password':
      return html`<penumbra-password-dialog
        .email=${view.email}
        .minimumLength=${view.minimumPasswordLength}
        .failure=${failure}
        ?busy=${busy}
        .now=${now}
        @penumbra-action=${onAction}
      ></penumbra-password-dialog>`;
    case 'address':
      return html`<penumbra-address-dialog
        .path=${task.path}
        .value=${view.email}
        .pending=${task.path === 'email' ? view.pendingEmail : view.pendingNoticeEmail}
        .failure=${failure}
        ?busy=${busy}
        .now=${now}
        @penumbra-action=${onAction}
      ></penumbra-address-dialog>`;
    case 'rename':
    case 'remove':
    case 'number':
      return factorDialog(view, task, options);
    case 'removeNotice':
    case 'newCodes':
    case 'endOthers':
      return html`<penumbra-confirm-dialog
        .question=${question(view, task.kind)}
        .failure=${failure}
        ?busy=${busy}
        .now=${now}
        @penumbra-action=${onAction}
      ></penumbra-confirm-dialog>`;
    default:
      return nothing;
  }
}

function factorDialog(
  view: AccountView,
  task: { readonly kind: 'rename' | 'remove' | 'number'; readonly enrollmentId: string },
  { failure, busy, now, onAction }: DialogOptions,
): TemplateResult | typeof nothing {
  const enrollment = view.enrollments.find((each) => each.enrollmentId === task.enrollmentId);
  if (!enrollment) return nothing;
  switch (task.kind) {
    case 'rename':
      return html`<penumbra-name-dialog
        .value=${enrollment.name}
        .enrollmentId=${task.enrollmentId}
        .failure=${failure}
        ?busy=${busy}
        .now=${now}
        @penumbra-action=${onAction}
      ></penumbra-name-dialog>`;
    case 'remove':
      return html`<penumbra-remove-dialog
        .enrollment=${enrollment}
        .failure=${failure}
        ?busy=${busy}
        .now=${now}
        @penumbra-action=${onAction}
      ></penumbra-remove-dialog>`;
    case 'number':
      return html`<penumbra-old-number-dialog
        .enrollment=${enrollment}
        .failure=${failure}
        ?busy=${busy}
        .now=${now}
        @penumbra-action=${onAction}
      ></penumbra-old-number-dialog>`;
  }
}

function question(view: AccountView, kind: 'removeNotice' | 'newCodes' | 'endOthers'): Question {
  switch (kind) {
    case 'removeNotice':
      return {
        heading: text('profile.notice.removeTitle'),
        text: text('profile.notice.removeText', { email: view.noticeEmail ?? '' }),
        confirm: text('profile.remove'),
        danger: true,
        action: { type: 'notice-email/remove' },
      };
    case 'newCodes':
      return {
        heading: text('account.codes.newTitle'),
        text: text('account.codes.newText'),
        confirm: text('account.codes.new'),
        danger: false,
        action: { type: 'recovery-codes' },
      };
    case 'endOthers':
      return {
        heading: text('session.endOthersTitle'),
        text: text('session.endOthersText'),
        confirm: text('session.endOthers'),
        danger: true,
        action: { type: 'sessions/end-others' },
      };
  }
}
