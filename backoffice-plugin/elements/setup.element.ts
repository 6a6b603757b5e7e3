import { customElement } from 'lit/decorators.js';
import { text } from '../localization/localize.ts';
import { PasswordLinkElement, type PasswordLinkWords } from './password-link.ts';

/**
 * The first visit of a new member: chooses a password with the link from the mail.
 *
 * @element penumbra-setup
 */
@customElement('penumbra-setup')
export class SetupElement extends PasswordLinkElement {
  protected override readonly link = 'setup';

  protected override get words(): PasswordLinkWords {
    return {
      title: text('setup.title'),
      done: text('setup.done'),
      gone: text('setup.gone'),
      lead: ({ name, email, organizationName }) =>
        text('setup.lead', { name, email, organization: organizationName }),
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-setup': SetupElement;
  }
}
