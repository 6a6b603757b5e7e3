import { css, type CSSResult } from 'lit';

/** The look of a policy's fields, and of what saves them. */
export const policyStyles: CSSResult = css`
  .floor {
    display: flex;
    gap: 9px;
    padding: 9px 12px;
    border-radius: var(--uui-border-radius-2, 6px);
    background: var(--uui-color-surface-alt);
    font-size: 14px;
  }
  .floor svg {
    flex: none;
    width: 18px;
    height: 18px;
    margin-top: 1px;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(150px, 100%), 1fr));
    gap: 12px 18px;
    max-width: 520px;
    align-items: end;
  }
  .lengths {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(400px, 100%), 1fr));
    gap: 24px 40px;
  }
  .lengths label {
    font-weight: 400;
  }
  .countries {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(170px, 100%), 1fr));
    max-height: 340px;
    overflow-y: auto;
  }
  .tick:has(input:disabled) {
    color: var(--penumbra-muted-color, var(--uui-color-text-alt));
    cursor: default;
  }
  .box > .field {
    max-width: 240px;
  }
  .save {
    display: grid;
    gap: 9px;
    padding: 15px 24px;
    border: 1px solid var(--uui-color-divider-standalone);
    border-radius: var(--uui-border-radius-3);
    background: var(--uui-color-surface);
    box-shadow: var(--uui-shadow-depth-2);
  }
  .save penumbra-button[look='primary'] {
    width: auto;
  }
  .save [role='status']:not(:has(*)) {
    display: none;
  }
  /* Where there is room for it beside what is edited. */
  @media (min-height: 700px) {
    .save {
      position: sticky;
      bottom: 0;
      z-index: 1;
    }
    .box input {
      scroll-margin-bottom: 140px;
    }
  }
`;
