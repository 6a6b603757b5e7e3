// The portal's account page: who one is, Profile > Multi-factor authentication, and this session. It draws what the
// service says and sends what the person wants; what is allowed is the service's to say.

import '@umbraco-ui/uui/components/tag/tag.js';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AccountView, EnrollmentWire, PendingTotpWire } from '../../worker/interaction/wire.ts';
import {
  confirmEnrollment,
  disableEnrollment,
  loadAccount,
  signOut,
  startEnrollment,
} from '../api/account.api.ts';
import type { ApiClient, ApiResult } from '../api/client.ts';
import type { EnrollmentAction } from '../api/interaction.api.ts';
import type { Failure } from '../api/problem.ts';
import '../elements/button.element.ts';
import '../elements/enrollment.element.ts';
import { failureText } from '../elements/failure-text.ts';
import { leaveFor } from '../elements/leave.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { tellStep } from '../elements/step-event.ts';
import { moment, text } from '../localization/localize.ts';
import { accountStyles } from './account.styles.ts';
import './disable-dialog.element.ts';
import type { DisableAction } from './disable-dialog.element.ts';
import { strengthText } from './strength-text.ts';

/** What is open on the page besides what is always there. */
type Task =
  | { readonly kind: 'none' }
  | { readonly kind: 'add'; readonly pending?: PendingTotpWire }
  | { readonly kind: 'disable'; readonly enrollment: EnrollmentWire }
  | { readonly kind: 'fresh'; readonly way: string };

const NO_TASK: Task = { kind: 'none' };

/**
 * @element penumbra-account
 * @fires penumbra-step - `detail` is the title that the page should have
 * @fires penumbra-leave - the person has to go on to another page; cancel it to go there in a way of your own
 */
@customElement('penumbra-account')
export class AccountElement extends LitElement {
  /** How the service is asked. Nothing happens before the host has set it. */
  @property({ attribute: false })
  client: ApiClient | undefined;

  @state()
  private view: AccountView | undefined;

  @state()
  private task: Task = NO_TASK;

  @state()
  private failure: Failure | undefined;

  @state()
  private busy = false;

  /** What was just done, read out. */
  @state()
  private news = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('client') && this.client) void this.#load();
  }

  protected override updated(): void {
    tellStep(this, text('app.title', { step: text('account.title'), site: text('app.name') }));
  }

  async #load(): Promise<void> {
    await this.#run(loadAccount, (view) => (this.view = view));
  }

  async #run<Value>(
    call: (client: ApiClient) => Promise<ApiResult<Value>>,
    use: (value: Value) => void,
  ): Promise<void> {
    if (this.busy || !this.client) return;
    this.busy = true;
    this.failure = undefined;
    this.news = '';
    const result = await call(this.client);
    this.busy = false;
    if (result.ok) use(result.value);
    else this.#fail(result.failure);
  }

  #fail(failure: Failure): void {
    const way = failure.continue;
    if (failure.code === 'login_required' && way !== undefined) leaveFor(this, way);
    else if (failure.code === 'fresh_authentication_required' && way !== undefined)
      this.task = { kind: 'fresh', way };
    else this.failure = failure;
  }

  #onEnrollment(event: CustomEvent<EnrollmentAction>): void {
    const action = event.detail;
    if (action.type === 'enrollment') {
      void this.#run(
        (client) => startEnrollment(client, action.kind, action.renew === true),
        (pending) => (this.task = { kind: 'add', pending }),
      );
      return;
    }
    const { enrollmentId, code, name } = action;
    void this.#run(
      (client) => confirmEnrollment(client, { enrollmentId, code, name }),
      (view) => void this.#finish(view, text('account.mfa.added', { name })),
    );
  }

  #onDisable(event: CustomEvent<DisableAction>, enrollment: EnrollmentWire): void {
    const action = event.detail;
    if (action.type === 'keep') {
      this.#close();
      return;
    }
    void this.#run(
      (client) => disableEnrollment(client, action.enrollmentId, action.code),
      (view) => void this.#finish(view, text('account.mfa.disabled', { name: enrollment.name })),
    );
  }

  async #finish(view: AccountView, news: string): Promise<void> {
    this.view = view;
    this.news = news;
    this.task = NO_TASK;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#mfa')?.focus();
  }

  #open(task: Task): void {
    this.failure = undefined;
    this.news = '';
    this.task = task;
  }

  #close(): void {
    this.#open(NO_TASK);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('#mfa')?.focus());
  }

  #signOut(): void {
    void this.#run(signOut, (answer) => {
      leaveFor(this, answer.continue);
    });
  }

  override render(): TemplateResult {
    if (!this.view) return this.#noView();
    return html`<h1>${text('account.title')}</h1>
      ${this.task.kind === 'none' ? this.#problem() : nothing} ${this.#person(this.view)}
      ${this.#factors(this.view)} ${this.#session(this.view)}`;
  }

  #noView(): TemplateResult {
    if (!this.failure) return html`<p class="lead" role="status">${text('app.loading')}</p>`;
    return html`<h1>${text('failed.title')}</h1>
      <div class="stack">
        ${this.#problem()}
        <penumbra-button look="primary" ?busy=${this.busy} @click=${() => void this.#load()}
          >${text('action.tryAgain')}</penumbra-button
        >
      </div>`;
  }

  #problem(): TemplateResult {
    const words = this.failure ? failureText(this.failure) : nothing;
    return html`<div class="problem" role="alert">${words}</div>`;
  }

  #person(view: AccountView): TemplateResult {
    return html`<section class="box" aria-label=${view.name}>
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

  #factors(view: AccountView): TemplateResult {
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
      <p class="news" role="status">${this.news}</p>
      ${on ? this.#list(view) : html`<p class="none">${text('account.mfa.none')}</p>`} ${this.#task(view)}
    </section>`;
  }

  #list(view: AccountView): TemplateResult {
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
            ${
              stuck
                ? nothing
                : html`<penumbra-button
                    look="outline"
                    @click=${() => {
                      this.#open({ kind: 'disable', enrollment });
                    }}
                    >${text('account.app.disable')}
                    <span class="visually-hidden">${enrollment.name}</span></penumbra-button
                  >`
            }
          </li>`,
      )}
    </ul>`;
  }

  #task(view: AccountView): TemplateResult {
    const { task } = this;
    switch (task.kind) {
      case 'none':
        return html`<div>
          <penumbra-button
            look="primary"
            class="add"
            @click=${() => {
              this.#open({ kind: 'add' });
            }}
            >${text('account.mfa.add')}</penumbra-button
          >
        </div>`;
      case 'add':
        return this.#adding(view, task.pending);
      case 'disable':
        return html`<penumbra-disable-dialog
          .enrollment=${task.enrollment}
          .failure=${this.failure}
          ?busy=${this.busy}
          .now=${this.client?.now}
          @penumbra-action=${(event: CustomEvent<DisableAction>) => {
            this.#onDisable(event, task.enrollment);
          }}
        ></penumbra-disable-dialog>`;
      case 'fresh':
        return this.#fresh(task.way);
    }
  }

  #adding(view: AccountView, pending: PendingTotpWire | undefined): TemplateResult {
    return html`<div class="panel">
      <penumbra-enrollment
        .view=${{ kinds: view.mfa.kinds, reasons: [], ...(pending && { pending }) }}
        .failure=${this.failure}
        ?busy=${this.busy}
        .now=${this.client?.now}
        .suggestedName=${freeName(view.enrollments)}
        @penumbra-action=${(event: CustomEvent<EnrollmentAction>) => {
          this.#onEnrollment(event);
        }}
      >
        <div slot="leave" class="actions">
          <button
            type="button"
            class="link"
            @click=${() => {
              this.#close();
            }}
          >
            ${text('action.cancel')}
          </button>
        </div>
      </penumbra-enrollment>
    </div>`;
  }

  #fresh(way: string): TemplateResult {
    return html`<div class="panel" role="alert">
      <h3>${text('account.fresh.title')}</h3>
      <p class="lead">${text('account.fresh.text')}</p>
      <div class="choices">
        <penumbra-button
          look="primary"
          class="add"
          @click=${() => {
            leaveFor(this, way);
          }}
          >${text('account.fresh.go')}</penumbra-button
        >
        <penumbra-button
          look="outline"
          @click=${() => {
            this.#close();
          }}
          >${text('action.cancel')}</penumbra-button
        >
      </div>
    </div>`;
  }

  #session(view: AccountView): TemplateResult {
    return html`<section class="box" aria-labelledby="session">
      <header><h2 id="session">${text('account.session')}</h2></header>
      <p>${strengthText(view.session.acr)}</p>
      <p class="hint">${text('account.session.since', { moment: moment(view.session.authTime) })}</p>
      <div class="sign-out">
        <penumbra-button
          look="outline"
          ?busy=${this.busy && this.task.kind === 'none'}
          @click=${() => {
            this.#signOut();
          }}
          >${text('account.session.signOut')}</penumbra-button
        >
        <p class="hint">${text('account.session.signOutHint')}</p>
      </div>
    </section>`;
  }

  static override styles = [screenStyles, accountStyles];
}

function times(enrollment: EnrollmentWire): string {
  const added = text('account.app.added', { moment: moment(enrollment.createdAt) });
  const used =
    enrollment.lastUsedAt === undefined
      ? text('account.app.neverUsed')
      : text('account.app.used', { moment: moment(enrollment.lastUsedAt) });
  return `${added} · ${used}`;
}

/** A name that no app has yet. */
function freeName(enrollments: readonly EnrollmentWire[]): string {
  const taken = new Set(enrollments.map((each) => each.name));
  const base = text('enrollment.nameDefault');
  let name: string = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base} ${number}`;
  return name;
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-account': AccountElement;
  }
}
