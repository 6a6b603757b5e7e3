// Asks for the second factor. One is open at a time; the others are a step away, those too that can't be used now.

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { ChannelWire, FactorChoiceWire, InteractionView } from '../../worker/interaction/wire.ts';
import type { InteractionAction } from '../api/interaction.api.ts';
import type { Failure } from '../api/problem.ts';
import { text } from '../localization/localize.ts';
import { serviceName } from '../localization/service-name.ts';
import { challengeWays } from './challenge-ways.ts';
import { choiceStyles } from './choice.styles.ts';
import './one-time-code.element.ts';
import './pass.element.ts';
import './recovery.element.ts';
import { ScreenElement } from './screen.ts';
import { screenStyles } from './screen.styles.ts';

/** What is open: a factor, by its enrollment, or something else. */
type Open = { readonly factor: string } | 'ways' | 'recovery' | 'pass';

/** @element penumbra-challenge */
@customElement('penumbra-challenge')
export class ChallengeElement extends ScreenElement {
  @property({ attribute: false })
  view!: Extract<InteractionView, { step: 'challenge' }>;

  @state()
  private open: Open | undefined;

  #failed: { readonly at: Open; readonly failure: Failure } | undefined;

  get heading(): string {
    if (this.open === 'recovery') return text('recovery.title');
    if (this.open === 'pass') return text('pass.title');
    const factor = this.#factor;
    if (!factor) return text('challenge.othersTitle');
    if (factor.kind === 'totp' || factor.sent) return text('challenge.title');
    return text(factor.kind === 'email' ? 'challenge.mailTitle' : 'challenge.phoneTitle');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has('view')) this.#keepOpen();
    // What one way answered says nothing about another.
    if (changed.has('failure'))
      this.#failed = this.failure && this.open && { at: this.open, failure: this.failure };
  }

  #keepOpen(): void {
    const { recovery } = this.view;
    if (this.open === 'ways' || this.open === 'pass' || (this.open === 'recovery' && recovery.left > 0))
      return;
    if (this.open === undefined) {
      const first = this.#firstToOpen();
      this.open = first ? { factor: first.enrollmentId } : 'ways';
    } else if (!this.#factor || this.#factor.unusable) this.open = 'ways';
  }

  // Whoever loads the page again while a code is on its way waits for that one.
  #firstToOpen(): FactorChoiceWire | undefined {
    const usable = this.view.factors.filter((each) => !each.unusable);
    return usable.find((each) => each.sent && each.sent.expiresAt > this.now()) ?? usable[0];
  }

  get #factor(): FactorChoiceWire | undefined {
    const open = this.open;
    if (typeof open !== 'object') return undefined;
    return this.view.factors.find((each) => each.enrollmentId === open.factor);
  }

  protected override get told(): Failure | undefined {
    return this.#failed && sameOpen(this.#failed.at, this.open) ? this.#failed.failure : undefined;
  }

  #show(open: Open): void {
    this.open = open;
    this.mistake = undefined;
    void this.refocus();
  }

  override render(): TemplateResult {
    return html`${this.#body()}
      <div class="actions ways-out">${this.#leaveButton('restart')} ${this.#leaveButton('cancel')}</div>`;
  }

  #body(): TemplateResult {
    if (this.open === 'recovery') return this.#recovery();
    if (this.open === 'pass') return this.#pass();
    const factor = this.#factor;
    return factor ? this.#challenge(factor) : this.#ways();
  }

  #challenge(factor: FactorChoiceWire): TemplateResult {
    const { enrollmentId, trouble } = factor;
    return html`${this.renderHeading(leadOf(factor))}
    ${trouble && !factor.sent ? html`<p class="warning">${text(`trouble.${trouble}`)}</p>` : nothing}
    ${keyed(
      enrollmentId,
      html`<penumbra-one-time-code
        data-part
        .source=${factor}
        .failure=${this.told}
        .now=${this.now}
        ?busy=${this.busy}
        others
        .toSend=${(channel: ChannelWire): InteractionAction => ({
          type: 'challenge/code',
          enrollmentId,
          ...(factor.kind === 'phone' && { channel }),
        })}
        .toConfirm=${(code: string): InteractionAction => ({ type: 'challenge', enrollmentId, code })}
      ></penumbra-one-time-code>`,
    )}
    ${this.#toWays('challenge.others')}`;
  }

  #recovery(): TemplateResult {
    return html`${this.renderHeading(text('recovery.lead'))}
      <penumbra-recovery
        data-part
        .factors=${this.view.recovery.factors}
        .failure=${this.told}
        .now=${this.now}
        ?busy=${this.busy}
      ></penumbra-recovery>
      ${this.#toWays('challenge.backToWays')}`;
  }

  #pass(): TemplateResult {
    return html`${this.renderHeading(text('pass.lead'))}
      <penumbra-pass data-part .failure=${this.told} .now=${this.now} ?busy=${this.busy}></penumbra-pass>
      ${this.#toWays('challenge.backToWays')}`;
  }

  #ways(): TemplateResult {
    const usable = this.view.factors.some((each) => !each.unusable);
    return html`${this.renderHeading(text(usable ? 'challenge.othersLead' : 'challenge.noneLead'))}
      <div class="stack">
        ${challengeWays(this.view, {
          busy: this.busy,
          onFactor: (factor) => {
            this.#show({ factor });
          },
          onRecovery: () => {
            this.#show('recovery');
          },
          onPass: () => {
            this.#show('pass');
          },
          onHelp: () => {
            this.leave({ type: 'help' });
          },
        })}
        ${this.renderProblem()}
        <p class="notice" role="status">${this.view.helpRequested ? text('challenge.helped') : nothing}</p>
      </div>`;
  }

  #toWays(key: 'challenge.others' | 'challenge.backToWays'): TemplateResult {
    return html`<div class="actions">
      <button
        id="others"
        type="button"
        class="link"
        @click=${() => {
          this.#show('ways');
        }}
      >
        ${text(key)}
      </button>
    </div>`;
  }

  #leaveButton(type: 'restart' | 'cancel'): TemplateResult {
    return html`<button
      type="button"
      class="link"
      @click=${() => {
        this.leave({ type });
      }}
    >
      ${text(type === 'restart' ? 'action.useAnotherAccount' : 'action.cancel')}
    </button>`;
  }

  static override styles = [
    screenStyles,
    choiceStyles,
    css`
      .actions {
        margin-top: var(--uui-size-6);
      }
      .ways-out {
        padding-top: var(--uui-size-4);
        border-top: 1px solid var(--uui-color-divider-standalone);
      }
      p.warning {
        margin-top: var(--uui-size-3);
        color: var(--penumbra-danger-text, var(--uui-color-danger-standalone));
      }
    `,
  ];
}

function leadOf(factor: FactorChoiceWire): string | undefined {
  const { kind, name, codeLength, destination } = factor;
  if (kind === 'totp') return text('challenge.lead', { name, length: codeLength, service: serviceName() });
  if (factor.sent) return undefined;
  if (kind === 'email') return text('challenge.mailLead', { length: codeLength });
  return text('challenge.phoneLead', { destination: destination ?? name });
}

function sameOpen(one: Open, other: Open | undefined): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  return one.factor === other.factor;
}

declare global {
  interface HTMLElementTagNameMap {
    'penumbra-challenge': ChallengeElement;
  }
}
