import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/client.ts';
import { reportNotMe } from '../api/link.api.ts';
import { text } from '../localization/localize.ts';
import { serviceName } from '../localization/service-name.ts';
import './button.element.ts';
import { takeLinkToken } from './link-token.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';
import { tellStep } from './step-event.ts';

/**
 * Where "this was not me" in a mail leads: ends what the mailed code was asked for. Only a person's press does it, since
 * mail scanners follow links.
 *
 * @element penumbra-not-me
 */
@customElement('penumbra-not-me')
export class NotMeElement extends ScreenElement {
  @property({ attribute: false })
  client: ApiClient | undefined;

  @state()
  private stage: 'asked' | 'done' | 'gone' = 'asked';

  #token = '';

  get heading(): string {
    if (this.stage === 'gone') return text('notMe.goneTitle');
    return text(this.stage === 'done' ? 'notMe.doneTitle' : 'notMe.title');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#token = takeLinkToken();
    if (!this.#token) this.stage = 'gone';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('client') && this.client) void this.refocus();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.client) tellStep(this, text('app.title', { step: this.heading, site: serviceName() }));
  }

  async #report(): Promise<void> {
    const client = this.client;
    if (!client || this.busy || this.wait.running) return;
    this.busy = true;
    this.failure = undefined;
    const result = await reportNotMe(client, this.#token);
    this.busy = false;
    if (result.ok) this.stage = 'done';
    // Nobody typed the token: one that is refused is too old, or was cut off.
    else if (
      ['invalid_body', 'setup_link_gone', 'interaction_ended', 'not_found'].includes(result.failure.code)
    )
      this.stage = 'gone';
    else this.failure = result.failure;
    if (this.stage !== 'asked') await this.refocus();
  }

  override render(): TemplateResult {
    // The words are there when the client is.
    if (!this.client) return html``;
    if (this.stage === 'asked') return this.#question();
    return html`${this.renderHeading(text(this.stage === 'done' ? 'notMe.done' : 'notMe.gone'))}
      <div class="stack">
        ${this.stage === 'done' ? html`<p>${text('notMe.next')}</p>` : ''}
        <p><a class="link" href="/account">${text('notMe.password')}</a></p>
        <p class="hint">${text('notMe.forgot')}</p>
      </div>`;
  }

  #question(): TemplateResult {
    return html`${this.renderHeading(text('notMe.lead'))}
      <div class="stack">
        ${this.renderProblem()}
        <penumbra-button
          look="primary"
          ?busy=${this.busy}
          ?disabled=${this.wait.running}
          @click=${() => void this.#report()}
          >${text('notMe.confirm')}</penumbra-button
        >
        <p class="hint">${text('notMe.close')}</p>
      </div>`;
  }

  static override styles = screenStyles;
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-not-me': NotMeElement;
  }
}
