import { html, nothing, type TemplateResult } from 'lit';
import type { AccountView } from '../../worker/interaction/wire.ts';
import { moment, text } from '../localization/localize.ts';
import type { Task } from './account-task.ts';
import type { News } from './news.ts';
import { languageName } from './place-text.ts';
import { section, smallButton, warning } from './section.ts';

/** Draws who one is, with the ways to change it. */
export function detailsSection(
  view: AccountView,
  options: { readonly news: News | undefined; readonly onOpen: (task: Task) => void },
): TemplateResult {
  const { onOpen } = options;
  const change = (label: string, task: Task): TemplateResult =>
    smallButton(
      text('profile.change'),
      () => {
        onOpen(task);
      },
      { about: label },
    );
  const name = text('account.name');
  const email = text('account.email');
  const language = text('profile.language');
  const password = text('field.password');
  return section(
    'details',
    options,
    html`${mailTrouble(view.email, view.mailTrouble)}${mailTrouble(view.noticeEmail, view.noticeMailTrouble)}
      <dl class="rows">
        ${row(name, view.name, change(name, { kind: 'name' }))}
        ${row(
          email,
          html`${view.email}${waiting(view.pendingEmail?.email)}`,
          smallButton(
            text(view.pendingEmail ? 'profile.enterCode' : 'profile.change'),
            () => {
              onOpen({ kind: 'address', path: 'email' });
            },
            { about: email },
          ),
        )}
        ${noticeRow(view, onOpen)}
        ${row(
          language,
          view.language === undefined ? text('profile.language.browser') : languageName(view.language),
          change(language, { kind: 'language' }),
        )}
        ${row(
          password,
          html`<span class="hint">${text('profile.password.hint')}</span>`,
          change(password, { kind: 'password' }),
        )}
        ${row(text('account.organization'), view.organizationName, nothing)}
      </dl>`,
  );
}

function row(
  label: string,
  value: string | TemplateResult,
  actions: TemplateResult | typeof nothing,
): TemplateResult {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value}</dd>
    ${actions === nothing ? nothing : html`<dd class="row-actions">${actions}</dd>`}
  </div>`;
}

function waiting(email: string | undefined): TemplateResult | typeof nothing {
  if (email === undefined) return nothing;
  return html`<p class="hint">${text('profile.waiting', { email })}</p>`;
}

function noticeRow(view: AccountView, onOpen: (task: Task) => void): TemplateResult {
  const label = text('profile.notice');
  const { noticeEmail, pendingNoticeEmail } = view;
  const open = (words: string): TemplateResult =>
    smallButton(
      words,
      () => {
        onOpen({ kind: 'address', path: 'notice-email' });
      },
      { about: label },
    );
  const remove = (): TemplateResult =>
    smallButton(
      text('profile.remove'),
      () => {
        onOpen({ kind: 'removeNotice' });
      },
      { about: label },
    );
  const action = pendingNoticeEmail
    ? 'profile.enterCode'
    : noticeEmail === undefined
      ? 'profile.add'
      : 'profile.change';
  return row(
    label,
    html`${noticeEmail ?? html`<span class="hint">${text('profile.notice.none')}</span>`}${waiting(
      pendingNoticeEmail?.email,
    )}`,
    html`${open(text(action))}${noticeEmail === undefined ? nothing : remove()}`,
  );
}

function mailTrouble(
  email: string | undefined,
  told: AccountView['mailTrouble'],
): TemplateResult | typeof nothing {
  if (!told || email === undefined) return nothing;
  const { trouble, at } = told;
  return warning(
    html`<p><strong>${text('profile.trouble', { email, moment: moment(at) })}</strong></p>
      <p>${text(trouble === 'complained' ? 'profile.trouble.complained' : 'profile.trouble.bounced')}</p>`,
  );
}
