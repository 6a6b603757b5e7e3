import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ChannelWire, EnrollmentWire } from '../../worker/interaction/wire.ts';
import '../elements/button.element.ts';
import '../elements/one-time-code.element.ts';
import { screenStyles } from '../elements/screen.styles.ts';
import { text } from '../localization/localize.ts';
import { DialogElement, type DialogAction } from './dialog.ts';
import { dialogStyles } from './dialog.styles.ts';

/**
 * The first step to another number: a code on the old one (S26).
 *
 * @element penumbra-old-number-dialog
 */
@customElement('penumbra-old-number-dialog')
export class OldNumberDialogElement extends DialogElement {
  @property({ attribute: false })
  enrollment!: EnrollmentWire;

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const before = changed.get('enrollment');
    // The field for the code is new.
    if (before && !before.sent && this.enrollment.sent) void this.refocus();
  }

  get heading(): string {
    return text('account.number.title');
  }

  override render(): TemplateResult {
    const { destination, name } = this.enrollment;
    return this.renderDialog(
      html`<p>${text('account.number.text', { destination: destination ?? name })}</p>
        <p>${text('account.number.gone')}</p>`,
      html`<p class="step">${text('account.number.step', { step: 1 })}</p>
        <penumbra-one-time-code
          data-part
          .source=${this.enrollment}
          .toSend=${this.#toSend}
          .toConfirm=${this.#toConfirm}
          .failure=${this.failure}
          ?busy=${this.busy}
          .now=${this.now}
        ></penumbra-one-time-code>
        ${this.renderWayOut(text('action.cancel'))}`,
    );
  }

  readonly #toSend = (channel: ChannelWire): DialogAction => ({
    type: 'factor/code',
    enrollmentId: this.enrollment.enrollmentId,
    channel,
  });

  readonly #toConfirm = (code: string): DialogAction => ({
    type: 'factor/verify',
    enrollmentId: this.enrollment.enrollmentId,
    code,
  });

  static override styles = [screenStyles, dialogStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-old-number-dialog': OldNumberDialogElement;
  }
}
