// Sets a factor up: which kind, then what that kind needs. The same in a sign-in and in the account.

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type {
  ChannelWire,
  EnrollmentGroundWire,
  FactorKindWire,
  PendingSentWire,
  PendingWire,
  PhoneRulesWire,
  PolicyReasonWire,
} from '../../worker/interaction/wire.ts';
import type { EnrollmentAction, InteractionAction } from '../api/interaction.api.ts';
import { text } from '../localization/localize.ts';
import './app-enrollment.element.ts';
import './button.element.ts';
import { choiceStyles } from './choice.styles.ts';
import { Countdown } from './countdown.controller.ts';
import { kindChoice } from './kind-choice.ts';
import './one-time-code.element.ts';
import type { TypedNumber } from './phone-number.element.ts';
import './phone-number.element.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';

/** What the screen needs; the step of a sign-in has this shape, and the account page makes it. */
export interface EnrollmentScreenView {
  readonly kinds: readonly FactorKindWire[];
  readonly reasons: readonly PolicyReasonWire[];
  readonly because?: EnrollmentGroundWire;
  readonly phone?: PhoneRulesWire;
  readonly pending?: PendingWire;
}

/**
 * @element penumbra-enrollment
 * @slot leave - the ways out, which depend on where this is shown
 */
@customElement('penumbra-enrollment')
export class EnrollmentElement extends ScreenElement {
  @property({ attribute: false })
  view!: EnrollmentScreenView;

  /** Names of factors that there are already: a new one begins with another name. */
  @property({ attribute: false })
  takenNames: readonly string[] = [];

  /** The name that a new one begins with, where it is known already. */
  @property({ attribute: false })
  suggestedName: string | undefined;

  @state()
  private chosen: FactorKindWire | undefined;

  /** The pending one that the person turned away from. */
  @state()
  private dropped: string | undefined;

  readonly #life = new Countdown(this);
  #typed: TypedNumber | undefined;
  #asked = false;

  get heading(): string {
    const kind = this.#pending?.kind ?? this.chosen ?? this.#onlyKind;
    return text(kind ? `enrollment.title.${kind}` : 'enrollment.title');
  }

  get #onlyKind(): FactorKindWire | undefined {
    return this.view.kinds.length === 1 ? this.view.kinds[0] : undefined;
  }

  get #pending(): PendingWire | undefined {
    const pending = this.view.pending;
    return pending?.enrollmentId === this.dropped ? undefined : pending;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('failure') && this.failure) this.#asked = false;
    if (!changed.has('view')) return;
    // What was asked for after turning away is what is shown now.
    if (this.#asked) this.dropped = undefined;
    this.#asked = false;
    const pending = this.view.pending;
    if (pending) this.#life.start(pending.expiresAt - this.now());
  }

  protected override firstUpdated(changed: PropertyValues<this>): void {
    super.firstUpdated(changed);
    this.addEventListener('penumbra-action', this.#remember);
    // Nothing leaves the service by this one, so its key need not be waited for with a button.
    if (!this.view.pending && this.#onlyKind === 'totp') this.#choose('totp');
  }

  // A number is kept, so that a mistake in it can be corrected.
  readonly #remember = (event: Event): void => {
    const action = (event as CustomEvent<EnrollmentAction>).detail;
    if (action.type !== 'enrollment') return;
    this.#asked = true;
    if (action.number === undefined) return;
    this.#typed = { number: action.number, country: action.country ?? '' };
    this.chosen = 'phone';
  };

  #choose(kind: FactorKindWire): void {
    this.chosen = kind;
    this.dropped = this.view.pending?.enrollmentId;
    if (kind === 'phone') void this.refocus();
    else this.act({ type: 'enrollment', kind });
  }

  #chooseAnother(): void {
    this.chosen = undefined;
    this.dropped = this.view.pending?.enrollmentId;
    void this.refocus();
  }

  override render(): TemplateResult {
    return html`${this.renderHeading(this.#lead)} ${this.#body()}
      <div class="actions">${this.#ways()}</div>
      <slot name="leave"></slot>`;
  }

  #ways(): TemplateResult {
    const pending = this.#pending;
    const begun = pending !== undefined || this.chosen !== undefined;
    return html`${
      pending?.kind === 'phone' && this.view.phone
        ? this.#link('phone.change', () => {
            this.#drop(pending.enrollmentId);
          })
        : nothing
    }
    ${
      begun && this.view.kinds.length > 1
        ? this.#link('enrollment.chooseAnother', () => {
            this.#chooseAnother();
          })
        : nothing
    }`;
  }

  get #lead(): string | undefined {
    const { because, reasons } = this.view;
    if (because !== undefined && because !== 'first') return text(`enrollment.because.${because}`);
    return reasons[0] && text(`reason.${reasons[0]}`);
  }

  #body(): TemplateResult {
    const pending = this.#pending;
    if (pending) {
      if (this.failure?.code === 'pending_enrollment_gone' || !this.#life.running) return this.#gone(pending);
      return pending.kind === 'totp' ? this.#app(pending) : this.#sent(pending);
    }
    const kind = this.chosen ?? this.#onlyKind;
    if (kind === 'phone' && this.view.phone) return this.#number(this.view.phone);
    return kind ? this.#begin(kind) : this.#kinds();
  }

  #kinds(): TemplateResult {
    return html`<div class="stack">
      <p>${text('enrollment.choose')}</p>
      ${kindChoice(this.view.kinds, (kind) => {
        this.#choose(kind);
      })}
    </div>`;
  }

  #begin(kind: FactorKindWire): TemplateResult {
    if (this.busy) {
      return html`<div class="stack"><p role="status">${text('enrollment.preparing')}</p></div>`;
    }
    return html`<div class="stack">
      <p>${text(`enrollment.kind.${kind}.text`)}</p>
      ${this.renderProblem()}
      <penumbra-button
        look="primary"
        ?disabled=${this.wait.running}
        @click=${() => {
          this.act({ type: 'enrollment', kind });
        }}
        >${text(this.failure ? 'action.tryAgain' : `enrollment.start.${kind}`)}</penumbra-button
      >
    </div>`;
  }

  #number(rules: PhoneRulesWire): TemplateResult {
    return html`<penumbra-phone-number
      data-part
      .rules=${rules}
      .typed=${this.#typed}
      .failure=${this.failure}
      .now=${this.now}
      ?busy=${this.busy}
      @penumbra-choose=${(event: CustomEvent<FactorKindWire>) => {
        this.#choose(event.detail);
      }}
    ></penumbra-phone-number>`;
  }

  #gone(pending: PendingWire): TemplateResult {
    const { kind, enrollmentId } = pending;
    return html`<div class="stack">
      <div class="problem" role="alert">
        ${text(kind === 'totp' ? 'enrollment.expired' : 'enrollment.sentExpired')}
      </div>
      <penumbra-button
        look="primary"
        ?busy=${this.busy}
        @click=${() => {
          if (kind === 'phone') this.#drop(enrollmentId);
          else this.act({ type: 'enrollment', kind, renew: true });
        }}
        >${text('action.startAgain')}</penumbra-button
      >
    </div>`;
  }

  #app(pending: Extract<PendingWire, { kind: 'totp' }>): TemplateResult {
    return html`<penumbra-app-enrollment
      data-part
      .pending=${pending}
      .suggestedName=${this.#freeName('totp')}
      .failure=${this.failure}
      .now=${this.now}
      ?busy=${this.busy}
    ></penumbra-app-enrollment>`;
  }

  #sent(pending: PendingSentWire): TemplateResult {
    const { enrollmentId, kind } = pending;
    const byPhone = kind === 'phone';
    return html`${keyed(
      enrollmentId,
      html`<penumbra-one-time-code
        data-part
        .source=${pending}
        .failure=${this.failure}
        .now=${this.now}
        ?busy=${this.busy}
        .suggestedName=${byPhone ? this.#freeName(kind) : undefined}
        .toSend=${(channel: ChannelWire): InteractionAction => ({
          type: 'enrollment/code',
          ...(byPhone && { channel }),
        })}
        .toConfirm=${(code: string, name: string): InteractionAction => ({
          type: 'enrollment/confirm',
          enrollmentId,
          code,
          // There is one mailbox, so it needs no name of its own.
          name: byPhone ? name : text('factor.email'),
        })}
      ></penumbra-one-time-code>`,
    )}`;
  }

  #drop(enrollmentId: string): void {
    this.dropped = enrollmentId;
    this.chosen = 'phone';
    void this.refocus();
  }

  #link(key: 'phone.change' | 'enrollment.chooseAnother', onClick: () => void): TemplateResult {
    return html`<button type="button" class="link" @click=${onClick}>${text(key)}</button>`;
  }

  #freeName(kind: FactorKindWire): string {
    if (this.suggestedName !== undefined) return this.suggestedName;
    const base = text(`factor.${kind}`);
    let name: string = base;
    for (let number = 2; this.takenNames.includes(name); number += 1) name = `${base} ${number}`;
    return name;
  }

  static override styles = [
    screenStyles,
    choiceStyles,
    css`
      .actions:has(button),
      ::slotted([slot='leave']) {
        margin-top: var(--uui-size-6);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-enrollment': EnrollmentElement;
  }
}
