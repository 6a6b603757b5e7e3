import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { BulkInviteReport, InviteWire } from '../../worker/interaction/wire.ts';
import { changeInvite, invite, inviteAll, loadInvites, type NewInvite } from '../api/administration.api.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { moment, number, plural, text } from '../localization/localize-administration.ts';
import { smallButton } from '../profile/section.ts';
import { adminStyles } from './administration.styles.ts';
import type { Task } from './draft.ts';
import type { Form } from './form.ts';
import { inviteForm } from './invite-forms.ts';
import { AdminPageElement } from './page.ts';

/**
 * Who was invited and has not come yet; one or many more can be.
 *
 * @element penumbra-admin-invites
 */
@customElement('penumbra-admin-invites')
export class AdminInvitesElement extends AdminPageElement {
  @state()
  private invites: readonly InviteWire[] | undefined;

  @state()
  private report: BulkInviteReport | undefined;

  get heading(): string {
    return text('admin.page.invites');
  }

  protected load(): void {
    void this.run(
      (client) => loadInvites(client, this.organization.id),
      ({ invites }) => {
        this.invites = invites;
        this.resume();
      },
    );
  }

  protected override formOf(task: Task): Form | undefined {
    return (
      this.invites &&
      inviteForm(task, this.invites, {
        role: this.organization.role,
        onInvite: this.#invite,
        onInviteAll: this.#inviteAll,
        onChange: this.#change,
      })
    );
  }

  readonly #invite = (one: NewInvite): void => {
    void this.run(
      (client) => invite(client, this.organization.id, one),
      (made) => {
        this.invites = [made, ...(this.invites ?? []).filter(({ sub }) => sub !== made.sub)];
        this.finish(text('admin.invite.done', { email: made.email }));
      },
    );
  };

  readonly #inviteAll = (csv: string): void => {
    void this.run(
      (client) => inviteAll(client, this.organization.id, csv),
      (report) => {
        this.report = report;
        this.finish(plural('admin.bulk.done', report.invited));
        this.load();
      },
    );
  };

  readonly #change = (one: InviteWire, change: 'resend' | 'revoke'): void => {
    const { email } = one;
    void this.run(
      (client) => changeInvite(client, this.organization.id, one.sub, change),
      ({ invites }) => {
        this.invites = invites;
        this.finish(text(`admin.invite.${change}.done`, { email }));
      },
    );
  };

  override render(): TemplateResult {
    const { invites } = this;
    if (!invites) return this.renderPage(this.renderUnloaded());
    return this.renderPage(html`${this.#reported()} ${this.#list(invites)}`, {
      lead: text('admin.invites.lead'),
      actions: html`<div class="buttons">
        ${smallButton(text('admin.invite.one'), () => {
          this.open('invite');
        })}
        ${smallButton(text('admin.invite.many'), () => {
          this.open('bulk');
        })}
      </div>`,
    });
  }

  #reported(): TemplateResult | typeof nothing {
    const { report } = this;
    if (!report || report.problems.length === 0) return nothing;
    return html`<section class="box" aria-labelledby="report">
      <h2 id="report">${plural('admin.bulk.problems', report.problems.length)}</h2>
      <p>${text('admin.bulk.problemsText')}</p>
      <div class="scroll">
        <table>
          <caption class="visually-hidden">
            ${text('admin.bulk.report')}
          </caption>
          <thead>
            <tr>
              <th scope="col" class="number">${text('admin.bulk.line')}</th>
              <th scope="col">${text('admin.bulk.problem')}</th>
            </tr>
          </thead>
          <tbody>
            ${report.problems.map(
              ({ line, message }) =>
                html`<tr>
                  <th scope="row" class="number">${number(line)}</th>
                  <td>${message}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  #list(invites: readonly InviteWire[]): TemplateResult {
    if (invites.length === 0) return html`<div class="box state"><p>${text('admin.invites.none')}</p></div>`;
    const now = this.client.now();
    return html`<div class="box flush">
      <ul class="plain" aria-label=${text('admin.page.invites')}>
        ${invites.map((each) => this.#item(each, now))}
      </ul>
    </div>`;
  }

  #item(each: InviteWire, now: number): TemplateResult {
    const { sub, email, name, role, invitedAt, expiresAt } = each;
    const over = expiresAt <= now;
    return html`<li>
      <div class="what">
        <p class="name">
          <strong>${name || email}</strong> <span class="tag">${text(`admin.role.${role}`)}</span>
          ${over ? html`<span class="tag bad">${text('admin.invite.over')}</span>` : nothing}
        </p>
        ${name === '' ? nothing : html`<p>${email}</p>`}
        <p class="hint">
          ${text(over ? 'admin.invite.timesOver' : 'admin.invite.times', {
            sent: moment(invitedAt),
            until: moment(expiresAt),
          })}
        </p>
      </div>
      <div class="buttons">
        ${smallButton(
          text('admin.invite.resend'),
          () => {
            this.open('resend', sub);
          },
          { about: email },
        )}
        ${smallButton(
          text('admin.invite.revoke'),
          () => {
            this.open('revoke', sub);
          },
          { about: email },
        )}
      </div>
    </li>`;
  }

  static override styles = [screenStyles, ...adminStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-admin-invites': AdminInvitesElement;
  }
}
