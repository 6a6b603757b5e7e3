import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '../elements/button.element.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { text } from '../localization/localize.ts';
import { DialogElement } from './dialog.ts';
import { dialogStyles } from './dialog.styles.ts';
import { languageName } from './place-text.ts';

/** @element penumbra-language-dialog */
@customElement('penumbra-language-dialog')
export class LanguageDialogElement extends DialogElement {
  @property({ attribute: false })
  languages: readonly string[] = [];

  /** The choice so far; empty: as the browser asks. */
  @property()
  value = '';

  get heading(): string {
    return text('profile.language.title');
  }

  override render(): TemplateResult {
    return this.renderDialog(
      text('profile.language.text'),
      html`<form novalidate @submit=${this.#submit}>
        <div class="field">
          <label for="language">${text('profile.language')}</label>
          <select id="language" name="language" data-first aria-describedby="problem">
            <option value="" ?selected=${this.value === ''}>${text('profile.language.browser')}</option>
            ${this.languages.map(
              (tag) =>
                html`<option value=${tag} lang=${tag} ?selected=${tag === this.value}>
                  ${languageName(tag)}
                </option>`,
            )}
          </select>
          ${this.renderProblem()}
        </div>
        ${this.renderChoices(text('account.save'))}
      </form>`,
    );
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    this.act({ type: 'profile', language: this.typed('language') });
  }

  static override styles = [screenStyles, dialogStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-language-dialog': LanguageDialogElement;
  }
}
