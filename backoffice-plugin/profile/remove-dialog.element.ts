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
 * Asks for a code of the very factor that is to be removed (S42).
 *
 * @element penumbra-remove-dialog
 */
@customElement('penumbra-remove-dialog')
export class RemoveDialogElement extends DialogElement {
  @property({ attribute: false })
  enrollment!: EnrollmentWire;

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const before = changed.get('enrollment');
    // The field for the code is new.
    if (before && !before.sent && this.enrollment.sent) void this.refocus();
  }

  get heading(): string {
    return text('disable.title', { name: this.enrollment.name });
  }

  override render(): TemplateResult {
    const { kind } = this.enrollment;
    return this.renderDialog(
      html`<p>${text(`disable.text.${kind}`)}</p>
        <p>${text('disable.sessions')}</p>`,
      html`<penumbra-one-time-code
          data-part
          deliberate
          .confirmLabel=${text('disable.confirm')}
          .source=${this.enrollment}
          .toSend=${this.#toSend}
          .toConfirm=${this.#toConfirm}
          .failure=${this.failure}
          ?busy=${this.busy}
          .now=${this.now}
        ></penumbra-one-time-code>
        ${this.renderWayOut(text('disable.keep'))}`,
    );
  }

  readonly #toSend = (channel: ChannelWire): DialogAction => ({
    type: 'factor/code',
    enrollmentId: this.enrollment.enrollmentId,
    // Mail goes one way only, so it is nothing to choose.
    ...(this.enrollment.kind === 'phone' && { channel }),
  });

  readonly #toConfirm = (code: string): DialogAction => ({
    type: 'factor/disable',
    enrollmentId: this.enrollment.enrollmentId,
    code,
  });

  static override styles = [screenStyles, dialogStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-remove-dialog': RemoveDialogElement;
  }
}
