import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '../elements/button.element.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { DialogElement, type DialogAction } from './dialog.ts';
import { dialogStyles } from './dialog.styles.ts';

/** A question that is answered with one action, or by leaving. */
export interface Question {
  readonly heading: string;
  readonly text: string;
  readonly confirm: string;
  readonly danger: boolean;
  readonly action: DialogAction;
}

/** @element penumbra-confirm-dialog */
@customElement('penumbra-confirm-dialog')
export class ConfirmDialogElement extends DialogElement {
  @property({ attribute: false })
  question!: Question;

  get heading(): string {
    return this.question.heading;
  }

  override render(): TemplateResult {
    const { text, confirm, danger } = this.question;
    return this.renderDialog(
      text,
      html`<form novalidate @submit=${this.#submit}>
        ${this.renderProblem()} ${this.renderChoices(confirm, { danger })}
      </form>`,
    );
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    this.act(this.question.action);
  }

  static override styles = [screenStyles, dialogStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-confirm-dialog': ConfirmDialogElement;
  }
}
