import { css, type CSSResult } from 'lit';

/** A list of things to choose from, each with a picture, a name and what is to be known of it. */
export const choiceStyles: CSSResult = css`
  .ways {
    display: grid;
    gap: var(--uui-size-3);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .way {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr);
    gap: 2px var(--uui-size-4);
    width: 100%;
    min-height: 56px;
    align-items: start;
    padding: var(--uui-size-4);
    border: 1px solid var(--penumbra-field-border, var(--uui-color-border-emphasis));
    border-radius: var(--uui-border-radius-2, 6px);
    background: none;
    color: var(--uui-color-text);
    font: inherit;
    text-align: start;
    overflow-wrap: anywhere;
  }
  button.way {
    cursor: pointer;
    transition: border-color 80ms;
  }
  button.way:hover:not(:disabled) {
    border-color: var(--uui-color-text);
    background: var(--uui-color-surface-emphasis);
  }
  .way.off {
    border-style: dashed;
    border-color: var(--uui-color-border);
  }
  .way .icon {
    width: 24px;
    height: 24px;
    color: var(--penumbra-muted-color, var(--uui-color-text-alt));
  }
  .way span {
    grid-column: 2;
  }
  .way .name {
    font-weight: 700;
  }
  .way .icon + .name {
    line-height: 24px;
  }
  .way .warning {
    font-size: 13px;
    color: var(--penumbra-danger-text, var(--uui-color-danger-standalone));
  }
`;
