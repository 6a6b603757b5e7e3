import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient, ApiResult } from '../api/client.ts';
import { acceptInvite, inspectInvite } from '../api/link.api.ts';
import type { JoinWire } from '../../worker/interaction/wire.ts';
import { text } from '../localization/localize.ts';
import { serviceName } from '../localization/service-name.ts';
import './button.element.ts';
import { leaveFor } from './leave.ts';
import { takeLinkToken } from './link-token.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';
import { tellStep } from './step-event.ts';

/** Where the token waits while its owner signs in: it is good only together with that account. */
const KEPT = 'penumbra-join';

/**
 * Where an invitation of another organisation leads: whoever is signed in as whom it is for accepts it.
 *
 * @element penumbra-join
 */
@customElement('penumbra-join')
export class JoinElement extends ScreenElement {
  @property({ attribute: false })
  client: ApiClient | undefined;

  @state()
  private stage: 'loading' | 'asked' | 'done' | 'another' | 'gone' = 'loading';

  @state()
  private invite: JoinWire | undefined;

  #token = '';

  get heading(): string {
    const organization = this.invite?.organizationName ?? '';
    if (this.stage === 'loading') return text('join.loading');
    if (this.stage === 'asked') return text('join.title', { organization });
    return text(this.stage === 'done' ? 'join.doneTitle' : 'join.goneTitle');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#token = takeLinkToken() || (sessionStorage.getItem(KEPT) ?? '');
    sessionStorage.removeItem(KEPT);
    if (!this.#token) this.stage = 'gone';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('client') && this.client && this.#token) void this.#ask(inspectInvite, 'asked');
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.client) tellStep(this, text('app.title', { step: this.heading, site: serviceName() }));
  }

  async #ask(
    call: (client: ApiClient, token: string) => Promise<ApiResult<JoinWire>>,
    next: 'asked' | 'done',
  ): Promise<void> {
    const client = this.client;
    if (!client || this.busy || this.wait.running) return;
    this.busy = true;
    this.failure = undefined;
    const result = await call(client, this.#token);
    this.busy = false;
    if (result.ok) {
      this.invite = result.value;
      this.stage = next;
    } else if (result.failure.code === 'login_required') {
      sessionStorage.setItem(KEPT, this.#token);
      leaveFor(this, '/join/sign-in');
      return;
    } else if (result.failure.code === 'not_allowed') this.stage = 'another';
    else if (['invalid_body', 'setup_link_gone'].includes(result.failure.code)) this.stage = 'gone';
    else this.failure = result.failure;
    await this.refocus();
  }

  override render(): TemplateResult {
    // The words are there when the client is.
    if (!this.client) return html``;
    const organization = this.invite?.organizationName ?? '';
    switch (this.stage) {
      case 'loading':
        return html`${this.renderHeading()}
          <div class="stack">${this.renderProblem()}</div>`;
      case 'asked':
        return this.#question(organization);
      default:
        return html`${this.renderHeading(this.#outcome(organization))}
          <div class="stack">
            <p><a class="link" href="/account">${text('join.account')}</a></p>
          </div>`;
    }
  }

  #outcome(organization: string): string {
    if (this.stage === 'done') return text('join.done', { organization });
    return text(this.stage === 'another' ? 'join.another' : 'join.gone');
  }

  #question(organization: string): TemplateResult {
    return html`${this.renderHeading(text('join.lead', { organization }))}
      <div class="stack">
        ${this.renderProblem()}
        <penumbra-button
          look="primary"
          ?busy=${this.busy}
          ?disabled=${this.wait.running}
          @click=${() => void this.#ask(acceptInvite, 'done')}
          >${text('join.accept')}</penumbra-button
        >
        <p class="hint">${text('join.close')}</p>
      </div>`;
  }

  static override styles = screenStyles;
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-join': JoinElement;
  }
}
