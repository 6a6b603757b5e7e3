import { html, nothing, type TemplateResult } from 'lit';
import type { AccountView, SessionWire } from '../../worker/interaction/wire.ts';
import type { AccountAction } from '../api/account.api.ts';
import { moment, text } from '../localization/localize.ts';
import type { Task } from './account-task.ts';
import type { News } from './news.ts';
import { deviceText, placeText } from './place-text.ts';
import { section, smallButton } from './section.ts';
import { strengthText } from './strength-text.ts';

interface SessionsOptions {
  readonly news: News | undefined;
  readonly onOpen: (task: Task) => void;
  readonly onAct: (action: AccountAction) => void;
  readonly onSignOut: () => void;
}

/** Draws where the account is signed in, this session first. */
export function sessionsSection(view: AccountView, options: SessionsOptions): TemplateResult {
  const sessions = [...view.sessions].sort(
    (one, other) => Number(other.isThis) - Number(one.isThis) || other.lastSeenAt - one.lastSeenAt,
  );
  const others = sessions.some(({ isThis }) => !isThis);
  return section(
    'sessions',
    options,
    html`<p class="lead">${text('session.lead')}</p>
      <ul class="list" aria-label=${text('session.title')}>
        ${sessions.map((each) => item(each, options))}
      </ul>
      ${
        others
          ? html`<div>
              <penumbra-button
                look="outline"
                @click=${() => {
                  options.onOpen({ kind: 'endOthers' });
                }}
                >${text('session.endOthers')}</penumbra-button
              >
            </div>`
          : html`<p class="hint">${text('session.alone')}</p>`
      }`,
  );
}

function item(session: SessionWire, options: SessionsOptions): TemplateResult {
  const device = deviceText(session.device);
  return html`<li>
    <div class="what">
      <p class="name">
        <strong>${device}</strong>
        ${session.isThis ? html`<span class="badge">${text('session.this')}</span>` : nothing}
      </p>
      <p>${placeText(session)}</p>
      <p class="hint">
        ${text('session.times', { seen: moment(session.lastSeenAt), begun: moment(session.createdAt) })}
      </p>
      <p class="hint">${strengthText(session.acr)}</p>
      ${session.isThis ? html`<p class="hint">${text('session.signOutHint')}</p>` : nothing}
    </div>
    ${
      session.isThis
        ? smallButton(text('session.signOut'), options.onSignOut)
        : smallButton(
            text('session.end'),
            () => {
              options.onAct({ type: 'sessions/end', sid: session.sid });
            },
            { about: `${device}, ${placeText(session)}` },
          )
    }
  </li>`;
}
