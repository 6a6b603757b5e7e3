import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '../elements/button.element.ts';
import { submitOnEnter } from '../elements/fields.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { text } from '../localization/localize.ts';
import { DialogElement } from './dialog.ts';
import { dialogStyles } from './dialog.styles.ts';

/**
 * Asks for a name: the person's own, or that of a factor.
 *
 * @element penumbra-name-dialog
 */
@customElement('penumbra-name-dialog')
export class NameDialogElement extends DialogElement {
  /** The name so far. */
  @property()
  value = '';

  /** The factor that is named; absent for the person. */
  @property({ attribute: false })
  enrollmentId: string | undefined;

  get heading(): string {
    return this.enrollmentId === undefined
      ? text('profile.name.title')
      : text('account.factor.renameTitle', { name: this.value });
  }

  override render(): TemplateResult {
    const own = this.enrollmentId === undefined;
    return this.renderDialog(
      text(own ? 'profile.name.text' : 'account.factor.renameText'),
      html`<form novalidate @submit=${this.#submit} @keydown=${submitOnEnter}>
        <div class="field">
          <label for="name">${text('account.name')}</label>
          <input
            id="name"
            name="name"
            type="text"
            maxlength=${own ? 100 : 60}
            autocomplete=${own ? 'name' : 'off'}
            data-first
            .value=${this.value}
            aria-invalid=${this.troubled}
            aria-describedby="problem"
          />
          ${this.renderProblem()}
        </div>
        ${this.renderChoices(text('account.save'))}
      </form>`,
    );
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const name = this.typed('name').trim();
    const { enrollmentId } = this;
    if (name === '') this.complain(text(enrollmentId === undefined ? 'profile.name.missing' : 'check.name'));
    else
      this.act(
        enrollmentId === undefined
          ? { type: 'profile', name }
          : { type: 'factor/rename', enrollmentId, name },
      );
  }

  static override styles = [screenStyles, dialogStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-name-dialog': NameDialogElement;
  }
}
