import { css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../elements/button.element.ts';
import { hiddenUsername, submitOnEnter } from '../elements/fields.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { text } from '../localization/localize.ts';
import { DialogElement } from './dialog.ts';
import { dialogStyles } from './dialog.styles.ts';

/** @element penumbra-password-dialog */
@customElement('penumbra-password-dialog')
export class PasswordDialogElement extends DialogElement {
  /** The account's address, for password managers. */
  @property()
  email = '';

  @property({ type: Number })
  minimumLength = 0;

  @state()
  private shown = false;

  get heading(): string {
    return text('profile.password.title');
  }

  override render(): TemplateResult {
    const { failure } = this;
    const wrong = failure?.code === 'wrong_password';
    return this.renderDialog(
      text('profile.password.text'),
      html`<form novalidate @submit=${this.#submit} @keydown=${submitOnEnter}>
        ${hiddenUsername(this.email)} ${this.#field('current', wrong)}
        ${this.#field('new', failure?.code === 'password_refused' || this.mistake !== undefined)}
        ${wrong ? html`<div id="problem" class="problem" role="alert">${text('profile.password.wrong')}</div>` : this.renderProblem()}
        <label class="show">
          <input
            type="checkbox"
            .checked=${this.shown}
            @change=${(event: Event) => {
              this.shown = (event.target as HTMLInputElement).checked;
            }}
          />
          <span>${text('profile.password.show')}</span>
        </label>
        ${this.renderChoices(text('profile.password.title'))}
      </form>`,
    );
  }

  #field(which: 'current' | 'new', invalid: boolean): TemplateResult {
    const isNew = which === 'new';
    // What is wrong is most often the new one, but for a current one that doesn't fit.
    const first = this.failure?.code === 'password_refused' || this.mistake !== undefined ? isNew : !isNew;
    return html`<div class="field">
      <label for=${which}>${text(isNew ? 'profile.password.new' : 'profile.password.current')}</label>
      <input
        id=${which}
        name=${which}
        type=${this.shown ? 'text' : 'password'}
        autocomplete=${isNew ? 'new-password' : 'current-password'}
        autocapitalize="none"
        spellcheck="false"
        ?data-first=${first}
        aria-invalid=${invalid}
        aria-describedby=${isNew ? 'rule problem' : 'problem'}
      />
      ${isNew ? html`<p id="rule" class="hint">${text('profile.password.rule', { length: this.minimumLength })}</p>` : ''}
    </div>`;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const current = this.typed('current');
    const password = this.typed('new');
    if (current === '') this.complain(text('check.password'));
    // Counted in code points, as the service does.
    else if (Array.from(password.normalize('NFC')).length < this.minimumLength)
      this.complain(text('profile.password.tooShort', { length: this.minimumLength }));
    else this.act({ type: 'password', current, password });
  }

  static override styles = [
    screenStyles,
    dialogStyles,
    css`
      .show {
        display: flex;
        align-items: center;
        gap: var(--uui-size-3);
        min-height: 24px;
        font-weight: 400;
        cursor: pointer;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-password-dialog': PasswordDialogElement;
  }
}
