// Puts the service together: middleware, routes, and what happens when something fails. The entries call it with
// ports of their platform. It must not know a platform.
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { evaluatePolicy, FACTOR_KINDS, type PolicyLayer } from './assurance/policy.ts';
import type { SessionLifetimes } from './assurance/session-lifetime.ts';
import { adminRoutes } from './admin/admin.routes.ts';
import { organizationRoutes } from './admin/organization.routes.ts';
import { assetRoutes } from './pages/asset.routes.ts';
import type { Config } from './config.ts';
import type { AppEnv } from './http/app-env.ts';
import { readCookie } from './http/cookies.ts';
import { csrfProtection } from './http/csrf.ts';
import { problem } from './http/problem.ts';
import { type OriginOf, requestContext } from './http/request-context.ts';
import { securityHeaders } from './http/security-headers.ts';
import type { Service } from './http/service.ts';
import { runJobs } from './jobs/run-jobs.ts';
import { webhookRoutes } from './jobs/webhook.routes.ts';
import { carryOutDueResets, interactionRoutes } from './interaction/public.ts';
import { wordsOf } from './localization/words.ts';
import { authorizeRoutes } from './oidc/authorize.routes.ts';
import { discoveryRoutes } from './oidc/discovery.ts';
import { logoutRoutes } from './oidc/logout.routes.ts';
import { createProvider } from './oidc/public.ts';
import { tokenRoutes } from './oidc/token.routes.ts';
import { userinfoRoutes } from './oidc/userinfo.routes.ts';
import { createPages, type Pages } from './pages/pages.ts';
import { accountRoutes } from './portal/account.routes.ts';
import { joinRoutes } from './portal/join.routes.ts';
import { pageRoutes } from './portal/page.routes.ts';
import { notMeRoutes, resetRoutes, setupRoutes, stopRoutes } from './portal/setup.routes.ts';
import type { Ports } from './ports/ports.ts';
import { type AuditEvent, StoreUnavailable } from './ports/redis.ts';
import { BROWSER_COOKIE } from './session/session.ts';

/** Makes what every route and the queue are made from. A kind without a provider is accepted nowhere. */
function createService(config: Config, ports: Ports): Service {
  const { policy } = config;
  const accepted = (policy.accepted ?? FACTOR_KINDS).filter((kind) => kind !== 'phone' || ports.phone);
  return {
    config: { ...config, policy: { ...policy, accepted, sessions: strictest(policy, config.sessions) } },
    ports: { ...ports, redis: auditing(ports) },
  };
}

/** Makes one of the two places where the configuration can shorten sessions. */
function strictest(
  { sessions }: PolicyLayer,
  configured: SessionLifetimes,
): NonNullable<PolicyLayer['sessions']> {
  return evaluatePolicy([
    { source: 'service', ...(sessions ? { sessions } : {}) },
    { source: 'service', sessions: configured },
  ]).sessions;
}

/** Does what is due, as the platform's clock asks for it: resets, and of the queue what no request woke or was tried in vain. */
export async function runQueue(config: Config, ports: Ports): Promise<void> {
  const service = createService(config, ports);
  await carryOutDueResets(service);
  await runJobs(service);
}

/** Makes the service. `originOf` tells the client's address as the platform knows it (S68). */
export function createApp(config: Config, ports: Ports, originOf: OriginOf): Hono<AppEnv> {
  const service = createService(config, ports);
  const provider = createProvider(service);
  const pages = createPages(ports.assets, config.serviceName);
  const { clock, random, vault } = ports;
  const csrf = csrfProtection({
    origin: new URL(config.issuer).origin,
    vault,
    browserSecret: (c) => readCookie(c, BROWSER_COOKIE),
  });

  const app = new Hono<AppEnv>();
  app.use(securityHeaders(random));
  app.use(requestContext({ clock, random, originOf }));
  app.get('/healthz', (c) => c.text('ok'));
  app.route('/assets', assetRoutes(ports.assets));
  app.route('/', discoveryRoutes(provider));
  app.route('/', authorizeRoutes(provider, pages));
  app.route('/', tokenRoutes(provider));
  app.route('/', userinfoRoutes(provider));
  app.route('/', logoutRoutes(provider, pages));
  app.use('/api/interactions/*', csrf);
  app.route('/api/interactions', interactionRoutes(service));
  app.use('/api/account/*', csrf);
  app.route('/api/account', accountRoutes(service));
  app.route('/api/setup', setupRoutes(service));
  app.route('/api/reset', resetRoutes(service));
  app.route('/api/not-me', notMeRoutes(service));
  app.route('/api/stop', stopRoutes(service));
  app.route('/webhooks', webhookRoutes(service));
  app.use('/api/join/*', csrf);
  app.route('/api/join', joinRoutes(service));
  app.use('/api/organizations/*', csrf);
  app.route('/api/organizations', organizationRoutes(service));
  app.route('/api/admin', adminRoutes(provider));
  app.route('/', pageRoutes(service, pages));
  app.notFound((c) => notFound(c, pages));
  app.onError((error, c) => failure(error, c, ports, pages));
  return app;
}

/** Tells the operator's log about every event that a step wrote, with whom it is about and its result (S70). */
function auditing({ redis, audit }: Ports): Ports['redis'] {
  return {
    async run(step, keys, args, options) {
      const result = await redis.run(step, keys, args, options);
      // It was not carried out yet: it is decided anew what the session is worth, and the step runs again.
      if (options?.event && result.status !== 'unjudged') {
        const { status, subject, eventType, eventKind, eventClientId } = result;
        audit.record({
          ...withoutSiteOrganization(options.event),
          ...(eventType === undefined ? {} : { type: eventType }),
          ...(subject === undefined ? {} : { sub: subject }),
          ...(eventKind === undefined ? {} : { kind: eventKind }),
          ...(eventClientId === undefined ? {} : { clientId: eventClientId }),
          result: status,
        });
      }
      return result;
    },
  };
}

/** What only says who may read it is no part of what happened. */
function withoutSiteOrganization(event: AuditEvent): AuditEvent {
  const { type, at, requestId, ...rest } = event;
  const details = Object.entries(rest).filter(([detail]) => detail !== 'siteOrganization');
  return { type, at, requestId, ...Object.fromEntries(details) };
}

async function notFound(c: Context<AppEnv>, pages: Pages): Promise<Response> {
  if (wantsPage(c)) {
    const lang = c.var.request.language;
    const { text } = wordsOf(lang);
    return pages.message(404, {
      lang,
      title: text('page.notFound.title'),
      text: text('page.notFound.text'),
      actions: [{ kind: 'link', label: text('page.toAccount'), href: '/account' }],
    });
  }
  return problem('not_found');
}

/** An outage is a 503 and never a pass; everything else here is a bug. Neither says anything of the inside (S72). */
async function failure(error: Error, c: Context<AppEnv>, { audit }: Ports, pages: Pages): Promise<Response> {
  if (error instanceof HTTPException) return error.getResponse();
  const outage = error instanceof StoreUnavailable;
  audit.fault({ requestId: c.var.request.requestId, name: error.name, message: outage ? error.message : '' });
  if (!wantsPage(c)) return outage ? problem('unavailable') : internal();
  const lang = c.var.request.language;
  const { text } = wordsOf(lang);
  return pages.message(outage ? 503 : 500, {
    lang,
    title: text(outage ? 'page.outage.title' : 'page.failure.title'),
    text: text('page.failure.text'),
  });
}

function internal(): Response {
  return new Response(
    JSON.stringify({
      type: 'about:blank',
      title: 'Internal error',
      status: 500,
      detail: 'Something went wrong here. Nothing was changed; try again, and tell the operator if it stays.',
    }),
    { status: 500, headers: { 'content-type': 'application/problem+json' } },
  );
}

function wantsPage(c: Context<AppEnv>): boolean {
  return (
    c.req.method === 'GET' &&
    (c.req.header('accept') ?? '').includes('text/html') &&
    !c.req.path.startsWith('/api/')
  );
}
