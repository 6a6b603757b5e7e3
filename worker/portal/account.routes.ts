import { type Context, Hono } from 'hono';
import type { AppEnv } from '../http/app-env.ts';
import { auditEvent } from '../http/audit-event.ts';
import { parseBody } from '../http/body.ts';
import { problem } from '../http/problem.ts';
import { deleteHostCookie } from '../http/cookies.ts';
import type { Service } from '../http/service.ts';
import { bodies } from '../interaction/public.ts';
import { sessionKeyOf } from '../session/browser.ts';
import { SESSION_COOKIE } from '../session/session.ts';
import { endSession } from '../session/session.steps.ts';
import { readAccount } from './account.steps.ts';
import { confirmOwnFactor, disableOwnFactor, startOwnFactor } from './own-factors.ts';
import { accountView, ownAccount } from './own-account.ts';
import { loginRequired } from './refusals.ts';

/** Serves the account API, below `/api/account`. The caller mounts the CSRF check before it. */
export function accountRoutes(service: Service): Hono<AppEnv> {
  const { config, ports } = service;
  return new Hono<AppEnv>()
    .get('/', async (c) => {
      const read = await ports.redis.run(
        readAccount,
        { session: await sessionKeyOf(c) },
        { now: c.var.request.now },
      );
      const own = read.status === 'ok' ? ownAccount(config, read.session, read.account) : undefined;
      return read.status === 'ok' && own ? c.json(accountView(own, read)) : loginRequired();
    })
    .post('/enrollments', async (c) => {
      const parsed = await parseBody(c.req.raw, bodies.enrollment);
      return parsed.status === 'refused' ? parsed.response : startOwnFactor(c, service, parsed.body);
    })
    .post('/enrollments/confirm', async (c) => {
      const parsed = await parseBody(c.req.raw, bodies.confirm);
      return parsed.status === 'refused' ? parsed.response : confirmOwnFactor(c, service, parsed.body);
    })
    .post('/enrollments/:id/disable', async (c) => {
      const parsed = await parseBody(c.req.raw, bodies.code);
      if (parsed.status === 'refused') return parsed.response;
      const id = c.req.param('id');
      // It goes into the audit trail, so it must look like one of ours.
      if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) return problem('not_found');
      return disableOwnFactor(c, service, id, parsed.body.code);
    })
    .post('/sign-out', async (c) => {
      const parsed = await parseBody(c.req.raw, bodies.empty);
      return parsed.status === 'refused' ? parsed.response : signOut(c, service);
    });
}

async function signOut(c: Context<AppEnv>, { ports }: Service): Promise<Response> {
  await ports.redis.run(
    endSession,
    { session: await sessionKeyOf(c) },
    { now: c.var.request.now },
    { event: auditEvent(c.var.request, 'sign_out') },
  );
  deleteHostCookie(c, SESSION_COOKIE);
  return c.json({ continue: '/signed-out' });
}
