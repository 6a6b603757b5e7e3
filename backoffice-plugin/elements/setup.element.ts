import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SetupView } from '../../worker/interaction/wire.ts';
import type { ApiClient } from '../api/client.ts';
import { choosePassword, inspectSetup } from '../api/setup.api.ts';
import { text } from '../localization/localize.ts';
import './button.element.ts';
import { failureText } from './failure-text.ts';
import { hiddenUsername, passwordField, submitOnEnter } from './fields.ts';
import { leaveFor } from './leave.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';
import { tellStep } from './step-event.ts';

/**
 * The first visit of a new member: chooses a password with the single-use link from the mail.
 *
 * @element penumbra-setup
 */
@customElement('penumbra-setup')
export class SetupElement extends ScreenElement {
  @property({ attribute: false })
  client: ApiClient | undefined;

  @state()
  private view: SetupView | undefined;

  @state()
  private shown = false;

  @state()
  private leaving: string | undefined;

  #token = '';

  get heading(): string {
    if (this.failure?.code === 'setup_link_gone') return text('setup.goneTitle');
    return text(this.leaving === undefined ? 'setup.title' : 'setup.doneTitle');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#token = location.hash.slice(1);
    // Out of the address bar, the history and whatever is copied from there. It lives on in this element alone.
    if (this.#token) history.replaceState(history.state, '', location.pathname + location.search);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('client') && this.client) void this.#inspect(this.client);
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    tellStep(this, text('app.title', { step: this.heading, site: text('app.name') }));
  }

  async #inspect(client: ApiClient): Promise<void> {
    if (!this.#token) {
      this.failure = { code: 'setup_link_gone' };
      return;
    }
    this.busy = true;
    this.failure = undefined;
    const result = await inspectSetup(client, this.#token);
    this.busy = false;
    if (result.ok) this.view = result.value;
    // Nobody typed the token: one of the wrong shape is a link that was cut off.
    else this.failure = result.failure.code === 'invalid_body' ? { code: 'setup_link_gone' } : result.failure;
    await this.updateComplete;
    this.focusFirst();
  }

  async #choose(password: string): Promise<void> {
    const client = this.client;
    if (!client || this.busy || this.wait.running) return;
    this.busy = true;
    this.failure = undefined;
    const result = await choosePassword(client, this.#token, password);
    this.busy = false;
    if (result.ok) {
      this.leaving = result.value.continue;
      leaveFor(this, this.leaving);
    } else this.failure = result.failure;
  }

  override render(): TemplateResult {
    if (this.failure?.code === 'setup_link_gone') return this.renderHeading(text('setup.gone'));
    if (!this.view) return this.#noView();
    if (this.leaving !== undefined) return this.#done(this.leaving);
    return this.#form(this.view);
  }

  #noView(): TemplateResult {
    if (!this.failure) return html`<p class="lead" role="status">${text('app.loading')}</p>`;
    const client = this.client;
    return html`${this.renderHeading()}
      <div class="stack">
        <div class="problem" role="alert">${failureText(this.failure)}</div>
        <penumbra-button
          look="primary"
          ?busy=${this.busy}
          @click=${() => client && void this.#inspect(client)}
          >${text('action.tryAgain')}</penumbra-button
        >
      </div>`;
  }

  #done(path: string): TemplateResult {
    return html`${this.renderHeading(text('setup.done'))}
      <div class="stack">
        <p><a class="link" href=${path}>${text('action.continue')}</a></p>
      </div>`;
  }

  #form(view: SetupView): TemplateResult {
    const { name, organizationName, email, minimumLength } = view;
    return html`${this.renderHeading(text('setup.lead', { name, organization: organizationName, email }))}
      <form novalidate @submit=${this.#submit} @keydown=${submitOnEnter}>
        ${hiddenUsername(email)}
        <div class="field">
          ${passwordField({
            invalid: this.troubled,
            autocomplete: 'new-password',
            shown: this.shown,
            onToggle: () => (this.shown = !this.shown),
            hint: text('setup.rule', { length: minimumLength }),
          })}
          ${this.renderProblem()}
        </div>
        <penumbra-button type="submit" look="primary" ?busy=${this.busy} ?disabled=${this.wait.running}
          >${text('setup.save')}</penumbra-button
        >
      </form>`;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const entry = new FormData(event.target as HTMLFormElement).get('password');
    const password = typeof entry === 'string' ? entry : '';
    const least = this.view?.minimumLength ?? 0;
    // Counted in code points, as the service does.
    if (Array.from(password.normalize('NFC')).length < least)
      this.complain(text('setup.tooShort', { length: least }));
    else {
      this.mistake = undefined;
      void this.#choose(password);
    }
  }

  static override styles = screenStyles;
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-setup': SetupElement;
  }
}
