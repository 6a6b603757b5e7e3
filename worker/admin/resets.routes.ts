import { type Context, Hono } from 'hono';
import { base64url } from 'jose';
import * as v from 'valibot';
import { auditEvent } from '../http/audit-event.ts';
import { parseBody } from '../http/body.ts';
import type { Service } from '../http/service.ts';
import { bodies, carryOut, policyAt, serviceTarget } from '../interaction/public.ts';
import { sealMessage } from '../jobs/message.ts';
import { wakeJobs } from '../jobs/run-jobs.ts';
import type { FactorResetContent } from '../messages/content.ts';
import { listOf } from '../ports/redis.ts';
import { hashSecret, makeSecret } from '../session/session.ts';
import { key } from '../storage-keys.ts';
import { act, type AdminEnv, idIn } from './acting.ts';
import { helpedMember, refuseHelp, resetWire, showMember } from './help-desk.ts';
import { type Helpable, readHelpable } from './help-desk.steps.ts';
import { approveReset, cancelReset, listResets, readReset, requestReset } from './resets.steps.ts';

/** Seconds for which the notices are tried; of what is carried out later it counts from then. */
const NOTICE_SECONDS = 86_400;

const resetBody = v.strictObject({
  reason: v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1, 'Say why: the member is told.'),
    v.maxLength(200, 'Use at most 200 characters.'),
    v.regex(/^[^\p{C}]*$/u, 'Use letters, digits, spaces and punctuation.'),
  ),
  enrollmentId: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'This is not an id.'))),
});

/** Serves resets of factors (S46). */
export function resetsRoutes(service: Service): Hono<AdminEnv> {
  return new Hono<AdminEnv>()
    .post('/members/:sub/reset', async (c) => {
      const parsed = await parseBody(c.req.raw, resetBody);
      return parsed.status === 'refused' ? parsed.response : request(c, service, parsed.body);
    })
    .get('/resets', (c) => list(c, service))
    .post('/resets/:id/approve', async (c) => {
      const parsed = await parseBody(c.req.raw, bodies.empty);
      return parsed.status === 'refused' ? parsed.response : approve(c, service);
    })
    .post('/resets/:id/cancel', async (c) => {
      const parsed = await parseBody(c.req.raw, bodies.empty);
      return parsed.status === 'refused' ? parsed.response : cancel(c, service);
    });
}

/** Files a reset, and carries it out where nobody has to agree and no delay is demanded. Two round trips, or three. */
async function request(
  c: Context<AdminEnv>,
  service: Service,
  body: v.InferOutput<typeof resetBody>,
): Promise<Response> {
  const { ports, config } = service;
  const { now } = c.var.request;
  const sub = idIn(c, 'sub');
  const helpable = await act(c, service, readHelpable, {}, { sub }, { fresh: true });
  if (helpable instanceof Response) return helpable;
  if (helpable.status !== 'ok') return refuseHelp(helpable);
  const { approvalsNeeded, leastDelay, policies } = helpable;
  const { resetDelaySeconds } = policyAt(config, serviceTarget(config), policies, now);
  const delaySeconds = Math.max(resetDelaySeconds, leastDelay);
  const id = base64url.encode(ports.random.bytes(16));
  const token = makeSecret(ports.random);
  const stopHash = await hashSecret(token);
  const seal = (content: Partial<FactorResetContent> & Pick<FactorResetContent, 'stage'>): Promise<object> =>
    tell(c, service, helpable, body.reason, content);
  const filed = await act(
    c,
    service,
    requestReset,
    { stop: key.resetStop(stopHash) },
    {
      sub,
      id,
      ...(body.enrollmentId === undefined ? {} : { enrollmentId: body.enrollmentId }),
      reason: body.reason,
      approvalsNeeded,
      leastDelay,
      stamp: policies.stamp,
      delaySeconds,
      stopHash,
      askedMessage: await seal({
        stage: 'asked',
        notBefore: now + delaySeconds,
        waits: approvalsNeeded > 0,
        stopPath: `/stop#${token}`,
      }),
      doneMessage: await seal({ stage: 'done' }),
    },
    {
      fresh: true,
      event: auditEvent(c.var.request, 'admin.reset.request', {
        reset: id,
        reason: body.reason,
        enrollmentId: body.enrollmentId,
      }),
    },
  );
  if (filed instanceof Response) return filed;
  if (filed.status !== 'ok') return refuseHelp(filed);
  if (filed.isDue) await carryOut(service, id, now, c.var.request.requestId);
  wakeJobs(service);
  return showMember(c, service);
}

async function list(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const listed = await act(c, service, listResets, {}, {}, { fresh: false });
  if (listed instanceof Response) return listed;
  return c.json({
    resets: listOf(listed.resets).map(resetWire),
    help: listOf(listed.help).map(({ sub, account, askedAt }) =>
      helpedMember(sub, account, idIn(c, 'organization'), askedAt),
    ),
  });
}

async function approve(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const id = idIn(c, 'id');
  const { request: asked } = c.var;
  const approved = await act(
    c,
    service,
    approveReset,
    {},
    { id },
    { fresh: true, event: auditEvent(asked, 'admin.reset.approve', { reset: id }) },
  );
  if (approved instanceof Response) return approved;
  if (approved.status !== 'ok') return refuseHelp(approved);
  if (approved.isDue) await carryOut(service, id, asked.now, asked.requestId);
  return list(c, service);
}

async function cancel(c: Context<AdminEnv>, service: Service): Promise<Response> {
  const id = idIn(c, 'id');
  const read = await act(c, service, readReset, {}, { id }, { fresh: true });
  if (read instanceof Response) return read;
  const cancelled = await act(
    c,
    service,
    cancelReset,
    {},
    { id, message: await tell(c, service, read, read.reason, { stage: 'cancelled' }) },
    { fresh: true, event: auditEvent(c.var.request, 'admin.reset.cancel', { reset: id }) },
  );
  if (cancelled instanceof Response) return cancelled;
  wakeJobs(service);
  return list(c, service);
}

function tell(
  c: Context<AdminEnv>,
  service: Service,
  { by, organizationName }: Pick<Helpable, 'by' | 'organizationName'>,
  reason: string,
  content: Partial<FactorResetContent> & Pick<FactorResetContent, 'stage'>,
): Promise<object> {
  const { now } = c.var.request;
  return sealMessage(
    service,
    c.var.request,
    { template: 'factor_reset', by, organizationName, reason, at: now, ...content },
    now + NOTICE_SECONDS,
  );
}
