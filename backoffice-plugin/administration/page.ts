// What the pages of the administration have in common: they ask the service, say what was done and what failed, open forms
// and keep what was typed when somebody has to sign in again first (S42).

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { OrganizationWire } from '../../worker/interaction/wire.ts';
import type { ApiClient, ApiResult } from '../api/client.ts';
import type { Failure } from '../api/problem.ts';
import '../elements/button.element.ts';
import { leaveFor } from '../elements/leave.ts';
import { HEADING_EVENT } from '../elements/screen.ts';
import { text } from '../localization/localize-administration.ts';
import { forgetDraft, keepDraft, takeDraft, type Draft, type Task, type Values } from './draft.ts';
import { adminFailureText } from './failure-text.ts';
import './form-dialog.element.ts';
import type { FormAction } from './form-dialog.element.ts';
import type { Form } from './form.ts';
import { hashOf, type Place } from './place.ts';

export const GO_EVENT = 'penumbra-go';

/** Where to go on, and what to say there. */
export interface Going {
  readonly hash: string;
  readonly news?: string;
}

/**
 * A page of the administration.
 *
 * @fires penumbra-go - another page is wanted; `detail` is a `Going`
 * @fires penumbra-heading - another heading is drawn; `detail` is its text
 */
export abstract class AdminPageElement extends LitElement {
  @property({ attribute: false })
  client!: ApiClient;

  @property({ attribute: false })
  organization!: OrganizationWire;

  @property({ attribute: false })
  place!: Place;

  /** What was just done; whoever led here may have something to say, too. */
  @property({ attribute: false })
  news: string | undefined;

  @state()
  protected failure: Failure | undefined;

  @state()
  protected busy = false;

  @state()
  protected task: Task | undefined;

  /** What was typed before the sign-in. */
  @state()
  protected typed: Values = {};

  #opener: Element | null | undefined;
  #told: string | undefined;

  abstract get heading(): string;

  /** Asks for what the page shows. */
  protected abstract load(): void;

  /** Gives the form of a task; undefined where there is none any more. */
  protected formOf?(task: Task): Form | undefined;

  protected override firstUpdated(changed: PropertyValues<this>): void {
    super.firstUpdated(changed);
    this.load();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { heading } = this;
    if (heading === this.#told) return;
    this.#told = heading;
    this.dispatchEvent(new CustomEvent(HEADING_EVENT, { detail: heading, bubbles: true, composed: true }));
  }

  /** Puts the focus on the heading: somebody has just come here. */
  async focusHeading(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  /** Calls the service; one call at a time. */
  protected async run<Value>(
    call: (client: ApiClient) => Promise<ApiResult<Value>>,
    use: (value: Value) => void,
  ): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = undefined;
    const result = await call(this.client);
    this.busy = false;
    if (!this.isConnected) return;
    if (result.ok) use(result.value);
    else this.fail(result.failure);
  }

  protected fail(failure: Failure): void {
    if (failure.code === 'login_required' && failure.continue !== undefined) leaveFor(this, failure.continue);
    else this.failure = failure;
  }

  /** Says what was done, and goes back to where it was wanted. */
  protected finish(news: string): void {
    this.news = news;
    this.closeForm();
  }

  protected readonly open = (form: string, about?: string): void => {
    this.#opener = this.shadowRoot?.activeElement;
    this.failure = undefined;
    this.news = undefined;
    this.typed = {};
    this.task = about === undefined ? { form } : { form, about };
  };

  /** Opens the form that was open before the sign-in, once there is what it is about. */
  protected resume(): void {
    if (this.task) return;
    const draft = takeDraft(location.hash);
    if (draft) this.reopen(draft);
  }

  protected reopen(draft: Draft): void {
    if (!this.formOf?.(draft.task)) return;
    this.task = draft.task;
    this.typed = draft.values;
  }

  protected closeForm(): void {
    if (!this.task) return;
    this.task = undefined;
    this.failure = undefined;
    this.typed = {};
    void this.updateComplete.then(() => {
      if (this.#opener instanceof HTMLElement && this.#opener.isConnected) this.#opener.focus();
      else void this.focusHeading();
    });
  }

  protected go(place: Partial<Place> & Pick<Place, 'page'>, news?: string): void {
    forgetDraft();
    const hash = hashOf({ organization: this.organization.id, ...place });
    const detail: Going = news === undefined ? { hash } : { hash, news };
    this.dispatchEvent(new CustomEvent(GO_EVENT, { detail, bubbles: true, composed: true }));
  }

  protected href(place: Partial<Place> & Pick<Place, 'page'>): string {
    return hashOf({ organization: this.organization.id, ...place });
  }

  /** Goes to sign in again; `task` is open again afterwards, with what was typed. */
  protected signInAgain(task: Task, values: Values): void {
    const way = this.failure?.continue;
    if (way === undefined) return;
    keepDraft({ hash: location.hash, task, values });
    leaveFor(this, way);
  }

  readonly #onForm = (event: CustomEvent<FormAction>): void => {
    const action = event.detail;
    const { task } = this;
    if (!task) return;
    if (action.type === 'close') this.closeForm();
    else if (action.type === 'fresh') this.signInAgain(task, action.values);
    else this.formOf?.(task)?.submit(action.values);
  };

  /** Draws the page: its heading, what is to be said, its content, and the form that is open. */
  protected renderPage(
    content: TemplateResult | typeof nothing,
    options: {
      readonly lead?: string;
      readonly actions?: TemplateResult;
      /** The way back. */
      readonly above?: TemplateResult;
      /** What is shown over everything: a secret. */
      readonly over?: TemplateResult | typeof nothing;
    } = {},
  ): TemplateResult {
    const form = this.task && this.formOf?.(this.task);
    const problem = this.failure && !form ? adminFailureText(this.failure) : nothing;
    // One template for the page in all its states, or the heading would be another each time and lose the focus.
    return html`${options.above ?? nothing}
      <div class="title">
        <div>
          <h1 tabindex="-1">${this.heading}</h1>
          ${options.lead === undefined ? nothing : html`<p class="lead">${options.lead}</p>`}
        </div>
        ${options.actions ?? nothing}
      </div>
      <p class="news" role="status">${this.news ?? nothing}</p>
      <div class="problem" role="alert">${problem}</div>
      ${content}
      ${
        form
          ? html`<penumbra-form-dialog
              .form=${form}
              .values=${this.typed}
              .failure=${this.failure}
              ?busy=${this.busy}
              .now=${this.client.now}
              @penumbra-action=${this.#onForm}
            ></penumbra-form-dialog>`
          : nothing
      }
      ${options.over ?? nothing}`;
  }

  /** Draws what there is to see before anything was loaded, or when it could not be. */
  protected renderUnloaded(): TemplateResult {
    if (!this.failure) return html`<p class="lead" role="status">${text('app.loading')}</p>`;
    return html`<div>
      <penumbra-button
        look="primary"
        class="narrow"
        ?busy=${this.busy}
        @click=${() => {
          this.load();
        }}
        >${text('action.tryAgain')}</penumbra-button
      >
    </div>`;
  }
}
