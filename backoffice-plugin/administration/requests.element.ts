import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { FactorResetWire, MemberWire } from '../../worker/interaction/wire.ts';
import { answerReset, changeMember, loadRequests, type Requests } from '../api/administration.api.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { moment, text } from '../localization/localize-administration.ts';
import { smallButton } from '../profile/section.ts';
import { adminStyles } from './administration.styles.ts';
import type { Task } from './draft.ts';
import { NO_FIELDS, paragraphs } from './form-dialog.element.ts';
import type { Form } from './form.ts';
import { AdminPageElement } from './page.ts';
import { resetState, resetWhat } from './pending-texts.ts';

/**
 * What waits for an administrator: members who can't get in, and resets that others have to agree to.
 *
 * @element penumbra-admin-requests
 */
@customElement('penumbra-admin-requests')
export class AdminRequestsElement extends AdminPageElement {
  @state()
  private requests: Requests | undefined;

  get heading(): string {
    return text('admin.page.requests');
  }

  protected load(): void {
    void this.run(
      (client) => loadRequests(client, this.organization.id),
      (requests) => {
        this.requests = requests;
        this.resume();
      },
    );
  }

  protected override formOf(task: Task): Form | undefined {
    const reset = this.requests?.resets.find(({ id }) => id === task.about);
    if (!reset || (task.form !== 'approve' && task.form !== 'cancel')) return undefined;
    const answer = task.form;
    const name = reset.memberName || reset.memberEmail;
    return {
      heading: text(`admin.request.${answer}.title`, { name }),
      lead: paragraphs(
        resetWhat(reset),
        text('admin.reset.reason', reset),
        text(`admin.request.${answer}.text`),
      ),
      fields: NO_FIELDS,
      confirm: text(`admin.request.${answer}.confirm`),
      danger: answer === 'approve',
      submit: () => {
        void this.run(
          (client) => answerReset(client, this.organization.id, reset.id, answer),
          (requests) => {
            this.requests = requests;
            this.finish(text(`admin.request.${answer}.done`, { name }));
          },
        );
      },
    };
  }

  #dismiss({ sub, name, email }: MemberWire): void {
    void this.run(
      (client) => changeMember(client, this.organization.id, sub, { type: 'help/dismiss' }),
      () => {
        const { requests } = this;
        if (requests) this.requests = { ...requests, help: requests.help.filter((each) => each.sub !== sub) };
        this.news = text('admin.request.dismissed', { name: name || email });
        void this.focusHeading();
      },
    );
  }

  override render(): TemplateResult {
    const { requests } = this;
    if (!requests) return this.renderPage(this.renderUnloaded());
    const { help, resets } = requests;
    return this.renderPage(
      html`<section class="box" aria-labelledby="help">
          <h2 id="help">${text('admin.requests.help')}</h2>
          <p class="lead">${text('admin.requests.helpLead')}</p>
          ${
            help.length === 0
              ? html`<p class="none">${text('admin.requests.noHelp')}</p>`
              : html`<ul class="list" aria-label=${text('admin.requests.help')}>
                  ${help.map((each) => this.#helped(each))}
                </ul>`
          }
        </section>
        <section class="box" aria-labelledby="resets">
          <h2 id="resets">${text('admin.requests.resets')}</h2>
          <p class="lead">${text('admin.requests.resetsLead')}</p>
          ${
            resets.length === 0
              ? html`<p class="none">${text('admin.requests.noResets')}</p>`
              : html`<ul class="list" aria-label=${text('admin.requests.resets')}>
                  ${resets.map((each) => this.#reset(each))}
                </ul>`
          }
        </section>`,
      { lead: text('admin.requests.lead') },
    );
  }

  #helped(member: MemberWire): TemplateResult {
    const { sub, name, email, helpAskedAt } = member;
    return html`<li>
      <div class="what">
        <p class="name"><a href=${this.href({ page: 'members', id: sub })}>${name || email}</a></p>
        <p>${email}</p>
        ${
          helpAskedAt === undefined
            ? nothing
            : html`<p class="hint">${text('admin.help.asked', { moment: moment(helpAskedAt) })}</p>`
        }
      </div>
      <div class="buttons">
        ${smallButton(
          text('admin.help.dismiss'),
          () => {
            this.#dismiss(member);
          },
          { about: name || email },
        )}
      </div>
    </li>`;
  }

  #reset(reset: FactorResetWire): TemplateResult {
    const { id, sub, memberName, memberEmail, by, at, mayApprove } = reset;
    const about = memberName || memberEmail;
    const button = (form: 'approve' | 'cancel', label: string): TemplateResult =>
      smallButton(
        label,
        () => {
          this.open(form, id);
        },
        { about },
      );
    return html`<li>
      <div class="what">
        <p class="name"><a href=${this.href({ page: 'members', id: sub })}>${about}</a></p>
        <p>${memberEmail}</p>
        <p>${resetState(reset, this.client.now())}</p>
        <p>${text('admin.reset.reason', reset)}</p>
        <p class="hint">${text('admin.request.by', { by, moment: moment(at) })}</p>
        ${
          reset.approvals.length === 0
            ? nothing
            : html`<p class="hint">
                ${text('admin.request.approvals', { names: reset.approvals.join(', ') })}
              </p>`
        }
        ${mayApprove ? nothing : html`<p class="hint">${text('admin.request.mayNot')}</p>`}
      </div>
      <div class="buttons">
        ${mayApprove ? button('approve', text('admin.approve')) : nothing}
        ${button('cancel', text('admin.request.cancel'))}
      </div>
    </li>`;
  }

  static override styles = [screenStyles, ...adminStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-admin-requests': AdminRequestsElement;
  }
}
