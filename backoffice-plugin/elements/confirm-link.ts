// The pages of links in mails that end something: only a person's press does it, since mail scanners follow links.

import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ApiClient, ApiResult } from '../api/client.ts';
import { text } from '../localization/localize.ts';
import { serviceName } from '../localization/service-name.ts';
import './button.element.ts';
import { takeLinkToken } from './link-token.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';
import { tellStep } from './step-event.ts';

export type LinkStage = 'asked' | 'done' | 'gone';

/** Asks before it does what the link is for, and says what became of it. */
export abstract class ConfirmLinkElement extends ScreenElement {
  @property({ attribute: false })
  client: ApiClient | undefined;

  @state()
  protected stage: LinkStage = 'asked';

  #token = '';

  /** Does what the link is for. */
  protected abstract confirm(client: ApiClient, token: string): Promise<ApiResult<object>>;

  protected abstract get words(): {
    readonly title: string;
    readonly lead: string;
    readonly confirm: string;
    readonly close: string;
  };

  /** What there is to be done afterwards. */
  protected abstract renderAfter(stage: 'done' | 'gone'): TemplateResult;

  get heading(): string {
    return this.words.title;
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

  async #confirm(): Promise<void> {
    const client = this.client;
    if (!client || this.busy || this.wait.running) return;
    this.busy = true;
    this.failure = undefined;
    const result = await this.confirm(client, this.#token);
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
    const { stage, words } = this;
    return html`${this.renderHeading(words.lead)}
      <div class="stack">${stage === 'asked' ? this.#question() : this.renderAfter(stage)}</div>`;
  }

  #question(): TemplateResult {
    return html`${this.renderProblem()}
      <penumbra-button
        look="primary"
        ?busy=${this.busy}
        ?disabled=${this.wait.running}
        @click=${() => void this.#confirm()}
        >${this.words.confirm}</penumbra-button
      >
      <p class="hint">${this.words.close}</p>`;
  }

  static override styles = screenStyles;
}
