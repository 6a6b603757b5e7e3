import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { PolicyTrialWire, PolicyView, PolicyWire } from '../../worker/interaction/wire.ts';
import type { Failure } from '../api/problem.ts';
import { loadPolicy, savePolicy, tryPolicy } from '../api/site-administration.api.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { text } from '../localization/localize-administration.ts';
import { warning } from '../profile/section.ts';
import { adminStyles } from './administration.styles.ts';
import type { Draft, Task, Values } from './draft.ts';
import { NO_FIELDS } from './form-dialog.element.ts';
import { fieldStyles } from './form-fields.ts';
import type { Form } from './form.ts';
import { AdminPageElement } from './page.ts';
import { policyFields } from './policy-fields.ts';
import { policyStyles } from './policy.styles.ts';
import { whyImpossible } from './policy-possible.ts';
import { conflictSection, trialSection, trialSummary } from './policy-results.ts';
import { policyMistakes, policyOfValues, valuesOfPolicy } from './policy-values.ts';

/**
 * What the organisation demands. Nothing is saved before it was shown whom it affects.
 *
 * @element penumbra-admin-policy
 */
@customElement('penumbra-admin-policy')
export class AdminPolicyElement extends AdminPageElement {
  @state()
  private view: PolicyView | undefined;

  @state()
  private values: Values = {};

  @state()
  private mistakes: Values = {};

  @state()
  private trial: PolicyTrialWire | undefined;

  /** What somebody else has saved meanwhile. */
  @state()
  private theirs: PolicyView | undefined;

  get heading(): string {
    return text('admin.page.policy');
  }

  get #policy(): PolicyWire {
    const { view } = this;
    return view ? policyOfValues(this.values, view.policy, view) : {};
  }

  get #changed(): boolean {
    const { view } = this;
    if (!view) return false;
    const before = policyOfValues(valuesOfPolicy(view.policy, view), view.policy, view);
    return JSON.stringify(this.#policy) !== JSON.stringify(before);
  }

  protected load(): void {
    void this.run(
      (client) => loadPolicy(client, this.organization.id),
      (view) => {
        this.#show(view);
        this.resume();
      },
    );
  }

  #show(view: PolicyView): void {
    this.view = view;
    this.values = valuesOfPolicy(view.policy, view);
    this.trial = undefined;
    this.theirs = undefined;
  }

  protected override reopen(draft: Draft): void {
    this.values = { ...this.values, ...draft.values };
    this.#review();
  }

  protected override signInAgain(task: Task): void {
    super.signInAgain(task, this.values);
  }

  protected override formOf(task: Task): Form | undefined {
    const { trial } = this;
    if (task.form !== 'save' || !trial) return undefined;
    return {
      heading: text('admin.policy.save.title'),
      lead: html`<p>${text('admin.policy.save.text')}</p>
        ${trialSummary(trial)}`,
      fields: NO_FIELDS,
      confirm: text('admin.policy.save.confirm'),
      danger: trial.cannot > 0,
      submit: this.#save,
    };
  }

  readonly #save = (): void => {
    const { view } = this;
    if (!view) return;
    void this.run(
      (client) => savePolicy(client, this.organization.id, this.#policy, view.version),
      (saved) => {
        this.#show(saved);
        this.finish(text('admin.policy.done'));
      },
    );
  };

  protected override fail(failure: Failure): void {
    if (failure.code === 'wrong_step' && this.task) {
      this.task = undefined;
      void this.run((client) => loadPolicy(client, this.organization.id), this.#meet);
    } else super.fail(failure);
  }

  readonly #meet = (theirs: PolicyView): void => {
    this.theirs = theirs;
    this.trial = undefined;
    void this.#focus('#conflict');
  };

  readonly #keepMine = (): void => {
    const { theirs } = this;
    if (!theirs) return;
    const mine = this.#policy;
    this.view = { ...theirs };
    this.values = valuesOfPolicy(mine, theirs);
    this.theirs = undefined;
    this.#review();
  };

  readonly #takeTheirs = (): void => {
    if (this.theirs) this.#show(this.theirs);
    this.news = text('admin.conflict.taken');
    void this.focusHeading();
  };

  /** Nothing to ask of the service while something is wrong on the page. */
  #check(): boolean {
    const { view } = this;
    if (!view) return false;
    this.mistakes = policyMistakes(this.values, view, this.client.now());
    if (Object.keys(this.mistakes).length > 0) void this.#focus('[aria-invalid="true"]');
    return Object.keys(this.mistakes).length === 0 && whyImpossible(this.values, view).length === 0;
  }

  readonly #try = (): void => {
    if (!this.#check()) return;
    void this.run(
      (client) => tryPolicy(client, this.organization.id, this.#policy),
      (trial) => {
        this.trial = trial;
        void this.#focus('#trial');
      },
    );
  };

  readonly #review = (): void => {
    if (!this.#check()) return;
    void this.run(
      (client) => tryPolicy(client, this.organization.id, this.#policy),
      (trial) => {
        this.trial = trial;
        this.open('save');
      },
    );
  };

  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  override render(): TemplateResult {
    const { view, theirs, trial } = this;
    if (!view) return this.renderPage(this.renderUnloaded());
    return this.renderPage(
      html`${
        theirs
          ? conflictSection(theirs.policy, this.#policy, {
              onTheirs: this.#takeTheirs,
              onMine: this.#keepMine,
            })
          : nothing
      }
      ${policyFields(this.values, {
        limits: view,
        mistakes: this.mistakes,
        now: this.client.now(),
        onChange: (values) => {
          this.values = values;
          this.mistakes = {};
          this.trial = undefined;
        },
      })}
      ${trial ? trialSection(trial, (sub) => this.href({ page: 'members', id: sub })) : nothing}
      ${theirs ? nothing : this.#saveBar(view)}`,
      { lead: text('admin.policy.lead') },
    );
  }

  #saveBar(view: PolicyView): TemplateResult {
    const impossible = whyImpossible(this.values, view);
    const changed = this.#changed;
    return html`<div class="save">
      <div role="status">${impossible.map((words) => warning(words))}</div>
      <div class="buttons">
        <penumbra-button look="outline" ?busy=${this.busy && !this.task} @click=${this.#try}
          >${text('admin.policy.try')}</penumbra-button
        >
        <penumbra-button
          look="primary"
          ?disabled=${!changed || impossible.length > 0}
          @click=${() => {
            if (changed) this.#review();
          }}
          >${text('admin.policy.review')}</penumbra-button
        >
        <span class="hint">${text(changed ? 'admin.policy.changed' : 'admin.policy.unchanged')}</span>
      </div>
    </div>`;
  }

  static override styles = [screenStyles, ...adminStyles, fieldStyles, policyStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-admin-policy': AdminPolicyElement;
  }
}
