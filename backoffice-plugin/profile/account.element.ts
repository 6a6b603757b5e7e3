// The portal's account page: who one is, Profile > Multi-factor authentication method, recovery codes, sessions and
// what happened. It draws what the service says and sends what the person wants; what is allowed is the service's to say.

import '@umbraco-ui/uui/components/tag/tag.js';
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AccountView, PendingWire } from '../../worker/interaction/wire.ts';
import {
  changeAccount,
  confirmEnrollment,
  loadAccount,
  renewRecoveryCodes,
  resendEnrollmentCode,
  signOut,
  startEnrollment,
  type AccountAction,
} from '../api/account.api.ts';
import type { ApiClient, ApiResult } from '../api/client.ts';
import type { EnrollmentAction } from '../api/interaction.api.ts';
import type { Failure } from '../api/problem.ts';
import '../elements/button.element.ts';
import { DeliveryWatch } from '../elements/delivery-watch.controller.ts';
import { leaveFor } from '../elements/leave.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { tellStep } from '../elements/step-event.ts';
import { text } from '../localization/localize.ts';
import { serviceName } from '../localization/service-name.ts';
import { accountDialog } from './account-dialogs.ts';
import { accountPage, noAccountPage, taskPage, titleOf } from './account-pages.ts';
import {
  isEnrollmentTask,
  NO_TASK,
  recallTask,
  rememberTask,
  SECTION_OF,
  type CodesTask,
  type EnrollmentTask,
  type Task,
} from './account-task.ts';
import { accountStyles } from './account.styles.ts';
import type { DialogAction } from './dialog.ts';
import { newsOf, newsOfCodes, newsOfEnrolled, type News } from './news.ts';
import { queuedSend } from './queued-send.ts';

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

  @state()
  private news: News | undefined;

  readonly #watch = new DeliveryWatch(this, () => this.#reload());
  /** How often something was asked for. */
  #runs = 0;
  #opener: Element | null | undefined;
  #heading: string | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('client') && this.client) this.#load();
    if (!isEnrollmentTask(this.task)) this.#heading = undefined;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { task } = this;
    tellStep(this, text('app.title', { step: this.#heading ?? titleOf(task), site: serviceName() }));
    if (changed.has('task' as keyof AccountElement) && (task.kind === 'fresh' || task.kind === 'codes'))
      this.#focus('h1');
  }

  readonly #load = (): void => {
    void this.#run(loadAccount, (view) => {
      this.task = recallTask(view);
      this.#show(view);
    });
  };

  async #reload(): Promise<void> {
    if (this.busy || !this.client) return;
    const runs = this.#runs;
    const result = await loadAccount(this.client);
    // What was asked for meanwhile knows more, and a failure is of no interest: the next try may go well.
    if (result.ok && runs === this.#runs) this.#show(result.value);
  }

  #show(view: AccountView): void {
    this.view = view;
    const { task } = this;
    const { pending } = view;
    // The service doesn't give an app's key twice, so only what is sent is taken from there.
    if (isEnrollmentTask(task) && pending && pending.enrollmentId === task.pending?.enrollmentId)
      this.task = { ...task, pending };
    this.#watch.watch(queuedSend(view, this.task));
  }

  async #run<Value>(
    call: (client: ApiClient) => Promise<ApiResult<Value>>,
    use: (value: Value) => void,
  ): Promise<void> {
    if (this.busy || !this.client) return;
    this.busy = true;
    this.#runs += 1;
    this.failure = undefined;
    // What is offered can be tried again.
    if (!this.news?.offer) this.news = undefined;
    const result = await call(this.client);
    this.busy = false;
    if (result.ok) {
      this.news = undefined;
      use(result.value);
    } else this.#fail(result.failure);
  }

  #fail(failure: Failure): void {
    const way = failure.continue;
    if (this.task.kind === 'codes') this.task = NO_TASK;
    if (failure.code === 'login_required' && way !== undefined) leaveFor(this, way);
    else if (failure.code === 'fresh_authentication_required' && way !== undefined)
      this.task = { kind: 'fresh', way };
    else this.failure = failure;
  }

  readonly #act = (action: AccountAction): void => {
    const before = this.view;
    if (!before) return;
    void this.#run(
      (client) => changeAccount(client, action),
      (view) => {
        // The page's words come with the page.
        if (action.type === 'profile' && action.language !== undefined) {
          rememberTask(NO_TASK);
          location.reload();
          return;
        }
        this.#show(view);
        const news = newsOf(action, before, view);
        if (news) void this.#finish(news);
      },
    );
  };

  readonly #onDialog = (event: CustomEvent<DialogAction>): void => {
    const action = event.detail;
    if (action.type === 'close') this.#close();
    else if (action.type === 'recovery-codes') this.#makeCodes();
    else this.#act(action);
  };

  readonly #onEnrollment = (event: CustomEvent<EnrollmentAction>): void => {
    const action = event.detail;
    const { task } = this;
    if (!isEnrollmentTask(task)) return;
    if (action.type === 'enrollment/confirm') this.#confirm(action, task.kind);
    else if (action.type === 'enrollment/code')
      void this.#run((client) => resendEnrollmentCode(client, action.channel), this.#pend(task));
    else if (task.kind === 'number' && action.kind === 'phone')
      void this.#run((client) => startEnrollment(client, action, task.enrollmentId), this.#pend(task));
    // Who turns away from the phone adds something else, and the old number stays.
    else void this.#run((client) => startEnrollment(client, action), this.#pend({ kind: 'add' }));
  };

  #pend(task: EnrollmentTask): (pending: PendingWire) => void {
    return (pending) => {
      // Who has cancelled meanwhile is not to be led back.
      if (!isEnrollmentTask(this.task)) return;
      this.task = { ...task, pending };
      rememberTask(this.task);
      if (this.view) this.#watch.watch(queuedSend(this.view, this.task));
      void this.updateComplete.then(() => this.renderRoot.querySelector('penumbra-enrollment')?.refocus());
    };
  }

  #confirm(
    proof: Extract<EnrollmentAction, { type: 'enrollment/confirm' }>,
    kind: EnrollmentTask['kind'],
  ): void {
    const { enrollmentId, code, name } = proof;
    void this.#run(
      (client) => confirmEnrollment(client, { enrollmentId, code, name }),
      (view) => {
        this.#show(view);
        // S38: the first factor comes with recovery codes.
        if (view.recoveryCodes.madeAt === undefined) this.#makeCodes({ withFactor: kind === 'add' });
        else void this.#finish(newsOfEnrolled(kind, name, view));
      },
    );
  }

  readonly #onNewCodes = (): void => {
    if (this.view?.recoveryCodes.madeAt === undefined) this.#makeCodes({});
    else this.#open({ kind: 'newCodes' });
  };

  readonly #onLeave = (path: string): void => {
    leaveFor(this, path);
  };

  /** The first codes take the page at once; for others the question stays until there are some. */
  #makeCodes(first?: Pick<CodesTask, 'withFactor'>): void {
    if (first) this.#open({ kind: 'codes', ...first });
    void this.#run(renewRecoveryCodes, ({ account, codes }) => {
      this.#show(account);
      this.#open({ kind: 'codes', ...first, codes });
    });
  }

  async #finish(news: News): Promise<void> {
    this.#open(NO_TASK);
    this.news = news;
    await this.updateComplete;
    this.#focus(`#${news.section}`);
  }

  readonly #onHeading = (event: CustomEvent<string>): void => {
    this.#heading = event.detail;
    this.requestUpdate();
  };

  readonly #open = (task: Task): void => {
    if (this.task.kind === 'none') this.#opener = this.shadowRoot?.activeElement;
    this.failure = undefined;
    this.news = undefined;
    this.task = task;
    rememberTask(task);
  };

  readonly #close = (): void => {
    const { kind } = this.task;
    this.#open(NO_TASK);
    void this.updateComplete.then(() => {
      if (this.#opener instanceof HTMLElement && this.#opener.isConnected) this.#opener.focus();
      else this.#focus(`#${SECTION_OF[kind]}`);
    });
  };

  #focus(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  readonly #signOut = (): void => {
    void this.#run(signOut, (answer) => {
      this.#onLeave(answer.continue);
    });
  };

  override render(): TemplateResult {
    const { view, task, failure, busy } = this;
    const now = this.client?.now;
    if (!view) return noAccountPage({ failure, busy, onLoad: this.#load });
    return (
      taskPage(view, task, {
        failure,
        busy,
        now,
        onEnrollment: this.#onEnrollment,
        onHeading: this.#onHeading,
        onSaved: (codes) => void this.#finish(newsOfCodes(codes, view)),
        onLeave: this.#onLeave,
        onCancel: this.#close,
      }) ??
      html`${accountPage(view, {
        failure: task.kind === 'none' ? failure : undefined,
        news: this.news,
        busy: busy && task.kind === 'none',
        onOpen: this.#open,
        onAct: this.#act,
        onNewCodes: this.#onNewCodes,
        onSignOut: this.#signOut,
      })}
      ${accountDialog(view, task, { failure, busy, now, onAction: this.#onDialog })}`
    );
  }

  static override styles = [screenStyles, accountStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-account': AccountElement;
  }
}
