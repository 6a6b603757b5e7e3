// Fields as templates, not as elements of their own: a native input that stands in the same shadow root as its
// native form is what password managers, one-time-code autofill and Enter understand. `uui-input` hides its input in
// a root of its own, where a form doesn't reach and several managers don't look.

import { html, svg, type TemplateResult } from 'lit';
import { text } from '../localization/localize.ts';

interface FieldState {
  readonly invalid: boolean;
  readonly onInput?: (event: InputEvent) => void;
}

export function emailField(options: FieldState & { readonly value: string }): TemplateResult {
  return html`<div class="field">
    <label for="email">${text('field.email')}</label>
    <input
      id="email"
      name="username"
      type="email"
      autocomplete="username"
      autocapitalize="none"
      spellcheck="false"
      data-first
      .value=${options.value}
      aria-invalid=${options.invalid}
      aria-describedby="problem"
    />
  </div>`;
}

export function passwordField(
  options: FieldState & {
    readonly autocomplete: 'current-password' | 'new-password';
    readonly shown: boolean;
    readonly onToggle: () => void;
    readonly hint?: string;
  },
): TemplateResult {
  return html`<div class="field">
    <label for="password">${text('field.password')}</label>
    <div class="with-toggle">
      <input
        id="password"
        name="password"
        type=${options.shown ? 'text' : 'password'}
        autocomplete=${options.autocomplete}
        autocapitalize="none"
        spellcheck="false"
        data-first
        aria-invalid=${options.invalid}
        aria-describedby=${options.hint === undefined ? 'problem' : 'hint problem'}
        @input=${options.onInput}
      />
      <button type="button" @click=${options.onToggle}>
        ${eye(options.shown)}
        <span class="visually-hidden"
          >${text(options.shown ? 'action.hidePassword' : 'action.showPassword')}</span
        >
      </button>
    </div>
    ${options.hint === undefined ? '' : html`<p id="hint" class="hint">${options.hint}</p>`}
  </div>`;
}

/** Names the account of a password form for password managers, which look for a username field before it. */
export function hiddenUsername(email: string): TemplateResult {
  return html`<input
    class="visually-hidden"
    name="username"
    type="email"
    autocomplete="username"
    tabindex="-1"
    aria-hidden="true"
    readonly
    .value=${email}
  />`;
}

/** One field for the whole code: six boxes would break paste and autofill. */
export function codeField(
  options: FieldState & {
    readonly length: number;
    readonly first: boolean;
    readonly onComplete?: () => void;
  },
): TemplateResult {
  const onInput = (event: InputEvent): void => {
    const input = event.target as HTMLInputElement;
    const digits = digitsOf(input.value);
    if (digits !== input.value) input.value = digits;
    if (digits.length === options.length) options.onComplete?.();
  };
  return html`<div class="field">
    <label for="code">${text('field.code')}</label>
    <input
      id="code"
      class="code"
      name="code"
      type="text"
      inputmode="numeric"
      autocomplete="one-time-code"
      autocapitalize="none"
      spellcheck="false"
      ?data-first=${options.first}
      aria-invalid=${options.invalid}
      aria-describedby="problem"
      @input=${onInput}
    />
  </div>`;
}

/** Asks for the name of a factor. */
export function nameField(value: string): TemplateResult {
  return html`<div class="field">
    <label for="name">${text('enrollment.name')}</label>
    <input
      id="name"
      name="name"
      type="text"
      maxlength="60"
      autocomplete="off"
      .value=${value}
      aria-describedby="name-hint"
    />
    <p id="name-hint" class="hint">${text('enrollment.nameHint')}</p>
  </div>`;
}

/** Gives what stands in a field; nothing where there is no such field. */
export function typedIn(root: ParentNode, selector: string): string {
  return root.querySelector<HTMLInputElement | HTMLSelectElement>(selector)?.value ?? '';
}

/** Keeps the digits of what was typed or pasted ("123 456", "123-456", full-width digits). A code is text, always. */
export function digitsOf(typed: string): string {
  return typed.normalize('NFKC').replace(/\D/g, '');
}

/** A form with several fields and a custom submit button isn't submitted by Enter: browsers look for a native one. */
export function submitOnEnter(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || event.isComposing || !(event.target instanceof HTMLInputElement)) return;
  event.preventDefault();
  event.target.form?.requestSubmit();
}

function eye(shown: boolean): TemplateResult {
  return html`<svg
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.8"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z" />
    <circle cx="12" cy="12" r="3" />
    ${shown ? svg`<path d="M4 4l16 16" />` : ''}
  </svg>`;
}
