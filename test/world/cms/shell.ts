import { Hono } from 'hono';
import { html, raw } from 'hono/html';
import { problem } from './problem.ts';
import { managementApi, type SiteEnv, type SiteState } from './site-context.ts';

/** Serves the page that hosts `<umb-app>` for `/umbraco` and every address below it that is nothing else. */
export function shellRoutes(
  state: SiteState,
  clientImports: Readonly<Record<string, string>>,
): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  app
    .get('/', (c) => c.redirect('/umbraco'))
    .get('/umbraco/*', async (c, next) => {
      if (isNoPage(c.req.path)) return next();
      const imports = { ...clientImports, ...(await state.packages.imports()) };
      // The page carries the import map of this very build: a cached one would load files that are gone.
      c.header('cache-control', 'no-store');
      return c.html(shell(imports));
    })
    .all('*', (c) => problem(c, 404, 'Not Found', `${c.req.method} ${c.req.path} does not exist here.`));
  return app;
}

function isNoPage(path: string): boolean {
  return (
    path.startsWith(`${managementApi}/`) ||
    ['/umbraco/management/', '/umbraco/backoffice/', '/umbraco/serverEventHub', '/umbraco/PreviewHub'].some(
      (start) => path.startsWith(start),
    )
  );
}

function shell(imports: Record<string, string>): ReturnType<typeof html> {
  // `<` is escaped since a script element ends at the first closing tag, wherever it stands.
  const map = JSON.stringify({ imports }).replaceAll('<', '\\u003c');
  return html`<!doctype html>
    <html lang="en-US">
      <head>
        <base href="/umbraco/" />
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Umbraco</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/umbraco/backoffice/css/light.css" />
        <link rel="stylesheet" href="/umbraco/backoffice/css/layout.css" />
        <script type="importmap">
          ${raw(map)}
        </script>
        <script type="module" src="/umbraco/backoffice/js/app.js"></script>
      </head>
      <body class="uui-font uui-text" style="margin: 0">
        <umb-app lang="en-US"></umb-app>
        <noscript>The backoffice needs JavaScript.</noscript>
      </body>
    </html>`;
}
