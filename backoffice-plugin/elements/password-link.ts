import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { SetupView } from '../../worker/interaction/wire.ts';
import type { ApiClient } from '../api/client.ts';
import { choosePassword, inspectLink, type PasswordLink } from '../api/link.api.ts';
import { text } from '../localization/localize.ts';
import { serviceName } from '../localization/service-name.ts';
import './button.element.ts';
import { failureText } from './failure-text.ts';
import { hiddenUsername, passwordField, submitOnEnter } from './fields.ts';
import { leaveFor } from './leave.ts';
import { takeLinkToken } from './link-token.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';
import { tellStep } from './step-event.ts';

/** The words in which the two links differ. */
export interface PasswordLinkWords {
  readonly title: string;
  readonly done: string;
  readonly gone: string;
  readonly lead: (view: SetupView) => string;
}

/** Chooses a password with the single-use link from a mail. */
export abstract class PasswordLinkElement extends ScreenElement {
  @property({ attribute: false })
  client: ApiClient | undefined;

  @state()
  private view: SetupView | undefined;

  @state()
  private shown = false;

  @state()
  private leaving: string | undefined;

  #token = '';

  protected abstract readonly link: PasswordLink;
  protected abstract get words(): PasswordLinkWords;

  get heading(): string {
    if (this.failure?.code === 'setup_link_gone') return text('setup.goneTitle');
    return this.leaving === undefined ? this.words.title : text('setup.doneTitle');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#token = takeLinkToken();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('client') && this.client) void this.#inspect(this.client);
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    tellStep(this, text('app.title', { step: this.heading, site: serviceName() }));
  }

  async #inspect(client: ApiClient): Promise<void> {
    if (!this.#token) {
      this.failure = { code: 'setup_link_gone' };
      return;
    }
    this.busy = true;
    this.failure = undefined;
    const result = await inspectLink(client, this.link, this.#token);
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
    const result = await choosePassword(client, this.link, this.#token, password);
    this.busy = false;
    if (result.ok) {
      this.leaving = result.value.continue;
      leaveFor(this, this.leaving);
    } else this.failure = result.failure;
  }

  override render(): TemplateResult {
    if (this.failure?.code === 'setup_link_gone') return this.#gone();
    if (!this.view) return this.#noView();
    if (this.leaving !== undefined) return this.#done(this.leaving);
    return this.#form(this.view);
  }

  #gone(): TemplateResult {
    return html`${this.renderHeading(this.words.gone)}
      <div class="stack">
        <p><a class="link" href="/account">${text('identify.title')}</a></p>
      </div>`;
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
    return html`${this.renderHeading(this.words.done)}
      <div class="stack">
        <p><a class="link" href=${path}>${text('action.continue')}</a></p>
      </div>`;
  }

  #form(view: SetupView): TemplateResult {
    const { email, minimumLength } = view;
    return html`${this.renderHeading(this.words.lead(view))}
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
