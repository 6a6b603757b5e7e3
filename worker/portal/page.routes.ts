import { type Context, Hono } from 'hono';
import { stronger } from '../assurance/assurance-level.ts';
import type { AppEnv } from '../http/app-env.ts';
import { issueCsrfToken } from '../http/csrf.ts';
import type { Service } from '../http/service.ts';
import { begin, judgedSession, serviceTarget, type Target } from '../interaction/public.ts';
import { type Language, parseLanguage } from '../localization/language.ts';
import { wordsOf } from '../localization/words.ts';
import type { Pages } from '../pages/pages.ts';
import type { ShellEntry } from '../pages/shell.ts';
import { ensureBrowser, ensureBrowserSecret, sessionKeyOf } from '../session/browser.ts';
import { highestLevel, isAdministrator } from './own-account.ts';

/** Serves the pages that host the elements. */
export function pageRoutes(service: Service, pages: Pages): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/', (c) => c.redirect('/account', 303))
    .get('/interaction/:id', (c) =>
      shell(
        c,
        service,
        pages,
        'interaction',
        'page.signIn',
        { 'interaction-id': c.req.param('id') },
        parseLanguage(c.req.query('lang')),
      ),
    )
    .get('/account', (c) => accountPage(c, service, pages))
    .get('/account/verify', (c) => verifyPage(c, service, pages))
    .get('/admin', (c) => adminPage(c, service, pages))
    .get('/admin/verify', (c) => verifyPage(c, service, pages, '/admin'))
    .get('/setup', (c) => shell(c, service, pages, 'setup', 'page.setup'))
    .get('/reset', (c) => shell(c, service, pages, 'reset', 'page.setup'))
    .get('/join', (c) => shell(c, service, pages, 'join', 'page.join'))
    .get('/join/sign-in', (c) => beginAt(c, service, pages, serviceTarget(service.config, '/join')))
    .get('/not-me', (c) => shell(c, service, pages, 'not-me', 'page.notMe'))
    .get('/stop', (c) => shell(c, service, pages, 'stop', 'page.stop'))
    .get('/signed-out', (c) => signedOutPage(c, pages));
}

async function shell(
  c: Context<AppEnv>,
  { ports }: Service,
  pages: Pages,
  entry: ShellEntry,
  title:
    'page.signIn' | 'page.setup' | 'page.account' | 'page.admin' | 'page.notMe' | 'page.join' | 'page.stop',
  attributes: Readonly<Record<string, string>> = {},
  lang: Language = c.var.request.language,
): Promise<Response> {
  const csrfToken = await issueCsrfToken(ports.vault, ensureBrowserSecret(c, ports.random));
  return pages.shell({
    entry,
    lang,
    title: wordsOf(lang).text(title),
    attributes,
    csrfToken,
    nonce: c.var.nonce,
  });
}

function signedOutPage(c: Context<AppEnv>, pages: Pages): Promise<Response> {
  const lang = c.var.request.language;
  const { text } = wordsOf(lang);
  return pages.message(200, {
    lang,
    title: text('page.signedOut.title'),
    text: text('page.signedOut.text'),
    actions: [{ kind: 'link', label: text('page.signedOut.again'), href: '/account' }],
  });
}

/** Shows the account to a session that is strong enough; anybody else signs in first. */
async function accountPage(c: Context<AppEnv>, service: Service, pages: Pages): Promise<Response> {
  const own = await judgedSession(service, await sessionKeyOf(c), c.var.request.now);
  if (!own) return beginAt(c, service, pages, serviceTarget(service.config));
  return shell(c, service, pages, 'account', 'page.account', {}, parseLanguage(own.record['language']));
}

/**
 * Shows the administration to who administers an organisation. Which page of it is open stands in the address's fragment, so
 * there is nothing below it to be served (S67).
 */
async function adminPage(c: Context<AppEnv>, service: Service, pages: Pages): Promise<Response> {
  const own = await judgedSession(service, await sessionKeyOf(c), c.var.request.now);
  if (!own) return beginAt(c, service, pages, serviceTarget(service.config, '/admin'));
  const lang = parseLanguage(own.record['language']) ?? c.var.request.language;
  if (isAdministrator(own.account)) return shell(c, service, pages, 'admin', 'page.admin', {}, lang);
  const { text } = wordsOf(lang);
  return pages.message(403, {
    lang,
    title: text('page.admin.none.title'),
    text: text('page.admin.none.text'),
    actions: [{ kind: 'link', label: text('page.admin.none.profile'), href: '/account' }],
  });
}

/**
 * Asks for a fresh sign-in before a factor is changed, as strong as the account's factors allow (S42). Whoever has no factor
 * yet enrols the first one there, with a code from the mailbox (S48), since the sign-in then asks for `2fa`.
 */
async function verifyPage(
  c: Context<AppEnv>,
  service: Service,
  pages: Pages,
  continueTo?: string,
): Promise<Response> {
  const own = await judgedSession(service, await sessionKeyOf(c), c.var.request.now);
  const requested = stronger('2fa', own ? highestLevel(own.policy, own.account) : '1fa');
  const target = { ...serviceTarget(service.config, continueTo), requested };
  return beginAt(c, service, pages, target, own?.account.email);
}

async function beginAt(
  c: Context<AppEnv>,
  service: Service,
  pages: Pages,
  target: Target,
  loginHint?: string,
): Promise<Response> {
  const begun = await begin(service, c.var.request, {
    target,
    browser: await ensureBrowser(c, service.ports.random),
    ...(loginHint ? { loginHint } : {}),
  });
  if (begun.status === 'ok') return c.redirect(begun.path, 303);
  const lang = c.var.request.language;
  const { text } = wordsOf(lang);
  return pages.message(429, { lang, title: text('page.tooMany.title'), text: text('page.tooMany.portal') });
}
