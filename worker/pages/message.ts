import type { Language } from '../localization/language.ts';
import { renderFrame, splitLayout } from './frame.ts';
import { pageStylesheet, type ViteManifest } from './manifest.ts';
import { html, type Markup } from './markup.ts';

/** A way on from a message: a link, or a form that posts (a state-changing step is never a link, S52). */
export type MessageAction =
  | { readonly kind: 'link'; readonly label: string; readonly href: string }
  | {
      readonly kind: 'post';
      readonly label: string;
      readonly action: string;
      readonly fields: Readonly<Record<string, string>>;
    };

export interface Message {
  readonly title: string;
  readonly lang: Language;
  readonly serviceName: string;
  /** Without a build the page still says what it has to say, without styles. */
  readonly assets: ViteManifest | undefined;
  /** One paragraph each. */
  readonly text: string | readonly string[];
  /** The first one stands out. */
  readonly actions?: readonly MessageAction[];
}

/**
 * Writes a page that only says something: refused requests, signed out, not found, out of service, a question
 * with a button. It has no script.
 */
export function renderMessage(message: Message): string {
  const paragraphs = typeof message.text === 'string' ? [message.text] : message.text;
  const actions = (message.actions ?? []).map((action, index) => renderAction(action, index === 0));
  return renderFrame({
    title: message.title,
    lang: message.lang,
    stylesheets: message.assets ? [pageStylesheet(message.assets)] : [],
    body: splitLayout(
      html`<div class="message">
        <h1>${message.title}</h1>
        ${paragraphs.map((text) => html`<p>${text}</p>`)}
        ${actions.length > 0 && html`<div class="message-actions">${actions}</div>`}
      </div>`,
      message.serviceName,
    ),
  });
}

function renderAction(action: MessageAction, primary: boolean): Markup {
  const look = primary ? 'button button-primary' : 'button';
  if (action.kind === 'link') return html`<a class="${look}" href="${action.href}">${action.label}</a>`;
  return html`<form method="post" action="${action.action}">
    ${hiddenFields(action.fields)}<button class="${look}">${action.label}</button>
  </form>`;
}

/** Writes hidden fields of a form. */
export function hiddenFields(fields: Readonly<Record<string, string>>): readonly Markup[] {
  return Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
}
