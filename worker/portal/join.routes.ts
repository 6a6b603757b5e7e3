import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { limit } from '../factors/limits.ts';
import type { AppEnv } from '../http/app-env.ts';
import { auditEvent } from '../http/audit-event.ts';
import { parseBody } from '../http/body.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import { freshness, runJudged } from '../interaction/public.ts';
import type { JoinWire, MemberRoleWire } from '../interaction/wire.ts';
import { sealNotice } from '../jobs/message.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import { sessionKeyOf } from '../session/browser.ts';
import { hashSecret } from '../session/session.ts';
import { key } from '../storage-keys.ts';
import { acceptInvite, type JoinResult, readInvite } from './join.steps.ts';

const body = v.strictObject({
  token: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/, 'This is not a link of this service.')),
});

/** Serves joining another organisation, below `/api/join`: with the mailed token, and signed in as whom it is for. */
export function joinRoutes(service: Service): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .post('/inspect', (c) => withInvite(c, service, 'inspect'))
    .post('/', (c) => withInvite(c, service, 'accept'));
}

/** One round trip each. */
async function withInvite(
  c: Context<AppEnv>,
  service: Service,
  what: 'inspect' | 'accept',
): Promise<Response> {
  const parsed = await parseBody(c.req.raw, body);
  if (parsed.status === 'refused') return parsed.response;
  const { request } = c.var;
  const hash = await hashSecret(parsed.body.token);
  const keys = { session: await sessionKeyOf(c), setup: key.setup(hash) };
  const args = { ...freshness(service, request.now), hash };
  const limits = [limit('setup-address', request.addressGroup)];
  const result: JoinResult =
    what === 'inspect'
      ? await runJudged(service, readInvite, keys, args, { limits })
      : await runJudged(
          service,
          acceptInvite,
          keys,
          { ...args, notice: await sealNotice(service, request, 'joined') },
          { limits, event: auditEvent(request, 'account.join') },
        );
  if (what === 'accept') wakeJobs(service);
  return answer(c, result);
}

function answer(c: Context<AppEnv>, result: JoinResult): Response {
  switch (result.status) {
    case 'ok': {
      const { organizationName, role } = result;
      const wire: JoinWire = { organizationName, role: role as MemberRoleWire };
      return c.json(wire);
    }
    case 'none':
      return problem('login_required', { continue: '/join/sign-in' });
    case 'another':
      return problem('not_allowed', { detail: 'Sign in with the account that the mail was sent to.' });
    case 'throttled':
      return problem('throttled', { retryAt: result.retryAt });
    case 'gone':
      return problem('setup_link_gone');
  }
}
