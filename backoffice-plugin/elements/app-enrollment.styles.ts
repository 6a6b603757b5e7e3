import { css, type CSSResult } from 'lit';

/** On narrow screens the key comes first: whoever is on the phone can't scan its own screen. */
export const appEnrollmentStyles: CSSResult = css`
  :host {
    container-type: inline-size;
  }
  form {
    gap: var(--uui-size-10);
  }
  section {
    display: grid;
    gap: var(--uui-size-4);
    min-width: 0;
  }
  h2 {
    display: flex;
    align-items: center;
    gap: var(--uui-size-3);
    margin: 0;
    font-size: 17px;
    line-height: 1.3;
  }
  h3 {
    margin: 0;
    font-size: 14px;
  }
  .number {
    display: grid;
    place-items: center;
    flex: none;
    width: 26px;
    height: 26px;
    border-radius: 50%;
    background: var(--uui-color-selected);
    color: var(--uui-color-selected-contrast);
    font-size: 14px;
  }
  .key {
    display: grid;
    gap: var(--uui-size-6);
  }
  .typed {
    display: grid;
    gap: var(--uui-size-3);
    align-content: start;
    min-width: 0;
  }
  .secret {
    display: grid;
    grid-template-columns: repeat(4, max-content);
    gap: 4px 12px;
    padding: var(--uui-size-3) var(--uui-size-4);
    border-radius: var(--uui-border-radius-2, 6px);
    background: var(--uui-color-surface-alt);
    font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
    font-size: 16px;
    letter-spacing: 0.06em;
  }
  .key-actions {
    display: flex;
    align-items: center;
    gap: var(--uui-size-3);
  }
  .open-app {
    justify-self: start;
  }
  .picture {
    /* White in dark mode too: readers look for dark modules on a light ground, with a quiet zone around. */
    justify-self: center;
    width: 224px;
    padding: 12px;
    border: 1px solid var(--uui-color-border);
    border-radius: var(--uui-border-radius-2, 6px);
    background: #fff;
    line-height: 0;
  }
  .picture svg {
    width: 100%;
    height: auto;
  }
  @container (min-width: 440px) {
    .key {
      grid-template-columns: 224px minmax(0, 1fr);
      align-items: start;
    }
    .picture {
      order: -1;
    }
  }
  @media (pointer: fine) {
    .open-app {
      display: none;
    }
  }
`;
