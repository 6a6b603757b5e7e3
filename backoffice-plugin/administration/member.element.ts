import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { MemberView } from '../../worker/interaction/wire.ts';
import {
  changeMember,
  issuePass,
  loadMember,
  removeMember,
  type MemberChange,
} from '../api/administration.api.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { duration, moment, text } from '../localization/localize-administration.ts';
import { adminStyles } from './administration.styles.ts';
import type { Task } from './draft.ts';
import type { Form } from './form.ts';
import { explanationStyles, whySection } from './member-explanation.ts';
import { memberForm, type ChangeNews } from './member-forms.ts';
import { accessSection, factorsSection, membershipSection, sessionsSection } from './member-sections.ts';
import { memberTags } from './member-texts.ts';
import { AdminPageElement } from './page.ts';
import './secret-dialog.element.ts';

/**
 * One member: how they sign in, why they are asked, and what an administrator can do for them.
 *
 * @element penumbra-admin-member
 */
@customElement('penumbra-admin-member')
export class AdminMemberElement extends AdminPageElement {
  @state()
  private view: MemberView | undefined;

  /** The code of a new pass: here while it is on the screen, and nowhere else. */
  @state()
  private code: string | undefined;

  get heading(): string {
    const { member } = this.view ?? {};
    return member ? member.name || member.email : text('admin.member.title');
  }

  get #sub(): string {
    return this.place.id ?? '';
  }

  protected load(): void {
    void this.run(
      (client) => loadMember(client, this.organization.id, this.#sub),
      (view) => {
        this.view = view;
        this.resume();
      },
    );
  }

  protected override formOf(task: Task): Form | undefined {
    return (
      this.view &&
      memberForm(this.view, task, {
        organizationName: this.organization.name,
        now: this.client.now(),
        onChange: this.#change,
        onRemove: this.#remove,
        onPass: this.#pass,
      })
    );
  }

  readonly #change = (change: MemberChange, news: ChangeNews): void => {
    void this.run(
      (client) => changeMember(client, this.organization.id, this.#sub, change),
      (view) => {
        this.view = view;
        this.finish(typeof news === 'string' ? news : news(view));
      },
    );
  };

  readonly #remove = (): void => {
    const { heading } = this;
    void this.run(
      (client) => removeMember(client, this.organization.id, this.#sub),
      () => {
        this.task = undefined;
        this.go({ page: 'members' }, text('admin.remove.done', { name: heading }));
      },
    );
  };

  readonly #pass = (minutes: number): void => {
    void this.run(
      (client) => issuePass(client, this.organization.id, this.#sub, minutes),
      ({ code, pass }) => {
        if (this.view) this.view = { ...this.view, pass };
        this.closeForm();
        this.code = code;
      },
    );
  };

  readonly #codeKept = (): void => {
    this.code = undefined;
    this.finish(text('admin.pass.done', { name: this.heading }));
    void this.focusHeading();
  };

  override render(): TemplateResult {
    const { view } = this;
    if (!view) return this.renderPage(this.renderUnloaded(), { above: this.#back() });
    const options = {
      onOpen: this.open,
      onChange: this.#change,
      now: this.client.now(),
      requestsHref: this.href({ page: 'requests' }),
    };
    return this.renderPage(
      html`<div class="who">
          <p>${view.member.email}</p>
          <div class="tags">
            <span class="tag">${text(`admin.role.${view.member.role}`)}</span> ${memberTags(view.member)}
          </div>
        </div>
        ${accessSection(view, options)} ${factorsSection(view, options)} ${whySection(view)}
        ${sessionsSection(view, options)} ${membershipSection(view, options)}`,
      {
        actions: html`<a
          class="button"
          href=${this.href({ page: 'audit', query: { member: view.member.sub, name: this.heading } })}
          >${text('admin.member.audit')}</a
        >`,
        above: this.#back(),
        over: this.#shown(),
      },
    );
  }

  #back(): TemplateResult {
    return html`<p class="back">
      <a href=${this.href({ page: 'members' })}>${text('admin.member.back')}</a>
    </p>`;
  }

  #shown(): TemplateResult | typeof nothing {
    const pass = this.view?.pass;
    if (this.code === undefined || !pass) return nothing;
    const now = this.client.now();
    return html`<penumbra-secret-dialog
      .shown=${{
        heading: text('admin.pass.shownTitle', { name: this.heading }),
        lead: text('admin.pass.shownText', { until: moment(pass.expiresAt) }),
        label: text('admin.pass.code'),
        secret: this.code,
        warnings: [
          text('admin.pass.once'),
          text('admin.pass.handOver'),
          ...(pass.approvals.length < pass.approvalsNeeded ? [text('admin.pass.waitsForApproval')] : []),
          ...(pass.notBefore > now
            ? [text('admin.pass.waitsUntil', { wait: duration(pass.notBefore - now) })]
            : []),
        ],
      }}
      @penumbra-action=${this.#codeKept}
    ></penumbra-secret-dialog>`;
  }

  static override styles = [
    screenStyles,
    ...adminStyles,
    explanationStyles,
    css`
      .who {
        display: grid;
        gap: 9px;
        margin-top: -12px;
        overflow-wrap: anywhere;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-admin-member': AdminMemberElement;
  }
}
