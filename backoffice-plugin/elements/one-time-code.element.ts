import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ChannelWire, SentCodeWire } from '../../worker/interaction/wire.ts';
import { duration, text } from '../localization/localize.ts';
import './button.element.ts';
import { Countdown } from './countdown.controller.ts';
import { codeField, digitsOf, nameField, submitOnEnter, typedIn } from './fields.ts';
import { oneTimeCodeStyles } from './one-time-code.styles.ts';
import { PartElement } from './part.ts';
import { screenStyles } from './screen.styles.ts';
import { receiveTextedCode } from './web-otp.ts';

/** Where a code comes from. A factor, a pending one and an address that waits for its code have this shape. */
export interface CodeSource {
  /** How one can be sent; empty for an app, which shows its own. */
  readonly channels: readonly ChannelWire[];
  readonly destination?: string;
  readonly codeLength: number;
  readonly sent?: Pick<SentCodeWire, 'channel' | 'reference' | 'delivery'> & { readonly expiresAt?: number };
  /** Epoch seconds; a code can be asked for from then on. */
  readonly resendAt: number;
}

/**
 * Asks for a code: offers to send it, tells what became of it, takes it, and offers a new one. Nothing is sent before the
 * person asks. The actions that it fires are those that its host makes of a code or of a channel.
 *
 * @element penumbra-one-time-code
 * @fires penumbra-action - what `toSend` or `toConfirm` made
 */
@customElement('penumbra-one-time-code')
export class OneTimeCodeElement extends PartElement<object> {
  @property({ attribute: false })
  source!: CodeSource;

  @property({ attribute: false })
  toSend: (channel: ChannelWire) => object = (channel) => ({ type: 'send', channel });

  @property({ attribute: false })
  toConfirm: (code: string, name: string) => object = (code, name) => ({ type: 'confirm', code, name });

  /** Asks for a name too, which begins with this one. */
  @property({ attribute: false })
  suggestedName: string | undefined;

  /** There are other ways beside this one, which is good to know when a code does not arrive. */
  @property({ type: Boolean })
  others = false;

  /** What the code does can't be undone: it is not sent at its last digit. */
  @property({ type: Boolean })
  deliberate = false;

  /** What the button says that sends the code. */
  @property({ attribute: false })
  confirmLabel: string | undefined;

  readonly #resend = new Countdown(this);
  readonly #life = new Countdown(this);
  #waitsToSend = false;
  #sending = false;
  #listening: { readonly reference: string; readonly abort: AbortController } | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    // What limits sends must not keep a code from being typed that has arrived already.
    if (changed.has('failure')) this.#waitsToSend = this.#sending;
    if (!changed.has('source')) return;
    this.#resend.start(this.source.resendAt - this.now());
    this.#life.start((this.source.sent?.expiresAt ?? 0) - this.now());
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (changed.has('source')) this.#listen();
  }

  override render(): TemplateResult {
    const { channels, sent } = this.source;
    return channels.length > 0 && !sent ? this.#offer() : this.#form();
  }

  #offer(): TemplateResult {
    return html`<div class="stack">
      ${this.renderProblem()}
      ${this.source.channels.map((channel) => this.#sendButton(channel, 'primary', this.#offerLabel(channel)))}
      ${this.#resendHint()}
    </div>`;
  }

  #offerLabel(channel: ChannelWire): string {
    if (channel !== 'mail') return text(`code.offer.${channel}`);
    return text('code.offer.mail', { destination: this.source.destination ?? '' });
  }

  #form(): TemplateResult {
    const { codeLength, sent } = this.source;
    const naming = this.suggestedName;
    return html`<div class="delivery" aria-live="polite">${sent ? this.#delivery(sent) : nothing}</div>
      <form novalidate @submit=${this.#submit} @keydown=${submitOnEnter}>
        <div class="field">
          ${codeField({
            length: codeLength,
            first: true,
            invalid: this.troubled,
            ...(this.#isSwift && {
              onComplete: () => {
                this.#confirm();
              },
            }),
          })}
          ${this.renderProblem()}
        </div>
        ${naming === undefined ? nothing : nameField(naming)}
        <penumbra-button
          type="submit"
          look="primary"
          color=${this.deliberate ? 'danger' : 'default'}
          ?busy=${this.busy}
          ?disabled=${this.#blocked}
          >${this.confirmLabel ?? text('action.verify')}</penumbra-button
        >
        ${sent ? this.#again(sent.channel) : nothing}
      </form>`;
  }

  #delivery(sent: NonNullable<CodeSource['sent']>): TemplateResult {
    const destination = this.source.destination ?? '';
    const { channel, delivery, reference } = sent;
    if (delivery === 'failed') {
      return html`<p class="lead failed">${text(`code.failed.${channel}`, { destination })}</p>
        <p class="lead">${text(this.others ? 'code.failed.others' : 'code.failed.again')}</p>`;
    }
    if (sent.expiresAt !== undefined && !this.#life.running)
      return html`<p class="lead failed">${text('code.old')}</p>`;
    const stage = delivery === 'queued' ? 'sending' : 'sent';
    return html`<p class="lead">${text(`code.${stage}.${channel}`, { destination })}</p>
      ${
        // A voice has no line to look at.
        channel === 'call' || reference === ''
          ? nothing
          : html`<p class="lead">
              ${text('code.reference')} <strong class="reference">${reference}</strong>
            </p>`
      }`;
  }

  #again(last: ChannelWire): TemplateResult {
    return html`<div class="resend">
      <div class="choices">
        ${this.source.channels.map((channel) =>
          this.#sendButton(channel, 'outline', this.#againLabel(channel, last)),
        )}
      </div>
      ${this.#resendHint()}
      <p class="visually-hidden" aria-live="polite">
        ${this.#resend.running ? nothing : text('code.resendNow')}
      </p>
    </div>`;
  }

  #againLabel(channel: ChannelWire, last: ChannelWire): string {
    return channel === last || channel === 'mail'
      ? text(`code.resend.${channel}`)
      : text(`code.instead.${channel}`);
  }

  #sendButton(channel: ChannelWire, look: 'primary' | 'outline', label: string): TemplateResult {
    return html`<penumbra-button
      look=${look}
      ?disabled=${this.#resend.running || this.wait.running}
      ?busy=${this.busy && look === 'primary'}
      @click=${() => {
        this.#send(channel);
      }}
      >${label}</penumbra-button
    >`;
  }

  #resendHint(): TemplateResult | typeof nothing {
    if (!this.#resend.running) return nothing;
    const wait = duration(this.#resend.secondsLeft);
    return html`<p class="hint" aria-hidden="true">${text('code.resendIn', { wait })}</p>`;
  }

  // With a name still to be given the last digit must not decide it either.
  get #isSwift(): boolean {
    return !this.deliberate && this.suggestedName === undefined;
  }

  get #blocked(): boolean {
    return this.wait.running && !this.#waitsToSend;
  }

  #send(channel: ChannelWire): void {
    if (this.#resend.running) return;
    this.#sending = true;
    this.act(this.toSend(channel));
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    this.#confirm();
  }

  #confirm(): void {
    if (this.#blocked) return;
    const { codeLength } = this.source;
    const code = digitsOf(typedIn(this.renderRoot, '#code'));
    const name = typedIn(this.renderRoot, '#name').trim();
    if (code.length !== codeLength) this.complain(text('check.codeLength', { length: codeLength }));
    else if (this.suggestedName !== undefined && name === '') this.complain(text('check.name'));
    else {
      this.#sending = false;
      this.leave(this.toConfirm(code, name));
    }
  }

  // One text is waited for once, however often the view is drawn again.
  #listen(): void {
    const sent = this.source.sent;
    const reference = sent?.channel === 'text' && sent.delivery !== 'failed' ? sent.reference : undefined;
    if (reference === this.#listening?.reference) return;
    this.#stopListening();
    if (reference === undefined) return;
    const abort = new AbortController();
    this.#listening = { reference, abort };
    void receiveTextedCode(abort.signal).then((code) => {
      if (code !== undefined) this.#fill(code);
    });
  }

  #stopListening(): void {
    this.#listening?.abort.abort();
    this.#listening = undefined;
  }

  #fill(code: string): void {
    const field = this.renderRoot.querySelector<HTMLInputElement>('#code');
    if (!field) return;
    field.value = digitsOf(code);
    if (this.#isSwift) this.#confirm();
  }

  static override styles = [screenStyles, oneTimeCodeStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-one-time-code': OneTimeCodeElement;
  }
}
