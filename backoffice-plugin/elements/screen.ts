import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { InteractionAction } from '../api/interaction.api.ts';
import { PartElement } from './part.ts';

export const HEADING_EVENT = 'penumbra-heading';

/**
 * A screen: what is under one heading, which is also the title of the page. What it asks for may be in a part of its own,
 * marked with `data-part`.
 *
 * @fires penumbra-action - what the person wants, as `detail`
 * @fires penumbra-heading - another heading is drawn; `detail` is its text
 */
export abstract class ScreenElement<Action extends object = InteractionAction> extends PartElement<Action> {
  abstract get heading(): string;

  #told: string | undefined;

  protected override firstUpdated(changed: PropertyValues<this>): void {
    super.firstUpdated(changed);
    void this.refocus();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const heading = this.heading;
    if (heading === this.#told) return;
    this.#told = heading;
    this.dispatchEvent(new CustomEvent(HEADING_EVENT, { detail: heading, bubbles: true, composed: true }));
  }

  // A screen is drawn when its part is.
  protected override async getUpdateComplete(): Promise<boolean> {
    const complete = await super.getUpdateComplete();
    await this.#part?.updateComplete;
    return complete;
  }

  /** Puts the focus where the person goes on, once it is drawn: the first field, else the heading. */
  async refocus(): Promise<void> {
    await this.updateComplete;
    this.focusFirst();
  }

  focusFirst(): void {
    if (this.#part?.focusField() === true || this.focusField()) return;
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  get #part(): PartElement | null {
    return this.renderRoot.querySelector<PartElement>('[data-part]');
  }

  protected renderHeading(lead?: string | TemplateResult): TemplateResult {
    return html`<h1 id="heading" tabindex="-1">${this.heading}</h1>
      ${lead === undefined ? nothing : html`<p class="lead">${lead}</p>`}`;
  }
}
