import { css, type CSSResult } from 'lit';

export const accountStyles: CSSResult = css`
  :host {
    display: grid;
    gap: 24px;
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 6px 24px;
  }
  .columns,
  .sections {
    display: grid;
    gap: 24px;
    min-width: 0;
  }
  nav {
    display: none;
  }
  nav ul {
    display: grid;
    gap: 3px;
    margin: 0 0 0 -12px;
    padding: 0;
    list-style: none;
  }
  nav a {
    display: block;
    padding: 9px 12px;
    border-radius: var(--uui-border-radius-2, 6px);
    color: var(--penumbra-link-color, var(--uui-color-interactive));
    font-size: 14px;
    text-decoration: none;
  }
  nav a:hover {
    background: var(--uui-color-surface);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  @media (min-width: 1000px) {
    .columns {
      grid-template-columns: 216px minmax(0, 1fr);
      align-items: start;
    }
    nav {
      display: block;
      position: sticky;
      top: 24px;
    }
  }
  .box {
    display: grid;
    gap: 15px;
    padding: 24px;
    border: 1px solid var(--uui-color-divider-standalone);
    border-radius: var(--uui-border-radius-3);
    background: var(--uui-color-surface);
    min-width: 0;
    scroll-margin-top: 24px;
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
  .box .lead {
    margin: 0;
  }
  .box .lead + .lead {
    margin-top: 6px;
  }
  .rows {
    margin: 0;
  }
  .rows > div {
    display: grid;
    grid-template-columns: minmax(110px, 168px) minmax(0, 1fr) auto;
    align-items: center;
    gap: 3px 18px;
    min-height: 54px;
    padding: 9px 0;
  }
  .rows > div + div {
    border-top: 1px solid var(--uui-color-divider-standalone);
  }
  dt {
    color: var(--penumbra-muted-color, var(--uui-color-text-alt));
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .row-actions,
  .item-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 9px;
  }
  .item-actions {
    margin-top: 9px;
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
  .warning {
    display: grid;
    grid-template-columns: 20px minmax(0, 1fr);
    gap: 12px;
    padding: 12px 15px;
    border: 1px solid var(--penumbra-danger-text, var(--uui-color-danger-standalone));
    border-radius: var(--uui-border-radius-2, 6px);
    overflow-wrap: anywhere;
  }
  .warning svg {
    width: 20px;
    height: 20px;
    margin-top: 1px;
    color: var(--penumbra-danger-text, var(--uui-color-danger-standalone));
  }
  .what .warning {
    margin: 6px 0 3px;
    padding: 9px 12px;
    font-size: 14px;
  }
  .alone {
    width: 100%;
    max-width: 560px;
    margin-inline: auto;
  }
  .step {
    font-weight: 700;
    font-size: 14px;
  }
  .list {
    display: grid;
    margin: 0;
    padding: 0;
    list-style: none;
    border: 1px solid var(--uui-color-divider-standalone);
    border-radius: var(--uui-border-radius-2, 6px);
  }
  .list li {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    justify-content: space-between;
    gap: 12px;
    padding: 15px 18px;
  }
  .list li.factor {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr);
  }
  .list li + li {
    border-top: 1px solid var(--uui-color-divider-standalone);
  }
  .icon {
    width: 24px;
    height: 24px;
    color: var(--penumbra-muted-color, var(--uui-color-text-alt));
  }
  .what {
    flex: 1 1 240px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .name {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 3px 9px;
  }
  .badge {
    padding: 0 9px;
    border: 1px solid var(--penumbra-field-border, var(--uui-color-border-emphasis));
    border-radius: 99px;
    font-size: 13px;
    line-height: 1.6;
  }
  .badge.off {
    border-color: var(--penumbra-danger-text, var(--uui-color-danger-standalone));
    color: var(--penumbra-danger-text, var(--uui-color-danger-standalone));
  }
  penumbra-button[look='primary'].narrow {
    width: auto;
  }
  .small {
    --uui-button-height: 33px;
    --uui-button-font-size: 14px;
    --uui-button-padding-left-factor: 2;
    --uui-button-padding-right-factor: 2;
  }
  @media (max-width: 560px) {
    .box {
      padding: 20px 18px;
    }
    .rows > div {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .rows dd:not(.row-actions) {
      grid-row: 2;
      grid-column: 1;
    }
    .rows .row-actions {
      grid-row: 1 / span 2;
      grid-column: 2;
      flex-direction: column;
    }
  }
`;
