import { css, type CSSResult } from 'lit';
import { accountStyles } from '../profile/account.styles.ts';

const own = css`
  nav {
    display: block;
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    justify-content: space-between;
    gap: 12px 24px;
  }
  .title > div:first-child {
    flex: 1 1 320px;
    min-width: 0;
  }
  h1 {
    font-size: 28px;
    overflow-wrap: anywhere;
  }
  h3 {
    margin: 0;
    font-size: 15px;
    line-height: 1.4;
  }
  /* What was done is to be seen where it was done, which may be far below. */
  .news {
    position: sticky;
    top: 12px;
    z-index: 1;
    border: 1px solid var(--uui-color-positive, #2bc37c);
    background: var(--uui-color-surface);
    box-shadow: var(--uui-shadow-depth-2);
    overflow-wrap: anywhere;
  }
  a:not([class]) {
    color: var(--penumbra-link-color, var(--uui-color-interactive));
  }
  a.button {
    display: inline-flex;
    align-items: center;
    min-height: 33px;
    padding: 0 12px;
    border: 1px solid var(--penumbra-field-border, var(--uui-color-border-emphasis));
    border-radius: var(--uui-border-radius-2, 6px);
    color: var(--penumbra-link-color, var(--uui-color-interactive));
    font-size: 14px;
    font-weight: 700;
    text-decoration: none;
  }
  a.button:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .back {
    font-size: 14px;
  }
  .says {
    margin: 0;
    padding-left: 1.2em;
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 6px;
  }
  .tag {
    padding: 0 8px;
    border: 1px solid var(--penumbra-field-border, var(--uui-color-border-emphasis));
    border-radius: 99px;
    font-size: 13px;
    line-height: 1.6;
    white-space: nowrap;
  }
  .tag.bad {
    border-color: var(--penumbra-danger-text, var(--uui-color-danger-standalone));
    color: var(--penumbra-danger-text, var(--uui-color-danger-standalone));
    font-weight: 700;
  }
  .tag.good {
    border-color: var(--penumbra-good-text, var(--uui-color-positive-standalone));
    color: var(--penumbra-good-text, var(--uui-color-positive-standalone));
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 9px;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: 12px 18px;
  }
  .controls .field {
    flex: 1 1 150px;
    max-width: 320px;
  }
  .controls .field.wide {
    flex: 3 1 240px;
    max-width: none;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 14px;
  }
  th,
  td {
    padding: 10px 12px;
    border-bottom: 1px solid var(--uui-color-divider-standalone);
    text-align: start;
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  thead th {
    color: var(--penumbra-muted-color, var(--uui-color-text-alt));
    font-size: 13px;
    white-space: nowrap;
  }
  tbody th {
    font-weight: 400;
  }
  tbody tr:last-child > * {
    border-bottom: 0;
  }
  .number {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .scroll {
    overflow-x: auto;
  }
  .scroll:focus-visible {
    outline: 2px solid var(--uui-color-focus);
  }
  .box.flush {
    padding: 6px 12px;
  }
  .state {
    padding: 30px 24px;
    text-align: center;
  }
  /* A list in a box that has its frame. */
  .plain {
    display: grid;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .plain > li {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    justify-content: space-between;
    gap: 12px;
    padding: 15px 12px;
  }
  .plain > li + li {
    border-top: 1px solid var(--uui-color-divider-standalone);
  }
  .split {
    display: grid;
    gap: 3px 24px;
    grid-template-columns: repeat(auto-fill, minmax(min(220px, 100%), 1fr));
    margin: 0;
  }
  .split dt {
    font-size: 13px;
  }
  .split > div {
    padding: 6px 0;
  }
  summary {
    width: fit-content;
    padding: 3px 0;
    color: var(--penumbra-link-color, var(--uui-color-interactive));
    cursor: pointer;
  }
`;

/** The look of the administration: that of the account page, with tables and tags. */
export const adminStyles: readonly CSSResult[] = [accountStyles, own];
