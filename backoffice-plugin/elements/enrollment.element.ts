import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { FactorKindWire, PendingTotpWire, PolicyReasonWire } from '../../worker/interaction/wire.ts';
import { text } from '../localization/localize.ts';
import './button.element.ts';
import { Countdown } from './countdown.controller.ts';
import { enrollmentStyles } from './enrollment.styles.ts';
import { codeField, digitsOf, submitOnEnter } from './fields.ts';
import { qrImage } from './qr-image.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';

/** What the screen needs; the step of a sign-in has this shape, and the account page makes it. */
export interface EnrollmentScreenView {
  readonly kinds: readonly FactorKindWire[];
  readonly reasons: readonly PolicyReasonWire[];
  readonly pending?: PendingTotpWire;
}

const CODE_LENGTH = 6;

/**
 * Sets an authenticator app up: shows the key as a picture and as text, takes the first code.
 *
 * @element penumbra-enrollment
 * @slot leave - the ways out, which depend on where this is shown
 */
@customElement('penumbra-enrollment')
export class EnrollmentElement extends ScreenElement {
  @property({ attribute: false })
  view!: EnrollmentScreenView;

  /** The name that the field begins with. */
  @property()
  suggestedName: string = text('enrollment.nameDefault');

  @state()
  private copied = false;

  readonly #life = new Countdown(this);
  #picture: SVGSVGElement | undefined;

  get heading(): string {
    return text('enrollment.title');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has('view')) return;
    this.copied = false;
    const pending = this.view.pending;
    if (!pending) return;
    this.#picture = qrImage(pending.qrSvg, text('enrollment.qr'));
    this.#life.start(pending.expiresAt - this.now());
  }

  protected override firstUpdated(changed: PropertyValues<this>): void {
    super.firstUpdated(changed);
    const [only, ...others] = this.view.kinds;
    if (!this.view.pending && only && others.length === 0) this.act({ type: 'enrollment', kind: only });
  }

  // The first field is the last thing to do here: the heading comes first, so that a screen reader begins with it
  // and a phone's keyboard doesn't cover the key.
  override focusFirst(): void {
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  override render(): TemplateResult {
    const reason = this.view.reasons[0];
    return html`${this.renderHeading(reason && text(`reason.${reason}`))} ${this.#body()}
      <slot name="leave"></slot>`;
  }

  #body(): TemplateResult {
    const pending = this.view.pending;
    if (!pending) return this.#kinds();
    if (this.failure?.code === 'pending_enrollment_gone' || !this.#life.running)
      return this.#gone(pending.kind);
    return this.#steps(pending);
  }

  #kinds(): TemplateResult {
    if (this.busy) {
      return html`<div class="stack"><p role="status">${text('enrollment.preparing')}</p></div>`;
    }
    return html`<div class="stack">
      ${this.renderProblem()}
      ${this.view.kinds.map(
        (kind) =>
          html`<penumbra-button
            look="primary"
            ?disabled=${this.wait.running}
            @click=${() => {
              this.act({ type: 'enrollment', kind });
            }}
            >${text(this.failure ? 'action.tryAgain' : 'enrollment.start')}</penumbra-button
          >`,
      )}
    </div>`;
  }

  #gone(kind: FactorKindWire): TemplateResult {
    return html`<div class="stack">
      <div class="problem" role="alert">${text('enrollment.expired')}</div>
      <penumbra-button
        look="primary"
        ?busy=${this.busy}
        @click=${() => {
          this.act({ type: 'enrollment', kind, renew: true });
        }}
        >${text('action.startAgain')}</penumbra-button
      >
    </div>`;
  }

  #steps(pending: PendingTotpWire): TemplateResult {
    return html`<form novalidate @submit=${this.#submit} @keydown=${submitOnEnter}>
      <section>
        <h2><span class="number" aria-hidden="true">1</span>${text('enrollment.step.add')}</h2>
        <p class="hint">${text('enrollment.step.addText')}</p>
        ${this.#key(pending)}
      </section>
      <section>
        <h2><span class="number" aria-hidden="true">2</span>${text('enrollment.step.confirm')}</h2>
        <div class="field">
          ${codeField({ length: CODE_LENGTH, first: true, invalid: this.troubled })} ${this.renderProblem()}
        </div>
        <div class="field">
          <label for="name">${text('enrollment.name')}</label>
          <input
            id="name"
            name="name"
            type="text"
            maxlength="60"
            autocomplete="off"
            .value=${this.suggestedName}
            aria-describedby="name-hint"
          />
          <p id="name-hint" class="hint">${text('enrollment.nameHint')}</p>
        </div>
      </section>
      <penumbra-button type="submit" look="primary" ?busy=${this.busy} ?disabled=${this.wait.running}
        >${text('action.verify')}</penumbra-button
      >
    </form>`;
  }

  #key(pending: PendingTotpWire): TemplateResult {
    const picture = this.#picture;
    return html`<div class="key">
      <div class="typed">
        <h3>${text('enrollment.key')}</h3>
        <p class="secret">${pending.secret.split(' ').map((group) => html`<span>${group}</span> `)}</p>
        <p class="hint">${text('enrollment.keyHint')}</p>
        <div class="key-actions">
          <penumbra-button look="outline" @click=${() => void this.#copy(pending.secret)}
            >${text('action.copyKey')}</penumbra-button
          >
          <span class="hint" role="status">${this.copied ? text('action.copied') : nothing}</span>
        </div>
        <a class="link open-app" href=${pending.uri}>${text('enrollment.openApp')}</a>
      </div>
      ${picture ? html`<div class="picture">${picture}</div>` : nothing}
    </div>`;
  }

  async #copy(secret: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(secret.replaceAll(' ', ''));
      this.copied = true;
    } catch {
      // Refused by the browser: mark the key, so that it can be copied by hand.
      const shown = this.renderRoot.querySelector('.secret');
      if (shown) getSelection()?.selectAllChildren(shown);
    }
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const pending = this.view.pending;
    if (!pending) return;
    const data = new FormData(event.target as HTMLFormElement);
    const code = digitsOf(typed(data.get('code')));
    const name = typed(data.get('name')).trim();
    if (code.length !== CODE_LENGTH) this.complain(text('check.codeLength', { length: CODE_LENGTH }));
    else if (name === '') this.complain(text('check.name'));
    else this.act({ type: 'enrollment/confirm', enrollmentId: pending.enrollmentId, code, name });
  }

  static override styles = [screenStyles, enrollmentStyles];
}

function typed(entry: FormDataEntryValue | null): string {
  return typeof entry === 'string' ? entry : '';
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-enrollment': EnrollmentElement;
  }
}
