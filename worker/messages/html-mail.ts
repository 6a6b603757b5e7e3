import { html, raw } from 'hono/html';
import type { Language } from '../localization/language.ts';
import type { Sender } from './content.ts';
import type { Letter, Link } from './letter.ts';
import { oneLine } from './names.ts';

type Html = ReturnType<typeof html>;

// Every pair of text and ground has at least 4.5 : 1, in light and in dark. No pictures, no fonts and nothing else that
// a reader's program would have to fetch: nobody learns from it that a mail was opened.
const STYLES = `
:root { color-scheme: light dark; }
body { margin: 0; padding: 24px 16px; background: #f1f1f5; color: #1b264f;
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif; }
main { max-width: 560px; margin: 0 auto; padding: 24px; background: #ffffff; border-radius: 8px; overflow-wrap: anywhere; }
h1 { margin: 0 0 16px; font-size: 22px; line-height: 1.3; }
p { margin: 0 0 16px; }
a { color: #2a4a9e; }
.sender, dt { color: #4c5577; }
.sender { font-size: 14px; }
footer .sender { margin: 24px 0 0; }
.code { font-size: 32px; font-weight: 700; letter-spacing: 0.1em; line-height: 1.2; }
.button { display: inline-block; padding: 12px 20px; border-radius: 6px; background: #1b264f; color: #ffffff; font-weight: 600; }
dl { margin: 0 0 16px; }
dt { font-size: 14px; }
dd { margin: 0 0 8px; }
@media (prefers-color-scheme: dark) {
  body { background: #10152a; color: #f1f2fa; }
  main { background: #1c2340; }
  a { color: #a9bdfb; }
  .sender, dt { color: #b9c0de; }
  .button { background: #f5c1bc; color: #1b264f; }
}
`;

/** Writes a letter as HTML; everything in it is escaped. */
export function htmlMail(letter: Letter, language: Language, sender: Sender): string {
  const { subject, heading, oneTimeCode, opening, action, facts, closing, wayOut } = letter;
  return settled(
    html`<!doctype html>
      <html lang="${language}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="supported-color-schemes" content="light dark" />
          <title>${subject}</title>
          <style>
            ${raw(STYLES)}
          </style>
        </head>
        <body>
          <main>
            <p class="sender">${oneLine(sender.serviceName)}</p>
            <h1>${heading}</h1>
            ${oneTimeCode === undefined ? '' : html`<p class="code">${oneTimeCode}</p>`}
            ${paragraphs(opening)} ${action ? link(action, 'button') : ''}
            ${
              facts.length === 0
                ? ''
                : html`<dl>
                    ${facts.map(
                      ({ label, value }) =>
                        html`<dt>${label}</dt>
                          <dd>${value}</dd>`,
                    )}
                  </dl>`
            }
            ${paragraphs(closing)} ${wayOut ? link(wayOut, 'way-out') : ''}
            <footer><p class="sender">${sender.issuer}</p></footer>
          </main>
        </body>
      </html> `,
  );
}

function paragraphs(texts: readonly string[]): Html[] {
  return texts.map((text) => html`<p>${text}</p>`);
}

function link({ label, url }: Link, look: 'button' | 'way-out'): Html {
  return html`<p><a class="${look}" href="${url}">${label}</a></p>`;
}

/** The template is a promise only where a value of it is one, and none is. */
function settled(made: Html): string {
  if (made instanceof Promise) throw new Error('Give the mail’s template values, not promises.');
  return made.toString();
}
