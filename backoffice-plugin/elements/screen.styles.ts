import { css, type CSSResult } from 'lit';

/**
 * The look that all screens share. Colours and sizes are UUI's variables, so that the screens follow whatever theme
 * the page has. UUI's own `uui-box`, `uui-input` and dialogs are not used: they set inline `style` attributes, which
 * the content security policy of the login host refuses.
 */
export const screenStyles: CSSResult = css`
  :host {
    display: block;
    color: var(--uui-color-text);
    font-size: 15px;
    line-height: 1.5;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1 {
    margin: 0;
    font-size: 30px;
    line-height: 1.2;
    font-weight: 700;
    letter-spacing: -0.01em;
    color: var(--penumbra-heading-color, var(--uui-color-interactive));
    text-wrap: balance;
  }
  h1:focus {
    outline: none;
  }
  p {
    margin: 0;
  }
  .lead {
    margin-top: var(--uui-size-2);
    color: var(--penumbra-muted-color, var(--uui-color-text-alt));
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }
  form,
  .stack {
    display: grid;
    gap: var(--uui-size-6);
    margin-top: var(--uui-size-8);
  }
  .field {
    display: grid;
    gap: var(--uui-size-2);
  }
  label,
  legend {
    font-weight: 700;
    font-size: 14px;
    padding: 0;
  }
  .hint {
    font-size: 13px;
    color: var(--penumbra-muted-color, var(--uui-color-text-alt));
  }
  input:not([type='radio'], [type='checkbox'], .visually-hidden),
  select {
    width: 100%;
    height: 44px;
    padding: 0 var(--uui-size-4);
    border: 1px solid var(--penumbra-field-border, var(--uui-color-border-emphasis));
    border-radius: var(--uui-border-radius-2, 6px);
    background: var(--uui-color-surface);
    color: var(--uui-color-text);
    font: inherit;
    font-size: 16px;
    transition: border-color 80ms;
  }
  input[type='radio'],
  input[type='checkbox'] {
    flex: none;
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--uui-color-selected);
  }
  input:hover,
  select:hover {
    border-color: var(--uui-color-text-alt);
  }
  input:focus-visible,
  select:focus-visible,
  button:focus-visible,
  a:focus-visible,
  summary:focus-visible {
    outline: 2px solid var(--uui-color-focus);
    outline-offset: 1px;
  }
  input[aria-invalid='true'] {
    border-color: var(--penumbra-danger-text, var(--uui-color-danger-standalone));
  }
  input.code {
    height: 56px;
    font-size: 26px;
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.3em;
    /* The space after the last digit would push the digits off the middle. */
    text-indent: 0.3em;
    text-align: center;
  }
  .with-toggle {
    position: relative;
  }
  .with-toggle input {
    padding-right: 52px;
  }
  .with-toggle button {
    position: absolute;
    inset: 0 0 0 auto;
    width: 48px;
    display: grid;
    place-items: center;
    border: 0;
    border-radius: var(--uui-border-radius-2, 6px);
    background: none;
    color: var(--penumbra-muted-color, var(--uui-color-text-alt));
    cursor: pointer;
  }
  .with-toggle svg {
    width: 22px;
    height: 22px;
  }
  .problem:not(:empty) {
    display: grid;
    gap: var(--uui-size-1);
    color: var(--penumbra-danger-text, var(--uui-color-danger-standalone));
    font-size: 14px;
    font-weight: 700;
    overflow-wrap: anywhere;
  }
  /* Takes no room, but stays known to screen readers: they tell what changes in it. */
  .problem:empty {
    position: absolute;
  }
  .problem ul {
    margin: 0;
    padding-left: 1.2em;
    font-weight: 400;
  }
  .notice:not(:empty) {
    padding: var(--uui-size-3) var(--uui-size-4);
    border-radius: var(--uui-border-radius-2, 6px);
    background: var(--uui-color-surface-alt);
    overflow-wrap: anywhere;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--uui-size-3) var(--uui-size-6);
    justify-content: center;
  }
  penumbra-button[look='primary'] {
    --uui-button-height: 44px;
    --uui-button-font-weight: 700;
    --uui-button-font-size: 15px;
    width: 100%;
  }
  .link {
    padding: var(--uui-size-1) 0;
    border: 0;
    background: none;
    color: var(--penumbra-link-color, var(--uui-color-interactive-emphasis));
    font: inherit;
    font-size: 14px;
    text-decoration: underline;
    text-underline-offset: 3px;
    text-decoration-thickness: 1px;
    cursor: pointer;
  }
  .link:hover {
    text-decoration-thickness: 2px;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      /* Not a short one: without a list of its own an element would run it for each property that changes. */
      transition: none !important;
    }
  }
`;
