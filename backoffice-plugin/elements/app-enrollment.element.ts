import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PendingTotpWire } from '../../worker/interaction/wire.ts';
import { text } from '../localization/localize.ts';
import { appEnrollmentStyles } from './app-enrollment.styles.ts';
import './button.element.ts';
import { codeField, digitsOf, nameField, submitOnEnter, typedIn } from './fields.ts';
import { PartElement } from './part.ts';
import { qrImage } from './qr-image.ts';
import { screenStyles } from './screen.styles.ts';

/**
 * Sets an authenticator app up: shows the key as a picture and as text, takes the first code.
 *
 * @element penumbra-app-enrollment
 */
@customElement('penumbra-app-enrollment')
export class AppEnrollmentElement extends PartElement {
  @property({ attribute: false })
  pending!: PendingTotpWire;

  /** The name that the field begins with. */
  @property({ attribute: false })
  suggestedName = '';

  @state()
  private copied = false;

  #picture: SVGSVGElement | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (!changed.has('pending')) return;
    this.copied = false;
    this.#picture = qrImage(this.pending.qrSvg, text('enrollment.qr'));
  }

  // The first field is the last thing to do here: the heading comes first, so that a screen reader begins with it
  // and a phone's keyboard doesn't cover the key.
  override focusField(): boolean {
    return false;
  }

  override render(): TemplateResult {
    return html`<form novalidate @submit=${this.#submit} @keydown=${submitOnEnter}>
      <section>
        <h2><span class="number" aria-hidden="true">1</span>${text('enrollment.step.add')}</h2>
        <p class="hint">${text('enrollment.step.addText')}</p>
        ${this.#key()}
      </section>
      <section>
        <h2><span class="number" aria-hidden="true">2</span>${text('enrollment.step.confirm')}</h2>
        <div class="field">
          ${codeField({ length: this.pending.codeLength, first: true, invalid: this.troubled })}
          ${this.renderProblem()}
        </div>
        ${nameField(this.suggestedName)}
      </section>
      <penumbra-button type="submit" look="primary" ?busy=${this.busy} ?disabled=${this.wait.running}
        >${text('action.verify')}</penumbra-button
      >
    </form>`;
  }

  #key(): TemplateResult {
    const { secret, uri } = this.pending;
    const picture = this.#picture;
    return html`<div class="key">
      <div class="typed">
        <h3>${text('enrollment.key')}</h3>
        <p class="secret">${secret.split(' ').map((group) => html`<span>${group}</span> `)}</p>
        <p class="hint">${text('enrollment.keyHint')}</p>
        <div class="key-actions">
          <penumbra-button look="outline" @click=${() => void this.#copy(secret)}
            >${text('action.copyKey')}</penumbra-button
          >
          <span class="hint" role="status">${this.copied ? text('action.copied') : nothing}</span>
        </div>
        <a class="link open-app" href=${uri}>${text('enrollment.openApp')}</a>
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
    const { codeLength, enrollmentId } = this.pending;
    const code = digitsOf(typedIn(this.renderRoot, '#code'));
    const name = typedIn(this.renderRoot, '#name').trim();
    if (code.length !== codeLength) this.complain(text('check.codeLength', { length: codeLength }));
    else if (name === '') this.complain(text('check.name'));
    else this.act({ type: 'enrollment/confirm', enrollmentId, code, name });
  }

  static override styles = [screenStyles, appEnrollmentStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-app-enrollment': AppEnrollmentElement;
  }
}
