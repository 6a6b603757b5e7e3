import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { FactorKindWire, PhoneRulesWire } from '../../worker/interaction/wire.ts';
import { currentLanguage, text } from '../localization/localize.ts';
import './button.element.ts';
import { choiceStyles } from './choice.styles.ts';
import { submitOnEnter, typedIn } from './fields.ts';
import { kindChoice } from './kind-choice.ts';
import { PartElement } from './part.ts';
import { screenStyles } from './screen.styles.ts';

/** A number as it was typed before. */
export interface TypedNumber {
  readonly number: string;
  readonly country: string;
}

/**
 * Asks for a phone number and how to send the first code, after it has said what a phone is worth (S24).
 *
 * @element penumbra-phone-number
 * @fires penumbra-choose - another kind was chosen instead, as `detail`
 */
@customElement('penumbra-phone-number')
export class PhoneNumberElement extends PartElement {
  @property({ attribute: false })
  rules!: PhoneRulesWire;

  /** What the fields begin with: a number that is to be changed. Who gave one has read about the risk. */
  @property({ attribute: false })
  typed: TypedNumber | undefined;

  @state()
  private informed = false;

  #countries: readonly { readonly country: string; readonly label: string }[] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('typed') && this.typed) this.informed = true;
    if (changed.has('rules')) this.#countries = namedCountries(this.rules);
  }

  override render(): TemplateResult {
    return this.informed ? this.#form() : this.#notice();
  }

  #notice(): TemplateResult {
    const { alternatives } = this.rules;
    return html`<div class="stack">
      <p>${text('phone.risk')}</p>
      ${
        alternatives.length > 0
          ? html`<p>${text('phone.riskAlternatives')}</p>
              ${kindChoice(alternatives, (kind) => {
                this.#choose(kind);
              })}`
          : nothing
      }
      <penumbra-button
        look=${alternatives.length > 0 ? 'outline' : 'primary'}
        @click=${() => {
          this.informed = true;
          void this.updateComplete.then(() => this.focusField());
        }}
        >${text(alternatives.length > 0 ? 'phone.useAnyway' : 'enrollment.start.phone')}</penumbra-button
      >
    </div>`;
  }

  #choose(kind: FactorKindWire): void {
    this.dispatchEvent(new CustomEvent('penumbra-choose', { detail: kind }));
  }

  #form(): TemplateResult {
    const chosen = this.typed?.country ?? this.rules.likely ?? this.#countries[0]?.country;
    const blocked = this.wait.running;
    return html`<form novalidate @submit=${this.#submit} @keydown=${submitOnEnter}>
      <div class="field">
        <label for="country">${text('phone.country')}</label>
        <select id="country" name="country" autocomplete="country" aria-describedby="number-hint">
          ${this.#countries.map(
            ({ country, label }) =>
              html`<option value=${country} ?selected=${country === chosen}>${label}</option>`,
          )}
        </select>
      </div>
      <div class="field">
        <label for="number">${text('phone.number')}</label>
        <input
          id="number"
          name="number"
          type="tel"
          autocomplete="tel-national"
          data-first
          .value=${this.typed?.number ?? ''}
          aria-invalid=${this.troubled}
          aria-describedby="number-hint problem"
        />
        <p id="number-hint" class="hint">${text('phone.numberHint')}</p>
        ${this.renderProblem()}
      </div>
      <div class="choices">
        <penumbra-button type="submit" look="primary" ?busy=${this.busy} ?disabled=${blocked}
          >${text('code.offer.text')}</penumbra-button
        >
        <penumbra-button
          look="outline"
          ?disabled=${blocked}
          @click=${() => {
            this.#ask('call');
          }}
          >${text('code.offer.call')}</penumbra-button
        >
      </div>
    </form>`;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    this.#ask('text');
  }

  #ask(channel: 'text' | 'call'): void {
    const number = typedIn(this.renderRoot, '#number').trim();
    const country = typedIn(this.renderRoot, '#country');
    // Only what can't be a number at all is held back: the rest is the service's to judge.
    if (!/\d/.test(number)) this.complain(text('check.phone'));
    else this.act({ type: 'enrollment', kind: 'phone', number, country, channel });
  }

  static override styles = [
    screenStyles,
    choiceStyles,
    css`
      penumbra-button[look='outline'] {
        --uui-button-height: 44px;
        width: 100%;
      }
      .choices {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
        gap: var(--uui-size-3);
      }
    `,
  ];
}

/** Countries in the words and the order of the reader's language. */
function namedCountries(rules: PhoneRulesWire): readonly { country: string; label: string }[] {
  const language = currentLanguage();
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const compare = new Intl.Collator(language).compare;
  return rules.countries
    .map(({ country, callingCode }) => ({
      country,
      label: `${names.of(country) ?? country} (+${callingCode})`,
    }))
    .sort((one, other) => compare(one.label, other.label));
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-phone-number': PhoneNumberElement;
  }
}
