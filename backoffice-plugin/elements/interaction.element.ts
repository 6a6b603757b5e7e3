// Drives one sign-in: asks the service where it stands, draws that step, sends what the person does, and draws what
// comes back. It owns no rule: which step follows is the service's to say.

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { InteractionView } from '../../worker/interaction/wire.ts';
import type { ApiClient, ApiResult } from '../api/client.ts';
import { loadInteraction, performAction, type InteractionAction } from '../api/interaction.api.ts';
import type { Failure } from '../api/problem.ts';
import { moment, text } from '../localization/localize.ts';
import { serviceName } from '../localization/service-name.ts';
import './challenge.element.ts';
import './confirm-address.element.ts';
import { DeliveryWatch, queuedSend } from './delivery-watch.controller.ts';
import './denied.element.ts';
import './done.element.ts';
import './ended.element.ts';
import './enrollment.element.ts';
import { failureText } from './failure-text.ts';
import './first-factor.element.ts';
import './grace.element.ts';
import './identify.element.ts';
import { leaveFor } from './leave.ts';
import './recovery-codes-step.element.ts';
import type { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';
import { tellStep } from './step-event.ts';

/**
 * @element penumbra-interaction
 * @fires penumbra-step - another step is drawn; `detail` is the title that the page should have
 * @fires penumbra-leave - the sign-in goes on at another page; cancel it to go there in a way of your own
 */
@customElement('penumbra-interaction')
export class InteractionElement extends LitElement {
  @property({ attribute: 'interaction-id' })
  interactionId = '';

  /** How the service is asked. Nothing happens before the host has set it. */
  @property({ attribute: false })
  client: ApiClient | undefined;

  @state()
  private view: InteractionView | undefined;

  @state()
  private failure: Failure | undefined;

  @state()
  private busy = false;

  @query('#screen')
  private screen!: ScreenElement | null;

  readonly #watch = new DeliveryWatch(this, () => this.#look());
  #heading = '';
  /** How many calls were made that can change where the sign-in stands. */
  #calls = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pageshow', this.#onPageShow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pageshow', this.#onPageShow);
  }

  // Back from another page the browser shows this one as it was left, but the sign-in has moved on.
  readonly #onPageShow = (event: PageTransitionEvent): void => {
    if (event.persisted) void this.#load();
  };

  protected override willUpdate(changed: PropertyValues<this>): void {
    if ((changed.has('client') || changed.has('interactionId')) && this.client && this.interactionId)
      void this.#load();
  }

  async #load(): Promise<void> {
    const { client, interactionId } = this;
    if (client) await this.#run(() => loadInteraction(client, interactionId));
  }

  async #perform(action: InteractionAction): Promise<void> {
    const { client, interactionId } = this;
    if (client) await this.#run(() => performAction(client, interactionId, action));
  }

  async #run(call: () => Promise<ApiResult<InteractionView>>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.#calls += 1;
    // While nothing could be drawn yet, the message stays until there is something better.
    if (this.view) this.failure = undefined;
    const result = await call();
    this.busy = false;
    if (result.ok) this.#show(result.value);
    else if (result.failure.code === 'wrong_step' && result.failure.view) this.#show(result.failure.view);
    else this.failure = result.failure;
  }

  // Asks where the sign-in stands without the person having done anything: what they type must not be touched.
  async #look(): Promise<void> {
    const { client, interactionId } = this;
    const calls = this.#calls;
    if (!client || this.busy) return;
    const result = await loadInteraction(client, interactionId);
    if (!result.ok || calls !== this.#calls) return;
    if (result.value.step === this.view?.step) this.view = result.value;
    else this.#show(result.value);
  }

  #show(view: InteractionView): void {
    this.failure = undefined;
    this.view = view;
    if (view.step === 'done') leaveFor(this, view.continue);
    else void this.updateComplete.then(() => this.screen?.refocus());
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('view' as keyof InteractionElement))
      this.#watch.watch(this.view && queuedSend(this.view));
  }

  #onHeading(event: CustomEvent<string>): void {
    const heading = event.detail;
    const first = this.#heading === '';
    this.#heading = heading;
    tellStep(this, text('app.title', { step: heading, site: this.view?.site.name ?? serviceName() }));
    // The page's title is read out when it is loaded, but not when it changes.
    if (!first) this.renderRoot.querySelector('#announcement')?.replaceChildren(heading);
  }

  override render(): TemplateResult {
    return html`<div id="announcement" class="visually-hidden" aria-live="polite"></div>
      <div
        @penumbra-action=${(event: CustomEvent<InteractionAction>) => void this.#perform(event.detail)}
        @penumbra-heading=${this.#onHeading}
      >
        ${this.#screen()}
      </div>`;
  }

  #screen(): TemplateResult {
    const { failure, view, busy } = this;
    const now = this.client?.now;
    if (failure && isOver(failure)) return this.#ended(failure);
    if (!view) return failure ? this.#notLoaded(failure) : this.#loading();
    switch (view.step) {
      case 'identify':
        return html`<penumbra-identify
          id="screen"
          .view=${view}
          .failure=${failure}
          ?busy=${busy}
          .now=${now}
        >
        </penumbra-identify>`;
      case 'first_factor':
        return html`<penumbra-first-factor
          id="screen"
          .view=${view}
          .failure=${failure}
          ?busy=${busy}
          .now=${now}
        >
        </penumbra-first-factor>`;
      case 'confirm_address':
        return html`<penumbra-confirm-address
          id="screen"
          .view=${view}
          .failure=${failure}
          ?busy=${busy}
          .now=${now}
        >
        </penumbra-confirm-address>`;
      case 'enrollment':
        return html`<penumbra-enrollment
          id="screen"
          .view=${view}
          .failure=${failure}
          ?busy=${busy}
          .now=${now}
        >
          <div slot="leave" class="actions">
            ${this.#leaveButton('restart')} ${this.#leaveButton('cancel')}
          </div>
        </penumbra-enrollment>`;
      case 'challenge':
        return html`<penumbra-challenge
          id="screen"
          .view=${view}
          .failure=${failure}
          ?busy=${busy}
          .now=${now}
        >
        </penumbra-challenge>`;
      case 'grace':
        return html`<penumbra-grace id="screen" .view=${view} .failure=${failure} ?busy=${busy} .now=${now}>
        </penumbra-grace>`;
      case 'recovery_codes':
        return html`<penumbra-recovery-codes-step
          id="screen"
          .view=${view}
          .failure=${failure}
          ?busy=${busy}
          .now=${now}
        >
        </penumbra-recovery-codes-step>`;
      case 'denied':
        return html`<penumbra-denied id="screen" .view=${view} .failure=${failure} ?busy=${busy} .now=${now}>
        </penumbra-denied>`;
      case 'done':
        return html`<penumbra-done id="screen" .view=${view}></penumbra-done>`;
    }
  }

  #leaveButton(type: 'restart' | 'cancel'): TemplateResult {
    return html`<button type="button" class="link" @click=${() => void this.#perform({ type })}>
      ${text(type === 'restart' ? 'action.useAnotherAccount' : 'action.cancel')}
    </button>`;
  }

  #ended(failure: Failure): TemplateResult {
    return html`<penumbra-ended
      id="screen"
      .headline=${text('ended.title')}
      .reason=${endedText(failure)}
      .way=${failure.continue}
    ></penumbra-ended>`;
  }

  #notLoaded(failure: Failure): TemplateResult {
    return html`<penumbra-ended
      id="screen"
      .headline=${text('failed.title')}
      .reason=${failureText(failure)}
      retry
      ?busy=${this.busy}
      @penumbra-retry=${() => void this.#load()}
    ></penumbra-ended>`;
  }

  #loading(): TemplateResult {
    return this.client ? html`<p class="lead" role="status">${text('app.loading')}</p>` : html`${nothing}`;
  }

  static override styles = [
    screenStyles,
    css`
      /* Lines of one field are better short; a key beside its picture needs the whole width. */
      #screen:not(penumbra-enrollment, penumbra-recovery-codes-step) {
        max-width: 400px;
        margin-inline: auto;
      }
    `,
  ];
}

/** The sign-in can't go on from here, whatever the person does. */
function isOver(failure: Failure): boolean {
  return (
    failure.code === 'interaction_ended' ||
    failure.code === 'login_required' ||
    failure.code === 'fresh_authentication_required'
  );
}

// Only too many wrong codes come with an end of the wait (S14).
function endedText(failure: Failure): string {
  if (failure.code !== 'interaction_ended') return failureText(failure);
  const { retryAt } = failure;
  return retryAt === undefined ? text('ended.text') : text('ended.locked', { moment: moment(retryAt) });
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-interaction': InteractionElement;
  }
}
