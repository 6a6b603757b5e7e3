import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PendingAddressWire } from '../../worker/interaction/wire.ts';
import type { AddressPath } from '../api/account.api.ts';
import '../elements/button.element.ts';
import { submitOnEnter } from '../elements/fields.ts';
import '../elements/one-time-code.element.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { text } from '../localization/localize.ts';
import { DialogElement, type DialogAction } from './dialog.ts';
import { dialogStyles } from './dialog.styles.ts';

/**
 * Changes an address: asks for the new one, then for the code that was mailed to it.
 *
 * @element penumbra-address-dialog
 */
@customElement('penumbra-address-dialog')
export class AddressDialogElement extends DialogElement {
  @property()
  path: AddressPath = 'email';

  /** The address so far. */
  @property()
  value = '';

  /** The new one, which waits for its code. */
  @property({ attribute: false })
  pending: PendingAddressWire | undefined;

  /** Another address than the one that waits is wanted. */
  @state()
  private other = false;

  get heading(): string {
    return text(this.path === 'email' ? 'profile.email.title' : 'profile.notice.title');
  }

  get #waiting(): PendingAddressWire | undefined {
    return this.other ? undefined : this.pending;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has('pending') || !this.pending) return;
    if (this.pending.sent.reference !== changed.get('pending')?.sent.reference) this.other = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const before = changed.has('pending') && changed.get('pending') === undefined && this.pending;
    if (before || changed.has('other' as keyof AddressDialogElement)) void this.refocus();
  }

  override render(): TemplateResult {
    const pending = this.#waiting;
    return pending ? this.#codeStep(pending) : this.#addressStep();
  }

  #addressStep(): TemplateResult {
    return this.renderDialog(
      html`<p>${text(this.path === 'email' ? 'profile.email.text' : 'profile.notice.text')}</p>
        ${this.path === 'email' ? html`<p>${text('profile.email.told', { email: this.value })}</p>` : nothing}`,
      html`<form novalidate @submit=${this.#submitAddress} @keydown=${submitOnEnter}>
        <div class="field">
          <label for="email">${text('profile.email.new')}</label>
          <input
            id="email"
            name="email"
            type="email"
            autocomplete="email"
            autocapitalize="none"
            spellcheck="false"
            data-first
            aria-invalid=${this.troubled}
            aria-describedby="problem"
          />
          ${this.renderProblem()}
        </div>
        ${this.renderChoices(text('profile.email.send'))}
      </form>`,
    );
  }

  #codeStep(pending: PendingAddressWire): TemplateResult {
    const { email, sent, codeLength, resendAt } = pending;
    return this.renderDialog(
      text('profile.email.code', { email }),
      html`<penumbra-one-time-code
          data-part
          .source=${{ channels: ['mail'], destination: email, sent, codeLength, resendAt }}
          .toSend=${(): DialogAction => ({ type: this.path, email })}
          .toConfirm=${(code: string): DialogAction => ({ type: `${this.path}/confirm`, code })}
          .failure=${this.failure}
          ?busy=${this.busy}
          .now=${this.now}
        ></penumbra-one-time-code>
        <div class="below">
          <button
            type="button"
            class="link"
            @click=${() => {
              this.other = true;
            }}
          >
            ${text('profile.email.other')}
          </button>
          <button type="button" class="link" @click=${this.close}>${text('action.cancel')}</button>
        </div>`,
    );
  }

  #submitAddress(event: SubmitEvent): void {
    event.preventDefault();
    const email = this.typed('email').trim();
    // Whether it is an address is the service's to say; this only saves the way there.
    if (!/^\S+@\S+$/.test(email)) this.complain(text('profile.email.missing'));
    else this.act({ type: this.path, email });
  }

  static override styles = [screenStyles, dialogStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-address-dialog': AddressDialogElement;
  }
}
