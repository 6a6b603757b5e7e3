import { css, type CSSResult } from 'lit';

export const accountStyles: CSSResult = css`
  :host {
    display: grid;
    gap: 24px;
  }
  .box {
    display: grid;
    gap: 15px;
    padding: 24px;
    border: 1px solid var(--uui-color-divider-standalone);
    border-radius: var(--uui-border-radius-3);
    background: var(--uui-color-surface);
    min-width: 0;
  }
  .box > * {
    min-width: 0;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 9px 12px;
  }
  h2 {
    margin: 0;
    font-size: 18px;
    line-height: 1.3;
  }
  h2:focus {
    outline: none;
  }
  .lead {
    margin: 0;
  }
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(200px, 1fr));
    gap: 18px;
    margin: 0;
  }
  dt {
    font-size: 13px;
    color: var(--penumbra-muted-color, var(--uui-color-text-alt));
  }
  dd {
    margin: 3px 0 0;
    overflow-wrap: anywhere;
  }
  .news:empty {
    display: none;
  }
  .news,
  .none {
    padding: 12px 18px;
    border-radius: var(--uui-border-radius-2, 6px);
    background: var(--uui-color-surface-alt);
  }
  .alone {
    width: 100%;
    max-width: 560px;
    margin-inline: auto;
  }
  .apps {
    display: grid;
    margin: 0;
    padding: 0;
    list-style: none;
    border: 1px solid var(--uui-color-divider-standalone);
    border-radius: var(--uui-border-radius-2, 6px);
  }
  .apps li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    padding: 15px 18px;
  }
  .apps li > div {
    flex: 1 1 240px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .apps li + li {
    border-top: 1px solid var(--uui-color-divider-standalone);
  }
  penumbra-button[look='primary'].narrow {
    width: auto;
  }
  .sign-out {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px 18px;
  }
  .sign-out .hint {
    flex: 1 1 260px;
  }
`;
