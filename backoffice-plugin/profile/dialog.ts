// What the dialogs of the account page have in common: native, so that focus stays in them and Escape leaves them.
// Each is open while it is in the page.

import { html, type PropertyValues, type TemplateResult } from 'lit';
import type { AccountAction } from '../api/account.api.ts';
import { ScreenElement } from '../elements/screen.ts';
import { text } from '../localization/localize.ts';

/** What a person can want in a dialog. */
export type DialogAction = AccountAction | { readonly type: 'close' } | { readonly type: 'recovery-codes' };

/** A dialog is left by what every dialog knows. */
type OrClose<Action> = Action | { readonly type: 'close' };

/** A dialog of the account page, or one that asks for something else. */
export abstract class DialogElement<Action extends object = DialogAction> extends ScreenElement<
  OrClose<Action>
> {
  protected override firstUpdated(changed: PropertyValues<this>): void {
    this.renderRoot.querySelector('dialog')?.showModal();
    super.firstUpdated(changed);
  }

  // A dialog's heading is an h2, and what it asks for may be no input.
  override focusFirst(): void {
    const { renderRoot } = this;
    (renderRoot.querySelector<HTMLElement>('select') ?? renderRoot.querySelector<HTMLElement>('h2'))?.focus();
    super.focusFirst();
  }

  protected renderDialog(lead: string | TemplateResult, body: TemplateResult): TemplateResult {
    return html`<dialog aria-labelledby="heading" aria-describedby="lead" @cancel=${this.close}>
      <h2 id="heading" tabindex="-1">${this.heading}</h2>
      <div id="lead" class="lead">${lead}</div>
      ${body}
    </dialog>`;
  }

  protected renderChoices(
    confirm: string,
    options: { readonly keep?: string; readonly danger?: boolean } = {},
  ): TemplateResult {
    return html`<div class="choices">
      <penumbra-button look="outline" @click=${this.close}
        >${options.keep ?? text('action.cancel')}</penumbra-button
      >
      <penumbra-button
        type="submit"
        look="primary"
        color=${options.danger ? 'danger' : 'default'}
        ?busy=${this.busy}
        ?disabled=${this.wait.running}
        >${confirm}</penumbra-button
      >
    </div>`;
  }

  /** The way out of a dialog whose part has the button that goes on. */
  protected renderWayOut(keep: string): TemplateResult {
    return html`<div class="below">
      <button type="button" class="link" @click=${this.close}>${keep}</button>
    </div>`;
  }

  protected readonly close = (event: Event): void => {
    event.preventDefault();
    this.leave({ type: 'close' });
  };

  /** Does what the dialog is there for. */
  protected override act(action: Action | { readonly type: 'close' }): void {
    super.act(action);
  }

  protected typed(name: string): string {
    return this.renderRoot.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value ?? '';
  }
}
