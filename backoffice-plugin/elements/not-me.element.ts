import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { ApiClient, ApiResult } from '../api/client.ts';
import { reportNotMe } from '../api/link.api.ts';
import { text } from '../localization/localize.ts';
import { ConfirmLinkElement } from './confirm-link.ts';

const TITLES = { asked: 'notMe.title', done: 'notMe.doneTitle', gone: 'notMe.goneTitle' } as const;
const LEADS = { asked: 'notMe.lead', done: 'notMe.done', gone: 'notMe.gone' } as const;

/**
 * Where "this was not me" in a mail leads: ends what the mailed code was asked for.
 *
 * @element penumbra-not-me
 */
@customElement('penumbra-not-me')
export class NotMeElement extends ConfirmLinkElement {
  protected override confirm(client: ApiClient, token: string): Promise<ApiResult<object>> {
    return reportNotMe(client, token);
  }

  protected override get words(): ConfirmLinkElement['words'] {
    return {
      title: text(TITLES[this.stage]),
      lead: text(LEADS[this.stage]),
      confirm: text('notMe.confirm'),
      close: text('notMe.close'),
    };
  }

  protected override renderAfter(stage: 'done' | 'gone'): TemplateResult {
    return html`${stage === 'done' ? html`<p>${text('notMe.next')}</p>` : ''}
      <p><a class="link" href="/account">${text('notMe.password')}</a></p>
      <p class="hint">${text('notMe.forgot')}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-not-me': NotMeElement;
  }
}
