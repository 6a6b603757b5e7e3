import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { html, raw } from 'hono/html';
import { rolldown } from 'rolldown';
import { page } from './page.ts';
import { problem } from './problem.ts';
import { backOffice, type SiteEnv, type SiteState } from './site-context.ts';

/**
 * Serves the local login page and its API. npm has no login app of Umbraco's, so the page is the stand-in's own;
 * like the real one it posts JSON, and runs the public packages so that external providers get their buttons.
 */
export async function localLoginRoutes(
  state: SiteState,
  importMap: Readonly<Record<string, string>>,
): Promise<Hono<SiteEnv>> {
  const script = await bundleScript();
  const app = new Hono<SiteEnv>();
  app
    .get('/umbraco/login/login.js', (c) =>
      c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' }),
    )
    .get('/umbraco/login', async (c) => {
      const returnUrl = localAddress(c.req.query('ReturnUrl'), c.get('origin'));
      if (state.identities.current(c)) return c.redirect(returnUrl);
      c.header('cache-control', 'no-store');
      const imports = { ...importMap, ...(await state.packages.imports()) };
      const hint = new URL(returnUrl, c.get('origin')).searchParams.get('login_hint') ?? '';
      return c.html(loginPage(returnUrl, hint, imports));
    })
    .post(`${backOffice}/login`, async (c) => {
      // JSON only: a form on another site can't send it without the browser asking first.
      if (!c.req.header('content-type')?.startsWith('application/json')) {
        return problem(c, 400, 'Bad Request', 'Send a JSON body.');
      }
      const body: unknown = await c.req.json().catch(() => undefined);
      if (!isCredentials(body)) return problem(c, 400, 'Bad Request', 'Send username and password.');
      const user = await state.users.verifyPassword(body.username, body.password);
      if (!user) return problem(c, 401, 'Invalid credentials', 'The provided credentials are invalid.');
      user.lastLoginDate = new Date().toISOString();
      state.identities.begin(c, user.id);
      return c.body(null, 200);
    });
  return app;
}

function isCredentials(body: unknown): body is { username: string; password: string } {
  return (
    typeof body === 'object' &&
    body !== null &&
    'username' in body &&
    'password' in body &&
    typeof body.username === 'string' &&
    typeof body.password === 'string'
  );
}

/** Keeps only an address of this site: an open redirect after login would be a gift to phishers. */
function localAddress(address: string | undefined, origin: string): string {
  if (address === undefined || !URL.canParse(address, origin)) return '/umbraco';
  const target = new URL(address, origin);
  return target.origin === origin ? target.pathname + target.search : '/umbraco';
}

async function bundleScript(): Promise<string> {
  const build = await rolldown({
    input: fileURLToPath(new URL('./login-page.client.ts', import.meta.url)),
    external: /^@umbraco-cms\//,
    logLevel: 'silent',
  });
  const { output } = await build.generate({ format: 'esm' });
  await build.close();
  return output[0].code;
}

function loginPage(
  returnUrl: string,
  hint: string,
  imports: Record<string, string>,
): ReturnType<typeof html> {
  const head = html`<script type="importmap">
      ${raw(JSON.stringify({ imports }).replaceAll('<', '\\u003c'))}
    </script>
    <script type="module" src="/umbraco/login/login.js"></script>`;
  const body = html`<h1>Log in to the site</h1>
    <p class="problem" id="problem" role="alert" hidden></p>
    <form id="login" method="post" data-return-url="${returnUrl}">
      <label for="username">Email</label>
      <input id="username" name="username" type="email" autocomplete="username" required value="${hint}" />
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required />
      <button class="button primary" type="submit">Log in</button>
    </form>
    <div id="providers"></div>`;
  return page('Log in', body, head);
}
