import { type Context, Hono, type MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import { parseAccount } from '../accounts/account.ts';
import { readSetup, type SetupResult, takeSetup } from '../accounts/member.steps.ts';
import type { Demand } from '../assurance/policy.ts';
import { normalizePassword } from '../accounts/password.ts';
import { limit } from '../factors/limits.ts';
import type { AppEnv } from '../http/app-env.ts';
import { auditEvent } from '../http/audit-event.ts';
import { isJson, isSameOrigin } from '../http/csrf.ts';
import { parseBody } from '../http/body.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import { policyAt, sealStopped, serviceTarget, stopResetByLink } from '../interaction/public.ts';
import type { SetupView } from '../interaction/wire.ts';
import { sealNotice } from '../jobs/message.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import type { RunOptions } from '../ports/redis.ts';
import { hashSecret } from '../session/session.ts';
import { key } from '../storage-keys.ts';
import { readReset, takeNotMe, takeReset } from './mailed-links.steps.ts';
import { minimumPasswordLength, refusePassword } from './password-rules.ts';

const token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/, 'This is not a link of this service.'));
const tokenBody = v.strictObject({ token });
const setupBody = v.strictObject({ token, password: v.pipe(v.string(), v.maxLength(4096)) });

/** A mailed link with which a password is chosen: how it is read and how it is taken. */
interface PasswordLink {
  readonly read: (c: Context<AppEnv>, service: Service, hash: string) => Promise<SetupResult>;
  readonly take: (
    c: Context<AppEnv>,
    service: Service,
    hash: string,
    password: string,
  ) => Promise<{ readonly status: 'taken' | 'gone' }>;
}

const SETUP: PasswordLink = {
  read: (c, { ports }, hash) =>
    ports.redis.run(
      readSetup,
      { setup: key.setup(hash) },
      { now: c.var.request.now, hash },
      linkTry(c, 'account.setup.try'),
    ),
  take: (c, { ports }, hash, password) =>
    ports.redis.run(
      takeSetup,
      { setup: key.setup(hash) },
      { now: c.var.request.now, hash, password },
      { event: auditEvent(c.var.request, 'account.setup') },
    ),
};

const RESET: PasswordLink = {
  read: (c, { ports }, hash) =>
    ports.redis.run(
      readReset,
      { reset: key.reset(hash) },
      { now: c.var.request.now, hash },
      linkTry(c, 'password.reset.try'),
    ),
  take: async (c, service, hash, password) => {
    const { request } = c.var;
    const taken = await service.ports.redis.run(
      takeReset,
      { reset: key.reset(hash) },
      {
        now: request.now,
        hash,
        password,
        mailSuspendedUntil: request.now + service.config.mailSuspendedSeconds,
        notice: await sealNotice(service, request, 'password_reset'),
      },
      { event: auditEvent(request, 'password.reset') },
    );
    wakeJobs(service);
    return taken;
  },
};

/**
 * Serves the set-up of a password, below `/api/setup`. The token came by mail and stands in the page's fragment, so
 * that no log and no mail scanner uses it up; having it is what opens this, beside the check of the origin.
 */
export function setupRoutes(service: Service): Hono<AppEnv> {
  return passwordRoutes(service, SETUP);
}

/** Serves a new password in place of a forgotten one, below `/api/reset`, in the same way. */
export function resetRoutes(service: Service): Hono<AppEnv> {
  return passwordRoutes(service, RESET);
}

/** Serves "this was not me", below `/api/not-me`: only by a POST of our own page, since mail scanners follow links. */
export function notMeRoutes(service: Service): Hono<AppEnv> {
  return new Hono<AppEnv>().use(ownPage(service)).post('/', async (c) => {
    const parsed = await parseBody(c.req.raw, tokenBody);
    if (parsed.status === 'refused') return parsed.response;
    const { request } = c.var;
    const taken = await service.ports.redis.run(
      takeNotMe,
      { notMe: key.notMe(await hashSecret(parsed.body.token)) },
      { now: request.now },
      {
        limits: [limit('not-me-address', request.addressGroup)],
        event: auditEvent(request, 'sign_in.not_me'),
      },
    );
    if (taken.status === 'throttled') return problem('throttled', { retryAt: taken.retryAt });
    return taken.status === 'taken' ? c.json({}) : problem('setup_link_gone');
  });
}

/** Serves the link that stops a reset (S46), below `/api/stop`, in the same way. One round trip. */
export function stopRoutes(service: Service): Hono<AppEnv> {
  return new Hono<AppEnv>().use(ownPage(service)).post('/', async (c) => {
    const parsed = await parseBody(c.req.raw, tokenBody);
    if (parsed.status === 'refused') return parsed.response;
    const { request } = c.var;
    const stopped = await service.ports.redis.run(
      stopResetByLink,
      { stop: key.resetStop(await hashSecret(parsed.body.token)) },
      { now: request.now, message: await sealStopped(service, request) },
      {
        limits: [limit('stop-address', request.addressGroup)],
        event: auditEvent(request, 'factor.reset_stop'),
      },
    );
    if (stopped.status === 'throttled') return problem('throttled', { retryAt: stopped.retryAt });
    if (stopped.status === 'gone') return problem('setup_link_gone');
    wakeJobs(service);
    return c.json({});
  });
}

function passwordRoutes(service: Service, link: PasswordLink): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .use(ownPage(service))
    .post('/inspect', async (c) => {
      const parsed = await parseBody(c.req.raw, tokenBody);
      if (parsed.status === 'refused') return parsed.response;
      const read = await link.read(c, service, await hashSecret(parsed.body.token));
      if (read.status !== 'ok') return refuseLink(read);
      const { email, name } = parseAccount(read.sub, read.account);
      const view: SetupView = {
        email,
        name,
        organizationName: read.organizationName,
        minimumLength: minimumPasswordLength(policyOf(c, service, read)),
      };
      return c.json(view);
    })
    .post('/', async (c) => {
      const parsed = await parseBody(c.req.raw, setupBody);
      return parsed.status === 'refused' ? parsed.response : choosePassword(c, service, link, parsed.body);
    });
}

/** Two round trips: the words of the account must be known to judge the password. It never signs in by itself. */
async function choosePassword(
  c: Context<AppEnv>,
  service: Service,
  link: PasswordLink,
  body: { readonly token: string; readonly password: string },
): Promise<Response> {
  const hash = await hashSecret(body.token);
  const read = await link.read(c, service, hash);
  if (read.status !== 'ok') return refuseLink(read);
  const account = parseAccount(read.sub, read.account);
  const password = normalizePassword(body.password);
  const refused = refusePassword(
    service,
    c.var.request.language,
    account,
    read.organizationName,
    policyOf(c, service, read),
    password,
  );
  if (refused) return refused;
  const hashed = await service.ports.passwords.hash(password);
  if (hashed.status === 'busy') return problem('busy');
  const taken = await link.take(c, service, hash, hashed.value);
  return taken.status === 'taken' ? c.json({ continue: '/account' }) : problem('setup_link_gone');
}

/** What is demanded of whoever the link is for. */
function policyOf(
  c: Context<AppEnv>,
  { config }: Service,
  { policies }: Extract<SetupResult, { readonly status: 'ok' }>,
): Demand {
  return policyAt(config, serviceTarget(config), policies, c.var.request.now);
}

function ownPage({ config }: Service): MiddlewareHandler<AppEnv> {
  const origin = new URL(config.issuer).origin;
  return async (c, next) => {
    const { headers } = c.req.raw;
    if (!isSameOrigin(headers, origin) || !isJson(headers.get('content-type')))
      return problem('forbidden_origin');
    return next();
  };
}

function linkTry(c: Context<AppEnv>, type: string): RunOptions {
  const { request } = c.var;
  return {
    limits: [limit('setup-address', request.addressGroup)],
    event: auditEvent(request, type),
  };
}

function refuseLink(link: Exclude<SetupResult, { readonly status: 'ok' }>): Response {
  return link.status === 'throttled'
    ? problem('throttled', { retryAt: link.retryAt })
    : problem('setup_link_gone');
}
