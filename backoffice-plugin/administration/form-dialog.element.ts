import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Failure } from '../api/problem.ts';
import '../elements/button.element.ts';
import { submitOnEnter } from '../elements/fields.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { text } from '../localization/localize-administration.ts';
import { DialogElement } from '../profile/dialog.ts';
import { dialogStyles } from '../profile/dialog.styles.ts';
import type { Values } from './draft.ts';
import { adminFailureText, fieldErrors } from './failure-text.ts';
import { fieldStyles, formField, valuesOf } from './form-fields.ts';
import type { Form } from './form.ts';

export type FormAction =
  | { readonly type: 'submit'; readonly values: Values }
  /** Sign in again and come back with what was typed. */
  | { readonly type: 'fresh'; readonly values: Values }
  | { readonly type: 'close' };

/**
 * Asks for what a form describes, or only whether it is meant.
 *
 * @element penumbra-form-dialog
 */
@customElement('penumbra-form-dialog')
export class FormDialogElement extends DialogElement<FormAction> {
  @property({ attribute: false })
  form!: Form;

  /** What was typed before the dialog was opened again. */
  @property({ attribute: false })
  values: Values = {};

  @state()
  private mistakes: Values = {};

  /** What was typed: the form as it is drawn comes anew with each answer. */
  #typed: Values = {};

  get heading(): string {
    return this.#isStale ? text('account.fresh.title') : this.form.heading;
  }

  get #isStale(): boolean {
    return this.failure?.code === 'fresh_authentication_required' && this.failure.continue !== undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('values')) this.#typed = this.values;
    if (changed.has('failure') && this.failure) this.mistakes = {};
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (!changed.has('failure') || !this.failure) return;
    if (this.#isStale) this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
    else this.#focusMistake();
  }

  override focusFirst(): void {
    const first = this.renderRoot.querySelector<HTMLElement>('.field :is(input, select, textarea)');
    (first ?? this.renderRoot.querySelector<HTMLElement>('h2'))?.focus();
  }

  protected override wordsOf(failure: Failure): string {
    return adminFailureText(failure);
  }

  // What is said at a field is not said again for the whole.
  protected override get told(): Failure | undefined {
    const { failure } = this;
    const { fields } = this.form;
    const atFields = fields.filter(({ name }) => fieldErrors(failure, name) !== undefined);
    if (failure?.code !== 'invalid_body' || atFields.length === 0) return failure;
    return undefined;
  }

  override render(): TemplateResult {
    if (this.#isStale) return this.#renderStale();
    const { form } = this;
    return this.renderDialog(
      form.lead,
      html`<form novalidate @submit=${this.#submit} @keydown=${submitOnEnter}>
        ${form.fields.map((field) =>
          formField(field, {
            value: this.#typed[field.name] ?? field.value ?? '',
            problem: this.mistakes[field.name] ?? fieldErrors(this.failure, field.name),
          }),
        )}
        ${this.renderProblem()} ${this.renderChoices(form.confirm, { danger: form.danger ?? false })}
      </form>`,
    );
  }

  #renderStale(): TemplateResult {
    return this.renderDialog(
      text('admin.fresh.text'),
      html`<div class="stack">
        <div class="choices">
          <penumbra-button look="outline" @click=${this.close}>${text('action.cancel')}</penumbra-button>
          <penumbra-button
            look="primary"
            @click=${() => {
              this.leave({ type: 'fresh', values: this.#typed });
            }}
            >${text('account.fresh.go')}</penumbra-button
          >
        </div>
      </div>`,
    );
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const { form } = this;
    const values = valuesOf(this.renderRoot, form.fields);
    this.#typed = values;
    const missing = form.fields.flatMap(({ name, missing: words }) =>
      words !== undefined && values[name] === '' ? [[name, words] as const] : [],
    );
    this.mistakes = { ...form.check?.(values), ...Object.fromEntries(missing) };
    if (Object.keys(this.mistakes).length > 0) this.#focusMistake();
    else this.act({ type: 'submit', values });
  }

  #focusMistake(): void {
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    });
  }

  static override styles = [
    screenStyles,
    dialogStyles,
    fieldStyles,
    css`
      .lead :is(p, ul) + :is(p, ul) {
        margin-top: var(--uui-size-3);
      }
      .lead ul {
        padding-left: 1.2em;
        margin-bottom: 0;
      }
    `,
  ];
}

/** A form without a field: it only asks whether it is meant. */
export const NO_FIELDS: Form['fields'] = [];

/** Draws nothing where there are no words. */
export function paragraphs(...words: readonly (string | undefined)[]): TemplateResult {
  return html`${words.map((each) => (each === undefined ? nothing : html`<p>${each}</p>`))}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-form-dialog': FormDialogElement;
  }
}
