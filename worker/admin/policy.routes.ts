import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { layerFrom, parseStoredPolicy, policySchema } from '../assurance/policy-schema.ts';
import type { PolicyLayer } from '../assurance/policy.ts';
import { auditEvent } from '../http/audit-event.ts';
import { parseBody } from '../http/body.ts';
import { problem } from '../http/problem.ts';
import type { Service } from '../http/service.ts';
import type { PolicyView } from '../interaction/wire.ts';
import { sealNotice } from '../jobs/message.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import { listOf } from '../ports/redis.ts';
import { act, type AdminEnv, idIn } from './acting.ts';
import { changesBetween, kindsOfService, mistakesOf, policyWire } from './policy-change.ts';
import { PolicyTrial } from './policy-trial.ts';
import { changePolicy, type KeptPolicy, readPolicy, readTrialMembers } from './policy.steps.ts';

const MEMBERS_AT_ONCE = 500;
const MOST_MEMBERS = 10_000;

const version = v.pipe(
  v.number(),
  v.check((value) => Number.isSafeInteger(value) && value >= 0, 'Send the version that you have seen.'),
);
const change = v.strictObject({ policy: policySchema, version });
const trial = v.strictObject({ policy: policySchema });

/** Serves what an organisation demands, and what another policy would do. */
export function policyRoutes(service: Service): Hono<AdminEnv> {
  return new Hono<AdminEnv>()
    .get('/policy', async (c) => {
      const read = await act(c, service, readPolicy, {}, {}, { fresh: false });
      return read instanceof Response ? read : c.json(viewOf(service, read));
    })
    .post('/policy', async (c) => {
      const parsed = await parseBody(c.req.raw, change);
      return parsed.status === 'refused' ? parsed.response : changeTo(c, service, parsed.body);
    })
    .post('/policy/try', async (c) => {
      const parsed = await parseBody(c.req.raw, trial);
      return parsed.status === 'refused' ? parsed.response : tryOut(c, service, parsed.body.policy);
    });
}

function viewOf(service: Service, { policy, version }: KeptPolicy): PolicyView {
  return {
    policy: policy === undefined ? {} : policyWire(parseStoredPolicy('organization', policy)),
    version,
    floor: policyWire(service.config.policy),
    kinds: kindsOfService(service),
    countries: service.config.phone?.countries ?? [],
  };
}

/**
 * Two round trips: what changes is told in the log, so what was before has to be known; the commit holds the version that
 * both were read at.
 */
async function changeTo(
  c: Context<AdminEnv>,
  service: Service,
  body: v.InferOutput<typeof change>,
): Promise<Response> {
  const layer = layerFrom('organization', body.policy);
  const before = await act(c, service, readPolicy, {}, {}, { fresh: true });
  if (before instanceof Response) return before;
  const errors = mistakesOf(service, layer);
  if (errors.length > 0) return problem('invalid_body', { errors });
  if (before.version !== body.version) return changedMeanwhile();
  const after = policyWire(layer);
  const changed = changesBetween(viewOf(service, before).policy, after);
  const { request } = c.var;
  const kept = await act(
    c,
    service,
    changePolicy,
    {},
    {
      policy: JSON.stringify(after),
      version: body.version,
      notice: await sealNotice(service, request, 'policy_changed'),
    },
    { fresh: true, event: auditEvent(request, 'policy.change', { changed }) },
  );
  if (kept instanceof Response) return kept;
  if (kept.status === 'wrong_step') return changedMeanwhile();
  wakeJobs(service);
  return c.json(viewOf(service, kept));
}

function changedMeanwhile(): Response {
  return problem('wrong_step', {
    detail: 'Somebody else changed the policy meanwhile. Read it again and repeat your change.',
  });
}

/** One round trip for each five hundred members. */
async function tryOut(
  c: Context<AdminEnv>,
  service: Service,
  policy: v.InferOutput<typeof policySchema>,
): Promise<Response> {
  const layer: PolicyLayer = layerFrom('organization', policy);
  const errors = mistakesOf(service, layer);
  const tried = new PolicyTrial(service, idIn(c, 'organization'), layer, c.var.request.now);
  let total = 1;
  for (let offset = 0; offset < Math.min(total, MOST_MEMBERS); offset += MEMBERS_AT_ONCE) {
    const page = await act(
      c,
      service,
      readTrialMembers,
      {},
      { offset, count: MEMBERS_AT_ONCE },
      { fresh: false },
    );
    if (page instanceof Response) return page;
    if (errors.length > 0) return problem('invalid_body', { errors });
    total = page.total;
    tried.add(listOf(page.members));
  }
  return c.json(tried.result(total > MOST_MEMBERS));
}
