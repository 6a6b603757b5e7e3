import { customElement } from 'lit/decorators.js';
import { text } from '../localization/localize.ts';
import { PasswordLinkElement, type PasswordLinkWords } from './password-link.ts';

/**
 * Chooses a new password in place of a forgotten one, with the link from the mail. It signs nobody in (S07), and says so.
 *
 * @element penumbra-reset
 */
@customElement('penumbra-reset')
export class ResetElement extends PasswordLinkElement {
  protected override readonly link = 'reset';

  protected override get words(): PasswordLinkWords {
    return {
      title: text('reset.title'),
      done: text('reset.done'),
      gone: text('reset.gone'),
      lead: ({ email }) => text('reset.lead', { email }),
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-reset': ResetElement;
  }
}
