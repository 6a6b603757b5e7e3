import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { ApiClient, ApiResult } from '../api/client.ts';
import { stopReset } from '../api/link.api.ts';
import { text } from '../localization/localize.ts';
import { ConfirmLinkElement } from './confirm-link.ts';

const TITLES = { asked: 'stop.title', done: 'stop.doneTitle', gone: 'stop.goneTitle' } as const;
const LEADS = { asked: 'stop.lead', done: 'stop.done', gone: 'stop.gone' } as const;

/**
 * Where the link in the mail about a reset leads: stops it, if the member did not want it (S46).
 *
 * @element penumbra-stop
 */
@customElement('penumbra-stop')
export class StopElement extends ConfirmLinkElement {
  protected override confirm(client: ApiClient, token: string): Promise<ApiResult<object>> {
    return stopReset(client, token);
  }

  protected override get words(): ConfirmLinkElement['words'] {
    return {
      title: text(TITLES[this.stage]),
      lead: text(LEADS[this.stage]),
      confirm: text('stop.confirm'),
      close: text('stop.close'),
    };
  }

  protected override renderAfter(stage: 'done' | 'gone'): TemplateResult {
    return html`${stage === 'done' ? html`<p>${text('stop.next')}</p>` : ''}
      <p><a class="link" href="/account">${text('stop.account')}</a></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-stop': StopElement;
  }
}
