import { css, type CSSResult } from 'lit';

export const oneTimeCodeStyles: CSSResult = css`
  .reference {
    padding: 2px 8px;
    border-radius: 4px;
    background: var(--uui-color-surface-alt);
    color: var(--uui-color-text);
    letter-spacing: 0.08em;
    font-variant-numeric: tabular-nums;
  }
  .delivery .lead:first-child {
    margin-top: var(--uui-size-4);
  }
  .failed {
    color: var(--penumbra-danger-text, var(--uui-color-danger-standalone));
    font-weight: 700;
  }
  .resend {
    display: grid;
    gap: var(--uui-size-2);
  }
  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: var(--uui-size-3);
  }
  .choices penumbra-button {
    --uui-button-height: 44px;
  }
`;
