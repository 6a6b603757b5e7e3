import type { Language } from '../localization/language.ts';
import { html, type Markup } from './markup.ts';

/** What every page has, whatever it shows. */
export interface Frame {
  readonly title: string;
  readonly lang: Language;
  readonly stylesheets: readonly string[];
  readonly head?: Markup | undefined;
  readonly body: Markup;
}

// The mark: a disc that moves out of its shadow. As a data URL it needs no request and no file.
const ICON =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#1b264f"/>' +
      '<circle cx="17.5" cy="16" r="9.5" fill="#f5c1bc"/><circle cx="13.5" cy="16" r="8.5" fill="#1b264f"/></svg>',
  );

const MARK = html`<svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
  <circle cx="18" cy="16" r="12" fill="currentColor" class="brand-light" />
  <circle cx="13" cy="16" r="11" class="brand-shadow" />
</svg>`;

/** The service's name with the mark. */
export function brand(serviceName: string): Markup {
  return html`<span class="brand">${MARK}<span>${serviceName}</span></span>`;
}

/** Writes a whole document. */
export function renderFrame(frame: Frame): string {
  const links = frame.stylesheets.map((href) => html`<link rel="stylesheet" href="${href}" />`);
  return html`<!doctype html>
    <html lang="${frame.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${frame.title}</title>
        <link rel="icon" href="${ICON}" />
        ${links} ${frame.head}
      </head>
      <body class="uui-font">
        ${frame.body}
      </body>
    </html> `.source;
}

/** The layout of pages on which one thing happens: the picture on one side, the content on the other. */
export function splitLayout(content: Markup, serviceName: string): Markup {
  return html`<div class="split">
    <div class="split-picture" aria-hidden="true"></div>
    <header class="split-brand">${brand(serviceName)}</header>
    <main class="split-content">${content}</main>
  </div>`;
}
