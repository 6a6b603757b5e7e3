import { css, type CSSResult } from 'lit';

export const dialogStyles: CSSResult = css`
  dialog {
    width: min(480px, calc(100vw - 32px));
    max-height: calc(100dvh - 32px);
    padding: 30px;
    border: 1px solid var(--uui-color-border);
    border-radius: var(--uui-border-radius-3);
    background: var(--uui-color-surface);
    color: var(--uui-color-text);
    box-shadow: var(--uui-shadow-depth-5);
    overflow: auto;
  }
  dialog::backdrop {
    background: rgb(10 14 30 / 55%);
  }
  h2 {
    margin: 0;
    font-size: 21px;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  h2:focus {
    outline: none;
  }
  .lead p + p {
    margin-top: var(--uui-size-3);
  }
  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
    gap: 12px;
  }
  .choices penumbra-button {
    --uui-button-height: 44px;
    width: 100%;
  }
  .step {
    margin-top: var(--uui-size-5);
    font-size: 14px;
    font-weight: 700;
  }
  .below {
    display: flex;
    flex-wrap: wrap;
    gap: var(--uui-size-3) var(--uui-size-6);
    justify-content: center;
    margin-top: var(--uui-size-5);
  }
  @media (max-width: 480px) {
    dialog {
      padding: 20px;
    }
  }
`;
