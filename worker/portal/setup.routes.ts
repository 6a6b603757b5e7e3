import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { parseAccount } from '../accounts/account.ts';
import { readSetup, type SetupResult, takeSetup } from '../accounts/member.steps.ts';
import { checkPassword, normalizePassword } from '../accounts/password.ts';
import { limit } from '../factors/limits.ts';
import type { AppEnv } from '../http/app-env.ts';
import { auditEvent } from '../http/audit-event.ts';
import { isJson, isSameOrigin } from '../http/csrf.ts';
import { parseBody } from '../http/body.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import type { SetupView } from '../interaction/wire.ts';
import { passwordReasonText } from '../localization/password-reasons.ts';
import { hashSecret } from '../session/session.ts';
import { key } from '../storage-keys.ts';
import { portalPolicy } from './own-account.ts';

const token = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{43}$/, 'This is not a set-up link of this service.'),
);
const inspectBody = v.strictObject({ token });
const setupBody = v.strictObject({ token, password: v.pipe(v.string(), v.maxLength(4096)) });

/**
 * Serves the set-up of a password, below `/api/setup`. The token came by mail and stands in the page's fragment, so
 * that no log and no mail scanner uses it up; having it is what opens this, beside the check of the origin.
 */
export function setupRoutes(service: Service): Hono<AppEnv> {
  const origin = new URL(service.config.issuer).origin;
  return new Hono<AppEnv>()
    .use(async (c, next) => {
      const { headers } = c.req.raw;
      if (!isSameOrigin(headers, origin) || !isJson(headers.get('content-type')))
        return problem('forbidden_origin');
      return next();
    })
    .post('/inspect', async (c) => {
      const parsed = await parseBody(c.req.raw, inspectBody);
      if (parsed.status === 'refused') return parsed.response;
      const link = await readLink(c, service, await hashSecret(parsed.body.token));
      if (link.status !== 'ok') return refuseLink(link);
      const { email, name } = parseAccount(link.sub, link.account);
      const view: SetupView = {
        email,
        name,
        organizationName: link.organizationName,
        minimumLength: minimumLength(service),
      };
      return c.json(view);
    })
    .post('/', async (c) => {
      const parsed = await parseBody(c.req.raw, setupBody);
      return parsed.status === 'refused' ? parsed.response : setUp(c, service, parsed.body);
    });
}

/** Two round trips: the words of the account must be known to judge the password. It never signs in by itself. */
async function setUp(
  c: Context<AppEnv>,
  service: Service,
  body: { readonly token: string; readonly password: string },
): Promise<Response> {
  const { ports } = service;
  const hash = await hashSecret(body.token);
  const link = await readLink(c, service, hash);
  if (link.status !== 'ok') return refuseLink(link);
  const { email, name, home } = parseAccount(link.sub, link.account);
  const password = normalizePassword(body.password);
  const checked = checkPassword(password, {
    minimumLength: minimumLength(service),
    context: [email, name, home, link.organizationName, service.config.serviceName],
  });
  if (checked.status === 'refused') {
    return problem('password_refused', {
      errors: checked.reasons.map((reason) => ({
        field: 'password',
        message: passwordReasonText(reason, c.var.request.language),
      })),
    });
  }
  const hashed = await ports.passwords.hash(password);
  if (hashed.status === 'busy') return problem('busy');
  const taken = await ports.redis.run(
    takeSetup,
    { setup: key.setup(hash) },
    { now: c.var.request.now, hash, password: hashed.value },
    { event: auditEvent(c.var.request, 'account.setup') },
  );
  return taken.status === 'taken' ? c.json({ continue: '/account' }) : problem('setup_link_gone');
}

function readLink(c: Context<AppEnv>, { ports }: Service, hash: string): Promise<SetupResult> {
  const { now, addressGroup } = c.var.request;
  return ports.redis.run(
    readSetup,
    { setup: key.setup(hash) },
    { now, hash },
    {
      limits: [limit('setup-address', addressGroup, now)],
      event: auditEvent(c.var.request, 'account.setup.try'),
    },
  );
}

function refuseLink(link: Exclude<SetupResult, { readonly status: 'ok' }>): Response {
  return link.status === 'throttled'
    ? problem('throttled', { retryAt: link.retryAt })
    : problem('setup_link_gone');
}

/** 8 where a second factor always follows, 15 where the password may stand alone (S01). */
function minimumLength({ config }: Service): number {
  return portalPolicy(config).required ? 8 : 15;
}
