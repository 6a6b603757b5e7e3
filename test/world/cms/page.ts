import { html, raw } from 'hono/html';

type Markup = ReturnType<typeof html>;

/** Lays out one of the stand-in's own pages (log in, errors). `head` and `body` are markup that is already safe. */
export function page(title: string, body: Markup, head: Markup = html``): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/umbraco/backoffice/css/light.css" />
        <style>
          ${raw(styles)}
        </style>
        ${head}
      </head>
      <body class="uui-font uui-text">
        <main>${body}</main>
      </body>
    </html>`;
}

const styles = `
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--uui-color-background);
  color: var(--uui-color-text); }
main { box-sizing: border-box; width: min(26rem, calc(100vw - 2rem)); padding: 2rem; background: #fff;
  border: 1px solid var(--uui-color-border); border-radius: 6px; }
main h1:first-child { margin: 0 0 1.25rem; }
main p { margin: 0 0 1rem; }
.uui-text main h1 { font-size: 1.6rem; line-height: 1.25; }
label { display: block; margin: 0 0 .25rem; font-weight: 700; }
input { box-sizing: border-box; width: 100%; min-height: 2.5rem; margin: 0 0 1rem; padding: 0 .6rem; font: inherit;
  border: 1px solid #767676; border-radius: 3px; }
.button { box-sizing: border-box; display: block; width: 100%; min-height: 2.5rem; padding: .55rem 1rem; font: inherit;
  font-weight: 700; text-align: center; text-decoration: none; cursor: pointer; border-radius: 3px;
  border: 1px solid var(--uui-color-default); background: #fff; color: var(--uui-color-default); }
.button.primary { background: var(--uui-color-default); color: #fff; }
.button + .button, #providers .button { margin-top: .75rem; }
:is(input, .button):focus-visible { outline: 2px solid var(--uui-color-focus); outline-offset: 2px; }
.problem { padding: .6rem .8rem; border-left: 4px solid var(--uui-color-danger); background: #fdecef; }
code { overflow-wrap: anywhere; }
`;
