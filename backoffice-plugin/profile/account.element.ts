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
import { text, type TextKey } from '../localization/localize.ts';
import { factorsSection, personSection, sessionSection } from './account-sections.ts';
import { accountStyles } from './account.styles.ts';
import './disable-dialog.element.ts';
import type { DisableAction } from './disable-dialog.element.ts';

/** What is open on the page besides what is always there. */
type Task =
  | { readonly kind: 'none' }
  | { readonly kind: 'add'; readonly pending?: PendingTotpWire }
  | { readonly kind: 'disable'; readonly enrollment: EnrollmentWire }
  | { readonly kind: 'fresh'; readonly way: string };

const NO_TASK: Task = { kind: 'none' };

const TITLES = {
  none: 'account.title',
  add: 'enrollment.title',
  disable: 'account.title',
  fresh: 'account.fresh.title',
} as const satisfies Readonly<Record<Task['kind'], TextKey>>;

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

  protected override updated(changed: PropertyValues<this>): void {
    tellStep(this, text('app.title', { step: text(TITLES[this.task.kind]), site: text('app.name') }));
    if (changed.has('task' as keyof AccountElement) && this.task.kind === 'fresh') this.#focus('h1');
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
    this.#focus('#mfa');
  }

  #open(task: Task): void {
    this.failure = undefined;
    this.news = '';
    this.task = task;
  }

  #close(): void {
    this.#open(NO_TASK);
    void this.updateComplete.then(() => {
      this.#focus('#mfa');
    });
  }

  #focus(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  #signOut(): void {
    void this.#run(signOut, (answer) => {
      leaveFor(this, answer.continue);
    });
  }

  override render(): TemplateResult {
    const { view, task } = this;
    if (!view) return this.#noView();
    // These take the page for themselves: on a phone they would be lost between its other parts.
    if (task.kind === 'add') return this.#adding(view, task.pending);
    if (task.kind === 'fresh') return this.#fresh(task.way);
    return html`<h1>${text('account.title')}</h1>
      ${task.kind === 'none' ? this.#problem() : nothing} ${personSection(view)}
      ${factorsSection(view, {
        news: this.news,
        onAdd: () => {
          this.#open({ kind: 'add' });
        },
        onDisable: (enrollment) => {
          this.#open({ kind: 'disable', enrollment });
        },
      })}
      ${sessionSection(view, {
        busy: this.busy && task.kind === 'none',
        onSignOut: () => {
          this.#signOut();
        },
      })}
      ${task.kind === 'disable' ? this.#disabling(task.enrollment) : nothing}`;
  }

  #noView(): TemplateResult {
    if (!this.failure) return html`<p class="lead" role="status">${text('app.loading')}</p>`;
    return html`<h1>${text('failed.title')}</h1>
      ${this.#problem()}
      <div>
        <penumbra-button look="primary" class="narrow" ?busy=${this.busy} @click=${() => void this.#load()}
          >${text('action.tryAgain')}</penumbra-button
        >
      </div>`;
  }

  #problem(): TemplateResult {
    const words = this.failure ? failureText(this.failure) : nothing;
    return html`<div class="problem" role="alert">${words}</div>`;
  }

  #disabling(enrollment: EnrollmentWire): TemplateResult {
    return html`<penumbra-disable-dialog
      .enrollment=${enrollment}
      .failure=${this.failure}
      ?busy=${this.busy}
      .now=${this.client?.now}
      @penumbra-action=${(event: CustomEvent<DisableAction>) => {
        this.#onDisable(event, enrollment);
      }}
    ></penumbra-disable-dialog>`;
  }

  #adding(view: AccountView, pending: PendingTotpWire | undefined): TemplateResult {
    return html`<div class="box alone">
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
        <div slot="leave" class="actions">${this.#cancel()}</div>
      </penumbra-enrollment>
    </div>`;
  }

  #fresh(way: string): TemplateResult {
    return html`<div class="box alone">
      <h1 tabindex="-1">${text('account.fresh.title')}</h1>
      <p class="lead">${text('account.fresh.text')}</p>
      <penumbra-button
        look="primary"
        @click=${() => {
          leaveFor(this, way);
        }}
        >${text('account.fresh.go')}</penumbra-button
      >
      <div class="actions">${this.#cancel()}</div>
    </div>`;
  }

  #cancel(): TemplateResult {
    return html`<button
      type="button"
      class="link"
      @click=${() => {
        this.#close();
      }}
    >
      ${text('action.cancel')}
    </button>`;
  }

  static override styles = [screenStyles, accountStyles];
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
