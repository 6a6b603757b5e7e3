// What there is to see of a member, part by part, with the ways to act.

import { html, nothing, type TemplateResult } from 'lit';
import type { MemberFactorWire, MemberView } from '../../worker/interaction/wire.ts';
import type { MemberChange } from '../api/administration.api.ts';
import { factorIcon } from '../elements/factor-icon.ts';
import { day, moment, plural, text } from '../localization/localize-administration.ts';
import { deviceText, placeText } from '../profile/place-text.ts';
import { smallButton, warning } from '../profile/section.ts';
import { strengthText } from '../profile/strength-text.ts';
import { passState, resetState } from './pending-texts.ts';
import { lockedText, strengthOf } from './member-texts.ts';

export interface SectionOptions {
  readonly onOpen: (form: string, about?: string) => void;
  /** Does what needs no question. */
  readonly onChange: (change: MemberChange, news: string) => void;
  readonly now: number;
  readonly requestsHref: string;
}

function section(id: string, title: string, body: TemplateResult): TemplateResult {
  return html`<section class="box" aria-labelledby=${id}>
    <h2 id=${id} tabindex="-1">${title}</h2>
    ${body}
  </section>`;
}

/** Draws what keeps a member out, and what waits: nothing where all is well. */
export function accessSection(view: MemberView, options: SectionOptions): TemplateResult | typeof nothing {
  const { member, exemption, must, reset, pass, may } = view;
  const { onOpen, onChange } = options;
  const notes: TemplateResult[] = [];
  if (member.helpAskedAt !== undefined)
    notes.push(
      note(text('admin.help.asked', { moment: moment(member.helpAskedAt) }), text('admin.help.hint'), [
        smallButton(text('admin.help.dismiss'), () => {
          onChange({ type: 'help/dismiss' }, text('admin.help.dismissed'));
        }),
      ]),
    );
  if (member.locked)
    notes.push(
      note(lockedText(member.locked), text('admin.locked.hint'), [
        may.suspend ? openButton('unlock', text('admin.unlock'), onOpen) : nothing,
      ]),
    );
  if (reset)
    notes.push(
      hint(resetState(reset, options.now), text('admin.reset.reason', reset), [
        html`<a class="button" href=${options.requestsHref}>${text('admin.overview.toRequests')}</a>`,
      ]),
    );
  if (pass)
    notes.push(
      hint(passState(pass, options.now), text('admin.pass.by', { by: pass.by, moment: moment(pass.at) }), [
        pass.mayApprove ? openButton('passApprove', text('admin.approve'), onOpen) : nothing,
        may.pass ? openButton('passRevoke', text('admin.pass.revoke'), onOpen) : nothing,
      ]),
    );
  if (exemption)
    notes.push(
      hint(
        text('admin.exempt.state', { day: day(exemption.until), by: exemption.by }),
        text('admin.exempt.reason', { reason: exemption.reason }),
        [may.exempt ? openButton('exemptEnd', text('admin.exempt.end'), onOpen) : nothing],
      ),
    );
  if (must !== undefined)
    notes.push(
      hint(text('admin.must.state', { kind: text(`factor.${must}`) }), text('admin.must.hint'), [
        may.exempt ? openButton('must', text('admin.must.change'), onOpen) : nothing,
      ]),
    );
  if (member.status === 'invited' && member.inviteExpiresAt !== undefined)
    notes.push(hint(text('admin.invite.state', { moment: moment(member.inviteExpiresAt) }), undefined, []));
  if (notes.length === 0) return nothing;
  return section('now', text('admin.member.now'), html`${notes}`);
}

type Actions = readonly (TemplateResult | typeof nothing)[];

function note(words: string, more: string | undefined, actions: Actions): TemplateResult {
  return warning(noteBody(words, more, actions));
}

/** What is to be known, but is nobody's trouble. */
function hint(words: string, more: string | undefined, actions: Actions): TemplateResult {
  return html`<div class="none">${noteBody(words, more, actions)}</div>`;
}

function noteBody(words: string, more: string | undefined, actions: Actions): TemplateResult {
  return html`<p><strong>${words}</strong></p>
    ${more === undefined ? nothing : html`<p>${more}</p>`}
    ${actions.every((each) => each === nothing) ? nothing : html`<div class="item-actions">${actions}</div>`}`;
}

function openButton(form: string, label: string, onOpen: SectionOptions['onOpen']): TemplateResult {
  return smallButton(label, () => {
    onOpen(form);
  });
}

/** Draws the second factors. */
export function factorsSection(view: MemberView, { onOpen, now }: SectionOptions): TemplateResult {
  const { factors, member, may, reset } = view;
  const left = plural('account.codes.left', view.recoveryCodesLeft);
  return section(
    'factors',
    text('admin.member.factors'),
    html`<p class="lead">
        ${text('admin.member.strength', { strength: strengthOf(member.strength) })} ${left}.
      </p>
      ${
        factors.length === 0
          ? html`<p class="none">${text('admin.member.noFactor')}</p>`
          : html`<ul class="list" aria-label=${text('admin.member.factors')}>
              ${factors.map((each) => factor(each, may.reset && !reset, onOpen, now))}
            </ul>`
      }
      <div class="buttons">
        ${may.reset && !reset && factors.length > 0 ? openButton('reset', text('admin.reset.all'), onOpen) : nothing}
        ${may.pass && !view.pass ? openButton('pass', text('admin.pass.issue'), onOpen) : nothing}
        ${may.exempt ? openButton('must', text('admin.must'), onOpen) : nothing}
        ${may.exempt && !view.exemption ? openButton('exempt', text('admin.exempt'), onOpen) : nothing}
      </div>
      ${member.isHome ? nothing : html`<p class="hint">${text('admin.member.guest')}</p>`}`,
  );
}

function factor(
  each: MemberFactorWire,
  mayReset: boolean,
  onOpen: SectionOptions['onOpen'],
  now: number,
): TemplateResult {
  const { enrollmentId, kind, name, destination, createdAt, lastUsedAt, failures, waitUntil } = each;
  const what = [text(`factor.${kind}`), destination].filter((part) => part !== undefined && part !== name);
  const used =
    lastUsedAt === undefined
      ? text('account.factor.neverUsed')
      : text('account.factor.used', { moment: moment(lastUsedAt) });
  return html`<li class="factor">
    ${factorIcon(kind)}
    <div class="what">
      <p class="name"><strong>${name}</strong></p>
      ${what.length === 0 ? nothing : html`<p>${what.join(' · ')}</p>`}
      <p class="hint">${text('account.factor.added', { moment: moment(createdAt) })} · ${used}</p>
      ${failures > 0 ? html`<p class="hint">${plural('admin.factor.failures', failures)}</p>` : nothing}
      ${
        each.isDisabled
          ? warning(text('admin.factor.disabled'))
          : waitUntil !== undefined && waitUntil > now
            ? warning(text('unusable.waiting.until', { moment: moment(waitUntil) }))
            : nothing
      }
      ${
        mayReset
          ? html`<div class="item-actions">
              ${smallButton(
                text('admin.reset.one'),
                () => {
                  onOpen('reset', enrollmentId);
                },
                { about: name },
              )}
            </div>`
          : nothing
      }
    </div>
  </li>`;
}

/** Draws where the member is signed in. */
export function sessionsSection(view: MemberView, { onOpen }: SectionOptions): TemplateResult {
  const { sessions, may } = view;
  return section(
    'sessions',
    text('session.title'),
    sessions.length === 0
      ? html`<p class="none">${text('admin.sessions.none')}</p>`
      : html`<ul class="list" aria-label=${text('session.title')}>
            ${sessions.map(
              (each) =>
                html`<li>
                  <div class="what">
                    <p class="name"><strong>${deviceText(each.device)}</strong></p>
                    <p>${placeText(each)}</p>
                    <p class="hint">
                      ${text('session.times', { seen: moment(each.lastSeenAt), begun: moment(each.createdAt) })}
                    </p>
                    <p class="hint">${strengthText(each.acr)}</p>
                  </div>
                </li>`,
            )}
          </ul>
          ${may.suspend ? html`<div>${openButton('endSessions', text('admin.sessions.end'), onOpen)}</div>` : nothing}`,
  );
}

/** Draws role and membership. */
export function membershipSection(view: MemberView, { onOpen }: SectionOptions): TemplateResult {
  const { member, may } = view;
  const suspended = member.status === 'suspended';
  const buttons = [
    may.changeRole ? openButton('role', text('admin.role.change'), onOpen) : nothing,
    may.suspend && suspended ? openButton('restore', text('admin.restore'), onOpen) : nothing,
    may.suspend && !suspended && member.status === 'active'
      ? openButton('suspend', text('admin.suspend'), onOpen)
      : nothing,
    may.remove ? openButton('remove', text('admin.remove'), onOpen) : nothing,
  ];
  return section(
    'membership',
    text('admin.member.membership'),
    html`<p>${text(`admin.role.${member.role}.text`)}</p>
      ${suspended ? html`<p>${text('admin.suspend.state')}</p>` : nothing}
      ${
        buttons.every((each) => each === nothing)
          ? html`<p class="hint">${text('admin.member.mayNothing')}</p>`
          : html`<div class="buttons">${buttons}</div>`
      }`,
  );
}
