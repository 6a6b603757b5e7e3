// The HTML pages around the screens. Pure functions from values to text: they own the markup, its escaping and
// which built files a page loads. They must not know requests, stores or the content security policy's header.

import type { Language } from '../localization/language.ts';
import { wordsOf } from '../localization/words.ts';
import { brand, renderFrame, splitLayout } from './frame.ts';
import { entryAssets, type ViteManifest } from './manifest.ts';
import { html, Markup } from './markup.ts';

/** The pages that are drawn by an element. */
export type ShellEntry = 'interaction' | 'account' | 'admin' | 'setup' | 'reset' | 'not-me' | 'join' | 'stop';

export interface Shell {
  readonly title: string;
  /** The language that the page is in; the element reads it from the document. */
  readonly lang: Language;
  readonly entry: ShellEntry;
  readonly assets: ViteManifest;
  /** The nonce of the page's `script-src`. */
  readonly nonce: string;
  readonly csrfToken: string;
  readonly serviceName: string;
  /** Attributes of the element, for example `{ 'interaction-id': '…' }`. */
  readonly attributes?: Readonly<Record<string, string>>;
}

const ELEMENTS: Readonly<Record<ShellEntry, string>> = {
  interaction: 'penumbra-interaction',
  account: 'penumbra-account',
  admin: 'penumbra-administration',
  setup: 'penumbra-setup',
  reset: 'penumbra-reset',
  'not-me': 'penumbra-not-me',
  join: 'penumbra-join',
  stop: 'penumbra-stop',
};

/** Pages with several things on them; on all others one thing happens. */
const PORTAL: ReadonlySet<ShellEntry> = new Set<ShellEntry>(['account', 'admin']);

const ATTRIBUTE_NAME = /^[a-z][a-z-]*$/;

/**
 * Writes the page that hosts an element.
 * @throws Error when the build does not hold the entry, or an attribute's name is no plain one.
 */
export function renderShell(shell: Shell): string {
  const files = entryAssets(shell.assets, shell.entry);
  const preloads = files.preloads.map(
    (href) => html`<link rel="modulepreload" href="${href}" nonce="${shell.nonce}" />`,
  );
  const content = html`${element(shell)}
    <noscript><p class="notice">${wordsOf(shell.lang).text('page.noScript')}</p></noscript>`;
  return renderFrame({
    title: shell.title,
    lang: shell.lang,
    stylesheets: files.stylesheets,
    head: html`<meta name="csrf-token" content="${shell.csrfToken}" />
      ${preloads}
      <script type="module" src="${files.script}" nonce="${shell.nonce}"></script>`,
    body: (PORTAL.has(shell.entry) ? portalLayout : splitLayout)(content, shell.serviceName),
  });
}

// Names of elements and attributes can't be escaped into safety, so only known or checked ones are placed.
function element(shell: Shell): Markup {
  const tag = new Markup(ELEMENTS[shell.entry]);
  const given = { 'data-service-name': shell.serviceName, ...shell.attributes };
  const attributes = Object.entries(given).map(([name, value]) => {
    if (!ATTRIBUTE_NAME.test(name)) throw new Error(`"${name}" can't be an attribute of a page's element.`);
    return html` ${new Markup(name)}="${value}"`;
  });
  return html`<${tag}${attributes}></${tag}>`;
}

function portalLayout(content: Markup, serviceName: string): Markup {
  return html`<div class="portal">
    <header class="portal-header">${brand(serviceName)}</header>
    <main class="portal-content">${content}</main>
  </div>`;
}
