import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { text } from '../localization/localize.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';

/**
 * What is seen while the browser goes on to the site, and if it doesn't.
 *
 * @element penumbra-done
 */
@customElement('penumbra-done')
export class DoneElement extends ScreenElement {
  @property({ attribute: false })
  view!: { readonly site: { readonly name: string }; readonly continue: string };

  get heading(): string {
    return text('done.title', { site: this.view.site.name });
  }

  override render(): TemplateResult {
    return html`${this.renderHeading(text('done.text'))}
      <div class="stack">
        <p>
          <a class="link" href=${this.view.continue}
            >${text('action.continueTo', { site: this.view.site.name })}</a
          >
        </p>
      </div>`;
  }

  static override styles = screenStyles;
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-done': DoneElement;
  }
}
